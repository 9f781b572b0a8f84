"""The answers that were given about files: for those when they are looked at again, and for copies of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from msgspec.structs import replace

from ldbu_desktop.mapping.links import ColumnLink, Link, Place, Proposal, TableLink, ValueLink
from ldbu_desktop.ui.mapping.lines import column_of

Kept = TypeVar("Kept", ColumnLink, ValueLink)
OfTable = TypeVar("OfTable", TableLink, ColumnLink, ValueLink)

_LaidOut = tuple[tuple[object, ...], ...]


class KeptAnswers:
    """What files were read by while the window is open. A map that is saved keeps its answers for longer."""

    def __init__(self) -> None:
        self._given: dict[_LaidOut, Proposal] = {}

    def keep(self, proposal: Proposal) -> None:
        """Keep the answers by which files are read."""
        self._given[_laid_out(proposal)] = proposal

    def given_before(self, proposal: Proposal) -> Proposal:
        """A proposal with the answers that were given about files with the same tables, whatever these are called.

        It is itself where none were given, and where maps have answered.
        """
        before = self._given.get(_laid_out(proposal))
        if before is None or proposal.maps:
            return proposal
        return with_decisions(proposal, _moved(before, proposal))


def _laid_out(proposal: Proposal) -> _LaidOut:
    """Where the tables of files stand, and under which headers; files and sheets of copies have other names."""
    return tuple(
        (table.header_rows, table.rows, *((one.column, one.header) for one in proposal.columns_of(table)))
        for table in proposal.tables
    )


def _moved(before: Proposal, proposal: Proposal) -> Proposal:
    """A proposal as one about the files of another, table by table."""
    names = {
        (was.file, was.sheet): (now.file, now.sheet) for was, now in zip(before.tables, proposal.tables, strict=True)
    }

    def moved(one: OfTable) -> OfTable:
        file, sheet = names[one.file, one.sheet]
        return replace(one, file=file, sheet=sheet)

    return replace(
        before,
        tables=tuple(map(moved, before.tables)),
        columns=tuple(map(moved, before.columns)),
        values=tuple(map(moved, before.values)),
    )


def with_decisions(proposal: Proposal, before: Proposal) -> Proposal:
    """A proposal with what was decided before about the tables that stand where they stood, with the same headers."""
    headers = {column.place: column.header for column in proposal.columns}
    same = {column.place for column in before.columns if headers.get(column.place) == column.header}
    decided = {link.place: link for link in before.links if link.approval is not None and column_of(link.place) in same}
    tables = {table.place: table for table in before.tables}
    return replace(
        proposal,
        tables=tuple(replace(one, constants=tables.get(one.place, one).constants) for one in proposal.tables),
        columns=tuple(_kept(one, decided) for one in proposal.columns),
        values=tuple(_kept(one, decided) for one in proposal.values),
    )


def _kept(link: Kept, decided: Mapping[Place, Link]) -> Kept:
    known = decided.get(link.place)
    return known if isinstance(known, type(link)) else link
