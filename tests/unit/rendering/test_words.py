"""Numbers, days and CPR numbers as people are told them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from ldbu_desktop.journal.model import EMPTY, Entry, Origin
from ldbu_desktop.language import Language, choose
from ldbu_desktop.rendering import words
from tests.ui.printing.printed_family import STANDARD, VISIT, VISIT_TYPE, family, said


@pytest.mark.parametrize("language", list(Language))
def test_values_are_told_in_the_language_in_use(language: Language) -> None:
    choose(language)
    is_danish = language is Language.DANISH
    assert words.number_words(Decimal("54.0")) == ("54,0" if is_danish else "54.0")
    assert words.count_words(10_000) == ("10.000" if is_danish else "10,000")
    assert words.day_words(date(2020, 5, 7)) == ("7. maj 2020" if is_danish else "7 May 2020")
    late = datetime(2020, 12, 31, 23, 30, tzinfo=UTC)  # a new year has begun in Denmark
    assert words.near_day_words(date(2020, 5, 7), date(2020, 11, 1)) == ("7. maj" if is_danish else "7 May")
    assert words.near_day_words(date(2019, 5, 7), date(2020, 11, 1)) == words.day_words(date(2019, 5, 7))
    assert words.near_day_words(late, date(2021, 1, 1)) == ("1. jan." if is_danish else "1 Jan")
    summer = datetime(2020, 7, 7, 10, 45, tzinfo=UTC)
    assert words.moment_words(summer) == ("7. juli 2020 kl. 12.45" if is_danish else "7 Jul 2020 at 12:45")
    for is_corrected in (False, True):
        assert words.delivered_words(None, is_corrected=is_corrected) == ""
        assert words.near_delivered_words(None, date(2020, 5, 7), is_corrected=is_corrected) == ""
    delivered = words.delivered_words(summer, is_corrected=False)
    assert words.delivered_words(summer, is_corrected=True).startswith(delivered)
    near = words.near_delivered_words(summer, date(2020, 11, 1), is_corrected=False)
    assert near == words.near_day_words(summer, date(2020, 11, 1))
    assert words.near_delivered_words(summer, date(2020, 11, 1), is_corrected=True).endswith(near)


def test_cpr_numbers_are_covered() -> None:
    assert words.cpr_words("0505209996", shown=False) == "050520-••••"
    assert words.cpr_words("0505209996", shown=True) == "050520-9996"
    assert "0505" not in words.cpr_words("05052099", shown=False)
    assert words.covered("se 050520-9996", shown=False) == "se 050520-••••"


def test_a_visit_is_told_by_its_type_its_child_and_its_day() -> None:
    read = family()
    assert words.visit_name(VISIT, STANDARD) == "Besøg hos det ca. 2 måneder gamle barn"
    withdrawn = replace(VISIT, status=said("entered-in-error"))
    assert words.visit_name(withdrawn, STANDARD).startswith("Trukket tilbage: ")
    assert words.visit_name(replace(VISIT, type=EMPTY), STANDARD) == "Kontakt uden type"
    assert words.visit_about(read, VISIT, shown=False).startswith("Barn B1  ·  050520-••••  ·  9 uger  ·  ")
    undated = replace(VISIT, start=EMPTY, subject=EMPTY)
    assert words.visit_about(read, undated, shown=False) == "Ukendt borger  ·  uden dato"
    assert words.age_words(read, replace(VISIT, start=said(date(2019, 1, 1)))) == ""
    assert words.missing_words(2) == "mangler 2 oplysninger"
    assert words.place_words(Origin("a.xlsx", "Ark", 12), 4) == "Ark!E12"


@pytest.mark.parametrize(
    ("value", "definition", "told"),
    [
        (True, "citizen.active", "Ja"),
        (False, "citizen.active", "Nej"),
        (Decimal("5.5"), "weight", "5,5"),
        (date(2020, 7, 7), "observation.start", "7. juli 2020"),
        ("0505209996", "citizen.cpr", "050520-••••"),
        ("se 050520-9996", "unknown", "se 050520-••••"),
        (VISIT_TYPE["2-months"], "visit.type", "Besøg hos det ca. 2 måneder gamle barn"),
        ("epds", "response.questionnaire", "EPDS"),
        ("final", "observation.status", "Endelig"),
        ("B1", "observation.subject", "Barn B1  050520-••••"),
        ("nobody", "observation.subject", "nobody"),
    ],
)
def test_a_value_is_told_as_its_variable_is(value: Any, definition: str, told: str) -> None:
    assert words.entry_words(said(value), definition, STANDARD, family(), shown=False) == told


def test_what_could_not_be_read_is_told_as_it_stands() -> None:
    assert words.entry_words(Entry(raw="050520-9996?"), "weight", STANDARD, None, shown=False) == ("050520-••••?")


def test_a_cpr_number_is_covered_wherever_it_was_written() -> None:
    typed = Entry(Decimal(505209996), "0505209996")
    assert words.entry_words(typed, "weight", STANDARD, None, shown=False) == "050520-••••"
    assert words.entry_words(typed, "weight", STANDARD, None, shown=True) == "505209996"
    assert words.visit_day(replace(VISIT, start=Entry(None, "0505209996"))) == "050520-••••"


def test_counts_have_their_noun() -> None:
    assert [words.visits_words(1), words.findings_words(2), words.families_words(1)] == [
        "1 kontakt",
        "2 fund",
        "1 familie",
    ]
