"""Sheets that are named after a type of visit: proposed for all of their rows, and never used without a yes."""

from __future__ import annotations

from datetime import date

import pytest

from ldbu_desktop.mapping import decisions
from ldbu_desktop.mapping.links import Approval, Constant, Proposal, State, Target
from ldbu_desktop.mapping.maps.model import Map
from ldbu_desktop.mapping.maps.recall import recalled
from ldbu_desktop.mapping.maps.writing import map_of
from ldbu_desktop.use_cases.standards import shipped_standard
from tests.data.exports.population import Seen
from tests.unit.mapping.proposing.conftest import Sheets, proposed

STANDARD = shipped_standard()
NURSE = Approval("SPL", date(2026, 11, 28))
CODES = {kind.id: kind.code for kind in STANDARD.visit_types}
SHEETS = {"2 mdr.": "2-months", "8-11 mdr": "8-11-months", "Barselsbesøg": "maternity"}


def rows(visits: list[Seen], kind: str) -> list[list[str]]:
    seen = [each for each in visits if each.kind.id == kind]
    cells = [[each.child.cpr, f"{each.start:%d-%m-%Y}", str(each.weight), str(each.height)] for each in seen]
    return [["CPR", "Besøgsdato", "Vægt (g)", "Længde (cm)"], *cells]


@pytest.fixture
def sheets(visits: list[Seen]) -> Sheets:
    return {sheet: rows(visits, kind) for sheet, kind in SHEETS.items()}


def said(proposal: Proposal) -> dict[str, str]:
    return {table.sheet: code for table, _, code in proposal.said_by_sheets()}


def constants(proposal: Proposal) -> dict[str, list[str]]:
    return {table.sheet: [each.value for each in table.constants] for table in proposal.tables}


def saved(proposal: Proposal) -> Map:
    return map_of(proposal, "Ark", "", NURSE, STANDARD, "LDBU Desktop")


def test_the_name_waits_for_a_yes(sheets: Sheets) -> None:
    proposal = proposed(sheets)
    codes = {sheet: CODES[kind] for sheet, kind in SHEETS.items()}
    assert said(proposal) == codes
    assert proposal.is_waiting
    assert constants(proposal) == {sheet: [] for sheet in SHEETS}
    approved = decisions.approve_sheets(proposal, NURSE)
    assert approved.tables[0].constants == (Constant("visit.type", CODES["2-months"], NURSE),)
    assert constants(approved) == {sheet: [code] for sheet, code in codes.items()}
    assert said(approved) == {}


@pytest.mark.parametrize("sheet", ["Ark1", "2020", "Besøg", "A-besøg", "1. besøg", "Behov"])
def test_a_name_that_is_none_or_several_proposes_nothing(visits: list[Seen], sheet: str) -> None:
    assert said(proposed({sheet: rows(visits, "2-months")})) == {}


def test_a_column_goes_before_the_name(visits: list[Seen]) -> None:
    typed = [[*row, "Besøgstype" if at == 0 else "4-6 måneder"] for at, row in enumerate(rows(visits, "4-6-months"))]
    assert said(proposed({"2 mdr.": typed})) == {}
    proposal = proposed({"2 mdr.": rows(visits, "2-months")})
    chosen = decisions.choose(proposal, proposal.columns[3], Target("visit.type"), NURSE)
    assert said(chosen) == {}


def test_sheets_without_days_have_no_visits(visits: list[Seen]) -> None:
    assert said(proposed({"2 mdr.": [[row[0], *row[2:]] for row in rows(visits, "2-months")]})) == {}


def test_a_map_has_for_each_sheet_what_is_of_that_one(sheets: Sheets) -> None:
    made = saved(decisions.approve_sheets(proposed(sheets), NURSE))
    turned = proposed({sheet: sheets[sheet] for sheet in reversed(SHEETS)})
    assert constants(recalled(turned, [made])) == {sheet: [CODES[kind]] for sheet, kind in SHEETS.items()}
    assert said(recalled(turned, [made])) == {}


def test_a_map_says_nothing_of_a_sheet_that_it_does_not_have(sheets: Sheets, visits: list[Seen]) -> None:
    made = saved(decisions.approve_sheets(proposed(sheets), NURSE))
    (table,) = recalled(proposed({"Ark1": rows(visits, "2-months")}), [made]).tables
    assert table.constants == ()
    assert table.evidence[-1].code == "constant-of-other-sheet"


def test_a_map_of_one_sheet_does_not_go_against_the_name_of_another(visits: list[Seen]) -> None:
    made = saved(decisions.approve_sheets(proposed({"2 mdr.": rows(visits, "2-months")}), NURSE))
    later = proposed({"Besøg 2 mdr 2021": rows(visits, "2-months")})
    assert constants(recalled(later, [made])) == {"Besøg 2 mdr 2021": [CODES["2-months"]]}
    other = recalled(proposed({"8-11 mdr": rows(visits, "8-11-months")}), [made])
    assert constants(other) == {"8-11 mdr": []}
    assert said(other) == {"8-11 mdr": CODES["8-11-months"]}
    assert other.columns[0].state is State.KNOWN


def test_what_is_set_for_sheets_of_any_name_holds_for_the_next(visits: list[Seen]) -> None:
    one = proposed({"Udtræk": rows(visits, "2-months")})
    made = saved(decisions.set_constant(one, one.tables[0], "visit.class", "HH", NURSE))
    assert constants(recalled(one, [made])) == {"Udtræk": ["HH"]}
    assert constants(recalled(proposed({"Ark2": rows(visits, "2-months")}), [made])) == {"Ark2": ["HH"]}
