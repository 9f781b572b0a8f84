"""What a room answered as sheets."""

from __future__ import annotations

from ldbu_desktop.language import Language, choose
from ldbu_desktop.rendering.training import answer_words, expected_words, room_tables, told_words
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.training.agreement import Agreement
from ldbu_desktop.training.comparison import Outcome, compared
from ldbu_desktop.training.journals import Part, journal_of
from ldbu_desktop.training.loader import shipped_cases
from ldbu_desktop.training.results import Room


def test_how_alike_answers_are_stands_on_the_sheet_where_it_is_known() -> None:
    alone = Room("case", 1, (), None)
    together = Room("case", 2, (), Agreement(3, 2, 0.5, 0.25))
    figures, answers = room_tables(alone, None, shipped_standard())
    assert [row[1] for row in figures.rows] == [1]
    assert answers.rows == ()
    figures, _ = room_tables(together, None, shipped_standard())
    assert [row[1] for row in figures.rows] == [2, 3, 50.0, 0.25]


def test_a_moment_in_an_answer_is_told_as_people_write_it() -> None:
    standard = shipped_standard()
    assert told_words("visit.end", "2020-06-09 09:40", standard) == "9. juni 2020 kl. 09.40"
    assert told_words("visit.end", "2020-06-09", standard) == "9. juni 2020"
    assert told_words("feeding", "1 2020-05-05–2020-05-31", standard).endswith("5. maj 2020–31. maj 2020")


def test_what_is_not_to_be_recorded_is_said() -> None:
    standard = shipped_standard()
    told = {
        (one.outcome, one.expected, expected_words(one, standard))
        for case in shipped_cases(standard).cases
        for one in compared(case, journal_of(case, standard, Part.ALL), standard)
    }
    assert {words for outcome, expected, words in told if not expected and outcome is not Outcome.TOO_MUCH} == {
        "registreres ikke"
    }
    assert all(words for _, expected, words in told if expected)


def test_a_key_is_in_the_language_in_use_with_its_periods_and_reasons() -> None:
    standard = shipped_standard()
    key = {
        (answer.asked, answer.answer): answer
        for case in shipped_cases(standard).cases
        for visit in case.visits
        for answer in visit.key
    }
    choose(Language.ENGLISH)
    try:
        told = {thing: answer_words(answer, standard) for thing, answer in key.items()}
        assert told["visit.class", "Hjemmebesøg"] == "Home visit"
        assert told["feeding", "Ukendt"] == "Unknown"
        assert told["height", ""] == "is not recorded"
        assert told["intervention.end", "Ammeindsats"] == told["visit.interventions", "Ammeindsats"] != "Ammeindsats"
        assert told["visit.end", "2020-06-09 09:40"] == "9 Jun 2020 at 09:40"
        assert told["weight", "3380 g"] == "3380 g"
    finally:
        choose(Language.DANISH)
    told = {thing: answer_words(answer, standard) for thing, answer in key.items()}
    assert told["intervention.code", "Ammeindsats"] == "Ammeindsats, Udfordring med amning"
    assert told["feeding", "Ammes som supplement til anden kost"].endswith(", 1. sep. 2020–30. nov. 2020")
