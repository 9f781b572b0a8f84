"""OpenDocument spreadsheets as LibreOffice and others write them: failed formulas, and what is hidden."""

from __future__ import annotations

from xml.parsers import expat

import pytest

from ldbu_desktop.sources.found import FileType
from ldbu_desktop.sources.open_document import open_document_parts
from ldbu_desktop.sources.other_workbooks import open_other_workbook
from ldbu_desktop.sources.sheet_parts import SheetPart
from ldbu_desktop.sources.tables import Table
from tests.other_workbooks import ods_bytes, xlsb_bytes
from tests.workbooks import zipped

SPACES = "urn:oasis:names:tc:opendocument:xmlns"
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"


def cell(text: str, more: str = "", kind: str = "string") -> str:
    told = f"<text:p>{text}</text:p>" if text else ""
    return f'<table:table-cell {more} office:value-type="{kind}">{told}</table:table-cell>'


ERROR = cell("#N/A", 'table:formula="of:=NA()" office:string-value="" calcext:value-type="error"')
OLD_ERROR = cell("#DIV/0!", 'table:formula="of:=1/0" office:value="0"', "float")
NUMBERED_ERROR = cell("Err:502", 'table:formula="of:=SQRT(A1;2)" office:value="0"', "float")
UNCALCULATED = '<table:table-cell table:formula="of:=[.A1]"/>'
SHOWN_EMPTY = '<table:table-cell table:formula="of:=IF(1;&quot;&quot;)"><text:p/></table:table-cell>'
EMPTY_TEXT = '<table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value=""/>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def document(*rows: str, prefix: str = "table") -> bytes:
    sheet = f'<table:table table:name="Ark1">{"".join(rows)}</table:table>'
    names = f'xmlns:office="{SPACES}:office:1.0" xmlns:table="{SPACES}:table:1.0" xmlns:text="{SPACES}:text:1.0"'
    content = (
        f'<office:document-content {names} xmlns:calcext="{CALC}"><office:body><office:spreadsheet>{sheet}'
        "</office:spreadsheet></office:body></office:document-content>"
    ).replace("table:", f"{prefix}:")
    content = content.replace("xmlns:table=", f"xmlns:{prefix}=").replace(f"{SPACES}:{prefix}:", f"{SPACES}:table:")
    media = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{SPACES}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media}"/></manifest:manifest>'
    )
    parts = {"mimetype": media, "META-INF/manifest.xml": manifest, "content.xml": content}
    return zipped({name: text.encode() for name, text in parts.items()})


def part(*rows: str, prefix: str = "table") -> SheetPart:
    (found,) = open_document_parts(document(*rows, prefix=prefix)).sheets
    return found


def table(*rows: str) -> tuple[Table, list[list[str]]]:
    with open_other_workbook(document(*rows), "t.ods", FileType.OPEN_DOCUMENT) as (found,):
        return found, [cells for _, cells in found.rows]


HEAD = row(cell("a"), cell("b"), cell("c"))


@pytest.mark.parametrize(("written", "text"), [(ERROR, "#N/A"), (OLD_ERROR, "#DIV/0!"), (NUMBERED_ERROR, "Err:502")])
def test_a_failed_formula_is_told_at_its_cell_and_never_a_number(written: str, text: str) -> None:
    found, rows = table(HEAD, row(cell("x"), written, cell("y")))
    assert rows[1] == ["x", text, "y"]
    assert [(one.code, one.row, one.column, one.raw) for one in found.remarks] == [("file-cell-error", 2, 1, text)]


@pytest.mark.parametrize("prefix", ["table", "t", "ods-table"])
def test_prefixes_are_only_names(prefix: str) -> None:
    assert part(HEAD, row(cell("x"), ERROR), prefix=prefix).errors == {2: [(1, "#N/A")]}


def test_a_formula_that_was_not_calculated_is_told_and_one_that_is_empty_has_a_value() -> None:
    found, _ = table(HEAD, row(cell("x"), UNCALCULATED, EMPTY_TEXT, SHOWN_EMPTY))
    assert [(one.code, one.row, one.column) for one in found.remarks] == [("file-formula-without-value", 2, 1)]
    assert (found.account.found.cells, found.account.left_out.cells) == (5, 1)


def test_repeated_cells_and_rows_are_counted() -> None:
    empty = '<table:table-cell table:number-columns-repeated="3"/>'
    rows = (
        row(empty, more='table:number-rows-repeated="4"'),
        row(empty, ERROR, cell("x", 'table:number-columns-repeated="2"')),
    )
    assert part(HEAD, *rows, row(ERROR, more='table:number-rows-repeated="2"')).errors == {
        6: [(3, "#N/A")], 7: [(0, "#N/A")], 8: [(0, "#N/A")],
    }  # fmt: skip


def test_a_sheet_that_is_formatted_to_its_end_is_looked_at_in_no_time() -> None:
    last = row(
        f'<table:table-cell table:number-columns-repeated="16384" table:formula="of:=NA()">{""}</table:table-cell>',
        more='table:number-rows-repeated="1048570"',
    )
    assert len(part(HEAD, last).unvalued) < 20_000


def test_what_is_hidden_is_told() -> None:
    columns = '<table:table-column/><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>'
    hidden = row(cell("x"), cell("y"), more='table:visibility="filter"')
    assert (part(columns, HEAD, hidden, hidden).hidden_rows, part(columns, HEAD).hidden_columns) == ([2, 3], [1, 2])
    found, _ = table(columns, HEAD, hidden)
    assert [(one.code, dict(one.facts)) for one in found.remarks] == [("file-hidden-cells", {"rows": 1, "columns": 2})]


def test_a_note_is_none_of_the_cell() -> None:
    note = "<office:annotation><text:p>#N/A</text:p></office:annotation>"
    told = (
        '<table:table-cell table:formula="of:=1" office:value-type="float" office:value="1">'
        f"{note}<text:p>1</text:p></table:table-cell>"
    )
    shapes = f'<table:shapes><table:table table:name="T">{row(ERROR)}</table:table></table:shapes>'
    assert part(shapes, row(cell("x"), told)).errors == {}


def test_a_text_that_looks_like_an_error_is_a_text() -> None:
    assert part(row(cell("#N/A"))).errors == {}


def test_other_kinds_have_no_such_parts() -> None:
    assert open_document_parts(b"").sheets == []
    assert open_document_parts(xlsb_bytes({"Ark1": {(0, 0): "a"}})).sheets == []
    assert len(open_document_parts(ods_bytes({"Ark1": {(0, 0): "a"}, "Ark2": {}})).sheets) == 2


def test_content_that_is_no_xml_is_damaged() -> None:
    with pytest.raises(expat.ExpatError):
        open_document_parts(zipped({"content.xml": b"<a>"}))
