"""Tables of our own two shapes: their headers are known, whatever stands below them."""

from __future__ import annotations

from collections.abc import Sequence

from ldbu_desktop.journal.fields import (
    CITIZEN_CPR,
    CITIZEN_ROLE,
    INTERVENTION_END,
    INTERVENTION_START,
    OBSERVATION_END,
    OBSERVATION_MISSING_REASON,
    OBSERVATION_START,
    OBSERVATION_UNIT,
    RESPONSE_INFORMER,
    RESPONSE_QUESTIONNAIRE,
    VISIT_END,
    VISIT_INTERVENTIONS,
    VISIT_START,
)
from ldbu_desktop.mapping.columns import Shape, Shapes, header_key, is_mostly_known, sheet_shape
from ldbu_desktop.mapping.layout import Sheet, long_sheets, wide_sheet
from ldbu_desktop.mapping.links import CITIZEN_KEY, VISIT_KEY, Part, Subject, TableShape, Target
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.mapping.wide_columns import CHILD, WideColumn, WideShape, wide_shape

_WIDE_PARTS = {
    "value": Part.VALUE, "unit": Part.UNIT, "reason": Part.MISSING_REASON, "start": Part.START, "end": Part.END,
    "cpr": Part.CPR, "key": Part.KEY,
}  # fmt: skip
_PARTS = {
    VISIT_START: Part.START, VISIT_END: Part.END, INTERVENTION_START: Part.START, INTERVENTION_END: Part.END,
    OBSERVATION_START: Part.START, OBSERVATION_END: Part.END, CITIZEN_CPR: Part.CPR,
    OBSERVATION_UNIT: Part.UNIT, OBSERVATION_MISSING_REASON: Part.MISSING_REASON,
}  # fmt: skip
_OF_VISITS = frozenset((VISIT_INTERVENTIONS,))
"""References to what belongs to a visit; the others are to citizens."""


class OwnTables:
    """The shapes of our templates, by one standard."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._wide: WideShape = wide_shape(vocabulary)
        self._sheets = {sheet.id: sheet for sheet in (*long_sheets(), wide_sheet())}
        self._shapes = Shapes((*(sheet_shape(sheet, vocabulary) for sheet in long_sheets()), self._wide.shape))

    def shape_of(self, headers: Sequence[str], sheet: str) -> Shape | None:
        """The shape that a table has; None where a header that it can't do without is missing."""
        shape = self._shapes.of_header(headers, sheet)
        if shape is None:
            return None
        found = {shape.fields.get(header_key(header)) for header in headers}
        known = sum(1 for header in headers if header.strip() and header_key(header) in shape.fields)
        named = sum(1 for header in headers if header.strip())
        return shape if shape.required.keys() <= found and is_mostly_known(known, named) else None

    def kind(self, shape: Shape) -> TableShape:
        """What a row of the shape is called."""
        return TableShape.WIDE if shape.id == self._wide.shape.id else TableShape.LONG

    def targets(self, shape: Shape, headers: Sequence[str]) -> dict[int, Target]:
        """What each known column holds; one whose header stands twice is known once."""
        found: dict[int, Target] = {}
        seen = set()
        for column, header in enumerate(headers):
            name = shape.fields.get(header_key(header)) if header.strip() else None
            if name is not None and name not in seen:
                seen.add(name)
                found[column] = self._target(shape, name)
        return found

    def _target(self, shape: Shape, name: str) -> Target:
        wide = self._wide.columns.get(name) if shape.id == self._wide.shape.id else None
        if wide is not None:
            return self._wide_target(wide)
        sheet: Sheet = self._sheets[shape.id]
        column = next(each for each in sheet.columns if each.field == name)
        if shape.id == "observations" and name == "variable":
            return Target("observation.variable", Part.NAME)
        if shape.id == "observations" and name == "value":
            return Target("observation.value")
        if not column.variable or column.variable not in self._vocabulary.standard.variable:
            return self._key(shape, name) if not column.options else Target(CITIZEN_ROLE)
        variable = self._vocabulary.standard.variable[column.variable]
        if variable.kind == "reference" and column.variable != RESPONSE_QUESTIONNAIRE:
            return Target(VISIT_KEY if column.variable in _OF_VISITS else CITIZEN_KEY, Part.KEY)
        subject = Subject.CHILD if name == "child_cpr" else None
        return Target(column.variable, _PARTS.get(column.variable, Part.VALUE), subject)

    def _key(self, shape: Shape, name: str) -> Target:
        """A key of a citizen, or of a visit and what was recorded at it."""
        is_of_citizen = name in ("child", "subject") or (shape.id == "citizens" and name == "key")
        return Target(CITIZEN_KEY if is_of_citizen else VISIT_KEY, Part.KEY, Subject.CHILD if name == "child" else None)

    def _wide_target(self, column: WideColumn) -> Target:
        subject = {CHILD: Subject.CHILD, 1: Subject.PARENT_1, 2: Subject.PARENT_2}.get(column.parent, Subject.PARENT)
        part = _WIDE_PARTS.get(column.part, Part.VALUE)
        if column.part == "key":
            return Target(CITIZEN_KEY, Part.KEY, subject)
        if column.part == "cpr":
            return Target(CITIZEN_CPR, Part.CPR, subject)
        if column.questionnaire:
            name = f"{column.questionnaire}/{column.link_id}" if column.link_id else RESPONSE_INFORMER
            return Target(name, Part.VALUE, subject)
        return Target(column.variable, part, subject)
