"""A corrected copy of the files that were opened: never the files themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ldbu_desktop.faults import CallFault
from ldbu_desktop.rendering.corrected_copy import COPIED, CorrectedFile
from ldbu_desktop.sources.found import FoundFile
from ldbu_desktop.sources.reader import Reader
from ldbu_desktop.whole_files import make_folder, output_fault
from ldbu_desktop.work import Cancellation
from ldbu_desktop.workspace.corrected_cells import corrected_cells
from ldbu_desktop.workspace.steps import Correction
from ldbu_desktop.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class CorrectedCopy:
    """What was written: the copies, how many values were changed in them, and the corrections for which there is no
    cell. ``lost`` are the folders of what a workbook's copy does not have (charts, pictures, macros)."""

    written: tuple[Path, ...]
    changed: int
    elsewhere: tuple[Correction, ...]
    lost: tuple[str, ...]


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
    findings = () if work.findings is None else work.findings.all
    elsewhere = list(placed.elsewhere)
    lost: list[str] = []
    written: list[Path] = []
    changed = 0
    with Reader() as reader:
        files = _files_to_copy(work, reader, paths)
        several = len(files) > 1
        if several:
            _make(target)
        copied = {file.name for file in files}
        elsewhere += (one.correction for one in placed.cells if one.cell.file not in copied)
        for file in files:
            cancellation.check()
            copy = CorrectedFile(reader, file, target / file.name if several else target, findings, work.standard)
            result = copy.write(corrections, placed)
            written += copy.written
            elsewhere += result
            lost += copy.lost
            changed += copy.changed
    return CorrectedCopy(tuple(written), changed, tuple(dict.fromkeys(elsewhere)), tuple(dict.fromkeys(lost)))


def _make(folder: Path) -> None:
    try:
        make_folder(folder)
    except OSError as error:
        raise output_fault(error, folder.name) from error


def _files_to_copy(work: Workspace, reader: Reader, paths: Sequence[Path]) -> list[FoundFile]:
    """The files of ``paths`` that were read and can be copied with other cells."""
    names = {source.name for source in work.journal.sources}
    read = [
        one
        for one in reader.files(paths)
        if isinstance(one, FoundFile) and names & {one.name, one.source.name if one.source is not None else ""}
    ]
    files = [one for one in read if one.is_on_disk and one.kind in COPIED]
    if not files:
        is_packed = any(not one.is_on_disk for one in read)
        name = read[0].name if read else Path(paths[0]).name
        raise CallFault("copy-in-archive" if is_packed else "copy-kind-unknown", file=name)
    return files
