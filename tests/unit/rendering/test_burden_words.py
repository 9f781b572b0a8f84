"""Seconds as people are told them: no false precision, and the range beside."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from ldbu_desktop.burden.assumptions import Assumptions
from ldbu_desktop.burden.comparison import Comparison, compare
from ldbu_desktop.burden.estimate import estimate
from ldbu_desktop.burden.facts import shipped_facts
from ldbu_desktop.burden.model import Activity, Band, Need, Saving
from ldbu_desktop.forms.library import shipped_forms
from ldbu_desktop.language import Language, choose
from ldbu_desktop.rendering.burden_words import (
    accuracy_words,
    amount,
    band_words,
    basis_words,
    conclusion_words,
    difference_words,
    kind_words,
    need_words,
    saving_words,
)
from ldbu_desktop.standard.catalogue import shipped_standard


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


def compared(*names: str, assumptions: Assumptions | None = None) -> Comparison:
    """Forms side by side; ``a-`` before a name keeps only the first section of the form."""
    standard = shipped_standard()
    known = {form.id: form for form in shipped_forms(standard).forms}
    forms = []
    for name in names:
        form = known[name.removeprefix("a-")]
        forms.append(replace(form, sections=form.sections[:1]) if name.startswith("a-") else form)
    return compare([estimate(form, standard, assumptions or Assumptions()) for form in forms], standard)


@pytest.mark.parametrize(
    ("names", "begins"),
    [
        (["2-months"], "tager"),
        (["2-months", "a-2-months"], "sparer"),
        (["a-2-months", "2-months"], "koster"),
        (["2-months", "2-months"], "lige så lang tid"),
        (["2-months", "a-2-months", "2-months"], "« tager kortest tid af 3"),
        (["2-months", "a-2-months", "a-2-months"], "Kortest tid af 3 tager »"),
        (["2-months", "2-months", "2-months"], "Alle 3 tager lige lang tid"),
        (["2-months", "maternity"], "forskellige kontakter"),
    ],
)
def test_the_conclusion_is_one_sentence(names: list[str], begins: str) -> None:
    told = conclusion_words(compared(*names))
    assert begins in told
    assert told.endswith(".")
    assert ". " not in told.replace("kr. ", "").replace("pr. ", "").replace("ca. ", "")


def test_what_it_rests_on_names_what_was_set() -> None:
    (plain,) = compared("2-months").forms
    changed = Assumptions().with_value("births", Band(900, 900, 900))
    (other,) = compared("2-months", assumptions=changed).forms
    assert "528" in basis_words(plain.found)
    assert "810" in basis_words(other.found)
    assert len(basis_words(other.found)) > len(basis_words(plain.found))
