"""Which field of our own wide shape a column holds, by what it is taken for."""

from __future__ import annotations

from ldbu_desktop.journal.fields import CITIZEN_CPR, RESPONSE_INFORMER, VISIT_END, VISIT_START
from ldbu_desktop.mapping.layout import wide_sheet
from ldbu_desktop.mapping.links import CITIZEN_KEY, VISIT_KEY, Part, Subject, Target
from ldbu_desktop.mapping.wide_columns import CHILD, VALUE, WideColumn, WideShape

TIME_OF = {VISIT_START: "start time", VISIT_END: "end time"}
"""Fields that the wide shape does not have: a clock time that stands beside its day."""

_PERSONS = {Subject.PARENT_1: 1, Subject.PARENT_2: 2}
_PARTS = {
    Part.VALUE: VALUE,
    Part.ANSWER: VALUE,
    Part.UNIT: "unit",
    Part.MISSING_REASON: "reason",
    Part.START: "start",
    Part.DATE: "start",
    Part.END: "end",
}
_OF_RECORDS = frozenset((Part.UNIT, Part.MISSING_REASON, Part.NAME))
"""Parts that only what is recorded at a visit has."""


def field_of(target: Target, shape: WideShape) -> str | None:
    """The field of a column with this target; None where the wide shape of the standard has none."""
    found = _field_of_person(target) or _field_of_visit(target) or _field_of_record(target)
    is_known = found in shape.columns or found in TIME_OF.values() or found in wide_sheet().fields
    return found if is_known else None


def _field_of_person(target: Target) -> str | None:
    part = {CITIZEN_CPR: "cpr", CITIZEN_KEY: "key"}.get(target.variable)
    if part is None:
        return None
    if target.subject in (None, Subject.CHILD):
        return {"cpr": "child_cpr", "key": "child"}[part]
    return WideColumn(_PERSONS.get(target.subject or Subject.PARENT, 1), part).field


def _field_of_visit(target: Target) -> str | None:
    if target.variable == VISIT_KEY:
        return "key"
    if target.part is Part.TIME:
        return TIME_OF.get(target.variable)
    if target.part in _OF_RECORDS:
        return None
    return next((name for name, variable in wide_sheet().variables.items() if variable == target.variable), None)


def _field_of_record(target: Target) -> str | None:
    person = _PERSONS.get(target.subject, CHILD) if target.subject is not None else CHILD
    questionnaire, is_answer, question = target.variable.partition("/")
    if is_answer:
        if target.part in _OF_RECORDS:
            return None
        if question == RESPONSE_INFORMER:
            return WideColumn(person, "informer", questionnaire=questionnaire).field
        return WideColumn(person, VALUE, questionnaire=questionnaire, link_id=question).field
    part = _PARTS.get(target.part)
    return WideColumn(person, part, variable=target.variable).field if part is not None else None
