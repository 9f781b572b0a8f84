"""The visits of a linked table: read as a row of our wide shape is, one for each block, joined to those of others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from msgspec.structs import replace

from ldbu_desktop.journal.fields import VISIT_TYPE
from ldbu_desktop.journal.model import EMPTY, NO_COLUMN, Answer, Entry, Origin
from ldbu_desktop.mapping.columns import ShapedTable
from ldbu_desktop.mapping.drafts import VisitDraft
from ldbu_desktop.mapping.entries import ColumnEntries, follows
from ldbu_desktop.mapping.families import Gathering
from ldbu_desktop.mapping.layout import wide_sheet
from ldbu_desktop.mapping.linked.joins import Joins, Said, SeveralVisits, unite
from ldbu_desktop.mapping.linked.table import LinkedTable
from ldbu_desktop.mapping.links import TableShape
from ldbu_desktop.mapping.long import add_school
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.mapping.wide import WideReading
from ldbu_desktop.mapping.wide_columns import CHILD, WideShape

SEVERAL_VISITS = "file-row-of-several-visits"
_JOINED_WITHIN = frozenset((TableShape.OBSERVATION, TableShape.VARIABLE))
"""The shapes in which several rows are of one visit."""


class VisitOfRow(NamedTuple):
    """The visit that a row is of, with the keys of its people: the child's, and those of parents by their number."""

    draft: VisitDraft
    people: Mapping[int, str | None]


def read_linked(
    table: LinkedTable, shape: WideShape, gathering: Gathering, joins: Joins, vocabulary: Vocabulary
) -> None:
    """Read a table of which a row tells of one visit or, in blocks, of several; or of people only."""
    layout = table.layout
    readings = visit_readings(table, shape, gathering, joins, vocabulary)
    if layout.tells_people_only:
        for number, cells in table.rows:
            readings[0].read_people(number, cells)
        return
    blocks = [tuple(fields.values()) for fields in layout.blocks.values()]
    if not blocks:
        for number, cells in table.rows:
            readings[0].read(number, cells)
        return
    for number, cells in table.rows:
        is_empty = True
        for reading, columns in zip(readings, blocks, strict=True):
            if any(cells[column] for column in columns):
                is_empty = False
                reading.read(number, cells)
        if is_empty:
            readings[0].read_people(number, cells)


def visit_readings(
    table: LinkedTable, shape: WideShape, gathering: Gathering, joins: Joins, vocabulary: Vocabulary
) -> list[LinkedReading]:
    """How each of the visits that a row holds is read."""
    layout = table.layout
    constants = {constant.variable: constant.value for constant in layout.table.constants}
    if not layout.blocks:
        return [LinkedReading(table, table.view(layout.shared), constants, shape, gathering, joins, vocabulary)]
    return [
        LinkedReading(
            table, table.view({**layout.shared, **fields}), {**constants, VISIT_TYPE: code}, shape, gathering, joins,
            vocabulary,
        )
        for code, fields in layout.blocks.items()
    ]  # fmt: skip


class LinkedReading(WideReading):
    """The columns of one of the visits of a row, with what is set for the table as a whole."""

    def __init__(
        self,
        table: LinkedTable,
        view: ShapedTable,
        constants: Mapping[str, str],
        shape: WideShape,
        gathering: Gathering,
        joins: Joins,
        vocabulary: Vocabulary,
    ) -> None:
        super().__init__(view, shape, gathering, vocabulary)
        self._linked, self._joins = table, joins
        self._within = table.layout.table.shape in _JOINED_WITHIN
        self._persons = joins.persons(table.key, table.columns)
        self._may_join = self._within or bool(table.layout.table.keys)
        for name, variable in wide_sheet().variables.items():
            value = vocabulary.reading(variable)(constants[variable]) if variable in constants else None
            if value is not None and self._entries[name].column == NO_COLUMN:
                self._entries[name] = ColumnEntries(vocabulary.reading(variable), NO_COLUMN, follows(value))

    def read_people(self, number: int, cells: list[str]) -> None:
        """One row that tells who somebody is."""
        self._people(cells, self._table.origin(number))

    def _people(self, cells: list[str], origin: Origin) -> dict[int, str | None]:
        people = super()._people(cells, origin)
        child = people[CHILD]
        if child is not None:
            cprs = self._cprs[CHILD]
            self._persons.learn(child, cprs[cells[cprs.column]], cells, origin)
            for person, key in people.items():
                if person != CHILD and key is not None:
                    self._joins.add_parent(child, person, key)
        return people

    def _says_something(self, person: int, cells: list[str]) -> bool:
        # Another table may say who the parent is; where none does, nobody is made up.
        return False

    def _says_no_visit(self, cells: list[str]) -> bool:
        return self._entry("start", cells) is EMPTY and self._entry("key", cells) is EMPTY

    def visit(self, number: int, cells: list[str]) -> VisitOfRow | None:
        """The visit that a row is of, which is made if it is not there."""
        origin = self._table.origin(number)
        people = self._people(cells, origin)
        draft = self._visit(people, cells, origin)
        return VisitOfRow(draft, people) if draft is not None else None

    def _visit(self, people: dict[int, str | None], cells: list[str], origin: Origin) -> VisitDraft | None:
        draft = self._found_or_new(people, cells, origin)
        if draft is not None:
            for person in self._plan.parents:
                people[person] = people[person] or self._joins.parent(draft.citizen.value, person)
        return draft

    def _found_or_new(self, people: dict[int, str | None], cells: list[str], origin: Origin) -> VisitDraft | None:
        written = self._entry("key", cells)
        citizen = people[CHILD] or next(filter(None, people.values()), None)
        said = Said(written.value or "", citizen, self._entry("start", cells), self._entry("type", cells))
        table = self._linked.key
        if self._may_join:
            try:
                draft = self._joins.find(said, table, within=self._within)
            except SeveralVisits:
                self._table.note(SEVERAL_VISITS, origin.row)
                self._table.leave_out(SEVERAL_VISITS, origin.row, cells[: self._linked.layout.width])
                return None
            if draft is not None:
                self._unite(draft, people, cells, origin)
                return draft
        draft = self._new_visit(people, cells, origin)
        self._joins.add(draft, said, table)
        return draft

    def _unite(self, draft: VisitDraft, people: dict[int, str | None], cells: list[str], origin: Origin) -> None:
        names = ("type", "visit_class", "start", "end", "school")
        parts: dict[str, Entry[Any]] = {name: self._entry(name, cells) for name in names}
        child = people[CHILD]
        if child is not None and draft.subject.is_empty:
            parts["subject"] = follows(child)
            draft.citizen = follows(child)
        unite(draft, parts, origin)
        add_school(draft.school, origin, self.gathering)

    def _answer(self, questionnaire_id: str, link_id: str, column: int, cells: list[str], origin: Origin) -> Answer:
        answer = super()._answer(questionnaire_id, link_id, column, cells, origin)
        known = self._linked.linked.meanings.get((column, f"{questionnaire_id}/{link_id}"))
        if known is not None and cells[column] in known:
            value: Any = known[cells[column]]
            return replace(answer, value=Entry(value, cells[column], column))
        return answer
