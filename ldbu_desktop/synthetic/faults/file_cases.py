"""Faults of a file as such: one made-up family's export or report, written as a program or a person spoils it."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

from ldbu_desktop.bundles.elements import JsonElement
from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.journal.model import Family
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.synthetic.faults.model import FileCase, Planted
from ldbu_desktop.synthetic.faults.spoilings import spoilings
from ldbu_desktop.synthetic.reports import reports_of
from ldbu_desktop.synthetic.tables import FilledSheets, long_sheets, wide_sheets, workbook

_Spoil = Callable[["Material"], bytes]
Rows = list[list[str]]
"""A table as texts, headings first."""

_BOM, _LINE_END, _EPOCH = "\ufeff", "\r\n", (1980, 1, 1, 0, 0, 0)


class Material:
    """What a case is made of: a family as tables and as reports."""

    def __init__(self, family: Family, vocabulary: Vocabulary) -> None:
        self._family = family
        self._vocabulary = vocabulary

    @property
    def long(self) -> FilledSheets:
        """The family in the long shape."""
        return long_sheets([self._family], self._vocabulary.standard)

    def workbook(self) -> Any:
        """The family as an open workbook in the long shape."""
        from openpyxl import load_workbook

        return load_workbook(BytesIO(workbook(self.long, self._vocabulary.standard)))

    @property
    def table(self) -> Rows:
        """The family in the wide shape."""
        filled = wide_sheets([self._family], self._vocabulary.standard)
        (sheet,) = filled.sheets
        return [[column.header for column in sheet.columns], *(list(row) for row in filled.rows[sheet.name])]

    def sheet(self, name: str) -> Rows:
        """A sheet of the long shape."""
        filled = self.long
        (sheet,) = (one for one in filled.sheets if one.name == name)
        return [[column.header for column in sheet.columns], *(list(row) for row in filled.rows[name])]

    def reports(self) -> Sequence[JsonElement]:
        """The reports of the family's visits."""
        return [made.bundle for made in reports_of(self._family, self._vocabulary)]

    def report(self) -> bytes:
        """The first report of the family."""
        return json_text(self.reports()[0], is_pretty=True)


def _text(rows: Sequence[Sequence[str]]) -> str:
    stream = StringIO(newline="")
    csv.writer(stream, delimiter=";", lineterminator=_LINE_END).writerows(rows)
    return stream.getvalue()


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    return (_BOM + _text(rows)).encode()


def _with_column(material: Material, heading: str, of: str = "") -> Rows:
    """The wide table with one more column, empty or as another one."""
    rows = material.table
    at = rows[0].index(of) if of else -1
    return [[*rows[0], heading], *([*row, row[at] if of else "ja"] for row in rows[1:])]


def _saved(book: Any) -> bytes:
    """An open workbook as bytes, the same for the same workbook."""
    stream = BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != "docProps/core.xml"}
        kinds = archive.read("docProps/core.xml")
    for mark in (b"created", b"modified"):
        start, end = kinds.index(b"<dcterms:" + mark), kinds.index(b"</dcterms:" + mark)
        kinds = kinds[: kinds.index(b">", start) + 1] + b"2000-01-01T00:00:00Z" + kinds[end:]
    return _zipped(parts | {"docProps/core.xml": kinds})


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


# --- text files


def _mixed_encodings(material: Material) -> bytes:
    """The last row with Danish letters is in another encoding than all before it."""
    lines = _text(material.table).splitlines()
    last = max(at for at, line in enumerate(lines) if not line.isascii())
    parts = [line.encode("cp1252" if at == last else "utf-8") for at, line in enumerate(lines)]
    return b"".join(part + _LINE_END.encode() for part in parts)


def _uncertain_encoding(material: Material) -> bytes:
    """A currency sign, which nobody writes in any encoding that could be meant, is all that is not ASCII."""
    return b"kontakt_id;barn_cpr;sor;kontakttype;kontaktform;start\r\nK1\xa4;;;;;\r\n"


def _encoded_twice(material: Material) -> bytes:
    return _text(material.table).encode().decode("latin-1").encode()


def _letters_lost(material: Material) -> bytes:
    rows = _with_column(material, "Bemærkning")
    rows[0][-1] = "Bem\N{REPLACEMENT CHARACTER}rkning"
    return _csv(rows)


