"""Reports gathered into one journal: who is in many reports is one citizen, and each report keeps its own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from ldbu_desktop.bundles.bundle_parts import BundlePart
from ldbu_desktop.bundles.contradictions import PatientIds, told_of_one_person
from ldbu_desktop.bundles.elements import JsonElement
from ldbu_desktop.bundles.kinship import Kinship
from ldbu_desktop.bundles.read_elements import at, elements, raw
from ldbu_desktop.bundles.read_report import ReadProblem, ReportReading
from ldbu_desktop.bundles.resources import BUNDLE, BundleKind
from ldbu_desktop.bundles.shared_records import SharedRecords
from ldbu_desktop.findings.catalogue import finding_types
from ldbu_desktop.journal.model import DeliveryReport, Journal, Note, Origin, Rejection
from ldbu_desktop.standard.model import Standard


class Collection:
    """Gathers reports. Nothing is judged and nothing is left out."""

    def __init__(self, standard: Standard) -> None:
        self.standard = standard
        self._kinship = Kinship(standard)
        self._shared = SharedRecords(self._kinship)
        self._patients = PatientIds()
        self._reports: list[DeliveryReport] = []
        self._notes: list[Note] = []
        self._first: dict[bytes, Origin] = {}

    def note(self, note: Note) -> None:
        """Tell something about a file."""
        self._notes.append(note)

    def first(self, content: bytes, origin: Origin) -> Origin:
        """Where a report of that content was met first: ``origin`` where it is now."""
        return self._first.setdefault(content, origin)

    def declares_report(self, read: Mapping[str, Any]) -> bool:
        """Whether a bundle says that it is a delivery report or a delivery of them."""
        ours = {self.standard.header.profiles[kind.value[0]] for kind in BundleKind}
        return any(raw(profile) in ours for profile in elements(at(read, "meta", "profile")))

    def add(
        self,
        part: BundlePart,
        problems: Sequence[ReadProblem] = (),
        delivery: str = "",
        outer: Mapping[str, Any] | None = None,
    ) -> None:
        """Gather a report, with what rejects it and what stands around it in its delivery."""
        reading = ReportReading(self.standard, self._shared, part, problems)
        self._notes += reading.notes
        if not reading.visits:
            self._notes += [rejected_note(problem.rejection, part.origin) for problem in problems]
        for visit in reading.visits:
            self._kinship.add_visit(visit)
        for school in reading.schools:
            self._kinship.met(school, reading.first_key)
        for record in reading.unplaced:
            self._kinship.add_unplaced(record)
        report = reading.report(delivery, outer or {})
        self._patients.add(reading.patients, report.timestamp.value)
        self._reports.append(report)

    def delivery(self, read: JsonElement) -> GatheredDelivery:
        """Begin a delivery, whose reports are added to what is returned."""
        return GatheredDelivery(self, self._shared.free_key(BUNDLE, raw(read.get("id"))), read)

    def journal(self) -> Journal:
        """The journal of all that was gathered."""
        families = told_of_one_person(self._patients.told_in(self._kinship.families()))
        return Journal(families, tuple(self._reports), tuple(self._notes))


class GatheredDelivery:
    """A delivery while it is gathered: its first report keeps what it says around its reports."""

    def __init__(self, collection: Collection, key: str, read: JsonElement) -> None:
        self._collection = collection
        self._key = key
        self._entries = list(read["entry"])
        self._outer: dict[str, Any] = {"delivery": read | {"entry": self._entries}}

    def add(self, index: int, part: BundlePart, problems: Sequence[ReadProblem] = ()) -> None:
        """Gather the report in the entry at ``index``, with what rejects it."""
        around = {**self._entries[index], "resource": None}
        self._entries[index] = None
        self._collection.add(part, problems, self._key, {**self._outer, "index": index, "entry": around})
        self._outer = {}


def rejected_note(rejection: Rejection, origin: Origin) -> Note:
    """Tells that a text which gave no visit would be rejected."""
    place = replace(origin, path=rejection.path, line=rejection.line or origin.line)
    found = "" if finding_types()[rejection.code].facts == "technical" else rejection.found
    return Note("file-report-rejected", place, raw=found, facts={"broken": rejection.rule})
