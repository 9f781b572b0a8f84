"""A list of codes that is gone, or has changed, since a map was made by it: only what means the same is known."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from ldbu_desktop.cli.program import run
from ldbu_desktop.mapping.links import Approval, Proposal, State
from ldbu_desktop.mapping.maps.model import Map
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.map import propose
from ldbu_desktop.use_cases.map_decide import Answers, decided
from ldbu_desktop.use_cases.map_save import load_map, made_map, save_map, with_maps
from tests.data.exports.population import Population

STANDARD = shipped_standard()
TODAY = date(2026, 11, 28)
VISITS = Population("changed lists", children=8).visits
WORDS = {"1": "Fuldamning", "2": "Ammes primært", "3": "Ammes som supplement", "4": "MME", "5": "Familiens mad"}
KEPT = frozenset(WORDS)


def written(folder: Path, codes: Mapping[str, str], *more: tuple[str, str]) -> Path:
    """An export whose answers are numbers, and the list that explains them, if there is one, with ``more`` below."""
    book = Workbook()
    data = book.active
    data.append(["Barnets CPR", "Besøgsdato", "Ernæring"])
    for at, seen in enumerate(VISITS):
        data.append([seen.child.cpr, f"{seen.start:%d-%m-%Y %H:%M}", str(at % 5 + 1)])
    if codes:
        listed = book.create_sheet("Kodeliste")
        for row in (("Felt", "Kode", "Tekst"), *(("Ernæring", *each) for each in (*codes.items(), *more))):
            listed.append(row)
    book.save(path := folder / "eksport.xlsx")
    return path


@pytest.fixture
def made(tmp_path: Path) -> Map:
    """The map of an export with its list, kept in a file and read again."""
    path = written(tmp_path, WORDS)
    proposal = decided(propose([path], STANDARD, TODAY), Answers("SPL", approve=("all",)), STANDARD)
    save_map(tmp_path / "kort.ldbumap", made_map(proposal, "Ark", "1", Approval("SPL", TODAY), STANDARD))
    return load_map(tmp_path / "kort.ldbumap")


def known(proposal: Proposal) -> set[str]:
    """The texts that are read by what was decided about them."""
    return {each.value for each in proposal.values if each.variable == "feeding" and each.state is State.KNOWN}


@pytest.mark.parametrize(
    ("change", "still"),
    [
        ({}, KEPT),
        ({"1": "Fuldt ammet", "4": "Modermælkserstatning"}, KEPT),
        ({"1": "MME", "4": "Fuldamning"}, KEPT - {"1", "4"}),
        ({"1": "Rød", "2": "Gul"}, KEPT - {"1", "2"}),
        ({"5": "Ikke oplyst"}, KEPT - {"5"}),
    ],
)
def test_what_a_list_says_otherwise_is_asked_about(
    tmp_path: Path, made: Map, change: dict[str, str], still: frozenset[str]
) -> None:
    path = written(tmp_path, WORDS | change)
    proposal = with_maps(propose([path], STANDARD, TODAY), (made,))
    assert known(proposal) == still
    waits = [each for each in proposal.waiting() if each.place.variable == "feeding"]
    assert {each.place.value for each in waits} == KEPT - still
    assert all("remembered-meaning-differs" in {one.code for one in each.evidence} for each in waits)


@pytest.mark.parametrize("codes", [{}, {"1": "Fuldamning"}])  # a row alone is no list
def test_what_no_list_says_any_more_is_asked_about_once(tmp_path: Path, made: Map, codes: dict[str, str]) -> None:
    """The code may mean something else by now; who says that it does not is not asked again."""
    path = written(tmp_path, codes)
    proposal = with_maps(propose([path], STANDARD, TODAY), (made,))
    assert not known(proposal)
    (four,) = (each for each in proposal.values if (each.variable, each.value) == ("feeding", "4"))
    assert (four.state, four.code is not None) == (State.PROPOSED, True)
    told = {one.code: one.facts for one in four.evidence}
    assert told["remembered-without-list"] == {"text": "MME"}
    approved = decided(proposal, Answers("SPL", approve=("all",)), STANDARD)
    again = made_map(approved, "Ark", "2", Approval("SPL", TODAY), STANDARD)
    assert known(with_maps(propose([path], STANDARD, TODAY), (again,))) == KEPT


@pytest.mark.parametrize("codes", [{}, WORDS | {"1": "MME", "4": "Fuldamning"}])
def test_a_list_that_is_gone_or_says_otherwise_is_told_with_a_map(
    tmp_path: Path, made: Map, codes: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, codes)
    assert run(["validate", str(path), "--map", str(tmp_path / "kort.ldbumap"), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    waits = {one["found"] for one in found if one["code"] == "file-value-waits"}
    assert waits == ({"1", "4"} if codes else KEPT)


def test_a_code_that_a_list_explains_twice_is_asked_about(tmp_path: Path, made: Map) -> None:
    twice = propose([written(tmp_path, WORDS, ("2", "MME"))], STANDARD, TODAY)
    (two,) = (each for each in twice.values if (each.variable, each.value) == ("feeding", "2"))
    assert two.state is State.PROPOSED
    assert {"Ammes primært", "MME"} == set(two.text_of_list.split("  /  "))
    assert known(with_maps(twice, (made,))) == KEPT - {"2"}


def test_a_code_that_a_list_explains_in_two_languages_is_known(tmp_path: Path, made: Map) -> None:
    path = written(tmp_path, WORDS, ("1", "Exclusively breastfed"), ("2", "ammes primært"))
    proposal = with_maps(propose([path], STANDARD, TODAY), (made,))
    assert known(proposal) == KEPT


def test_words_that_nobody_but_the_user_understands_are_known_while_they_stay(tmp_path: Path) -> None:
    path = written(tmp_path, WORDS | {"1": "Type A"})
    proposal = decided(propose([path], STANDARD, TODAY), Answers("SPL", approve=("all",)), STANDARD)
    made = made_map(proposal, "Ark", "1", Approval("SPL", TODAY), STANDARD)
    texts = {each.value: each.text for table in made.tables for column in table.columns for each in column.values}
    assert texts["1"] == "Type A"
    assert known(with_maps(propose([path], STANDARD, TODAY), (made,))) >= KEPT - {"1"}
