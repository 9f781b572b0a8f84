"""What foreign tables are taken for when they are read: what is proposed, and what maps have decided about the like."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ldbu_desktop import clock
from ldbu_desktop.faults import FileFault
from ldbu_desktop.mapping.export_files import LinksOf
from ldbu_desktop.mapping.exports import Opened
from ldbu_desktop.mapping.links import OWN_SHAPES, Proposal
from ldbu_desktop.standard.model import Standard


def remembered_links(standard: Standard) -> LinksOf:
    """The proposal for tables when they are opened, with the decisions of the maps that are kept."""

    def links_of(opened: Opened) -> Proposal:
        # Nobody whose exports are ours needs these, nor the words and answers of others.
        from ldbu_desktop.mapping.maps.recall import recalled
        from ldbu_desktop.mapping.maps.remembered import remembered

        return recalled(_proposed(opened, standard), remembered())

    return links_of


def links_by(paths: Sequence[Path], standard: Standard) -> LinksOf:
    """The proposal for tables when they are opened, with the decisions of the maps that ``paths`` hold.

    Raises :class:`FileFault` for a map that can't be read, and where none of its tables is like one of the files'.
    """
    from ldbu_desktop.mapping.maps.loader import read_map

    maps = tuple(map(read_map, paths))

    def links_of(opened: Opened) -> Proposal:
        from ldbu_desktop.mapping.maps.recall import recalled

        proposal = recalled(_proposed(opened, standard), maps)
        is_foreign = any(table.shape not in OWN_SHAPES for table in proposal.tables)
        if is_foreign and not proposal.maps:
            name = ", ".join(path.name for path in paths)
            raise FileFault("map-of-another-file", file=", ".join(_files(proposal)), map=name)
        return proposal

    return links_of


def _proposed(opened: Opened, standard: Standard) -> Proposal:
    from ldbu_desktop.mapping.proposing.proposer import Proposer

    proposer = Proposer(standard, clock.today())
    with opened() as tables:
        for table in tables:
            proposer.add(table)
    return proposer.proposal()


def _files(proposal: Proposal) -> dict[str, None]:
    return dict.fromkeys(table.file for table in proposal.tables)