def _zeros_within(material: Material) -> bytes:
    head, last = _text(material.table).rstrip().rsplit(";", 1)
    return (_BOM + head + "\0;" + last).encode()  # those at the end of a file are none of a line


def _quotes_broken(material: Material) -> bytes:
    head, last = _text(material.table).rstrip().rsplit(";", 1)
    return (_BOM + head + ';"' + last).encode()


def _too_wide(material: Material) -> bytes:
    rows = material.table
    return _csv([*rows[:-1], [*rows[-1], "", "x"]])


def _empty_rows(material: Material) -> bytes:
    rows = material.table
    return _csv([*rows[:2], [], [], [], *rows[2:]])


def _headings_again(material: Material) -> bytes:
    rows = material.table
    return _csv([*rows[:2], rows[0], *rows[2:]])


def _outside_the_table(material: Material) -> bytes:
    return _csv([["Udtræk fra journalen"], *material.table])


def _no_visits(material: Material) -> bytes:
    return _csv(material.sheet("Borgere"))


def _role_unknown(material: Material) -> bytes:
    book = material.workbook()
    _cell(book["Borgere"], "rolle", last=True).value = "plejefamilie"
    return _saved(book)


def _cell_unused(material: Material) -> bytes:
    book = material.workbook()
    citizens = book["Borgere"]
    _cell(citizens, "barn").value = _cell(citizens, "borger_id").value
    return _saved(book)


def _heading_missing(material: Material) -> bytes:
    rows = material.sheet("Observationer")
    at = rows[0].index("variabel")
    return _csv([[*row[:at], *row[at + 1 :]] for row in rows])


# --- workbooks


def _cell(sheet: Any, heading: str, *, last: bool = False) -> Any:
    """The cell of a column in the first or the last row of a sheet."""
    (column,) = (cell.column for cell in sheet[1] if cell.value == heading)
    rows = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value is not None]
    return sheet.cell(rows[-1 if last else 0], column)


def _sheet_unknown(material: Material) -> bytes:
    book = material.workbook()
    book.create_sheet("Noter").append(["Husk at ringe"])
    return _saved(book)


def _sheet_hidden(material: Material) -> bytes:
    book = material.workbook()
    book["Kontakter"].sheet_state = "hidden"
    return _saved(book)


def _row_hidden(material: Material) -> bytes:
    book = material.workbook()
    book["Kontakter"].row_dimensions[2].hidden = True
    return _saved(book)


def _merged(material: Material) -> bytes:
    book = material.workbook()
    sheet = book["Kontakter"]
    sheet.merge_cells(start_row=sheet.max_row + 1, end_row=sheet.max_row + 2, start_column=1, end_column=1)
    return _saved(book)


def _formula(material: Material) -> bytes:
    book = material.workbook()
    _cell(book["Kontakter"], "slut").value = "=A1&B1"
    return _saved(book)


def _formula_error(material: Material) -> bytes:
    book = material.workbook()
    cell = _cell(book["Kontakter"], "slut")
    cell.value = "#REF!"
    cell.data_type = "e"
    return _saved(book)


def _key_twice(material: Material) -> bytes:
    book = material.workbook()
    visits = book["Kontakter"]
    visits.append([cell.value for cell in visits[2]])
    return _saved(book)


def _row_incomplete(material: Material) -> bytes:
    book = material.workbook()
    sheet = book["Observationer"]
    _cell(sheet, "variabel", last=True).offset(row=1).value = "Vægt"
    return _saved(book)


def _columns_cut(material: Material) -> bytes:
    book = material.workbook()
    book["Kontakter"].cell(1, _FAR_OUT, "Langt ude")
    return _saved(book)


_FAR_OUT = 1_100


# --- containers and reports


def _not_read(material: Material) -> bytes:
    page = b'<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir"></Bundle>'
    return _zipped({"rapport.json": material.report(), "rapport.xml": page})


def _passed_over(material: Material) -> bytes:
    return _zipped({"rapport.json": material.report(), "__MACOSX/._rapport.json": b"\0\x05\x16\x07"})


