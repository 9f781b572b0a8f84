"""Whether all that a table tells of one child can be true of one: its names, birth dates and sexes.

No report has them, so their columns are read for nothing else. Two children who share a CPR number are told by them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from ldbu_desktop.journal.fields import CITIZEN_BIRTH, CITIZEN_NAME, CITIZEN_SEX
from ldbu_desktop.journal.model import Contradiction, Entry, Origin
from ldbu_desktop.mapping.links import ColumnLink, Subject
from ldbu_desktop.mapping.readings import folded, moment
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
        parts = [(link.column, _PARTS.get(_named(link), "")) for link in columns]
        self._columns = [_PersonColumn(column, part) for column, part in parts if part]

    def learn(self, child: str, cells: Sequence[str], origin: Origin) -> None:
        """Take what a row says of a child by its key."""
        for column in self._columns:
            column.learn(child, cells[column.at], origin)

    def contradictions(self) -> Iterator[tuple[str, Contradiction]]:
        """The children who are told to be two, by their keys; one for each column."""
        for column in self._columns:
            if column.is_of_children:
                yield from column.contradicted.items()


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
        if self._part != CITIZEN_NAME and len(self._several) == 1:
            return True
        return len(self.contradicted) * 2 <= len(self._several)

    def learn(self, child: str, raw: str, origin: Origin) -> None:
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
            return
        self._several.add(child)
        if child not in self.contradicted and not self._may_be_one(known.value, value):
            hidden: Entry[str] = Entry(None, _HIDDEN, self.at)
            self.contradicted[child] = Contradiction(self._part, hidden, origin, hidden, known.origin)

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


def _named(link: ColumnLink) -> str:
    """What the header of a column that is not read names of the child; empty where it names nothing else."""
    facts = next((each.facts for each in link.evidence if each.code == "header-of-something-else"), {})
    is_read = link.target is not None or facts.get("whose", Subject.CHILD) != Subject.CHILD
    return "" if is_read else str(facts.get("what", ""))
