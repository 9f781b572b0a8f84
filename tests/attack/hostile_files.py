"""Files as somebody with bad intent, or bad luck, gives them: what steers a terminal, and what must not be told, is in
every place that a file has for text."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import yaml

from ldbu_desktop.bundled_files import resource, shipped_form

CPR = "050520-9996"
"""Of a person in the samples, whom nobody is."""
NAME, FREE_TEXT = "Kanariana Fuglsangsen", "hemmelig kanarieseddel om familien"
STEERING = "\x1b]0;titel\x07\x1b[2J\x9b31m\x90p\u202egpj\u2066x\u2069\u200e\u2028"
"""A terminal's title, a cleared screen, C1, the direction of writing, another kind of line end."""
SEEN_IN_XML = STEERING.replace("\x1b", "").replace("\x07", "")
"""What of that a workbook may hold."""

WIDE = resource("samples", "familie-bred.csv")
LONG = resource("samples", "familie-med-fejl.xlsx")
REPORTS = resource("samples", "alle-fejl", "rapporter")


def rows_of(path: Path) -> list[list[str]]:
    """The rows of a csv of the samples."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream, delimiter=";"))


def write_rows(path: Path, rows: list[list[str]]) -> Path:
    """A csv as the samples are written."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)
    return path


def steering_csv(path: Path) -> Path:
    """A wide export in which every second cell of every column, and a header, has what steers a terminal."""
    head, *rows = rows_of(WIDE)
    told = [
        [cell + STEERING if cell and (row + column) % 2 else cell for column, cell in enumerate(cells)]
        for row, cells in enumerate(rows)
    ]
    return write_rows(path, [[*head, f"Egen{STEERING}"], *([*cells, STEERING] for cells in told)])


def steering_workbook(path: Path) -> Path:
    """A long export with the same, in cells and in the name of a sheet."""
    book = openpyxl.load_workbook(LONG)
    for sheet in book:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if isinstance(cell.value, str) and (cell.row + cell.column) % 3 == 0:
                    cell.value += SEEN_IN_XML
    book.create_sheet("Ark\x9b\u202e").append([SEEN_IN_XML] * 3)
    book.save(path)
    return path


def steering_report(path: Path) -> Path:
    """A delivery report of the samples with the same in each of its texts."""
    source = sorted(REPORTS.glob("*.json"))[0]
    return _json(path, _with(json.loads(source.read_text(encoding="utf-8")), STEERING))


def _with(value: Any, more: str) -> Any:
    if isinstance(value, dict):
        return {name: _with(one, more) if name != "resourceType" else one for name, one in value.items()}
    if isinstance(value, list):
        return [_with(one, more) for one in value]
    return value + more if isinstance(value, str) else value


def _json(path: Path, value: Any) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def steering_form(path: Path) -> Path:
    """A form with the same in its texts and names."""
    form = yaml.safe_load(shipped_form("2-months.yaml").read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump(_with(form, STEERING), allow_unicode=False), encoding="utf-8")
    return path


def steering_map(path: Path) -> Path:
    """What is called a map and is none."""
    path.write_text(yaml.safe_dump({f"map{STEERING}": STEERING}, allow_unicode=False), encoding="utf-8")
    return path


def canary_csv(path: Path) -> Path:
    """A wide export with a name, a remark and CPR numbers in keys, headers and columns that nobody reads."""
    head, *rows = rows_of(WIDE)
    told = [[*cells, NAME, FREE_TEXT, f"{FREE_TEXT} {CPR}"] for cells in rows]
    for number, cells in enumerate(told):
        cells[0] = f"{cells[0]}-{CPR}" if number % 2 else cells[0]
    return write_rows(path, [[*head, "Navn", "Bemærkning", f"Notat {CPR}"], *told])


def canary_report(path: Path) -> Path:
    """A delivery report with a name and a remark where FHIR has room for them."""
    source = sorted(resource("samples", "rapporter").glob("*.json"))[0]
    report = json.loads(source.read_text(encoding="utf-8"))
    for entry in report["entry"]:
        one = entry["resource"]
        if one["resourceType"] == "Patient":
            one["name"] = [{"family": NAME, "given": [NAME]}]
        one["text"] = {"status": "additional", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{FREE_TEXT}</div>'}
    return _json(path, report)
