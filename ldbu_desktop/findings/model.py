"""A finding is a value: what was found where, by the code of its kind. Its text is rendered late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct, field

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.journal.fields import ANSWER_LINK_ID, ANSWER_VALUE
from ldbu_desktop.journal.model import NO_COLUMN, NOWHERE, Acceptance, Origin
from ldbu_desktop.journal.where import Where


class Severity(StrEnum):
    """How much a finding weighs, heaviest first.

    ``MEND`` is what no gateway can see, since it judges each report alone, and must be mended all the same. ``LOOK_AT``
    is called ``check`` in all that machines read.
    """

    REJECTED = "rejected"
    MEND = "mend"
    LOOK_AT = "check"
    INFO = "info"
    NOT_CHECKED = "not-checked"


class RuleSource(StrEnum):
    """Whose rule it is.

    ``GATEWAY`` is what the gateway rejects, by an official profile or invariant; ``GUIDE`` what the guide's table asks
    for; ``STANDARD`` what the standard's text says; ``QUESTIONNAIRE`` a questionnaire's own limits; ``PLAUSIBILITY``
    common sense; ``FILE`` the file that was read; ``NOTE`` what KL's note on correcting errors says.
    """

    GATEWAY = "gateway"
    GUIDE = "guide"
    STANDARD = "standard"
    QUESTIONNAIRE = "questionnaire"
    PLAUSIBILITY = "plausibility"
    FILE = "file"
    NOTE = "note"


class Level(StrEnum):
    """How much has to be known to find it.

    ``CONFORMANCE`` is what is found in a delivery report by the official kind of check, ``RULE`` the official rules
    that are told in words of their own there, ``EXPORT`` why an export left out a visit in which nothing was found,
    ``HISTORY`` what is wrong with reports taken together.
    """

    FILE = "file"
    CELL = "cell"
    VARIABLE = "variable"
    VISIT = "visit"
    FAMILY = "family"
    CONFORMANCE = "conformance"
    RULE = "rule"
    EXPORT = "export"
    HISTORY = "history"


JOURNAL_LEVELS = (Level.FILE, Level.CELL, Level.VARIABLE, Level.VISIT, Level.FAMILY)
"""The levels of what is found in a journal."""


class Location(NamedTuple):
    """Where a finding is: the place in the file, and the records by key.

    ``variable`` is what is observed (``weight``), ``field`` the part of the record (``observation.missing-reason``);
    both are ids of the catalogue's variables. ``record`` is the key of an observation, intervention, response, citizen.
    ``column`` counts from 0: that of a table, or within the line of a text. ``number`` tells apart what stands in a
    list, as in :class:`Where`.
    """

    origin: Origin = NOWHERE
    column: int = NO_COLUMN
    family: str = ""
    visit: str = ""
    record: str = ""
    variable: str = ""
    field: str = ""
    number: int | None = None

    @property
    def where(self) -> Where:
        """The place in the journal; the variable of an answer is its question's link id."""
        is_answer = self.field in (ANSWER_VALUE, ANSWER_LINK_ID)
        variable, link_id = ("", self.variable) if is_answer else (self.variable, "")
        return Where(self.family, self.visit, self.record, self.field, variable, self.number, link_id=link_id)


FactValue = str | int | Decimal | date | datetime | Text | tuple[Text, ...]


NO_FACTS: Mapping[str, FactValue] = {}
"""The facts of all findings that have none: there may be one for each of a million rows."""


class Follower(NamedTuple):
    """Something that fails only because something else does: by its official key and its FHIRPath."""

    key: str
    at: str


class Finding(Struct, frozen=True):
    """One finding. ``facts`` fill the texts of its code; a :class:`Text` among them is told in the reader's language.

    ``found`` is what stood there as it may be shown, with a CPR number masked; ``rule`` the official invariant's key.
    ``followers`` fail only because this does; ``obstacles`` are what keeps an observation from fitting its nearest
    profile; of a verdict on a report, the one finding that it passes on and whose words it tells.
    """

    code: str
    location: Location
    found: str = ""
    rule: str = ""
    facts: Mapping[str, FactValue] = field(default_factory=lambda: NO_FACTS)
    followers: tuple[Follower, ...] = ()
    obstacles: tuple[Finding, ...] = ()

    @property
    def expected(self) -> str:
        """What should stand there, where a fact says it."""
        return str(self.facts.get("expected", ""))


class Accepted(NamedTuple):
    """A finding with what it was accepted for."""

    finding: Finding
    acceptance: Acceptance
