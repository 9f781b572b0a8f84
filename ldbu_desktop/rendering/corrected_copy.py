"""A corrected copy of one file that was read: its cells as they were but for the corrections, and what is told of them.

A workbook's copy has the journal of corrections on a sheet of its own and what was found as comments; beside that of a
text file lies a workbook with both. The file itself is never written to.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from ldbu_desktop.faults import CallFault
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.findings.text import rendered
from ldbu_desktop.journal.model import Visit
from ldbu_desktop.language import chosen
from ldbu_desktop.rendering.corrected_moments import in_two_cells, of_each_cell
from ldbu_desktop.rendering.corrected_text import CellChange, corrected_text
from ldbu_desktop.rendering.corrected_workbook import corrected_workbook
from ldbu_desktop.rendering.corrections import beside, corrections_table, findings_table
from ldbu_desktop.rendering.tables import DataTable, write_workbook
from ldbu_desktop.sources.found import FileType, FoundFile
from ldbu_desktop.sources.reader import Reader
from ldbu_desktop.whole_files import write_whole
from ldbu_desktop.workspace.corrected_cells import Cell, CellCorrection, CorrectedCells
from ldbu_desktop.workspace.steps import Correction

if TYPE_CHECKING:
    from ldbu_desktop.standard.model import Standard

COPIED = (FileType.WORKBOOK, FileType.DELIMITED)
"""What a copy can be made of with other cells and nothing else."""

_WITH_MACROS = (".xlsm", ".xltm")


class CorrectedFile:
    """The corrected copy of one file. ``lost`` are the folders of what a workbook's copy does not have."""

    def __init__(
        self, reader: Reader, file: FoundFile, target: Path, findings: Sequence[Finding], standard: Standard
    ) -> None:
        source = cast(Path, file.source)
        if target.exists() and target.samefile(source):
            raise CallFault("copy-onto-itself", file=file.name)
        self._reader, self._file, self._source, self._target, self._standard = reader, file, source, target, standard
        self._delimiter = ""
        self._findings = [one for one in findings if one.location.origin.file == file.name]
        self._is_text = file.kind is FileType.DELIMITED
        self.written: list[Path] = []
        self.lost: tuple[str, ...] = ()
        self.changed = 0

    def write(self, corrections: Sequence[Correction], placed: CorrectedCells) -> list[Correction]:
        """Write it, and return the corrections for which a cell was not found, or says something else."""
        name, elsewhere = self._file.name, placed.elsewhere
        of_file = [one for one in placed.cells if one.cell.file == name]
        emptied = {(row.sheet, row.row) for row in placed.emptied if row.file == name}
        changes, left = self._changes(of_file, emptied, placed.visits)
        mine = [one for one in corrections if one.change.origin.file == name]
        if self._is_text:
            left += self._write_text(changes)
            changes_file = beside(self._target)
            pages = (
                self._journal(mine, [*elsewhere, *left]),
                findings_table(self._findings, self._standard),
            )
            write_workbook(changes_file, pages, is_private=True)
            self.written += [self._target, changes_file]
        else:
            left += self._write_workbook(changes, mine, elsewhere, left)
            self.written.append(self._target)
        gone = {id(one) for one in left}
        self.changed = sum(id(one.correction) not in gone for one in of_file)
        return left

    def _journal(self, mine: Sequence[Correction], elsewhere: Sequence[Correction]) -> DataTable:
        return corrections_table(mine, self._standard, elsewhere)

    def _changes(
        self,
        cells: Sequence[CellCorrection],
        emptied: AbstractSet[tuple[str, int]],
        visits: Mapping[tuple[str, str], Visit],
    ) -> tuple[dict[Cell, _NewText], list[Correction]]:
        """The new text of each cell, and the corrections whose cell does not say what it was read as.

        Of a row that is emptied, the cells that name it go too, unless one does not say what it was read as.
        """
        moments = {(one.cell.sheet, one.cell.row) for one in cells if in_two_cells(one.correction)}
        texts = self._texts([one.cell for one in cells], emptied | moments)
        by_cell, left = _by_cell(cells, texts, visits)
        changes: dict[Cell, _NewText] = {}
        for cell, of_cell in by_cell.items():
            text = texts.get(cell, "")
            new = text
            for one in of_cell:
                replaced = _replaced(new, one.before, one.after)
                if replaced is not None:
                    new = replaced
                elif cell.row == one.correction.change.origin.row:
                    left.append(one.correction)
            if new != text:
                changes[cell] = _NewText(text, new, tuple(one.correction for one in of_cell))
        other = {(one.change.origin.sheet, one.change.origin.row) for one in left}
        for cell, text in texts.items():
            row = (cell.sheet, cell.row)
            if cell not in by_cell and text and row in emptied and row not in other:
                changes[cell] = _NewText(text, "", ())
        return changes, left

    def _texts(self, cells: Sequence[Cell], whole: Container[tuple[str, int]]) -> dict[Cell, str]:
        """What the file says in the cells, as it is read, and in all cells of the rows of ``whole``."""
        rows: dict[tuple[str, int], list[Cell]] = {}
        for cell in cells:
            rows.setdefault((cell.sheet, cell.row), []).append(cell)
        texts = {}
        if rows:
            with self._reader.tables(self._file) as tables:
                for table in tables:
                    self._delimiter = table.delimiter
                    for number, row in table.rows:
                        asked = rows.get((table.sheet, number), ())
                        if asked and (table.sheet, number) in whole:
                            asked = [asked[0]._replace(column=at) for at in range(len(row))]
                        for cell in asked:
                            if cell.column < len(row):
                                texts[cell] = row[cell.column]
        return texts

    def _write_text(self, changes: dict[Cell, _NewText]) -> list[Correction]:
        content = self._source.read_bytes()
        places = {(cell.row, cell.column): new for cell, new in changes.items()}
        asked = {place: CellChange(new.before, new.after) for place, new in places.items()}
        copy = corrected_text(content, self._delimiter, asked)
        write_whole(self._target, lambda aside: aside.write_bytes(copy.content), is_private=True)
        return [one for place in copy.left for one in places[place].corrections]

    def _write_workbook(
        self,
        changes: dict[Cell, _NewText],
        mine: Sequence[Correction],
        elsewhere: Sequence[Correction],
        left: Sequence[Correction],
    ) -> list[Correction]:
        places = {(cell.sheet, cell.row, cell.column): new for cell, new in changes.items()}
        texts = {place: new.after for place, new in places.items()}
        journal = self._journal(mine, [*elsewhere, *left])
        comments = self._comments()
        merged: list[Correction] = []

        def write(aside: Path) -> None:
            has_macros = self._target.suffix.lower() in _WITH_MACROS
            copied = corrected_workbook(self._source, aside, texts, comments, journal, has_macros=has_macros)
            self.lost = copied.lost
            merged.extend(one for place in copied.left for one in places[place].corrections)

        write_whole(self._target, write, is_private=True)
        return merged

    def _comments(self) -> dict[tuple[str, int, int], str]:
        """What is found at each cell; what has no cell stands at the first of its row."""
        told: dict[tuple[str, int, int], list[str]] = {}
        for finding in self._findings:
            at = finding.location
            if at.origin.sheet and at.origin.row:
                words = rendered(finding, chosen(), self._standard)
                place = (at.origin.sheet, at.origin.row, max(at.column, 0))
                told.setdefault(place, []).append(f"{words.title}: {words.message}\n{words.remedy}")
        return {place: "\n\n".join(texts) for place, texts in told.items()}


