"""Workbooks as other programs write them: the same cells in the XML that each of them would make of them.

openpyxl reads and writes one way only. What goes wrong in practice stands in what others do: prefixes, cells without
addresses, strings in line or shared, formulas without values, formats down to the last row, parts by other names.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DATE_STYLE, TIME_STYLE, HIDDEN_STYLE = 1, 2, 3


@dataclass(frozen=True)
class Formula:
    """A formula with the value that the program calculated, or without. ``written`` is its ``v`` as it stands."""

    text: str = "A1"
    value: str | None = None
    kind: str = ""
    shared: int | None = None


@dataclass(frozen=True)
class Failed:
    """A cell that shows an error."""

    text: str = "#REF!"
    formula: str = ""


@dataclass(frozen=True)
class Styled:
    """A number, or nothing, in a cell with a style."""

    style: int = DATE_STYLE
    number: float | None = None


@dataclass(frozen=True)
class Iso:
    """A day or time as ISO text (``t="d"``), as strict workbooks have it."""

    text: str


@dataclass(frozen=True)
class Rich:
    """A text in runs of different fonts, with the reading aid that East Asian programs add."""

    runs: tuple[str, ...]
    phonetic: str = ""


Value = str | float | int | bool | date | datetime | time | Formula | Failed | Styled | Iso | Rich | None
Rows = Sequence[Sequence[Value]]


@dataclass(frozen=True)
class Program:
    """How a program writes a workbook."""

    prefix: str = ""
    quote: str = '"'
    namespace: str = MAIN
    addresses: bool = True
    row_numbers: bool = True
    shared_strings: bool = True
    keeps_space: bool = True
    workbook_part: str = "xl/workbook.xml"
    absolute_targets: bool = False
    date1904: bool = False
    encoding: str = "UTF-8"
    method: int = zipfile.ZIP_DEFLATED
    before_rows: str = ""
    after_rows: str = ""
    row_attributes: str = ""
    sheet_states: tuple[str, ...] = ()
    extra_parts: tuple[tuple[str, bytes], ...] = ()
    tail: str = ""
    calculation: str = ""
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    merged: tuple[str, ...] = ()


EXCEL = Program(
    before_rows='<dimension ref="A1:C3"/><sheetViews><sheetView workbookViewId="0"/></sheetViews>'
    '<sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="3" width="12.5" customWidth="1"/></cols>',
    after_rows='<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>',
    row_attributes=' spans="1:3"',
)
LIBREOFFICE = Program(
    row_attributes=' customFormat="false" ht="12.8" hidden="false" customHeight="false" outlineLevel="0"',
    tail='<row r="1048576" customFormat="false" ht="12.8" hidden="false" customHeight="true"/>',
)
GOOGLE_SHEETS = Program(tail="".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(900, 1000)))
NUMBERS = Program(
    before_rows='<sheetFormatPr defaultColWidth="16.3333" defaultRowHeight="19.9"/>', row_attributes=' ht="20.25"'
)
POWER_BI = Program(prefix="x:", addresses=False, row_numbers=False, keeps_space=False)
REPORT_SERVER = Program(shared_strings=False, absolute_targets=True, after_rows='<mergeCells count="0"/>')
OPENPYXL = Program(shared_strings=False, absolute_targets=True)
XML_WRITER = Program(quote="'", prefix="ns0:")
STRICT_EXCEL = replace(EXCEL, namespace=STRICT)
WORKBOOK_2 = Program(workbook_part="xl/workbook2.xml")
OTHER_FOLDER = Program(workbook_part="book/main.xml")

PROGRAMS = {
    "excel": EXCEL,
    "libreoffice": LIBREOFFICE,
    "google sheets": GOOGLE_SHEETS,
    "numbers": NUMBERS,
    "power bi": POWER_BI,
    "report server": REPORT_SERVER,
    "openpyxl": OPENPYXL,
    "xml writer": XML_WRITER,
    "strict excel": STRICT_EXCEL,
    "second workbook part": WORKBOOK_2,
    "another folder": OTHER_FOLDER,
    "stored": Program(method=zipfile.ZIP_STORED),
    "utf-16": Program(encoding="UTF-16"),
}


replaced = replace
"""A program that writes as another one does but for something."""


def write_workbook(path: Path, sheets: Mapping[str, Rows], program: Program = EXCEL) -> Path:
    """Write ``sheets`` as ``program`` would."""
    path.write_bytes(workbook_bytes(sheets, program))
    return path


def workbook_bytes(sheets: Mapping[str, Rows], program: Program = EXCEL) -> bytes:
    """A workbook of ``sheets`` as ``program`` would write it."""
    return _Writer(program).workbook(sheets)


def zipped(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of ``parts``."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def with_part(workbook: bytes, part: str, old: str, new: str) -> bytes:
    """A workbook with a text in one of its parts replaced."""
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part].decode()
    parts[part] = parts[part].decode().replace(old, new).encode()
    return zipped(parts)


def letters(column: int) -> str:
    """A column's letters: 1 is A, 27 is AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def serial(moment: datetime | date | time, *, date1904: bool = False) -> float:
    """The number that stands for a day and time in a cell."""
    if isinstance(moment, time):
        return (moment.hour * 60 + moment.minute) / 1440
    begin = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 30)
    at = moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)
    return (at - begin).total_seconds() / 86400


