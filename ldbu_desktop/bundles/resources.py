"""A record of the journal as the resource that is sent: every code, system, display and profile from the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from ldbu_desktop.bundles.elements import (
    JsonElement,
    coding,
    concept,
    concepts_of,
    extensions,
    identifier,
    known,
    moment,
    period,
    present,
    reference,
)
from ldbu_desktop.bundles.identity import Named, named
from ldbu_desktop.bundles.json_out import number
from ldbu_desktop.journal.fields import (
    INTERVENTION_ACTIVITY_STATUS,
    INTERVENTION_CODE,
    INTERVENTION_REASONS,
    INTERVENTION_STATUS,
    OBSERVATION_MISSING_REASON,
    OBSERVATION_STATUS,
    PARENT_RELATIONSHIP,
    RESPONSE_INFORMER,
    RESPONSE_STATUS,
    SCHOOL_STATUS,
    VISIT_CLASS,
    VISIT_STATUS,
    VISIT_TYPE,
)
from ldbu_desktop.journal.model import (
    Answer,
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
from ldbu_desktop.standard.model import Standard, Variable

BUNDLE = "Bundle"


class BundleKind(Enum):
    """The two kinds of bundle, by the ids of their profile and of their type in the catalogue."""

    REPORT = ("delivery-report", "report-type")
    DELIVERY = ("incremental-delivery", "delivery-type")


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What a resource has to know of its report: the ids of all in it, its parenthoods, and whose visit it is."""

    standard: Standard
    ids: Mapping[Named, str]
    parenthoods: tuple[Parenthood, ...] = ()
    visit: Visit | None = None

    def reference(self, resource_type: str, key: Entry[str]) -> JsonElement:
        """A reference to a record of the report; empty where it is not in it."""
        return reference(resource_type, self.ids.get((resource_type, key.value or "")))


def entry(record: Record, around: ReportContext, full_url: str) -> JsonElement:
    """The entry of a bundle for ``record``; without a URL where that is empty."""
    made = resource(record, around)
    return {"fullUrl": full_url, "resource": made} if full_url else {"resource": made}


def bundle(standard: Standard, kind: BundleKind, bundle_id: str, timestamp: str, entries: list[Any]) -> JsonElement:
    """A bundle around ``entries``; no id and no time stamp where they are empty."""
    profile, fixed = kind.value
    made: JsonElement = {"resourceType": BUNDLE}
    if bundle_id:
        made["id"] = bundle_id
    made |= {"meta": {"profile": [standard.header.profiles[profile]]}, "type": standard.header.fixed[fixed].code}
    if timestamp:
        made["timestamp"] = timestamp
    return made | {"entry": entries}


def resource(record: Record, around: ReportContext) -> JsonElement:
    """The resource that we send for ``record``, as JSON values, elements in the order that FHIR has them."""
    resource_type, key = named(record)
    header: JsonElement = {"resourceType": resource_type}
    resource_id = around.ids.get((resource_type, key))
    if resource_id:
        header["id"] = resource_id
    profile = around.standard.header.profiles.get(_profile(record, around.standard) or "")
    if profile:
        header["meta"] = {"profile": [profile]}
    body: JsonElement = _BODIES[type(record)](record, around)
    return header | body


def _profile(record: Record, standard: Standard) -> str | None:
    if isinstance(record, Observation):
        variable = standard.variable.get(record.variable.value or "")
        return variable.profile if variable is not None else None
    return _PROFILES[type(record)]


def _citizen(citizen: Citizen, around: ReportContext) -> JsonElement:
    header = around.standard.header
    links = [
        {"other": other, "type": header.fixed["citizen-link"].code}
        for parenthood in around.parenthoods
        if parenthood.parent.value == citizen.key
        and (other := reference("RelatedPerson", around.ids.get(named(parenthood))))
    ]
    cpr = identifier(header.systems["cpr"], citizen.cpr.value)
    return present(
        identifier=[cpr] if cpr else None,
        active=citizen.active.value,
        managingOrganization=present(identifier=identifier(header.systems["sor"], citizen.organisation.value)),
        link=links,
    )


def _parenthood(parenthood: Parenthood, around: ReportContext) -> JsonElement:
    relationships = concepts_of(around.standard, PARENT_RELATIONSHIP)
    relationship = concept(relationships, parenthood.relationship.value)
    return present(
        active=parenthood.active.value,
        patient=around.reference("Patient", parenthood.child),
        relationship=[relationship] if relationship else None,
    )


def _school(school: School, around: ReportContext) -> JsonElement:
    header = around.standard.header
    kind = header.fixed["school-type"]
    number_ = present(system=header.systems["school"], value=school.identifier.value)
    return present(
        identifier=[number_] if school.identifier.value is not None else None,
        status=known(concepts_of(around.standard, SCHOOL_STATUS), school.status.value),
        type=[{"coding": [{"system": kind.system, "code": kind.code}]}],
    )


