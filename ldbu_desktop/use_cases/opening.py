"""Open work, from files, from a case file or from nothing: the one object that the window and the commands stand on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ldbu_desktop.work import Cancellation, Progress, no_progress
from ldbu_desktop.workspace.workspace import Workspace

# A window shows its first screen before anything is open: what is needed only then is imported only then.
if TYPE_CHECKING:
    from ldbu_desktop.casefile.case_file import CaseFile
    from ldbu_desktop.findings.summary import Findings
    from ldbu_desktop.journal.model import Journal
    from ldbu_desktop.mapping.links import Proposal
    from ldbu_desktop.standard.model import Standard


def nothing(standard: Callable[[], Standard]) -> Workspace:
    """What there is before anything is open; the standard is read when it is first asked for."""
    return Workspace(standard, _judged_again)


def open_files(
    paths: Sequence[Path],
    standard: Standard,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
    maps: Sequence[Path] = (),
) -> Workspace:
    """What files hold together, not checked yet; foreign ones read by ``maps``, or by those that are remembered.

    Raises as :func:`~ldbu_desktop.use_cases.load.load` does.
    """
    from ldbu_desktop.use_cases.load import load
    from ldbu_desktop.use_cases.map_links import links_by

    links_of = links_by(maps, standard) if maps else None
    return _opened(standard, load(paths, standard, progress, cancellation, links_of), paths)


def open_known_files(
    paths: Sequence[Path],
    standard: Standard,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
) -> Workspace | Proposal:
    """What files hold together, if all of them is known or sure; else what they are taken for. Raises as above."""
    from ldbu_desktop.use_cases.map_read import WaitingError, read_known

    try:
        return _opened(standard, read_known(paths, standard, progress, cancellation), paths)
    except WaitingError as waiting:
        return waiting.proposal


def open_mapped_files(
    paths: Sequence[Path],
    standard: Standard,
    proposal: Proposal,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
) -> Workspace:
    """What files hold by what of ``proposal`` is known, sure or approved. Raises as :func:`open_files` does."""
    from ldbu_desktop.use_cases.map_read import read_with

    return _opened(standard, read_with(paths, standard, proposal, progress, cancellation), paths)


def try_out(standard: Standard) -> Workspace:
    """A case to fill that is kept nowhere."""
    return _filled(standard, _new_case())


def create_case(path: Path, passphrase: str, standard: Standard, journal: Journal | None = None) -> Workspace:
    """A new case file, empty or with a journal. Raises as :meth:`~ldbu_desktop.casefile.case_file.CaseFile.create`."""
    from ldbu_desktop.casefile.case_file import CaseFile

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
    from ldbu_desktop.casefile.case_file import journal_of

    return _filled(standard, journal_of(path, passphrase))


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
    return _opened(standard, journal, is_filled=True, file=file)


def _opened(
    standard: Standard,
    journal: Journal,
    paths: Sequence[Path] = (),
    *,
    is_filled: bool = False,
    file: CaseFile | None = None,
) -> Workspace:
    """With the index of it, which takes time for a large one."""
    from ldbu_desktop.workspace.index import index_of

    work = Workspace(lambda: standard, _judged_again, journal, index_of(journal), is_filled=is_filled, file=file)
    work.paths = tuple(paths)
    return work


def _judged_again(findings: Findings, journal: Journal, families: Collection[str]) -> Findings:
    from ldbu_desktop.use_cases.validate import revalidated

    return revalidated(findings, journal, families)
