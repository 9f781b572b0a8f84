"""Which rows of several tables are one visit: those with its key, or of its citizen on its day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from ldbu_desktop.journal.dates import day_of
from ldbu_desktop.journal.model import EMPTY, Contradiction, Entry, Moment, Origin
from ldbu_desktop.mapping.columns import BlockKey
from ldbu_desktop.mapping.contradictions import VISIT_PARTS, said_of
from ldbu_desktop.mapping.drafts import VisitDraft
from ldbu_desktop.mapping.entries import follows
from ldbu_desktop.mapping.linked.persons import Persons, contradictions
from ldbu_desktop.mapping.links import ColumnLink


class SeveralVisits(Exception):
    """A row may be of several visits: nobody can know of which."""


class Said(Struct, frozen=True):
    """What a row says of the visit that it is of."""

    key: str
    citizen: str | None
    start: Entry[Moment]
    type: Entry[str]


class Joins(Struct):
    """The visits that have been read, as they are looked for."""

    _by_key: dict[str, VisitDraft] = field(default_factory=dict)
    _by_day: dict[tuple[str, date], list[VisitDraft]] = field(default_factory=dict)
    _tables: dict[str, BlockKey] = field(default_factory=dict)
    _keyed: set[str] = field(default_factory=set)
    _parents: dict[tuple[str, int], str] = field(default_factory=dict)
    _persons: dict[BlockKey, Persons] = field(default_factory=dict)

    def add_parent(self, child: str, number: int, parent: str) -> None:
        """Take who the numbered parent of a child is."""
        self._parents.setdefault((child, number), parent)

    def parent(self, child: str | None, number: int) -> str | None:
        """The numbered parent of a child, if a row has named one."""
        return self._parents.get((child or "", number))

    def persons(self, table: BlockKey, columns: Sequence[ColumnLink]) -> Persons:
        """What a table tells of who its children are, which all visits of a row share."""
        if table not in self._persons:
            self._persons[table] = Persons(columns)
        return self._persons[table]

    def contradictions(self) -> Iterator[tuple[str, Contradiction]]:
        """The children whom the tables tell to be two, by their keys."""
        return contradictions([*self._persons.values()])

    def add(self, draft: VisitDraft, said: Said, table: BlockKey) -> None:
        """Take a visit that was read from a table."""
        self._tables[draft.key] = table
        if said.key:
            self._by_key.setdefault(said.key, draft)
            self._keyed.add(draft.key)
        if said.citizen is not None and said.start.value is not None:
            self._by_day.setdefault((said.citizen, day_of(said.start.value)), []).append(draft)

    def find(self, said: Said, table: BlockKey, *, within: bool) -> VisitDraft | None:
        """The visit that a row is of, if it was read before: ``within`` the same table too, or in another one.

        Raises :class:`SeveralVisits` where several fit.
        """
        draft = self._by_key.get(said.key) if said.key else None
        if draft is not None:
            is_same = said.citizen is None or draft.subject.value in (None, said.citizen)
            return draft if is_same and (within or self._tables[draft.key] != table) else None
        if said.citizen is None or said.start.value is None:
            return None
        able = [
            each
            for each in self._by_day.get((said.citizen, day_of(said.start.value)), ())
            if (within or self._tables[each.key] != table)
            and not (said.key and each.key in self._keyed)
            and _may_be(each, said)
        ]
        if len(able) > 1:
            raise SeveralVisits
        return able[0] if able else None


def _may_be(draft: VisitDraft, said: Said) -> bool:
    """Whether nothing that is said of a visit speaks against it."""
    if draft.type.value is not None and said.type.value not in (None, draft.type.value):
        return False
    first, second = draft.start.value, said.start.value
    both_have_times = isinstance(first, datetime) and isinstance(second, datetime)
    return not both_have_times or first == second


def unite(draft: VisitDraft, parts: dict[str, Entry[Any]], origin: Origin) -> None:
    """Take what another row says of a visit: what was left open, a time of day, and what contradicts it.

    Such an entry has no column: the visit's own row is another.
    """
    for name, entry in parts.items():
        if entry.is_empty:
            continue
        known: Entry[Any] = getattr(draft, name)
        apart = replace(entry, column=-1)
        if known.is_empty or (name == "start" and _is_finer(entry.value, known.value)):
            setattr(draft, name, apart)
            if name == "start":
                draft.at = follows(entry.value) if entry.value is not None else EMPTY
        elif name in VISIT_PARTS and said_of(known) != said_of(entry) and not _is_finer(known.value, entry.value):
            draft.contradictions.append(Contradiction(VISIT_PARTS[name], entry, origin, known, draft.origin))


def _is_finer(one: object, other: object) -> bool:
    """Whether one is a time on the day that the other is."""
    return isinstance(one, datetime) and isinstance(other, date) and not isinstance(other, datetime)
