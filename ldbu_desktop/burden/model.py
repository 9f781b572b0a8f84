"""What documentation costs, as values: bands of seconds, what they are spent on, and who asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from ldbu_desktop.forms.visibility import Asked


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


class Counts(NamedTuple):
    """How much was recorded: ``filled`` fields have a value, ``repeats`` say the same once more."""

    filled: int = 0
    repeats: int = 0
    missing_reasons: int = 0
    free_text_keys: int = 0
    unreadable: int = 0

    def plus(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(*(one + another for one, another in zip(self, other, strict=True)))


@dataclass(slots=True)
class RegistrationTotals:
    """What was recorded at ``visits`` visits: counts, and seconds by what they go to and who asks for them."""

    visits: int = 0
    counts: Counts = field(default_factory=Counts)
    seconds: dict[tuple[Activity, Need, Saving | None], Band] = field(default_factory=dict)

    def add(self, counts: Counts, parts: Iterable[TimePart]) -> None:
        """Count one more visit."""
        self.visits += 1
        self.counts = self.counts.plus(counts)
        for part in parts:
            key = (part.kind, part.need, part.saving)
            self.seconds[key] = self.seconds.get(key, NOTHING) + part.seconds

    @property
    def total(self) -> Band:
        """The seconds of all its visits."""
        return sum(self.seconds.values(), start=NOTHING)

    @property
    def a_visit(self) -> Band:
        """The seconds of a visit, on average."""
        return self.total * (1 / self.visits) if self.visits else NOTHING

    def of_need(self, need: Need) -> Band:
        """The seconds that go to what ``need`` says."""
        return sum((band for (_, each, _), band in self.seconds.items() if each is need), start=NOTHING)

    def of_kind(self, kind: Activity) -> Band:
        """The seconds that go to ``kind``."""
        return sum((band for (each, _, _), band in self.seconds.items() if each is kind), start=NOTHING)


class VisitGroup(NamedTuple):
    """Visits of a type (by id, empty where it can't be read) at an organisation (its SOR code, empty where none is)."""

    visit_type: str
    organisation: str
    recorded: RegistrationTotals


@dataclass(frozen=True, slots=True)
class Registration:
    """What a journal shows, by group and in all."""

    groups: tuple[VisitGroup, ...]
    all: RegistrationTotals
    not_counted: tuple[NotCounted, ...]


class VisitProgress(NamedTuple):
    """Where a visit stands. ``left`` is without optional fields; ``opened`` is what came up that was not there before.

    ``measured`` is the active time so far where the user has agreed to measuring; None where not.
    """

    left: Band
    left_fields: int
    required_fields: int
    """Of those that are left, the ones that the gateway rejects the report without."""
    optional_left: Band
    spent: Band
    opened: Band
    opened_fields: tuple[Asked, ...]
    measured: float | None = None


class MeasuredTime(NamedTuple):
    """One form or field that was filled: what was predicted without calibration, and the active seconds it took."""

    predicted: Band
    seconds: float


class PredictionScore(NamedTuple):
    """How well ``n`` predictions hit, each made before its measurement was known.

    Errors are shares of what was measured; ``bias`` is above 0 where too much was predicted; ``inside`` is the share
    of measurements within the predicted band.
    """

    n: int
    mape: float
    median_ape: float
    bias: float
    inside: float


class Calibration(NamedTuple):
    """What measuring has taught: how many were measured, the factor that follows, and how well the estimate hits.

    ``range`` is the measured 10-90 % range of seconds once there are enough; ``median`` the median of the seconds.
    """

    n: int
    factor: float
    median: float | None
    range: tuple[float, float] | None
    uncalibrated: PredictionScore | None
    calibrated: PredictionScore | None
