"""The records that reports share: a citizen, parenthood or school of many reports is one, with a key of its own."""

from __future__ import annotations

from typing import Any

from ldbu_desktop.bundles.bundle_parts import EntryPart
from ldbu_desktop.bundles.kinship import Kinship, Shared
from ldbu_desktop.journal.mask import without_cpr
from ldbu_desktop.journal.model import Citizen, Entry, Parenthood


class SharedRecords:
    """Those that were read so far, by what they are known by in all reports."""

    def __init__(self, kinship: Kinship) -> None:
        self._kinship = kinship
        self._shared: dict[tuple[str, str], dict[str, Shared]] = {}
        self._taken: set[str] = set()

    def free_key(self, kind: str, resource_id: str) -> str:
        """A key that no record has, after type and id; an id that may hold a CPR number is not shown."""
        wanted = f"{kind}/{resource_id}" if resource_id and without_cpr(resource_id) == resource_id else kind
        key, number = wanted, 1
        while key in self._taken:
            number += 1
            key = f"{wanted} ({number})"
        self._taken.add(key)
        return key

    def known(self, read: Shared, part: EntryPart) -> Shared | None:
        """The record of another report that says the same of the same person, parenthood or school, if there is one."""
        for candidate in self._shared.get(_identity(read, part), {}).values():
            pairs = zip(_values(candidate), _values(read), strict=True)
            if part.resource_id and all(_agree(one, other) for one, other in pairs):
                return candidate
        return None

    def add(self, new: Shared, part: EntryPart) -> None:
        """Add a record that other reports may share."""
        others = self._shared.setdefault(_identity(new, part), {})
        self._kinship.add_shared(new)
        for other in others.values():
            if isinstance(new, Citizen) and isinstance(other, Citizen):
                self._kinship.same_person(other, new)
        others[new.key] = new


def _identity(record: Shared, part: EntryPart) -> tuple[str, str]:
    """What one person, parenthood or school is known by in all reports."""
    told = f"{part.resource_type}/{part.resource_id}"
    if isinstance(record, Citizen):
        told = record.cpr.value or told
    elif isinstance(record, Parenthood):
        told = f"{record.parent.value}/{record.child.value}" if record.parent.value and record.child.value else told
    else:
        told = record.identifier.value or told
    return part.resource_type, told


def _values(record: Shared) -> tuple[Entry[Any], ...]:
    if isinstance(record, Citizen):
        return record.cpr, record.organisation, record.active
    if isinstance(record, Parenthood):
        return record.parent, record.child, record.relationship, record.active
    return record.identifier, record.status


def _agree(one: Entry[Any], other: Entry[Any]) -> bool:
    """Whether two reports say the same, or one of them nothing."""
    if one.is_empty or other.is_empty:
        return True
    return one.value == other.value and (one.value is not None or one.raw == other.raw)
