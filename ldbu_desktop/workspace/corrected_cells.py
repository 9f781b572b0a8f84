"""Corrections as cells of the files that were read: which text takes the place of which, and what stands in no cell."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ldbu_desktop.journal.fields import CITIZEN_CPR, FIELDS, OBSERVATION_UNIT
from ldbu_desktop.journal.model import (
    NO_COLUMN,
    Citizen,
    Entry,
    Family,
    Journal,
    Observation,
    Origin,
    QuestionnaireResponse,
    Record,
    Visit,
    VisitRecord,
)
from ldbu_desktop.journal.values import ValueChange, values_of
from ldbu_desktop.workspace.steps import Correction


class Cell(NamedTuple):
    """A cell of a file: rows count from 1, columns from 0."""

    file: str
    sheet: str
    row: int
    column: int


class CellCorrection(NamedTuple):
    """That a cell, or a part of one that holds several values, says ``after`` instead of ``before``."""

    cell: Cell
    before: str
    after: str
    correction: Correction


@dataclass(frozen=True, slots=True)
class CorrectedCells:
    """The corrections of cells, and those for which no file has a cell.

    ``emptied`` are rows of which everything was taken away: what they are called by is of nothing any more.
    ``visits`` are those of which something was corrected, as they are now, by the keys of their families and their own.
    """

    cells: tuple[CellCorrection, ...]
    elsewhere: tuple[Correction, ...]
    emptied: frozenset[Origin] = frozenset()
    visits: Mapping[tuple[str, str], Visit] = field(default_factory=dict)


class _Kind(NamedTuple):
    """What one column of a sheet holds: a part, of what is observed, of whom (0 the child, then the parents).

    Where a row itself says what is observed and of whom, its columns hold that for all: ``variable`` is empty there,
    ``person`` 0 and a value's ``name`` empty.
    """

    file: str
    sheet: str
    name: str
    variable: str
    person: int


_Naming = frozenset[tuple[str, str, int]]
"""Columns, by file and sheet, in which rows themselves say what is observed."""


def corrected_cells(journal: Journal, corrections: Collection[Correction]) -> CorrectedCells:
    """Where ``corrections`` belong in the files that ``journal`` was read from.

    What was added goes where the same is written at other visits of the sheet. A citizen's number stands in every row
    of a sheet that is about the family; where another of the family has the same, only the citizen's own row is known,
    and it is told that it may stand in others too.
    """
    is_added = any(one.change.column == NO_COLUMN for one in corrections)
    naming = _naming(journal) if is_added else frozenset()
    columns = _columns(journal, naming) if is_added else {}
    families: dict[str, list[Family]] = {}
    for family in journal.families:
        families.setdefault(family.key, []).append(family)
    numbers: dict[str, set[str]] = {}
    for one in corrections:
        if one.change.name == CITIZEN_CPR and one.change.before.raw:
            numbers.setdefault(one.change.before.raw, set()).add(one.change.where.record)
    cells, elsewhere = [], []
    for one in corrections:
        of_key = families.get(one.change.where.family, [])
        is_shared = _is_shared(one.change, of_key, numbers)
        found = list(_cells(one, [] if is_shared else of_key, columns, naming))
        cells += found
        if not found or is_shared:
            elsewhere.append(one)
    corrected = {(one.change.where.family, one.change.where.visit) for one in corrections}
    visits = {
        (key, visit.key): visit
        for key in {family for family, _ in corrected}
        for family in families.get(key, ())
        for visit in family.visits
        if (key, visit.key) in corrected
    }
    return CorrectedCells(tuple(cells), tuple(elsewhere), _emptied(journal, cells), visits)


def _is_shared(change: ValueChange, families: list[Family], numbers: Mapping[str, set[str]]) -> bool:
    """Whether a CPR number that was corrected was another citizen's of the family too, who may stand in any row.

    ``numbers`` has the citizens whose numbers were corrected, by what those were.
    """
    raw = change.before.raw
    if change.name != CITIZEN_CPR or not raw:
        return False
    now = {one.key for family in families for one in family.citizens if one.cpr.raw == raw}
    return bool((now | numbers[raw]) - {change.where.record})


def _emptied(journal: Journal, cells: Collection[CellCorrection]) -> frozenset[Origin]:
    """The rows in which something was taken away, and of which nothing is left."""
    taken = {one.correction.change.origin for one in cells if one.before and not one.after}
    return frozenset(taken.difference(_origins(journal))) if taken else frozenset()


def _origins(journal: Journal) -> Iterator[Origin]:
    """Where all that is in a journal was read."""
    for family in journal.families:
        at_visits = [one for visit in family.visits for one in visit.records]
        records: list[Record] = [*family.citizens, *family.parenthoods, *family.schools, *family.visits]
        for record in (*records, *family.unplaced, *at_visits):
            yield record.origin
            if isinstance(record, QuestionnaireResponse):
                yield from (answer.origin for answer in record.answers)


def _cells(
    correction: Correction, families: list[Family], columns: dict[_Kind, int], naming: _Naming
) -> Iterator[CellCorrection]:
    change = correction.change
    origin, column = change.origin, change.column
    if not origin.row or (column == NO_COLUMN and not change.where.visit):
        return
    if column != NO_COLUMN:
        for row in _rows(change, origin, families):
            cell = Cell(origin.file, origin.sheet, row, column)
            yield CellCorrection(cell, change.before.raw, change.after.raw, correction)
        return
    family = next(one for one in families if any(visit.key == change.where.visit for visit in one.visits))
    record = _records(family).get((change.where.visit, change.where.record))
    kind = _kind(origin, change.name, record, _people(family), naming)
    if kind in columns:
        cell = Cell(origin.file, origin.sheet, origin.row, columns[kind])
        yield CellCorrection(cell, "", change.after.raw, correction)
        unit = kind._replace(name=OBSERVATION_UNIT)
        if isinstance(record, Observation) and change.name == record.variable.value and unit in columns:
            # The unit of what was added follows from the variable, and has a column of its own.
            cell = cell._replace(column=columns[unit])
            yield CellCorrection(cell, "", record.unit.raw or record.unit.value or "", correction)


def _rows(change: ValueChange, origin: Origin, families: list[Family]) -> dict[int, None]:
    """The rows that say it: that of the record, and what is said of a citizen in those of the family's visits too."""
    rows = {origin.row: None}
    if change.name in FIELDS[Citizen] and change.before.raw:
        for family in families:
            for visit in family.visits:
                if (visit.origin.file, visit.origin.sheet) == (origin.file, origin.sheet):
                    rows[visit.origin.row] = None
    return rows


