"""What documentation costs, as values: bands of seconds, what they are spent on, and who asks for it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct


class Band(Struct, frozen=True):
    """A quantity in three scenarios: low, typical and high. It is a scenario range and no confidence interval."""

    low: float
    typical: float
    high: float

    def __add__(self, other: Band) -> Band:
        return Band(self.low + other.low, self.typical + other.typical, self.high + other.high)

    def __sub__(self, other: Band) -> Band:
        return Band(self.low - other.low, self.typical - other.typical, self.high - other.high)

    def __mul__(self, other: Band | float) -> Band:
        if isinstance(other, Band):
            return Band(self.low * other.low, self.typical * other.typical, self.high * other.high)
        return Band(self.low * other, self.typical * other, self.high * other)

    def __bool__(self) -> bool:
        return self != NOTHING

    @property
    def not_below_nothing(self) -> Band:
        """The same, and nothing where it is below."""
        return Band(max(self.low, 0.0), max(self.typical, 0.0), max(self.high, 0.0))


NOTHING = Band(0.0, 0.0, 0.0)


class Activity(StrEnum):
    """What the time goes to."""

    ENTRY = "entry"
    READING = "reading"
    JUDGEMENT = "judgement"
    NOTES = "notes"
    INSTRUMENTS = "instruments"


class Need(StrEnum):
    """Who asks for what the time goes to."""

    REQUIRED = "required"
    """The gateway rejects the report without it."""
    GUIDE = "guide"
    """The guide's table asks for it; the gateway does not."""
    OPTIONAL = "optional"
    AVOIDABLE = "avoidable"
    """Nobody would miss it: another way of working gives the same data."""


class Payer(StrEnum):
    """Whose time it is."""

    NURSE = "nurse"
    FAMILY = "family"


class Saving(StrEnum):
    """What could be avoided."""

    KNOWN_FACT = "known-fact"
    """Entering what the journal or the CPR number already gives."""
    ENTERED_TWICE = "entered-twice"
    SUM_BY_HAND = "sum-by-hand"
    TRANSCRIPTION = "transcription"
    """Entering what the family has filled already."""
    REJECTED_FORMAT = "rejected-format"
    MISSING_REASON_TWICE = "missing-reason-twice"
    OPENED_EMPTY = "opened-empty"


class TimePart(NamedTuple):
    """Seconds of one visit that go to one field, for one purpose.

    ``field`` is the field's id in its form, empty for the form's own (saving it); ``variable`` the variable's id, or
    the questionnaire's or item's where the field is one; ``saving`` says why an avoidable part is.
    """

    field: str
    variable: str
    kind: Activity
    need: Need
    seconds: Band
    payer: Payer = Payer.NURSE
    saving: Saving | None = None


class NotCounted(NamedTuple):
    """Something that an estimate leaves out: the id of its text, and what it would cost where that is known.

    ``fields`` are the fields that it is about, by id; ``seconds`` is for all of them once.
    """

    id: str
    seconds: Band | None = None
    fields: tuple[str, ...] = ()


class Avoidable(NamedTuple):
    """What one change of a form would save a visit, and a year in the municipality."""

    field: str
    variable: str
    saving: Saving
    seconds: Band
    hours: Band
