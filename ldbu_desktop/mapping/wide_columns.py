"""The headers of the wide shape: fixed columns, then one for each part of a variable, questionnaire and parent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from msgspec import Struct, field

from ldbu_desktop.journal.fields import CITIZEN_CPR, OBSERVATION_UNIT
from ldbu_desktop.mapping.columns import Shape, ShapedTable, header_key, sheet_shape
from ldbu_desktop.mapping.layout import wide_sheet, wide_words
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.standard.model import Questionnaire, Variable

CHILD = 0
"""The number of whoever is not one of the numbered parents."""

VALUE = "value"


class WideColumn(NamedTuple):
    """What a column holds: a part of a variable, a questionnaire's question, or a part of a parent.

    A standard has thousands, made whenever a file is opened.
    """

    parent: int
    part: str
    variable: str = ""
    questionnaire: str = ""
    link_id: str = ""

    @property
    def field(self) -> str:
        """A name for the column that no other has."""
        return f"{self.parent}/{self.variable or self.questionnaire}/{self.part}/{self.link_id}"


class WideShape(Struct, frozen=True):
    """The wide shape of one standard: its headers, and what the columns hold by field."""

    shape: Shape
    columns: dict[str, WideColumn] = field(default_factory=dict)


@lru_cache(maxsize=4)
def wide_shape(vocabulary: Vocabulary) -> WideShape:
    """All headers that the wide shape may have: there are thousands, worked out once for a vocabulary."""
    fixed = sheet_shape(wide_sheet(), vocabulary)
    fields = dict(fixed.fields)
    columns = {}
    parts = dict(fixed.parts)
    for parent, prefixes, headers in _people(vocabulary):
        names: dict[WideColumn, str] = {}
        for before, (key, of_child) in product(prefixes, headers):
            name = names.get(of_child)
            if name is None:  # some hundred columns have some thousand headers
                column = of_child._replace(parent=parent)
                name = names[of_child] = column.field
                columns[name] = column
                if part := _journal_part(column):
                    parts[name] = part
            fields.setdefault(f"{before}{key}", name)
    return WideShape(Shape(fixed.id, fixed.names, fields, fixed.required, parts=parts), columns)


def parts_of(variable: Variable) -> tuple[str, ...]:
    """The parts of a variable that have a column each."""
    units = ("unit",) if variable.units else ()
    period = ("start", "end") if variable.takes_period else ()
    return (VALUE, *units, "reason", *period)


def observed(vocabulary: Vocabulary) -> list[Variable]:
    """The observed variables whose columns are not the same for every standard."""
    fixed = wide_sheet().variables.values()
    return [variable for variable in vocabulary.standard.observed if variable.id not in fixed]


def _journal_part(column: WideColumn) -> str:
    """Which part of a journal stands in a column; empty for one that is told by its name alone."""
    if column.variable and column.part == VALUE:
        return column.variable
    if column.variable and column.part == "unit":
        return f"{OBSERVATION_UNIT}:{column.variable}"
    return CITIZEN_CPR if column.part == "cpr" else ""


def _people(vocabulary: Vocabulary) -> Iterator[tuple[int, Sequence[str], Sequence[tuple[str, WideColumn]]]]:
    """Each person's number, what stands before a header's key, and the keys with what their columns hold of a child.

    The first of the headers that hold the same is what a template writes. Those of a numbered parent are those of the
    child with a word and a number before them, and so are their keys.
    """
    words = wide_words()
    recorded = [(header_key(header), column) for header, column in _headers(vocabulary)]
    yield CHILD, ("",), recorded
    own = [(header_key(word), WideColumn(CHILD, part)) for part in ("key", "cpr") for word in words.parts[part]]
    for number in range(1, words.parents + 1):
        yield number, [header_key(f"{word} {number}") for word in words.parent], [*own, *recorded]


def _headers(vocabulary: Vocabulary) -> Iterator[tuple[str, WideColumn]]:
    """The headers of what is recorded, as they are for the child."""
    words = wide_words()
    for variable in observed(vocabulary):
        for name, part in product(vocabulary.names(variable), parts_of(variable)):
            for word in words.parts.get(part, ("",)):
                yield f"{name} {word}", WideColumn(CHILD, part, variable=variable.id)
    for questionnaire in vocabulary.standard.questionnaires:
        yield from _questionnaire_headers(questionnaire)


def _questionnaire_headers(questionnaire: Questionnaire) -> Iterator[tuple[str, WideColumn]]:
    for name in dict.fromkeys((questionnaire.label.da, questionnaire.label.en, questionnaire.id)):
        for item in questionnaire.items:
            column = WideColumn(CHILD, VALUE, questionnaire=questionnaire.id, link_id=item.link_id)
            for question in dict.fromkeys((item.link_id, item.label.da, item.label.en)):
                yield f"{name} {question}", column
        for word in wide_words().parts["informer"]:
            yield f"{name} {word}", WideColumn(CHILD, "informer", questionnaire=questionnaire.id)


class WidePlan(Struct):
    """Where a table of the wide shape has its values: columns by person, variable and questionnaire."""

    parents: dict[int, dict[str, int]] = field(default_factory=dict)
    observations: dict[tuple[int, str], dict[str, int]] = field(default_factory=dict)
    responses: dict[tuple[int, str], dict[str, int]] = field(default_factory=dict)
    informers: dict[tuple[int, str], int] = field(default_factory=dict)


def plan(table: ShapedTable, shape: WideShape) -> WidePlan:
    """The places of what is found in ``table``."""
    found = WidePlan()
    for name, position in table.at.items():
        column = shape.columns.get(name)
        if column is None:
            continue
        if column.parent != CHILD:
            found.parents.setdefault(column.parent, {})
        if column.variable:
            found.observations.setdefault((column.parent, column.variable), {})[column.part] = position
        elif column.link_id:
            found.responses.setdefault((column.parent, column.questionnaire), {})[column.link_id] = position
        elif column.questionnaire:
            found.informers[column.parent, column.questionnaire] = position
        else:
            found.parents[column.parent][column.part] = position
    return found
