"""Whether what stands in a column can be what its header says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from msgspec.structs import replace

from ldbu_desktop.journal.fields import OBSERVATION_MISSING_REASON
from ldbu_desktop.mapping.links import Part
from ldbu_desktop.mapping.proposing.agreement import Agreement
from ldbu_desktop.mapping.proposing.answer_book import answer_book_of
from ldbu_desktop.mapping.proposing.profiles import Column
from ldbu_desktop.mapping.proposing.verdicts import Context, Fit, Verdict
from ldbu_desktop.sources.rows import Column as TextColumn
from ldbu_desktop.use_cases.standards import shipped_standard
from tests.unit.mapping.proposing.conftest import TODAY

STANDARD = shipped_standard()
AGREEMENT = Agreement(STANDARD, answer_book_of(STANDARD), TODAY)


def of(cells: Sequence[str]) -> Column:
    """A column of such cells."""
    column = Column()
    column.add([TextColumn.of(cells)])
    return column


def verdict(cells: Sequence[str], variable: str, part: Part = Part.VALUE, context: Context | None = None) -> Verdict:
    """How cells go with a part of a variable."""
    return AGREEMENT.verdict(of(cells), cells, variable, part, context or Context())


def codes(found: Verdict) -> list[str]:
    """The reasons of a verdict."""
    return [evidence.code for evidence in found.evidence]


@pytest.mark.parametrize(
    ("cells", "variable", "part", "fit", "code"),
    [
        (("ikke målt",) * 4, "weight", Part.VALUE, Fit.EMPTY, "content-empty"),
        (("Afbud", "Udeblevet", "Ukendt") * 3, "weight", Part.MISSING_REASON, Fit.POSSIBLE, "content-reasons"),
        (("3", "4", "5"), "weight", Part.MISSING_REASON, Fit.CONTRADICTS, "content-reasons"),
        (("4200", "4300", "4400"), "weight", Part.VALUE, Fit.POSSIBLE, "content-within"),
        (("62", "63", "64"), "height", Part.VALUE, Fit.POSSIBLE, "content-within"),
    ],
)
def test_content_goes_with_a_variable(cells: tuple[str, ...], variable: str, part: Part, fit: Fit, code: str) -> None:
    found = verdict(cells, variable, part)
    assert found.fit is fit
    assert code in codes(found)


@pytest.mark.parametrize(
    ("text", "variable", "is_one"),
    [
        ("ikke målt", "weight", True),
        ("4200", "weight", True),
        ("999999", "weight", False),
        ("4.200", "weight", True),
        ("meget", "weight", False),
        ("Normale variationer", "sleep", True),
        ("traktor", "sleep", False),
        ("5", "nothing-known", True),
        ("meget", "nothing-known", False),
    ],
)
def test_a_value_by_itself_can_be_of_a_variable(text: str, variable: str, is_one: bool) -> None:
    assert AGREEMENT.reads_as(text, variable) is is_one


def test_numbers_that_all_stand_for_no_value_are_none() -> None:
    day, born = date(2020, 8, 1), date(2020, 5, 5)
    cells = ("9999",) * 4
    at_an_age = Context(["0505209996"] * 4, [day] * 4, [born] * 4)
    assert verdict(cells, "head-circumference", context=at_an_age).fit is not Fit.FITS


def test_what_was_taken_back_is_not_given_again() -> None:
    found = Verdict(Fit.CONTRADICTS, 1.0)
    found.weakened(Fit.POSSIBLE, "unit-of-another")
    assert (found.fit, codes(found)) == (Fit.CONTRADICTS, ["unit-of-another"])


def test_reasons_are_answers_of_their_own() -> None:
    terms = [concept.term for concept in STANDARD.concepts(STANDARD.variable[OBSERVATION_MISSING_REASON]).values()][:4]
    assert verdict(terms * 3, "weight", Part.MISSING_REASON).fit is Fit.FITS


def test_what_all_stands_for_no_value_leaves_a_column_empty() -> None:
    assert verdict(("9999",) * 4, "head-circumference").fit is Fit.EMPTY
    answers = AGREEMENT.answers.of("sleep")
    assert answers is not None
    found = AGREEMENT.said.verdict(of(("9",) * 4), answers, "sleep", {"9": "ikke målt"})
    assert (found.fit, codes(found)) == (Fit.EMPTY, ["content-empty"])


def test_a_quantity_without_a_reference_has_no_growth() -> None:
    pulse = replace(STANDARD.variable["weight"], reference=None)
    cells = ("4200", "4300", "9999")
    found = AGREEMENT.sizes.verdict(of(cells), cells, pulse, Context(), None)
    assert "content-within" in codes(found)


def test_what_the_standard_does_not_have_is_contradicted_by_nothing() -> None:
    assert verdict(("a", "b", "c"), "nothing-known").fit is Fit.POSSIBLE