@dataclass(frozen=True, slots=True)
class _NewText:
    """What a cell says, what it is to say, and the corrections that ask for it."""

    before: str
    after: str
    corrections: tuple[Correction, ...]


def _by_cell(
    cells: Sequence[CellCorrection], texts: Mapping[Cell, str], visits: Mapping[tuple[str, str], Visit]
) -> tuple[dict[Cell, list[CellCorrection]], list[Correction]]:
    """The corrections of each cell, and those of which nobody can tell in which cells they stand."""
    rows: dict[tuple[str, int], dict[int, str]] = {}
    for cell, text in texts.items():
        rows.setdefault((cell.sheet, cell.row), {})[cell.column] = text
    by_cell: dict[Cell, list[CellCorrection]] = {}
    left: list[Correction] = []
    for one in cells:
        row, where = rows.get((one.cell.sheet, one.cell.row), {}), one.correction.change.where
        visit = visits.get((where.family, where.visit)) if in_two_cells(one.correction) else None
        parts = [one] if visit is None else of_each_cell(one, row, visit)
        if parts is None:
            left.append(one.correction)
        for part in parts or ():
            by_cell.setdefault(part.cell, []).append(part)
    return by_cell, left


def _replaced(text: str, before: str, after: str) -> str | None:
    """A cell's text with a value in it replaced; None where it does not hold the value."""
    if _folded(text) == _folded(before):
        return after
    parts = text.split(";")
    if not before or len(parts) < 2:
        return None
    at = next((at for at, part in enumerate(parts) if _folded(part) == _folded(before)), None)
    if at is None:
        return None
    kept = [*parts[:at], *([after] if after else []), *parts[at + 1 :]]
    return "; ".join(part.strip() for part in kept)


def _folded(text: str) -> str:
    return " ".join(text.split())
