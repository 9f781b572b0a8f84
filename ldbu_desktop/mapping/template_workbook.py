"""A template as a workbook: instructions, the sheets with their notes and dropdowns, and the lists of answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.language import Language
from ldbu_desktop.mapping.template_sheets import (
    FEW_QUESTIONS,
    CellFormat,
    ColumnGroup,
    TemplateColumn,
    TemplateSheet,
    filled_in,
    instructions,
    words,
)

_ROWS = 20_000
"""Rows that have dropdowns."""

_FORMATS: Mapping[CellFormat, str] = {"text": "@", "number": "General", "moment": "dd-mm-yyyy hh:mm"}
_TEXT_FONT = "Calibri"
_REQUIRED: Mapping[ColumnGroup, str] = {
    "visit": "1F5C7A", "child": "2E6B4F", "parent": "6B4A7D", "care": "8A5A22", "questionnaire": "4A5568",
}  # fmt: skip
_OPTIONAL: Mapping[ColumnGroup, str] = {
    "visit": "D7E6EE", "child": "DCEBE3", "parent": "E8DFEE", "care": "F2E6D6", "questionnaire": "E2E5EA",
}  # fmt: skip
_DARK_TEXT = "1B2733"
_LINE = Side(style="thin", color="B8C4CC")
_LISTS = "Lister"
_NOTE_WIDTH = 300
_CHARACTERS_A_NOTE_LINE = 42


def template_workbook(
    sheets: Sequence[TemplateSheet],
    lists: Mapping[str, tuple[str, ...]],
    language: Language,
    rows: Mapping[str, Sequence[Sequence[str]]],
) -> Workbook:
    """The workbook of ``sheets``, filled with ``rows`` by the sheets' names."""
    workbook = Workbook()
    workbook.properties.creator = "LDBU Desktop"
    workbook.properties.title = instructions()[0].title[language]
    del workbook[workbook.active.title]
    _write_instructions(workbook.create_sheet(words()["instructions"][language]), sheets, lists, language)
    places = {name: position for position, name in enumerate(lists, start=1)}
    for sheet in sheets:
        worksheet = workbook.create_sheet(sheet.name)
        _write_sheet(worksheet, sheet, lists, places, language)
        for number, row in enumerate(rows.get(sheet.name, ()), start=2):
            for at, text in enumerate(row, start=1):
                worksheet.cell(number, at, text or None).number_format = "@"
    _write_lists(workbook.create_sheet(_LISTS), lists)
    workbook.active = 1
    return workbook


# --- instructions -----------------------------------------------------------------------------------------------------


def _write_instructions(
    worksheet: Worksheet, sheets: Sequence[TemplateSheet], lists: Mapping[str, tuple[str, ...]], language: Language
) -> None:
    worksheet.sheet_view.showGridLines = False
    worksheet.column_dimensions["A"].width = 3
    worksheet.column_dimensions["B"].width = 22
    worksheet.column_dimensions["C"].width = 78
    row = 2
    for position, paragraph in enumerate(instructions()):
        row = _title(worksheet, row, paragraph.title[language], 18 if position == 0 else 13)
        for line in paragraph.lines:
            row = _line(worksheet, row, "", line[language])
        row += 1
    row = _title(worksheet, row, words()["sheets"][language], 13)
    for sheet in sheets:
        row = _line(worksheet, row, sheet.name, sheet.text[language])
    if len(sheets) == 1:
        many = next(
            name for name, answers in lists.items() if len(answers) > FEW_QUESTIONS and name in _with_digits(lists)
        )
        _line(worksheet, row + 1, "", filled_in("more_questionnaires", example=f"{many} {lists[many][0]}")[language])


