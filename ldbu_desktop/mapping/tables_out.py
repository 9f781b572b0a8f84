"""A journal as tables of our long shape, so that it can be filled in further, kept as a sample, or read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from ldbu_desktop.journal.dates import local
from ldbu_desktop.journal.fields import (
    INTERVENTION_ACTIVITY_STATUS,
    INTERVENTION_CODE,
    INTERVENTION_REASONS,
    INTERVENTION_STATUS,
    OBSERVATION_MISSING_REASON,
    OBSERVATION_STATUS,
    RESPONSE_INFORMER,
    RESPONSE_STATUS,
    VISIT_CLASS,
    VISIT_STATUS,
    VISIT_TYPE,
)
from ldbu_desktop.journal.model import (
    Citizen,
    Entry,
    Family,
    Intervention,
    Journal,
    Observation,
    QuestionnaireResponse,
    Visit,
    VisitRecord,
)
from ldbu_desktop.journal.readings import moment
from ldbu_desktop.mapping.families import UNPLACED
from ldbu_desktop.mapping.layout import findings_variable, long_sheets
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.standard.model import Standard

Fields = Mapping[str, str]


def long_rows(journal: Journal, standard: Standard) -> dict[str, list[list[str]]]:
    """The rows of each sheet of the long shape by the sheet's name, in the order of the template's columns.

    A value that was read is written as we write it, one that could not be read as it stood. Reading the rows again
    gives the same values; a feeding period without an end becomes a point in time, since the shape has no word for it.
    """
    writer = _Writer(Vocabulary(standard))
    gathered: dict[str, list[Fields]] = {sheet.id: [] for sheet in long_sheets()}
    for family in journal.families:
        for sheet, fields in writer.family(family):
            gathered[sheet].append(fields)
    return {
        sheet.name: [[fields.get(column.field, "") for column in sheet.columns] for fields in gathered[sheet.id]]
        for sheet in long_sheets()
    }


def moment_text(value: object) -> str:
    """A day or Danish time as we write it; with its zone where the clock time alone would say something else."""
    if not isinstance(value, datetime):
        return f"{value:%d-%m-%Y}"
    at = local(value)
    text = f"{at:%d-%m-%Y %H:%M:%S}" if at.second else f"{at:%d-%m-%Y %H:%M}"
    return text if moment(text) == value else value.astimezone(UTC).isoformat()


def number_text(value: Decimal) -> str:
    """A number with a decimal comma; three decimals get a fourth, so that they are not taken for thousands."""
    text = f"{value:f}"
    if len(text.partition(".")[2]) == 3:
        text += "0"
    return text.replace(".", ",")


class EntryWriter:
    """Writes the values of a journal as texts that are read as the same values again."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._terms: dict[str, dict[str, str]] = {}

    def text(self, entry: Entry[Any], variable_id: str = "") -> str:
        """The text of an entry: a code as its term where the term is read as that code again."""
        value = entry.value
        if value is None:
            return entry.raw
        if isinstance(value, bool):
            return "ja" if value else "nej"
        if isinstance(value, Decimal):
            return number_text(value)
        if not isinstance(value, str):
            return moment_text(value) if hasattr(value, "year") else str(value)
        return self._term(variable_id, value)

    def _term(self, variable_id: str, code: str) -> str:
        variable = self._vocabulary.standard.variable.get(variable_id)
        if variable is None or variable.kind != "concept":
            return code
        terms = self._terms.get(variable_id)
        if terms is None:
            read = self._vocabulary.reading(variable_id)
            concepts = self._vocabulary.standard.concepts(variable).values()
            terms = {concept.code: concept.term for concept in concepts if read(concept.term) == concept.code}
            self._terms[variable_id] = terms
        return terms.get(code, code)


