"""What stands instead of a value that may be somebody's."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ldbu_desktop.findings.checks.rule_book import RuleBook
from ldbu_desktop.mapping.proposing.answer_book import answer_book_of
from ldbu_desktop.nearest import nearest
from ldbu_desktop.pseudonyms.secret import Secret
from ldbu_desktop.pseudonyms.stand_ins import StandIns
from ldbu_desktop.use_cases.standards import shipped_standard

STANDARD = shipped_standard()
RULES = RuleBook(STANDARD)
STAND_INS = StandIns(RULES, Secret(b"k" * 32))


def read(variable: str, text: str) -> object:
    """As what a value is read, and which of its variable's terms it is nearest to."""
    answers = answer_book_of(STANDARD).of(variable)
    concepts = STANDARD.concepts(STANDARD.variable[variable]).values()
    terms = {term: each.code for each in concepts for term in (each.term, each.english, each.code)}
    near = nearest(text, terms)
    return answers.match(text) if answers is not None else None, terms[near] if near is not None else None


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("visit.class", "Emil"),
        ("visit.class", "videot"),
        ("visit.class", "Hjemmebesøk"),
        ("visit.class", "x"),
        ("motor-function", "Ikke alderssvarende"),
        ("motor-function", "Ikke undersøgtt"),
        ("motor-function", "Ikke Emilset"),
        ("motor-function", "Mor afslog"),
        ("parent-relationship", "Bekymringt"),
        ("passive-smoking", "t"),
        ("weight", "Emil"),
        ("weight", "ca. 4000 Emil"),
    ],
)
def test_it_is_read_and_found_fault_with_as_what_stood_there(variable: str, text: str) -> None:
    new = STAND_INS.of(variable, text)
    assert read(variable, new) == read(variable, text)
    assert "emil" not in new.casefold()


def test_a_text_of_what_has_no_codes_is_another_text() -> None:
    assert len(STAND_INS.of("nothing", "Emil")) == len("Emil")
    assert STAND_INS.of("nothing", "Emil") == STAND_INS.of("nothing", "Emil") != STAND_INS.of("nothing", "Anna")


@given(st.text(max_size=20), st.text(max_size=20), st.sampled_from(("visit.class", "sleep", "weight", "nothing")))
@example("Hjemmebesøg ", " Hjemmebesøg", "visit.class")
def test_nobody_is_in_it(before: str, after: str, variable: str) -> None:
    new = STAND_INS.of(variable, f"{before}Kanariana 0505209996{after}")
    assert "kanariana" not in new.casefold()
    assert "0505209996" not in new
