"""Columns of CPR numbers that spreadsheets have been at, each with the numbers that are meant; None where told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from ldbu_desktop.mapping.cpr_forms import cpr_reading

if TYPE_CHECKING:
    from conftest import Exported

TODAY = date(2026, 11, 28)
HEAD = "kontakt_id|barn_cpr|sor|kontakttype|kontaktform|start"
VISIT = "451000016003|Barselsbesøg|Hjemmebesøg|08-05-2020"


@pytest.mark.parametrize(
    ("raw", "child", "parent"),
    [
        ("0505209996", "0505209996", "0505209996"),
        ("050520-9996", "0505209996", "0505209996"),
        ("505209996", "0505209996", None),
        ("50520-9996", "0505209996", None),
        ("505829996", None, "0505829996"),
        ("110120999", None, None),
        ("101194123", "0101194123", None),
        ("101120-999", None, None),
        ("11012-4123", "0110124123", "0110124123"),
        ("110124123", None, "0110124123"),
        ("311219999", None, None),
        ("505209996.0", "0505209996", None),
        ("5.05209996E+08", "0505209996", None),
        ("12345", None, None),
        ("ukendt", None, None),
    ],
)
def test_nine_digits_are_one_person_or_none(raw: str, child: str | None, parent: str | None) -> None:
    assert cpr_reading(True, TODAY)(raw) == child
    assert cpr_reading(False, TODAY)(raw) == parent


@pytest.mark.parametrize(
    "column",
    [
        [("505209996", "0505209996"), ("2505209996", "2505209996")],
        [("505209996", None), ("0606209996", "0606209996")],
        [("505209996", "0505209996"), ("0505209996", "0505209996")],
        [("505209996", None), ("060620-9996", "0606209996"), ("50520-9996", None)],
        [("110120999", None), ("505209996", "0505209996")],
    ],
)
def test_zeros_are_lost_in_a_whole_column_or_not_at_all(
    exported: Exported, column: list[tuple[str, str | None]]
) -> None:
    rows = "\n".join(f"K{number}|{raw}|{VISIT}" for number, (raw, _) in enumerate(column))
    read = exported.wide(f"{HEAD}\n{rows}")
    people = {citizen.cpr.raw: citizen.cpr.value for family in read.families for citizen in family.citizens}
    for raw, value in column:
        assert people.get(raw, value) == value
    assert set(people.values()) == {value for _, value in column}


def test_children_and_parents_of_one_column(exported: Exported) -> None:
    citizens = "borger_id|cpr|rolle|barn|sor\nB1|505209996|barn||\nF1|505829996|forælder|B1|\nF2|505209996|far|B1|"
    read = exported.family(Borgere=citizens)
    assert [citizen.cpr.value for citizen in read.families[0].citizens] == ["0505209996", "0505829996", None]
