"""The long shape: sheets for citizens, visits and what was recorded at them, read into one gathering of records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import itemgetter

from ldbu_desktop.journal.model import EMPTY, Citizen, Entry, Origin, Parenthood, School
from ldbu_desktop.mapping import readings
from ldbu_desktop.mapping.columns import ShapedTable
from ldbu_desktop.mapping.entries import Entries, several
from ldbu_desktop.mapping.families import Gathering, VisitDraft
from ldbu_desktop.mapping.long_records import read_answers, read_findings, read_interventions, read_observations
from ldbu_desktop.mapping.readings import folded
from ldbu_desktop.mapping.vocabulary import Vocabulary

Reader = Callable[[ShapedTable, Gathering, Vocabulary], None]


class LongExport:
    """The tables of one long export as they come: people and visits are read at once, and what was recorded when all
    tables are there, since it takes what it does not say itself from its visit."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.tables: list[ShapedTable] = []
        self._gathering = Gathering()
        self._vocabulary = vocabulary

    def add(self, table: ShapedTable) -> None:
        """Take one more table."""
        self.tables.append(table)
        read = {"citizens": read_citizens, "visits": read_visits}.get(table.shape)
        if read is not None:
            read(table, self._gathering, self._vocabulary)

    def gathered(self) -> Gathering:
        """All records of the tables."""
        self._gathering.settle_parents()
        for shape, read in RECORDED.items():
            for table in self.tables:
                if table.shape == shape:
                    read(table, self._gathering, self._vocabulary)
        return self._gathering


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
    keys = Entries(readings.citizen_key, key_at)
    children = Entries(readings.citizen_key, child_at)
    cprs = Entries(vocabulary.reading("citizen.cpr"), table.column("cpr"))
    organisations = Entries(vocabulary.reading("citizen.organisation"), table.column("organisation"))
    actives = Entries(vocabulary.reading("citizen.active"), table.column("active"))
    pick = itemgetter(key_at, role_at, child_at, cprs.column, organisations.column, actives.column)
    for number, cells in table.rows:
        key_raw, role_raw, child_raw, cpr_raw, organisation_raw, active_raw = pick(cells)
        origin = table.origin(number)
        entry = keys[key_raw]
        key = take_key("citizen", entry, table, gathering, number)
        is_child = _is_child(role_raw, child_raw, vocabulary)
        gathering.citizens[key] = Citizen(
            key, is_child, cprs[cpr_raw], organisations[organisation_raw], actives[active_raw], origin
        )
        if not is_child:
            parent = Entry(key, entry.raw, entry.column)
            for child in several(child_raw, children):
                gathering.parenthoods.append(parenthood(parent, child, actives[active_raw], origin, vocabulary))


def parenthood(
    parent: Entry[str], child: Entry[str], active: Entry[bool], origin: Origin, vocabulary: Vocabulary
) -> Parenthood:
    """That one citizen is the parent of another; the relation is active as long as nothing else is written."""
    relationship = vocabulary.default("parent.relationship")
    key = f"{parent.value}/{child.value}"
    return Parenthood(key, parent, child, relationship, active if active.raw else Entry(True), origin)


def take_key(kind: str, entry: Entry[str], table: ShapedTable, gathering: Gathering, number: int) -> str:
    """The key of a record: as it is written, or else after the place in the file; one that is taken is told."""
    if entry.value is None:
        return gathering.free_key(kind, f"{table.table.file}-{table.table.sheet}-{number}")
    key = gathering.free_key(kind, entry.value)
    if key != entry.value:
        table.note("file-duplicate-key", number, entry.column, entry.raw, key=entry.value)
    return key


def _is_child(role_raw: str, child_raw: str, vocabulary: Vocabulary) -> bool:
    """By the role that is written; where none is that we know, whoever has a child is a parent."""
    role = folded(role_raw)
    if role in vocabulary.parent_roles:
        return False
    return role in vocabulary.child_roles or not child_raw.strip()


def read_visits(table: ShapedTable, gathering: Gathering, vocabulary: Vocabulary) -> None:
    """Visits, and the schools where they were."""
    keys = Entries(readings.text, table.column("key"))
    subjects = Entries(readings.citizen_key, table.column("subject"))
    types = Entries(vocabulary.reading("visit.type"), table.column("type"))
    classes = Entries(vocabulary.reading("visit.class"), table.column("visit_class"))
    statuses = Entries(vocabulary.reading("visit.status"), table.column("status"), vocabulary.default("visit.status"))
    starts = Entries(vocabulary.reading("visit.start"), table.column("start"))
    ends = Entries(vocabulary.reading("visit.end"), table.column("end"))
    schools = Entries(vocabulary.reading("school.identifier"), table.column("school"))
    based_on = Entries(readings.text, table.column("based_on"))
    columns = (keys, subjects, types, classes, statuses, starts, ends, schools, based_on)
    pick = itemgetter(*(entries.column for entries in columns))
    for number, cells in table.rows:
        key_raw, subject_raw, type_raw, class_raw, status_raw, start_raw, end_raw, school_raw, based_raw = pick(cells)
        origin = table.origin(number)
        key = take_key("visit", keys[key_raw], table, gathering, number)
        school = schools[school_raw]
        gathering.visits[key] = VisitDraft(
            key,
            subjects[subject_raw],
            types[type_raw],
            classes[class_raw],
            statuses[status_raw],
            starts[start_raw],
            ends[end_raw],
            school,
            several(based_raw, based_on) if based_raw else (),
            origin,
        )
        add_school(school, origin, gathering)


def add_school(school: Entry[str], origin: Origin, gathering: Gathering) -> None:
    """Keep the school that a visit names, once."""
    if school.value is not None and school.value not in gathering.schools:
        gathering.schools[school.value] = School(school.value, school, EMPTY, origin)
