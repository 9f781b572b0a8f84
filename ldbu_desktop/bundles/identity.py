"""Ids that stay: the same record gets the same resource id in every delivery, so that the next one updates it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha1
from itertools import count
from uuid import NAMESPACE_URL, UUID, uuid5

from ldbu_desktop.journal.model import (
    Citizen,
    Intervention,
    Observation,
    Parenthood,
    QuestionnaireResponse,
    Record,
    School,
    Visit,
)
from ldbu_desktop.standard.model import Standard

RESOURCE_TYPE: Mapping[type[Record], str] = {
    Citizen: "Patient",
    Parenthood: "RelatedPerson",
    School: "Location",
    Visit: "Encounter",
    Observation: "Observation",
    Intervention: "CarePlan",
    QuestionnaireResponse: "QuestionnaireResponse",
}

Named = tuple[str, str]
"""A resource type and a record's key: together they name a record."""


def named(record: Record) -> Named:
    """What names ``record``: two kinds of records may have the same key."""
    return RESOURCE_TYPE[type(record)], record.key


_RECENT = 1024

_VARIANTS = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))
"""What the first digit of a UUID's fourth part is, by what it would be: its two upper bits say which kind it is."""


@lru_cache(maxsize=_RECENT)
def name_id(space: bytes, name: str) -> str:
    """The UUIDv5 of a name in the space of another, as :func:`uuid.uuid5` gives it in five times the time.

    A delivery of 10 000 visits asks for half a million of them: those of a visit and of its family again and again.
    """
    digits = sha1(space + name.encode(), usedforsecurity=False).hexdigest()
    return f"{digits[:8]}-{digits[8:12]}-5{digits[13:16]}-{_VARIANTS[digits[16]]}{digits[17:20]}-{digits[20:32]}"


@lru_cache(maxsize=1)
def _space(canonical: str, system: str) -> bytes:
    """The space of a system's names: reports that are written one after another are mostly of one system."""
    return uuid5(uuid5(NAMESPACE_URL, canonical), system).bytes


@dataclass(frozen=True, slots=True)
class Identities:
    """The resource ids of a journal's records: UUIDv5 of system, resource type and key, or what was read."""

    standard: Standard
    system: str
    base_url: str
    _space: bytes = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_space", _space(self.standard.header.canonical, self.system))

    def made(self, resource_type: str, key: str) -> str:
        """The id that a resource gets from us."""
        return name_id(self._space, f"{resource_type}/{key}")

    def of(self, record: Record) -> str:
        """The id of a record: the one that it was read with, which may be none, or else ours."""
        if record.carried is not None:
            return record.carried.resource_id
        return self._own(record)

    def _own(self, record: Record) -> str:
        return name_id(self._space, f"{RESOURCE_TYPE[type(record)]}/{record.key}")

    def first(self, record: Record) -> str:
        """The id under which a record is told first: one that was read without an id gets ours in another report."""
        return (record.carried is not None and record.carried.resource_id) or self._own(record)

    def one_after_another(self, record: Record) -> Iterator[str]:
        """The ids under which a record is told: its first, and those after one that was voided."""
        first = self.first(record)
        yield first
        line = UUID(name_id(self._space, f"{named(record)[0]}/{first}")).bytes
        yield from (name_id(line, str(number)) for number in count(2))

    def full_url(self, resource_type: str, resource_id: str) -> str:
        """The absolute URL of a resource, ending in type and id."""
        return f"{self.base_url}/{resource_type}/{resource_id}"
