"""What is drawn over age is what the standard says is."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from ldbu_desktop.growth.model import Measure
from ldbu_desktop.growth.series import MASS_INDEX, charted
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.model import Standard

STANDARD = shipped_standard()


def without_chart_of(measure: Measure) -> Standard:
    """The standard, in which one measure is not drawn."""
    variables = tuple(
        replace(variable, is_charted=variable.is_charted and variable.reference != measure)
        for variable in STANDARD.variables
    )
    return replace(STANDARD, variables=variables)


def test_the_mass_index_comes_last_of_what_is_drawn() -> None:
    assert [each.id for each in charted(STANDARD)][-1] == MASS_INDEX


@pytest.mark.parametrize("measure", [Measure.WEIGHT, Measure.HEIGHT])
def test_there_is_no_mass_index_without_both_that_it_is_made_of(measure: Measure) -> None:
    drawn = charted(without_chart_of(measure))
    assert {each.measure for each in drawn} == {each.measure for each in charted(STANDARD)} - {measure, Measure.BMI}
