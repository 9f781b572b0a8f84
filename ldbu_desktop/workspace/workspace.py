"""The open work: one journal with its findings, the way back, what was delivered, and what is not asked for yet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Set
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from ldbu_desktop.journal.where import WHOLE_JOURNAL, Where

# A window shows its first screen before anything is open: what is needed only then is imported only then.
if TYPE_CHECKING:
    from pathlib import Path

    from ldbu_desktop.bundles.ledger import Ledger
    from ldbu_desktop.casefile.case_file import CaseFile
    from ldbu_desktop.casefile.deliveries import DeliveredVisit
    from ldbu_desktop.editing.change import Change
    from ldbu_desktop.editing.delivered import Delivered
    from ldbu_desktop.editing.operations import Operation
    from ldbu_desktop.editing.removal import Recordings
    from ldbu_desktop.faults import FileFault
    from ldbu_desktop.findings.causes import Cause
    from ldbu_desktop.findings.model import Accepted, Finding, Severity
    from ldbu_desktop.findings.summary import FamilyFindings, Findings
    from ldbu_desktop.journal.model import Acceptance, Family, Journal, Visit
    from ldbu_desktop.journal.values import ValueChange
    from ldbu_desktop.standard.model import Standard
    from ldbu_desktop.work import Cancellation
    from ldbu_desktop.workspace.deliveries import Deliveries, Written
    from ldbu_desktop.workspace.facets import FacetIndex, VisitState
    from ldbu_desktop.workspace.history import FileHistory, History, JournalState
    from ldbu_desktop.workspace.index import JournalIndex
    from ldbu_desktop.workspace.mending_preview import MendingPreview
    from ldbu_desktop.workspace.steps import Steps


_FEW_FAMILIES = 200
"""So many changed families are followed one by one; for more the facets are made anew when they are asked for."""

JudgedAgain = Callable[["Findings", "Journal", Collection[str], "tuple[Family, ...] | None"], "Findings"]
"""The findings of a journal that differs in some families from the one that findings are about: by their keys, and as
they are now where that is known."""


class Standing(NamedTuple):
    """How many visits there are of each kind before a delivery. What is ``unfinished`` waits, and what is ``delivered``
    as it is stays out, where a case file keeps the work; of an import all is written again that is not rejected."""

    ready: int
    rejected: int
    unfinished: int = 0
    delivered: int = 0


class Workspace:
    """Another one for each journal that is opened; without a journal nothing is open.

    ``judged_again`` is how a changed journal is judged. ``found`` is what is found by now, while families are checked
    one after the other too; it is None before the check begins: :meth:`judge` takes it. ``is_filled`` tells that it is
    filled in forms rather than read from an export: then what is missing is quiet until it is asked for. ``file`` is
    the case file that keeps it; without one it is kept nowhere.
    ``paths`` are the files and folders that it was read from, ``written`` what was written for delivery since it was
    opened, and ``corrected`` the visits that say something else than when they were delivered, which is found out
    beside (:meth:`take_corrected`).
    ``warning`` is told when it is shown: the case file may lack something that was saved.
    """

    def __init__(
        self,
        standard: Callable[[], Standard],
        judged_again: JudgedAgain,
        journal: Journal | None = None,
        index: JournalIndex | None = None,
        *,
        is_filled: bool = False,
        file: CaseFile | None = None,
    ) -> None:
        self._standard, self.judged_again = standard, judged_again
        self._journal, self._index = journal, index
        self._as_read = journal
        self._history: History | None = None
        self._file_history: FileHistory | None = None
        self._delivered: tuple[Mapping[str, DeliveredVisit], Delivered] | None = None
        self._asked: set[str] = set()
        self._steps: Steps | None = None
        self._facets: FacetIndex | None = None
        self.paths: tuple[Path, ...] = ()
        self.written: Written | None = None
        self.corrected: frozenset[str] = frozenset()
        self.found: Findings | None = None
        self.is_open = journal is not None
        self.is_filled = is_filled
        self.file = file
        self.warning: FileFault | None = file.warning if file is not None else None

    @property
    def standard(self) -> Standard:
        """The standard that holds."""
        return self._standard()

    @property
    def journal(self) -> Journal:
        """What is open; an empty journal where nothing is."""
        if self._journal is None:
            from ldbu_desktop.journal.model import Journal

            self._journal = Journal()
        return self._journal

    @property
    def as_read(self) -> Journal:
        """The journal as it was opened."""
        return self.journal if self._as_read is None else self._as_read

    @property
    def findings(self) -> Findings | None:
        """What was found in the whole of it; None until all of it is checked."""
        return self.found if self.found is not None and self.found.is_whole else None

    @property
    def history(self) -> History:
        """The way back and forth."""
        if self._history is None:
            from ldbu_desktop.workspace.history import MemoryHistory

            self._history = self.file_history or MemoryHistory()
        return self._history

    @property
    def file_history(self) -> FileHistory | None:
        """The way back and forth that a case file remembers; None where none keeps the work."""
        if self._file_history is None and self.file is not None:
            from ldbu_desktop.workspace.history import FileHistory

            self._file_history = FileHistory(self.file)
        return self._file_history

    # --- what is in it

    @property
    def index(self) -> JournalIndex:
        """Where each family and visit stands."""
        if self._index is None:
            from ldbu_desktop.workspace.index import index_of

            self._index = index_of(self.journal)
        return self._index

    @property
    def visit_count(self) -> int:
        """How many visits there are."""
        return len(self.index.visits)

    def family(self, key: str) -> Family | None:
        """A family by its key."""
        at = self.index.families.get(key)
        return self.journal.families[at] if at is not None else None

    def visit(self, key: str) -> Visit | None:
        """A visit by its key."""
        at = self.index.visits.get(key)
        return self.journal.families[at[0]].visits[at[1]] if at is not None else None

    @property
    def _places(self) -> Mapping[str, int]:
        """Which of the families has a key, where each has its own; several files may have the same."""
        places = self.index.families
        return places if len(places) == len(self.journal.families) else {}

    def places(self, key: str) -> list[int]:
        """Which of the families have a key, counted from 0."""
        if self._places:
            at = self._places.get(key)
            return [at] if at is not None else []
        return [at for at, one in enumerate(self.journal.families) if one.key == key]

    def families(self, key: str) -> list[Family]:
        """The families of a key."""
        return [self.journal.families[at] for at in self.places(key)]

    def _families_of(self, keys: Collection[str]) -> list[Family]:
        families, places = self.journal.families, self._places
        if places:
            return [families[places[key]] for key in keys if key in places]
        return [family for family in families if family.key in keys]

    def family_of(self, visit: str) -> Family | None:
        """The family that a visit belongs to, by the visit's key."""
        at = self.index.visits.get(visit)
        return self.journal.families[at[0]] if at is not None else None

    def nearest(self, where: Where) -> Where:
        """``where``, or the family that it is in where that is all that is left, or no place where nothing is."""
        if where.visit and where.visit not in self.index.visits:
            where = Where(where.family)
        return where if where.family in self.index.families else WHOLE_JOURNAL

    # --- what is done to it

    def do(self, operation: Operation, at: datetime | None = None) -> Change:
        """Do something, and check again what it bears on. ``at`` is when it was done first, now where it is new.

        Raises :class:`~ldbu_desktop.faults.Fault`.
        """
        from ldbu_desktop.editing.operations import OperationContext, applied

        before = self.journal
        after, change = applied(before, operation, OperationContext(self.standard, self.delivered, self._places))
        if change.is_nothing:
            return change
        self.history.add(before, after, change, self.found)
        were = [one for key in change.families for one in self.families(key)]
        taken = self._take(after, change)
        if not self.is_filled:
            self._remember(operation, were, change, at)
        return taken

    def become(self, other: Workspace, before: Journal, findings: Findings | None) -> bool:
        """Stand where ``other`` work of the same files stands, with its way back and its ``findings``.

        False where this is no longer the journal ``before``, or its check began meanwhile.
        """
        if before is not self._journal or (findings is None) is not (self.found is None):
            return False
        self._journal, self._history, self._steps = other.journal, other.history, other.steps
        self._index, self._delivered, self._facets = None, None, None
        self.found = self._with_checked(findings) if findings else None
        return True

    def take(self, seen: MendingPreview) -> Change | None:
        """Do what was seen before, as it was worked out; None where something else was done since."""
        if seen.before is not self._journal or seen.findings is None or seen.change.is_nothing:
            return None
        self.history.add(seen.before, seen.after, seen.change, self.found)
        if not self.is_filled:
            self._add_step(seen.operation, seen.values)
        return self._become(seen.after, seen.change, self._with_checked(seen.findings))

    def _with_checked(self, findings: Findings) -> Findings:
        """Findings that were worked out beside the window, with those of families that were checked meanwhile."""
        return findings.with_checked(self.found.by_family) if self.found is not None else findings

    def _remember(self, operation: Operation, were: list[Family], change: Change, at: datetime | None) -> None:
        from ldbu_desktop.journal.values import value_changes

        are = [one for key in change.families for one in self.families(key)]
        self._add_step(operation, tuple(value_changes(were, are)), at)

    def _add_step(self, operation: Operation, changes: tuple[ValueChange, ...], at: datetime | None = None) -> None:
        from ldbu_desktop.workspace.steps import Step

        self._steps = self.steps.with_step(Step(at or datetime.now(UTC), changes, operation))

    @property
    def steps(self) -> Steps:
        """What was done to what was read from files; in a case file there are none."""
        if self._steps is None:
            from ldbu_desktop.workspace.steps import Steps

            self._steps = Steps()
        return self._steps

    def undo(self) -> Change | None:
        """Take back the last step; None where there is none. Raises :class:`~ldbu_desktop.faults.Fault`."""
        return self._go(self.history.undo(self.journal, self.found), is_back=True)

    def redo(self) -> Change | None:
        """Take again the step that was undone last; None where there is none. Raises as :meth:`undo` does."""
        return self._go(self.history.redo(self.journal, self.found), is_back=False)

    def _go(self, state: JournalState | None, *, is_back: bool) -> Change | None:
        from ldbu_desktop.editing.change import change_between

        if state is None:
            return None
        if not self.is_filled:
            self._steps = self.steps.undo() if is_back else self.steps.redo()
        change = state.change or change_between(self.journal, state.journal)
        return self._take(state.journal, change, state.findings)

    def _take(self, journal: Journal, change: Change, known: Findings | None = None) -> Change:
        """Have another journal, of which it may be ``known`` what is found."""
        found = self.found
        if found is None:
            return self._become(journal, change, None)
        if known is not None and known.is_as_checked_as(found):
            return self._become(journal, change, known)
        again = self._judged(found, journal, change)
        return self._become(journal, change, again, again.judged_last)

    def _become(
        self, journal: Journal, change: Change, found: Findings | None, rejudged: frozenset[str] | None = None
    ) -> Change:
        """Have another journal with what is found in it; ``rejudged`` are the families of which that may be other."""
        before, self.found, self._journal = self.found, found, journal
        if rejudged is None:
            rejudged = _others(before, found) if before is not None and found is not None else frozenset()
        change = change.rejudging(rejudged - change.families)
        if change.is_regrouped:
            self._index = None
        elif self._index is not None:
            self._index = self._index.after(self._families_of(change.families))
        self._follow_facets(change)
        return change

    def judged_as(self, journal: Journal, change: Change) -> Findings | None:
        """What would be found if the journal were another; None before the check begins."""
        return None if self.found is None else self._judged(self.found, journal, change)

    def _judged(self, found: Findings, journal: Journal, change: Change) -> Findings:
        """What is found after a change; where nothing has moved, it is known where the families stand."""
        places, now = self._places, None
        if places and not change.is_regrouped:
            now = tuple(journal.families[at] for at in sorted(places[key] for key in change.families))
        return self.judged_again(found, journal, change.families, now)

    def judge(self, findings: Findings) -> bool:
        """Take the findings of the journal; False where they are of one from which too much differs by now.

        What was done since the check began is checked again here, family by family. Of some families nothing may be
        known yet: :meth:`take_checked` takes what is found there.
        """
        from ldbu_desktop.editing.change import change_between

        if findings.journal is not self.journal:
            change = change_between(findings.journal, self.journal, WHOLE_JOURNAL)
            if len(change.families) > _FEW_FAMILIES:
                return False
            findings = self._judged(findings, self.journal, change)
        self.found = findings
        return True

    def take_checked(self, checked: Mapping[str, FamilyFindings], seen: tuple[Findings, Findings] | None) -> None:
        """Take what was found in families that were not checked yet; what is known of them by now stays.

        ``seen`` is what was found before, and what with these: where nothing was done meanwhile, that is it.
        """
        if self.found is not None:
            self.found = seen[1] if seen and seen[0] is self.found else self.found.with_checked(checked)

    def check(self, family: str) -> bool:
        """Check a family now, by its key, where it is not checked; False where nothing is to be done."""
        found = self.found
        if found is None or family not in found.unchecked:
            return False
        self.found = self.judged_again(found, self.journal, {family}, None)
        return True

    @property
    def checked_families(self) -> tuple[int, int]:
        """How many families are checked, and how many there are."""
        count = len(self.index.families)
        return count - len(self.found.unchecked) if self.found is not None else 0, count

    def is_checked(self, where: Where = WHOLE_JOURNAL) -> bool:
        """Whether a visit, a family or the whole was checked."""
        found = self.found
        if found is None:
            return False
        if where.visit:
            return found.is_checked(where.visit)
        return where.family not in found.unchecked if where.family else found.is_whole

    def facets(self, cancellation: Cancellation | None = None) -> FacetIndex | None:
        """The facets of the visits, made where they are not known; None until it was checked. It may be asked from any
        thread: of work that changes meanwhile they are those of before, which :meth:`keep_facets` does not take.

        Raises :class:`~ldbu_desktop.faults.Cancelled` where it is cancelled while they are made.
        """
        from ldbu_desktop.workspace.facets import FacetIndex

        findings, known = self.findings, self._facets
        if findings is None or (known is not None and known.findings is findings):
            return known
        return FacetIndex(findings.journal, findings, self.delivered_visits, self.corrected, cancellation)

    @property
    def all_findings(self) -> Findings:
        """What was found. Raises :class:`ValueError` where it is not checked."""
        if self.findings is None:
            raise ValueError("not checked yet")
        return self.findings

    def keep_facets(self, facets: FacetIndex) -> bool:
        """Keep facets, so that they follow what is done; False where they are of what is no longer found."""
        is_now = facets.findings is self.findings
        self._facets = facets if is_now else self._facets
        return is_now

    def _follow_facets(self, change: Change) -> None:
        families = change.families | change.rejudged
        if self._facets is None or self.findings is None:
            return
        is_small = len(families) <= _FEW_FAMILIES and not change.is_regrouped
        self._facets = self._facets.followed(self.journal, self.findings, families) if is_small else None

    # --- what was delivered

    @property
    def deliveries(self) -> Deliveries:
        """How the work as it is now stands before a delivery. Raises :class:`ValueError` where it is not checked."""
        from ldbu_desktop.workspace.deliveries import Deliveries

        return Deliveries(self.all_findings, self.standard, self.file)

    @property
    def has_delivered(self) -> bool:
        """Whether something of it was delivered before."""
        return self.file is not None and bool(self.file.delivered)

    @property
    def delivered_visits(self) -> Set[str]:
        """The visits that were delivered before, by their keys. An import knows of today only."""
        if self.file is not None:
            return self.file.delivered.keys()
        return self.written.visits if self.written is not None else frozenset()

    def take_corrected(self, visits: frozenset[str]) -> bool:
        """Know which visits were corrected since they were delivered; False where that was known."""
        is_other = visits != self.corrected
        if is_other:
            self.corrected = visits
            self.forget_facets()
        return is_other

    def delivered_on(self, key: str) -> datetime | None:
        """When a visit was delivered last, by its key; None where that is not known. An import knows of today only."""
        if self.file is not None:
            known = self.file.delivered.get(key)
            return known.time if known is not None else None
        return self.written.at if self.written is not None and key in self.written.visits else None

    def forget_facets(self) -> None:
        """Have the facets made anew when they are asked for: something was delivered."""
        self._facets = None

    @property
    def delivered(self) -> Delivered:
        """What was delivered of the journal as it is."""
        from ldbu_desktop.editing.delivered import NothingDelivered

        if self.file is None or not self.file.delivered:
            return NothingDelivered()
        if self._delivered is None or self._delivered[0] is not self.file.delivered:
            from ldbu_desktop.workspace.deliveries import DeliveredRecords, ledger_of

            ledger = ledger_of(self.file, self.standard)
            self._delivered = self.file.delivered, DeliveredRecords(self.journal.system, self.standard, ledger)
        return self._delivered[1]

    @property
    def ledger(self) -> Ledger:
        """What was delivered before, resource by resource."""
        from ldbu_desktop.workspace.deliveries import ledger_of

        return ledger_of(self.file, self.standard)

    def recorded_about(self, family: str, people: Iterable[str]) -> Recordings:
        """What is recorded about people of a family, and what of that was delivered and stands."""
        from ldbu_desktop.editing.removal import recorded_about

        return recorded_about(self.journal, family, frozenset(people), self.delivered)

    def must_ask_about(self, where: Where, raw: str) -> bool:
        """Whether what is typed is another CPR number for somebody who was delivered: it is to be asked about first."""
        from ldbu_desktop.journal.fields import CITIZEN_CPR

        if where.field != CITIZEN_CPR or not self.has_delivered:
            return False
        from ldbu_desktop.editing.renumbering import is_other_number, was_delivered

        family, citizen = where.family, where.record
        return is_other_number(self.journal, family, citizen, raw, self.standard) and was_delivered(
            self.journal, family, citizen, self.delivered
        )

    def has_lost(self, before: Journal, change: Change) -> bool:
        """Whether a step from ``before`` took away what was delivered: whoever received it is not told by that."""
        from ldbu_desktop.editing.corrections import corrected

        delivered = self.delivered
        return self.has_delivered and any(
            corrected(before, self.journal, family, delivered) is not self.journal for family in change.families
        )

    # --- what is told of it

    def asks(self, place: str) -> bool:
        """Whether what is missing at a visit or a family, by its key, is told: in forms only after it was asked for."""
        return not self.is_filled or place in self._asked

    def ask(self, *places: str) -> Change:
        """Tell from now on what is missing at these visits and families, by their keys."""
        from ldbu_desktop.editing.change import Change

        self._asked.update(places)
        families = (self.family_of(place) or self.family(place) for place in places)
        return Change(rejudged=frozenset(family.key for family in families if family is not None))

    def told(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Those of ``findings`` that are told: not what is missing where it is being filled."""
        from ldbu_desktop.findings.catalogue import tells_absence

        return tuple(
            one for one in findings if not tells_absence(one) or self.asks(one.location.visit or one.location.family)
        )

    def findings_at(self, where: Where = WHOLE_JOURNAL) -> tuple[Finding, ...]:
        """All findings at a visit, at a family with its visits, or of the whole; those too that are not told yet."""
        if self.found is None:
            return ()
        if where.visit:
            return self.found.of_visit(where.visit)
        return self.found.of_family(where.family) if where.family else self.found.all

    def accepted_at(self, where: Where = WHOLE_JOURNAL) -> tuple[Accepted, ...]:
        """What is accepted of what was found at a visit, at a family with its visits, or in the whole."""
        if self.found is None or not self.found.accepted_count:
            return ()
        family = where.family or self.found.family_of_visit.get(where.visit, "")
        return self.found.accepted_at(family, where.visit) if family else self.found.accepted

    def acceptance_of(self, finding: Finding) -> Acceptance | None:
        """What a finding is accepted for; None where it is not."""
        held = self.accepted_at(Where(finding.location.family))
        return next((one.acceptance for one in held if one.finding == finding), None)

    def may_accept(self, finding: Finding) -> bool:
        """Whether a finding can be accepted: it is one to look at, and is not accepted yet."""
        from ldbu_desktop.findings.acceptance import may_be_accepted

        return may_be_accepted(finding) and self.acceptance_of(finding) is None

    def causes(self, where: Where = WHOLE_JOURNAL) -> tuple[Cause[Finding], ...]:
        """What is told at a visit, at a family or of the whole, by cause."""
        from ldbu_desktop.findings.causes import causes

        if self.found is None:
            return ()
        if not self.is_filled and not where.visit and not where.family:
            return self.found.causes
        found = self.findings_at(where)
        return causes(self.told(found) if self.is_filled else found)

    @property
    def has_causes(self) -> bool:
        """Whether what is found in the whole can be told by cause while nobody waits for it."""
        return self.found is None or self.is_filled or self.found.has_causes

    def state(self, where: Where = WHOLE_JOURNAL) -> tuple[Severity | None, int]:
        """How a visit, a family or the whole stands: the heaviest severity, and how many findings.

        What is not checked (:meth:`is_checked`) has none.
        """
        findings = self.found
        if findings is None:
            return None, 0
        if self.is_filled and not (where.visit and self.asks(where.visit)):
            return self._quiet_state(self.findings_at(where))
        if where.visit:
            return findings.worst_of_visit(where.visit), findings.count_of_visit(where.visit)
        if where.family:
            return findings.worst_of_family(where.family), findings.count_of_family(where.family)
        return findings.worst, findings.count

    def visit_states(self, visit: str) -> tuple[VisitState, ...]:
        """How a visit stands before a delivery, as the facets count it; nothing until it was checked."""
        from ldbu_desktop.workspace.facets import visit_states

        found, family = self.findings, self.family_of(visit)
        if found is None or family is None:
            return ()
        by_visit = told.by_visit if (told := found.by_family.get(family.key)) is not None else {}
        at = (*by_visit.get("", ()), *by_visit.get(visit, ()))
        return visit_states(found, visit, at, self.delivered_visits, self.corrected)

    def _quiet_state(self, findings: tuple[Finding, ...]) -> tuple[Severity | None, int]:
        """How it stands where what is missing weighs no more than a remark, and counts where nothing else was found."""
        from ldbu_desktop.findings.causes import worst_of
        from ldbu_desktop.findings.model import Severity

        told = self.told(findings)
        return (worst_of(told), len(told)) if told else (Severity.INFO if findings else None, len(findings))

    def severity_at(self, visit: str, record: str) -> Severity | None:
        """The heaviest severity at one record of a visit."""
        from ldbu_desktop.findings.causes import worst_of

        found = self.findings_at(Where(visit=visit))
        return worst_of(one for one in found if one.location.record == record)

    def rejected_visits(self, family: str = "") -> int:
        """How many visits would be rejected, in the whole or in a family."""
        found = self.found
        if found is None:
            return 0
        if not family:
            return found.rejected_count
        of_family = self.family(family)
        if of_family is None or family in found.unchecked:
            return 0
        return sum(not found.is_ready(visit.key) for visit in of_family.visits)

    @property
    def standing(self) -> Standing:
        """How the visits stand before a delivery, as far as they are checked."""
        count, rejected = self.visit_count, self.rejected_visits()
        if self.file is None or self.found is None:
            return Standing(count - rejected, rejected)
        delivered = self.index.visits.keys() & self.delivered_visits - self.corrected
        unfinished = self.found.unfinished - delivered
        elsewhere = unfinished | delivered
        rejected = sum(len(each.rejected - elsewhere) for each in self.found.by_family.values())
        return Standing(count - rejected - len(elsewhere), rejected, len(unfinished), len(delivered))

    def is_ready(self, visit: str) -> bool:
        """Whether a visit can be delivered."""
        return self.found is not None and self.found.is_ready(visit)

    def waits_as_a_whole(self) -> bool:
        """Whether nothing is ready because of the files as a whole, and not because of what is told of the visits."""
        from ldbu_desktop.findings.catalogue import finding_types

        codes = (code for code, one in finding_types().items() if one.blocks == "journal")
        return self.findings is not None and any(code in self.findings.codes for code in codes)

    def has_contradicted(self) -> bool:
        """Whether something is rejected only because the standard contradicts itself."""
        from ldbu_desktop.findings.catalogue import finding_types

        codes = (code for code, one in finding_types().items() if one.may_be_sent_anyway)
        return self.findings is not None and any(code in self.findings.codes for code in codes)


def _others(before: Findings, after: Findings) -> frozenset[str]:
    """The families of which other findings are told than before."""
    return frozenset(key for key, found in after.by_family.items() if before.by_family.get(key) is not found)
