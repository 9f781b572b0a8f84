"""A form as data: which fields a visit's form or an instrument's has, in which order, and what shows when.

A form holds only what the catalogue does not say. Labels, value sets, units, limits and rules come from the catalogue
by the variable's id.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

from ldbu_desktop.bilingual_text import Text

Id = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$")]
"""The id of a form, section or field: letters, digits, point, hyphen and underscore."""


class FormPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A part of a form file: unknown keys are refused."""


class Widget(StrEnum):
    """What a field is filled with. It decides how many keys and clicks an answer takes."""

    NUMBER = "number"
    CHOICE = "choice"
    """All codes visible, each with a digit."""
    LIST = "list"
    """A closed list that has to be opened."""
    MOMENT = "moment"
    TEXT = "text"
    SWITCH = "switch"
    FINDINGS = "findings"
    """Any number of codes of a long value set, found by typing."""
    INTERVENTIONS = "interventions"
    PERIODS = "periods"
    """A code that holds at a moment, or for periods on a timeline."""
    INSTRUMENT = "instrument"
    """A questionnaire's answers, by the form of the instrument."""


class Who(StrEnum):
    """Whom a field is about. A field about each parent is there once for each of them."""

    SUBJECT = "subject"
    """The citizen that the visit is about."""
    CHILD = "child"
    EACH_PARENT = "each-parent"
    VISIT = "visit"
    """The visit itself: its time, class, school."""


class Prefill(StrEnum):
    """Where a field's first proposal is from. It is shown as proposed until it is confirmed."""

    NONE = "none"
    EARLIER = "earlier"
    """The latest answer of the same citizen at an earlier visit."""
    RECORD = "record"
    """What the family's record or the CPR number already tells."""


class Condition(FormPart, frozen=True):
    """When something shows. All that is given must hold; nothing given holds always.

    ``ages`` are days of the child at the visit, from the first to before the second (None: no limit). ``answers`` are
    codes by the field's id; an empty list means: any answer. ``any`` and ``none`` combine other conditions.
    ``subjects`` are ``child`` or ``each-parent``: whom the visit is about. Before the birth a child has no age, and no
    ages hold.
    """

    visits: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    subjects: tuple[Who, ...] = ()
    ages: tuple[int | None, int | None] | None = None
    answers: dict[str, tuple[str, ...]] = {}
    any: tuple[Condition, ...] = ()
    none: tuple[Condition, ...] = ()


class Field(FormPart, frozen=True):
    """One field. ``id`` is unique in its form; ``variable`` is an id of the catalogue.

    An instrument's item has ``link_id`` instead of ``variable``; a whole instrument in a visit's form has
    ``questionnaire``. ``id``, ``widget``, ``who`` and an instrument's ages follow from these and the catalogue where
    they are not given; the loader fills them. ``proposed`` is a code that is proposed where ``prefill`` finds nothing.
    ``optional`` fields fold away until they are asked for. ``hint`` is one line below the field.
    """

    id: Id
    variable: str = ""
    link_id: str = ""
    questionnaire: str = ""
    widget: Widget | None = None
    who: Who | None = None
    unit: str = ""
    prefill: Prefill = Prefill.NONE
    proposed: str = ""
    shown: Condition = Condition()
    optional: bool = False
    hint: Text | None = None


class Section(FormPart, frozen=True):
    """Fields that belong together, under a heading; ``columns`` is how many stand side by side where there is room."""

    id: Id
    title: Text
    fields: Annotated[tuple[Field, ...], msgspec.Meta(min_length=1)]
    columns: Annotated[int, msgspec.Meta(ge=1, le=4)] = 1
    shown: Condition = Condition()


class Form(FormPart, frozen=True):
    """A form for visits of the types ``visits``, or for the instrument ``questionnaire``.

    ``source`` is the name of the file, without folders; ``is_own`` says that it is from the user's folder.
    """

    id: Id
    title: Text
    sections: Annotated[tuple[Section, ...], msgspec.Meta(min_length=1)]
    explanation: Text | None = None
    version: Annotated[int, msgspec.Meta(ge=1)] = 1
    visits: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)] = ()
    questionnaire: str = ""
    source: str = ""
    is_own: bool = False

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field in the order of the form."""
        return tuple(field for section in self.sections for field in section.fields)
