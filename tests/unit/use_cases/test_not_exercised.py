"""What coverage says is not exercised is, by the case that one key opens."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import cache

import pytest

from ldbu_desktop.deliveries.coverage import Coverage
from ldbu_desktop.deliveries.model import SmallestCase
from ldbu_desktop.findings.catalogue import type_of
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.language import Language
from ldbu_desktop.rendering.coverage import CoverageItem, items
from ldbu_desktop.rendering.occasion import Occasion
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.coverage import coverage_of_journal
from ldbu_desktop.use_cases.smallest_case import open_smallest
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.work import Cancellation, no_progress

STANDARD = shipped_standard()
ON = date(2025, 12, 1)
ABOUT = Occasion("", STANDARD, "", datetime(2025, 12, 1, tzinfo=UTC), Language.DANISH)
AREAS = (
    "visit-types", "asked", "values", "forms", "questionnaires", "findings", "interventions", "conditions", "rules",
)  # fmt: skip


Item = tuple[str, str, str]
_NEVER_APPLIED = re.compile(r" \([^)]*aldrig[^)]*\)")
"""What is told of a rule that never applied, which it does not with its case."""


def item_of(one: CoverageItem) -> Item:
    """What tells an item from others."""
    return one.area, _NEVER_APPLIED.sub("", one.what), one.code


@cache
def exercised(case: SmallestCase) -> frozenset[Item]:
    """What a case exercises."""
    work, _ = open_smallest(case, STANDARD, ON)
    found = coverage_of_journal(work.journal, STANDARD)
    return frozenset(item_of(one) for one in items(found, ABOUT) if one.count)


@pytest.mark.parametrize("area", AREAS)
def test_what_is_not_exercised_is_by_its_case(area: str) -> None:
    with_case = [one for one in items(Coverage(), ABOUT) if one.area == area and one.case is not None]
    assert with_case
    assert [item_of(one) for one in with_case if one.case and item_of(one) not in exercised(one.case)] == []


@pytest.mark.parametrize(
    "case",
    [
        SmallestCase(variable="weight", unit="kg"),
        SmallestCase(variable="weight", unit="g"),
        SmallestCase(variable="feeding", is_period=True),
    ],
)
def test_a_case_of_a_form_is_one_that_is_accepted(case: SmallestCase) -> None:
    work, _ = open_smallest(case, STANDARD, ON)
    found = validate(work.journal, STANDARD, ON, no_progress, Cancellation())
    assert [one.code for one in found.all if type_of(one).severity is Severity.REJECTED] == []
