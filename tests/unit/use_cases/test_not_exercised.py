"""What coverage says is not exercised is, by the case that one key opens."""

from __future__ import annotations

from datetime import UTC, date, datetime

from ldbu_desktop.deliveries.coverage import Coverage
from ldbu_desktop.language import Language
from ldbu_desktop.rendering.coverage import items
from ldbu_desktop.rendering.occasion import Occasion
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.coverage import coverage_of_journal
from ldbu_desktop.use_cases.smallest_case import open_smallest

STANDARD = shipped_standard()
ON = date(2025, 12, 1)
ABOUT = Occasion("", STANDARD, "", datetime(2025, 12, 1, tzinfo=UTC), Language.DANISH)


def counts(found: Coverage) -> dict[tuple[str, str], int]:
    """The counts of forms, by what is told of each."""
    return {(one.what, one.code): one.count for one in items(found, ABOUT) if one.area == "forms"}


def test_the_form_of_a_variable_is_exercised_by_its_case() -> None:
    left = set()
    for one in items(Coverage(), ABOUT):
        if one.area == "forms" and one.case is not None:
            work, _ = open_smallest(one.case, STANDARD, ON)
            if not counts(coverage_of_journal(work.journal, STANDARD))[one.what, one.code]:
                left.add((one.case.variable, one.code))
    # These are for whoever fills the visit that is opened.
    assert left == {("feeding", "period"), ("exam-result", "parent")}
