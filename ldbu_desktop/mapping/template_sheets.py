"""What a template holds: sheets with their columns, what each column is for, and the answers that it offers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

import msgspec

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.journal.fields import OBSERVATION_MISSING_REASON, RESPONSE_INFORMER
from ldbu_desktop.mapping.layout import Column, Sheet, long_sheets, wide_sheet, wide_words
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.mapping.wide_columns import CHILD, VALUE, observed, parts_of
from ldbu_desktop.standard.model import Fact, Questionnaire, Variable

FEW_QUESTIONS = 12
"""Questionnaires with more questions have no columns in the wide template: it would be too wide to fill."""

_WIDEST = 40
CellFormat = Literal["text", "number", "moment"]
ColumnGroup = Literal["visit", "child", "parent", "care", "questionnaire"]


class Paragraph(Fact, frozen=True):
    """A part of the instructions."""

    title: Text
    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """A column of a template. ``answers`` names the list that the column offers; ``depends_on`` the header of the
    column whose value says which list."""

    header: str
    text: Text
    is_required: bool
    width: int
    format: CellFormat
    answers: str = ""
    depends_on: str = ""
    group: ColumnGroup = "visit"


@dataclass(frozen=True, slots=True)
class TemplateSheet:
    """A sheet of a template."""

    name: str
    text: Text
    columns: tuple[TemplateColumn, ...]


@cache
def words() -> dict[str, Text]:
    """The words of a template."""
    return msgspec.json.decode(resource("mapping", "template_words.json").read_bytes(), type=dict[str, Text])


@cache
def instructions() -> tuple[Paragraph, ...]:
    """The instructions of a template."""
    return msgspec.json.decode(resource("mapping", "instructions.json").read_bytes(), type=tuple[Paragraph, ...])


def filled_in(name: str, **labels: Text | str) -> Text:
    """One of the template's words with labels in it."""

    def told(language: Literal["da", "en"]) -> str:
        facts = {key: label if isinstance(label, str) else getattr(label, language) for key, label in labels.items()}
        return str(getattr(words()[name], language)).format(**facts)

    return Text(da=told("da"), en=told("en"))


# --- lists of answers -------------------------------------------------------------------------------------------------


