"""A proposal as ``ldbu map`` tells it: to machines in full, to people what is certain and what waits for a yes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

import msgspec

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.column_letters import column_letters
from ldbu_desktop.journal.dates import day_text
from ldbu_desktop.journal.fields import OBSERVATION_UNIT
from ldbu_desktop.journal.mask import without_cpr
from ldbu_desktop.journal.written_dates import DateForm
from ldbu_desktop.language import Language, filled, tr
from ldbu_desktop.mapping.links import (
    NO_HEADERS,
    OBSERVATION_VALUE,
    OBSERVATION_VARIABLE,
    ColumnLink,
    Evidence,
    Part,
    Proposal,
    State,
    TableLink,
    TableShape,
    Target,
    ValueLink,
)
from ldbu_desktop.rendering.words import shortened
from ldbu_desktop.standard.model import Standard

_LONGEST = 200
_SIGNS = {
    State.KNOWN: "✔",
    State.SURE: "✔",
    State.PROPOSED: "?",
    State.UNMAPPED: "○",
    State.LEFT_OUT: "–",
}


PARTS: dict[Part, Callable[[], str]] = {
    Part.VALUE: lambda: "",
    Part.CPR: lambda: "",
    Part.KEY: lambda: tr("nøgle"),
    Part.START: lambda: tr("begyndelse"),
    Part.END: lambda: tr("slutning"),
    Part.DATE: lambda: tr("dato"),
    Part.TIME: lambda: tr("klokkeslæt"),
    Part.UNIT: lambda: tr("enhed"),
    Part.MISSING_REASON: lambda: tr("hvorfor den mangler"),
    Part.NAME: lambda: tr("navn"),
    Part.ANSWER: lambda: tr("et af svarene"),
}

BOOLEANS: dict[str, Callable[[], str]] = {"true": lambda: tr("Ja"), "false": lambda: tr("Nej")}
"""What a value is read as where the answer is yes or no."""

ORDERS: dict[DateForm, Callable[[], str]] = {
    DateForm.DAY_FIRST: lambda: tr("dag, måned, år"),
    DateForm.MONTH_FIRST: lambda: tr("måned, dag, år"),
    DateForm.YEAR_FIRST: lambda: tr("år, måned, dag"),
    DateForm.YEAR_DAY_MONTH: lambda: tr("år, dag, måned"),
    DateForm.SERIAL: lambda: tr("et regnearks dagnumre"),
}
"""In which order a date is written."""


# --- machines ---------------------------------------------------------------------------------------------------------


def proposal_facts(proposal: Proposal) -> dict[str, Any]:
    """The whole proposal, as it is written to JSON. Columns are named by their letters, rows count from 1."""
    return {
        "tables": [_table(table) for table in proposal.tables],
        "columns": [_column(column) for column in proposal.columns],
        "values": [_value(value) for value in proposal.values],
    }


def _table(table: TableLink) -> Mapping[str, Any]:
    return {
        "file": table.file,
        "sheet": table.sheet,
        "header_rows": list(table.header_rows),
        "rows": table.rows,
        "shape": table.shape.value,
        "key": [column_letters(column) for column in table.keys],
        "evidence": _evidence(table.evidence),
    }


def _column(link: ColumnLink) -> Mapping[str, Any]:
    target = link.target
    is_key = target is not None and target.part is Part.KEY
    return {
        "file": link.file,
        "sheet": link.sheet,
        "column": column_letters(link.column),
        "header": link.header,
        "state": link.state.value,
        "variable": target.variable if target is not None and not is_key else None,
        "part": target.part.value if target is not None else None,
        "subject": target.subject.value if target is not None and target.subject is not None else None,
        "visit": target.visit if target is not None else None,
        "unit": target.unit if target is not None else None,
        **({"order": target.order.value} if target is not None and target.order is not None else {}),
        "evidence": _evidence(link.evidence),
    }


def _value(link: ValueLink) -> Mapping[str, Any]:
    return {
        "file": link.file,
        "sheet": link.sheet,
        "column": column_letters(link.column),
        "variable": link.variable,
        "value": link.value,
        "count": link.count,
        "state": link.state.value,
        "code": link.code,
        "missing": link.missing,
        "evidence": _evidence(link.evidence),
    }


def link_facts(link: ColumnLink | ValueLink) -> Mapping[str, Any]:
    """A link as it is written to JSON."""
    return _column(link) if isinstance(link, ColumnLink) else _value(link)


def link_words(link: ColumnLink | ValueLink, standard: Standard, language: Language) -> Iterator[str]:
    """A link in a line for people, and below it the reasons where it waits."""
    if isinstance(link, ColumnLink):
        yield from _column_words(link, standard, language)
    else:
        yield _value_words(link, standard, language)


def _evidence(evidence: tuple[Evidence, ...]) -> list[Mapping[str, Any]]:
    return [{"code": each.code, **each.facts} for each in evidence]


# --- people -----------------------------------------------------------------------------------------------------------


@cache
def _texts() -> dict[str, Text]:
    return msgspec.json.decode(resource("messages", "mapping.json").read_bytes(), type=dict[str, Text])


def evidence_words(evidence: Evidence, standard: Standard, language: Language) -> str:
    """Why something is taken for what it is, in words: variables and codes by what the standard calls them."""
    facts: dict[str, object] = dict(evidence.facts)
    for name in ("variable", "variables"):
        if name in facts:
            names = [variable_words(each, standard, language) for each in str(facts[name]).split(", ")]
            facts[name] = ", ".join(names)
    if "codes" in facts:
        facts["codes"] = ", ".join(code_words(each, standard, language) for each in str(facts["codes"]).split(", "))
    if "on" in facts:
        facts["on"] = day_text(date.fromisoformat(str(facts["on"])), language)
    if "what" in facts:
        facts["what"] = _texts()[f"other-{facts['what']}"][language]
    return filled(_texts()[evidence.code][language], facts, language)


OBSERVED: dict[str, Callable[[], str]] = {
    OBSERVATION_VARIABLE: lambda: tr("Hvad der er observeret"),
    OBSERVATION_VALUE: lambda: tr("Det observerede"),
    OBSERVATION_UNIT: lambda: tr("Enheden af det observerede"),
}
"""What a column of a table with a row an observation may hold, beside what the standard names."""


def variable_words(variable: str, standard: Standard, language: Language) -> str:
    """What a variable, or a questionnaire's question, is called; its id where the standard does not have it."""
    if variable in OBSERVED:
        return OBSERVED[variable]()
    if (known := standard.variable.get(variable)) is not None:
        return known.label[language]
    questionnaire_id, _, link_id = variable.partition("/")
    questionnaire = standard.questionnaire.get(questionnaire_id)
    item = questionnaire.by_link_id.get(link_id) if questionnaire is not None else None
    return f"{questionnaire.label[language]}: {item.label[language]}" if questionnaire and item else variable


