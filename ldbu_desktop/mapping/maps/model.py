"""A map as it is kept: tables of one kind of export, by their headers, with what was decided about each."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

from ldbu_desktop.journal.written_dates import DateForm
from ldbu_desktop.mapping.links import ContentKind, Part, Subject, TableShape

VERSION = 1
"""The version of the format."""


class Decision(StrEnum):
    """What was decided about a column or a value."""

    APPROVED = "approved"
    PROPOSED = "proposed"
    """Nothing yet: the program's own proposal, to be approved, changed or left out."""
    LEFT_OUT = "left-out"
    UNMAPPED = "unmapped"
    """Nothing yet, and nothing is proposed."""
    KEY = "key"
    """A column by which rows are joined."""


class MapPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A part of a map file: unknown keys are refused."""


class MapConstant(MapPart, frozen=True):
    """What is the same for all rows of a table."""

    variable: str
    value: str
    by: str = ""
    when: str = ""


class MapValue(MapPart, frozen=True):
    """A text of a column, and the code that it means, or the reason why there is no value."""

    value: str
    state: Decision
    code: str = ""
    missing: str = ""
    variable: str = ""
    """What it is a value of, where that is not what the column holds."""
    tenths: int | None = None
    """In how many of ten cells of the column it stood; only where so many were filled that it tells of nobody."""
    text: str = ""
    """What a list beside the data said that it means, when it was decided."""
    by: str = ""
    when: str = ""


class MapColumn(MapPart, frozen=True):
    """A column by its header; ``ordinal`` tells apart those that have the same, from 1. In a table of which no column
    has a header all are "", and ``ordinal`` is the place.

    ``content`` is what stood in it, and ``low`` and ``high`` roughly within which its numbers lay: it is told from them
    when something else stands below the same header. ``order`` is how its dates are written, where somebody said it.
    ``despite`` is the evidence against it that whoever approved it
    saw: what speaks against it later is asked about.
    """

    header: Annotated[str, msgspec.Meta(min_length=0)]
    state: Decision
    variable: str = ""
    part: Part = Part.VALUE
    subject: Subject | None = None
    visit: str = ""
    unit: str = ""
    order: DateForm | None = None
    ordinal: int = 1
    content: ContentKind | None = None
    low: str = ""
    high: str = ""
    despite: tuple[str, ...] = ()
    by: str = ""
    when: str = ""
    values: tuple[MapValue, ...] = ()


class MapTable(MapPart, frozen=True):
    """A table by the headers of its columns; ``sheet`` is what its sheet was called, for people."""

    shape: TableShape
    sheet: str = ""
    keys: tuple[str, ...] = ()
    constants: tuple[MapConstant, ...] = ()
    columns: tuple[MapColumn, ...] = ()


class Map(MapPart, frozen=True):
    """What was decided about one kind of export.

    ``by`` and ``when`` hold for all decisions that do not say it themselves. ``program`` and ``standard`` are the
    versions that it was made with. Days are written as 2025-12-31.
    """

    ldbumap: int
    system: str
    version: str = ""
    made: str = ""
    by: str = ""
    when: str = ""
    program: str = ""
    standard: str = ""
    tables: tuple[MapTable, ...] = ()

    @property
    def name(self) -> str:
        """The system and its version, as people name it."""
        return f"{self.system} {self.version}".strip()
