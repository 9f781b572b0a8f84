"""Cells and headers of as many letters as a spreadsheet holds: they say nothing, and cost no more than others."""

from __future__ import annotations

import pytest

from ldbu_desktop.mapping.links import State
from tests.data.exports.population import Seen
from tests.unit.mapping.proposing.conftest import linked

MOST = 32_767
TEXTS = {
    "one word": "x" * MOST,
    "one word of known words": ("gram" * MOST)[:MOST],
    "known words": ("vægt og længde " * MOST)[:MOST],
    "ages": ("4-6 mdr " * MOST)[:MOST],
    "a legend": ("1=fuld, " * MOST)[:MOST],
    "brackets": "(" * MOST,
    "digits": "1" * MOST,
}


def columns(visits: list[Seen]) -> dict[str, list[str]]:
    return {
        "CPR": [seen.child.cpr for seen in visits],
        "Besøgsdato": [f"{seen.start:%d-%m-%Y}" for seen in visits],
        "Besøgstype": [seen.kind.label.da for seen in visits],
        "Vægt (g)": [str(seen.weight) for seen in visits],
    }


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_cell_is_no_more_than_a_slip_of_its_column(visits: list[Seen], text: str) -> None:
    good = columns(visits)
    for header in good:
        found = linked({**good, header: [text, *good[header][1:]]})
        assert {name for name, link in found.items() if link.state is State.SURE} >= good.keys() - {header}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_header_of_so_many_letters_names_nothing(visits: list[Seen], text: str) -> None:
    found = linked({**columns(visits), text: [f"K{seen.number}" for seen in visits]})
    assert all(link.target is None for link in found.values() if link.header == text)
