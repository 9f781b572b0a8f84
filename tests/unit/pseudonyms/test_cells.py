"""Cells written anew by what their columns hold."""

from __future__ import annotations

import re
from datetime import date

import pytest

from ldbu_desktop.findings.checks.rule_book import RuleBook
from ldbu_desktop.journal.readings import cpr
from ldbu_desktop.pseudonyms.cells import EMPTIED, EMPTIED_OF_DIGITS, Column, Headers, Holds, Layout, Sheet, masked
from ldbu_desktop.pseudonyms.families import Families
from ldbu_desktop.pseudonyms.headers import HeaderStandIns
from ldbu_desktop.pseudonyms.known_words import KnownWords
from ldbu_desktop.pseudonyms.model import Choices
from ldbu_desktop.pseudonyms.people import People
from ldbu_desktop.pseudonyms.secret import Secret
from ldbu_desktop.use_cases.standards import shipped_standard

PEOPLE = People(Secret(b"k" * 32), Families(), Choices(), date(2026, 11, 28))
PERSON = "0505209996"
STANDARD = shipped_standard()
RULES = RuleBook(STANDARD)
WORDS = KnownWords()


def of_layout(layout: Layout, headers: Headers | None = None) -> Sheet:
    """A sheet with one table."""
    headers = {} if headers is None else headers
    stand_ins = HeaderStandIns(RULES, PEOPLE.secret, WORDS, headers)
    return Sheet([layout], WORDS, (), headers, stand_ins, is_variable=False)


def sheet(holds: Holds) -> Sheet:
    """A sheet with one table of one column, whose header stands in row 2."""
    return of_layout(Layout((2, 2), (0, 0), {0: Column(holds, "Overskrift", kind="visits")}))


def written(holds: Holds, text: str) -> str:
    """What stands instead of a text in a column."""
    ((_, (cell,)),) = sheet(holds).rows(iter([(3, [text])]), PEOPLE)
    return cell


def above(text: str) -> str:
    """What stands instead of a text over a table."""
    ((_, (cell,)),) = sheet(Holds.VALUE).rows(iter([(1, [text])]), PEOPLE)
    return cell


def test_spaces_alone_stay() -> None:
    assert written(Holds.VALUE, "  ") == "  "


@pytest.mark.parametrize(("text", "new"), [("08:30", "08:30"), ("8.30.15", "8.30.15"), ("hos Anna", "zzz zzzz")])
def test_a_time_of_day_stays_and_what_is_none_does_not(text: str, new: str) -> None:
    assert written(Holds.CLOCK, text) == new


def test_a_key_that_is_a_number_of_somebody_is_their_other_number() -> None:
    assert written(Holds.KEY, PERSON) == written(Holds.NUMBER_OF_PERSON, PERSON) == PEOPLE.number(PERSON)


def test_a_key_with_a_number_in_it_has_the_other_number_in_it() -> None:
    new = written(Holds.KEY, f"barn-{PERSON}")
    assert new.endswith(f"-{PEOPLE.number(PERSON)}")
    assert not new.startswith("barn")


@pytest.mark.parametrize("text", ["451000016003", "0451"])
def test_a_number_of_a_register_is_another_as_long(text: str) -> None:
    new = written(Holds.NUMBER_OF_REGISTER, text)
    assert (len(new), new.isdigit(), new[0]) == (len(text), True, text[0])
    assert new != text


def test_a_single_digit_is_no_number_of_a_register() -> None:
    assert written(Holds.NUMBER_OF_REGISTER, "7") == "9"


def test_what_is_no_number_of_a_register_keeps_its_form_alone() -> None:
    new = written(Holds.NUMBER_OF_REGISTER, "DK-4510")
    assert (masked(new), new == "DK-4510") == ("zz-9999", False)
    assert written(Holds.NUMBER_OF_REGISTER, "Annas hus") == "zzzzz zzz"


