"""The rows of a linked table: laid out for our own readers, with what of them is not read counted and told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ldbu_desktop.column_letters import column_letters
from ldbu_desktop.journal.fields import OBSERVATION_SUBJECT
from ldbu_desktop.journal.model import NO_COLUMN, Note
from ldbu_desktop.mapping.blocks import is_remark, tell_too_wide, trimmed
from ldbu_desktop.mapping.columns import OUTSIDE, REPEATED, ShapedTable
from ldbu_desktop.mapping.linked.clock import BETWEEN
from ldbu_desktop.mapping.linked.forms import LinkedForms, reason_cell
from ldbu_desktop.mapping.linked.layout import Layout
from ldbu_desktop.mapping.linked.meanings import VALUE_LEFT_OUT, Fate, Meanings
from ldbu_desktop.mapping.links import OBSERVATION_VALUE, OBSERVATION_VARIABLE, ColumnLink, Target, ValueLink
from ldbu_desktop.mapping.unread_columns import PARTS
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.sources.tables import Row

_WORD = re.compile(r"[^\W\d_]{2,}")
_FEWEST_CELLS = 3
"""A row with so many cells filled is more than a line of text with a figure."""
CONSTANT = "file-constant-set"
_INCOMPLETE = "file-row-incomplete"


class LinkedTable(ShapedTable, kw_only=True):
    """A table by its links; ``layout`` says where its fields are, and ``meanings`` what its texts mean."""

    layout: Layout
    columns: tuple[ColumnLink, ...]
    linked: LinkedForms
    vocabulary: Vocabulary

    def view(self, fields: Mapping[str, int]) -> ShapedTable:
        """The table with other fields: those of one of the visits that a row holds. What is told is told here."""
        view = ShapedTable(self.table, self.shape, self.key, self.forms, dict(fields), headers=self.headers)
        view.notes, view._left_out = self.notes, self._left_out
        return view

    def laid_out(self, rows: Iterator[Row], header: Row) -> Iterator[Row]:
        """The rows that are read: as wide as the header, with the cells that are made of two, and an empty one."""
        layout, width = self.layout, self.layout.width
        fates = [(column, Fates(known)) for (column, _), known in self._fates()]
        repeated = trimmed(header[1])
        suspects = _Suspects(header[1])
        identity = layout.identity
        first = identity[0] if identity else 0
        for number, cells in rows:
            if len(cells) != width:
                if len(cells) > width:
                    tell_too_wide(self, (number, cells), width)
                cells[:] = cells[:width] + [""] * (width - len(cells))
            if suspects[cells[first]] and self._is_outside(number, cells, identity, repeated):
                continue
            for column, code in layout.unread.items():
                if cells[column].strip():
                    self.leave_out(code, number, (cells[column],), column)
            reasons = {}
            for column, of_text in fates:
                fate = of_text[cells[column]]
                if fate is not None:
                    if fate.missing:
                        reasons[column] = reason_cell("", fate.missing, cells[column])
                    else:
                        self.leave_out(fate.not_read, number, (cells[column],), column)
                    cells[column] = ""
            for day, time in layout.joins:
                clock = cells[time]
                cells.append(f"{cells[day]}{BETWEEN}{clock}" if clock else cells[day])
            for written, value in layout.reasons:
                cells.append((cells[written] if written >= 0 else "") or reasons.get(value, ""))
            cells.append("")
            yield number, cells

    def _fates(self) -> Iterator[tuple[tuple[int, str], Meanings]]:
        """The columns with texts that are no values; those of observations are of the row, or of what it names."""
        of_rows = (OBSERVATION_VARIABLE, OBSERVATION_VALUE, OBSERVATION_SUBJECT)
        for (column, variable), known in self.linked.meanings.items():
            target = self.layout.targets.get(column)
            if known.fates and target is not None and target.variable not in of_rows:
                yield (column, variable), known

    def _is_outside(self, number: int, cells: list[str], identity: tuple[int, ...], repeated: list[str]) -> bool:
        """Whether a row is none of the table: its header again, a total, a note, or of nobody. It is told."""
        if trimmed(cells) == repeated:
            self.leave_out(REPEATED, number, cells)
            return True
        texts = [cell.strip() for cell in cells if cell.strip()]
        if is_remark(texts, self.vocabulary) or self._names_nobody(texts):
            self.leave_out(OUTSIDE, number, cells)
            return True
        if not identity or any(cells[column].strip() for column in identity):
            return False
        if texts:
            self.note(_INCOMPLETE, number)
            self.leave_out(_INCOMPLETE, number, cells)
        return True

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
        return Note(code, self.origin(value.header_row), value.column, value.value, facts)

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


class Fates(dict[str, Fate | None]):
    """The fate of each text of a column, looked up once."""

    def __init__(self, known: Meanings) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, raw: str) -> Fate | None:
        fate = self[raw] = self._known.fate(raw) if raw else None
        return fate


class _Suspects(dict[str, bool]):
    """Whether a text where a person or visit is named may stand in a row that is none: it is empty, or has words."""

    def __init__(self, headers: list[str]) -> None:
        super().__init__()
        self._headers = frozenset(headers)

    def __missing__(self, text: str) -> bool:
        found = self[text] = not text.strip() or text in self._headers or _WORD.search(text) is not None
        return found
