"""A planted fault as a value: its code, and the places at which its finding may be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple


class CellPlace(NamedTuple):
    """A row of a sheet, counted from 1, and the heading of the cell in it, if it is one."""

    sheet: str
    row: int
    column: str = ""


@dataclass(frozen=True, slots=True)
class Planted:
    """A planted fault in a file, or in the ``files`` that are read together.

    ``cells`` are where it was made, if it was not made by taking a row away; ``rows`` are the first and the last row
    of its case in each sheet, among which its finding is told. ``at`` is a FHIRPath; in a history ``earlier`` and
    ``later`` are the names of reports, any of the later, or the history's last. ``also`` are codes that can't be kept
    away from it.
    """

    code: str
    file: str = ""
    files: tuple[str, ...] = ()
    cells: tuple[CellPlace, ...] = ()
    rows: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    at: str = ""
    earlier: str = ""
    later: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    def in_texts(self, stems: Mapping[str, str]) -> Planted:
        """The same where each sheet is a text file of its own: findings name a sheet by the stem of its file."""
        cells = tuple(cell._replace(sheet=stems[cell.sheet]) for cell in self.cells)
        rows = {stems[sheet]: rows for sheet, rows in self.rows.items()}
        return replace(self, files=tuple(f"{stem}.csv" for stem in stems.values()), cells=cells, rows=rows)

    def told(self) -> dict[str, Any]:
        """As it stands among the expected findings: what is empty is left out."""
        where = {"files": list(self.files)} if self.files else {"file": self.file}
        told: dict[str, Any] = {"code": self.code, **where}
        if self.rows:
            cells = [{name: value for name, value in cell._asdict().items() if value} for cell in self.cells]
            told |= {"cells": cells, "rows": {sheet: list(rows) for sheet, rows in self.rows.items()}}
        if self.at:
            told["at"] = self.at
        if self.earlier:
            told |= {"earlier": self.earlier, "later": list(self.later)}
        if self.also:
            told["also"] = list(self.also)
        return told


class ReportCase(NamedTuple):
    """A report with a planted fault."""

    planted: Planted
    text: bytes


class FileCase(NamedTuple):
    """A file with a planted fault: how its name ends, and what is in it."""

    planted: Planted
    ending: str
    content: bytes