def with_part(name: str, target: Target, standard: Standard) -> str:
    """What a column is read as, by the name of its variable: ``Vægt``, ``Ernæring: begyndelse``."""
    part, known = PARTS[target.part](), standard.variable.get(target.variable)
    is_said = known is not None and known.kind == "moment" and target.part in (Part.START, Part.END)
    return f"{name}: {part}" if part and not is_said else name


def code_words(code: str, standard: Standard, language: Language) -> str:
    """What a code is called."""
    if code in BOOLEANS:
        return BOOLEANS[code]()
    for value_set in standard.value_sets:
        if (concept := value_set.by_code.get(code)) is not None:
            return concept.label[language]
    return code


def proposal_lines(proposal: Proposal, standard: Standard, language: Language) -> Iterator[str]:
    """The proposal for people: each table with its columns, what waits with its reasons, and the sum."""
    for table in proposal.tables:
        yield _table_words(table)
        for evidence in table.evidence:
            yield f"  {evidence_words(evidence, standard, language)}"
        for column in proposal.columns:
            if _is_of(column, table):
                yield from _column_words(column, standard, language)
                for value in proposal.values:
                    if (value.file, value.sheet, value.header_row, value.column) == (
                        column.file, column.sheet, column.header_row, column.column,
                    ) and value.state in (State.PROPOSED, State.UNMAPPED):  # fmt: skip
                        yield _value_words(value, standard, language)
        yield ""
    counts = Counter(column.state for column in proposal.columns)
    waiting = Counter(value.state for value in proposal.values)
    yield tr(
        "Kolonner i alt – sikre: {sure}; foreslået: {proposed}; ikke knyttet: {unmapped}; uden for: {left}",
        sure=counts[State.KNOWN] + counts[State.SURE],
        proposed=counts[State.PROPOSED],
        unmapped=counts[State.UNMAPPED],
        left=counts[State.LEFT_OUT],
    )
    yield tr(
        "Værdier i alt – sikre: {sure}; foreslået: {proposed}; ikke knyttet: {unmapped}",
        sure=waiting[State.KNOWN] + waiting[State.SURE],
        proposed=waiting[State.PROPOSED],
        unmapped=waiting[State.UNMAPPED],
    )


