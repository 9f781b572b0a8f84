"""``ldbu synth``: made-up families as a vendor asks for them, clean by the same program and the same bytes anywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.findings.catalogue import finding_types
from ldbu_desktop.standard.profiles import Profile
from ldbu_desktop.synthetic import files as synthesis
from ldbu_desktop.synthetic.examples.profile_examples import Extent, ProfileExample
from ldbu_desktop.synthetic.examples.reports import ExampleReports
from tests.profiles import each, landing

CALL = ("synth", "--families", "4", "--seed", "5", "--on", "2025-12-01")


def synth(folder: Path, *more: str) -> int:
    """Run the command."""
    return run([*CALL, *more, "--to", str(folder)])


def contents(folder: Path) -> dict[str, bytes]:
    """The files below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("how", "names"),
    [
        (("--as", "long"), {"familier-1.xlsx"}),
        (("--as", "wide"), {"familier-1.xlsx"}),
        (("--as", "wide", "--file-type", "csv"), {"familier-1.csv"}),
        (
            ("--as", "long", "--file-type", "csv", "--test-persons"),
            {
                f"familier-{sheet}.csv"
                for sheet in ("borgere", "kontakter", "observationer", "fund", "indsatser", "spørgeskemaer")
            },
        ),
        (("--as", "fhir", "--layout", "ndjson"), {"fhir.ndjson"}),
    ],
)
def test_families_are_clean_in_every_form(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], how: tuple[str, ...], names: set[str]
) -> None:
    assert synth(tmp_path / "to", *how) == Exit.CLEAN
    assert "4 familier" in capsys.readouterr().out
    assert contents(tmp_path / "to").keys() - {".ldbu.lock"} == names
    assert run(["validate", str(tmp_path / "to"), "--format", "json"]) == Exit.CLEAN
    assert json.loads(capsys.readouterr().out)["findings"] == []


def test_texts_grow_part_by_part_to_what_they_are_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    how = ("--as", "long", "--file-type", "csv")
    assert synth(tmp_path / "at-once", *how) == Exit.CLEAN
    monkeypatch.setattr(synthesis, "FAMILIES_A_FILE", 3)
    assert synth(tmp_path / "in-parts", *how) == Exit.CLEAN
    assert contents(tmp_path / "in-parts") == contents(tmp_path / "at-once")


@pytest.mark.parametrize(
    ("how", "limit", "command"),
    [
        (("--as", "long", "--file-type", "csv"), 30_000, "validate"),
        (("--as", "history", "--layout", "ndjson"), 300_000, "history"),
    ],
)
def test_no_file_is_larger_than_what_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, how: tuple[str, ...],
    limit: int, command: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(synthesis, "FAMILIES_A_FILE", 1)
    assert synth(tmp_path / "one", *how) == Exit.CLEAN
    monkeypatch.setattr(synthesis, "FILE_BYTES", limit)
    assert synth(tmp_path / "several", *how) == Exit.CLEAN
    one, several = (sorted((tmp_path / name).iterdir()) for name in ("one", "several"))
    assert {path.name for path in one} < {path.name for path in several}
    assert all(path.stat().st_size <= limit for path in several)
    capsys.readouterr()
    answers = []
    for folder in ("one", "several"):
        assert run([command, str(tmp_path / folder), "--format", "json"]) == Exit.CLEAN
        told = json.loads(capsys.readouterr().out)
        counts = told["counts"]
        answers.append((told["findings"], counts.get("visits"), counts.get("reports")))
    assert answers[0] == answers[1]


def test_a_report_of_each_visit_is_accepted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert synth(tmp_path / "to", "--as", "fhir", "--layout", "compact") == Exit.CLEAN
    assert all(path.name.startswith("f") for path in (tmp_path / "to").glob("*.json"))
    assert run(["check", str(tmp_path / "to")]) == Exit.CLEAN
    capsys.readouterr()


def test_deliveries_over_time_fit_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert synth(tmp_path / "to", "--as", "history", "--layout", "compact") == Exit.CLEAN
    assert run(["history", str(tmp_path / "to"), "--format", "json"]) == Exit.CLEAN
    assert json.loads(capsys.readouterr().out.partition("\n")[2])["findings"] == []


