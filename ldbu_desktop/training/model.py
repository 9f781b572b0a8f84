"""A case: its story, the family before, the visits to register, and the key to them. A form of data, as forms are."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.forms.model import FormPart, Id


class Level(StrEnum):
    """How much a case asks of who tries it."""

    EASY = "easy"
    MIDDLE = "middle"
    HARD = "hard"


class Role(StrEnum):
    """Who a person of a case is."""

    CHILD = "child"
    PARENT = "parent"


class Person(FormPart, frozen=True):
    """A child or a parent; ``name`` is what the story calls them."""

    id: Id
    role: Role
    name: str
    cpr: str


class KeyAnswer(FormPart, frozen=True):
    """One answer of the key, as a learner would type it.

    ``asked`` is what the catalogue calls it: a variable, a part of the visit or ``intervention.code``; or there are a
    ``questionnaire`` and ``answers`` by link id. ``about`` is a person, the visit's where it is empty. ``accepted``
    are other answers that are as right; where it is a matter of judgement (``discuss``) none is wrong. Where there is
    no value (``missing``) the answer is the reason for that. Where it is ``omitted`` nothing is to be told of it: then
    there is no answer. ``visit.interventions`` and ``intervention.end`` are
    answered by the intervention that the visit goes on with, or that ends at it: one begun at a visit ``before``.
    ``since`` and ``until`` are a period's days, ``reasons`` those of an intervention. ``wrong`` is what an export with
    faults says instead: that is for finding. ``why`` is
    told to the learner, with ``rule``: where it comes from.
    """

    why: Text
    asked: str = ""
    about: str = ""
    answer: str = ""
    questionnaire: str = ""
    answers: dict[str, str] = msgspec.field(default_factory=dict)
    accepted: tuple[str, ...] = ()
    discuss: bool = False
    missing: bool = False
    omitted: bool = False
    reasons: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    wrong: str = ""
    rule: str = ""


class CaseVisit(FormPart, frozen=True):
    """One contact. ``type`` is the id of a visit type, ``start`` as people write it.

    One that is ``begun`` is there when the learner starts; another is begun by the learner, who chooses its type.
    """

    id: Id
    type: str
    about: str
    start: str
    key: Annotated[tuple[KeyAnswer, ...], msgspec.Meta(min_length=1)]
    begun: bool = True
    why: Text | None = None
    also: tuple[str, ...] = ()
    """What may be told as well, by the catalogue's ids: it is neither asked for nor too much."""


class Case(FormPart, frozen=True):
    """An exercise. ``before`` are visits that are registered already; ``visits`` are to be registered.

    ``organisation`` is the SOR code of the municipality of all its people.
    """

    id: Id
    title: Text
    trains: Text
    level: Level
    minutes: Annotated[int, msgspec.Meta(ge=1, le=60)]
    organisation: str
    story: Text
    people: Annotated[tuple[Person, ...], msgspec.Meta(min_length=1)]
    visits: Annotated[tuple[CaseVisit, ...], msgspec.Meta(min_length=1)]
    before: tuple[CaseVisit, ...] = ()
    traps: tuple[str, ...] = ()
    """The traps of the standard that it is about, by name."""

    @property
    def has_faults(self) -> bool:
        """Whether there is an export with faults of it."""
        return any(answer.wrong for visit in self.visits for answer in visit.key)