class _Writer:
    def __init__(self, program: Program) -> None:
        self.program = program
        self.strings: list[str] = []

    def workbook(self, sheets: Mapping[str, Rows]) -> bytes:
        program = self.program
        folder, _, name = program.workbook_part.rpartition("/")
        target = f"/{folder}/" if program.absolute_targets else ""
        parts = {f"{folder}/worksheets/sheet{n}.xml": self._sheet(rows) for n, rows in enumerate(sheets.values(), 1)}
        states = dict(enumerate(program.sheet_states, 1))
        listed = "".join(
            f'<sheet name="{escape(name, {chr(34): "&quot;"})}" sheetId="{n}"'
            + (f' state="{states[n]}"' if states.get(n) else "")
            + f' r:id="rId{n}"/>'
            for n, name in enumerate(sheets, 1)
        )
        properties = '<workbookPr date1904="1"/>' if program.date1904 else "<workbookPr/>"
        parts[program.workbook_part] = self._part(
            "workbook", f"{properties}<sheets>{listed}</sheets>{program.calculation}", f' xmlns:r="{RELATIONS}"'
        )
        kinds = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
        kinds += [("rIdS", "styles", "styles.xml"), ("rIdT", "sharedStrings", "sharedStrings.xml")]
        parts[f"{folder}/_rels/{name}.rels"] = _relations((key, kind, target + place) for key, kind, place in kinds)
        parts[f"{folder}/styles.xml"] = self._part("styleSheet", _STYLES)
        parts[f"{folder}/sharedStrings.xml"] = self._part(
            "sst", "".join(self.strings), f' count="{len(self.strings)}" uniqueCount="{len(self.strings)}"'
        )
        parts["_rels/.rels"] = _relations([("rId1", "officeDocument", program.workbook_part)])
        parts["[Content_Types].xml"] = _types(parts, program.workbook_part)
        return zipped({**parts, **dict(program.extra_parts)}, program.method)

    def _part(self, root: str, body: str, attributes: str = "") -> bytes:
        program = self.program
        prefix = program.prefix
        declared = f'xmlns{":" + prefix[:-1] if prefix else ""}="{program.namespace}"'
        text = f"<{root} {declared}{attributes}>{body}</{root}>"
        if prefix:
            text = text.replace("</", f"\0/{prefix}").replace("<", f"<{prefix}").replace("\0/", "</")
        if program.quote != '"':
            text = text.replace('"', program.quote)
        return f'<?xml version="1.0" encoding="{program.encoding}"?>{text}'.encode(program.encoding)

    def _sheet(self, rows: Rows) -> bytes:
        program = self.program
        written = "".join(self._row(number, cells) for number, cells in enumerate(rows, 1))
        before = program.before_rows
        hidden = "".join(f'<col min="{at}" max="{at}" hidden="1"/>' for at in program.hidden_columns)
        if hidden:
            before = (
                before.replace("</cols>", f"{hidden}</cols>")
                if "</cols>" in before
                else f"{before}<cols>{hidden}</cols>"
            )
        merged = "".join(f'<mergeCell ref="{area}"/>' for area in program.merged)
        after = (f"<mergeCells>{merged}</mergeCells>" if merged else "") + program.after_rows
        return self._part("worksheet", f"{before}<sheetData>{written}{program.tail}</sheetData>{after}")

    def _row(self, number: int, cells: Sequence[Value]) -> str:
        program = self.program
        at = f' r="{number}"' if program.row_numbers else ""
        attributes = program.row_attributes
        if number in program.hidden_rows:
            attributes = attributes.replace(' hidden="false"', "") + ' hidden="1"'
        written = "".join(self._cell(f"{letters(column)}{number}", cell) for column, cell in enumerate(cells, 1))
        return f"<row{at}{attributes}>{written}</row>"

    def _cell(self, address: str, value: Value) -> str:
        if value is None:
            return "" if self.program.addresses else "<c/>"
        attributes, body = self._content(value)
        at = f' r="{address}"' if self.program.addresses else ""
        return f"<c{at}{attributes}>{body}</c>" if body else f"<c{at}{attributes}/>"

    def _content(self, value: Value) -> tuple[str, str]:
        if isinstance(value, bool):
            return ' t="b"', f"<v>{int(value)}</v>"
        if isinstance(value, int | float):
            return "", f"<v>{value!r}</v>"
        if isinstance(value, datetime | date | time):
            style = TIME_STYLE if isinstance(value, datetime | time) else DATE_STYLE
            return f' s="{style}"', f"<v>{serial(value, date1904=self.program.date1904)!r}</v>"
        if isinstance(value, Styled):
            return f' s="{value.style}"', "" if value.number is None else f"<v>{value.number!r}</v>"
        if isinstance(value, Iso):
            return f' s="{DATE_STYLE}" t="d"', f"<v>{value.text}</v>"
        if isinstance(value, Failed):
            formula = f"<f>{value.formula}</f>" if value.formula else ""
            return ' t="e"', f"{formula}<v>{value.text}</v>"
        if isinstance(value, Formula):
            shared = f' t="shared" si="{value.shared}"' if value.shared is not None else ""
            formula = f"<f{shared}>{_escaped(value.text)}</f>" if value.text else f"<f{shared}/>"
            return (f' t="{value.kind}"' if value.kind else ""), formula + (
                "" if value.value is None else f"<v>{_escaped(value.value)}</v>"
            )
        return self._string(value)

    def _string(self, value: str | Rich | None) -> tuple[str, str]:
        space = ' xml:space="preserve"' if self.program.keeps_space else ""
        if isinstance(value, Rich):
            phonetic = f'<rPh sb="0" eb="1"><t>{value.phonetic}</t></rPh>' if value.phonetic else ""
            item = "".join(f"<r><rPr><b/></rPr><t{space}>{_escaped(run)}</t></r>" for run in value.runs) + phonetic
        else:
            item = f"<t{space}>{_escaped(value or '')}</t>"
        if not self.program.shared_strings:
            return ' t="inlineStr"', f"<is>{item}</is>"
        self.strings.append(f"<si>{item}</si>")
        return ' t="s"', f"<v>{len(self.strings) - 1}</v>"


def _escaped(text: str) -> str:
    return escape(text, {'"': "&quot;"})


_STYLES = (
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd\\-mm\\-yyyy\\ hh:mm"/></numFmts>'
    "<fonts><font/></fonts><fills><fill/></fills><borders><border/></borders>"
    '<cellStyleXfs><xf numFmtId="0"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/>'
    '<xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="0"/></cellXfs>'
)


def _relations(targets: Iterable[tuple[str, str, str]]) -> bytes:
    listed = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"/>' for key, kind, target in targets
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'.encode()


def _types(parts: Mapping[str, bytes], workbook: str) -> bytes:
    base = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    kinds = {"workbook": "sheet.main", "worksheet": "worksheet", "styles": "styles", "sharedStrings": "sharedStrings"}
    listed = ""
    for part in parts:
        kind = "workbook" if part == workbook else next((one for one in kinds if f"/{one}" in part), "")
        if kind:
            listed += f'<Override PartName="/{part}" ContentType="{base}{kinds[kind]}+xml"/>'
    return (
        f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    ).encode()
