"""What a check looks at: a family, or a visit within it, with what follows from the records already worked out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from msgspec import Struct

from ldbu_desktop.findings.catalogue import finding_types
from ldbu_desktop.findings.checks.rule_book import Observed, RuleBook
from ldbu_desktop.findings.model import NO_FACTS, Finding, Location
from ldbu_desktop.journal.dates import day_of, local
from ldbu_desktop.journal.identity import birth_date
from ldbu_desktop.journal.mask import without_cpr
from ldbu_desktop.journal.model import (
    EMPTY,
    NO_COLUMN,
    Citizen,
    Entry,
    Family,
    Journal,
    Moment,
    Observation,
    Origin,
    Record,
    School,
    Visit,
    VisitRecord,
)
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR
from ldbu_desktop.standard.model import VisitType

PARTS = (
    "common", "doubtful", "times", "school", "repeated", "interventions", "responses", "based_on", "contradictions",
    "refusal", "error",
)  # fmt: skip
"""What a check of a visit may look at alone, and most visits have nothing of.

``common`` is what many visits share (type, class, status, kind of citizen, what is observed), where it is not known yet
that nothing is wrong in it; ``times`` are those that are not both points in time at most a day apart; ``repeated`` says
that a variable is observed several times, and ``error`` that the visit was one.
"""

_LONGEST = timedelta(days=1)

Common = tuple[str | None, str | None, str | None, str | None, frozenset[str | None]]
"""Of a visit: its type, class and status, whether its citizen is a child or a parent, and what is observed."""

_SHOWN_CHARACTERS = 60


class JournalContext(Struct, frozen=True):
    """What a family can't know by itself: which CPR numbers several citizens have."""

    repeated_cprs: frozenset[str] = frozenset()


def journal_context(journal: Journal) -> JournalContext:
    """What repeats within the whole journal."""
    cprs = Counter(citizen.cpr.value for family in journal.families for citizen in family.citizens)
    return JournalContext(frozenset(cpr for cpr, times in cprs.items() if cpr is not None and times > 1))


def shown(entry: Entry[Any]) -> str:
    """What stood there, short and with CPR numbers masked."""
    if entry is EMPTY:
        return ""
    text = entry.raw if entry.raw or entry.value is None else _as_typed(entry.value)
    text = without_cpr(" ".join(text.split()))
    return text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "…"


def _as_typed(value: object) -> str:
    """A value that no file has, as it stands in its field."""
    if isinstance(value, datetime):
        return f"{local(value):%d-%m-%Y %H:%M}"
    return f"{value:%d-%m-%Y}" if isinstance(value, date) else str(value)


def intervention_keys(family: Family) -> frozenset[str]:
    """The keys of all interventions of a family: what its visits may follow from."""
    return frozenset(intervention.key for visit in family.visits for intervention in visit.interventions)


class Measurement(Struct, frozen=True, gc=False):
    """A measurement in the variable's first unit, with where it was taken; ``number`` is ``size`` for arithmetic."""

    day: date
    size: Decimal
    number: float
    visit: Visit
    observation: Observation


class FamilyScope:
    """A family, today's date, the rules, and what the journal knows beyond the family.

    ``kinds`` tells of each citizen whether it is a child or a parent.
    """

    def __init__(self, family: Family, context: JournalContext, rules: RuleBook, today: date) -> None:
        self.family, self.context, self.rules, self.today = family, context, rules, today
        self.citizens: dict[str, Citizen] = {citizen.key: citizen for citizen in family.citizens}
        self.kinds: dict[str, str] = {
            citizen.key: "child" if citizen.is_child else "parent" for citizen in family.citizens
        }
        self.births: dict[str, date | None] = {
            citizen.key: birth_date(citizen.cpr.value) if citizen.cpr.value else None for citizen in family.citizens
        }
        self.parents = tuple(citizen.key for citizen in family.citizens if not citizen.is_child)
        self.schools: dict[str, School] = {school.key: school for school in family.schools}
        self.interventions = intervention_keys(family)
        self.visits: tuple[SiftedVisit, ...] = tuple([sifted(self, visit) for visit in family.visits])
        """The visits of the family, each with its observations told apart."""

    def finding(
        self,
        code: str,
        record: Record,
        entry: Entry[Any] = EMPTY,
        *,
        visit: Visit | None = None,
        part: str = "",
        nth: int | None = None,
        variable: str = "",
        rule: str = "",
        found: str | None = None,
        origin: Origin | None = None,
        **facts: Any,
    ) -> Finding:
        """A finding at ``part`` of a record of the family; the observed variable is told where there is one.

        ``nth`` is which of several entries that stand there is meant, counted from 0; ``rule`` the official rule where
        the code alone does not tell it; ``found`` what stood there, as it may be shown, where that is not what
        :func:`shown` makes of the entry.
        """
        if isinstance(record, Observation):
            variable = record.variable.value or ""
        location = Location(
            origin or record.origin,
            entry.column if entry is not EMPTY else NO_COLUMN,
            self.family.key,
            visit.key if visit is not None else "",
            "" if isinstance(record, Visit) else record.key,
            variable,
            part,
            nth,
        )
        rule = rule or finding_types()[code].rule
        told = shown(entry) if found is None else found
        return Finding(code, location, told, rule, facts or NO_FACTS)


