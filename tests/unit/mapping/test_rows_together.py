"""Rows that come together, a column at a time, are read as those that come one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Exported

CITIZENS = """
borger_id | cpr         | rolle    | barn | sor          | aktiv
B1        | 050520-9996 | barn     |      | 451000016003 | ja
F1        | 2911829996  | forælder | B1   | 451000016003 |
"""
VISITS = """
kontakt_id | borger_id | kontakttype      | kontaktform | start            | slut
K1         | B1        | Etableringsbesøg | HH          | 20-05-2020 12:45 | 20-05-2020 13:30
K2         | B1        | 2-months         | HH          | 20-07-2020 12:45 | 20-07-2020 13:30
K2         | B1        | 2-months         | HH          | 20-07-2020 12:45 | 20-07-2020 13:30
"""
HEADER = "observation_id | kontakt_id | variabel | værdi | enhed"
OBSERVED = """
O1 | K1 | Vægt  | 3.400 | g
O2 | K1 | Vægt  | 3400  | g
O3 | K2 | Længde | 58   | cm
"""


@pytest.mark.parametrize("together", [1, 2, 3, 7])
@pytest.mark.parametrize(
    "below",
    [
        "O4 | K9 | Vægt | 5000 | g",
        "O4 |    | Vægt | 5000 | g",
        "O1 | K2 |      | 5000 | g",
        "   | K2 | Vægt | 5000 | g",
        "I alt | 4 | | |",
        "kontakt | enhed | variabel | 3 | 4",
        HEADER,
        "finding_id | kontakt_id | fund | start | status",
        "kontakt_id | borger_id | kontakttype | kontaktform | start",
        "O4 | K2 | Vægt | 5000 | g | mere",
        "O4 | K2 | Vægt",
    ],
)
@pytest.mark.parametrize("header", [HEADER, f"{HEADER} | egen", HEADER.replace("variabel", "hvad")])
def test_they_say_the_same(exported: Exported, header: str, below: str, together: int) -> None:
    observed = "\n".join((header, *OBSERVED.strip().splitlines(), below, *OBSERVED.replace("O", "P").splitlines()[1:]))
    sheets = {"Borgere": CITIZENS, "Kontakter": VISITS, "Observationer": observed}

    def read(together: int) -> tuple[object, object, list[str], list[str]]:
        tables = (exported.table(name, exported.rows(text)) for name, text in sheets.items())
        journal = exported.read_or_none(*tables, together=together)
        assert journal is not None
        account = journal.account
        return (
            journal.families,
            account.found,
            sorted(map(repr, account.not_read)),
            sorted(map(repr, journal.notes)),
        )

    assert read(together) == read(0)
