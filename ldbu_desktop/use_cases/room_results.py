"""What a room answered: results added up, and written as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ldbu_desktop.faults import FileFault
from ldbu_desktop.rendering.tables import workbook
from ldbu_desktop.rendering.training import room_tables
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.training.model import Case
from ldbu_desktop.training.results import ENDING, Room, read_result, room_of
from ldbu_desktop.whole_files import write_whole


def room(paths: Sequence[Path]) -> Room:
    """The results of a room, from learners' files and folders of them.

    A file that is named twice counts once. Raises :class:`~ldbu_desktop.faults.FileFault` for a file that holds no
    result, where there is none, and where cases differ.
    """
    files = [each for path in paths for each in (sorted(path.glob(f"*{ENDING}")) if path.is_dir() else [path])]
    if not files:
        raise FileFault("result-none", file=", ".join(path.name for path in paths) or "-")
    return room_of(read_result(path) for path in {path.resolve(): path for path in files}.values())


def write_room_workbook(room: Room, standard: Standard, path: Path, case: Case | None) -> None:
    """Write what a room answered as a workbook. Raises :class:`~ldbu_desktop.faults.OutputFault`."""
    data = workbook(room_tables(room, case, standard))
    write_whole(path, lambda aside: aside.write_bytes(data))
