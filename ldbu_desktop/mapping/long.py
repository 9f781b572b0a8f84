"""The long shape: sheets for citizens and visits, and for what was recorded at them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import repeat
from operator import itemgetter
from typing import NamedTuple

from ldbu_desktop.journal import readings
from ldbu_desktop.journal.fields import (
    CITIZEN_ACTIVE,
    CITIZEN_ORGANISATION,
    PARENT_RELATIONSHIP,
    SCHOOL_IDENTIFIER,
    VISIT_CLASS,
    VISIT_END,
    VISIT_START,
    VISIT_STATUS,
    VISIT_TYPE,
)
from ldbu_desktop.journal.model import EMPTY, Citizen, Entry, Origin, Parenthood, School
from ldbu_desktop.journal.readings import folded
from ldbu_desktop.mapping import derived_keys
from ldbu_desktop.mapping.columns import ShapedTable, by_columns
from ldbu_desktop.mapping.contradictions import tell_apart
from ldbu_desktop.mapping.drafts import VisitDraft
from ldbu_desktop.mapping.entries import ColumnEntries, several
from ldbu_desktop.mapping.families import Gathering
from ldbu_desktop.mapping.long_records import read_answers, read_findings, read_interventions, read_observations
from ldbu_desktop.mapping.vocabulary import Vocabulary

Reader = Callable[[ShapedTable, Gathering, Vocabulary], None]


RECORDED: Mapping[str, Reader] = {
    "observations": read_observations,
    "findings": read_findings,
    "interventions": read_interventions,
    "answers": read_answers,
}
"""How the tables of what was recorded at visits are read, in this order."""


def read_citizens(table: ShapedTable, gathering: Gathering, vocabulary: Vocabulary) -> None:
    """Children and parents, and who is whose parent."""
    key_at, role_at, child_at = table.column("key"), table.column("role"), table.column("child")
    keys = ColumnEntries(readings.citizen_key, key_at)
    children = ColumnEntries(readings.citizen_key, child_at)
    cprs = {is_child: table.forms.cprs(table.column("cpr"), is_child=is_child) for is_child in (True, False)}
    organisations = table.forms.entries(CITIZEN_ORGANISATION, table.column("organisation"))
    actives = table.forms.entries(CITIZEN_ACTIVE, table.column("active"))
    roles = _Roles(vocabulary, role_at)
    pick = itemgetter(key_at, role_at, child_at, table.column("cpr"), organisations.column, actives.column)
    for number, cells in table.rows:
        key_raw, role_raw, child_raw, cpr_raw, organisation_raw, active_raw = pick(cells)
        origin = table.origin(number)
        entry = keys[key_raw]
        role = roles[role_raw]
        is_child = role.is_child if role.is_child is not None else not child_raw.strip()
        key = entry.value or derived_keys.citizen_key(cprs[is_child][cpr_raw])
        key = key or gathering.free_key("citizen", f"{table.table.file}-{table.table.sheet}-{number}")
        if role.is_child is None and role_raw.strip():
            table.note("file-role-unknown", number, role_at, role_raw)
            table.leave_out("file-role-unknown", number, (role_raw,), role_at)
        cpr, active = cprs[is_child][cpr_raw], actives[active_raw]
        kin = EMPTY if is_child else role.kin
        gathering.add_citizen(Citizen(key, is_child, cpr, organisations[organisation_raw], active, origin, kin=kin))
        if not is_child:
            parent = Entry(key, entry.raw, entry.column)
            for child in several(child_raw, children):
                gathering.add_parenthood(parenthood(parent, child, actives[active_raw], origin, vocabulary))
        elif child_raw.strip():
            table.unused(number, child_at, child_raw)


def parenthood(
    parent: Entry[str], child: Entry[str], active: Entry[bool], origin: Origin, vocabulary: Vocabulary
) -> Parenthood:
    """That one citizen is the parent of another; the relation is active as long as nothing else is written."""
    relationship = vocabulary.default(PARENT_RELATIONSHIP)
    key = f"{parent.value}/{child.value}"
    return Parenthood(key, parent, child, relationship, active if active.raw else Entry(True), origin)


def add_visit(draft: VisitDraft, entry: Entry[str], table: ShapedTable, gathering: Gathering) -> None:
    """Take a visit. One whose key is used before gets another, and that is told: beside it, or where they differ."""
    gathering.visits[draft.key] = draft
    if entry.value is not None and draft.key != entry.value:
        tell_apart(gathering.visits[entry.value], draft)
        if not draft.contradictions:
            table.note("file-duplicate-key", draft.origin.row, entry.column, entry.raw, key=entry.value)


def visit_key(entry: Entry[str], derived: str | None, table: ShapedTable, gathering: Gathering, number: int) -> str:
    """The key of a visit: as it is written, or else what is ``derived``, or after the place in the file."""
    return gathering.free_key("visit", entry.value or derived or f"{table.table.file}-{table.table.sheet}-{number}")


class _Role(NamedTuple):
    """What a text in a column of roles says: a child, a parent and whose, or None where it is no role that we know."""

    is_child: bool | None
    kin: Entry[str]


class _Roles(dict[str, _Role]):
    """The roles of one column by raw text. Where none is known, whoever has a child is a parent."""

    def __init__(self, vocabulary: Vocabulary, column: int) -> None:
        super().__init__()
        self._vocabulary, self._column = vocabulary, column

    def __missing__(self, raw: str) -> _Role:
        vocabulary = self._vocabulary
        is_child = None if not vocabulary.is_role(raw) else folded(raw) not in vocabulary.parent_roles
        role = self[raw] = _Role(is_child, vocabulary.kin(raw, self._column))
        return role


def read_visits(table: ShapedTable, gathering: Gathering, vocabulary: Vocabulary) -> None:
    """Visits, and the schools where they were."""
    file, sheet = table.table.file, table.table.sheet
    keys = ColumnEntries(readings.text, table.column("key"))
    based_on = ColumnEntries(readings.text, table.column("based_on"))
    parts = (
        keys,
        ColumnEntries(readings.citizen_key, table.column("subject")),
        table.forms.entries(VISIT_TYPE, table.column("type")),
        table.forms.entries(VISIT_CLASS, table.column("visit_class")),
        table.forms.entries(VISIT_STATUS, table.column("status"), vocabulary.default(VISIT_STATUS)),
        table.forms.entries(VISIT_START, table.column("start")),
        table.forms.entries(VISIT_END, table.column("end")),
        table.forms.entries(SCHOOL_IDENTIFIER, table.column("school")),
    )
    for group in by_columns(table.rows):
        told = zip(
            *(entries.of(group) for entries in parts),
            group.columns[based_on.column].cells,
            map(Origin, repeat(file), repeat(sheet), group.numbers),
            strict=True,
        )
        for written, subject, visit_type, visit_class, status, start, end, school, based_raw, origin in told:
            derived = derived_keys.visit_key(subject.value, start, visit_type) if written is EMPTY else None
            key = visit_key(written, derived, table, gathering, origin.row)
            based = several(based_raw, based_on) if based_raw else ()
            draft = VisitDraft(key, subject, visit_type, visit_class, status, start, end, school, based, origin)
            add_visit(draft, written, table, gathering)
            add_school(school, origin, gathering)


PEOPLE_AND_VISITS: Mapping[str, Reader] = {"citizens": read_citizens, "visits": read_visits}
"""How the tables are read that others refer to."""


def add_school(school: Entry[str], origin: Origin, gathering: Gathering) -> None:
    """Keep the school that a visit names, once."""
    if school.value is not None and school.value not in gathering.schools:
        gathering.schools[school.value] = School(school.value, school, EMPTY, origin)
