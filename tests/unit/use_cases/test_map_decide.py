"""Decisions as a call names them: what is said of dates is said of columns of dates, and of nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.written_dates import DateForm
from ldbu_desktop.mapping.links import Proposal, State
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.map import propose
from ldbu_desktop.use_cases.map_decide import ALL, UNMAPPED, Answers, decided

STANDARD = shipped_standard()
TEXT = """\
CPR;Besøgsdato;Vægt (g);Søvn
0505209996;05/06/2020;4250;god
0505209996;07/08/2020;5300;god
0505209996;07/09/2020;5350;skidt
"""


@pytest.fixture
def found(tmp_path: Path) -> Proposal:
    """What an export is taken for, whose dates can be read in two orders, and with texts that nobody knows."""
    path = tmp_path / "besøg.csv"
    path.write_text(TEXT, encoding="utf-8")
    return propose([path], STANDARD, date(2025, 12, 1))


@pytest.mark.parametrize("name", ["Besøgsdato", "B", ALL])
def test_the_order_of_dates_is_said_of_columns_of_dates_alone(found: Proposal, name: str) -> None:
    answered = decided(found, Answers("SPL", dates=(f"{name}={DateForm.MONTH_FIRST}",)), STANDARD)
    (changed,) = (now for was, now in zip(found.links, answered.links, strict=True) if now != was)
    (column,) = (one for one in answered.columns if one.header == "Besøgsdato")
    assert changed is column
    assert column.target is not None
    assert (column.state, column.target.order) == (State.KNOWN, DateForm.MONTH_FIRST)


@pytest.mark.parametrize("name", ["Søvn", "Vægt (g)", UNMAPPED])
def test_what_holds_no_dates_has_no_order(found: Proposal, name: str) -> None:
    with pytest.raises(CallFault) as raised:
        decided(found, Answers("SPL", dates=(f"{name}={DateForm.DAY_FIRST}",)), STANDARD)
    assert (raised.value.key, raised.value.facts) == ("map-column-without-dates", {"column": name})


@pytest.mark.parametrize(
    ("assignment", "key"),
    [
        ("visit.class", "map-set-unreadable"),
        ("visit.class=XYZ", "map-set-not-there"),
        ("blodtryk=1", "map-set-not-there"),
        ("citizen.cpr=0505209996", "map-set-not-there"),
    ],
)
def test_only_what_the_standard_has_is_the_same_for_all(found: Proposal, assignment: str, key: str) -> None:
    with pytest.raises(CallFault) as raised:
        decided(found, Answers("SPL", constants=(assignment,)), STANDARD)
    assert raised.value.key == key


@pytest.mark.parametrize("assignment", ["visit.class=HH", "citizen.organisation=451000016003"])
def test_what_is_the_same_for_all_is_said_once(found: Proposal, assignment: str) -> None:
    answered = decided(found, Answers("SPL", constants=(assignment,)), STANDARD)
    assert [f"{each.variable}={each.value}" for table in answered.tables for each in table.constants] == [assignment]


@pytest.mark.parametrize(("by", "key"), [(" ", "map-by-nobody"), ("050520-9996", "map-by-person")])
def test_who_answers_is_a_role_and_no_number(by: str, key: str) -> None:
    with pytest.raises(CallFault) as raised:
        _ = Answers(by).approval
    assert raised.value.key == key
