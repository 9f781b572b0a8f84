"""Whether all that tables tell of one child can be true of one: its names, birth dates and sexes.

No report has them, so their columns are read for nothing else. Two children who share a CPR number are told by them,
and one who has another's number by a birth date that is not the number's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import combinations
from typing import NamedTuple

from ldbu_desktop.journal.fields import CITIZEN_BIRTH, CITIZEN_NAME, CITIZEN_SEX
from ldbu_desktop.journal.identity import birth_date
from ldbu_desktop.journal.model import Contradiction, Entry, Origin
from ldbu_desktop.journal.readings import folded, moment
from ldbu_desktop.mapping.links import ColumnLink, Subject
from ldbu_desktop.mapping.vocabulary import shipped_words

_PARTS = {"name": CITIZEN_NAME, "birth": CITIZEN_BIRTH, "gender": CITIZEN_SEX}
"""What a header names that tells who somebody is, by what it is evidence of."""

_HIDDEN = "•••"
"""What is shown of a name, a birth date or a sex: the place is told, and none of them."""


class _Told(NamedTuple):
    raw: str
    value: object
    origin: Origin


class Persons:
    """The columns of one table that tell who its children are, and what they have said of each."""

    def __init__(self, columns: Sequence[ColumnLink]) -> None:
        parts = [(link.column, _PARTS.get(told_of_child(link), "")) for link in columns]
        self._columns = [_PersonColumn(column, part) for column, part in parts if part]

    def learn(self, child: str, cpr: Entry[str], cells: Sequence[str], origin: Origin) -> None:
        """Take what a row says of a child by its key, who has a CPR number."""
        for column in self._columns:
            column.learn(child, cpr, cells[column.at], origin)

    @property
    def columns_of_children(self) -> list[_PersonColumn]:
        """The columns that tell of the children, and of nobody else."""
        return [column for column in self._columns if column.is_of_children]


def contradictions(tables: Sequence[Persons]) -> Iterator[tuple[str, Contradiction]]:
    """The children who are told to be two, by their keys: one for each column, and for each two of several tables."""
    columns = [table.columns_of_children for table in tables]
    for column in (each for of_table in columns for each in of_table):
        yield from column.contradicted.items()
    for before, after in combinations(columns, 2):
        for one in before:
            for other in after:
                yield from one.contradictions_with(other)


class _PersonColumn:
    def __init__(self, at: int, part: str) -> None:
        # Who reads journals of our own shapes does without the words of others.
        from ldbu_desktop.mapping.proposing.value_texts import missing_reason

        self.at = at
        self.contradicted: dict[str, Contradiction] = {}
        self._part, self._missing_reason = part, missing_reason
        self._first: dict[str, _Told] = {}
        self._several: set[str] = set()

    @property
    def is_of_children(self) -> bool:
        """Whether it says the same of most children: a name that changes at each visit is somebody else's."""
        told = self._several if self._part == CITIZEN_NAME else self._first
        return self._are_few(len(self.contradicted), len(told))

    def _are_few(self, contradicted: int, told: int) -> bool:
        return contradicted * 2 <= told or (self._part != CITIZEN_NAME and told == 1)

    def contradictions_with(self, other: _PersonColumn) -> Iterator[tuple[str, Contradiction]]:
        """The children of whom a column of another table tells what can't be true beside this, unless most are."""
        if other._part != self._part:
            return
        both = [child for child in other._first if child in self._first]
        apart = [child for child in both if not self._may_be_one(self._first[child].value, other._first[child].value)]
        if self._are_few(len(apart), len(both)):
            for child in apart:
                one, two = self._first[child], other._first[child]
                yield child, self._contradiction(two.origin, other.at, one.origin, self.at)

    def learn(self, child: str, cpr: Entry[str], raw: str, origin: Origin) -> None:
        """Take the cell of a row."""
        known = self._first.get(child)
        if known is not None and known.raw == raw:
            self._several.add(child)
            return
        value = self._value(raw)
        if value is None:
            return
        if known is None:
            self._first[child] = _Told(raw, value, origin)
            born = birth_date(cpr.value or "") if isinstance(value, date) else None
            if born not in (None, value):
                self._contradict(child, origin, origin, cpr.column)
            return
        self._several.add(child)
        if not self._may_be_one(known.value, value):
            self._contradict(child, origin, known.origin, self.at)

    def _contradict(self, child: str, origin: Origin, other: Origin, other_at: int) -> None:
        self.contradicted.setdefault(child, self._contradiction(origin, self.at, other, other_at))

    def _contradiction(self, origin: Origin, at: int, other: Origin, other_at: int) -> Contradiction:
        said: Entry[str] = Entry(None, _HIDDEN, at)
        told: Entry[str] = Entry(None, _HIDDEN, other_at)
        return Contradiction(self._part, said, origin, told, other)

    def _value(self, raw: str) -> object:
        """What a cell says; None where it says nothing, or is what a child is called that has no name yet."""
        text = folded(raw)
        if not text or self._missing_reason(raw) is not None:
            return None
        if self._part == CITIZEN_NAME:
            before, _, after = text.partition(",")
            words = tuple("".join(sign if sign.isalnum() else " " for sign in f"{after} {before}").split())
            return None if set(words) & set(shipped_words().unnamed) else words or None
        day = moment(raw) if self._part == CITIZEN_BIRTH else text
        return day.date() if isinstance(day, datetime) else day

    def _may_be_one(self, value: object, other: object) -> bool:
        """Whether two cells can be said of one child, who may have got more names, or another surname."""
        if isinstance(value, tuple) and isinstance(other, tuple):
            shorter, longer = sorted((value, other), key=len)
            return value[0] == other[0] or set(shorter) <= set(longer)
        return value == other


def told_of_child(link: ColumnLink) -> str:
    """What the header of a column that is not read names of the child; empty where it names nothing else."""
    facts = next((each.facts for each in link.evidence if each.code == "header-of-something-else"), {})
    is_read = link.target is not None or facts.get("whose", Subject.CHILD) != Subject.CHILD
    return "" if is_read else str(facts.get("what", ""))
