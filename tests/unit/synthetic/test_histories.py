"""Made-up deliveries over time: nothing is wrong with them, though slips in them were put right."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.synthetic.childhood import shipped_childhood
from ldbu_desktop.synthetic.families import FamilyMaker
from ldbu_desktop.synthetic.histories import history_of
from ldbu_desktop.synthetic.reports import reports_of
from tests.delivery_histories.checking import found_in

STANDARD = shipped_standard()
ON = date(2025, 12, 1)


def history(families: int, seed: int, on: date = ON) -> list[dict[str, Any]]:
    """The reports of families as they are read again."""
    made = FamilyMaker(STANDARD, shipped_childhood(), seed, on).families(families)
    return [
        json.loads(json_text(report.bundle)) for family in made for report in history_of(family, STANDARD, seed, on)
    ]


@settings(max_examples=5, phases=(Phase.generate,))
@given(st.integers(), st.dates(date(2010, 1, 1), date(2036, 12, 31)))
def test_any_seed_gives_a_clean_history(seed: int, on: date) -> None:
    assert found_in(history(2, seed, on)) == []


def test_slips_of_each_kind_are_voided_and_told_anew() -> None:
    reports = history(60, 4)
    resources = [entry["resource"] for report in reports for entry in report["entry"]]
    voided = Counter(one["resourceType"] for one in resources if one.get("status") == "entered-in-error")
    assert voided.keys() >= {"Observation", "Encounter", "CarePlan"}
    told = Counter(
        one["id"] for one in resources if one["resourceType"] == "CarePlan" and one["status"] in ("active", "completed")
    )
    assert max(told.values()) > 1


def test_every_visit_has_a_report_in_the_night_after_it() -> None:
    family = next(FamilyMaker(STANDARD, shipped_childhood(), 2, ON).families(1))
    reports = list(reports_of(family, STANDARD))
    assert [report.name.rpartition("-k")[0] for report in reports] == ["f1"] * len(family.visits)
    for report in reports:
        start = next(
            entry["resource"]["period"]["start"]
            for entry in report.bundle["entry"]
            if entry["resource"]["resourceType"] == "Encounter"
        )
        assert report.bundle["timestamp"][:10] == start[:10]