def answer_lists(vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """Every list of answers by the header above it: the name of a variable or questionnaire, or a word of our own."""
    standard = vocabulary.standard
    lists: dict[str, tuple[str, ...]] = {}
    lists["variabel"] = tuple(vocabulary.names(variable)[0] for variable in observed(vocabulary))
    for variable in observed(vocabulary):
        lists[vocabulary.names(variable)[0]] = _terms(variable, vocabulary)
    lists["enhed"] = tuple(dict.fromkeys(unit.code for variable in standard.variables for unit in variable.units))
    for variable in standard.variables:
        if variable.kind == "concept" and variable not in observed(vocabulary) and _terms(variable, vocabulary):
            lists[_list_name(variable, vocabulary)] = _terms(variable, vocabulary)
    lists["spørgeskema"] = tuple(filled.label.da for filled in standard.questionnaires)
    for filled in standard.questionnaires:
        lists[filled.label.da] = tuple(item.link_id for item in filled.items)
    for sheet in long_sheets():
        for column in sheet.columns:
            if column.options:
                lists[f"{sheet.name}: {column.header}"] = column.options
    return {name: answers for name, answers in lists.items() if answers}


def _terms(variable: Variable, vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(concept.term for concept in vocabulary.standard.offered(variable).values())


def _list_name(variable: Variable, vocabulary: Vocabulary) -> str:
    return vocabulary.names(variable)[0]


# --- sheets -----------------------------------------------------------------------------------------------------------


def long_template(vocabulary: Vocabulary) -> tuple[TemplateSheet, ...]:
    """The sheets of the long shape."""
    return tuple(
        TemplateSheet(
            sheet.name, sheet.text, tuple(_fixed_column(sheet, column, vocabulary) for column in sheet.columns)
        )
        for sheet in long_sheets()
    )


def _fixed_column(sheet: Sheet, column: Column, vocabulary: Vocabulary, group: ColumnGroup = "visit") -> TemplateColumn:
    variable = vocabulary.standard.variable.get(column.variable)
    answers, depends_on = "", ""
    if column.options:
        answers = f"{sheet.name}: {column.header}"
    elif column.list_of == "answers":
        depends_on = column.list_by
    elif column.list_of:
        answers = column.list_of
    elif variable is not None and variable.kind == "concept":
        answers = _list_name(variable, vocabulary)
    text = column.text or (variable.explanation if variable is not None else Text(da="", en=""))
    form: CellFormat = "moment" if variable is not None and variable.kind == "moment" else "text"
    return TemplateColumn(column.header, text, column.required, column.width, form, answers, depends_on, group)


def wide_template(vocabulary: Vocabulary) -> tuple[TemplateSheet, ...]:
    """The one sheet of the wide shape."""
    sheet = wide_sheet()
    fixed = {column.field: column for column in sheet.columns}
    care = ("findings", "intervention", "intervention_reasons", "intervention_start", "intervention_end")
    columns = [_fixed_column(sheet, fixed[name], vocabulary) for name in fixed if name not in care]
    for variable in observed(vocabulary):
        if variable.subject != "parent":
            columns += _variable_columns(variable, "", "child", vocabulary)
    for number in range(CHILD + 1, wide_words().parents + 1):
        prefix = f"{wide_words().parent[0]} {number} "
        for part in ("key", "cpr"):
            text = words()[f"{part}_of"]
            columns.append(TemplateColumn(f"{prefix}{_word(part)}", text, False, 20, "text", group="parent"))
        for variable in observed(vocabulary):
            if variable.subject == "parent":
                columns += _variable_columns(variable, prefix, "parent", vocabulary)
    columns += [_fixed_column(sheet, fixed[name], vocabulary, "care") for name in care]
    for filled in vocabulary.standard.questionnaires:
        if len(filled.items) <= FEW_QUESTIONS:
            columns += _questionnaire_columns(filled, vocabulary)
    return (TemplateSheet(sheet.name, sheet.text, tuple(columns)),)


def _word(part: str) -> str:
    return wide_words().parts[part][0]


def _variable_columns(
    variable: Variable, prefix: str, group: ColumnGroup, vocabulary: Vocabulary
) -> Iterator[TemplateColumn]:
    name = vocabulary.names(variable)[0]
    for part in parts_of(variable):
        if part == VALUE:
            form: CellFormat = "number" if variable.kind == "quantity" else "text"
            answers = name if variable.kind == "concept" else ""
            width = 14 if form == "number" else 30
            yield TemplateColumn(f"{prefix}{name}", variable.explanation, False, width, form, answers, "", group)
            continue
        answers = {"unit": "enhed", "reason": _reasons(vocabulary)}.get(part, "")
        form = "moment" if part in ("start", "end") else "text"
        header = f"{prefix}{name} {_word(part)}"
        text = filled_in(f"{part}_of", label=variable.label)
        yield TemplateColumn(header, text, False, max(14, min(len(header) + 3, _WIDEST)), form, answers, "", group)


def _reasons(vocabulary: Vocabulary) -> str:
    return _list_name(vocabulary.standard.variable[OBSERVATION_MISSING_REASON], vocabulary)


def _questionnaire_columns(filled: Questionnaire, vocabulary: Vocabulary) -> Iterator[TemplateColumn]:
    for item in filled.items:
        text = filled_in("answer_of", questionnaire=filled.label, label=item.label)
        form: CellFormat = "number" if item.type == "integer" else "text"
        header = f"{filled.label.da} {item.link_id}"
        width = max(12, min(len(header) + 3, _WIDEST))
        yield TemplateColumn(header, text, False, width, form, group="questionnaire")
    informer = vocabulary.standard.variable[RESPONSE_INFORMER]
    text = filled_in("informer_of", label=filled.label)
    header = f"{filled.label.da} {_word('informer')}"
    yield TemplateColumn(header, text, False, 26, "text", _list_name(informer, vocabulary), "", "questionnaire")
