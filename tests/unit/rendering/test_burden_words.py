"""Seconds as people are told them: no false precision, and the range beside."""

from __future__ import annotations

from ldbu_desktop.burden.facts import shipped_facts
from ldbu_desktop.burden.model import Activity, Band, Need, Saving
from ldbu_desktop.language import Language, choose
from ldbu_desktop.rendering.burden_words import (
    accuracy_words,
    amount,
    band_words,
    difference_words,
    kind_words,
    need_words,
    saving_words,
)


def test_a_band_has_its_range_where_it_has_one() -> None:
    assert band_words(Band(34, 41, 57), "s") == "41 s (34–57)"
    assert band_words(Band(41, 41, 41), "s") == "41 s"


def test_a_decimal_stands_below_ten_only() -> None:
    assert [amount(one) for one in (9.94, 9.96, -3.14)] == ["9,9", "10", "3,1"]


def test_a_difference_has_its_sign() -> None:
    assert [difference_words(Band(one, one, one), "s") for one in (12, -3.0, 0.01)] == ["+12 s", "−3,0 s", "–"]


def test_needs_and_activities_have_words() -> None:
    assert all(need_words(one) for one in Need)
    assert all(kind_words(one) for one in Activity)


def test_savings_and_accuracy_are_told_in_the_language_that_is_chosen() -> None:
    texts = shipped_facts().texts
    for language in Language:
        choose(language)
        assert {one: saving_words(one) for one in Saving} == {one: texts.savings[one][language] for one in Saving}
        assert accuracy_words() == texts.accuracy[language]