def test_what_nobody_knows_is_emptied_and_counted() -> None:
    of = sheet(Holds.UNKNOWN)
    cells = [cells for _, cells in of.rows(iter([(3, ["Anna\nbor her"]), (4, ["Bo"])]), PEOPLE)]
    assert cells == [[f"{EMPTIED}\n"], [EMPTIED]]
    assert list(of.emptied.values()) == [2]


@pytest.mark.parametrize(
    ("text", "new"),
    [("#N/A", "#N/A"), ("Anna", EMPTIED), ("70012", EMPTIED_OF_DIGITS), ("hos 2", EMPTIED_OF_DIGITS), ("-?", "-?")],
)
def test_what_nobody_knows_says_no_more_than_that_a_formula_failed_or_that_there_are_words_digits_or_signs(
    text: str, new: str
) -> None:
    assert written(Holds.UNKNOWN, text) == new


@pytest.mark.parametrize("holds", Holds)
def test_a_line_of_sums_is_known_by_its_word_whatever_the_column_holds(holds: Holds) -> None:
    assert written(holds, "I alt") == "I alt"


def test_words_beside_that_of_sums_are_emptied_where_nobody_knows_what_a_column_holds() -> None:
    assert written(Holds.UNKNOWN, "I alt Anna") == EMPTIED


def test_spaces_around_what_is_written_anew_stay() -> None:
    assert written(Holds.NUMBER_OF_PERSON, f" {PERSON} ") == f" {PEOPLE.number(PERSON)} "


def test_a_line_of_sums_begins_as_one_where_keys_stand() -> None:
    assert written(Holds.KEY, "I alt") == "I alt"
    new = written(Holds.KEY, "Annas vægt")
    assert new.endswith(" vægt")
    assert "Anna" not in new


def test_over_a_table_known_words_stay_and_nobody_else() -> None:
    assert above("Hjemmebesøg") == "Hjemmebesøg"
    assert above("Anna") == EMPTIED
    assert above(PERSON) == "9" * 10


def test_a_faulty_number_of_a_person_without_digits_is_a_value() -> None:
    assert written(Holds.NUMBER_OF_PERSON, "Anna Hansens Bo") == "zzzz zzzzzzz zz"
    assert cpr(written(Holds.NUMBER_OF_PERSON, PERSON)) is not None


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("Vægt Karens", r"Vægt [QXZW][qxzw]{5}"),
        ("KONTAKT_START_BODIL", r"KONTAKT_START_[QXZW]{5}"),
        ("k_starttid", "k_starttid"),
        ("bes_tp", "bes_[qxzw]{2}"),
        ("Karen", r"[QXZW][qxzw]{4}"),
        ("Vægt 48213", r"Vægt (?!48213)\d{5}"),
        ("Karens \ufffd", "[QXZW][qxzw]{5} \ufffd"),
        ("k" * 200, "Kolonne 1"),
    ],
)
def test_the_known_words_of_a_header_stay_and_the_others_do_not(text: str, new: str) -> None:
    layout = Layout((1, 1), (0, 0), {0: Column(Holds.VALUE, text)})
    ((_, (cell,)),) = of_layout(layout).rows(iter([(1, [text])]), PEOPLE)
    assert re.fullmatch(new, cell)


def test_days_of_which_nobody_knows_what_they_are_are_moved_and_all_else_is_emptied() -> None:
    of = sheet(Holds.UNKNOWN_DAY)
    (day,), (text,) = (cells for _, cells in of.rows(iter([(3, ["07-07-2020"]), (4, ["efter Anna"])]), PEOPLE))
    assert re.fullmatch(r"\d\d-\d\d-20(19|20)", day)
    assert day != "07-07-2020"
    assert (text, of.emptied, list(of.unread())) == (EMPTIED, {0: 1}, [0])


