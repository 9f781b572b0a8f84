"""``ldbu template``, ``export`` and ``explain`` as their users run them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.findings.catalogue import journal_types
from ldbu_desktop.use_cases.meanings import codes as check_codes

CLEAN = resource("samples", "familie.xlsx")
FAULTY = resource("samples", "familie-med-fejl.xlsx")


@pytest.mark.parametrize(("shape", "ending"), [("long", ".xlsx"), ("wide", ".xlsx"), ("wide", ".csv")])
def test_a_template_is_known_and_lacks_nothing_but_visits(
    shape: str, ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"skabelon{ending}"
    assert run(["template", str(path), "--shape", shape]) == Exit.CLEAN
    assert str(path) in capsys.readouterr().out
    assert run(["validate", str(path), "--format", "json"]) == Exit.REJECTED
    told = json.loads(capsys.readouterr().out)
    assert ([one["code"] for one in told["findings"]], told["counts"]["visits"]) == (["file-no-visit"], 0)


def test_template_of_another_kind_is_a_faulty_call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["template", str(tmp_path / "skabelon.pdf")]) == Exit.FAULT
    assert "skabelon.pdf" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_export_writes_every_clean_visit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", str(CLEAN), "--to", str(tmp_path)]) == Exit.CLEAN
    receipt = json.loads((tmp_path / "kvittering.json").read_text(encoding="utf-8"))
    assert receipt["counts"]["sent"] == 11
    assert len(list(tmp_path.glob("*.json"))) == 12
    assert capsys.readouterr().out.count("\n") == 2
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert run(["export", str(CLEAN), "--to", str(tmp_path)]) == Exit.CLEAN
    (beside,) = (path for path in tmp_path.iterdir() if path.is_dir())
    assert str(beside) in capsys.readouterr().out
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == written
    assert {path.name for path in beside.iterdir()} == set(written)


def test_export_leaves_out_what_would_be_rejected_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", str(FAULTY), "--to", str(tmp_path)]) == Exit.REJECTED
    told = capsys.readouterr().out
    for visit in ("K03", "K06", "K07", "K09"):
        assert f"{visit} (" in told
    assert "missing-reason-contradicted" in told


def test_export_sends_a_contradiction_knowingly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", str(FAULTY), "--to", str(tmp_path), "--send-anyway"]) == Exit.REJECTED
    receipt = json.loads((tmp_path / "kvittering.json").read_text(encoding="utf-8"))
    assert [told["visit"] for told in receipt["sent_knowingly"]] == ["K03"]
    assert "K03 (missing-reason-contradicted" in capsys.readouterr().out


@pytest.mark.parametrize("layout", ["pretty", "compact", "ndjson"])
@pytest.mark.parametrize("report", ["visit", "child"])
def test_export_in_every_layout_is_read_back(
    report: str, layout: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "out"
    assert run(["export", str(CLEAN), "--to", str(to), "--report", report, "--layout", layout]) == Exit.CLEAN
    (to / "kvittering.json").unlink()
    capsys.readouterr()
    run(["validate", str(to), "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    assert told["counts"]["visits"] == 11
    assert told["counts"]["rejected"] == 0


def test_incremental_delivery_wraps_the_reports(tmp_path: Path) -> None:
    assert run(["export", str(CLEAN), "--to", str(tmp_path), "--incremental"]) == Exit.CLEAN
    (delivery,) = [path for path in tmp_path.glob("*.json") if path.name != "kvittering.json"]
    bundle = json.loads(delivery.read_text(encoding="utf-8"))
    assert {entry["resource"]["resourceType"] for entry in bundle["entry"]} == {"Bundle"}


def test_explain_lists_every_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain"]) == Exit.CLEAN
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines] == [*journal_types(), *check_codes()]
    assert all(line.split(maxsplit=2)[2] for line in lines)


@pytest.mark.parametrize("code", ["visit-before-birth", "missing-reason-contradicted"])
def test_explain_one_code(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", code]) == Exit.CLEAN
    told = capsys.readouterr().out
    assert code in told
    assert journal_types()[code].title.da in told


@pytest.mark.parametrize(
    ("code", "meanings"),
    [
        ("obs-1", 1),
        ("unquoted-value", 1),
        ("Validation_VAL_Profile_Maximum", 2),
        ("report-not-conformant", 1),
        ("export-cancelled", 1),
    ],
)
def test_explain_a_code_of_a_check_or_receipt(code: str, meanings: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", code]) == Exit.CLEAN
    lines = capsys.readouterr().out.splitlines()
    assert lines.count(code) == meanings
    assert not any(re.search(r"\{\w", line) for line in lines), "a fact that nothing filled"


def test_explain_proposes_the_nearest_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "obs-11"]) == Exit.FAULT
    assert "obs-1;" in capsys.readouterr().err
    assert run(["explain", "visit-befor-birth"]) == Exit.FAULT
    assert "visit-before-birth" in capsys.readouterr().err


NO_VISIT = {
    "a record without a visit": (
        "Observationer.csv",
        "observation_id;kontakt_id;variabel;værdi;enhed\nO9;K9;Vægt;3400;g\n",
    ),
    "a family without visits": ("Borgere.csv", "borger_id;cpr;rolle;barn;sor\nB9;12;barn;;451000016003\n"),
}


@pytest.mark.parametrize("name", NO_VISIT)
def test_what_is_of_no_visit_and_not_delivered_is_told_and_never_clean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """As validate answers, although every visit is delivered."""
    file, content = NO_VISIT[name]
    lines = resource("samples", "familie-bred.csv").read_text(encoding="utf-8-sig").splitlines()
    (tmp_path / "a.csv").write_text(f"{lines[0]}\n{lines[2]}\n", encoding="utf-8")
    (tmp_path / file).write_text(content, encoding="utf-8")
    files = [str(tmp_path / "a.csv"), str(tmp_path / file)]
    assert run(["validate", *files]) == Exit.REJECTED
    capsys.readouterr()
    assert run(["export", *files, "--to", str(tmp_path / "ud")]) == Exit.REJECTED
    assert file in capsys.readouterr().out
    assert run(["check", str(tmp_path / "ud")]) == Exit.CLEAN
