"""Bad input in a shape of another system, read with a map that was approved for the good one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.workbook.protection import WorkbookProtection

from ldbu_desktop.cli.program import Exit, run
from tests.other_workbooks import ods_bytes, places, xls_bytes, xlsb_bytes

HEADERS = ["Barnets CPR", "Besøgsdato", "Besøgstype", "Kontaktform", "Vægt (g)", "Længde (cm)", "Amning"]
ROWS = [
    [f"{3 + at:02}01204{at:03}", f"{10 + at}-03-2020", "2 måneder", "Hjemmebesøg", 5200 + 17 * at, "57,5", feeding]
    for at, feeding in enumerate(["Fuldamning", "Ammes primært", "MME"] * 3)
]
Row = list[Any]
Change = Callable[[int, Row], Row]


def workbook(rows: list[Row], headers: list[str] = HEADERS) -> Workbook:
    """A workbook with one sheet."""
    book = Workbook()
    book.active.title = "Ark1"
    for row in [headers, *rows]:
        book.active.append(row)
    return book


def written(folder: Path, rows: list[Row], headers: list[str] = HEADERS, name: str = "udtræk.xlsx") -> Path:
    path = folder / name
    book = workbook(rows, headers)
    with path.open("wb") as stream:
        book.save(stream)
    return path


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


def changed(change: Change) -> list[Row]:
    return [change(at, list(row)) for at, row in enumerate(ROWS)]


def in_column(column: int, *values: Any) -> list[Row]:
    """The rows with other values in the first cells of a column."""
    return changed(lambda at, row: [*row[:column], values[at] if at < len(values) else row[column], *row[column + 1 :]])


def bytes_of(kind: str) -> bytes:
    """The good rows as a workbook of one kind."""
    cells = {"Ark1": places([[str(cell) for cell in row] for row in [HEADERS, *ROWS]])}
    return {"xls": xls_bytes, "xlsb": xlsb_bytes, "ods": ods_bytes}[kind](cells)


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
    book = workbook(ROWS)
    book.active.protection.sheet = True
    book.security = WorkbookProtection(workbookPassword="x", lockStructure=True)
    book.save(path := tmp_path / "beskyttet.xlsx")
    assert told(capsys, path, good)[0] == Exit.REJECTED


TOTAL = ["I alt", 9, None, None, 46800, None, None]
CASES: dict[str, tuple[list[Row], list[str], str]] = {
    "totals among rows": ([*ROWS[:5], TOTAL, *ROWS[5:]], HEADERS, "file-rows-outside-table"),
    "the same header twice": ([[*row, row[4] + 1] for row in ROWS], [*HEADERS, HEADERS[4]], "file-column-waits"),
    "letters in numbers": (in_column(4, "52OO"), HEADERS, "number-unreadable"),
    "a cell of the most letters": (in_column(6, "x" * 32_767), HEADERS, "code-unknown"),
    "failed formulas": (in_column(4, "#REF!"), HEADERS, "file-cell-error"),
    "one child with two numbers": (
        [["B1" if at == 1 else f"B{at + 1}", *row] for at, row in enumerate(ROWS)],
        ["Barn-ID", *HEADERS],
        "key-contradicted",
    ),
    "two children with one number": (
        [[f"B{at + 1}", ROWS[0][0] if at == 1 else row[0], *row[1:]] for at, row in enumerate(ROWS)],
        ["Barn-ID", *HEADERS],
        "cpr-shared",
    ),
    "columns exchanged below their headers": (
        changed(lambda _, row: [*row[:4], row[5], row[4], *row[6:]]),
        HEADERS,
        "file-column-waits",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_wrong_is_told_with_a_map(
    tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    rows, headers, code = CASES[case]
    status, codes, _ = told(capsys, written(tmp_path, rows, headers), good)
    assert status == Exit.REJECTED
    assert code in codes


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
    (spoilt := tmp_path / "spoilt.ldbumap").write_text(edit(text), encoding="utf-8")
    status, codes, _ = told(capsys, written(tmp_path, ROWS), spoilt)
    assert status == Exit.FAULT
    assert not codes
