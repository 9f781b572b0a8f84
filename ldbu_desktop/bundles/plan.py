"""Which visits go together in which report."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ldbu_desktop.bundles.write import BuiltReport, ReportWriter, report_name
from ldbu_desktop.journal.model import DeliveryReport, Family, Journal, Visit


class ReportOf(StrEnum):
    """What a report is about."""

    VISIT = "visit"
    CHILD = "child"


@dataclass(frozen=True, slots=True)
class PlannedReport:
    """Visits of a report to be; ``read`` is the report that they were read in and are sent in again.

    ``gone`` are the keys of visits that were sent and that the journal no longer has: all of them is voided.
    """

    visits: tuple[Visit, ...]
    name: str
    read: DeliveryReport | None = None
    gone: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the visits that the report is about."""
        return (*(visit.key for visit in self.visits), *self.gone)

    def by_visit(self) -> tuple[PlannedReport, ...]:
        """What each visit would be sent in by itself; a report that was read stays whole."""
        if self.read is not None or self.gone:
            return (self,)
        return tuple(PlannedReport((visit,), report_name([visit])) for visit in self.visits)

    def built(self, writer: ReportWriter) -> BuiltReport:
        """The report."""
        if self.read is not None:
            return writer.as_read(self.read)
        return writer.report(self.visits, self.name, self.gone)


def planned(
    journal: Journal, ready: Container[str], report_of: ReportOf, sent: Collection[str] = ()
) -> list[PlannedReport]:
    """The reports of all visits whose keys are in ``ready``, in the order of the journal.

    ``sent`` are the keys of visits that were sent before: a report is never sent again, but what is in it is.

    A report of one visit each, or of all that concerns a child. What a child and its parents have at once is one visit.
    Reports that were read stay as they are, also with several visits in them, unless a child's visits are to be put
    together or one of theirs is not ready.
    """
    visits = {visit.key: visit for family in journal.families for visit in family.visits}
    gone = [PlannedReport((), key, gone=(key,)) for key in sent if key in ready and key not in visits]
    if report_of is ReportOf.CHILD:
        return [*(report for family in journal.families for report in _of_children(family, ready)), *gone]
    staying = [report for report in journal.reports if _stays(report, ready) and set(sent).isdisjoint(report.visits)]
    whole = {key: report for report in staying for key in report.visits}
    read = {key for report in journal.reports for key in report.visits}
    at_once = {
        visit.key: together
        for family in journal.families
        for together in _at_once(family, [one for one in family.visits if one.key in ready and one.key not in read])
        for visit in together
    }
    plan: dict[str, PlannedReport] = {}
    for visit in visits.values():
        if visit.key not in ready:
            continue
        report = whole.get(visit.key)
        if report is None:
            together = at_once.get(visit.key, (visit,))
            plan.setdefault(f"visit {together[0].key}", PlannedReport(together, report_name(together)))
        elif report.key not in plan:
            together = tuple(visits[key] for key in report.visits)
            plan[report.key] = PlannedReport(together, report_name(together), report)
    return [*plan.values(), *gone]


def corrected_together(plan: Sequence[PlannedReport], writer: ReportWriter) -> list[PlannedReport]:
    """The reports of ``plan``, those as one that void or change what all of them refer to.

    Whoever receives a report must find in it all that it makes wrong, and in another report none of it once more.
    """
    together: list[PlannedReport] = []
    changed: list[frozenset[str]] = []
    for report in plan:
        shared = writer.corrections.shared(report.keys)
        for place in reversed(range(len(together))):
            if not shared.isdisjoint(changed[place]):
                report, shared = _joined(together.pop(place), report), shared | changed.pop(place)
        together.append(report)
        changed.append(shared)
    return together


def _joined(one: PlannedReport, other: PlannedReport) -> PlannedReport:
    visits, gone = (*one.visits, *other.visits), (*one.gone, *other.gone)
    return PlannedReport(visits, f"{one.name}|{other.name}", gone=gone)


def _at_once(family: Family, visits: Sequence[Visit]) -> Iterator[tuple[Visit, ...]]:
    """Encounters that are one visit: one child's and its parents' with the same start, each in a journal of its own."""
    children = {citizen.key: citizen.is_child for citizen in family.citizens}
    by_start: dict[object, list[Visit]] = {}
    for visit in visits:
        if visit.start.value is not None:
            by_start.setdefault(visit.start.value, []).append(visit)
    for together in by_start.values():
        people = [visit.subject.value or "" for visit in together]
        is_one_each = len(set(people)) == len(people) > 1 and children.keys() >= set(people)
        if is_one_each and sum(children[key] for key in people) == 1:
            yield tuple(together)


def _stays(report: DeliveryReport, ready: Container[str]) -> bool:
    """A report without a time stamp can't be sent as it is."""
    return report.timestamp.value is not None and all(key in ready for key in report.visits)


def _of_children(family: Family, ready: Container[str]) -> Iterator[PlannedReport]:
    """A report for each child; a visit to a parent goes with the only child, or else by itself."""
    children = [citizen.key for citizen in family.citizens if citizen.is_child]
    groups: dict[str, list[Visit]] = {}
    for visit in family.visits:
        subject = visit.subject.value or visit.key
        if subject not in children and len(children) == 1:
            subject = children[0]
        if visit.key in ready:
            groups.setdefault(subject, []).append(visit)
    for subject, visits in groups.items():
        yield PlannedReport(tuple(visits), f"citizen|{subject}")
