"""Two children under one CPR number: what tells them apart is held against each other, and kept with both places."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ldbu_desktop.findings.text import rendered
from ldbu_desktop.journal.model import EMPTY, Contradiction, Entry, Origin
from ldbu_desktop.language import Language
from ldbu_desktop.mapping.linked.persons import Persons, contradictions
from ldbu_desktop.mapping.links import ColumnLink, Evidence, State, Target
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.map import propose
from ldbu_desktop.use_cases.map_decide import Answers, decided
from ldbu_desktop.use_cases.opening import open_mapped_files
from ldbu_desktop.use_cases.validate import validate

STANDARD = shipped_standard()
TODAY = date(2026, 11, 28)


def link(what: str, target: Target | None = None, whose: str = "") -> ColumnLink:
    facts = {"what": what, **({"whose": whose} if whose else {})}
    evidence = (Evidence("header-of-something-else", facts),)
    return ColumnLink("f", "s", 1, 0, "", State.UNMAPPED, target, evidence)


def told(column: ColumnLink, *cells: str, others: int = 3, cpr: str = "") -> list[tuple[str, Contradiction]]:
    """What is told of one child by a column in which as many ``others`` are called the same twice."""
    persons = Persons([column])
    for row, cell in enumerate(cells, start=2):
        persons.learn("B1", Entry(cpr, cpr, 3), [cell], Origin("f", "s", row))
    for other in range(others):
        for _ in range(2):
            persons.learn(f"B{other + 2}", EMPTY, [str(Origin("f", str(other)))], Origin("f", "s", 90))
    return list(contradictions([persons]))


@pytest.mark.parametrize(
    ("what", "cells", "first", "second"),
    [
        ("name", ("Alma Prøvegaard", "Alma Prøvegaard", "Liva Prøvegaard"), 2, 4),
        ("name", ("Prøvegaard, Alma", "Liva Prøvegaard"), 2, 3),
        ("birth", ("05-05-2020", "", "06-05-2020", "05-05-2020"), 2, 4),
        ("birth", ("5. maj 2020", "2020-05-06 00:00"), 2, 3),
        ("gender", ("ukendt", "Pige", "Dreng"), 3, 4),
    ],
)
def test_what_cannot_be_of_one_child_is_told_with_both_places(
    what: str, cells: tuple[str, ...], first: int, second: int
) -> None:
    ((child, one),) = told(link(what), *cells)
    assert child == "B1"
    assert (one.origin.row, one.other_origin.row) == (second, first)
    assert one.said == one.other == Entry(None, "•••", 0)


@pytest.mark.parametrize(
    ("what", "cells"),
    [
        ("name", ("Alma Prøvegaard", "PRØVEGAARD, Alma")),
        ("name", ("Alma Prøvegaard", "Alma Mønsterby")),
        ("name", ("Alma Prøvegaard", "Sofie Alma Prøvegaard")),
        ("name", ("Pige Prøvegaard", "Alma Mønsterby")),
        ("birth", ("05-05-2020", "2020-05-05 10:15", "5/5-2020", "-")),
        ("birth", ("05-05-2020", "i går")),
        ("gender", ("Pige", "pige ", "", "?", "ikke oplyst")),
    ],
)
def test_what_one_child_can_be_told_by_is_no_contradiction(what: str, cells: tuple[str, ...]) -> None:
    assert told(link(what), *cells) == []


def test_a_birth_date_that_is_not_the_numbers_is_told_beside_it() -> None:
    ((child, one),) = told(link("birth"), "06-05-2020", "06-05-2020", cpr="0505209996")
    assert (child, one.origin, one.other_origin) == ("B1", Origin("f", "s", 2), Origin("f", "s", 2))
    assert (one.said.column, one.other.column) == (0, 3)
    assert told(link("birth"), "5/5-2020", cpr="0505209996") == []
    assert told(link("birth"), "06-05-2020", cpr="0505") == []


def test_a_column_that_changes_for_most_children_is_somebody_elses() -> None:
    assert told(link("name"), "Alma", "Liva", others=1) != []
    assert told(link("name"), "Alma", "Liva", others=0) == []
    assert told(link("birth"), "05-05-2020", "06-05-2020", others=0) != []


def of_tables(what: str, *tables: dict[str, str], other: str = "") -> list[tuple[str, int, int]]:
    """The children whom tables with a column each tell to be two, with the tables where that stands."""
    told_by = []
    for number, cells in enumerate(tables):
        told_by.append(Persons([link(what if not number else other or what)]))
        for child, cell in cells.items():
            told_by[-1].learn(child, EMPTY, [cell], Origin("f", str(number), 2))
    return [(child, int(one.other_origin.sheet), int(one.origin.sheet)) for child, one in contradictions(told_by)]


def test_what_tables_tell_of_one_child_is_held_against_each_other() -> None:
    people = {"B1": "Alma Prøvegaard", "B2": "Bo Mønsterby", "B3": "Liv Eksempel"}
    assert of_tables("name", people, people | {"B2": "Ida Mønsterby"}) == [("B2", 0, 1)]
    assert of_tables("name", people, {}, {"B3": "Eksempel, Liv", "B2": "Ida", "B1": "Alma"}) == [("B2", 0, 2)]
    assert of_tables("name", people, dict.fromkeys(people, "Sys Sundhed")) == []
    assert of_tables("name", people, dict.fromkeys(people, "pige"), other="gender") == []
    assert of_tables("birth", {"B1": "05-05-2020"}, {"B1": "06-05-2020"}) == [("B1", 0, 1)]
    assert of_tables("birth", {"B1": "05-05-2020"}, {"B1": "2020-05-05"}) == []


def test_two_files_that_call_one_child_by_two_names_are_no_delivery_of_it(tmp_path: Path) -> None:
    people, visits = tmp_path / "personer.csv", tmp_path / "spor.csv"
    people.write_text(
        "Barnets CPR;Barnets navn\n0505209996;Alma Prøvegaard\n0101209994;Bo Mønsterby\n", encoding="utf-8"
    )
    visits.write_text(
        "Barnets CPR;Barnets navn;Besøgsdato;Besøgstype;Vægt (g)\n"
        "0505209996;Liva Eksempel;10-05-2020;Barselsbesøg;3500\n"
        "0101209994;Bo Mønsterby;15-07-2020;4-6 måneder;7050\n",
        encoding="utf-8",
    )
    paths = [people, visits]
    proposal = propose(paths, STANDARD, TODAY)
    proposal = decided(proposal, Answers("SPL", approve=["all"], constants=["visit.class=HH"]), STANDARD)
    findings = validate(open_mapped_files(paths, STANDARD, proposal).journal, STANDARD, TODAY)
    (finding,) = findings.by_code["key-contradicted"]
    text = rendered(finding, Language.DANISH, STANDARD)
    assert text.place == "spor!B2"
    assert "personer!B2" in text.message
    assert not {"Alma", "Liva"} & set(text.message.split())


@pytest.mark.parametrize(
    "column", [link("address"), link("name", whose="parent-1"), link("name", Target("visit.class"))]
)
def test_columns_of_others_are_not_asked(column: ColumnLink) -> None:
    assert told(column, "Alma", "Liva") == []


def test_nothing_of_them_is_delivered_and_nothing_of_who_they_are_is_told(tmp_path: Path) -> None:
    path = tmp_path / "to.csv"
    path.write_text(
        "Barnets CPR;Fødselsdato;Besøgsdato;Besøgstype;Vægt (g)\n"
        "0505209996;05-05-2020;10-05-2020;Barselsbesøg;3500\n"
        "0505209996;06-05-2020;10-05-2020;Barselsbesøg;3100\n"
        "0101209994;01-01-2020;15-07-2020;4-6 måneder;7050\n",
        encoding="utf-8",
    )
    proposal = propose([path], STANDARD, TODAY)
    proposal = decided(proposal, Answers("SPL", approve=["all"], constants=["visit.class=HH"]), STANDARD)
    journal = open_mapped_files([path], STANDARD, proposal).journal
    findings = validate(journal, STANDARD, TODAY)
    (finding,) = findings.by_code["key-contradicted"]
    text = rendered(finding, Language.DANISH, STANDARD)
    assert text.place == "to!B3"
    assert "050520-••••" in text.message
    assert "to!B2" in text.message
    assert "05-2020" not in text.message
    assert not set(findings.ready_visits) & {visit.key for visit in journal.families[0].visits}
