"""Synthetic families: all visit types, in person and not, and whatever else a delivery report may hold.

A seed always gives the same journal. All CPR numbers end in 999x and belong to nobody. Everything that is a fact of the
standard is taken from the catalogue, so a journal of a newer standard needs no change here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from ldbu_desktop.journal.model import (
    EMPTY,
    Answer,
    Citizen,
    Entry,
    Family,
    Intervention,
    Journal,
    Observation,
    Parenthood,
    QuestionnaireResponse,
    School,
    Visit,
)
from ldbu_desktop.standard.model import Questionnaire, Standard, Variable, VisitType

DENMARK = ZoneInfo("Europe/Copenhagen")
FIRST_BIRTH = date(2008, 1, 1)
ORGANISATION = "451000016003"
_PARENT_YEARS = (24, 38)
_DEFAULT_AGES = {False: (60, 900), True: (2400, 4400)}
"""Ages in days where a visit type has none, by whether it is at a school."""


def synthetic_journal(standard: Standard, visits: int, seed: int = 1) -> Journal:
    """A journal of ``visits`` visits, two to a family."""
    return Journal(tuple(_families(standard, visits, seed)), system="synthetic")


def entry(value: object) -> Any:
    """A value as if it had been written that way."""
    return Entry(value, str(value)) if value is not None else EMPTY


def _families(standard: Standard, visits: int, seed: int) -> Iterator[Family]:
    for number in range(0, visits, 2):
        random = Random(f"{seed} {number}")  # noqa: S311 - not for secrets
        types = [standard.visit_types[(number + step) % len(standard.visit_types)] for step in (0, 1)]
        yield _FamilyMaker(standard, random, number // 2).family(types[: visits - number])


def _cpr(birth: date, random: Random) -> str:
    return f"{birth:%d%m%y}999{random.randrange(10)}"


@dataclass(frozen=True)
class _VisitPlace:
    """What a visit's records have to know of it."""

    key: str
    type: VisitType
    subject: str
    parent: str
    day: date
    start: datetime
    age: int
    in_person: bool