def _visit(visit: Visit, around: ReportContext) -> JsonElement:
    standard = around.standard
    visit_class = concepts_of(standard, VISIT_CLASS).get(visit.visit_class.value or "")
    visit_type = concept(concepts_of(standard, VISIT_TYPE), visit.type.value)
    school = around.reference("Location", visit.school)
    based_on = [around.reference("CarePlan", key) for key in visit.based_on]
    parts: JsonElement = {
        "extension": extensions(standard.header.extensions["based-on-intervention"], "valueReference", based_on),
        "status": known(concepts_of(standard, VISIT_STATUS), visit.status.value),
        "class": coding(visit_class) if visit_class is not None else None,
    }
    return present(
        **parts,
        type=[visit_type] if visit_type else None,
        subject=around.reference("Patient", visit.subject),
        period=period(visit.start.value, visit.end.value),
        location=[{"location": school}] if school else None,
    )


def _intervention(intervention: Intervention, around: ReportContext) -> JsonElement:
    standard = around.standard
    reasons = concepts_of(standard, INTERVENTION_REASONS)
    detail = present(
        code=concept(concepts_of(standard, INTERVENTION_CODE), intervention.code.value),
        reasonCode=[found for reason in intervention.reasons if (found := concept(reasons, reason.value))],
        status=known(concepts_of(standard, INTERVENTION_ACTIVITY_STATUS), intervention.activity_status.value),
    )
    return present(
        status=known(concepts_of(standard, INTERVENTION_STATUS), intervention.status.value),
        intent=standard.header.fixed["intervention-intent"].code,
        subject=around.reference("Patient", intervention.subject),
        period=period(intervention.start.value, intervention.end.value),
        activity=[{"detail": detail}] if detail else None,
    )


def _response(response: QuestionnaireResponse, around: ReportContext) -> JsonElement:
    standard = around.standard
    questionnaire = standard.questionnaire.get(response.questionnaire.value or "")
    informer = concept(concepts_of(standard, RESPONSE_INFORMER), response.informer.value)
    return present(
        extension=extensions(standard.header.extensions["finding-informer"], "valueCodeableConcept", [informer]),
        questionnaire=questionnaire.url if questionnaire is not None else None,
        status=known(concepts_of(standard, RESPONSE_STATUS), response.status.value),
        subject=around.reference("Patient", response.subject),
        authored=moment(response.authored.value),
        item=[_item(answer) for answer in response.answers],
    )


def _item(answer: Answer) -> JsonElement:
    value = answer.value.value
    name = {bool: "valueBoolean", int: "valueInteger", str: "valueString"}.get(type(value), "")
    return present(linkId=answer.link_id.value, answer=[{name: value}] if name else None)


def _observation(observation: Observation, around: ReportContext) -> JsonElement:
    standard = around.standard
    variable = standard.variable.get(observation.variable.value or "")
    start, end = observation.start.value, observation.end.value
    is_period = observation.is_period or end is not None
    return present(
        status=known(concepts_of(standard, OBSERVATION_STATUS), observation.status.value),
        category=[{"coding": [coding(variable.category)]}] if variable is not None and variable.category else None,
        code={"coding": [coding(code) for code in variable.codings]} if variable is not None else None,
        subject=around.reference("Patient", observation.subject),
        encounter=_encounter(observation, variable, around),
        effectiveDateTime=None if is_period else moment(start),
        effectivePeriod=period(start, end) if is_period else None,
        **_value(observation, variable, standard),
        dataAbsentReason=concept(concepts_of(standard, OBSERVATION_MISSING_REASON), observation.missing_reason.value),
    )


def _encounter(observation: Observation, variable: Variable | None, around: ReportContext) -> JsonElement | None:
    """The visit of an observation of the visit's own citizen; what is said of a parent is linked by person and day."""
    visit = around.visit
    if visit is None or (variable is not None and not variable.linked_to_visit):
        return None
    if observation.subject.value != visit.subject.value:
        return None
    return reference("Encounter", around.ids.get(named(visit)))


def _value(observation: Observation, variable: Variable | None, standard: Standard) -> JsonElement:
    value = observation.value.value
    if variable is None or value is None:
        return {}
    if isinstance(value, str):
        return present(valueCodeableConcept=concept(standard.concepts(variable), value))
    unit = observation.unit.value
    return {
        "valueQuantity": present(
            value=number(value, variable.decimals),
            unit=unit,
            system=standard.header.systems["ucum"] if unit is not None else None,
            code=unit,
        )
    }


_PROFILES: Mapping[type[Record], str] = {
    Citizen: "citizen",
    Parenthood: "related-parent",
    School: "location",
    Visit: "encounter",
    Intervention: "intervention",
    QuestionnaireResponse: "questionnaire-response",
}
_BODIES: Mapping[type[Record], Any] = {
    Citizen: _citizen,
    Parenthood: _parenthood,
    School: _school,
    Visit: _visit,
    Observation: _observation,
    Intervention: _intervention,
    QuestionnaireResponse: _response,
}
