"""A resource as the record of the journal that it stands for; nothing raises, whatever it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ldbu_desktop.bundles.elements import JsonElement, concepts_of
from ldbu_desktop.bundles.read_elements import (
    at,
    boolean_entry,
    code_entry,
    coding_entry,
    concept_entry,
    decimal_entry,
    elements,
    extension_values,
    identifier_entry,
    moment_entry,
    raw,
    text_entry,
)
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
    EMPTY,
    Answer,
    Citizen,
    Entry,
    Intervention,
    Observation,
    Origin,
    Parenthood,
    QuestionnaireResponse,
    Record,
    School,
    Visit,
)
from ldbu_desktop.standard.model import Concept, Standard, Variable

_Coding = tuple[str, str]
"""A system and a code of it."""


@lru_cache(maxsize=4)
def _codings(standard: Standard) -> Mapping[str, frozenset[_Coding]]:
    """What the observations of each variable may be coded with, by the variable's id."""
    sets = standard.value_set
    return {
        variable.id: frozenset(
            (one.system, one.code)
            for codings in (variable.codings, sets[variable.coding_set].concepts if variable.coding_set else ())
            for one in codings
        )
        for variable in standard.observed
    }


@lru_cache(maxsize=4)
def _by_coding(standard: Standard) -> Mapping[_Coding, tuple[Variable, ...]]:
    """The variables that a coding may stand for."""
    found: dict[_Coding, tuple[Variable, ...]] = {}
    for variable in standard.observed:
        for one in _codings(standard)[variable.id]:
            found[one] = (*found.get(one, ()), variable)
    return found


