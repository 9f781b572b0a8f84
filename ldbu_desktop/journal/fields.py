"""The parts of each record by the catalogue's ids: what is checked cell by cell, and what can be edited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from msgspec.structs import replace

from ldbu_desktop.journal.model import (
    EMPTY,
    Citizen,
    Entry,
    Intervention,
    Observation,
    Parenthood,
    QuestionnaireResponse,
    Record,
    School,
    Visit,
)

# The journal's records have these parts as attributes, so another part is another attribute and not data alone: here
# they are named, once, for all that address a part of a record.
OBSERVATION_VARIABLE: Final = "observation.variable"
"""What is observed: the catalogue has no variable of that name."""
OBSERVATION_STATUS: Final = "observation.status"
OBSERVATION_START: Final = "observation.start"
OBSERVATION_END: Final = "observation.end"
OBSERVATION_SUBJECT: Final = "observation.subject"
OBSERVATION_UNIT: Final = "observation.unit"
OBSERVATION_MISSING_REASON: Final = "observation.missing-reason"

CITIZEN_CPR: Final = "citizen.cpr"
CITIZEN_ORGANISATION: Final = "citizen.organisation"
CITIZEN_ACTIVE: Final = "citizen.active"
CITIZEN_ROLE: Final = "citizen.role"
"""Child or parent: no variable of the standard, but said of a citizen all the same."""
CITIZEN_NAME: Final = "citizen.name"
CITIZEN_BIRTH: Final = "citizen.birth"
CITIZEN_SEX: Final = "citizen.sex"
CITIZEN_KIN: Final = "citizen.kin"
CITIZEN_SIBLING: Final = "citizen.sibling"
"""What people know each other by: no variables of the standard, so nothing that is delivered."""

CITIZEN_PARENTS: Final = "citizen.parents"
"""Who of a family are a child's parents: its parenthoods say so."""

PARENT_CHILD: Final = "parent.child"
PARENT_RELATIONSHIP: Final = "parent.relationship"
PARENT_ACTIVE: Final = "parent.active"

VISIT_STATUS: Final = "visit.status"
VISIT_CLASS: Final = "visit.class"
VISIT_TYPE: Final = "visit.type"
VISIT_SUBJECT: Final = "visit.subject"
VISIT_START: Final = "visit.start"
VISIT_END: Final = "visit.end"
VISIT_SCHOOL: Final = "visit.school"
VISIT_INTERVENTIONS: Final = "visit.interventions"

SCHOOL_IDENTIFIER: Final = "school.identifier"
SCHOOL_STATUS: Final = "school.status"

INTERVENTION_STATUS: Final = "intervention.status"
INTERVENTION_SUBJECT: Final = "intervention.subject"
INTERVENTION_START: Final = "intervention.start"
INTERVENTION_END: Final = "intervention.end"
INTERVENTION_CODE: Final = "intervention.code"
INTERVENTION_REASONS: Final = "intervention.reasons"
INTERVENTION_ACTIVITY_STATUS: Final = "intervention.activity-status"

RESPONSE_STATUS: Final = "response.status"
RESPONSE_QUESTIONNAIRE: Final = "response.questionnaire"
RESPONSE_SUBJECT: Final = "response.subject"
RESPONSE_AUTHORED: Final = "response.authored"
RESPONSE_INFORMER: Final = "response.informer"

ANSWER_LINK_ID: Final = "answer.link-id"
ANSWER_VALUE: Final = "answer.value"

Changed = TypeVar("Changed", bound=Record)

FIELDS: Mapping[type, Mapping[str, str]] = {
    Citizen: {
        CITIZEN_CPR: "cpr",
        CITIZEN_ORGANISATION: "organisation",
        CITIZEN_ACTIVE: "active",
    },
    Parenthood: {
        PARENT_CHILD: "child",
        PARENT_RELATIONSHIP: "relationship",
        PARENT_ACTIVE: "active",
    },
    School: {
        SCHOOL_IDENTIFIER: "identifier",
        SCHOOL_STATUS: "status",
    },
    Visit: {
        VISIT_TYPE: "type",
        VISIT_CLASS: "visit_class",
        VISIT_STATUS: "status",
        VISIT_START: "start",
        VISIT_END: "end",
        VISIT_SUBJECT: "subject",
        VISIT_SCHOOL: "school",
        VISIT_INTERVENTIONS: "based_on",
    },
    Observation: {
        OBSERVATION_STATUS: "status",
        OBSERVATION_START: "start",
        OBSERVATION_END: "end",
        OBSERVATION_SUBJECT: "subject",
        OBSERVATION_UNIT: "unit",
        OBSERVATION_MISSING_REASON: "missing_reason",
    },
    Intervention: {
        INTERVENTION_CODE: "code",
        INTERVENTION_REASONS: "reasons",
        INTERVENTION_START: "start",
        INTERVENTION_END: "end",
        INTERVENTION_STATUS: "status",
        INTERVENTION_ACTIVITY_STATUS: "activity_status",
        INTERVENTION_SUBJECT: "subject",
    },
    QuestionnaireResponse: {
        RESPONSE_QUESTIONNAIRE: "questionnaire",
        RESPONSE_AUTHORED: "authored",
        RESPONSE_INFORMER: "informer",
        RESPONSE_STATUS: "status",
        RESPONSE_SUBJECT: "subject",
    },
}
"""The attribute of each part, by the id of the part. An observation's value has the observed variable's own id."""
PARTS: Final = frozenset(part for parts in FIELDS.values() for part in parts)


def part_of(record: Record, attribute: str) -> str:
    """The id of the part that ``attribute`` of a record is."""
    return next(part for part, name in FIELDS[type(record)].items() if name == attribute)


def part_at(record: Record, part: str) -> Entry[object] | tuple[Entry[object], ...] | None:
    """What stands at the part of a record that has the id ``part``; a list where it may have several; None for none."""
    attribute = FIELDS[type(record)].get(part)
    found: Entry[object] | tuple[Entry[object], ...] | None = getattr(record, attribute) if attribute else None
    return found


def entry_at(record: Record, part: str, number: int | None = None) -> Entry[object]:
    """The entry at a part of a record; of a list the one of ``number``, else the first; an empty one where none is."""
    found = part_at(record, part)
    if found is None or isinstance(found, Entry):
        return found or EMPTY
    return next(iter(found[number or 0 :]), EMPTY)


def with_part(record: Changed, part: str, entry: Entry[object] | tuple[Entry[object], ...]) -> Changed:
    """A record with ``entry`` at the part that has the id ``part``: the only place where a part is set by its id."""
    changes: dict[str, Any] = {FIELDS[type(record)][part]: entry}
    return replace(record, **changes)
