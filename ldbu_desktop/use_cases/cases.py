"""Cases that are filled: new, opened from a case file, or copied out of one; each is open work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ldbu_desktop.policy import policy
from ldbu_desktop.use_cases.opening import opened
from ldbu_desktop.work import Cancellation, Progress, no_progress
from ldbu_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:
    from ldbu_desktop.casefile.case_file import CaseFile
    from ldbu_desktop.casefile.state import Salvage
    from ldbu_desktop.journal.model import Journal
    from ldbu_desktop.standard.model import Standard


def try_out(standard: Standard) -> Workspace:
    """A case to fill that is kept nowhere."""
    return _filled(standard, _new_case())


def create_case(path: Path, passphrase: str, standard: Standard, journal: Journal | None = None) -> Workspace:
    """A new case file, empty or with a journal. Raises as :meth:`~ldbu_desktop.casefile.case_file.CaseFile.create`.

    Raises :class:`~ldbu_desktop.faults.OutputFault` too where the machine's policy is that it lies elsewhere.
    """
    from ldbu_desktop.casefile.case_file import CaseFile

    policy().must_take_case(path)
    return _kept(standard, CaseFile.create(path, passphrase, _new_case() if journal is None else journal))


def open_case(path: Path, passphrase: str, standard: Standard) -> Workspace:
    """A case file to fill further. Raises as :meth:`~ldbu_desktop.casefile.case_file.CaseFile.open` does."""
    from ldbu_desktop.casefile.case_file import CaseFile

    return _kept(standard, CaseFile.open(path, passphrase))


def open_remembered(path: Path, standard: Standard) -> Workspace | None:
    """A case file whose key this computer remembers; None where it does not. Raises as :func:`open_case`."""
    from ldbu_desktop.casefile.case_file import CaseFile

    file = CaseFile.open_remembered(path)
    return None if file is None else _kept(standard, file)


def copy_of_case(path: Path, passphrase: str, standard: Standard) -> Workspace:
    """What a case file holds, kept nowhere: the file may lie where nothing can be written."""
    from ldbu_desktop.casefile.case_file import read_copy

    copy = read_copy(path, passphrase)
    work = _filled(standard, copy.journal)
    work.warning = copy.warning
    return work


def rescue_case(
    path: Path,
    passphrase: str,
    to: Path,
    standard: Standard,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
) -> tuple[Workspace, Salvage]:
    """A new case file with what is whole of a damaged one, to fill further, and what was lost.

    Raises as :func:`~ldbu_desktop.use_cases.rescue.rescue_case` does.
    """
    from ldbu_desktop.use_cases import rescue

    rescued = rescue.rescue_case(path, passphrase, to, progress, cancellation)
    return _kept(standard, rescued.case), rescued.salvage


def place_for_keys() -> str:
    """What this computer's place for secrets is called; empty where it has none."""
    from ldbu_desktop.casefile.remembered_keys import place

    return place()


def _new_case() -> Journal:
    from ldbu_desktop.editing.families import new_case

    return new_case()


def _kept(standard: Standard, file: CaseFile) -> Workspace:
    return _filled(standard, file.journal, file)


def _filled(standard: Standard, journal: Journal, file: CaseFile | None = None) -> Workspace:
    return opened(standard, journal, is_filled=True, file=file)