@pytest.mark.parametrize("form", each(["history", "long"], 1))
def test_the_same_call_gives_the_same_bytes_in_any_process(tmp_path: Path, form: str) -> None:
    made = []
    for place, (seed, zone) in enumerate((("1", "UTC"), ("77", "Pacific/Auckland"))):
        folder = tmp_path / str(place)
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}
        call = [sys.executable, "-m", "ldbu_desktop", *CALL, "--as", form, "--to", str(folder)]
        subprocess.run(call, check=True, capture_output=True, env=environment)
        made.append(contents(folder))
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("how", "codes", "command"),
    [
        (("--as", "long"), "cpr-malformed,weight-drop", "validate"),
        (("--as", "long", "--file-type", "csv"), "cpr-malformed,weight-drop", "validate"),
        (("--as", "wide", "--file-type", "csv"), "file-header-unknown", "validate"),
        (("--as", "fhir", "--layout", "ndjson"), "gateway-children-report-sight,wrong-date,not-utf-8", "check"),
        (("--as", "history", "--layout", "ndjson"), "history-void-twice", "history"),
    ],
)
def test_planted_faults_are_expected_and_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], how: tuple[str, ...], codes: str, command: str
) -> None:
    assert synth(tmp_path, *how, "--fault", codes) == Exit.CLEAN
    assert "expected.json" in capsys.readouterr().out
    expected = json.loads((tmp_path / "expected.json").read_bytes())
    assert ",".join(fault["code"] for fault in expected["faults"]) == codes
    assert (expected["on"], expected["seed"]) == ("2025-12-01", 5)
    named = [name for fault in expected["faults"] for name in fault.get("files") or [fault["file"]]]
    assert all((tmp_path / name).exists() for name in named)
    (tmp_path / "expected.json").rename(tmp_path.parent / "expected.json")
    assert run([command, str(tmp_path), "--format", "json"]) == Exit.REJECTED
    told = capsys.readouterr().out
    assert all(f'"{code}"' in told for code in codes.split(","))


def test_in_text_files_a_fault_is_expected_where_its_finding_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = ["cpr-malformed", "value-negative", "file-header-unknown"]
    assert synth(tmp_path, "--as", "long", "--file-type", "csv", "--fault", ",".join(codes)) == Exit.CLEAN
    cpr, value, header = json.loads((tmp_path / "expected.json").read_bytes())["faults"]
    assert header["file"] == "fejl-file-header-unknown.csv"
    assert cpr["files"] == value["files"]
    capsys.readouterr()
    run(["validate", *(str(tmp_path / name) for name in cpr["files"]), "--format", "json"])
    found = {
        (one["code"], one["location"]["sheet"]): one["location"]
        for one in json.loads(capsys.readouterr().out)["findings"]
    }
    assert len(found) == 2
    for fault in (cpr, value):
        [cell] = fault["cells"]
        assert found[fault["code"], cell["sheet"]]["line"] == cell["row"]
        assert fault["rows"][cell["sheet"]][0] <= cell["row"] <= fault["rows"][cell["sheet"]][1]


@landing("faults are planted one by one and by two in every run")
def test_all_stands_for_what_a_form_can_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert synth(tmp_path, "--as", "long", "--fault", "all") == Exit.CLEAN
    assert len(json.loads((tmp_path / "expected.json").read_bytes())["faults"]) > 90
    capsys.readouterr()


@pytest.mark.parametrize(
    "wrong",
    [
        ("--on", "1999-01-01"),
        ("--on", "2037-01-01"),
        ("--on", "i går"),
        ("--families", "0"),
        ("--families", "mange"),
        ("--as", "pdf"),
        ("--fault", "cpr-malformd"),
        ("--fault", "wrong-date"),
        ("--fault", "file-map-used"),
        ("--examples", "--layout=pretty"),
    ],
)
def test_a_call_that_can_not_be_met_is_said_to_be_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: tuple[str, str]
) -> None:
    assert synth(tmp_path / "to", *wrong) == Exit.FAULT
    assert capsys.readouterr().err
    assert not (tmp_path / "to").exists()


def test_all_codes_are_listed_with_their_forms_or_the_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["synth", "--list-faults"]) == Exit.CLEAN
    told = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines())
    assert told.keys() == finding_types().keys()
    assert told["weight-drop"] == "long"
    assert told["file-header-unknown"] == "long wide"
    assert all(line.startswith(("long", "fhir", "history")) or line[2:] for line in told.values())


def test_a_folder_has_to_be_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["synth", "--on", "2025-12-01"]) == Exit.FAULT
    assert "--to" in capsys.readouterr().err


def test_examples_are_written_and_those_that_are_not_valid_are_left_out_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = Profile("http://x.invalid/citizen", "Patient", "resource", ())
    patient = {"resourceType": "Patient", "id": "one"}

    def examples(self: ExampleReports) -> Iterator[ProfileExample]:
        assert self.check(patient) > 0
        yield ProfileExample(profile, Extent.MINIMAL, profile, patient, faults=0)
        yield ProfileExample(profile, Extent.FULL, profile, patient, faults=2)

    monkeypatch.setattr(ExampleReports, "examples", examples)
    assert run(["synth", "--examples", "--to", str(tmp_path)]) == Exit.REJECTED
    assert json.loads((tmp_path / "citizen-minimal.json").read_bytes()) == patient
    assert "citizen-full.json" in capsys.readouterr().out
    assert not (tmp_path / "citizen-full.json").exists()
    monkeypatch.setattr(ExampleReports, "examples", lambda self: (one for one in examples(self) if not one.faults))
    assert run(["synth", "--examples", "--to", str(tmp_path / "alle")]) == Exit.CLEAN


def test_a_fault_of_a_file_alone_needs_no_rows(tmp_path: Path) -> None:
    assert synth(tmp_path / "ud", "--fault", "file-empty-rows") == Exit.CLEAN
    written = sorted(path.name for path in (tmp_path / "ud").glob("*file-empty-rows*"))
    assert len(written) == 1
    assert json.loads((tmp_path / "ud" / "expected.json").read_bytes())["faults"][0]["file"] == written[0]
