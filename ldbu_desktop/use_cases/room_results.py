"""What a room answered: results added up, and written as a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ldbu_desktop.faults import FileFault
from ldbu_desktop.rendering.tables import workbook
from ldbu_desktop.rendering.training import room_tables
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.training.model import Case
from ldbu_desktop.training.results import ENDING, Result, Room, read_result, room_of
from ldbu_desktop.whole_files import write_whole


class RoomRead(NamedTuple):
    """What a room answered, and what is not added up with it: files that hold no result, or one of another case."""

    room: Room
    faults: tuple[FileFault, ...] = ()


def room(paths: Sequence[Path]) -> RoomRead:
    """The results of a room, from learners' files and folders of them.

    A file that is named twice, or copied, counts once. They are added up of the case that most are of. Raises
    :class:`~ldbu_desktop.faults.FileFault` where there is no result, and where as many are of another case.
    """
    files = [each for path in paths for each in (sorted(path.glob(f"*{ENDING}")) if path.is_dir() else [path])]
    if not files:
        raise FileFault("result-none", file=", ".join(path.name for path in paths) or "-")
    results, faults = dict[Path, Result](), list[FileFault]()
    known: dict[str, Path] = {}
    for path in {path.resolve(): path for path in files}.values():
        try:
            result = read_result(path)
        except FileFault as fault:
            faults.append(fault)
            continue
        if result.id and known.setdefault(result.id, path) is not path:
            faults.append(FileFault("result-twice", file=path.name, other=known[result.id].name))
        else:
            results[path] = result
    if not results:
        raise faults[0]
    (case, most), *others = Counter(one.case for one in results.values()).most_common(2)
    if others and others[0][1] == most:
        raise FileFault("result-cases-differ", file=", ".join(sorted({one.case for one in results.values()})))
    faults += [
        FileFault("result-other-case", file=path.name, id=one.case) for path, one in results.items() if one.case != case
    ]
    return RoomRead(room_of(one for one in results.values() if one.case == case), tuple(faults))


def write_room_workbook(room: Room, standard: Standard, path: Path, case: Case | None) -> None:
    """Write what a room answered as a workbook. Raises :class:`~ldbu_desktop.faults.OutputFault`."""
    data = workbook(room_tables(room, case, standard))
    write_whole(path, lambda aside: aside.write_bytes(data))