def _with_digits(lists: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """The questionnaires among the lists."""
    return frozenset(lists.get("spørgeskema", ()))


def _title(worksheet: Worksheet, row: int, text: str, size: int) -> int:
    cell = worksheet.cell(row, 2, text)
    cell.font = Font(name=_TEXT_FONT, size=size, bold=True, color=_REQUIRED["visit"])
    worksheet.row_dimensions[row].height = size * 1.9
    return row + 1


def _line(worksheet: Worksheet, row: int, name: str, text: str) -> int:
    """A line of text, with or without a name before it."""
    font = Font(name=_TEXT_FONT, size=11, color=_DARK_TEXT)
    if name:
        worksheet.cell(row, 2, name).font = Font(name=_TEXT_FONT, size=11, bold=True, color=_DARK_TEXT)
    else:
        worksheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=3)
    cell = worksheet.cell(row, 3 if name else 2, text)
    cell.font, cell.alignment = font, Alignment(wrap_text=True, vertical="top")
    lines = -(-len(text) // (72 if name else 95))
    worksheet.row_dimensions[row].height = 16 * lines + 2
    return row + 1


# --- data sheets ------------------------------------------------------------------------------------------------------


def _write_sheet(
    worksheet: Worksheet,
    sheet: TemplateSheet,
    lists: Mapping[str, tuple[str, ...]],
    places: Mapping[str, int],
    language: Language,
) -> None:
    letters = {column.header: get_column_letter(at) for at, column in enumerate(sheet.columns, start=1)}
    for at, column in enumerate(sheet.columns, start=1):
        cell = worksheet.cell(1, at, column.header)
        shade = (_REQUIRED if column.is_required else _OPTIONAL)[column.group]
        cell.fill = PatternFill("solid", fgColor=shade)
        cell.font = Font(name=_TEXT_FONT, size=11, bold=True, color="FFFFFF" if column.is_required else _DARK_TEXT)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        cell.border = Border(right=_LINE, bottom=_LINE)
        cell.comment = _note(column, language)
        dimension = worksheet.column_dimensions[letters[column.header]]
        dimension.width = column.width
        dimension.number_format = _FORMATS[column.format]
        choice = _choice(column, letters, lists, places)
        if choice:
            _offer(worksheet, letters[column.header], choice)
    worksheet.row_dimensions[1].height = 32
    worksheet.freeze_panes = "A2"
    worksheet.sheet_properties.tabColor = _REQUIRED["visit"]
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.fitToHeight = 0
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    worksheet.print_title_rows = "1:1"


def _note(column: TemplateColumn, language: Language) -> Comment:
    needed: Text = words()["required" if column.is_required else "optional"]
    text = column.text[language]
    if needed[language] not in text:
        text = f"{text}\n{needed[language]}".strip()
    lines = sum(1 + len(line) // _CHARACTERS_A_NOTE_LINE for line in text.splitlines())
    return Comment(text, "LDBU Desktop", width=_NOTE_WIDTH, height=24 + 18 * lines)


def _choice(
    column: TemplateColumn, letters: Mapping[str, str], lists: Mapping[str, tuple[str, ...]], places: Mapping[str, int]
) -> str:
    """The formula of the cells that a column's answers stand in."""
    if column.depends_on:
        start = f"MATCH(${letters[column.depends_on]}2,{_LISTS}!$1:$1,0)-1"
        return f"OFFSET({_LISTS}!$A$2,0,{start},COUNTA(OFFSET({_LISTS}!$A$2,0,{start},200,1)),1)"
    if column.answers not in places:
        return ""
    letter = get_column_letter(places[column.answers])
    return f"{_LISTS}!${letter}$2:${letter}${len(lists[column.answers]) + 1}"


def _offer(worksheet: Worksheet, letter: str, formula: str) -> None:
    """Answers to choose from; codes and several answers may be written too, so nothing is refused here."""
    validation = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=False)
    validation.add(f"{letter}2:{letter}{_ROWS}")
    worksheet.add_data_validation(validation)


def _write_lists(worksheet: Worksheet, lists: Mapping[str, tuple[str, ...]]) -> None:
    for at, (name, answers) in enumerate(lists.items(), start=1):
        head = worksheet.cell(1, at, name)
        head.font = Font(name=_TEXT_FONT, size=11, bold=True, color=_DARK_TEXT)
        head.fill = PatternFill("solid", fgColor=_OPTIONAL["questionnaire"])
        for row, answer in enumerate(answers, start=2):
            worksheet.cell(row, at, answer).font = Font(name=_TEXT_FONT, size=11, color=_DARK_TEXT)
        longest = max(map(len, (name, *answers)))
        worksheet.column_dimensions[get_column_letter(at)].width = min(longest + 3, 60)
    worksheet.freeze_panes = "A2"