class _Writer(EntryWriter):
    """The rows of the long shape."""

    def family(self, family: Family) -> Iterator[tuple[str, Fields]]:
        """The rows of one family, each with its sheet's id."""
        children: dict[str, list[str]] = {}
        for parenthood in family.parenthoods:
            children.setdefault(parenthood.parent.value or "", []).append(self.text(parenthood.child))
        for citizen in family.citizens:
            yield "citizens", self._citizen(citizen, children.get(citizen.key, []))
        for visit in family.visits:
            yield "visits", self._visit(visit)
            records: Iterable[VisitRecord] = (*visit.observations, *visit.interventions, *visit.responses)
            for record in records:
                yield from self._record(record, visit.key)
        for record in family.unplaced:
            # Without a citizen it is read again only where it names a visit, if one that is not there.
            yield from self._record(record, "" if record.subject.value or record.subject.raw else UNPLACED)

    def _citizen(self, citizen: Citizen, children: list[str]) -> Fields:
        return {
            "key": citizen.key,
            "cpr": self.text(citizen.cpr),
            "role": "barn" if citizen.is_child else "forælder",
            "child": ";".join(children),
            "organisation": self.text(citizen.organisation),
            "active": self.text(citizen.active),
        }

    def _visit(self, visit: Visit) -> Fields:
        return {
            "key": visit.key,
            "subject": self.text(visit.subject),
            "type": self.text(visit.type, VISIT_TYPE),
            "visit_class": self.text(visit.visit_class, VISIT_CLASS),
            "status": self.text(visit.status, VISIT_STATUS),
            "start": self.text(visit.start),
            "end": self.text(visit.end),
            "school": self.text(visit.school),
            "based_on": ";".join(map(self.text, visit.based_on)),
        }

    def _record(self, record: VisitRecord, visit: str) -> Iterator[tuple[str, Fields]]:
        if isinstance(record, Observation):
            is_finding = (
                record.variable.value == findings_variable() and record.missing_reason.is_empty and record.end.is_empty
            )
            yield ("findings" if is_finding else "observations"), self._observation(record, visit)
        elif isinstance(record, Intervention):
            yield "interventions", self._intervention(record, visit)
        else:
            yield from (("answers", fields) for fields in self._answers(record, visit))

    def _observation(self, record: Observation, visit: str) -> Fields:
        observed = self._vocabulary.standard.variable.get(record.variable.value or "")
        name = self._vocabulary.names(observed)[0] if observed is not None else record.variable.raw
        return {
            "key": record.key,
            "visit": visit,
            "subject": self.text(record.subject),
            "variable": name,
            "value": self.text(record.value, record.variable.value or ""),
            "unit": self.text(record.unit),
            "missing_reason": self.text(record.missing_reason, OBSERVATION_MISSING_REASON),
            "start": self.text(record.start),
            "end": self.text(record.end),
            "status": self.text(record.status, OBSERVATION_STATUS),
        }

    def _intervention(self, record: Intervention, visit: str) -> Fields:
        return {
            "key": record.key,
            "visit": visit,
            "subject": self.text(record.subject),
            "code": self.text(record.code, INTERVENTION_CODE),
            "reasons": ";".join(self.text(reason, INTERVENTION_REASONS) for reason in record.reasons),
            "start": self.text(record.start),
            "end": self.text(record.end),
            "status": self.text(record.status, INTERVENTION_STATUS),
            "activity_status": self.text(record.activity_status, INTERVENTION_ACTIVITY_STATUS),
        }

    def _answers(self, record: QuestionnaireResponse, visit: str) -> Iterator[Fields]:
        filled = self._vocabulary.standard.questionnaire.get(record.questionnaire.value or "")
        head = {
            "key": record.key,
            "visit": visit,
            "subject": self.text(record.subject),
            "questionnaire": filled.label.da if filled is not None else record.questionnaire.raw,
            "informer": self.text(record.informer, RESPONSE_INFORMER),
            "authored": self.text(record.authored),
            "status": self.text(record.status, RESPONSE_STATUS),
        }
        for answer in record.answers:
            yield {**head, "link_id": self.text(answer.link_id), "value": self.text(answer.value)}
