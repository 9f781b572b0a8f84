"""The rows of a linked table: laid out for our own readers, with what of them is not read counted and told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from msgspec import field

from ldbu_desktop.column_letters import column_letters
from ldbu_desktop.journal.fields import OBSERVATION_SUBJECT
from ldbu_desktop.journal.model import NO_COLUMN, Note
from ldbu_desktop.journal.readings import folded
from ldbu_desktop.mapping.blocks import is_remark, tell_too_wide, trimmed
from ldbu_desktop.mapping.columns import OUTSIDE, REPEATED, ShapedTable
from ldbu_desktop.mapping.linked.answers import chosen_of, says_something
from ldbu_desktop.mapping.linked.clock import day_and_time, time_on_day
from ldbu_desktop.mapping.linked.forms import LinkedForms, reason_cell
from ldbu_desktop.mapping.linked.layout import Layout
from ldbu_desktop.mapping.linked.meanings import VALUE_LEFT_OUT, Fate, Meanings
from ldbu_desktop.mapping.links import OBSERVATION_VALUE, OBSERVATION_VARIABLE, ColumnLink, Target, ValueLink
from ldbu_desktop.mapping.unread_columns import PARTS
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.sources.rows import Column, RowGroup, TableRows
from ldbu_desktop.sources.tables import Row

_WORD = re.compile(r"[^\W\d_]{2,}")
_FEWEST_CELLS = 3
"""A row with so many cells filled is more than a line of text with a figure."""
_ROWS_TOGETHER = 1000
"""So many rows come together at most where they come one by one."""
CONSTANT = "file-constant-set"
_INCOMPLETE = "file-row-incomplete"


class LinkedTable(ShapedTable, kw_only=True):
    """A table by its links; ``layout`` says where its fields are, and ``meanings`` what its texts mean."""

    layout: Layout
    columns: tuple[ColumnLink, ...]
    linked: LinkedForms
    vocabulary: Vocabulary
    _sought: dict[int, set[str]] = field(default_factory=dict)
    _first_of: dict[tuple[int, str], int] = field(default_factory=dict)

    def view(self, fields: Mapping[str, int]) -> ShapedTable:
        """The table with other fields: those of one of the visits that a row holds. What is told is told here."""
        view = ShapedTable(self.table, self.shape, self.key, self.forms, dict(fields), headers=self.headers)
        view.notes, view._left_out = self.notes, self._left_out
        return view

    def laid_out(self, rows: Iterator[Row], header: Row) -> Iterator[RowGroup]:
        """The rows that are read, some at a time.

        They are as wide as the header, with the cells that are made of two, and an empty one.
        """
        fates = self._fates()
        self._sought = self._waiting_texts()
        repeated = trimmed(header[1])
        suspects = _Suspects(header[1])
        first = next(iter(self.layout.identity), 0)
        for group in self._of_width(rows):
            begin = 0
            for at in group.columns[first].where(suspects.__getitem__):
                number, cells = group.numbers[at], group.cells(at)
                code = self._why_outside(cells, repeated)
                if code is None:
                    continue
                if at > begin:
                    yield from self._made(group.picked(range(begin, at)), fates)
                self._tell_outside(code, number, cells)
                begin = at + 1
            if begin < len(group):
                yield from self._made(group.picked(range(begin, len(group))), fates)

    def _of_width(self, rows: Iterator[Row]) -> Iterator[RowGroup]:
        """The rows as wide as the header; what stands beyond it is told before its row comes."""
        width = self.layout.width
        for part in TableRows.of(rows).parts():
            if isinstance(part, RowGroup) and len(part.columns) == width:
                yield part
                continue
            alike: list[Row] = []
            for number, cells in part.rows() if isinstance(part, RowGroup) else part:
                if len(alike) == _ROWS_TOGETHER or (alike and any(map(str.strip, cells[width:]))):
                    yield RowGroup.of(alike)
                    alike = []
                if len(cells) > width:
                    tell_too_wide(self, (number, cells), width)
                alike.append((number, [*cells[:width], *[""] * (width - len(cells))]))
            yield RowGroup.of(alike)

    def _made(self, group: RowGroup, fates: Mapping[int, Fates]) -> Iterator[RowGroup]:
        """Rows with the cells that are made of two; what of them is not read is counted in the order of the rows."""
        not_read = sorted(self._not_read_cells(group, fates), key=lambda each: each.row)
        new = next((each.row for each in not_read if each.row and not self.has_left_out(each.code, each.column)), 0)
        if new:
            yield from self._made(group.picked(range(new)), fates)
            yield from self._made(group.picked(range(new, len(group))), fates)
            return
        self._find_waiting(group)
        for each in not_read:
            self.leave_out(each.code, group.numbers[each.row], each.cells, each.column)
        columns, reasons = list(group.columns), dict[int, Column]()
        for column, of_text in fates.items():
            known = columns[column]
            if known.where(of_text.has):
                reasons[column] = known.with_texts([of_text.reason(text) for text in known.texts])
                columns[column] = known.with_texts(["" if of_text.has(text) else text for text in known.texts])
        for first, answers in self.layout.answers.items():
            columns[first] = chosen_of({at: columns[at] for at in answers}, self._is_answer)
        for day, time in self.layout.joins:
            made = time_on_day if time in self.layout.borrowed else day_and_time
            columns.append(columns[day].beside(columns[time], made))
        empty = group.column_of("")
        for at, value in self.layout.reasons:
            written = columns[at] if at >= 0 else empty
            columns.append(written.beside(reasons[value], _or_reason) if value in reasons else written)
        yield RowGroup(group.numbers, [*columns, empty])

    def _is_answer(self, column: int, text: str) -> bool:
        """Whether a text in a column of one answer says something of it."""
        return says_something(self.linked.meanings.get((column, self.layout.targets[column].variable)), text)

    def _not_read_cells(self, group: RowGroup, fates: Mapping[int, Fates]) -> Iterator[_NotReadCells]:
        """The cells of columns that are not read, and those whose texts somebody left out, by their first row."""
        for column, code in self.layout.unread.items():
            if rows := group.columns[column].where(str.strip):
                yield _NotReadCells(rows[0], code, column, [group.columns[column].at(row) for row in rows])
        for column, of_text in fates.items():
            if rows := group.columns[column].where(of_text.leaves_out):
                yield _NotReadCells(rows[0], VALUE_LEFT_OUT, column, [group.columns[column].at(row) for row in rows])

    def _fates(self) -> dict[int, Fates]:
        """The columns with texts that are no values; those of observations are of the row, or of what it names."""
        of_rows = (OBSERVATION_VARIABLE, OBSERVATION_VALUE, OBSERVATION_SUBJECT)
        found: dict[int, list[Meanings]] = {}
        for (column, _), known in self.linked.meanings.items():
            target = self.layout.targets.get(column)
            if known.fates and target is not None and target.variable not in of_rows:
                found.setdefault(column, []).append(known)
        return {column: Fates(*of_column) for column, of_column in found.items()}

    def _waiting_texts(self) -> dict[int, set[str]]:
        """The texts that wait, by their column; not those that mean by row what its name says."""
        found: dict[int, set[str]] = {}
        for (column, variable), known in self.linked.meanings.items():
            target = self.layout.targets.get(column)
            if known.waiting and target is not None and target.variable == variable:
                found[column] = {folded(link.value) for _, link in known.waiting}
        return found

    def _find_waiting(self, group: RowGroup) -> None:
        """Keep the first row in which each text stands that waits: it is told there."""
        for column, texts in self._sought.items():
            cells = group.columns[column]
            for at in cells.where(partial(_is_one_of, texts)) if texts else ():
                text = folded(cells.at(at))
                self._first_of.setdefault((column, text), group.numbers[at])
                texts.discard(text)

    def _why_outside(self, cells: list[str], repeated: list[str]) -> str | None:
        """Why a row is none of the table: its header again, a total, a note, of nobody, or empty; None where it is."""
        if trimmed(cells) == repeated:
            return REPEATED
        texts = [cell.strip() for cell in cells if cell.strip()]
        if is_remark(texts, self.vocabulary) or self._names_nobody(texts):
            return OUTSIDE
        identity = self.layout.identity
        if not identity or any(cells[column].strip() for column in identity):
            return None
        return _INCOMPLETE if texts else ""

    def _tell_outside(self, code: str, number: int, cells: list[str]) -> None:
        if code == _INCOMPLETE:
            self.note(code, number)
        if code:
            self.leave_out(code, number, cells)

    def _names_nobody(self, texts: list[str]) -> bool:
        """Whether a row begins with words, and has hardly more than a figure after them: a line of sums."""
        return 0 < len(texts) < _FEWEST_CELLS and not any(map(str.isdigit, texts[0])) and bool(_WORD.search(texts[0]))

    def all_notes(self) -> Iterator[Note]:
        """What there is to tell when the rows have been read."""
        yield from super().all_notes()
        for link in self.columns:
            code = self.layout.unread.get(link.column)
            if code is not None:
                yield Note(code, self.origin(link.header_row), link.column, link.header, self._column_facts(link))
        for (code, column), left in self._left_out.items():
            if code == VALUE_LEFT_OUT:
                yield Note(code, self.origin(left.row), column, "", {"rows": left.rows or left.cells})
        for constant in self.layout.table.constants:
            facts: dict[str, str | int] = {"variable": constant.variable, "sheet": self.table.sheet}
            yield Note(CONSTANT, self.origin(self.key.header_row), NO_COLUMN, constant.value, facts)
        for known in self.linked.meanings.values():
            for code, value in known.waiting:
                if value.column in self.layout.targets:
                    yield self._waiting(code, value)

    def _waiting(self, code: str, value: ValueLink) -> Note:
        facts: dict[str, str | int] = {
            "column": column_letters(value.column),
            "header": self.headers[value.column],
            "cells": value.count,
            "variable": value.variable,
        }
        row = self._first_of.get((value.column, folded(value.value)), value.header_row)
        return Note(code, self.origin(row), value.column, value.value, facts)

    def _column_facts(self, link: ColumnLink) -> dict[str, str | int]:
        facts: dict[str, str | int] = {"column": column_letters(link.column), "variable": ""}
        if link.column in self.layout.twice:
            facts["first"] = column_letters(self.layout.twice[link.column])
        if link.target is not None:
            facts["variable"] = link.target.variable
            facts[PARTS] = _part(link.target)
        return facts


def _part(target: Target) -> str:
    """The part of a journal that a column holds, as findings name it."""
    return target.variable


class _NotReadCells(NamedTuple):
    """The cells of a column in some rows that are not read, and which of the rows is the first with one."""

    row: int
    code: str
    column: int
    cells: list[str]


def _is_one_of(texts: Collection[str], raw: str) -> bool:
    return folded(raw) in texts


def _or_reason(written: str, reason: str) -> str:
    return written or reason


class Fates(dict[str, Fate | None]):
    """The fate of each text of a column, looked up once."""

    def __init__(self, *known: Meanings) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, raw: str) -> Fate | None:
        found = (known.fate(raw) for known in self._known) if raw else ()
        fate = self[raw] = next(filter(None, found), None)
        return fate

    def has(self, raw: str) -> bool:
        """Whether a text is no value."""
        return self[raw] is not None

    def leaves_out(self, raw: str) -> bool:
        """Whether somebody has decided that a text is not read."""
        fate = self[raw]
        return fate is not None and not fate.missing

    def reason(self, raw: str) -> str:
        """The cell that tells why there is no value; empty where the text is no reason."""
        fate = self[raw]
        return reason_cell("", fate.missing, raw) if fate is not None and fate.missing else ""


class _Suspects(dict[str, bool]):
    """Whether a text where a person or visit is named may stand in a row that is none: it is empty, or has words."""

    def __init__(self, headers: list[str]) -> None:
        super().__init__()
        self._headers = frozenset(headers)

    def __missing__(self, text: str) -> bool:
        found = self[text] = not text.strip() or text in self._headers or _WORD.search(text) is not None
        return found
