"""Reports gathered into one journal: who is in many reports is one citizen, and each report keeps its own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ldbu_desktop.bundles.bundle_parts import BundlePart, EntryPart
from ldbu_desktop.bundles.elements import Element
from ldbu_desktop.bundles.kinship import Kinship, Shared
from ldbu_desktop.bundles.read_elements import at, elements, raw
from ldbu_desktop.bundles.read_report import ReportReading
from ldbu_desktop.bundles.resources import BUNDLE, BundleKind
from ldbu_desktop.journal.identity import without_cpr
from ldbu_desktop.journal.model import Citizen, DeliveryReport, Entry, Journal, Note, Parenthood
from ldbu_desktop.standard.model import Standard


class Collection:
    """Gathers reports. Nothing is judged and nothing is left out."""

    def __init__(self, standard: Standard) -> None:
        self.standard = standard
        self._kinship = Kinship(standard)
        self._shared: dict[tuple[str, str], dict[str, Shared]] = {}
        self._taken: set[str] = set()
        self._reports: list[DeliveryReport] = []
        self._notes: list[Note] = []

    def note(self, note: Note) -> None:
        """Tell something about a file."""
        self._notes.append(note)

    def declares_report(self, read: Mapping[str, Any]) -> bool:
        """Whether a bundle says that it is a delivery report or a delivery of them."""
        ours = {self.standard.header.profiles[kind.value[0]] for kind in BundleKind}
        return any(raw(profile) in ours for profile in elements(at(read, "meta", "profile")))

    def add(self, part: BundlePart, delivery: str = "", outer: Mapping[str, Any] | None = None) -> None:
        """Gather a report, with what stands around it in its delivery."""
        reading = ReportReading(self, part)
        for visit in reading.visits:
            self._kinship.add_visit(visit)
        for school in reading.schools:
            self._kinship.met(school, reading.first_key)
        for record in reading.unplaced:
            self._kinship.add_unplaced(record)
        self._reports.append(reading.report(delivery, outer or {}))

    def delivery(self, read: Element) -> Delivery:
        """Begin a delivery, whose reports are added to what is returned."""
        return Delivery(self, self.free_key(BUNDLE, raw(read.get("id"))), read)

    def journal(self) -> Journal:
        """The journal of all that was gathered."""
        return Journal(self._kinship.families(), tuple(self._reports), tuple(self._notes))

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

    def add_shared(self, new: Shared, part: EntryPart) -> None:
        """Add a record that other reports may share."""
        others = self._shared.setdefault(_identity(new, part), {})
        self._kinship.add_shared(new)
        for other in others.values():
            if isinstance(new, Citizen) and isinstance(other, Citizen):
                self._kinship.same_person(other, new)
        others[new.key] = new


class Delivery:
    """A delivery while it is gathered: its first report keeps what it says around its reports."""

    def __init__(self, collection: Collection, key: str, read: Element) -> None:
        self._collection = collection
        self._key = key
        self._entries = list(read["entry"])
        self._outer: dict[str, Any] = {"delivery": read | {"entry": self._entries}}

    def add(self, index: int, part: BundlePart) -> None:
        """Gather the report in the entry at ``index``."""
        around = {**self._entries[index], "resource": None}
        self._entries[index] = None
        self._collection.add(part, self._key, {**self._outer, "index": index, "entry": around})
        self._outer = {}


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
