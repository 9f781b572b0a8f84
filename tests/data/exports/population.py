"""Made-up children with parents and visits, as a municipality's journal has them; the same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from ldbu_desktop.growth.child import Sex
from ldbu_desktop.growth.reference import Measure
from ldbu_desktop.growth.scores import size_at
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.model import Standard, VisitType

INFANT_VISITS = ("maternity", "establishment", "2-months", "4-6-months", "8-11-months")
SCHOOL_VISITS = ("school-entry", "school-middle-measured", "school-leaving")
_AGES = {
    "maternity": (3, 9), "establishment": (10, 20), "second-within-first-month": (22, 32), "2-months": (50, 75),
    "4-6-months": (125, 195), "8-11-months": (250, 330), "school-entry": (2250, 2700),
    "school-middle-measured": (3700, 4300), "school-leaving": (5200, 5600), "pregnancy": (-80, -30),
}  # fmt: skip
FIRST_NAMES = ("Alma", "Bjørk", "Carl", "Dagny", "Eskild", "Fie", "Gorm", "Hedda", "Ivar", "Josefine")
LAST_NAMES = ("Prøvegaard", "Mønsterby", "Tænktholm", "Skyggelund", "Opfundsen", "Afprøvesen")


@dataclass
class Person:
    """Somebody who does not exist."""

    cpr: str
    born: date
    sex: Sex
    name: str


@dataclass
class Seen:
    """One visit: when, of which kind, and what was found. A variable with no code was not told."""

    child: Person
    mother: Person
    father: Person
    kind: VisitType
    number: int
    start: datetime
    end: datetime
    form: str
    weight: int
    height: float
    head: float
    codes: dict[str, str | None] = field(default_factory=dict)
    points: list[int] = field(default_factory=list)

    @property
    def age(self) -> int:
        """Days since birth."""
        return (self.start.date() - self.child.born).days


class Population:
    """Children and their visits."""

    def __init__(
        self, seed: str, children: int = 22, visits: tuple[str, ...] = INFANT_VISITS, year: int = 2020
    ) -> None:
        self.random = Random(seed)  # noqa: S311 - people are made up, and no secrets
        self.standard: Standard = shipped_standard()
        self._used: set[str] = set()
        self._kinds = {kind.id: kind for kind in self.standard.visit_types}
        self._number = self.random.randrange(1000, 60_000)
        self.families = [self._family(visits, year) for _ in range(children)]

    @property
    def visits(self) -> list[Seen]:
        """All visits, child by child."""
        return [seen for family in self.families for seen in family]

    def person(self, born: date, sex: Sex) -> Person:
        """Somebody with a number of their own."""
        while True:
            century = (
                self.random.choice("0123")
                if born.year < 2000
                else self.random.choice("4567" if born.year < 2037 else "4")
            )
            last = self.random.randrange(0, 10, 2) + (sex is Sex.MALE)
            cpr = f"{born:%d%m%y}{century}{self.random.randrange(100):02}{last}"
            if cpr not in self._used:
                self._used.add(cpr)
                return Person(cpr, born, sex, f"{self.random.choice(FIRST_NAMES)} {self.random.choice(LAST_NAMES)}")

    def _family(self, visits: tuple[str, ...], year: int) -> list[Seen]:
        random = self.random
        at_school = visits[0] in SCHOOL_VISITS
        first = date(year - (15 if at_school else 0), 1, 1)
        born = first + timedelta(days=random.randrange(720))
        child = self.person(born, random.choice(list(Sex)))
        mother = self.person(born - timedelta(days=random.randrange(8000, 14_500)), Sex.FEMALE)
        father = self.person(born - timedelta(days=random.randrange(8200, 17_000)), Sex.MALE)
        z = {measure: random.gauss(0.2, 0.7) for measure in (Measure.WEIGHT, Measure.HEIGHT, Measure.HEAD)}
        chosen = [name for name in visits if random.random() < 0.86] or list(visits[:1])
        return [self._visit(child, mother, father, name, z) for name in chosen]

    def _visit(self, child: Person, mother: Person, father: Person, name: str, z: dict[Measure, float]) -> Seen:
        random = self.random
        day = child.born + timedelta(days=random.randrange(*_AGES[name]))
        start = datetime(day.year, day.month, day.day, random.randrange(8, 16), random.choice((0, 15, 30, 45)))
        age = max((day - child.born).days, 0)
        sizes = {
            measure: size_at(measure, child.sex, age, each + random.gauss(0, 0.15)) or 0.0
            for measure, each in z.items()
        }
        self._number += random.randrange(1, 4)
        seen = Seen(
            child,
            mother,
            father,
            self._kinds[name],
            self._number,
            start,
            start + timedelta(minutes=random.choice((30, 45, 60, 75, 90))),
            random.choices(
                ("HH", "AMB", "1b55a4b0-1156-4f58-b2df-b5c6014d9048", "124be95d-6924-4609-9d2a-e7c73ae3ab3d"),
                (7, 2, 1, 1),
            )[0],
            round(sizes[Measure.WEIGHT] * 1000),
            round(sizes[Measure.HEIGHT], 1),
            round(sizes[Measure.HEAD], 1),
        )
        for variable in self.standard.observed:
            if variable.kind == "concept" and variable.value_set and not variable.repeats:
                codes = list(self.standard.concepts(variable))
                weights = [6, *[2] * (len(codes) - 1)] if variable.id != "feeding" else [1] * len(codes)
                seen.codes[variable.id] = random.choices(codes, weights)[0] if random.random() < 0.96 else None
        low = random.choice((0, 0, 0, 1))
        seen.points = [min(3, random.choice((0, 0, 1, 1, 2)) + low) for _ in range(10)]
        return seen
