"""A finding is a value: what was found where, by the code of its kind. Its text is rendered late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from ldbu_desktop.journal.model import NO_COLUMN, NOWHERE, Origin
from ldbu_desktop.language import Text


class Severity(StrEnum):
    """How much a finding weighs, heaviest first."""

    REJECTED = "rejected"
    CHECK = "check"
    INFO = "info"
    NOT_CHECKED = "not-checked"


class RuleSource(StrEnum):
    """Whose rule it is.

    ``GATEWAY`` is what the gateway rejects, by an official profile or invariant; ``GUIDE`` what the guide's table asks
    for; ``STANDARD`` what the standard's text says; ``QUESTIONNAIRE`` a questionnaire's own limits; ``PLAUSIBILITY``
    common sense; ``FILE`` the file that was read.
    """

    GATEWAY = "gateway"
    GUIDE = "guide"
    STANDARD = "standard"
    QUESTIONNAIRE = "questionnaire"
    PLAUSIBILITY = "plausibility"
    FILE = "file"


class Level(StrEnum):
    """How much has to be known to find it."""

    FILE = "file"
    CELL = "cell"
    VARIABLE = "variable"
    VISIT = "visit"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class Location:
    """Where a finding is: the place in the file, and the records by key.

    ``variable`` is what is observed (``weight``), ``field`` the part of the record (``observation.missing-reason``);
    both are ids of the catalogue's variables. ``record`` is the key of an observation, intervention, response, citizen.
    """

    origin: Origin = NOWHERE
    column: int = NO_COLUMN
    family: str = ""
    visit: str = ""
    record: str = ""
    variable: str = ""
    field: str = ""


FactValue = str | int | Decimal | date | datetime | Text | tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. ``facts`` fill the texts of its code; a :class:`Text` among them is told in the reader's language.

    ``found`` is what stood there as it may be shown, with a CPR number masked; ``rule`` the official invariant's key.
    """

    code: str
    location: Location
    found: str = ""
    rule: str = ""
    facts: Mapping[str, FactValue] = field(default_factory=dict)
