"""A case that somebody wrote, put into a site's own folder."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from ldbu_desktop.faults import FileFault
from ldbu_desktop.forms.writing import part_text
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.training.comparison import compared
from ldbu_desktop.training.journals import Part, journal_of
from ldbu_desktop.training.loader import case_in
from ldbu_desktop.training.mending import GOOD
from ldbu_desktop.training.model import Case
from ldbu_desktop.whole_files import write_whole

_MOST_OF_A_NAME = 1000


class WrittenCase(NamedTuple):
    """A case that was written by hand: the file, or what does not fit in it, so that nothing is written."""

    path: Path | None
    faults: tuple[FileFault, ...] = ()


def write_case(case: Case, folder: Path, standard: Standard, instead_of: str = "") -> WrittenCase:
    """Write a case to a site's own folder, if what is written fits. Raises :class:`OutputFault` where it can't be.

    It takes the place of the one with the id ``instead_of``. Another that has its name stays: then it gets a number.
    """
    case = replace(case, id=_free_id(case.id, folder, instead_of))
    path = folder / f"{case.id}.yaml"
    if not case.visits:
        return WrittenCase(None, (FileFault("case-without-key", file=path.name),))
    data = part_text(case).encode()
    read, faults = case_in(data, path.name, standard)
    if read is None:
        return WrittenCase(None, faults)
    missing = [one for one in compared(read, journal_of(read, standard, Part.ALL), standard) if one.outcome not in GOOD]
    if missing:
        return WrittenCase(None, (FileFault("case-key-unclear", file=path.name, found=missing[0].asked),))
    write_whole(path, lambda aside: aside.write_bytes(data))
    return WrittenCase(path)


def _free_id(id: str, folder: Path, instead_of: str) -> str:
    """The id itself where no other case of the folder has it; else with the first number that is free."""
    ids = (id, *(f"{id}-{number}" for number in range(2, _MOST_OF_A_NAME)))
    return next((one for one in ids if one == instead_of or not (folder / f"{one}.yaml").exists()), instead_of or id)
