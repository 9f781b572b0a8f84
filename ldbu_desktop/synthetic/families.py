"""Whole childhoods as journal families: visits with what was observed at them, needs and what was done about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any, NamedTuple

from msgspec.structs import replace

from ldbu_desktop.growth.model import Measure
from ldbu_desktop.journal.dates import DANISH_TIME
from ldbu_desktop.journal.fields import (
    INTERVENTION_ACTIVITY_STATUS,
    INTERVENTION_STATUS,
    OBSERVATION_STATUS,
    PARENT_RELATIONSHIP,
    RESPONSE_STATUS,
    VISIT_STATUS,
)
from ldbu_desktop.journal.model import (
    EMPTY,
    Answer,
    Citizen,
    Entry,
    Family,
    Intervention,
    Observation,
    Parenthood,
    QuestionnaireResponse,
    School,
    Visit,
)
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.standard.model import Questionnaire, Standard, Variable
from ldbu_desktop.synthetic.childhood import Childhood, FilledQuestionnaire, Need, PlannedVisit
from ldbu_desktop.synthetic.cpr_numbers import CprNumbers
from ldbu_desktop.synthetic.dice import Dice
from ldbu_desktop.synthetic.growth_channel import GrowthChannel, Sized, as_read, is_ordinary
from ldbu_desktop.synthetic.people import People, PeopleMaker, Person, published_numbers

_OPENS, _CLOSES = 8, 15
_WEEKEND = 5
_INFANT_DAYS = 2_000
"""The age below which weights are written in grams."""

_TENTH, _HALF, _TEN = Decimal("0.1"), Decimal("0.5"), Decimal(10)


@dataclass(slots=True)
class _Contact:
    """A visit that is being made: whom it is with, when, and what is to be observed at it."""

    type: str
    person: Person
    start: datetime
    minutes: int
    visit_class: str
    also: tuple[str, ...] = ()
    concerns: dict[str, int] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)
    based_on: list[str] = field(default_factory=list)
    needs: list[tuple[str, Need, Person, datetime | None]] = field(default_factory=list)


class _Fed(NamedTuple):
    """The ways in which a child was fed, by the age in days from which it was."""

    from_days: tuple[tuple[int, int], ...]

    def at(self, days: int) -> int:
        """The way at an age."""
        return next(way for start, way in reversed(self.from_days) if start <= max(days, 0))

    def ended(self, before: int, days: int) -> Iterator[tuple[int, int, int]]:
        """The ways that ended from an age to before another: each with its first and last day."""
        for (start, way), (end, _) in zip(self.from_days, self.from_days[1:], strict=False):
            if before <= end - 1 < days:
                yield way, start, end - 1


def entry(value: Any) -> Entry[Any]:
    """A value as if it had been written so."""
    return Entry(value, str(value)) if value is not None else EMPTY


class FamilyMaker:
    """Makes the families of a seed as they are on a day, one after another."""

    def __init__(self, standard: Standard, childhood: Childhood, seed: int, on: date) -> None:
        self.standard = standard
        self.childhood = childhood
        self.seed = seed
        self.on = on
        self.vocabulary = Vocabulary(standard)
        self.numbers = CprNumbers(frozenset(published_numbers(childhood)))
        self._people = PeopleMaker(childhood, seed, on, self.numbers)
        self._made = 0
        self.findings = next(one for one in standard.observed if one.repeats)
        self.types = {one.id: one for one in standard.visit_types}
        self.asked = {one.id: _asked_at(standard, one.id) for one in standard.visit_types}
        self.values = {
            variable.id: [one.code for one in standard.concepts(variable).values()]
            for variable in standard.observed
            if variable.kind == "concept"
        }

    def families(self, number: int, *, published: bool = False) -> Iterator[Family]:
        """So many families; the first is made of the published test persons if they are asked for."""
        if published:
            yield self._next(self._people.published)
        yield from self.more(number - published)

    def more(self, number: int) -> Iterator[Family]:
        """So many families beside those that there are."""
        for _ in range(number):
            yield self._next(self._people.people)

    def _next(self, people_of: Callable[[int], People]) -> Family:
        self._made += 1
        return _FamilyBeing(self, self._made, people_of(self._made)).family()


def _asked_at(standard: Standard, visit_type: str) -> tuple[str, ...]:
    """What has to be observed at a visit: what the guide asks for, and what the gateway does beyond it."""
    asked = list(standard.guide_variables.get(visit_type, ()))
    code = next(one.code for one in standard.visit_types if one.id == visit_type)
    for rule in standard.gateway_rules:
        if code in rule.visits and not set(rule.variables) & set(asked):
            asked.append(rule.variables[0])
    return tuple(asked)


class _FamilyBeing:
    """One family while it is made."""

    def __init__(self, maker: FamilyMaker, number: int, people: People) -> None:
        self._maker = maker
        self._standard = maker.standard
        self._childhood = maker.childhood
        self._types, self._asked, self._values = maker.types, maker.asked, maker.values
        self._on = maker.on
        self._people = people
        self._seed = (maker.seed, number)
        self._name = f"F{number}"
        self._mother = people.parents[0]
        place = Dice(*self._seed, "school").between(0, self._childhood.schools - 1)
        school = str(self._childhood.first_school + place)
        self._school = School(school, entry(school), entry("active"))
        self._classes = {plan.type: plan.classes for plan in maker.childhood.visits}
        self._fed = {child.key: self._feeding(child) for child in people.children}
        self._fed_until: dict[str, int] = {}

    def family(self) -> Family:
        """The family as it is told."""
        contacts = sorted(self._contacts(), key=lambda one: (one.start, one.person.key))
        sizes = self._sizes(contacts)
        visits = tuple(
            self._visit(f"{self._name}-K{number:02}", contact, sizes.get(number))
            for number, contact in enumerate(contacts, 1)
        )
        organisation = entry(self._childhood.organisation)
        citizens = tuple(
            Citizen(person.key, person in self._people.children, entry(person.cpr), organisation, entry(True))
            for person in (*self._people.children, *self._people.parents)
        )
        related = self._standard_status(PARENT_RELATIONSHIP)
        parenthoods = tuple(
            Parenthood(f"{parent.key}-{child.key}", entry(parent.key), entry(child.key), related, entry(True))
            for parent in self._people.parents
            for child in self._people.children
        )
        is_pupil = any(self._is_at_school(contact) for contact in contacts)
        return Family(self._name, citizens, parenthoods, (self._school,) if is_pupil else (), visits)

    # --- when

    def _contacts(self) -> list[_Contact]:
        """All visits of the family: to a parent before each birth, then to each child; one at least."""
        found: list[_Contact] = []
        for place, child in enumerate(self._people.children):
            # Twins are visited together: what is decided for one holds for the other.
            dice = Dice(*self._seed, "visits", place if child.twin_of is None else child.twin_of)
            own = list(self._of_child(child, dice))
            if child.twin_of is None:
                own += self._before(child.birth, Dice(*self._seed, "before", place))
            self._give_needs(child, own, Dice(*self._seed, "needs", place))
            found += own
        expected = self._people.expected
        if expected is not None or not found:
            birth = expected if expected is not None else self._people.children[0].birth
            found += self._before(birth, Dice(*self._seed, "expected"), must=not found)
        return found

    def _before(self, birth: date, dice: Dice, *, must: bool = False) -> Iterator[_Contact]:
        """Visits to a parent before a birth."""
        for plan in self._childhood.visits:
            if plan.subject == "parent" and (dice.chance(plan.share) or must):
                latest = min(plan.to_days, (self._on - birth).days - 3)
                age = dice.between(plan.from_days, max(plan.from_days, latest))
                contact = self._planned(plan, self._mother, birth, age, dice)
                if contact.start.date() < self._on:
                    yield contact

    def _of_child(self, child: Person, dice: Dice) -> Iterator[_Contact]:
        for plan in self._childhood.visits:
            if plan.subject == "child" and dice.chance(plan.share):
                age = dice.between(plan.from_days, plan.to_days)
                contact = self._planned(plan, child, child.birth, age, dice)
                contact.start += timedelta(hours=child.twin_of is not None)
                if contact.start.date() < self._on:
                    yield contact

    def _planned(self, plan: PlannedVisit, person: Person, birth: date, age: int, dice: Dice) -> _Contact:
        also = tuple(variable for variable, share in plan.also.items() if dice.chance(share))
        start = self._moment(birth + timedelta(age), dice)
        return _Contact(
            plan.type, person, start, 5 * (dice.between(*plan.minutes) // 5), dice.weighted(plan.classes), also
        )

    def _moment(self, day: date, dice: Dice) -> datetime:
        """Some time on a working day, the nearest one before."""
        day -= timedelta(max(0, day.weekday() - _WEEKEND + 1))
        at = time(dice.between(_OPENS, _CLOSES - 2), 15 * dice.between(0, 3))
        return datetime.combine(day, at, DANISH_TIME)

    # --- needs

    def _give_needs(self, child: Person, contacts: list[_Contact], dice: Dice) -> None:
        """Let needs show at some of the contacts; those that they lead to are added."""
        for need in self._childhood.needs:
            shown = [contact for contact in contacts if contact.type in need.at and not contact.based_on]
            is_told_of_twin = need.subject == "parent" and child.twin_of is not None
            if dice.chance(need.share) and shown and not is_told_of_twin:
                self._give(need, child, dice.pick(shown), contacts, dice)

    def _give(self, need: Need, child: Person, first: _Contact, contacts: list[_Contact], dice: Dice) -> None:
        whom = self._mother if need.subject == "parent" else child
        key = f"{child.key}-I-{need.id}"
        first.concerns |= need.concerns
        if whom is first.person:
            first.findings += need.findings
        at = first.start
        wanted = dice.between(*need.contacts)
        last: datetime | None = None
        talked = next(plan.classes for plan in self._childhood.visits if not self._asked[plan.type])
        classes = self._classes[first.type] if need.measured else talked
        for number in range(1, wanted + 1):
            at = self._moment(at.date() + timedelta(dice.between(*need.days)), dice)
            if at.date() >= self._on:
                break
            if any(one.person is whom and one.start.date() == at.date() for one in contacts):
                continue
            contacts.append(_Contact(need.contact, whom, at, 30, dice.weighted(classes), need.measured, based_on=[key]))
            last = at if number == wanted else None
        first.needs.append((key, need, whom, last))

    # --- sizes

    def _sizes(self, contacts: list[_Contact]) -> Mapping[int, Sized]:
        """The sizes of the children at the contacts, by the contacts' numbers."""
        found: dict[int, Sized] = {}
        for child in self._people.children:
            of_child = [(number, one) for number, one in enumerate(contacts, 1) if one.person is child]
            attempt = 0
            while (mine := self._grown(child, of_child, attempt)) is None:
                attempt += 1
            found |= _never_less(mine)
        return found

    def _grown(
        self, child: Person, contacts: Sequence[tuple[int, _Contact]], attempt: int
    ) -> Mapping[int, Sized] | None:
        """A child's sizes at its contacts as they are thrown at an attempt; None where something stands out."""
        channel = GrowthChannel(Dice(*self._seed, "growth", child.key, attempt), child.sex)
        before: Sized | None = None
        found: dict[int, Sized] = {}
        for number, contact in contacts:
            sized = channel.at((contact.start.date() - child.birth).days)
            if not is_ordinary(before, sized):
                return None
            before = found[number] = sized
        return found

    # --- what is told

    def _is_at_school(self, contact: _Contact) -> bool:
        return self._types[contact.type].is_at_school

    def _visit(self, key: str, contact: _Contact, sized: Sized | None) -> Visit:
        dice = Dice(*self._seed, key)
        end = contact.start + timedelta(minutes=contact.minutes)
        return Visit(
            key,
            entry(contact.person.key),
            entry(self._types[contact.type].code),
            entry(contact.visit_class),
            self._standard_status(VISIT_STATUS),
            entry(contact.start),
            entry(end),
            entry(self._school.key) if self._is_at_school(contact) else EMPTY,
            tuple(map(entry, contact.based_on)),
            tuple(self._observations(key, contact, sized, dice)),
            tuple(self._interventions(contact)),
            tuple(self._responses(key, contact, dice)),
        )

    def _standard_status(self, part: str, *, is_ended: bool = False) -> Entry[Any]:
        """The status that is meant where a journal says none."""
        return entry(self._maker.vocabulary.default(part, is_ended=is_ended).value)

    def _asked_parents(self, dice: Dice) -> tuple[Person, ...]:
        """The parents who are there and are asked."""
        both = dice.chance(self._childhood.both_parents_asked_share)
        return self._people.parents if both else self._people.parents[:1]

    def _observations(self, key: str, contact: _Contact, sized: Sized | None, dice: Dice) -> Iterator[Observation]:
        numbers = count(1)
        wanted = dict.fromkeys((*self._asked[contact.type], *contact.also, *contact.concerns))
        is_child = contact.person in self._people.children
        asked = self._asked_parents(dice)
        for name in wanted:
            variable = self._standard.variable[name]
            if variable.subject == "parent":
                subjects: tuple[Person, ...] = asked if is_child or len(asked) > 1 else (contact.person,)
            else:
                subjects = (contact.person,) if is_child else ()
            for subject in subjects:
                yield self._observation(f"{key}-O{next(numbers):02}", contact, variable, subject, sized, dice)
            if name == self._childhood.feeding.variable and is_child:
                for period in self._feeding_periods(contact):
                    yield replace(period, key=f"{key}-O{next(numbers):02}")
        for code in dict.fromkeys(contact.findings):
            yield self._told(f"{key}-O{next(numbers):02}", contact, self._maker.findings.id, contact.person, value=code)

    def _observation(
        self, key: str, contact: _Contact, variable: Variable, subject: Person, sized: Sized | None, dice: Dice
    ) -> Observation:
        if variable.kind == "quantity":
            size, unit = self._size(variable, sized, (contact.start.date() - subject.birth).days)
            return self._told(key, contact, variable.id, subject, value=size, unit=unit)
        concern = contact.concerns.get(variable.id)
        values = self._values[variable.id]
        if variable.id == self._childhood.feeding.variable:
            value = values[self._fed[subject.key].at((contact.start.date() - subject.birth).days)]
            return self._told(key, contact, variable.id, subject, value=value)
        if concern is not None and subject in (contact.person, self._mother):
            return self._told(key, contact, variable.id, subject, value=values[concern])
        if dice.chance(self._childhood.missing_share):
            return self._told(key, contact, variable.id, subject, reason=dice.weighted(self._childhood.missing_reasons))
        weights = self._childhood.values[variable.id]
        return self._told(
            key, contact, variable.id, subject, value=dice.weighted(tuple(zip(values, weights, strict=True)))
        )

    def _told(
        self,
        key: str,
        contact: _Contact,
        variable: str,
        subject: Person,
        *,
        value: object = None,
        unit: str | None = None,
        reason: str | None = None,
    ) -> Observation:
        return Observation(
            key, entry(variable), entry(subject.key), entry(value), entry(unit), entry(reason),
            start=entry(contact.start), status=self._standard_status(OBSERVATION_STATUS),
        )  # fmt: skip

    @staticmethod
    def _size(variable: Variable, sized: Sized | None, days: int) -> tuple[Decimal, str]:
        """A size as it is read off and written down: whole tens of grams for infants, hundreds later; half centimetres,
        and millimetres around the head."""
        measure = Measure(variable.reference or "")
        size = sized.sizes[measure] if sized is not None else 0.0
        if measure is Measure.WEIGHT:
            if days < _INFANT_DAYS:
                return as_read(size * 1000, _TEN), variable.units[0].code
            return as_read(size, _TENTH), variable.units[-1].code
        return as_read(size, _HALF if measure is Measure.HEIGHT else _TENTH), variable.units[0].code

    def _feeding(self, child: Person) -> _Fed:
        """The ways in which a child is fed all its life: each later than the one before."""
        feeding = self._childhood.feeding
        dice = Dice(*self._seed, feeding.variable, child.key)
        way, at = dice.weighted(feeding.begins), 0
        ways = [(0, way)]
        last_from = dice.between(*feeding.last_from)
        while way < len(feeding.lasts):
            at += dice.between(*feeding.lasts[way])
            way += 1
            if at >= last_from:
                break
            ways.append((at, way))
        return _Fed((*ways, (last_from, len(feeding.lasts) + 1)))

    def _feeding_periods(self, contact: _Contact) -> Iterator[Observation]:
        """The ways in which a child was fed that ended since the visit before: nothing is told twice."""
        child = contact.person
        days = (contact.start.date() - child.birth).days
        values = self._values[self._childhood.feeding.variable]
        for way, start, end in self._fed[child.key].ended(self._fed_until.get(child.key, 0), days):
            told = self._told("", contact, self._childhood.feeding.variable, child, value=values[way])
            first, last = entry(child.birth + timedelta(start)), entry(child.birth + timedelta(end))
            yield replace(told, start=first, end=last, is_period=True)
        self._fed_until[child.key] = days

    def _interventions(self, contact: _Contact) -> Iterator[Intervention]:
        for key, need, whom, last in contact.needs:
            yield Intervention(
                key, entry(whom.key), entry(need.intervention), tuple(map(entry, need.reasons)),
                entry(contact.start.date()), entry(last.date() if last is not None else None),
                self._standard_status(INTERVENTION_STATUS, is_ended=last is not None),
                self._standard_status(INTERVENTION_ACTIVITY_STATUS),
            )  # fmt: skip

    # --- questionnaires

    def _responses(self, key: str, contact: _Contact, dice: Dice) -> Iterator[QuestionnaireResponse]:
        for filled in self._childhood.questionnaires:
            if contact.type not in filled.visits or not dice.chance(filled.share):
                continue
            questionnaire = self._standard.questionnaire[filled.id]
            days = (contact.start.date() - contact.person.birth).days
            if not (questionnaire.from_days or 0) <= days < (questionnaire.to_days or days + 1):
                continue
            subjects: tuple[Person, ...] = (contact.person,)
            if questionnaire.subject == "parent":
                subjects = self._people.parents if contact.person.twin_of is None else ()
            for subject in subjects:
                yield self._response(f"{key}-{filled.id}-{subject.key}", contact, filled, questionnaire, subject, dice)

    def _response(
        self,
        key: str,
        contact: _Contact,
        filled: FilledQuestionnaire,
        questionnaire: Questionnaire,
        subject: Person,
        dice: Dice,
    ) -> QuestionnaireResponse:
        return QuestionnaireResponse(
            key, entry(questionnaire.id), entry(subject.key), entry(contact.start), entry(dice.pick(filled.informers)),
            self._standard_status(RESPONSE_STATUS),
            tuple(Answer(entry(link), entry(value)) for link, value in _answers(questionnaire, filled, dice).items()),
        )  # fmt: skip


