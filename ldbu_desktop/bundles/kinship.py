"""Families out of reports: citizens who belong together, who of them is a child, and their visits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from msgspec.structs import replace

from ldbu_desktop.bundles.placement import day_of
from ldbu_desktop.bundles.report_records import recorded
from ldbu_desktop.journal.identity import birth_date
from ldbu_desktop.journal.model import Citizen, Family, Parenthood, QuestionnaireResponse, School, Visit, VisitRecord
from ldbu_desktop.standard.model import Standard

Shared = Citizen | School | Parenthood


@dataclass(slots=True)
class _Household:
    citizens: list[Citizen] = field(default_factory=list)
    parenthoods: list[Parenthood] = field(default_factory=list)
    schools: dict[str, School] = field(default_factory=dict)
    visits: list[Visit] = field(default_factory=list)
    unplaced: list[VisitRecord] = field(default_factory=list)


class Kinship:
    """Gathers the records of many reports and tells the families that they make."""

    def __init__(self, standard: Standard) -> None:
        self._standard = standard
        self._citizens: dict[str, Citizen] = {}
        self._parenthoods: list[Parenthood] = []
        self._schools: dict[str, School] = {}
        self._met_with: dict[str, str] = {}
        self._visits: list[Visit] = []
        self._unplaced: list[VisitRecord] = []
        self._above: dict[str, str] = {}

    def add_shared(self, record: Shared) -> None:
        """Add a citizen, a parenthood or a school that is new."""
        if isinstance(record, School):
            self._schools[record.key] = record
        elif isinstance(record, Parenthood):
            self._parenthoods.append(record)
            self._join(record.parent.value or record.key, record.child.value)
        else:
            self._citizens[record.key] = record
            self._root(record.key)

    def met(self, school: School, key: str) -> None:
        """Tell with whom a school was first met: there it is kept if no visit refers to it."""
        self._met_with.setdefault(school.key, key)

    def same_person(self, one: Citizen, other: Citizen) -> None:
        """Keep two citizens who are told of differently, and are one person, in one family."""
        self._join(one.key, other.key)

    def add_visit(self, visit: Visit) -> None:
        """Add a visit with all that was recorded at it."""
        self._visits.append(visit)
        for record in recorded(visit):
            self._join(visit.subject.value or visit.key, record.subject.value)

    def add_unplaced(self, record: VisitRecord) -> None:
        """Add a record without a visit."""
        self._unplaced.append(record)

    def families(self) -> tuple[Family, ...]:
        """The families in the order in which they were first met."""
        adults = _Adults(self._standard, self._citizens, self._parenthoods, self._visits, self._unplaced)
        households: dict[str, _Household] = {}

        def household(key: str) -> _Household:
            return households.setdefault(self._root(key), _Household())

        for citizen in self._citizens.values():
            household(citizen.key).citizens.append(replace(citizen, is_child=not adults.has(citizen)))
        for parenthood in self._parenthoods:
            household(parenthood.parent.value or parenthood.key).parenthoods.append(parenthood)
        for visit in self._visits:
            found = household(visit.subject.value or visit.key)
            found.visits.append(visit)
            if (school := self._schools.get(visit.school.value or "")) is not None:
                found.schools[school.key] = school
        referred_to = {visit.school.value for visit in self._visits}
        for school in self._schools.values():
            if school.key not in referred_to:
                household(self._met_with[school.key]).schools[school.key] = school
        for record in self._unplaced:
            household(record.subject.value or record.key).unplaced.append(record)
        return tuple(self._family(key, found) for key, found in households.items())

    def _family(self, key: str, household: _Household) -> Family:
        first = next((citizen for citizen in household.citizens if citizen.is_child), None)
        return Family(
            first.key if first is not None else household.citizens[0].key if household.citizens else key,
            tuple(household.citizens),
            tuple(household.parenthoods),
            tuple(household.schools.values()),
            tuple(household.visits),
            tuple(household.unplaced),
        )

    def _root(self, key: str) -> str:
        above = self._above
        above.setdefault(key, key)
        while above[key] != key:
            above[key] = above[above[key]]
            key = above[key]
        return key

    def _join(self, key: str, other: str | None) -> None:
        if other is not None:
            self._above[self._root(other)] = self._root(key)


class _Adults:
    """Who is a parent: whom a parenthood or the type of a visit says, else by age, else by what was observed."""

    def __init__(
        self,
        standard: Standard,
        citizens: dict[str, Citizen],
        parenthoods: Iterable[Parenthood],
        visits: Iterable[Visit],
        unplaced: Iterable[VisitRecord],
    ) -> None:
        self._oldest_child = max(visit_type.to_days or 0 for visit_type in standard.visit_types)
        self._told: dict[str, bool] = {}
        self._days: dict[str, date] = {}
        self._observed: set[str] = set()
        for parenthood in parenthoods:
            self._tell(parenthood.child.value, is_parent=False)
            self._tell(parenthood.parent.value, is_parent=True)
        for visit in visits:
            visit_type = standard.visit_type_by_code.get(visit.type.value or "")
            if visit_type is not None and visit_type.subject != "either":
                self._tell(visit.subject.value, is_parent=visit_type.subject == "parent")
            day = day_of(visit.start)
            for record in (visit, *recorded(visit)):
                if day is not None and record.subject.value is not None:
                    self._days.setdefault(record.subject.value, day)
        for record in (*unplaced, *(record for visit in visits for record in recorded(visit))):
            if _is_of_parent(record, standard) and record.subject.value in citizens:
                self._observed.add(record.subject.value)

    def has(self, citizen: Citizen) -> bool:
        """Whether ``citizen`` is a parent."""
        if citizen.key in self._told:
            return self._told[citizen.key]
        birth, day = birth_date(citizen.cpr.value or ""), self._days.get(citizen.key)
        if birth is not None and day is not None:
            return (day - birth).days > self._oldest_child
        return citizen.key in self._observed

    def _tell(self, key: str | None, *, is_parent: bool) -> None:
        if key is not None:
            self._told.setdefault(key, is_parent)


def _is_of_parent(record: VisitRecord, standard: Standard) -> bool:
    if isinstance(record, QuestionnaireResponse):
        questionnaire = standard.questionnaire.get(record.questionnaire.value or "")
        return questionnaire is not None and questionnaire.subject == "parent"
    variable = standard.variable.get(getattr(record, "variable", record.status).value or "")
    return variable is not None and variable.subject == "parent"
