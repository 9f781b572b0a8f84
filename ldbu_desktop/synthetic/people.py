"""Who a made-up family is: parents, children with their days of birth, and the CPR numbers that they have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ldbu_desktop.growth.child import sex_of
from ldbu_desktop.growth.model import Sex
from ldbu_desktop.journal.identity import birth_date
from ldbu_desktop.synthetic.childhood import Childhood
from ldbu_desktop.synthetic.cpr_numbers import CprNumbers
from ldbu_desktop.synthetic.dice import Dice

_LONGEST_CHILDHOOD_DAYS = 6550
_EXPECTED_DAYS = 100
"""How long before its birth a family may be known."""

_PARENT_AGE_DAYS = (7_700, 14_200)
_BETWEEN_SIBLINGS_DAYS = (550, 1_900)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is made up. ``twin_of`` is the place among the siblings of the one that was born before it, if any;
    without a number it is not born yet."""

    key: str
    birth: date
    sex: Sex
    cpr: str
    twin_of: int | None = None


@dataclass(frozen=True, slots=True)
class People:
    """A family: parents, the mother first, and children in the order of their birth."""

    parents: tuple[Person, ...]
    children: tuple[Person, ...]
    expected: date | None = None
    """When a child is expected that is not born yet."""


def published_numbers(childhood: Childhood) -> tuple[str, ...]:
    """The CPR numbers that are published for tests."""
    known = childhood.test_persons
    return known.mother, known.father, *known.children


class PeopleMaker:
    """Makes families one after another, as they are on a day."""

    def __init__(self, childhood: Childhood, seed: int, on: date, numbers: CprNumbers) -> None:
        self._childhood = childhood
        self._seed = seed
        self._on = on
        self._numbers = numbers

    def published(self, number: int) -> People:
        """The persons whose numbers are published for tests, as a family; those children that are born."""
        known = self._childhood.test_persons
        parents = tuple(_person(f"F{number}-{place}", cpr) for place, cpr in (("M", known.mother), ("P", known.father)))
        children = [_person(f"F{number}-B{place}", cpr) for place, cpr in enumerate(known.children, 1)]
        return People(parents, tuple(child for child in children if child.birth < self._on))

    def people(self, number: int) -> People:
        """The family of a number; they have to be asked for in their order."""
        dice = Dice(self._seed, "people", number)
        births = self._births(dice)
        first = births[0][0]
        mother_born = first - timedelta(dice.between(*_PARENT_AGE_DAYS))
        parents = [self._person(f"F{number}-M", mother_born, Sex.FEMALE)]
        if dice.chance(self._childhood.two_parents_share):
            born = min(mother_born + timedelta(dice.between(-2_900, 900)), first - timedelta(_PARENT_AGE_DAYS[0]))
            parents.append(self._person(f"F{number}-P", born, Sex.MALE))
        born_already = [(day, twin) for day, twin in births if day < self._on]
        expected = next((day for day, _ in births if day >= self._on), None)
        children: list[Person] = []
        for place, (day, twin) in enumerate(born_already, 1):
            if twin is not None:
                day = children[twin].birth
            child = self._person(f"F{number}-B{place}", day, dice.pick((Sex.FEMALE, Sex.MALE)), twin)
            if twin is not None and child.birth != day:
                # No number was left on the day of the twin: a brother or sister of another day would be no twin.
                continue
            children.append(child)
        # Before a first birth nothing tells that a father belongs to the family.
        return People(tuple(parents if children else parents[:1]), tuple(children), expected)

    def _births(self, dice: Dice) -> list[tuple[date, int | None]]:
        """When children were and will be born, each with the place of the twin that was born before it."""
        day = self._on - timedelta(dice.between(-_EXPECTED_DAYS, _LONGEST_CHILDHOOD_DAYS))
        births: list[tuple[date, int | None]] = []
        for _ in range(dice.weighted(self._childhood.children)):
            births.append((day, None))
            if dice.chance(self._childhood.twin_share):
                births.append((day, len(births) - 1))
            day += timedelta(dice.between(*_BETWEEN_SIBLINGS_DAYS))
            if day >= self._on + timedelta(_EXPECTED_DAYS):
                break
        return births

    def _person(self, key: str, day: date, sex: Sex, twin_of: int | None = None) -> Person:
        born, cpr = self._numbers.next(day, sex)
        return Person(key, born, sex, cpr, twin_of)


def _person(key: str, cpr: str) -> Person:
    birth, sex = birth_date(cpr), sex_of(cpr)
    if birth is None or sex is None:
        raise ValueError(key)
    return Person(key, birth, sex, cpr)
