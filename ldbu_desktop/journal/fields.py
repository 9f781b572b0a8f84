"""The parts of each record by the catalogue's ids: what is checked cell by cell, and what can be edited."""

from __future__ import annotations

from collections.abc import Mapping

from ldbu_desktop.journal.model import (
    Citizen,
    Intervention,
    Observation,
    Parenthood,
    QuestionnaireResponse,
    Record,
    School,
    Visit,
)

FIELDS: Mapping[type, Mapping[str, str]] = {
    Citizen: {
        "citizen.cpr": "cpr",
        "citizen.organisation": "organisation",
        "citizen.active": "active",
    },
    Parenthood: {
        "parent.child": "child",
        "parent.relationship": "relationship",
        "parent.active": "active",
    },
    School: {
        "school.identifier": "identifier",
        "school.status": "status",
    },
    Visit: {
        "visit.type": "type",
        "visit.class": "visit_class",
        "visit.status": "status",
        "visit.start": "start",
        "visit.end": "end",
        "visit.subject": "subject",
        "visit.school": "school",
        "visit.interventions": "based_on",
    },
    Observation: {
        "observation.status": "status",
        "observation.start": "start",
        "observation.end": "end",
        "observation.subject": "subject",
        "observation.unit": "unit",
        "observation.missing-reason": "missing_reason",
    },
    Intervention: {
        "intervention.code": "code",
        "intervention.reasons": "reasons",
        "intervention.start": "start",
        "intervention.end": "end",
        "intervention.status": "status",
        "intervention.activity-status": "activity_status",
        "intervention.subject": "subject",
    },
    QuestionnaireResponse: {
        "response.questionnaire": "questionnaire",
        "response.authored": "authored",
        "response.informer": "informer",
        "response.status": "status",
        "response.subject": "subject",
    },
}
"""The attribute of each part, by the id of the part. An observation's value has the observed variable's own id."""


def part_of(record: Record, attribute: str) -> str:
    """The id of the part that ``attribute`` of a record is."""
    return next(part for part, name in FIELDS[type(record)].items() if name == attribute)
