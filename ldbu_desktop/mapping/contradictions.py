"""One key, one person and one visit: what several places say of it fits together, or the contradiction is kept.

Nothing is chosen: a record keeps what was said first, beside all that was said otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from ldbu_desktop.journal.fields import (
    CITIZEN_ACTIVE,
    CITIZEN_CPR,
    CITIZEN_ORGANISATION,
    CITIZEN_ROLE,
    VISIT_CLASS,
    VISIT_START,
    VISIT_SUBJECT,
    VISIT_TYPE,
)
from ldbu_desktop.journal.model import Citizen, Contradiction, Entry
from ldbu_desktop.mapping.drafts import VisitDraft

_PARTS = {"cpr": CITIZEN_CPR, "organisation": CITIZEN_ORGANISATION, "active": CITIZEN_ACTIVE}
VISIT_PARTS = {"subject": VISIT_SUBJECT, "type": VISIT_TYPE, "visit_class": VISIT_CLASS, "start": VISIT_START}


def united(first: Citizen, *others: Citizen) -> Citizen:
    """A citizen of whom several places tell: what those before left open is taken, and what contradicts it is kept."""
    told = first
    known = {(one.part, said_of(one.said)) for one in first.contradictions}
    more: list[Contradiction] = []
    for other in others:
        coming = (*_contradictions(told, other), *other.contradictions)
        more += (one for one in coming if (one.part, said_of(one.said)) not in known)
        known.update((one.part, said_of(one.said)) for one in coming)
        open_parts = {name: getattr(other, name) for name in (*_PARTS, "kin") if getattr(told, name).is_empty}
        if not all(entry.is_empty for entry in open_parts.values()):
            told = replace(told, **open_parts)
    return replace(told, contradictions=(*first.contradictions, *more)) if more else told


def _contradictions(before: Citizen, now: Citizen) -> Iterator[Contradiction]:
    for name, part in _PARTS.items():
        known, said = getattr(before, name), getattr(now, name)
        if not known.is_empty and not said.is_empty and said_of(known) != said_of(said):
            yield Contradiction(part, said, now.origin, known, before.origin)
    if before.is_child != now.is_child:
        yield Contradiction(CITIZEN_ROLE, Entry(now.is_child), now.origin, Entry(before.is_child), before.origin)


def said_of(entry: Entry[Any]) -> object:
    """What an entry says, to be compared: its value, or its text where that can't be read."""
    return entry.raw.strip() if entry.value is None else entry.value


def contradicted(citizen: Citizen, other: Citizen) -> Citizen:
    """A citizen, with what is said otherwise of another who has the same key."""
    return replace(citizen, contradictions=(*citizen.contradictions, *_contradictions(citizen, other)))


def tell_apart(first: VisitDraft, second: VisitDraft) -> None:
    """Two visits that have the same key keep what the other says otherwise."""
    for name, part in VISIT_PARTS.items():
        one, other = getattr(first, name), getattr(second, name)
        if not one.is_empty and not other.is_empty and said_of(one) != said_of(other):
            second.contradictions.append(Contradiction(part, other, second.origin, one, first.origin))
            first.contradictions.append(Contradiction(part, one, first.origin, other, second.origin))