class _FamilyMaker:
    """Makes one family; ``number`` keeps its keys and its child's day of birth apart from those of the others."""

    def __init__(self, standard: Standard, random: Random, number: int) -> None:
        self._standard = standard
        self._random = random
        self._number = number
        self._birth = FIRST_BIRTH + timedelta(days=number)
        self._child = f"B{number}"
        self._parents = [f"F{number}-{index}" for index in range(random.choice((1, 1, 2)))]
        self._school = School(f"S{number}", entry(f"{random.randrange(100_000, 999_999)}"), entry("active"))
        self._needs: list[str] = []

    def family(self, types: list[VisitType]) -> Family:
        """The family with a visit of each of ``types``."""
        citizens = [self._citizen(self._child, self._birth, is_child=True)]
        for parent in self._parents:
            born = self._birth - timedelta(days=self._random.randrange(_PARENT_YEARS[0], _PARENT_YEARS[1]) * 365)
            citizens.append(self._citizen(parent, born, is_child=False))
        parenthoods = tuple(
            Parenthood(f"R{parent}", entry(parent), entry(self._child), entry("PRN"), self._maybe(True))
            for parent in self._parents
        )
        visits = tuple(self._visit(index, visit_type) for index, visit_type in enumerate(types))
        return Family(self._child, tuple(citizens), parenthoods, (self._school,), visits)

    def _citizen(self, key: str, born: date, *, is_child: bool) -> Citizen:
        return Citizen(key, is_child, entry(_cpr(born, self._random)), entry(ORGANISATION), self._maybe(True))

    def _maybe(self, value: object) -> Any:
        return entry(value) if self._random.random() < 0.5 else EMPTY

    def _choice(self, value_set: str) -> str:
        return self._random.choice(self._standard.value_set[value_set].concepts).code

    def _moment(self, place: _VisitPlace) -> date | datetime:
        """The day of the visit, or its time, with or without fractions of a second."""
        return self._random.choice((place.day, place.start, place.start.replace(second=7, microsecond=250_000)))

    def _visit(self, index: int, visit_type: VisitType) -> Visit:
        random = self._random
        is_parent = visit_type.subject == "parent" or (visit_type.subject == "either" and random.random() < 0.3)
        from_days, to_days = _DEFAULT_AGES[visit_type.is_at_school]
        if visit_type.subject == "parent":
            age = -random.randrange(20, 120)
        elif visit_type.from_days is not None and visit_type.to_days is not None:
            age = random.randrange(visit_type.from_days, visit_type.to_days)
        else:
            age = random.randrange(from_days, to_days)
        day = self._birth + timedelta(days=age)
        start = datetime.combine(day, time(random.randrange(8, 16), random.randrange(60)), DENMARK)
        in_person = random.random() < 0.7
        rules = self._standard.gateway_rules
        classes = [one.code for one in self._standard.value_set["EncounterClassCodes"].concepts]
        near = [code for code in classes if code in rules[0].classes]
        parent = random.choice(self._parents)
        place = _VisitPlace(
            f"K{self._number}-{index}",
            visit_type,
            parent if is_parent else self._child,
            parent,
            day,
            start,
            age,
            in_person,
        )
        needs, self._needs = self._needs, []
        visit = Visit(
            place.key,
            entry(place.subject),
            entry(visit_type.code),
            entry(random.choice(near if in_person else [code for code in classes if code not in near])),
            entry("finished"),
            entry(start),
            self._maybe(start + timedelta(minutes=random.randrange(15, 120))),
            entry(self._school.key) if visit_type.is_at_school and random.random() < 0.9 else EMPTY,
            tuple(entry(need) for need in needs),
            tuple(self._observations(place)),
            tuple(self._interventions(place)),
            tuple(self._responses(place)),
        )
        return self._corrected(visit)

    def _corrected(self, visit: Visit) -> Visit:
        """Now and then a visit, or one observation, that was entered in error."""
        lot = self._random.random()
        if lot < 0.04:
            return replace(visit, status=entry("entered-in-error"))
        if lot < 0.1 and visit.observations:
            first, *others = visit.observations
            return replace(visit, observations=(replace(first, status=entry("entered-in-error")), *others))
        return visit

    def _observations(self, place: _VisitPlace) -> Iterator[Observation]:
        standard, random = self._standard, self._random
        wanted: dict[str, None] = {}
        if place.in_person or random.random() < 0.5:
            wanted.update(dict.fromkeys(standard.guide_variables.get(place.type.id, ())))
            for rule in standard.gateway_rules:
                if place.type.code in rule.visits and not wanted.keys() & set(rule.variables):
                    wanted[rule.variables[-1 if place.type.is_at_school else 0]] = None
        extra = [variable.id for variable in standard.observed if random.random() < 0.08]
        # A pregnancy has no child yet to observe.
        usable = {v.id for v in standard.observed if place.age >= 0 or v.subject == "parent"}
        for number, name in enumerate(dict.fromkeys((*wanted, *extra))):
            if name in usable:
                yield self._observation(place, standard.variable[name], f"{place.key}-{number}")
        if "feeding" in wanted:
            yield self._feeding_period(place)

    def _observation(self, place: _VisitPlace, variable: Variable, key: str) -> Observation:
        random = self._random
        subject = place.parent if variable.subject == "parent" else self._child
        value: object = None
        unit: object = None
        reason: object = None
        if variable.missing_reason == "accepted" and random.random() < 0.15:
            reason = self._choice("data-absent-reason")
        elif variable.kind == "quantity":
            value, unit = self._quantity(variable, place.age)
        else:
            value = random.choice(list(self._standard.concepts(variable)))
        return Observation(
            key, entry(variable.id), entry(subject), entry(value), entry(unit), entry(reason),
            start=entry(self._moment(place)), status=entry(random.choice(("final", "final", "amended", "corrected"))),
        )  # fmt: skip

    def _quantity(self, variable: Variable, age: int) -> tuple[Decimal, str]:
        """A plausible value with as many decimals as the variable may have, in one of its units."""
        fitting = [one for one in variable.ranges if one.from_days <= age < one.to_days] or [variable.ranges[-1]]
        low, high = float(fitting[0].low), float(fitting[0].high)
        unit = self._random.choice(variable.units)
        value = (low + (high - low) * self._random.uniform(0.3, 0.6)) / float(unit.factor)
        decimals = self._random.randrange((variable.decimals or 0) + 1)
        return Decimal(f"{value:.{decimals}f}"), unit.code

    def _feeding_period(self, place: _VisitPlace) -> Observation:
        """From birth until some days before the visit, or still going on."""
        end = place.day - timedelta(days=1) if place.age > 2 and self._random.random() < 0.6 else None
        return Observation(
            f"{place.key}-period", entry("feeding"), entry(self._child), entry(self._choice("FeedingResultsChildren")),
            start=entry(self._birth), end=entry(end), is_period=True, status=entry("final"),
        )  # fmt: skip

    def _interventions(self, place: _VisitPlace) -> Iterator[Intervention]:
        random = self._random
        for number in range(random.choice((0, 0, 1, 2))):
            key = f"I{place.key}-{number}"
            start = self._moment(place)
            self._needs.append(key)
            yield Intervention(
                key, entry(place.subject), entry(self._choice("KLHealthNurseInterventions")),
                tuple(entry(self._choice("KLHealthNurseConditions")) for _ in range(random.randrange(4))),
                entry(start), self._maybe(start + timedelta(days=random.randrange(1, 90))),
                entry(random.choice(("active", "completed", "on-hold"))),
                entry(random.choice(("scheduled", "in-progress", "unknown"))),
            )  # fmt: skip

    def _responses(self, place: _VisitPlace) -> Iterator[QuestionnaireResponse]:
        for questionnaire in self._standard.questionnaires:
            is_due = (questionnaire.from_days or 0) <= place.age < (questionnaire.to_days or 100_000)
            if self._random.random() < 0.2 and (is_due or questionnaire.subject == "parent"):
                yield self._response(place, questionnaire)

    def _response(self, place: _VisitPlace, questionnaire: Questionnaire) -> QuestionnaireResponse:
        values: dict[str, object] = {}
        for item in questionnaire.items:
            if item.link_id == questionnaire.score:
                continue
            if item.type == "integer":
                values[item.link_id] = self._random.randint(item.min or 0, item.max or 0)
            elif item.type == "boolean":
                values[item.link_id] = self._random.random() < 0.5
            else:
                values[item.link_id] = self._random.choice(item.options)
        if questionnaire.score is not None:
            summed = [values[link_id] for link_id in questionnaire.summed]
            values[questionnaire.score] = sum(value for value in summed if isinstance(value, int))
        return QuestionnaireResponse(
            f"Q{place.key}-{questionnaire.id}",
            entry(questionnaire.id),
            entry(place.parent if questionnaire.subject == "parent" else self._child),
            entry(self._moment(place)),
            self._maybe(self._choice("FindingInformerCodes")),
            entry("completed"),
            tuple(Answer(entry(link_id), entry(value)) for link_id, value in values.items()),
        )
