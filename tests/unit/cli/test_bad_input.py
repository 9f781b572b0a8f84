"""Bad input in a shape of another system, read without a map and with one that was approved for the good file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ldbu_desktop.cli.program import Exit, run
from tests.data.exports.bad_files import (
    CASES,
    FILES,
    HEADERS,
    ROWS,
    bytes_of,
    in_column,
    protected,
    spoilt,
    workbook,
    written,
)


def approved(folder: Path, path: Path) -> Path:
    """A map in which everything that is proposed for a file was approved."""
    saved = folder / "godkendt.ldbumap"
    run(["map", str(path), "--approve", "all", "--by", "SPL", "--save", str(saved)])
    return saved


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return approved(tmp_path, written(tmp_path, ROWS, name="god.xlsx"))


def told(capsys: pytest.CaptureFixture[str], path: Path, *maps: Path) -> tuple[int, set[str], dict[str, Any]]:
    """The exit code, the codes of what was found, and all that was told."""
    capsys.readouterr()
    words = [word for each in maps for word in ("--map", str(each))]
    status = run(["validate", str(path), *words, "--format", "json"])
    answer = capsys.readouterr()
    assert "Traceback" not in answer.err
    assert not any(row[0] in answer.out + answer.err for row in ROWS)
    report = json.loads(answer.out) if answer.out.strip() else {}
    return status, {each["code"] for each in report.get("findings", ())}, report


@pytest.mark.parametrize("ending", ["xls", "xlsb", "ods", "csv", "txt", "zip"])
def test_a_workbook_by_another_ending_is_read_by_what_it_is(
    tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    path = written(tmp_path, ROWS, name=f"omdøbt.{ending}")
    status, codes, _ = told(capsys, path, good)
    assert status == Exit.REJECTED
    assert "mandatory-missing-gateway" in codes


@pytest.mark.parametrize(("kind", "ending"), [("xls", "xlsx"), ("xlsb", "xls"), ("ods", "xlsx"), ("xls", "csv")])
def test_a_workbook_of_another_format_is_read_by_any_ending(
    tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str], kind: str, ending: str
) -> None:
    path = tmp_path / f"omdøbt.{ending}"
    path.write_bytes(bytes_of(kind))
    status, codes, _ = told(capsys, path, good)
    assert status == Exit.REJECTED
    assert "mandatory-missing-gateway" in codes


def test_a_protected_sheet_is_read(tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, protected(tmp_path), good)[0] == Exit.REJECTED


@pytest.mark.parametrize("name", FILES)
def test_nothing_that_waits_is_used_without_a_map(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """What is plainly what it says is read; of the rest it is told that it waits."""
    status, codes, _ = told(capsys, FILES[name](tmp_path))
    assert status == Exit.REJECTED
    assert "mandatory-missing-gateway" in codes
    assert name not in CASES or codes & {CASES[name][2], "file-column-waits", "file-value-waits"}


@pytest.mark.parametrize("case", CASES)
def test_what_is_wrong_is_told_with_a_map(
    tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    status, codes, _ = told(capsys, spoilt(case, tmp_path), good)
    assert status == Exit.REJECTED
    assert CASES[case][2] in codes


def test_columns_in_another_order_are_read_as_before(
    tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    as_it_was = told(capsys, written(tmp_path, ROWS), good)[1]
    path = written(tmp_path, [row[::-1] for row in ROWS], HEADERS[::-1])
    assert told(capsys, path, good)[1] == as_it_was


def test_dates_of_several_forms_are_read_where_each_can_mean_one_day(
    tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, in_column(1, "2020-03-10", "11. marts 2020", "12/3-2020", "13. 3. 2020"))
    assert told(capsys, path, good)[1] == told(capsys, written(tmp_path, ROWS), good)[1]


def test_a_map_for_another_file_reads_nothing_of_it(
    tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, [["skrue", 3]] * 4, ["Varenavn", "Pris"])
    status, codes, _ = told(capsys, path, good)
    assert status in (Exit.REJECTED, Exit.FAULT)
    assert "mandatory-missing-gateway" not in codes


def with_lists(folder: Path, name: str, first: str, second: str) -> Path:
    """Codes instead of answers, with a sheet that says what they mean."""
    codes = {"Fuldamning": "1", "Ammes primært": "2", "MME": "4"}
    book = workbook([[*row[:6], codes[row[6]]] for row in ROWS])
    page = book.create_sheet("Koder")
    for row in (["Felt", "Kode", "Tekst"], ["Amning", "1", first], ["Amning", "2", second], ["Amning", "4", "MME"]):
        page.append(row)
    book.save(path := folder / name)
    return path


def test_codes_that_changed_meaning_wait_for_a_yes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = with_lists(tmp_path, "først.xlsx", "Fuldamning", "Ammes primært")
    kept = approved(tmp_path, first)
    assert "file-value-waits" not in told(capsys, first, kept)[1]
    status, codes, _ = told(capsys, with_lists(tmp_path, "siden.xlsx", "Ammes primært", "Fuldamning"), kept)
    assert status == Exit.REJECTED
    assert codes & {"file-value-waits", "file-column-waits"}


def test_a_variable_that_the_standard_lacks_costs_its_column_alone(
    tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = good.read_text(encoding="utf-8").replace("variable: weight", "variable: blodtryk")
    (other := tmp_path / "andet.ldbumap").write_text(text, encoding="utf-8")
    status, codes, _ = told(capsys, written(tmp_path, ROWS), other)
    assert status == Exit.REJECTED
    assert {"file-column-not-in-standard", "mandatory-missing-gateway"} <= codes


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace("columns:", "kolonner:"),
        lambda text: text + text,
        lambda text: "[[[\n- 3: {",
        lambda text: "",
        lambda text: "\x00\x01",
    ],
)
def test_a_map_that_is_no_map_is_refused(
    tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str], edit: Callable[[str], str]
) -> None:
    text = good.read_text(encoding="utf-8")
    assert edit(text) != text
    (other := tmp_path / "spoilt.ldbumap").write_text(edit(text), encoding="utf-8")
    status, codes, _ = told(capsys, written(tmp_path, ROWS), other)
    assert status == Exit.FAULT
    assert not codes
