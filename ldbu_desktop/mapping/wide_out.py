"""A journal as a table of our wide shape: one row a visit, and a word on what that shape can't say."""

from __future__ import annotations

from dataclasses import dataclass, field

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
from ldbu_desktop.journal.model import Citizen, Family, Intervention, Journal, Observation, QuestionnaireResponse, Visit
from ldbu_desktop.mapping.layout import findings_variable, wide_sheet, wide_words
from ldbu_desktop.mapping.tables_out import EntryWriter
from ldbu_desktop.mapping.template_sheets import wide_template
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.standard.model import Standard

Cells = dict[str, str]


@dataclass(slots=True)
class WideTable:
    """A header, its rows, and the keys of records that have no place in them: a second measurement of the same kind, a
    second intervention, a record with a time or status of its own, a third parent."""

    header: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def wide_table(journal: Journal, standard: Standard) -> WideTable:
    """The visits of ``journal``, with the columns that they need in the template's order."""
    vocabulary = Vocabulary(standard)
    writer = _Writer(vocabulary)
    gathered = [writer.row(family, visit) for family in journal.families for visit in family.visits]
    writer.left_out += [record.key for family in journal.families for record in family.unplaced]
    used = dict.fromkeys(header for cells in gathered for header, text in cells.items() if text)
    known = [column.header for column in wide_template(vocabulary)[0].columns]
    required = [column.header for column in wide_sheet().columns if column.required]
    header = [name for name in known if name in used or name in required]
    header += [name for name in used if name not in known]
    return WideTable(header, [[cells.get(name, "") for name in header] for cells in gathered], writer.left_out)


class _Writer:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.left_out: list[str] = []
        self._vocabulary = vocabulary
        self._entries = EntryWriter(vocabulary)
        self._headers = {column.field: column.header for column in wide_sheet().columns}

    def row(self, family: Family, visit: Visit) -> Cells:
        """One visit."""
        text, headers = self._entries.text, self._headers
        citizens = {citizen.key: citizen for citizen in family.citizens}
        subject = citizens.get(visit.subject.value or "")
        cells = {
            headers["key"]: visit.key,
            headers["organisation"]: text(subject.organisation) if subject is not None else "",
            headers["type"]: text(visit.type, VISIT_TYPE),
            headers["visit_class"]: text(visit.visit_class, VISIT_CLASS),
            headers["status"]: text(visit.status, VISIT_STATUS),
            headers["start"]: text(visit.start),
            headers["end"]: text(visit.end),
            headers["school"]: text(visit.school),
        }
        parents = self._parents(family, citizens, subject)
        if subject is not None and subject.is_child:
            cells |= {headers["child"]: subject.key, headers["child_cpr"]: text(subject.cpr)}
        for number, parent in parents.items():
            cells |= {
                f"{_prefix(number)}{_word('key')}": parent.key,
                f"{_prefix(number)}{_word('cpr')}": text(parent.cpr),
            }
        numbers = {parent.key: number for number, parent in parents.items()}
        if subject is not None and subject.is_child:
            numbers[subject.key] = 0
        for observation in visit.observations:
            known = self._vocabulary.standard.variable.get(observation.variable.value or "")
            repeats = known is not None and known.repeats
            self._put(cells, self._observation(observation, visit, numbers), observation.key, repeats=repeats)
        for intervention in visit.interventions:
            self._put(cells, self._intervention(intervention, visit), intervention.key)
        for response in visit.responses:
            self._put(cells, self._response(response, visit, numbers), response.key)
        self.left_out += [f"{visit.key}: {entry.value}" for entry in visit.based_on]
        return cells

    def _put(self, cells: Cells, more: Cells | None, key: str, *, repeats: bool = False) -> None:
        """Put a record's cells to those of its row, what repeats beside each other; tell where there is no room."""
        if repeats and more is not None and (together := [name for name, text in more.items() if text]):
            first, *others = together
            if not others and first in cells:
                cells[first] += f";{more[first]}"
                return
            more = {name: more[name] for name in together}
        if more is None or cells.keys() & more.keys():
            self.left_out.append(key)
        else:
            cells |= more

    def _parents(self, family: Family, citizens: dict[str, Citizen], subject: Citizen | None) -> dict[int, Citizen]:
        """The visit's parents by the number that they have in a row."""
        if subject is not None and not subject.is_child:
            return {1: subject}
        keys = dict.fromkeys(
            related.parent.value or ""
            for related in family.parenthoods
            if subject is not None and related.child.value == subject.key
        )
        found = [citizens[key] for key in keys if key in citizens]
        room = wide_words().parents
        self.left_out += [parent.key for parent in found[room:]]
        return dict(enumerate(found[:room], start=1))

    def _observation(self, record: Observation, visit: Visit, numbers: dict[str, int]) -> Cells | None:
        text = self._entries.text
        variable = self._vocabulary.standard.variable.get(record.variable.value or "")
        default = self._vocabulary.default(OBSERVATION_STATUS).value
        number = numbers.get(record.subject.value or "")
        is_timed = record.is_period or record.start.value == visit.start.value
        if variable is None or number is None or not is_timed or record.status.value != default:
            return None
        if variable.id == findings_variable():
            is_plain = record.subject.value == visit.subject.value and record.missing_reason.is_empty
            return {self._headers["findings"]: text(record.value, variable.id)} if is_plain else None
        name = f"{_prefix(number)}{self._vocabulary.names(variable)[0]}"
        cells = {
            name: text(record.value, variable.id),
            f"{name} {_word('unit')}": text(record.unit),
            f"{name} {_word('reason')}": text(record.missing_reason, OBSERVATION_MISSING_REASON),
        }
        if record.is_period:
            cells |= {f"{name} {_word('start')}": text(record.start), f"{name} {_word('end')}": text(record.end)}
        return cells

    def _intervention(self, record: Intervention, visit: Visit) -> Cells | None:
        text, headers = self._entries.text, self._headers
        default = self._vocabulary.default(INTERVENTION_STATUS, is_ended=not record.end.is_empty).value
        activity = self._vocabulary.default(INTERVENTION_ACTIVITY_STATUS).value
        if (
            record.subject.value != visit.subject.value
            or record.status.value != default
            or record.activity_status.value != activity
        ):
            return None
        return {
            headers["intervention"]: text(record.code, INTERVENTION_CODE),
            headers["intervention_reasons"]: ";".join(text(one, INTERVENTION_REASONS) for one in record.reasons),
            headers["intervention_start"]: text(record.start),
            headers["intervention_end"]: text(record.end),
        }

    def _response(self, record: QuestionnaireResponse, visit: Visit, numbers: dict[str, int]) -> Cells | None:
        filled = self._vocabulary.standard.questionnaire.get(record.questionnaire.value or "")
        number = numbers.get(record.subject.value or "")
        default = self._vocabulary.default(RESPONSE_STATUS).value
        links = [answer.link_id.value for answer in record.answers]
        if (
            filled is None
            or number is None
            or record.status.value != default
            or record.authored.value != visit.start.value
            or not filled.by_link_id.keys() >= set(links)
            or len(set(links)) < len(links)
        ):
            return None
        name = f"{_prefix(number)}{filled.label.da}"
        cells = {f"{name} {answer.link_id.value}": self._entries.text(answer.value) for answer in record.answers}
        cells[f"{name} {_word('informer')}"] = self._entries.text(record.informer, RESPONSE_INFORMER)
        return cells


def _prefix(number: int) -> str:
    return f"{wide_words().parent[0]} {number} " if number else ""


def _word(part: str) -> str:
    return wide_words().parts[part][0]