def test_a_list_of_codes_names_the_columns_of_others_as_they_are_named_now() -> None:
    headers: Headers = {}
    data = Layout((1, 1), (0, 2), {at: Column(Holds.VALUE, text) for at, text in enumerate(("CPR", "Anna", "vægt_ww"))})
    codes = Layout((1, 1), (0, 0), {0: Column(Holds.VALUE, "felt", is_of_codes=True)})
    of_data, of_codes = (of_layout(one, headers) for one in (data, codes))
    ((_, written_headers),) = of_data.rows(iter([(1, ["CPR", "Anna", "vægt_ww"])]), PEOPLE)
    named = [cells[0] for _, cells in of_codes.rows(iter([(2, ["anna"]), (3, ["VÆGT WW"]), (4, ["Bo"])]), PEOPLE)]
    assert written_headers[1].casefold() == named[0].casefold()
    assert re.fullmatch("[QXZW][qxzw]{3}", written_headers[1])
    assert (named[1][:5].casefold(), named[2]) == ("vægt ", "zz")


def test_codes_that_a_list_explains_are_the_same_in_both_and_nobody_is_in_them() -> None:
    codes = Layout((1, 1), (0, 1), {at: Column(Holds.VALUE, "kode", is_of_codes=True) for at in (0, 1)})
    said = ("TFA", "SOVBRA", "Tove Bro", "Madsen")
    data = Layout((1, 1), (0, 0), {0: Column(Holds.VALUE, "Liste", explained=frozenset(said[:3]), likes={"Bo": "qx"})})
    of_codes, of_data = map(of_layout, (codes, data))
    rows = [(2, ["TFA", "god søvn"]), (3, ["SOVBRA", "god søvn"]), (4, ["Tove Bro", "god søvn"]), (5, ["TFA", "Bodil"])]
    (short, label), (long, _), (name, _), (unexplained, _) = (cells for _, cells in of_codes.rows(iter(rows), PEOPLE))
    told = [
        cells[0] for _, cells in of_data.rows(iter([(2 + at, [text]) for at, text in enumerate((*said, "Bo"))]), PEOPLE)
    ]
    assert (short, label, name, unexplained) == ("TFA", "god søvn", "zzzz zzz", "zzz")
    assert (masked(long), long == "SOVBRA") == ("zzzzzz", False)
    assert told == [short, long, name, "zzzzzz", "qx"]


@pytest.mark.parametrize("holds", [Holds.KEY, Holds.NUMBER_OF_PERSON])
@pytest.mark.parametrize("header", ["id Kanariana", "Kanariana"])
def test_a_header_of_keys_has_other_letters_where_it_may_name_somebody(header: str, holds: Holds) -> None:
    column = Column(holds, header, kind="visits")
    of_keys = of_layout(Layout((1, 1), (0, 0), {0: column}))
    ((_, (new,)),) = of_keys.rows(iter([(1, [header])]), PEOPLE)
    assert "Kanariana" not in new
    assert len(new) == len(header)
    assert new.startswith("id ") == header.startswith("id ")


def test_who_a_child_is_is_told_in_other_letters_that_are_the_same_for_it_alone() -> None:
    layout = Layout((1, 1), (0, 1), {0: Column(Holds.NUMBER_OF_PERSON, "CPR"), 1: Column(Holds.WHO, "Navn")})
    rows = [
        (PERSON, "Anna Lund"),
        (PERSON, "LUND, Anna"),
        ("2911829996", "Anna Lund"),
        (PERSON, "ikke oplyst"),
        (PERSON, "Mor Skole"),
        (PERSON, "Pige Skole"),
    ]
    told = of_layout(layout).rows(iter([(2 + at, list(row)) for at, row in enumerate(rows)]), PEOPLE)
    first, turned, other, missing, of_known_words, unnamed = (cells[1] for _, cells in told)
    assert turned.replace(",", "").split() == first.split()[::-1]
    assert set(other.split()).isdisjoint(first.split())
    assert missing == "ikke oplyst"
    assert "Mor" not in of_known_words
    assert unnamed.startswith("barn ")
    assert re.fullmatch("[qxzw]{12} [qxzw]{12}", first)