def _cut_short(material: Material) -> bytes:
    report = material.report()
    return report[: len(report) // 2]


def _key_in_json_twice(material: Material) -> bytes:
    return material.report().replace(b"{", b'{"type": "collection", ', 1)


def _alone(material: Material) -> bytes:
    report = json.loads(material.report())
    return json_text(report["entry"][0]["resource"], is_pretty=True)


def _told_twice(material: Material) -> bytes:
    return (json_text(json.loads(material.report())) + b"\n") * 2


def _two_visits(material: Material) -> bytes:
    one, other = (json.loads(json_text(made)) for made in material.reports()[-2:])
    told = {entry["resource"]["id"] for entry in one["entry"]}
    one["entry"] += [entry for entry in other["entry"] if entry["resource"]["id"] not in told]
    return json_text(one, is_pretty=True)


def _no_visit_in_report(material: Material) -> bytes:
    return json_text(_without_visit(material), is_pretty=True)


def _rejected_without_visit(material: Material) -> bytes:
    """Not all reports are rejected for a visit that is gone: what is told of parents names none."""
    return json_text(_without_visit(material) | {"type": "batch"}, is_pretty=True)


def _without_visit(material: Material) -> JsonElement:
    report: JsonElement = json.loads(material.report())
    entries = [entry for entry in report["entry"] if entry["resource"]["resourceType"] != "Encounter"]
    return report | {"entry": entries}


def _in_latin_1(material: Material) -> bytes:
    report = json.loads(material.report())
    report["language"] = "da"
    report["entry"][0]["resource"]["text"] = {
        "status": "generated",
        "div": '<div xmlns="http://www.w3.org/1999/xhtml">Blå</div>',
    }
    return json_text(report, is_pretty=True).decode().encode("latin-1")


def _too_deep(material: Material) -> bytes:
    return material.report().replace(b"{", b'{"dybt": ' + b"[" * _DEEP + b"]" * _DEEP + b", ", 1)


_DEEP = 10_000


def _column_unknown(material: Material) -> bytes:
    return _csv(_with_column(material, "Bemærkning"))


def _column_twice(material: Material) -> bytes:
    return _csv(_with_column(material, "start", "start"))


def _columns_contradict(material: Material) -> bytes:
    return _csv(
        [
            row if at == 0 else [*row[:-1], f"{row[-1]} x"]
            for at, row in enumerate(_with_column(material, "start", "start"))
        ]
    )


def _other_delimiter(material: Material) -> bytes:
    text = _text(material.table)
    unquoted = next(line for line in reversed(text.splitlines()) if '"' not in line)  # no mark in a cell of it
    return (_BOM + text + unquoted.replace(";", "|") + _LINE_END).encode()


def _in_cp850(material: Material) -> bytes:
    return _text(material.table).encode("cp850")


def _another_json(_: Material) -> bytes:
    return b'{"hilsen": "hej"}\n'


_SPOILS: Mapping[str, _Spoil] = {
    one.__name__.removeprefix("_"): one
    for one in (
        _column_unknown,
        _column_twice,
        _columns_contradict,
        _other_delimiter,
        _heading_missing,
        _sheet_unknown,
        _sheet_hidden,
        _row_incomplete,
        _too_wide,
        _key_twice,
        _formula_error,
        _merged,
        _formula,
        _empty_rows,
        _columns_cut,
        _mixed_encodings,
        _in_cp850,
        _uncertain_encoding,
        _encoded_twice,
        _letters_lost,
        _zeros_within,
        _row_hidden,
        _quotes_broken,
        _outside_the_table,
        _headings_again,
        _no_visits,
        _cell_unused,
        _role_unknown,
        _not_read,
        _passed_over,
        _cut_short,
        _key_in_json_twice,
        _alone,
        _told_twice,
        _two_visits,
        _no_visit_in_report,
        _rejected_without_visit,
        _in_latin_1,
        _too_deep,
        _another_json,
    )
}
"""What spoils a file, by the names that the data calls it by."""


def table_codes() -> frozenset[str]:
    """The codes of files of tables that can be planted."""
    return frozenset(spoilings().tables)


def report_codes() -> frozenset[str]:
    """The codes of files of reports that can be planted."""
    return frozenset(spoilings().reports)


def file_case(code: str, material: Material) -> FileCase:
    """The family's file with the fault of a code."""
    known = spoilings()
    found = known.tables[code] if code in known.tables else known.reports[code]
    return FileCase(Planted(code, also=found.also), found.ending, _SPOILS[found.spoil](material))
