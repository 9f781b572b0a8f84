"""The test vectors of the model, to the digit, each by its number. No errors and no judgement are counted in them."""

from __future__ import annotations

import pytest

from ldbu_desktop.burden.assumptions import Assumptions
from ldbu_desktop.burden.calibration import calibrated, factor
from ldbu_desktop.burden.estimate import Estimate, estimate, total
from ldbu_desktop.burden.interactions import seconds_of
from ldbu_desktop.burden.model import Activity, Band, MeasuredTime, Need, Saving
from ldbu_desktop.burden.year import year_of
from ldbu_desktop.forms.model import Field, Form
from ldbu_desktop.standard.model import Standard

from .conftest import JUDGED, MEASURED, fields, form_of, rounded

ON = Band(1, 1, 1)
EPDS = form_of(Field(id="epds", questionnaire="epds"), id="epds-by-hand")


@pytest.mark.parametrize(
    ("interaction", "keys", "sentences", "seconds"),
    [
        ("choice", 0, 0, 2.65),
        ("list", 0, 0, 3.95),
        ("number", 4, 0, 4.17),
        ("number-tab", 4, 0, 2.75),
        ("text", 300, 4, 89.8),
        ("homing", 0, 0, 0.40),
    ],
)
def test_interactions_as_in_the_table(
    interaction: str, keys: int, sentences: int, seconds: float, plain: Assumptions
) -> None:
    assert round(seconds_of(plain, interaction, keys, sentences).typical, 2) == seconds


def test_vector_1_weight_by_mouse(standard: Standard, plain: Assumptions) -> None:
    weight = estimate(form_of(*fields("weight")), standard, plain)
    assert rounded(weight.by_kind[Activity.READING], 3) == rounded(plain.word, 3)
    one_word_more = weight.fields["weight"] + plain.word
    assert rounded(one_word_more, 3) == (3.800, 4.674, 6.386)


def two_months_with_words(form: Form, standard: Standard, plain: Assumptions, words: int) -> Band:
    """The form's estimate with so many words read instead of those that it shows."""
    found = estimate(form, standard, plain)
    return found.seconds - found.by_kind[Activity.READING] + plain.word * words


def test_vector_2_two_months_form(two_months: Form, standard: Standard, plain: Assumptions) -> None:
    seconds = two_months_with_words(two_months, standard, plain, 40)
    assert rounded(seconds, 3) == (33.80, 41.354, 57.414)


def epds_by_hand(standard: Standard, plain: Assumptions) -> Estimate:
    return estimate(EPDS, standard, plain.with_value("sum_by_hand", ON))


def test_vector_3a_epds_transcribed_and_added_up_by_hand(standard: Standard, plain: Assumptions) -> None:
    assert rounded(epds_by_hand(standard, plain).by_kind[Activity.INSTRUMENTS], 3) == (34.0, 40.0, 57.0)


def test_vector_3b_avoidable_when_the_parent_enters(standard: Standard, plain: Assumptions) -> None:
    found = epds_by_hand(standard, plain)
    avoidable = total(part for part in found.parts if part.kind is Activity.INSTRUMENTS and part.need is Need.AVOIDABLE)
    assert rounded(avoidable, 3) == (31.8, 37.35, 53.3)
    by_family = estimate(EPDS, standard, plain.with_value("sum_by_hand", ON).with_value("family_enters", ON))
    assert rounded(found.by_kind[Activity.INSTRUMENTS] - by_family.by_kind[Activity.INSTRUMENTS], 3) == (
        31.8,
        37.35,
        53.3,
    )


def test_vector_4a_missing_reason(two_months: Form, standard: Standard, plain: Assumptions) -> None:
    found = estimate(two_months, standard, plain)
    [reason] = [each.seconds for each in found.not_counted if each.id == "missing-reasons"]
    assert reason is not None
    assert rounded(reason, 3) == (4.40, 5.463, 7.457)


def test_vector_4b_three_measurements_entered_twice(standard: Standard, plain: Assumptions) -> None:
    again = tuple(Field(id=f"{each}-again", variable=each) for each in MEASURED)
    found = estimate(form_of(*fields(*MEASURED, *JUDGED), *again), standard, plain)
    twice = [part for part in found.parts if part.saving is Saving.ENTERED_TWICE and part.kind is Activity.ENTRY]
    assert {part.field for part in twice} == {each.id for each in again}
    assert rounded(total(twice), 3) == (7.80, 9.67, 13.70)


def test_vector_5_child_year_hours_and_kroner(two_months: Form, standard: Standard, plain: Assumptions) -> None:
    mandatory = two_months_with_words(two_months, standard, plain, 40) * (44 / 10)
    child_year = mandatory + epds_by_hand(standard, plain).by_kind[Activity.INSTRUMENTS]
    assert rounded(child_year, 2) == (182.72, 221.96, 309.62)
    year = year_of(child_year, plain)
    assert rounded(year.children, 0) == (528, 528, 528)
    assert rounded(year.hours, 2) == (26.80, 32.55, 45.41)
    assert rounded(year.dkk, 0) == (8853, 10754, 15002)


def test_vector_6_calibration() -> None:
    predicted = Band(33.80, 41.35, 57.41)
    measured = [MeasuredTime(predicted, seconds) for seconds in (60, 52, 55, 240, 58)]
    assert round(factor(measured), 4) == 1.1843
    assert round(calibrated(predicted, measured).typical, 2) == 48.97
