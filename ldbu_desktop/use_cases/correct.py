"""A corrected copy of the files that were opened: never the files themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from ldbu_desktop.faults import CallFault
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.findings.text import rendered
from ldbu_desktop.language import chosen
from ldbu_desktop.rendering.corrected_text import CellChange, corrected_text
from ldbu_desktop.rendering.corrected_workbook import corrected_workbook
from ldbu_desktop.rendering.corrections import beside, corrections_table, findings_table
from ldbu_desktop.rendering.tables import DataTable, write_workbook
from ldbu_desktop.sources.found import FileType, FoundFile
from ldbu_desktop.sources.reader import Reader
from ldbu_desktop.whole_files import write_whole
from ldbu_desktop.work import Cancellation
from ldbu_desktop.workspace.corrected_cells import Cell, CellCorrection, corrected_cells
from ldbu_desktop.workspace.mending import known_among, known_mends, mending
from ldbu_desktop.workspace.steps import Correction
from ldbu_desktop.workspace.workspace import Workspace

_KINDS = (FileType.WORKBOOK, FileType.DELIMITED)
"""What a copy can be made of with other cells and nothing else."""


@dataclass(frozen=True, slots=True)
class CorrectedCopy:
    """What was written: the copies, how many values were changed in them, and the corrections for which there is no
    cell. ``lost`` are the folders of what a workbook's copy does not have (charts, pictures, macros)."""

    written: tuple[Path, ...]
    changed: int
    elsewhere: tuple[Correction, ...]
    lost: tuple[str, ...]


def mend_known(work: Workspace) -> int:
    """Mend everything whose answer is known, cause by cause, each in one step; returns how many values were changed."""
    changed = 0
    for cause in work.causes():
        left = list(cause.findings)
        for how in known_mends(cause.first):
            good = known_among(work, left, how)
            if good:
                operation = mending(work, good, how)
                work.do(operation)
                changed += len(operation.edits)
                mended = {id(one) for one in good}
                left = [one for one in left if id(one) not in mended]
    return changed


def correct(
    work: Workspace, paths: Sequence[Path], target: Path, cancellation: Cancellation | None = None
) -> CorrectedCopy:
    """Write corrected copies of the files of ``paths`` that ``work`` was read from.

    ``target`` is the copy of a single file, and a folder where there are several. Raises
    :class:`~ldbu_desktop.faults.CallFault` where a copy would take the place of its file, and where there is no file
    of a kind that can be copied so; :class:`~ldbu_desktop.faults.OutputFault` where it can't be written.
    """
    cancellation = cancellation or Cancellation()
    corrections = tuple(work.steps.corrections)
    placed = corrected_cells(work.journal, corrections)
    elsewhere = list(placed.elsewhere)
    lost: list[str] = []
    written: list[Path] = []
    changed = 0
    with Reader() as reader:
        files = _files_to_copy(work, reader, paths)
        several = len(files) > 1
        copied = {file.name for file in files}
        elsewhere += (one.correction for one in placed.cells if one.cell.file not in copied)
        for file in files:
            cancellation.check()
            copy = _Copy(work, reader, file, target / file.name if several else target)
            result = copy.write(corrections, placed.cells, placed.elsewhere)
            written += copy.written
            elsewhere += result
            lost += copy.lost
            changed += copy.changed
    return CorrectedCopy(tuple(written), changed, tuple(dict.fromkeys(elsewhere)), tuple(dict.fromkeys(lost)))


def _files_to_copy(work: Workspace, reader: Reader, paths: Sequence[Path]) -> list[FoundFile]:
    """The files of ``paths`` that were read and can be copied with other cells."""
    names = {source.name for source in work.journal.sources}
    read = [
        one
        for one in reader.files(paths)
        if isinstance(one, FoundFile) and names & {one.name, one.source.name if one.source is not None else ""}
    ]
    files = [one for one in read if one.is_on_disk and one.kind in _KINDS]
    if not files:
        is_packed = any(not one.is_on_disk for one in read)
        name = read[0].name if read else Path(paths[0]).name
        raise CallFault("copy-in-archive" if is_packed else "copy-kind-unknown", file=name)
    return files


class _Copy:
    """The copy of one file."""

    def __init__(self, work: Workspace, reader: Reader, file: FoundFile, target: Path) -> None:
        source = cast(Path, file.source)
        if target.exists() and target.samefile(source):
            raise CallFault("copy-onto-itself", file=file.name)
        self._work, self._reader, self._file, self._source, self._target = work, reader, file, source, target
        self._delimiter = ""
        self._is_text = file.kind is FileType.DELIMITED
        self.written: list[Path] = []
        self.lost: tuple[str, ...] = ()
        self.changed = 0

    def write(
        self, corrections: Sequence[Correction], cells: Sequence[CellCorrection], elsewhere: Sequence[Correction]
    ) -> list[Correction]:
        """Write it, and return the corrections for which a cell was not found, or says something else."""
        name = self._file.name
        of_file = [one for one in cells if one.cell.file == name]
        changes, left = self._changes(of_file)
        mine = [one for one in corrections if one.change.origin.file == name]
        if self._is_text:
            left += self._write_text(changes)
            changes_file = beside(self._target)
            pages = (
                self._journal(mine, [*elsewhere, *left]),
                findings_table(self._findings(), self._work.standard),
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
        return corrections_table(mine, self._work.standard, elsewhere)

    def _changes(self, cells: Sequence[CellCorrection]) -> tuple[dict[Cell, _NewText], list[Correction]]:
        """The new text of each cell, and the corrections whose cell does not say what it was read as."""
        by_cell: dict[Cell, list[CellCorrection]] = {}
        for one in cells:
            by_cell.setdefault(one.cell, []).append(one)
        texts = self._texts(by_cell)
        changes: dict[Cell, _NewText] = {}
        left: list[Correction] = []
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
        return changes, left

    def _texts(self, cells: dict[Cell, list[CellCorrection]]) -> dict[Cell, str]:
        """What the file says in the cells, as it is read."""
        rows: dict[tuple[str, int], list[Cell]] = {}
        for cell in cells:
            rows.setdefault((cell.sheet, cell.row), []).append(cell)
        texts = {}
        if rows:
            with self._reader.tables(self._file) as tables:
                for table in tables:
                    self._delimiter = table.delimiter
                    for number, row in table.rows:
                        for cell in rows.get((table.sheet, number), ()):
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
            copied = corrected_workbook(self._source, aside, texts, comments, journal)
            self.lost = copied.lost
            merged.extend(one for place in copied.left for one in places[place].corrections)

        write_whole(self._target, write, is_private=True)
        return merged

    def _findings(self) -> Iterator[Finding]:
        findings = self._work.findings
        if findings is not None:
            yield from (one for one in findings.all if one.location.origin.file == self._file.name)

    def _comments(self) -> dict[tuple[str, int, int], str]:
        """What is found at each cell; what has no cell stands at the first of its row."""
        told: dict[tuple[str, int, int], list[str]] = {}
        for finding in self._findings():
            at = finding.location
            if at.origin.sheet and at.origin.row:
                words = rendered(finding, chosen(), self._work.standard)
                place = (at.origin.sheet, at.origin.row, max(at.column, 0))
                told.setdefault(place, []).append(f"{words.title}: {words.message}\n{words.remedy}")
        return {place: "\n\n".join(texts) for place, texts in told.items()}


@dataclass(frozen=True, slots=True)
class _NewText:
    """What a cell says, what it is to say, and the corrections that ask for it."""

    before: str
    after: str
    corrections: tuple[Correction, ...]


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
