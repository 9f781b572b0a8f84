"""An example of every code: a clean export in the long shape with one change, which gives that code and no other.

The clean export is our own story with the test persons of the standard's guide. What an export in the long shape
can't hold (a report without a time) is changed in the journal that is read from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

import msgspec
from msgspec.structs import replace

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.journal.model import (
    EMPTY,
    NO_COLUMN,
    Answer,
    DeliveryReport,
    Entry,
    Family,
    Journal,
    Note,
    Origin,
    QuestionnaireResponse,
    Refusal,
    Rejection,
)

Sheets = dict[str, list[list[str]]]
"""The rows of each sheet as texts, headers first."""

_FILE = "eksempel.xlsx"
_REPORT_FILE = "eksempel.json"


class RowChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A change of one row, found by ``key`` in its first column (and ``question`` among the answers).

    With ``row`` it is added, by the names of its columns; with ``column`` one cell is set to ``value``; with neither
    the row is taken away.
    """

    sheet: str
    key: str = ""
    question: str = ""
    column: str = ""
    value: str = ""
    row: dict[str, str] = {}


class RecordChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A change of one attribute of a record, by the name of its class and its key (``*``: whichever)."""

    record: str
    key: str
    attribute: str
    value: str | None = None
    raw: str = ""


class ToldNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that the reading of a file tells."""

    code: str
    sheet: str = ""
    row: int = 0
    line: int = 0
    column: int = NO_COLUMN
    raw: str = ""
    facts: dict[str, str | int] = {}


class ReadReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A delivery report that was read."""

    visits: tuple[str, ...]
    timestamp: datetime | None = None
    raw: str = ""


class ReadVisit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A visit that was read from a report, and why that would be rejected if it would."""

    visit: str
    line: int
    rejection: Rejection | None = None


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to change to get ``code``. ``also`` are codes that can't be kept away, each with the reason why."""

    code: str
    rows: tuple[RowChange, ...] = ()
    records: tuple[RecordChange, ...] = ()
    notes: tuple[ToldNote, ...] = ()
    reports: tuple[ReadReport, ...] = ()
    read: tuple[ReadVisit, ...] = ()
    also: dict[str, str] = {}

    @property
    def is_tabular(self) -> bool:
        """Whether an export in the long shape can hold it, so that it can be written as a workbook."""
        return not (self.records or self.notes or self.reports or self.read)


class Examples(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The clean export, the day on which it is judged, and the examples."""

    today: date
    sheets: Sheets
    examples: tuple[Example, ...]


@cache
def shipped_examples() -> Examples:
    """The examples that ship with the program, read once."""
    return msgspec.json.decode(resource("messages", "findings", "examples.json").read_bytes(), type=Examples)


@cache
def example_by_code() -> Mapping[str, Example]:
    """The examples by their code."""
    return {example.code: example for example in shipped_examples().examples}


def example_sheets(example: Example | None = None) -> Sheets:
    """The sheets of the clean export, with the rows of ``example`` changed if one is given."""
    sheets = {name: [list(row) for row in rows] for name, rows in shipped_examples().sheets.items()}
    for change in example.rows if example is not None else ():
        rows = sheets[change.sheet]
        headers = rows[0]
        if change.row:
            rows.append([change.row.get(header, "") for header in headers])
            continue
        found = next(row for row in rows if row[0] == change.key and change.question in ("", *row))
        if change.column:
            found[headers.index(change.column)] = change.value
        else:
            rows.remove(found)
    return sheets


def changed_journal(journal: Journal, example: Example) -> Journal:
    """``journal``, read from the example's sheets, with what no sheet can hold."""
    for change in example.records:
        journal = replace(journal, families=tuple(_changed_family(family, change) for family in journal.families))
    for read in example.read:
        journal = replace(journal, families=tuple(_read(family, read) for family in journal.families))
    notes = tuple(Note(note.code, _origin(note), note.column, note.raw, note.facts) for note in example.notes)
    reports = tuple(
        DeliveryReport(
            f"report {number}",
            Entry(report.timestamp, report.raw or str(report.timestamp or "")),
            visits=report.visits,
            origin=Origin(_REPORT_FILE, path="Bundle", line=1),
        )
        for number, report in enumerate(example.reports, start=1)
    )
    return replace(journal, notes=(*journal.notes, *notes), reports=(*journal.reports, *reports))


def _origin(note: ToldNote) -> Origin:
    return Origin(_REPORT_FILE, line=note.line) if note.line else Origin(_FILE, note.sheet, note.row)


def _read(family: Family, read: ReadVisit) -> Family:
    origin = Origin(_REPORT_FILE, path="Bundle", line=read.line)
    refusal = Refusal((read.rejection,)) if read.rejection is not None else None
    visits = tuple(
        replace(visit, origin=origin, refusal=refusal) if visit.key == read.visit else visit for visit in family.visits
    )
    return replace(family, visits=visits)


def _changed_family(family: Family, change: RecordChange) -> Family:
    def changed(records: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(_changed_record(record, change) for record in records)

    visits = tuple(
        replace(
            _changed_record(visit, change),
            observations=changed(visit.observations),
            interventions=changed(visit.interventions),
            responses=changed(visit.responses),
        )
        for visit in family.visits
    )
    return replace(
        family,
        citizens=changed(family.citizens),
        parenthoods=changed(family.parenthoods),
        schools=changed(family.schools),
        visits=visits,
    )


def _changed_record(record: Any, change: RecordChange) -> Any:
    if type(record).__name__ != change.record or change.key not in (record.key, "*"):
        return record
    entry: Entry[Any] = Entry(change.value, change.raw) if change.value is not None or change.raw else EMPTY
    if isinstance(record, QuestionnaireResponse) and change.attribute == "answers":
        first: Answer = record.answers[0]
        return replace(record, answers=(replace(first, value=entry), *record.answers[1:]))
    changes: dict[str, Any] = {change.attribute: entry}
    return replace(record, **changes)
