"""History: feeding periods, doubles; and who is who."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.findings.examples import RecordChange, RowChange
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.identity import birth_date, check_digit_fits
from ldbu_desktop.journal.mask import masked, without_cpr
from ldbu_desktop.journal.model import Citizen, Entry, Family, Journal, Observation, Visit
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.validate import validate

Found = Callable[..., Findings]


def cell(sheet: str, key: str, column: str, value: str) -> RowChange:
    return RowChange(sheet, key, column=column, value=value)


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        ("24-05-2020", "28-06-2020", None),
        ("23-05-2020", "28-06-2020", "feeding-periods-overlap"),
        ("01-05-2020", "04-05-2020", "recorded-before-birth"),
    ],
)
def test_feeding_periods_may_touch(start: str, end: str, code: str | None, found: Found) -> None:
    findings = found(cell("Observationer", "O21", "start", start), cell("Observationer", "O21", "slut", end))
    assert set(findings.by_code) == ({code} if code else set())


def test_the_same_period_told_again_is_no_overlap(found: Found) -> None:
    again = RowChange("Observationer", row={"kontakt_id": "K2", "variabel": "Ernæring", "værdi": "Ammes primært",
                                            "start": "05-05-2020", "slut": "24-05-2020"})  # fmt: skip
    assert not found(again).all


def test_a_withdrawn_visit_is_no_duplicate(found: Found) -> None:
    visit = {"kontakt_id": "K3", "borger_id": "barn-1", "kontakttype": "Behovskontakt med småbørnssundhedsplejen",
             "kontaktform": "Hjemmebesøg", "start": "06-10-2020 14:00", "status": "Oprettet ved en fejl"}  # fmt: skip
    assert not found(RowChange("Kontakter", row=visit)).all
    assert not found(RowChange("Kontakter", row={**visit, "status": "", "start": "07-10-2020 14:00"})).all


def test_a_duplicate_visit_of_unknown_type_is_told_too(found: Found) -> None:
    visit = {"kontakt_id": "K3", "borger_id": "barn-1", "kontaktform": "Hjemmebesøg", "start": "06-10-2020 14:00",
             "kontakttype": "Almindelig forebyggende småbørnskontakt"}  # fmt: skip
    types = [RecordChange("Visit", key, "type", "unheard-of", "x") for key in ("K2", "K3")]
    assert "duplicate-visit" in found(RowChange("Kontakter", row=visit), *types).by_code


def test_an_unplaced_record_may_be_of_any_kind(found: Found) -> None:
    findings = found(RowChange("Indsatser", row={"indsats_id": "I9", "kontakt_id": "K99", "borger_id": "barn-1",
                                                 "indsats": "Ammeindsats", "start": "07-07-2020"}))  # fmt: skip
    assert set(findings.by_code) == {"record-unplaced"}
    assert findings.rejected_visits == ()


@pytest.mark.parametrize(
    ("cpr", "born"),
    [
        ("0505209996", date(2020, 5, 5)),
        ("0101003000", date(1900, 1, 1)),
        ("0101364000", date(2036, 1, 1)),
        ("0101374000", date(1937, 1, 1)),
        ("0101369000", date(2036, 1, 1)),
        ("0101379000", date(1937, 1, 1)),
        ("0101575000", date(2057, 1, 1)),
        ("0101588000", date(1858, 1, 1)),
        ("3002209996", None),
        ("050520999", None),
        ("05052099٩٦", None),
        ("", None),
    ],
)
def test_the_century_follows_from_the_seventh_digit(cpr: str, born: date | None) -> None:
    assert birth_date(cpr) == born


def test_a_check_digit() -> None:
    assert [number for number in range(10) if check_digit_fits(f"070761428{number}")] == [5]


@given(st.from_regex(r"[0-3][0-9][01][0-9]{3}[ -]?[0-9]{4}", fullmatch=True), st.sampled_from(["", "barn ", "(", "/"]))
def test_no_cpr_is_ever_shown(cpr: str, before: str) -> None:
    assert without_cpr(f"{before}{cpr} her") == f"{before}{cpr[:6]}-•••• her"
    assert masked(cpr) == f"{cpr[:6]}-••••"


def test_what_is_no_cpr_is_shown() -> None:
    assert without_cpr("451000016003 og 57,5") == "451000016003 og 57,5"


@pytest.mark.parametrize("cpr", ["0505209996", "291182-9996", "05052099961", "05052a9996"])
def test_a_finding_never_shows_a_cpr(cpr: str, found: Found) -> None:
    findings = found(cell("Borgere", "barn-1", "cpr", cpr), cell("Borgere", "mor-1", "cpr", cpr))
    assert findings.all
    assert all(cpr[-4:] not in finding.found for finding in findings.all)


@pytest.mark.parametrize("cpr", ["0505209996", "050520-9996"])
def test_a_cpr_in_the_place_of_a_key_is_masked(cpr: str, found: Found) -> None:
    findings = found(cell("Kontakter", "S1", "borger_id", cpr))
    assert [finding.found for finding in findings.by_code["visit-subject-unknown"]] == ["050520-••••"]


def test_a_parent_may_be_young_but_not_that_young(found: Found) -> None:
    assert not found(cell("Borgere", "mor-1", "cpr", "040508-9996")).all
    assert set(found(cell("Borgere", "mor-1", "cpr", "060508-9996")).by_code) == {"parent-too-young"}
    assert not found(cell("Borgere", "mor-1", "cpr", "290208-999a")).by_code.get("parent-too-young")


def test_the_same_cpr_is_told_at_the_child_only(found: Found) -> None:
    findings = found(cell("Borgere", "mor-1", "cpr", "050520-9996"))
    assert [finding.location.record for finding in findings.by_code["cpr-of-parent"]] == ["barn-1"]


def test_twins_with_one_cpr_are_told_at_both(found: Found) -> None:
    twin = RowChange("Borgere", row={"borger_id": "barn-2", "cpr": "050520-9996", "rolle": "barn",
                                     "sor": "451000016003"})  # fmt: skip
    findings = found(twin)
    assert {finding.location.record for finding in findings.by_code["cpr-shared"]} == {"barn-1", "barn-2"}


def test_two_parents_with_one_cpr(found: Found) -> None:
    father = RowChange("Borgere", row={"borger_id": "far-1", "cpr": "291182-9996", "rolle": "far", "barn": "barn-1",
                                       "sor": "451000016003"})  # fmt: skip
    named = cell("Observationer", "O10", "borger_id", "mor-1")
    findings = found(father, named)
    assert {finding.location.record for finding in findings.by_code["cpr-shared"]} == {"mor-1", "far-1"}


def test_pairs_of_repeated_findings_are_ordered_by_the_file(found: Found) -> None:
    findings = found(cell("Observationer", "O14", "værdi", "575"), cell("Observationer", "O15", "værdi", "3,8"))
    rows = [finding.location.origin.row for finding in findings.all]
    assert all(before < after for before, after in pairwise(rows))


def test_an_overlap_is_seen_past_a_shorter_period_between(standard: Standard) -> None:
    def fed(key: str, start: int, end: int) -> Observation:
        days = {"start": Entry(date(2020, 6, start)), "end": Entry(date(2020, 6, end))}
        return Observation(key, Entry("feeding"), Entry("child"), Entry(key), is_period=True, **days)

    periods = (fed("long", 1, 20), fed("short", 3, 5), fed("late", 10, 25), fed("after", 25, 28))
    family = Family("child", (Citizen("child", True),), visits=(Visit("v", Entry("child"), observations=periods),))
    found = validate(Journal((family,)), standard, date(2020, 7, 1)).by_code["feeding-periods-overlap"]
    assert [one.location.record for one in found] == ["short", "late"]
