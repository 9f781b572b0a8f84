"""What people are told of a check, in words: causes with their places, what was not read, counts and the outcome."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from ldbu_desktop.findings.model import Severity
from ldbu_desktop.rendering.occasion import Occasion


class OutcomeTone(StrEnum):
    """Whether an outcome is good news."""

    GOOD = "good"
    WARNING = "warn"
    BAD = "bad"


SIGNS = {OutcomeTone.GOOD: "✔", OutcomeTone.WARNING: "▲", OutcomeTone.BAD: "✖"}
SEVERITY_SIGNS = {
    Severity.REJECTED: "✖",
    Severity.MEND: "✖",
    Severity.LOOK_AT: "▲",
    Severity.INFO: "●",
    Severity.NOT_CHECKED: "○",
}


class Outcome(Struct, frozen=True):
    """The answer in one sentence."""

    tone: OutcomeTone
    words: str


class CauseText(Struct, frozen=True):
    """One cause in words. ``strikes`` tells how often, ``element`` at what; ``more`` that not all places are shown.

    ``source`` is whose rule it is, with its edition.
    """

    code: str
    message: str
    strikes: str
    why: str
    remedy: str
    element: str = ""
    places: tuple[str, ...] = ()
    more: str = ""
    contradictions: tuple[str, ...] = ()
    followers: str = ""
    source: str = ""


class CauseSection(Struct, frozen=True):
    """Causes of one severity under a heading."""

    heading: str
    severity: Severity
    causes: tuple[CauseText, ...]


class Listing(Struct, frozen=True):
    """Pairs of a name and what is told of it, under a heading; ``more`` that not all are listed."""

    heading: str
    headings: tuple[str, str]
    rows: tuple[tuple[str, str], ...]
    more: str = ""


class Tile(Struct, frozen=True):
    """A number that matters, and what it is of."""

    name: str
    number: str
    share: str = ""


class WeightyCause(Struct, frozen=True):
    """A cause on the first page: how many visits are rejected for it, of how many, and what to do."""

    message: str
    visits: str
    share: str
    places: str
    remedy: str


class Overview(Struct, frozen=True):
    """The first page, for whoever has a minute: what was read, how it stands, the causes that matter, what to do."""

    read: tuple[str, ...]
    tiles: tuple[Tile, ...]
    causes: tuple[WeightyCause, ...]
    advice: tuple[str, ...]


class Document(Struct, frozen=True):
    """All that people are told. ``notes`` stand with the counts, ``scope`` says what was checked and what was not.

    ``passed_over`` are files that hold none of what was asked for, and are only named.

    ``overview`` is the first page of what is written for others.
    """

    title: str
    occasion: Occasion
    outcome: Outcome
    sections: tuple[CauseSection, ...]
    not_read: Listing
    counts: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]
    scope: tuple[str, ...]
    passed_over: Listing | None = None
    listing: Listing | None = None
    overview: Overview | None = None
