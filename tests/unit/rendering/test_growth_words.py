"""The words of growth."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.growth.model import Gestation, Series, UnplacedMeasurement, UnplacedReason
from ldbu_desktop.language import Language, choose
from ldbu_desktop.rendering.growth_words import (
    age_words,
    doubt_words,
    left_out_words,
    point_words,
    score_words,
    size_words,
    source_words,
    summary_words,
)
from tests.ui.growth.conftest import INFANT, PRETERM, SCHOOL_CHILD, UNMEASURED, grown


def weights(*sizes: tuple[int, str]) -> Series:
    """A series of weights in grams at days of age."""
    return grown(*((days, {"weight": grams}) for days, grams in sizes)).by_id["weight"]


@pytest.mark.parametrize(
    ("z", "told"),
    [(None, "–"), (0.0, "0,0"), (-0.04, "0,0"), (-0.06, "−0,1"), (1.25, "1,3"), (-12.0, "−12,0"), (20.1, "over 20"),
     (float("-inf"), "under −20")],
)  # fmt: skip
def test_scores(z: float | None, told: str) -> None:
    assert score_words(z) == told


def test_sizes_are_as_the_visit_says_and_an_index_has_a_decimal() -> None:
    assert size_words(INFANT.by_id["weight"].points[0]) == "3\u00a0200\u00a0g"
    assert size_words(INFANT.by_id["height"].points[1]) == "57,5\u00a0cm"
    assert size_words(INFANT.by_id["bmi"].points[0]) == "12,8\u00a0kg/m²"


def test_ages_tell_that_they_are_corrected() -> None:
    assert [age_words(point) for point in PRETERM.by_id["weight"].points] == [
        "3 dage (før termin)",
        "4 måneder (korrigeret 11 uger)",
    ]
    assert age_words(INFANT.by_id["weight"].points[1]) == "8 uger"


def test_a_point_without_a_score_says_so() -> None:
    assert point_words(PRETERM.by_id["weight"], 0).endswith("uden z-score")


def test_doubts_differ() -> None:
    slip = weights((3, "3200"), (61, "51000"))
    jump = weights((61, "4100"), (150, "9000"))
    out = weights((3, "3200"), (61, "7800"), (150, "6900"))
    told = [
        doubt_words(slip, slip.points[1]),
        doubt_words(jump, jump.points[1]),
        doubt_words(out, out.points[1]),
        doubt_words(out, out.points[2]),
    ]
    assert len(set(told)) == 4
    assert told[3] == ""
    assert "5. juli 2020" in told[1]
    choose(Language.ENGLISH)
    assert doubt_words(jump, jump.points[1]).startswith("A jump of")


def test_the_summary_is_for_those_who_do_not_see() -> None:
    told = summary_words(INFANT.by_id["weight"])
    assert "3 målinger" in told
    assert "3 dage" in told
    assert "6\u00a0900\u00a0g" in told
    assert "1 måling" in summary_words(INFANT.by_id["head-circumference"])
    assert "ingen" in summary_words(UNMEASURED.by_id["head-circumference"])


def test_the_source_says_what_it_can_not() -> None:
    plain = source_words(INFANT, None)
    assert "WHO" in plain
    assert "Tinggaard 2014" in plain
    for measure in ("weight", "height", "head-circumference"):
        assert len(source_words(SCHOOL_CHILD, SCHOOL_CHILD.by_id[measure])) > len(plain)
    early = grown(gestation=Gestation(31, 4))
    assert "31+4" in source_words(early, early.by_id["bmi"])


def test_what_can_not_be_shown_is_told_with_its_reason() -> None:
    left_out = UnplacedMeasurement("k", "o", Text(da="Vægt", en="Weight"), UnplacedReason.UNDATED)
    assert left_out_words(left_out) == "Vægt uden dato"


def test_a_measurement_without_a_reference_says_so() -> None:
    series = INFANT.by_id["weight"]
    alone = replace(series, charted=series.charted._replace(measure=None))
    assert source_words(INFANT, alone) == "Der er ingen reference for denne måling."
