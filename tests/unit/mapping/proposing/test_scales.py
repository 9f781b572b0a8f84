"""What the answers of a column say of each other."""

from __future__ import annotations

from ldbu_desktop.mapping.proposing.answer_book import answer_book_of
from ldbu_desktop.mapping.proposing.answers import Answers, Match
from ldbu_desktop.mapping.proposing.scales import told_by_the_others
from ldbu_desktop.standard.catalogue import shipped_standard


def told(variable: str, *texts: str) -> dict[str, int]:
    """The answers that follow from the others, as the place of the code in its value set."""
    answers = answer_book_of(shipped_standard()).of(variable)
    assert isinstance(answers, Answers)
    found = told_by_the_others({text: answers.match(text) for text in texts}, answers)
    assert all(answer.match is Match.BESIDE for answer in found.values())
    return {text: answers.codes.index(answer.code or "") for text, answer in found.items()}


def test_a_word_beside_the_same_word_made_milder_is_the_worse_of_the_two() -> None:
    assert told("sleep", "lidt svært", "svært", "godt") == {"lidt svært": 1, "godt": 0}
    assert told("motor-function", "Normal", "Noget skæv", "Lidt skæv", "Skæv") == {"Lidt skæv": 1, "Skæv": 2}


def test_words_that_say_enough_by_themselves_stay_what_they_are() -> None:
    assert told("motor-function", "let afvigende", "afvigende") == {}


def test_the_text_that_is_left_stands_for_the_code_that_is_left() -> None:
    assert told("motor-function", "alderssvarende", "få tegn", "halter", "ej vurderet") == {"halter": 2}


def test_a_question_is_answered_by_the_others_only_within_what_it_asks() -> None:
    assert told("sight", "normalt syn", "kendt synsproblem", "nedsat") == {"nedsat": 1}
    assert told("sight", "muligt synsproblem", "kendt synsproblem", "nedsat") == {}
    assert told("parent-social-status", "nej", "potentielt", "ja") == {"ja": 2}


def test_nothing_follows_where_two_texts_are_left_or_one_is_a_mark() -> None:
    assert told("motor-function", "alderssvarende", "halter", "vakler") == {}
    assert told("motor-function", "alderssvarende", "få tegn", "q") == {}
    assert told("motor-function", "alderssvarende", "normal", "halter") == {}
    assert told("passive-smoking", "lugter", "stinker") == {}