def _naming(journal: Journal) -> _Naming:
    """Where rows say what is observed: the columns that say one thing in one row and another in the next."""
    named: dict[tuple[str, str, int], set[str]] = {}
    for family in journal.families:
        for record in _records(family).values():
            if isinstance(record, Observation) and record.variable.column != NO_COLUMN and record.variable.value:
                place = record.origin.file, record.origin.sheet, record.variable.column
                named.setdefault(place, set()).add(record.variable.value)
    return frozenset(place for place, variables in named.items() if len(variables) > 1)


def _columns(journal: Journal, naming: _Naming) -> dict[_Kind, int]:
    """Where in a row each kind of value is written, as far as any row has it."""
    columns: dict[_Kind, int] = {}
    for family in journal.families:
        records = _records(family)
        people = _people(family)
        for value in values_of(family):
            if value.entry.column != NO_COLUMN and value.entry.raw and value.origin.row:
                record = records.get((value.where.visit, value.where.record))
                kind = _kind(value.origin, value.name, record, people, naming)
                columns.setdefault(kind, value.entry.column)
    return columns


def _kind(origin: Origin, name: str, record: VisitRecord | None, people: dict[str, int], naming: _Naming) -> _Kind:
    variable, person = "", 0
    if isinstance(record, Observation):
        variable = record.variable.value or ""
        subject: Entry[str] = record.subject
        person = people.get(subject.value or "", 0)
        if (origin.file, origin.sheet, record.variable.column) in naming:
            name, variable = "" if name == variable else name, ""
            person = person if subject.column == NO_COLUMN else 0
    return _Kind(origin.file, origin.sheet, name, variable, person)


def _records(family: Family) -> dict[tuple[str, str], VisitRecord]:
    return {(visit.key, record.key): record for visit in family.visits for record in visit.records}


def _people(family: Family) -> dict[str, int]:
    """The parents of a family by number, from 1."""
    parents = [citizen.key for citizen in family.citizens if not citizen.is_child]
    return {key: number for number, key in enumerate(parents, start=1)}
