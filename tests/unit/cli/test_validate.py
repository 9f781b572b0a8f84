"""``ldbu validate`` as its users run it: text for people, JSON for machines, exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.cli.program import Exit, run

CLEAN = resource("samples", "familie.xlsx")

WIDE = (
    "kontakt_id;barn_cpr;sor;kontakttype;kontaktform;start;Vægt;Vægt enhed\n"
    "K1;050520-9996;451000016003;Behovskontakt med småbørnssundhedsplejen;Hjemmebesøg;20-05-2020;{weight};{unit}\n"
)


def export(folder: Path, weight: str = "3900", unit: str = "g") -> Path:
    """A wide export with one visit and one weight."""
    path = folder / "eksport.csv"
    path.write_text(WIDE.format(weight=weight, unit=unit), encoding="utf-8")
    return path


def answer(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    """The exit code and the JSON."""
    status = run(["validate", str(path), "--format", "json"])
    written: dict[str, Any] = json.loads(capsys.readouterr().out)
    return status, written


def test_clean_export(capsys: pytest.CaptureFixture[str]) -> None:
    status, told = answer(CLEAN, capsys)
    assert status == Exit.CLEAN
    assert told["findings"] == []
    assert told["counts"]["visits"] == told["counts"]["ready"] == 11


def test_many_visits_are_all_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, visits = export(tmp_path, weight="tre"), 2100
    header, row = path.read_text(encoding="utf-8").splitlines()
    rows = (row.replace("K1", f"K{number}") for number in range(visits))
    path.write_text("\n".join((header, *rows)), encoding="utf-8")
    status, told = answer(path, capsys)
    assert status == Exit.REJECTED
    assert told["counts"]["rejected_visits"] == told["counts"]["visits"] == visits
    assert [one["visit"] for one in told["findings"] if one["code"] == "number-unreadable"] == [
        f"K{number}" for number in range(visits)
    ]


def test_finding_tells_where_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, told = answer(export(tmp_path, weight="tre"), capsys)
    assert status == Exit.REJECTED
    (finding,) = told["findings"]
    assert finding["code"] == "number-unreadable"
    assert finding["severity"] == "rejected"
    assert finding["location"] == {
        "file": "eksport.csv",
        "sheet": "eksport",
        "cell": "G2",
        "line": 2,
        "path": None,
    }
    assert (finding["visit"], finding["variable"], finding["found"]) == ("K1", "weight", "tre")
    assert all(finding[name] for name in ("message", "remedy", "source"))
    assert told["counts"]["rejected"] == 1


def test_hint_does_not_reject(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, told = answer(export(tmp_path, weight="39000"), capsys)
    assert [finding["severity"] for finding in told["findings"]] == ["check"]
    assert status == Exit.CLEAN


def test_text_groups_by_cause(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = export(tmp_path, weight="tre")
    row = path.read_text(encoding="utf-8").splitlines()[1]
    more = "\n".join(row.replace("K1;", f"K{number};").replace("20-05", f"{number}-06") for number in range(2, 9))
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert run(["validate", str(path)]) == Exit.REJECTED
    told = capsys.readouterr().out
    assert told.count("number-unreadable") == 1
    assert told.count("eksport!G") == 5
    assert run(["validate", str(path), "--all"]) == Exit.REJECTED
    assert capsys.readouterr().out.count("eksport!G") == 8


def test_text_says_that_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", str(CLEAN)]) == Exit.CLEAN
    assert "✔" in capsys.readouterr().out


def test_cpr_is_never_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = export(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("050520-9996", "310220-9996"), encoding="utf-8")
    for form in ("text", "json"):
        assert run(["validate", str(path), "--format", form]) == Exit.REJECTED
        written = capsys.readouterr().out
        assert "9996" not in written
        assert ("310220" in written) is (form == "text")


STEERING = "".join(
    ("\x1b[2J", "\x1b]0;x", "\x07", "\x9b31m", "\x9d", "\x85", "\u2028", "\u200e",
     *map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
)  # fmt: skip


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "junit", "html"])
def test_no_form_of_findings_steers_a_terminal(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = export(tmp_path, weight=f"t{STEERING}re")
    path = path.rename(tmp_path / f"a{STEERING}b.csv")
    run(["validate", str(path), "--format", form, "--all"])
    run(["validate", str(path), str(tmp_path / "there" / path.name), "--format", form])
    told = capsys.readouterr()
    assert told.out
    assert not [mark for mark in told.out + told.err if mark in STEERING and not mark.isascii()]
    assert "\x1b" not in told.out + told.err
    assert "⟨" in told.out


@pytest.mark.parametrize("mark", ["\x1b[2J", "\x07", "\x9b31m", "\u202e", "\r"])
def test_nothing_in_a_file_steers_a_terminal(mark: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = export(tmp_path, weight=f"t{mark}re")
    for words in (["validate", str(path)], ["export", str(path), "--to", str(tmp_path / "out")]):
        run(words)
        told = capsys.readouterr()
        assert not set(told.out + told.err) & set(mark.strip("[2J31m"))
    run(["validate", str(tmp_path / f"a{mark}b.csv")])
    assert not set(capsys.readouterr().err) & set(mark.strip("[2J31m"))


def test_a_row_that_is_not_read_is_never_clean(tmp_path: Path) -> None:
    """Also where all that was read can be delivered: as the export of the same file answers."""
    lines = resource("samples", "familie-bred.csv").read_text(encoding="utf-8-sig").splitlines()[:3]
    for added, code in (("", Exit.CLEAN), ("K99", Exit.REJECTED), (lines[-1].replace(";", ","), Exit.REJECTED)):
        (tmp_path / "a.csv").write_text("\n".join([*lines, added]), encoding="utf-8")
        assert run(["validate", str(tmp_path / "a.csv")]) == code
        assert run(["export", str(tmp_path / "a.csv"), "--to", str(tmp_path / f"ud-{len(added)}")]) == code


def test_of_columns_that_disagree_nothing_is_delivered(tmp_path: Path) -> None:
    head, _, visit = resource("samples", "familie-bred.csv").read_text(encoding="utf-8-sig").splitlines()[:3]
    (tmp_path / "a.csv").write_text(f"{head};Vægt\n{visit};3400\n", encoding="utf-8")
    assert run(["validate", str(tmp_path / "a.csv")]) == Exit.REJECTED
    assert run(["export", str(tmp_path / "a.csv"), "--to", str(tmp_path / "ud")]) == Exit.REJECTED
    written = sorted(path.name for path in (tmp_path / "ud").iterdir())
    assert [name for name in written if not name.startswith("kvittering")] == []
