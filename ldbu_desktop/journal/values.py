"""The values of a journal one by one: what is written where, and how two families differ in that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ldbu_desktop.journal.fields import ANSWER_LINK_ID, ANSWER_VALUE, FIELDS, OBSERVATION_VARIABLE, PARTS
from ldbu_desktop.journal.model import (
    EMPTY,
    NO_COLUMN,
    NOWHERE,
    Citizen,
    Entry,
    Family,
    Observation,
    Origin,
    Parenthood,
    QuestionnaireResponse,
    Record,
    School,
    Visit,
)
from ldbu_desktop.journal.records import with_recorded
from ldbu_desktop.journal.where import Where


class Value(NamedTuple):
    """One value: where it stands in the journal, by ``name`` (the id of a variable or a part), and in which record's
    place of a file."""

    where: Where
    name: str
    entry: Entry[Any]
    origin: Origin


class ValueChange(NamedTuple):
    """A value that says something else than before: ``before`` is empty where nothing was written, ``after`` where it
    was taken away. ``origin`` is the place of its record, of the visit where the record is new."""

    where: Where
    name: str
    before: Entry[Any]
    after: Entry[Any]
    origin: Origin

    @property
    def is_added(self) -> bool:
        """Whether nothing was written there before."""
        return not self.before.raw

    @property
    def column(self) -> int:
        """The column that it stands in; ``NO_COLUMN`` where it stands in none."""
        return self.before.column if self.before.column != NO_COLUMN else self.after.column


_OF_FAMILY = frozenset(part for kind in (Citizen, Parenthood, School) for part in FIELDS[kind])
"""The parts of the records that are of no visit."""


def place_of(where: Where) -> Where:
    """``where`` as values are told by: the record's key and its part, with an empty part for an observation's value.

    A record of the family is at no visit, at whichever it is looked at.
    """
    field = "" if where.field == where.variable and where.field not in PARTS else where.field
    visit = "" if field in _OF_FAMILY else where.visit
    return Where(where.family, visit, where.record, field, number=where.number, link_id=where.link_id)


def values_of(family: Family) -> Iterator[Value]:
    """Every value of a family that is written or follows from others."""
    yield from _values_about(family)
    for visit in family.visits:
        yield from values_at(family.key, visit)


def values_at(family: str, visit: Visit, record_key: str | None = None) -> Iterator[Value]:
    """Every value at a visit and its records; of one record only, by its key, which is empty for the visit itself."""
    if not record_key:
        yield from _parts(Where(family, visit.key), visit)
    for record in visit.records:
        if record_key not in (None, record.key):
            continue
        at = Where(family, visit.key, record.key)
        if isinstance(record, Observation):
            variable = record.variable.value or ""
            yield Value(at, variable or OBSERVATION_VARIABLE, record.value, record.origin)
            yield Value(at._replace(field=OBSERVATION_VARIABLE), OBSERVATION_VARIABLE, record.variable, record.origin)
        yield from _parts(at, record)
        if isinstance(record, QuestionnaireResponse):
            for number, answer in enumerate(record.answers):
                link = answer.link_id.value or answer.link_id.raw
                place = at._replace(number=number, link_id=link)
                yield Value(place._replace(field=ANSWER_VALUE), ANSWER_VALUE, answer.value, answer.origin)
                yield Value(place._replace(field=ANSWER_LINK_ID), ANSWER_LINK_ID, answer.link_id, answer.origin)


def value_at(families: Iterable[Family], where: Where) -> Value | None:
    """The value at a place, in the first of ``families`` that has it; None where there is none."""
    place = place_of(where)
    for family in families:
        if family.key != place.family:
            continue
        for value in _values_in(family, place.visit, place.record):
            if value.where == (place if place.number is not None else place._replace(number=value.where.number)):
                return value
    return None


def value_changes(before: Sequence[Family], after: Sequence[Family]) -> list[ValueChange]:
    """What is written otherwise in ``after`` than in ``before``, families and visits by their keys; in their order.

    What only follows from another value is not told: no file has it.
    """
    changes: list[ValueChange] = []
    was, now = _by_key(before), _by_key(after)
    for key, number in dict.fromkeys((*was, *now)):
        old, new = was.get((key, number)), now.get((key, number))
        if old is new:
            continue
        if old is None or new is None or _people(old) != _people(new):
            changes += _differences(_about(old), _about(new), NOWHERE)
        visits = {one.key: one for one in old.visits} if old else {}
        others = {one.key: one for one in new.visits} if new else {}
        for visit in dict.fromkeys((*visits, *others)):
            one, other = visits.get(visit), others.get(visit)
            if one is not other:
                origin = next(each.origin for each in (one, other) if each is not None)
                changes += _differences(_at(key, one, other), _at(key, other, one), origin)
    return changes


def _by_key(families: Sequence[Family]) -> dict[tuple[str, int], Family]:
    """Families by their keys, those of the same key in their order: several files may have it."""
    numbers: dict[str, int] = {}
    by_key = {}
    for family in families:
        number = numbers[family.key] = numbers.get(family.key, -1) + 1
        by_key[family.key, number] = family
    return by_key


def _values_in(family: Family, visit: str, record: str) -> Iterator[Value]:
    if not visit:
        yield from _values_about(family)
    for one in family.visits:
        if one.key == visit:
            yield from values_at(family.key, one, record)


def _values_about(family: Family) -> Iterator[Value]:
    records: tuple[Record, ...] = (*family.citizens, *family.parenthoods, *family.schools)
    for record in records:
        yield from _parts(Where(family.key, "", record.key), record)


def _parts(at: Where, record: Record) -> Iterator[Value]:
    for part, attribute in FIELDS[type(record)].items():
        found: Entry[Any] | tuple[Entry[Any], ...] = getattr(record, attribute)
        if isinstance(found, Entry):
            yield Value(at._replace(field=part), part, found, record.origin)
        else:
            for number, entry in enumerate(found):
                yield Value(at._replace(field=part, number=number), part, entry, record.origin)


def _about(family: Family | None) -> dict[Where, Value]:
    return {one.where: one for one in _values_about(family)} if family is not None else {}


def _people(family: Family) -> list[int]:
    """The records of a family that are of no visit, as objects."""
    return [*map(id, (*family.citizens, *family.parenthoods, *family.schools))]


def _at(family: str, visit: Visit | None, other: Visit | None) -> dict[Where, Value]:
    """The values at a visit, but for the records that are the same objects in the ``other``."""
    if visit is None:
        return {}
    same = {*map(id, other.records)} if other is not None else set()
    changed = with_recorded(visit, lambda records: tuple(one for one in records if id(one) not in same))
    return {one.where: one for one in values_at(family, changed)}


def _differences(before: dict[Where, Value], after: dict[Where, Value], nearby: Origin) -> Iterator[ValueChange]:
    """What is written otherwise; ``nearby`` is the place of what has no record in a file."""
    for where in dict.fromkeys((*before, *after)):
        old, new = before.get(where), after.get(where)
        was, now = old.entry if old else EMPTY, new.entry if new else EMPTY
        if was.raw != now.raw:
            told = old or new
            origins = [one.origin for one in (old, new) if one is not None and one.origin != NOWHERE]
            name = told.name if told else ""
            yield ValueChange(where, name, was, now, origins[0] if origins else nearby)
