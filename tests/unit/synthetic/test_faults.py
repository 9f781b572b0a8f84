"""Planted faults: each code is planted or named here, is found where it was planted, and nothing else is."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ldbu_desktop.conformance.checked_report import check_text
from ldbu_desktop.findings.catalogue import types_by_level
from ldbu_desktop.findings.model import Level
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.sources.found import BundleText
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.synthetic.childhood import shipped_childhood
from ldbu_desktop.synthetic.cpr_numbers import CprNumbers
from ldbu_desktop.synthetic.families import FamilyMaker
from ldbu_desktop.synthetic.faults import report_cases
from ldbu_desktop.synthetic.faults.file_cases import report_codes, table_codes
from ldbu_desktop.synthetic.faults.history_cases import history_places
from ldbu_desktop.synthetic.faults.planting import Planting, not_planted, plantable
from ldbu_desktop.synthetic.faults.report_changes import change_case, codes_of_changes
from ldbu_desktop.use_cases.engines import engine_for
from ldbu_desktop.use_cases.examples import journal_of
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.validate import validate
from tests.delivery_histories.checking import found_in
from tests.profiles import LONG

STANDARD = shipped_standard()
ON = date(2025, 12, 1)
PLANTABLE = plantable(STANDARD)
COUNTED = frozenset(one.code for one in types_by_level()[Level.CONFORMANCE])
"""Codes that a check of reports tells, and not the reading of a journal."""


def planting(seed: int, on: date = ON) -> Planting:
    """What plants, beside families that nobody asked for."""
    return Planting(FamilyMaker(STANDARD, shipped_childhood(), seed, on), seed, on)


def codes(form: str) -> tuple[str, ...]:
    """The codes that a form can hold."""
    return tuple(code for code, forms in PLANTABLE.items() if form in forms)


def test_every_code_is_planted_or_it_is_said_why_not() -> None:
    levels = types_by_level()
    every = {one.code for types in levels.values() for one in types}
    assert PLANTABLE.keys() | not_planted().keys() == every
    assert PLANTABLE.keys().isdisjoint(not_planted())
    assert all(reason.da and reason.en for reason in not_planted().values())
    assert codes("history") == tuple(one.code for one in levels[Level.HISTORY])
    assert history_places().keys() == set(codes("history"))
    assert set(codes("wide")) == table_codes()


FILES = [(form, code) for form, of in (("long", table_codes()), ("fhir", report_codes())) for code in sorted(of)]
if not LONG:
    FILES = FILES[::6]


@pytest.mark.parametrize(("form", "code"), FILES)
def test_faults_of_files_are_found_and_nothing_else_is(tmp_path: Path, form: str, code: str) -> None:
    assert form in PLANTABLE[code]
    [case] = planting(4).files((code,))
    path = tmp_path / f"fejl{case.ending}"
    path.write_bytes(case.content)
    if code in COUNTED:
        verdict = check_text(engine_for(STANDARD, None), BundleText("fejl.json", case.content)).verdict
        found = {one.code for one in verdict.errors}
    else:
        found = {one.code for one in validate(load([path], STANDARD), STANDARD, date(2025, 12, 1)).all}
    assert found - set(case.planted.also) == {code}
    assert [one.content for one in planting(4).files((code,))] == [case.content]


@pytest.mark.parametrize(
    ("code", "seed", "day"),
    [("file-zeros-passed-over", 9301, date(2023, 5, 11)), ("file-other-delimiter", 9304, date(2026, 8, 14))],
)
def test_faults_of_text_files_are_found_whatever_the_last_row_holds(
    tmp_path: Path, code: str, seed: int, day: date
) -> None:
    maker = FamilyMaker(STANDARD, shipped_childhood(), seed, day)
    assert len(list(maker.families(2))) == 2
    *_, case = Planting(maker, seed, day).files(("file-header-unknown", "file-columns-contradict", code))
    (tmp_path / "fejl.csv").write_bytes(case.content)
    assert {one.code for one in load([tmp_path / "fejl.csv"], STANDARD).notes} == {code}


@pytest.mark.parametrize("seed", [2, 3, 5, 9101])
def test_a_report_without_its_visit_is_rejected_whatever_the_visit_was(tmp_path: Path, seed: int) -> None:
    [case] = planting(seed).files(("file-report-rejected",))
    (tmp_path / "fejl.json").write_bytes(case.content)
    found = {one.code for one in load([tmp_path / "fejl.json"], STANDARD).notes}
    assert "file-report-rejected" in found


def test_two_visits_in_a_report_are_of_one_citizen_told_once(tmp_path: Path) -> None:
    [case] = planting(9202, date(2026, 11, 28)).files(("two-visits-in-one-report",))
    entries = json.loads(case.content)["entry"]
    ids = [entry["resource"]["id"] for entry in entries]
    assert len(ids) == len(set(ids))
    assert sum(entry["resource"]["resourceType"] == "Encounter" for entry in entries) == 2


@pytest.mark.parametrize("code", sorted(codes_of_changes())[:: 1 if LONG else 4])
def test_what_is_changed_in_a_family_s_report_is_found_and_nothing_else_is(tmp_path: Path, code: str) -> None:
    [case] = planting(6).reports((code,))
    path = tmp_path / "fejl.json"
    path.write_bytes(case.text)
    found = validate(load([path], STANDARD), STANDARD, date(2025, 12, 1)).all
    assert {one.code for one in found} == {code}
    assert all(one.location.origin.path.startswith(case.planted.at) for one in found)


def test_no_family_that_fits_has_no_case() -> None:
    assert change_case("school-unknown", (), Vocabulary(STANDARD)) is None


def found_in_rows(seed: int, on: date = ON) -> tuple[Counter[str], Counter[str]]:
    """Plant all that rows can hold: the codes that were missed at their places, and what else was found."""
    cases = planting(seed, on).tables(codes("long"))
    headers = {sheet: list(rows[0]) for sheet, rows in cases.rows.items()}
    sheets = {sheet: [headers[sheet], *([*row.values()] for row in rows)] for sheet, rows in cases.rows.items()}
    found = [
        (one.code, one.location.origin.sheet, one.location.origin.row)
        for one in validate(journal_of(sheets, STANDARD), STANDARD, date(2025, 12, 1)).all
    ]
    missed: Counter[str] = Counter()
    for planted in cases.planted:
        rows = {sheet: range(first, last + 1) for sheet, (first, last) in planted.rows.items()}
        mine = [one for one in found if one[2] in rows.get(one[1], ())]
        missed[planted.code] += planted.code not in {code for code, *_ in mine}
        found = [one for one in found if one not in mine or one[0] not in (planted.code, *planted.also)]
    return +missed, Counter(code for code, *_ in found)


def test_faults_in_rows_are_found_where_they_are_and_nothing_else_is() -> None:
    for seed in range(11 if LONG else 2):
        assert found_in_rows(seed) == (Counter(), Counter())


def test_cells_are_where_a_fault_was_made() -> None:
    cases = planting(1).tables(("number-unreadable", "cpr-malformed", "mandatory-missing-gateway", "cpr-shared"))
    number, cpr, missing, shared = cases.planted
    [cell] = number.cells
    assert cell.column == "værdi"
    assert cases.rows[cell.sheet][cell.row - 2][cell.column] == "ca. fem kilo"
    assert [one.column for one in cpr.cells] == ["cpr"]
    assert missing.cells == ()
    assert [(one.sheet, one.column) for one in shared.cells] == [("Borgere", "")]
    told = number.told()
    assert told["cells"] == [{"sheet": cell.sheet, "row": cell.row, "column": "værdi"}]
    assert told["rows"]["Borgere"] == [2, 4]


def test_cases_are_about_different_people_on_different_days() -> None:
    one, other = (planting(seed).tables(("score-not-the-sum",) * 2).rows for seed in (1, 2))
    assert len({row["cpr"] for row in one["Borgere"]}) == 6
    assert [row["start"] for row in one["Kontakter"]] != [row["start"] for row in other["Kontakter"]]
    assert planting(1).tables(("score-not-the-sum",) * 2).rows == one


def test_faults_in_reports_are_found_and_nothing_else_is() -> None:
    engine = engine_for(STANDARD, None)
    here = [code for code in codes("fhir") if code not in codes_of_changes() | report_codes()]
    chosen = tuple(here if LONG else (code for code in here if "gateway" in code or code < "c"))
    for case in planting(3).reports(chosen):
        verdict = check_text(engine, BundleText("fejl.json", case.text)).verdict
        found = {(one.code, one.key, one.rule) for one in (*verdict.errors, *verdict.others)}
        assert any(case.planted.code in names for names in found), case.planted
        allowed = {case.planted.code, *case.planted.also}
        assert [names for names in found if allowed.isdisjoint(names)] == [], case.planted


def test_a_number_in_an_example_that_is_no_cpr_number_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = ["0505209996", "050520-ABC1"]
    patient = {"resourceType": "Patient", "id": "one", "identifier": [{"value": number} for number in numbers]}
    report = {"resourceType": "Bundle", "id": "all", "entry": [{"resource": patient}]}
    code = next(code for code in codes("fhir") if code in report_cases.report_examples())
    monkeypatch.setattr(report_cases, "clean_report", lambda _: report)
    monkeypatch.setattr(report_cases, "example_report", lambda _: json.dumps(report))
    made = json.loads(report_cases.example_case(code, CprNumbers(frozenset(numbers)), 1).text)
    told = made["entry"][0]["resource"]
    first, second = (one["value"] for one in told["identifier"])
    assert first != numbers[0]
    assert first[:6] == numbers[0][:6]
    assert second == numbers[1]
    assert {told["id"], made["id"]}.isdisjoint({"one", "all"})


def test_faults_in_histories_are_found_at_their_reports() -> None:
    for seed in range(5 if LONG else 1):
        for case in planting(seed).histories(codes("history")):
            reports: list[dict[str, Any]] = [json.loads(text) for text in case.reports.values()]
            names, planted = list(case.reports), case.planted
            found = found_in(reports, failing=sum(_fails(text) for text in case.reports.values()))
            assert {one.code for one in found} - set(planted.also) == {planted.code}
            places = [(names[int(one.earlier.file)], names[int(one.later.file)]) for one in found]
            assert any(earlier == planted.earlier and later in (planted.later or names) for earlier, later in places), (
                planted
            )


def _fails(text: bytes) -> bool:
    return bool(check_text(engine_for(STANDARD, None), BundleText("x.json", text)).verdict.errors)
