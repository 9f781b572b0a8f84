"""Maps as files: what was decided is saved, kept for the next export of its kind, and read again."""

from __future__ import annotations

from pathlib import Path

from ldbu_desktop import __version__
from ldbu_desktop.faults import FileFault, OutputFault
from ldbu_desktop.mapping.links import Approval, Proposal
from ldbu_desktop.mapping.maps.loader import read_map
from ldbu_desktop.mapping.maps.model import Map
from ldbu_desktop.mapping.maps.recall import recalled
from ldbu_desktop.mapping.maps.remembered import remember, remembered
from ldbu_desktop.mapping.maps.writing import ENDING, map_of, write_map
from ldbu_desktop.standard.model import Standard


def made_map(proposal: Proposal, system: str, version: str, approval: Approval, standard: Standard) -> Map:
    """The map of what was decided in ``proposal``; what is known and sure is approved by who makes it."""
    return map_of(proposal, system, version, approval, standard, f"LDBU Desktop {__version__}")


def save_map(path: Path, made: Map) -> None:
    """Write a map; a file that holds something else is never replaced by one.

    Raises :class:`~ldbu_desktop.faults.OutputFault` where it can't be written.
    """
    if path.is_file() and path.suffix.casefold() != ENDING and not _holds_map(path):
        raise OutputFault("map-onto-another", file=path.name)
    write_map(path, made)


def _holds_map(path: Path) -> bool:
    try:
        read_map(path)
    except FileFault:
        return False
    return True


def remember_map(made: Map) -> Path:
    """Keep a map for exports of the same kind. Raises as :func:`save_map` does."""
    return remember(made)


def load_map(path: Path) -> Map:
    """The map in a file. Raises :class:`~ldbu_desktop.faults.FileFault` for what does not fit, with its line."""
    return read_map(path)


def with_maps(proposal: Proposal, maps: tuple[Map, ...]) -> Proposal:
    """The proposal with the decisions of maps in it."""
    return recalled(proposal, maps)


def with_remembered(proposal: Proposal) -> Proposal:
    """The proposal with the decisions of the maps that are kept."""
    return recalled(proposal, remembered())