class SiftedVisit(Struct, frozen=True):
    """A visit of a family whose observations were looked through once: there may be a million, and most are in order.

    ``doubtful`` are those that checks of an observation by itself have to look at, since in the others there is nothing
    to find; ``measured`` the measurements among these others, by variable and citizen. ``variables`` is all that is
    observed, also what is doubtful. ``day`` is the visit's.
    """

    visit: Visit
    day: date | None
    doubtful: list[Observation]
    measured: list[tuple[tuple[str, str], Measurement]]
    variables: set[str | None]


def sifted(within: FamilyScope, visit: Visit) -> SiftedVisit:
    """A visit with its observations told apart."""
    settled, ranges, kinds = within.rules.settled, within.rules.ranges, within.kinds
    visit_start = visit.start.value
    measured_of: str | None = None
    age: int | None = None
    day = day_of(visit_start) if visit_start is not None else None
    doubtful: list[Observation] = []
    measured: list[tuple[tuple[str, str], Measurement]] = []
    variables: set[str | None] = set()
    for observation in visit.observations:
        variable, value, start = observation.variable.value, observation.value, observation.start.value
        reason: Entry[Any] = observation.missing_reason
        end: Entry[Any] = observation.end
        variables.add(variable)
        known = settled[variable, value.value, value.raw, observation.unit.value, observation.status.value]
        subject = observation.subject.value
        if (
            known is None
            or reason is not EMPTY
            or end is not EMPTY
            or observation.is_period
            or start is None
            or (start is not visit_start and start != visit_start)
            or subject is None
            or (kind := kinds.get(subject)) is None
            or (kind != known.subject and known.subject != "either")
        ):
            doubtful.append(observation)
        elif known.size is not None:
            if subject != measured_of:
                measured_of, age = subject, _age_on(day, within.births[subject])
            plausible = ranges[known.variable, age]
            if day is None or (plausible is not None and not plausible.low <= known.size <= plausible.high):
                doubtful.append(observation)
            else:
                taken = Measurement(day, known.size, known.number, visit, observation)
                measured.append(((known.variable, subject), taken))
    return SiftedVisit(visit, day, doubtful, measured, variables)


def _age_on(day: date | None, birth: date | None) -> int | None:
    """The age in days; None where it can't be known."""
    return (day - birth).days if day is not None and birth is not None else None


def _are_usual(start: Moment | None, end: Moment | None) -> bool:
    """Whether two times are of one zone, in their order, and at most a day apart: clocks can tell how far."""
    return (
        isinstance(start, datetime)
        and isinstance(end, datetime)
        and start.tzinfo is end.tzinfo
        and timedelta() <= end - start <= _LONGEST
    )


class VisitScope:
    """A visit of a family, with its citizen and day. A finding at the visit itself has no record's key.

    ``doubtful`` are the observations that checks of an observation by itself have to look at.
    """

    __slots__ = ("birth", "citizen", "day", "doubtful", "is_erroneous", "rules", "sifted", "type", "visit", "within")

    def __init__(self, within: FamilyScope, sifted: SiftedVisit) -> None:
        self.within, self.sifted = within, sifted
        self.rules: RuleBook = within.rules
        visit = self.visit = sifted.visit
        self.day: date | None = sifted.day
        self.doubtful: Sequence[Observation] = sifted.doubtful
        self.type: VisitType | None = within.rules.visit_types.get(visit.type.value or "")
        subject = visit.subject.value or ""
        self.citizen: Citizen | None = within.citizens.get(subject)
        self.birth: date | None = within.births.get(subject)
        self.is_erroneous = visit.status.value == ENTERED_IN_ERROR

    @property
    def common(self) -> Common:
        """What many visits share."""
        visit = self.visit
        kind = self.within.kinds.get(visit.subject.value or "")
        return visit.type.value, visit.visit_class.value, visit.status.value, kind, frozenset(self.sifted.variables)

    @property
    def parts(self) -> tuple[bool, ...]:
        """Of each of the :data:`PARTS` whether the visit has something."""
        visit = self.visit
        start, end = visit.start.value, visit.end
        return (
            self.common not in self.rules.in_order,
            bool(self.doubtful),
            start is None or (end is not EMPTY and not _are_usual(start, end.value)),
            visit.school is not EMPTY,
            len(self.sifted.variables) != len(visit.observations),
            bool(visit.interventions),
            bool(visit.responses),
            bool(visit.based_on),
            bool(visit.contradictions),
            visit.refusal is not None,
            self.is_erroneous,
        )

    def observed(self, observation: Observation) -> Observed | None:
        """What the rules know about the observed variable."""
        return self.rules.observed.get(observation.variable.value or "")

    def age_days(self, record: Observation) -> int | None:
        """The age in days of the observed citizen on the day of the observation, or else of the visit."""
        subject = record.subject.value
        birth = self.within.births.get(subject) if subject is not None else None
        start: Moment | None = record.start.value
        day = self.day if start is None or start is self.visit.start.value else day_of(start)
        return (day - birth).days if birth is not None and day is not None else None

    def finding(
        self,
        code: str,
        record: Visit | VisitRecord,
        entry: Entry[Any] = EMPTY,
        *,
        part: str = "",
        nth: int | None = None,
        variable: str = "",
        rule: str = "",
        found: str | None = None,
        origin: Origin | None = None,
        **facts: Any,
    ) -> Finding:
        """A finding at ``part`` of a record of the visit, as :meth:`FamilyScope.finding` makes it."""
        return self.within.finding(
            code, record, entry, visit=self.visit, part=part, nth=nth, variable=variable, rule=rule, found=found,
            origin=origin, **facts,
        )  # fmt: skip
