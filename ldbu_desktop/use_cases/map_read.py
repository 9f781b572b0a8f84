"""Reading by a map: the journal of files by what was decided about their columns and values."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ldbu_desktop import clock
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.mapping.export_files import LinksOf
from ldbu_desktop.mapping.exports import Opened
from ldbu_desktop.mapping.links import Proposal
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.map import propose
from ldbu_desktop.use_cases.map_save import with_remembered
from ldbu_desktop.work import Cancellation, GoesOn, Progress, no_progress


def read_with(
    paths: Sequence[Path],
    standard: Standard,
    proposal: Proposal,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
    goes_on: GoesOn | None = None,
    *,
    is_glance: bool = False,
) -> Journal:
    """The journal of files by the links of ``proposal`` that are known, sure or approved, as far as they are read.

    Raises as :func:`~ldbu_desktop.use_cases.load.load` does.
    """
    return load(
        paths, standard, progress, cancellation, lambda _: proposal, goes_on, is_asked_first=True, is_glance=is_glance
    )


class WaitingError(Exception):
    """Something of the files waits for an answer: nothing is read before it is there."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__()
        self.proposal = proposal


def where_known(links_of: LinksOf) -> LinksOf:
    """What tables are taken for where nothing of that waits for an answer. Raises :class:`WaitingError` else."""

    def known(opened: Opened) -> Proposal:
        proposal = links_of(opened)
        if proposal.is_waiting:
            raise WaitingError(proposal)
        return proposal

    return known


def read_known(
    paths: Sequence[Path],
    standard: Standard,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
    goes_on: GoesOn | None = None,
) -> Journal:
    """The journal of files in which all is known, by a map that is remembered too, or sure, as far as they are read.

    Raises :class:`WaitingError` where something waits for an answer, otherwise as
    :func:`~ldbu_desktop.use_cases.load.load` does.
    """

    def links_of(opened: Opened) -> Proposal:
        return with_remembered(propose(paths, standard, clock.today(), progress, cancellation))

    return load(paths, standard, progress, cancellation, where_known(links_of), goes_on)
