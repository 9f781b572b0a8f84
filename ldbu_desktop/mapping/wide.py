"""The wide shape: one row a visit, with the child, the parents and all that was recorded in columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from msgspec.structs import replace

from ldbu_desktop.journal import readings
from ldbu_desktop.journal.fields import (
    INTERVENTION_ACTIVITY_STATUS,
    INTERVENTION_STATUS,
    OBSERVATION_END,
    OBSERVATION_MISSING_REASON,
    OBSERVATION_START,
    OBSERVATION_STATUS,
    RESPONSE_INFORMER,
    RESPONSE_STATUS,
    VISIT_STATUS,
)
from ldbu_desktop.journal.model import (
    EMPTY,
    NO_COLUMN,
    Answer,
    Citizen,
    Entry,
    Intervention,
    Observation,
    Origin,
    QuestionnaireResponse,
)
from ldbu_desktop.mapping import derived_keys
from ldbu_desktop.mapping.columns import ShapedTable
from ldbu_desktop.mapping.drafts import VisitDraft
from ldbu_desktop.mapping.entries import ColumnEntries, follows, several
from ldbu_desktop.mapping.families import Gathering
from ldbu_desktop.mapping.layout import findings_variable, wide_sheet
from ldbu_desktop.mapping.long import add_school, add_visit, parenthood, visit_key
from ldbu_desktop.mapping.long_records import read_answer, subject_of
from ldbu_desktop.mapping.quantities import ValueEntries
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.mapping.wide_columns import CHILD, VALUE, WideShape, plan


def read_wide(table: ShapedTable, shape: WideShape, gathering: Gathering, vocabulary: Vocabulary) -> None:
    """Read one table of the wide shape."""
    reading = WideReading(table, shape, gathering, vocabulary)
    for number, cells in table.rows:
        reading.read(number, cells)


class _Observed(NamedTuple):
    """Where a variable stands that is observed of a person: its columns, those of its parts, and how it is read."""

    person: int
    columns: tuple[int, ...]
    name: Entry[str]
    values: ValueEntries
    value_at: int
    unit_at: int
    reason_at: int
    start_at: int
    end_at: int
    repeats: bool


def _observed(
    table: ShapedTable, person: int, variable_id: str, parts: Mapping[str, int], vocabulary: Vocabulary
) -> _Observed:
    column = parts.get(VALUE, min(parts.values()))
    value_at, unit_at = parts.get(VALUE, NO_COLUMN), parts.get("unit", NO_COLUMN)
    return _Observed(
        person,
        tuple(parts.values()),
        Entry(variable_id, table.headers[column], column),
        table.forms.values(variable_id, value_at, unit_at),
        value_at,
        unit_at,
        parts.get("reason", NO_COLUMN),
        parts.get("start", NO_COLUMN),
        parts.get("end", NO_COLUMN),
        vocabulary.standard.variable[variable_id].repeats,
    )


_INTERVENTION = ("intervention", "intervention_reasons", "intervention_start", "intervention_end")


def _texts(raw: str) -> list[str]:
    """The values of a variable that repeats: all those between the semicolons of a cell."""
    return [text for part in raw.split(";") if (text := part.strip())] or [raw]


class WideReading:
    """The columns of one table, and what has been gathered from it so far."""

    def __init__(self, table: ShapedTable, shape: WideShape, gathering: Gathering, vocabulary: Vocabulary) -> None:
        self.gathering = gathering
        self._table, self._vocabulary = table, vocabulary
        self._plan = plan(table, shape)
        self._entries = {
            name: table.forms.entries(variable, table.column(name)) for name, variable in wide_sheet().variables.items()
        }
        status = vocabulary.default(VISIT_STATUS)
        self._entries["status"] = table.forms.entries(VISIT_STATUS, table.column("status"), status)
        self._entries["key"] = ColumnEntries(readings.text, table.column("key"))
        self._cprs: dict[int, ColumnEntries] = {}
        self._kin: dict[int, Entry[str]] = {CHILD: EMPTY}
        self._keys: dict[int, ColumnEntries] = {}
        is_child_read = not {"child", "child_cpr"}.isdisjoint(table.at)
        self._maybe_child = () if is_child_read else tuple(table.unread)
        people = {CHILD: {"cpr": table.column("child_cpr"), "key": table.column("child")}, **self._plan.parents}
        for person, parts in people.items():
            self._cprs[person] = table.forms.cprs(parts.get("cpr", NO_COLUMN), is_child=person == CHILD)
            self._keys[person] = ColumnEntries(readings.citizen_key, parts.get("key", NO_COLUMN))
            if person != CHILD:
                headings = (table.headers[at] for at in parts.values() if at != NO_COLUMN)
                self._kin[person] = next((kin for one in headings if (kin := vocabulary.kin(one)) is not EMPTY), EMPTY)
        self._observation_status = vocabulary.default(OBSERVATION_STATUS)
        self._observed = [
            _observed(table, *group, parts, vocabulary) for group, parts in self._plan.observations.items()
        ]
        self._parts: dict[tuple[str, int], ColumnEntries] = {}
        self._told: dict[tuple[int, str, str, str], str] = {}
        self._people_read = (CHILD, *sorted(self._plan.parents))
        of_intervention = (table.column(name) for name in _INTERVENTION)
        self._of_intervention = [column for column in of_intervention if column != NO_COLUMN]

    def _entry(self, name: str, cells: list[str]) -> Entry[Any]:
        entries = self._entries[name]
        return entries[cells[entries.column]]

    def _part(self, variable_id: str, column: int, cells: list[str]) -> Entry[Any]:
        """A cell of a column that only some standards have."""
        if column == NO_COLUMN:
            return EMPTY
        entries = self._parts.get((variable_id, column))
        if entries is None:
            entries = self._parts[variable_id, column] = self._table.forms.entries(variable_id, column)
        return entries[cells[column]]

    def read(self, number: int, cells: list[str]) -> None:
        """One row: one visit."""
        origin = self._table.origin(number)
        people = self._people(cells, origin)
        if not any(people.values()) and self._says_no_visit(cells):
            if any(map(str.strip, cells)):
                self._table.note("file-row-incomplete", number)
                self._table.leave_out("file-row-incomplete", number, cells)
            return
        if not any(people.values()):
            self._unused_at(self._entries["organisation"].column, number, cells)
        draft = self._visit(people, cells, origin)
        if draft is not None:
            self._observations(draft, people, cells, origin)
            self._findings(draft, cells, origin)
            self._interventions(draft, cells, origin)
            self._responses(draft, people, cells, origin)

    def _people(self, cells: list[str], origin: Origin) -> dict[int, str | None]:
        """Who is in a row, by the keys that they have; parents are told to be the child's."""
        people = {person: self._citizen(person, cells, origin) for person in self._people_read}
        child = people[CHILD]
        for person, parent in people.items():
            if person != CHILD and parent is not None and child is not None:
                self._add_parenthood(person, parent, child, cells, origin)
        return people

    def _says_no_visit(self, cells: list[str]) -> bool:
        """Whether a row tells neither what kind of visit it is nor when it was."""
        return self._entry("type", cells) is EMPTY and self._entry("start", cells) is EMPTY

    def _visit(self, people: dict[int, str | None], cells: list[str], origin: Origin) -> VisitDraft | None:
        """The visit that a row is; None where that can't be known, which is told."""
        return self._new_visit(people, cells, origin)

    def _new_visit(self, people: dict[int, str | None], cells: list[str], origin: Origin) -> VisitDraft:
        written = self._entry("key", cells)
        derived = None
        if written.value is None:
            citizen = people[CHILD] or next(filter(None, people.values()), None)
            derived = derived_keys.visit_key(citizen, self._entry("start", cells), self._entry("type", cells))
        key = visit_key(written, derived, self._table, self.gathering, origin.row)
        return self._made_visit(key, written, people, cells, origin)

    def _made_visit(
        self, key: str, written: Entry[str], people: dict[int, str | None], cells: list[str], origin: Origin
    ) -> VisitDraft:
        """A visit by the key that it gets, taken as it stands in a row."""
        of_child = people[CHILD] is not None or self._may_name_child(cells)
        draft = VisitDraft(
            key,
            self._subject(CHILD if of_child else next(iter(self._plan.parents), CHILD), people, cells),
            self._entry("type", cells),
            self._entry("visit_class", cells),
            self._entry("status", cells),
            self._entry("start", cells),
            self._entry("end", cells),
            self._entry("school", cells),
            (),
            origin,
        )
        parents = [key for person, key in people.items() if person != CHILD and key is not None]
        draft.parent = follows(parents[0]) if len(parents) == 1 else EMPTY
        add_school(draft.school, origin, self.gathering)
        add_visit(draft, written, self._table, self.gathering)
        return draft

    def _may_name_child(self, cells: list[str]) -> bool:
        """Whether a child may be named in a column that was not read: then the visit is not taken for a parent's."""
        return any(readings.cpr(cells[column]) is not None for column in self._maybe_child)

    def _unused_at(self, column: int, number: int, cells: list[str]) -> None:
        if cells[column].strip():
            self._table.unused(number, column, cells[column])

    # --- people -------------------------------------------------------------------------------------------------------

    def _citizen(self, person: int, cells: list[str], origin: Origin) -> str | None:
        """The key of a child or parent in this row, who may have been in a row before; None where nobody is."""
        keys, cprs, organisations = self._keys[person], self._cprs[person], self._entries["organisation"]
        told = person, cells[keys.column], cells[cprs.column], cells[organisations.column]
        known = self._told.get(told)
        if known is not None:
            return known
        written, cpr = keys[told[1]], cprs[told[2]]
        is_named = written is not EMPTY or cpr is not EMPTY
        if not is_named and not self._says_something(person, cells):
            return None
        cpr_said = cpr.value or cpr.raw.strip()
        key = written.value or self.gathering.key_by_cpr.get(cpr_said)
        key = key or derived_keys.citizen_key(cpr)
        if key is None:
            key = self.gathering.free_key("citizen", f"{origin.file}-{origin.row}-{person}")
        kin = self._kin[person]
        self.gathering.add_citizen(Citizen(key, person == CHILD, cpr, organisations[told[3]], EMPTY, origin, kin=kin))
        if is_named:
            # Who comes again with the same texts has the same key, and tells nothing more.
            self._told[told] = key
        return key

    def _says_something(self, person: int, cells: list[str]) -> bool:
        """Whether something is recorded about a parent of whom neither number nor CPR is written."""
        if person == CHILD:
            return False
        groups = [parts for (who, _), parts in self._plan.observations.items() if who == person]
        groups += [parts for (who, _), parts in self._plan.responses.items() if who == person]
        return any(cells[column].strip() for parts in groups for column in parts.values())

    def _subject(self, person: int, people: dict[int, str | None], cells: list[str]) -> Entry[str]:
        """A citizen as the subject of a visit, with the cell that names them."""
        key = people.get(person)
        if key is None:
            return EMPTY
        entries = self._keys[person]
        if not cells[entries.column].strip():
            entries = self._cprs[person]
        return Entry(key, cells[entries.column], entries.column)

    def _add_parenthood(self, person: int, parent: str, child: str, cells: list[str], origin: Origin) -> None:
        if (parent, child) in self.gathering.related:
            return
        entry = self._subject(person, {person: parent}, cells)
        related = parenthood(entry, follows(child), EMPTY, origin, self._vocabulary)
        self.gathering.add_parenthood(related)

    # --- what was recorded --------------------------------------------------------------------------------------------

    def _about(self, person: int, people: dict[int, str | None], otherwise: Entry[str]) -> Entry[str]:
        """Whom a value is about: the numbered parent, or who follows where none is named."""
        key = people.get(person) if person != CHILD else None
        return follows(key) if key is not None else otherwise

    def _observations(self, draft: VisitDraft, people: dict[int, str | None], cells: list[str], origin: Origin) -> None:
        for observed in self._observed:
            if not any(map(cells.__getitem__, observed.columns)):
                continue
            values = observed.values
            start = self._part(OBSERVATION_START, observed.start_at, cells)
            end = self._part(OBSERVATION_END, observed.end_at, cells)
            reason = self._part(OBSERVATION_MISSING_REASON, observed.reason_at, cells)
            is_period = start is not EMPTY or end is not EMPTY
            of_parent = draft.parent if values.is_of_parent else draft.citizen
            subject = self._about(observed.person, people, of_parent)
            of_whom = f"/{subject.value}" if values.is_of_parent and subject.value else ""
            raw, unit_raw = cells[observed.value_at], cells[observed.unit_at]
            for text in _texts(raw) if observed.repeats and ";" in raw else (raw,):
                value, unit = values[text, unit_raw]
                observation = Observation(
                    self.gathering.free_key("observation", f"{draft.key}/{values.variable_id}{of_whom}"),
                    observed.name,
                    subject,
                    value,
                    unit,
                    reason,
                    start if is_period else draft.at,
                    end,
                    is_period,
                    self._observation_status,
                    origin,
                )
                draft.observations.append(observation)

    def _findings(self, draft: VisitDraft, cells: list[str], origin: Origin) -> None:
        entries, variable = self._entries["findings"], findings_variable()
        for code in several(cells[entries.column], entries):
            key = self.gathering.free_key("observation", f"{draft.key}/{variable}/{code.value or code.raw}")
            draft.observations.append(
                Observation(
                    key,
                    follows(variable),
                    draft.citizen,
                    code,
                    EMPTY,
                    EMPTY,
                    draft.at,
                    EMPTY,
                    False,
                    self._observation_status,
                    origin,
                )
            )

    def _interventions(self, draft: VisitDraft, cells: list[str], origin: Origin) -> None:
        if not any(cells[column].strip() for column in self._of_intervention):
            return
        code, start = self._entry("intervention", cells), self._entry("intervention_start", cells)
        end = self._entry("intervention_end", cells)
        reasons = self._entries["intervention_reasons"]
        intervention = Intervention(
            self.gathering.free_key("intervention", f"{draft.key}/{code.value or origin.row}"),
            draft.citizen,
            code,
            several(cells[reasons.column], reasons),
            start if start is not EMPTY else draft.at,
            end,
            self._vocabulary.default(INTERVENTION_STATUS, is_ended=end is not EMPTY),
            self._vocabulary.default(INTERVENTION_ACTIVITY_STATUS),
            origin,
        )
        draft.interventions.append(intervention)

    def _responses(self, draft: VisitDraft, people: dict[int, str | None], cells: list[str], origin: Origin) -> None:
        for (person, questionnaire_id), places in self._plan.responses.items():
            answers = tuple(
                self._answer(questionnaire_id, link_id, column, cells, origin)
                for link_id, column in places.items()
                if cells[column].strip()
            )
            informer = self._plan.informers.get((person, questionnaire_id), NO_COLUMN)
            if not answers:
                self._unused_at(informer, origin.row, cells)
                continue
            questionnaire: Entry[str] = follows(questionnaire_id)
            subject = self._about(person, people, subject_of(questionnaire, draft, self._vocabulary))
            of_whom = f"/{subject.value}" if person != CHILD else ""
            draft.responses.append(
                QuestionnaireResponse(
                    self.gathering.free_key("response", f"{draft.key}/{questionnaire_id}{of_whom}"),
                    questionnaire,
                    subject,
                    draft.at,
                    self._part(RESPONSE_INFORMER, informer, cells),
                    self._vocabulary.default(RESPONSE_STATUS),
                    answers,
                    origin,
                )
            )

    def _answer(self, questionnaire_id: str, link_id: str, column: int, cells: list[str], origin: Origin) -> Answer:
        value: Entry[Any] = Entry(None, cells[column], column)
        answer = read_answer(self._vocabulary, questionnaire_id, Entry(None, link_id), value, origin)
        return replace(answer, link_id=follows(link_id))
