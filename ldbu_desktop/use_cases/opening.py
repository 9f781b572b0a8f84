"""Open work, from files or from nothing: the one object that the window and the commands stand on."""

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
    from ldbu_desktop.journal.model import Family, Journal
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
    from ldbu_desktop.use_cases.load import load_by_maps

    return opened(standard, load_by_maps(paths, maps, standard, progress, cancellation), paths)


def open_known_files(
    paths: Sequence[Path],
    standard: Standard,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
) -> Workspace | Proposal:
    """What files hold together, if all of them is known or sure; else what they are taken for. Raises as above."""
    from ldbu_desktop.use_cases.map_read import WaitingError, read_known

    try:
        return opened(standard, read_known(paths, standard, progress, cancellation), paths)
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

    return opened(standard, read_with(paths, standard, proposal, progress, cancellation), paths)


def opened(
    standard: Standard,
    journal: Journal,
    paths: Sequence[Path] = (),
    *,
    is_filled: bool = False,
    file: CaseFile | None = None,
) -> Workspace:
    """A journal as open work, with the index of it, which takes time for a large one."""
    from ldbu_desktop.workspace.index import index_of

    work = Workspace(lambda: standard, _judged_again, journal, index_of(journal), is_filled=is_filled, file=file)
    work.paths = tuple(paths)
    return work


def _judged_again(
    findings: Findings, journal: Journal, families: Collection[str], now: tuple[Family, ...] | None
) -> Findings:
    from ldbu_desktop.use_cases.revalidate import revalidated

    return revalidated(findings, journal, families, now)