def _never_less(measured: Mapping[int, Sized]) -> dict[int, Sized]:
    """Measurings in their order, where nothing is less than before: a child is measured again until it fits."""
    found: dict[int, Sized] = {}
    most: dict[Measure, float] = {}
    for number, sized in measured.items():
        most |= {measure: max(size, most.get(measure, size)) for measure, size in sized.sizes.items()}
        found[number] = sized._replace(sizes=dict(most))
    return found


def _answers(questionnaire: Questionnaire, filled: FilledQuestionnaire, dice: Dice) -> dict[str, int | bool | str]:
    """Answers to all questions, with their sum; below what is published as a mark to look at."""
    points: dict[str, int] = {}
    others: dict[str, int | bool | str] = {}
    below = {mark.item: mark.at_least for mark in questionnaire.marks}
    for item in questionnaire.items:
        if item.type == "integer" and item.link_id != questionnaire.score:
            most = min(int((item.max or 0) * filled.high) + 1, below.get(item.link_id, (item.max or 0) + 1) - 1)
            points[item.link_id] = dice.between(item.min or 0, most)
        elif item.type == "boolean":
            others[item.link_id] = dice.chance(filled.high)
        elif item.type == "choice":
            others[item.link_id] = item.options[
                dice.between(0, len(item.options) - 1) if dice.chance(filled.high) else 0
            ]
    score = questionnaire.score
    if score is not None:
        while sum(points[link] for link in questionnaire.summed) >= below.get(score, 1_000_000):
            points[max(points, key=points.__getitem__)] -= 1
        points[score] = sum(points[link] for link in questionnaire.summed)
    told = {**points, **others}
    return {item.link_id: told[item.link_id] for item in questionnaire.items}
