"""What stands instead of headers: it says what they said, and names nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.findings.checks.rule_book import RuleBook
from ldbu_desktop.mapping.columns import header_key
from ldbu_desktop.mapping.proposing.headings import Heading, Headings
from ldbu_desktop.mapping.proposing.lexicon import lexicon_of
from ldbu_desktop.pseudonyms.headers import HeaderStandIns
from ldbu_desktop.pseudonyms.known_words import KnownWords
from ldbu_desktop.pseudonyms.secret import Secret
from ldbu_desktop.use_cases.standards import shipped_standard

STANDARD = shipped_standard()
RULES = RuleBook(STANDARD)
HEADINGS = Headings(lexicon_of(STANDARD))
PLAIN = "Kolonne 3"


def stand_ins(*taken: str) -> HeaderStandIns:
    return HeaderStandIns(RULES, Secret(b"k" * 32), KnownWords(), set(map(header_key, taken)))


def said(text: str) -> Heading:
    return replace(HEADINGS.read(text), text="")


@pytest.mark.parametrize(
    "header",
    [
        "Pers.nr",
        "Moders pers.nr",
        "kontdato",
        "Kont.form",
        "Foræld./barn",
        "Tilkn.",
        "Psyk.tilst. mor",
        "mcpr",
        "HOVOMF_K",
        "besnr",
        "Annas vægt",
        "Anna",
        "Vægt 48213",
    ],
)
def test_it_is_read_as_what_stood_there(header: str) -> None:
    new = stand_ins().of(header, PLAIN)
    assert said(new) == said(header)
    assert header_key(new) != header_key(header)
    assert "anna" not in new.casefold()


def test_the_same_stands_for_the_same_and_another_for_another() -> None:
    of = stand_ins()
    assert of.of("Pers.nr", PLAIN) == of.of("pers nr", "Kolonne 4")
    made = [of.of(header, PLAIN) for header in ("Pers.nr", "Pers.nummer", "Persnr.")]
    assert len(set(map(header_key, made))) == len(made)


@pytest.mark.parametrize("name", ["Finmotorik", "Annas vægt", "Hovedomfng", "Anna"])
def test_the_name_of_a_variable_is_misspelt_of_the_same_as_before(name: str) -> None:
    new = stand_ins().of_name(name, PLAIN)
    assert (said(new), RULES.nearest_variable(new)) == (said(name), RULES.nearest_variable(name))
    assert header_key(new) not in (header_key(name), header_key(PLAIN))
    assert "anna" not in new.casefold()


def test_names_that_are_misspelt_of_the_same_stay_apart() -> None:
    of = stand_ins()
    made = [of.of_name(name, PLAIN) for name in ("Finmotorik", "Grovmotorik", "xmotorik")]
    assert len(set(map(header_key, made))) == len(made)


def test_it_is_none_that_stands_elsewhere() -> None:
    first = stand_ins().of("Pers.nr", PLAIN)
    assert header_key(stand_ins(first).of("Pers.nr", PLAIN)) != header_key(first)


def test_what_is_longer_than_any_header_has_a_name_that_tells_nothing() -> None:
    assert stand_ins().of("Annas vægt " * 20, PLAIN) == PLAIN


@given(st.text(max_size=12), st.text(max_size=12))
def test_nobody_is_in_it(before: str, after: str) -> None:
    new = stand_ins().of(f"{before} Kanariana 0505209996 {after}", PLAIN)
    assert "kanariana" not in new.casefold()
    assert "0505209996" not in new
