"""What childhoods are made of: when families are visited, how answers spread, what leads to what. Facts of our own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

import msgspec

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.standard.model import Fact

Weights = tuple[tuple[str, int], ...]
"""Codes with how often each comes beside the others."""


class TestPersons(Fact, frozen=True):
    """The CPR numbers of the persons that the guide has published for tests."""

    mother: str
    father: str
    children: tuple[str, ...]


class PlannedVisit(Fact, frozen=True):
    """A visit that most families have: at which ages in days, how often, how long in minutes, in which ways.

    ``also`` are variables that may be observed beside what has to be, with the share of visits at which they are.
    """

    type: str
    from_days: int
    to_days: int
    share: float
    minutes: tuple[int, int]
    classes: Weights
    subject: Literal["child", "parent"]
    also: Mapping[str, float]


class Feeding(Fact, frozen=True):
    """How children are fed, one way at a time in the order of the value set, never back.

    ``begins`` are places in that order with weights, ``lasts`` how many days each of the first lasts, and ``last_from``
    the ages in days from which only the last is left.
    """

    variable: str
    begins: tuple[tuple[int, int], ...]
    lasts: tuple[tuple[int, int], ...]
    last_from: tuple[int, int]


class FilledQuestionnaire(Fact, frozen=True):
    """A questionnaire that is filled at some of the visits of a type; ``high`` is how far up answers go."""

    id: str
    visits: tuple[str, ...]
    share: float
    informers: tuple[str, ...]
    high: float


class Need(Fact, frozen=True):
    """A need that shows at a visit and is met: what is found, which intervention it leads to, and contacts on it.

    ``concerns`` are variables with the place of their value in the value set; ``measured`` is observed at contacts;
    ``contacts`` is how many there are and ``days`` how far apart.
    """

    id: str
    share: float
    at: tuple[str, ...]
    subject: Literal["child", "parent"]
    contact: str
    intervention: str
    reasons: tuple[str, ...]
    findings: tuple[str, ...]
    concerns: Mapping[str, int]
    measured: tuple[str, ...]
    contacts: tuple[int, int]
    days: tuple[int, int]


class Childhood(Fact, frozen=True):
    """All of it. ``children`` is how many a family has, with weights; ``values`` weighs the values of a variable in the
    order of its value set."""

    organisation: str
    first_school: int
    schools: int
    test_persons: TestPersons
    children: tuple[tuple[int, int], ...]
    twin_share: float
    two_parents_share: float
    both_parents_asked_share: float
    missing_share: float
    missing_reasons: Weights
    visits: tuple[PlannedVisit, ...]
    values: Mapping[str, tuple[int, ...]]
    feeding: Feeding
    questionnaires: tuple[FilledQuestionnaire, ...]
    needs: tuple[Need, ...]


@cache
def shipped_childhood() -> Childhood:
    """What ships with the program, read once."""
    return msgspec.json.decode(resource("synthetic", "childhood.json").read_bytes(), type=Childhood)
