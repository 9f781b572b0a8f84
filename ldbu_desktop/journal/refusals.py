"""What a refusal holds for: a visit as it was read, beside the citizens of its family."""

from __future__ import annotations

import hashlib

import msgspec
from msgspec.structs import replace

from ldbu_desktop.journal.model import Family, Journal, Refusal, Visit


def sealed(journal: Journal) -> Journal:
    """The journal with what each refusal holds for: the visit as it was read, beside the citizens of its family."""
    if not any(visit.refusal for family in journal.families for visit in family.visits):
        return journal
    return replace(journal, families=tuple(map(_sealed_family, journal.families)))


def _sealed_family(family: Family) -> Family:
    if not any(visit.refusal for visit in family.visits):
        return family
    visits = tuple(
        replace(visit, refusal=Refusal(visit.refusal.rejections, digest(family, visit))) if visit.refusal else visit
        for visit in family.visits
    )
    return replace(family, visits=visits)


def digest(family: Family, visit: Visit) -> str:
    """What tells a visit, with the citizens, parenthoods and schools beside it, from what it is after an edit."""
    told = (replace(visit, refusal=None), family.citizens, family.parenthoods, family.schools)
    try:
        text = msgspec.json.encode(told)
    except (UnicodeEncodeError, OverflowError, TypeError):
        # Slower, but it has words for half a character and for whatever else a report may hold.
        text = repr(told).encode("utf-8", "surrogatepass")
    return hashlib.sha256(text).hexdigest()
