"""Made-up deliveries over time: nothing is wrong with them, though slips in them were put right."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.journal.dates import day_of
from ldbu_desktop.journal.model import EMPTY, Family
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.synthetic.childhood import shipped_childhood
from ldbu_desktop.synthetic.families import FamilyMaker, entry
from ldbu_desktop.synthetic.histories import history_of
from ldbu_desktop.synthetic.reports import reports_of
from tests.delivery_histories.checking import found_in
from tests.profiles import landing

STANDARD = shipped_standard()
VOCABULARY = Vocabulary(STANDARD)
ON = date(2025, 12, 1)


def history(families: int, seed: int, on: date = ON) -> list[dict[str, Any]]:
    """The reports of families as they are read again."""
    made = FamilyMaker(STANDARD, shipped_childhood(), seed, on).families(families)
    return [
        json.loads(json_text(report.bundle)) for family in made for report in history_of(family, VOCABULARY, seed, on)
    ]


@settings(max_examples=5, phases=(Phase.generate,))
@given(st.integers(), st.dates(date(2010, 1, 1), date(2036, 12, 31)))
def test_any_seed_gives_a_clean_history(seed: int, on: date) -> None:
    assert found_in(history(2, seed, on)) == []


@landing("histories of some seeds are checked in every run")
@settings(max_examples=5, phases=(Phase.generate,))
@given(st.integers(), st.dates(date(2010, 1, 1), date(2036, 12, 31)))
def test_the_reports_of_visits_are_a_clean_history_too(seed: int, on: date) -> None:
    families = FamilyMaker(STANDARD, shipped_childhood(), seed, on).families(5)
    reports = [json.loads(json_text(one.bundle)) for family in families for one in reports_of(family, VOCABULARY)]
    assert found_in(reports) == []


def twins() -> Family:
    """A family with two children of one birth who were visited on one day."""
    for family in FamilyMaker(STANDARD, shipped_childhood(), 8, ON).families(200):
        days = Counter(day_of(visit.start.value) for visit in family.visits if visit.start.value is not None)
        if max(days.values()) > 1:
            return family
    raise AssertionError


def test_visits_of_one_day_are_told_at_times_of_their_own() -> None:
    times = [report.bundle["timestamp"] for report in reports_of(twins(), VOCABULARY)]
    assert len(set(times)) == len(times)


def test_an_intervention_goes_on_until_it_ends() -> None:
    family, first, _last = with_a_second_intervention()
    (report,) = reports_of(family, VOCABULARY)
    made = json.loads(json_text(report.bundle))
    plans = [one["resource"] for one in made["entry"] if one["resource"]["resourceType"] == "CarePlan"]
    assert made["timestamp"][:10] < first.isoformat()
    assert [("end" in plan["period"], plan["status"]) for plan in plans] == [(False, "active")] * 2


@landing("histories of some seeds are checked in every run")
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
    reports = list(reports_of(family, VOCABULARY))
    assert [report.name.rpartition("-k")[0] for report in reports] == ["f1"] * len(family.visits)
    for report in reports:
        start = next(
            entry["resource"]["period"]["start"]
            for entry in report.bundle["entry"]
            if entry["resource"]["resourceType"] == "Encounter"
        )
        assert report.bundle["timestamp"][:10] == start[:10]


def test_a_visit_without_a_moment_has_no_report() -> None:
    family = next(FamilyMaker(STANDARD, shipped_childhood(), 2, ON).families(1))
    first, *others = family.visits
    made = replace(family, visits=(replace(first, start=EMPTY), *others))
    told, all_told = ([one.name for one in reports_of(one, VOCABULARY)] for one in (made, family))
    assert told == all_told[1:]


def with_a_second_intervention() -> tuple[Family, date, date]:
    """A family with one visit and two interventions of it, and the days on which they end."""
    for family in FamilyMaker(STANDARD, shipped_childhood(), 3, ON).families(60):
        for visit in family.visits:
            for one in visit.interventions:
                if one.end.value is None:
                    continue
                first = day_of(one.end.value)
                last = first + timedelta(9)
                more = replace(visit, interventions=(one, replace(one, key=f"{one.key}-2", end=entry(last))))
                return replace(family, visits=(more,)), first, last
    raise AssertionError


def test_one_of_two_interventions_goes_on_after_the_other_has_ended() -> None:
    family, first, last = with_a_second_intervention()
    told: dict[str, list[str]] = {}
    for report in history_of(family, VOCABULARY, 3, last + timedelta(1)):
        made = json.loads(json_text(report.bundle))
        for resource in (one["resource"] for one in made["entry"]):
            if resource["resourceType"] == "CarePlan":
                told.setdefault(made["timestamp"][:10], []).append(resource["status"])
    assert sorted(told[first.isoformat()]) == ["active", "completed"]
    assert told[last.isoformat()] == ["completed", "completed"]


def test_families_of_two_seeds_have_no_id_in_common() -> None:
    def ids(seed: int) -> set[str]:
        (family,) = FamilyMaker(STANDARD, shipped_childhood(), seed, ON).families(1)
        reports = [report.bundle for report in reports_of(family, VOCABULARY)]
        return {entry["resource"]["id"] for report in reports for entry in report["entry"]} | {
            one["id"] for one in reports
        }

    assert ids(1) == ids(1)
    assert not ids(1) & ids(2)