@dataclass(frozen=True, slots=True)
class RecordReader:
    """Reads the resources of one report. ``keys`` finds a record's key by type and by what a reference says.

    ``parent`` is the citizen that links to the related person that is read.
    """

    standard: Standard
    keys: Mapping[tuple[str, str], str]
    parent: Entry[str] = EMPTY

    def read(self, resource: JsonElement, key: str, origin: Origin) -> Record:
        """The record of a resource of a type in :data:`READERS`."""
        return READERS[resource["resourceType"]](self, resource, key, origin)

    def reference(self, resource_type: str, value: Any) -> Entry[str]:
        """The key of the record that is referred to."""
        text = raw(at(value, "reference"))
        return Entry(self.keys.get((resource_type, text)), text or raw(value))

    def codes(self, variable: str) -> Mapping[str, Concept]:
        """The codes that a variable of the catalogue may have."""
        return concepts_of(self.standard, variable)

    def _citizen(self, resource: JsonElement, key: str, origin: Origin) -> Citizen:
        systems = self.standard.header.systems
        return Citizen(
            key,
            is_child=True,
            cpr=identifier_entry(systems["cpr"], at(resource, "identifier")),
            organisation=identifier_entry(systems["sor"], at(resource, "managingOrganization", "identifier")),
            active=boolean_entry(at(resource, "active")),
            origin=origin,
        )

    def _parenthood(self, resource: JsonElement, key: str, origin: Origin) -> Parenthood:
        return Parenthood(
            key,
            parent=self.parent,
            child=self.reference("Patient", at(resource, "patient")),
            relationship=concept_entry(self.codes(PARENT_RELATIONSHIP), at(resource, "relationship", 0)),
            active=boolean_entry(at(resource, "active")),
            origin=origin,
        )

    def _school(self, resource: JsonElement, key: str, origin: Origin) -> School:
        system = self.standard.header.systems["school"]
        return School(
            key,
            identifier=identifier_entry(system, at(resource, "identifier")),
            status=code_entry(self.codes(SCHOOL_STATUS), at(resource, "status")),
            origin=origin,
        )

    def _visit(self, resource: JsonElement, key: str, origin: Origin) -> Visit:
        url = self.standard.header.extensions["based-on-intervention"]
        visit_class = at(resource, "class")
        return Visit(
            key,
            subject=self.reference("Patient", at(resource, "subject")),
            type=concept_entry(self.codes(VISIT_TYPE), at(resource, "type", 0)),
            visit_class=coding_entry(self.codes(VISIT_CLASS), [visit_class] if visit_class is not None else None),
            status=code_entry(self.codes(VISIT_STATUS), at(resource, "status")),
            start=moment_entry(at(resource, "period", "start")),
            end=moment_entry(at(resource, "period", "end")),
            school=self.reference("Location", at(resource, "location", 0, "location")),
            based_on=tuple(
                self.reference("CarePlan", value) for value in extension_values(url, "valueReference", resource)
            ),
            origin=origin,
        )

    def _intervention(self, resource: JsonElement, key: str, origin: Origin) -> Intervention:
        detail = at(resource, "activity", 0, "detail")
        reasons = self.codes(INTERVENTION_REASONS)
        return Intervention(
            key,
            subject=self.reference("Patient", at(resource, "subject")),
            code=concept_entry(self.codes(INTERVENTION_CODE), at(detail, "code")),
            reasons=tuple(concept_entry(reasons, reason) for reason in elements(at(detail, "reasonCode"))),
            start=moment_entry(at(resource, "period", "start")),
            end=moment_entry(at(resource, "period", "end")),
            status=code_entry(self.codes(INTERVENTION_STATUS), at(resource, "status")),
            activity_status=code_entry(self.codes(INTERVENTION_ACTIVITY_STATUS), at(detail, "status")),
            origin=origin,
        )

    def _response(self, resource: JsonElement, key: str, origin: Origin) -> QuestionnaireResponse:
        url = self.standard.header.extensions["finding-informer"]
        informer = next(extension_values(url, "valueCodeableConcept", resource), None)
        named = raw(at(resource, "questionnaire"))
        questionnaire = next((one.id for one in self.standard.questionnaires if one.url == named), None)
        return QuestionnaireResponse(
            key,
            questionnaire=Entry(questionnaire, named),
            subject=self.reference("Patient", at(resource, "subject")),
            authored=moment_entry(at(resource, "authored")),
            informer=concept_entry(self.codes(RESPONSE_INFORMER), informer),
            status=code_entry(self.codes(RESPONSE_STATUS), at(resource, "status")),
            answers=tuple(_answer(item, origin) for item in elements(at(resource, "item"))),
            origin=origin,
        )

    def _observation(self, resource: JsonElement, key: str, origin: Origin) -> Observation:
        variable = self._variable(resource)
        whole = at(resource, "effectivePeriod")
        start = at(whole, "start") if whole is not None else at(resource, "effectiveDateTime")
        return Observation(
            key,
            variable=self._observed(variable, resource),
            subject=self.reference("Patient", at(resource, "subject")),
            value=self._value(variable, resource),
            unit=_unit(variable, at(resource, "valueQuantity")),
            missing_reason=concept_entry(self.codes(OBSERVATION_MISSING_REASON), at(resource, "dataAbsentReason")),
            start=moment_entry(start),
            end=moment_entry(at(whole, "end")),
            is_period=whole is not None,
            status=code_entry(self.codes(OBSERVATION_STATUS), at(resource, "status")),
            origin=origin,
        )

    def _variable(self, resource: JsonElement) -> Variable | None:
        """The variable whose codes the observation has; where several fit, the one that its profile or value says."""
        codes = {(raw(at(one, "system")), raw(at(one, "code"))) for one in elements(at(resource, "code", "coding"))}
        known = _codings(self.standard)
        by_coding = _by_coding(self.standard)
        found = {variable.id for code in codes for variable in by_coding.get(code, ())}
        fitting = [variable for variable in self.standard.observed if variable.id in found] if found else []
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        declared = [raw(profile) for profile in elements(at(resource, "meta", "profile"))]
        coded = at(resource, "valueCodeableConcept", "coding")
        profiles = self.standard.header.profiles

        def fit(variable: Variable) -> tuple[bool, bool, int]:
            is_valued = coding_entry(self.standard.concepts(variable), coded).value is not None
            return profiles[variable.profile] in declared, is_valued, -len(known[variable.id] - codes)

        return max(fitting, key=fit)

    @staticmethod
    def _observed(variable: Variable | None, resource: JsonElement) -> Entry[str]:
        code = at(resource, "code")
        if variable is not None:
            return Entry(variable.id, variable.id)
        first = at(code, "coding", 0)
        return Entry(None, f"{raw(at(first, 'system'))}|{raw(at(first, 'code'))}" if first is not None else raw(code))

    def _value(self, variable: Variable | None, resource: JsonElement) -> Entry[Any]:
        quantity, coded = at(resource, "valueQuantity"), at(resource, "valueCodeableConcept")
        if variable is not None and variable.kind == "quantity" and quantity is not None:
            return decimal_entry(at(quantity, "value"))
        if variable is not None and variable.kind == "concept" and coded is not None:
            return concept_entry(self.standard.concepts(variable), coded)
        other = next((raw(value) for name, value in resource.items() if name.startswith("value")), "")
        return Entry(None, other)


def _unit(variable: Variable | None, quantity: Any) -> Entry[str]:
    """The unit's code; a unit that is only written out can't be sent as it is."""
    code = at(quantity, "code")
    units = [unit.code for unit in variable.units] if variable is not None else []
    return Entry(code if code in units else None, raw(code if code is not None else at(quantity, "unit")))


def _answer(item: Any, origin: Origin) -> Answer:
    answer = at(item, "answer", 0)
    for name, kind in (("valueInteger", int), ("valueBoolean", bool), ("valueString", str)):
        value = at(answer, name)
        if type(value) is kind:
            return Answer(text_entry(at(item, "linkId")), Entry(value, raw(value)), origin)
    return Answer(text_entry(at(item, "linkId")), Entry(None, raw(answer)), origin)


_Reader = Callable[[RecordReader, JsonElement, str, Origin], Record]
READERS: Mapping[str, _Reader] = {
    "Patient": RecordReader._citizen,
    "RelatedPerson": RecordReader._parenthood,
    "Location": RecordReader._school,
    "Encounter": RecordReader._visit,
    "Observation": RecordReader._observation,
    "CarePlan": RecordReader._intervention,
    "QuestionnaireResponse": RecordReader._response,
}
