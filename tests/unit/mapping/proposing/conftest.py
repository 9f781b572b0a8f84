"""A table as its columns, and what it is taken for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pytest

from ldbu_desktop.mapping.links import ColumnLink, Proposal
from ldbu_desktop.mapping.proposing.proposer import Proposer
from ldbu_desktop.sources.tables import Table
from ldbu_desktop.use_cases.standards import shipped_standard
from tests.data.exports.population import Population, Seen
from tests.unit.mapping.conftest import coming

TODAY = date(2026, 11, 28)

Sheets = Mapping[str, Sequence[Sequence[str]]]
Columns = Mapping[str, Sequence[str]]


def proposed(sheets: Sheets, merged: Sequence[tuple[int, int, int, int]] = (), *, together: int = 0) -> Proposal:
    """What sheets of rows are taken for; rows that are empty are not handed on, as no reader does.

    Rows come one by one, or so many ``together`` as long as they are of one width.
    """
    proposer = Proposer(shipped_standard(), TODAY)
    for name, rows in sheets.items():
        numbered = [(at, list(map(str, row))) for at, row in enumerate(rows, start=1) if any(row)]
        proposer.add(Table("fil.xlsx", name, coming(numbered, together), merged=list(merged)))
    return proposer.proposal()


def linked(columns: Columns, sheet: str = "Ark1") -> dict[str, ColumnLink]:
    """The link of each column by its header."""
    rows = [list(columns), *map(list, zip(*columns.values(), strict=True))]
    return {link.header: link for link in proposed({sheet: rows}).columns}


def told(link: ColumnLink) -> set[str]:
    """The codes of a link's evidence."""
    return {evidence.code for evidence in link.evidence}


@pytest.fixture(scope="session")
def visits() -> list[Seen]:
    """Visits of made-up children."""
    return Population("unit", children=14).visits


@pytest.fixture
def of(visits: list[Seen]) -> Callable[[Callable[[Seen], object]], list[str]]:
    """A column: one text a visit."""
    return lambda tell: [str(tell(seen)) for seen in visits]