def _is_of(column: ColumnLink, table: TableLink) -> bool:
    return (column.file, column.sheet, column.header_row) == (table.file, table.sheet, table.header_rows[0]) and (
        table.columns[0] <= column.column <= table.columns[1]
    )


def shape_words(shape: TableShape) -> str:
    """What a row of a table is, in words."""
    return {
        TableShape.VISIT: tr("En kontakt"),
        TableShape.OBSERVATION: tr("En observation"),
        TableShape.CHILD: tr("Et barn, med kolonner for hver kontakt"),
        TableShape.VARIABLE: tr("En måling; arket er om én oplysning"),
        TableShape.CODES: tr("En kode; arket forklarer koder"),
        TableShape.LONG: tr("Vores lange skabelon"),
        TableShape.WIDE: tr("Vores brede skabelon"),
    }[shape]


def _table_words(table: TableLink) -> str:
    first, last = table.header_rows
    rows = f"{first}–{last}" if last > first else str(first)
    if any(evidence.code == NO_HEADERS for evidence in table.evidence):
        return tr(
            "{file}, {sheet}: ingen overskrifter; rækker med data: {count}. Hver række: {shape}",
            file=table.file,
            sheet=table.sheet,
            count=table.rows,
            shape=shape_words(table.shape),
        )
    return tr(
        "{file}, {sheet}: overskrift i række {rows}; rækker med data: {count}. Hver række: {shape}",
        file=table.file,
        sheet=table.sheet,
        count=table.rows,
        rows=rows,
        shape=shape_words(table.shape),
    )


def _column_words(column: ColumnLink, standard: Standard, language: Language) -> Iterator[str]:
    target = column.target
    name = ""
    if target is not None and target.part is not Part.KEY:
        name = with_part(variable_words(target.variable, standard, language), target, standard)
        name += f" ({ORDERS[target.order]()})" if target.order is not None else ""
    line = f"  {_SIGNS[column.state]} {column_letters(column.column):<3} {_short(column.header)}"
    yield f"{line} → {name}" if name else line
    if column.state in (State.PROPOSED, State.UNMAPPED):
        for evidence in column.evidence:
            yield f"        {evidence_words(evidence, standard, language)}"


def _value_words(value: ValueLink, standard: Standard, language: Language) -> str:
    taken = code_words(value.code or value.missing or "", standard, language)
    line = f"      {_SIGNS[value.state]} {_short(value.value)} ({value.count})"
    return f"{line} → {taken}" if taken else line


def _short(text: str) -> str:
    """A text of a file, as much of it as a line has room for."""
    return shortened(without_cpr(text), _LONGEST)
