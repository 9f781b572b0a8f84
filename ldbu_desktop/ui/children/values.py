"""The values of a visit as rows: what was read, what the file said and where, in the order in which one reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.journal.fields import (
    ANSWER_VALUE,
    INTERVENTION_REASONS,
    OBSERVATION_END,
    OBSERVATION_START,
    OBSERVATION_STATUS,
    OBSERVATION_SUBJECT,
    OBSERVATION_UNIT,
    OBSERVATION_VARIABLE,
    VISIT_INTERVENTIONS,
)
from ldbu_desktop.journal.model import (
    EMPTY,
    Citizen,
    Entry,
    Family,
    Intervention,
    Observation,
    Origin,
    QuestionnaireResponse,
    School,
    Visit,
)
from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.model import Standard, Variable


class ValueGroup(StrEnum):
    """The groups of a visit's values, in their order."""

    VISIT = "visit"
    MEASUREMENTS = "measurements"
    OBSERVATIONS = "observations"
    PARENTS = "parents"
    EXAMINATION = "examination"
    INTERVENTIONS = "interventions"
    QUESTIONNAIRES = "questionnaires"
    CITIZENS = "citizens"


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One value. ``definition`` is the id of the variable that explains it; ``unit`` what follows the value."""

    group: ValueGroup
    label: Text
    where: Where
    entry: Entry[Any]
    origin: Origin
    definition: str
    unit: Entry[str] = EMPTY
    is_part: bool = False
    is_missing: bool = False
    citizen: str = ""


_VISIT_FIELDS = ("type", "class", "status", "start", "end", "school")
_INTERVENTION_FIELDS = ("code", "subject", "start", "end", "status", "activity-status")
_RESPONSE_FIELDS = ("subject", "authored", "informer", "status")
_ATTRIBUTES = {"class": "visit_class", "activity-status": "activity_status", "missing-reason": "missing_reason"}


def visit_rows(family: Family, visit: Visit, standard: Standard, findings: Sequence[Finding] = ()) -> list[ValueRow]:
    """All values of ``visit`` and of the citizens that it is about, in the order of :class:`ValueGroup`.

    Fields in which nothing stands are left out, except where one of ``findings`` is about them.
    """
    reader = _Reader(family, visit, standard, findings)
    rows = [
        *reader.visit_fields(),
        *(row for observation in visit.observations for row in reader.observation(observation)),
        *(row for intervention in visit.interventions for row in reader.intervention(intervention)),
        *(row for response in visit.responses for row in reader.response(response)),
        *(row for citizen in family.citizens for row in reader.citizen(citizen)),
        *reader.missing(),
    ]
    order = {group: at for at, group in enumerate(ValueGroup)}
    return sorted(rows, key=lambda row: order[row.group])


def nearest_row(rows: Sequence[ValueRow | None], where: Where) -> int | None:
    """Which row is the nearest to what a place names; the first of those that are as near. None is a heading."""
    nearest, most = None, 0
    for at, row in enumerate(rows):
        if row is not None and (nearness := _nearness(row, where)) > most:
            nearest, most = at, nearness
    return nearest


def _nearness(row: ValueRow, where: Where) -> int:
    """How well a row is what a place names: 0 not at all, more for the very field of the very record."""
    record, field, variable = where.record, where.field, where.link_id or where.variable
    if record and row.where.record and record != row.where.record:
        return 0
    is_field = bool(field) and field == (row.where.field or row.where.variable)
    is_variable = bool(variable) and variable in (row.where.variable, row.where.link_id, row.definition)
    is_record = bool(record) and record == row.where.record
    is_entry = is_field and where.number is not None and where.number == row.where.number
    if not (is_field or is_variable or (is_record and not row.is_part)):
        return 0
    return 1 + 8 * is_entry + 4 * is_field + 2 * is_record + is_variable + (not row.is_part and not field)


class _Reader:
    """Makes the rows of the records of one visit."""

    def __init__(self, family: Family, visit: Visit, standard: Standard, findings: Sequence[Finding]) -> None:
        self._family = family
        self._visit = visit
        self._standard = standard
        self._parents = {citizen.key for citizen in family.citizens if not citizen.is_child}
        self._schools = {school.key: school for school in family.schools}
        places = [finding.location for finding in findings]
        self._told = {(place.record, place.field) for place in places}
        self._missed = dict.fromkeys(place.variable for place in places if place.variable and not place.record)

    def _where(self, record: str, field: str, variable: str, number: int | None = None) -> Where:
        return Where(self._family.key, self._visit.key, record, field, variable, number)

    def _label(self, variable: str) -> Text:
        known = self._standard.variable.get(variable)
        return known.label if known else Text(da=variable, en=variable)

    def _field(self, group: ValueGroup, record: Any, kind: str, name: str, **more: Any) -> ValueRow:
        """A row for the attribute of ``record`` that the catalogue calls ``kind.name``."""
        field = f"{kind}.{name}"
        key = "" if kind == "visit" else record.key
        entry = getattr(record, _ATTRIBUTES.get(name, name))
        return ValueRow(group, self._label(field), self._where(key, field, field), entry, record.origin, field, **more)

    def visit_fields(self) -> Iterator[ValueRow]:
        """The visit itself."""
        for name in _VISIT_FIELDS:
            row = self._field(ValueGroup.VISIT, self._visit, "visit", name)
            if not row.entry.is_empty or name in ("type", "class", "start") or self._is_told(row):
                yield row
        for number, entry in enumerate(self._visit.based_on):
            field = VISIT_INTERVENTIONS
            where = self._where("", field, field, number)
            yield ValueRow(ValueGroup.VISIT, self._label(field), where, entry, self._visit.origin, field)
        if self._visit.school.value in self._schools:
            yield from self._school(self._schools[self._visit.school.value])

    def _is_told(self, row: ValueRow) -> bool:
        """Whether a finding is about the very field of a row."""
        return (row.where.record, row.where.field) in self._told

    def missing(self) -> Iterator[ValueRow]:
        """What should have been observed at the visit and was not, of whom it should: it can be added.

        Where there is no parent that a parent's could be added to, the row is about nobody.
        """
        there = {observation.variable.value for observation in self._visit.observations}
        subject = self._visit.subject.value or ""
        for variable in self._missed:
            known = self._standard.variable.get(variable)
            if known is None or known.record != "observation" or variable in there:
                continue
            group = ValueGroup.MEASUREMENTS if known.kind == "quantity" else ValueGroup.OBSERVATIONS
            is_of_others = known.subject == "parent" and subject not in self._parents
            parents = sorted(self._parents) if is_of_others else []
            for citizen in parents or ["" if is_of_others else subject]:
                where = self._where("", "", variable)._replace(subject=citizen)
                yield ValueRow(
                    ValueGroup.PARENTS if parents else group, known.label, where, EMPTY, self._visit.origin, variable,
                    is_missing=True, citizen=citizen if parents else "",
                )  # fmt: skip

    def _school(self, school: School) -> Iterator[ValueRow]:
        if school.identifier.raw and school.identifier.raw != self._visit.school.raw:
            yield self._field(ValueGroup.VISIT, school, "school", "identifier", is_part=True)

    def observation(self, observation: Observation) -> Iterator[ValueRow]:
        """An observation: its value, and what else was written about it."""
        variable = observation.variable.value
        known = self._standard.variable.get(variable) if variable else None
        if known is None:
            where = self._where(observation.key, OBSERVATION_VARIABLE, "")
            label = Text(da="Ukendt variabel", en="Unknown variable")
            yield ValueRow(ValueGroup.OBSERVATIONS, label, where, observation.variable, observation.origin, "")
            label = Text(da="Værdi", en="Value")
            where = self._where(observation.key, "", "")
            yield ValueRow(
                ValueGroup.OBSERVATIONS, label, where, observation.value, observation.origin, "", is_part=True
            )
            return
        group = self._group(observation, known)
        subject = observation.subject.value or ""
        where = self._where(observation.key, "", known.id)
        yield ValueRow(
            group,
            known.label,
            where,
            observation.value,
            observation.origin,
            known.id,
            unit=observation.unit,
            citizen=subject if subject in self._parents else "",
        )
        for name, entry in self._parts(observation, known):
            field = f"observation.{name}"
            where = self._where(observation.key, field, known.id)
            yield ValueRow(group, self._label(field), where, entry, observation.origin, field, is_part=True)

    def _group(self, observation: Observation, known: Variable) -> ValueGroup:
        if known.repeats:
            return ValueGroup.EXAMINATION
        if observation.subject.value in self._parents:
            return ValueGroup.PARENTS
        return ValueGroup.MEASUREMENTS if known.kind == "quantity" else ValueGroup.OBSERVATIONS

    def _parts(self, observation: Observation, known: Variable) -> Iterator[tuple[str, Entry[Any]]]:
        if not observation.missing_reason.is_empty or (
            observation.value.is_empty and known.missing_reason != "refused"
        ):
            yield "missing-reason", observation.missing_reason
        told = {field for record, field in self._told if record == observation.key}
        if observation.unit.is_unreadable or OBSERVATION_UNIT in told:
            yield "unit", observation.unit
        is_own = observation.start.raw and observation.start.raw != self._visit.start.raw
        if is_own or OBSERVATION_START in told:
            yield "start", observation.start
        if observation.is_period or OBSERVATION_END in told:
            yield "end", observation.end
        if observation.subject.is_unreadable or OBSERVATION_SUBJECT in told:
            yield "subject", observation.subject
        is_other = observation.status.raw and observation.status.value != "final"
        if is_other or OBSERVATION_STATUS in told:
            yield "status", observation.status

    def intervention(self, intervention: Intervention) -> Iterator[ValueRow]:
        """An intervention with its reasons."""
        for name in _INTERVENTION_FIELDS:
            row = self._field(ValueGroup.INTERVENTIONS, intervention, "intervention", name, is_part=name != "code")
            if name in ("code", "start") or row.entry.raw or self._is_told(row):
                yield row
            if name == "code":
                for number, entry in enumerate(intervention.reasons):
                    field = INTERVENTION_REASONS
                    where = self._where(intervention.key, field, field, number)
                    yield ValueRow(
                        ValueGroup.INTERVENTIONS,
                        self._label(field),
                        where,
                        entry,
                        intervention.origin,
                        field,
                        is_part=True,
                    )

    def response(self, response: QuestionnaireResponse) -> Iterator[ValueRow]:
        """A questionnaire response: which one, about whom, and its answers."""
        yield self._field(ValueGroup.QUESTIONNAIRES, response, "response", "questionnaire")
        for name in _RESPONSE_FIELDS:
            row = self._field(ValueGroup.QUESTIONNAIRES, response, "response", name, is_part=True)
            if row.entry.raw or self._is_told(row):
                yield row
        known = self._standard.questionnaire.get(response.questionnaire.value or "")
        for number, answer in enumerate(response.answers):
            link_id = answer.link_id.value or answer.link_id.raw
            item = known.by_link_id.get(link_id) if known else None
            label = item.label if item else Text(da=link_id, en=link_id)
            where = self._where(response.key, ANSWER_VALUE, "", number)._replace(link_id=link_id)
            yield ValueRow(
                ValueGroup.QUESTIONNAIRES, label, where, answer.value, answer.origin, ANSWER_VALUE, is_part=True
            )

    def citizen(self, citizen: Citizen) -> Iterator[ValueRow]:
        """A child or a parent."""
        yield self._field(ValueGroup.CITIZENS, citizen, "citizen", "cpr", citizen=citizen.key)
        if citizen.organisation.raw or citizen.is_child:
            yield self._field(ValueGroup.CITIZENS, citizen, "citizen", "organisation", is_part=True)
        if citizen.active.raw and citizen.active.value is not True:
            yield self._field(ValueGroup.CITIZENS, citizen, "citizen", "active", is_part=True)
