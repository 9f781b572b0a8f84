"""One report: its resources as records, the visits that they belong to, and what to carry of how they were told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from ldbu_desktop.bundles.bundle_parts import BundlePart, EntryPart
from ldbu_desktop.bundles.elements import instant_of
from ldbu_desktop.bundles.identity import Named, named
from ldbu_desktop.bundles.kinship import Shared
from ldbu_desktop.bundles.placement import visit_of
from ldbu_desktop.bundles.read_elements import at, elements, moment_entry, raw
from ldbu_desktop.bundles.read_records import RecordReader
from ldbu_desktop.bundles.remainder import ReadReport, around_entries, carried_entry
from ldbu_desktop.bundles.resources import BUNDLE, BundleKind, ReportContext, bundle, entry
from ldbu_desktop.bundles.shared_records import SharedRecords
from ldbu_desktop.journal.model import (
    Carried,
    Citizen,
    DeliveryReport,
    Entry,
    Intervention,
    Note,
    Observation,
    Parenthood,
    QuestionnaireResponse,
    Record,
    Refusal,
    Rejection,
    School,
    Visit,
    VisitRecord,
)
from ldbu_desktop.standard.model import Standard

_SHARED = ("Patient", "Location", "RelatedPerson")
"""Types that reports share, those that are referred to first."""


class ReadProblem(NamedTuple):
    """Something that rejects a report: ``entry`` is the index of the entry it stands in, -1 for the report itself."""

    entry: int
    rejection: Rejection


class ReportReading:
    """The records of one report. Citizens, parenthoods and schools may be known from other reports."""

    def __init__(
        self, standard: Standard, shared: SharedRecords, part: BundlePart, problems: Sequence[ReadProblem] = ()
    ) -> None:
        self._standard = standard
        self._shared = shared
        self._part = part
        self._problems = problems
        self.notes: list[Note] = []
        self._keys: dict[tuple[str, str], str] = {}
        self._records: dict[int, Record] = {}
        self._encounters: dict[str, str] = {}
        self._new: list[EntryPart] = []
        self._ids_seen: set[tuple[str, str]] = set()
        self.patients: list[tuple[str, Citizen]] = []
        """The Patients that have an id, by it: each is the citizen that it stands for, with its own words and place."""
        for kind in _SHARED:
            self._read_shared(kind)
        self._read_others()
        self._visit_of = self._placed()
        self._ids = {named(self._records[one.index]): one.resource_id for one in part.parts}
        self._parenthoods = tuple(record for record in self._records.values() if isinstance(record, Parenthood))
        self._carried = {one.index: self._carried_of(one) for one in part.parts}
        for one in self._new:
            record = self._records[one.index]
            assert isinstance(record, Shared)  # noqa: S101 - only these are new
            shared.add(replace(record, carried=self._carried[one.index]), one)
        self.visits = self._visits()
        self.unplaced = [
            replace(record, carried=self._carried[index])
            for index, record in self._records.items()
            if isinstance(record, VisitRecord) and self._visit_of[record.key] is None
        ]

    def _refusal(self, visit: str) -> Refusal:
        """What rejects the report as far as it is about a visit: what its records say, and what all visits share."""
        found = []
        for problem in self._problems:
            record = self._records.get(problem.entry)
            at_visit = record if isinstance(record, Visit) else None
            if isinstance(record, VisitRecord):
                at_visit = self._visit_of[record.key]
            if at_visit is None or at_visit.key == visit:
                key = record.key if record is not None and not isinstance(record, Visit) else ""
                found.append(replace(problem.rejection, record=key))
        return Refusal(tuple(found))

    @property
    def schools(self) -> list[School]:
        """The schools of the report."""
        return [record for record in self._records.values() if isinstance(record, School)]

    @property
    def first_key(self) -> str:
        """Whom the report is about: the citizen of its first visit, else the first citizen, else nobody."""
        subjects = [visit.subject.value or visit.key for visit in self.visits]
        citizens = [record.key for record in self._records.values() if isinstance(record, Citizen)]
        return next(iter([*subjects, *citizens]), "")

    def report(self, delivery: str, outer: Mapping[str, Any]) -> DeliveryReport:
        """The report itself."""
        part, standard = self._part, self._standard
        names: list[Named | None] = [None] * (len(part.parts) + len(part.own))
        ids = [""] * len(names)
        for one in part.parts:
            names[one.index], ids[one.index] = named(self._records[one.index]), one.resource_id
        timestamp = moment_entry(at(part.bundle, "timestamp"))
        built = bundle(standard, BundleKind.REPORT, part.bundle_id, instant_of(timestamp), [])
        shared = {one: self._carried[one] for one, record in self._records.items() if isinstance(record, Shared)}
        kept = ReadReport(tuple(names), tuple(ids), part.own, shared, around_entries(part.bundle, built), outer)
        return DeliveryReport(
            self._shared.free_key(BUNDLE, part.bundle_id),
            timestamp,
            tuple(f"{name[0]}/{resource_id}" if name else "" for name, resource_id in zip(names, ids, strict=True)),
            tuple(visit.key for visit in self.visits),
            delivery,
            part.origin,
            Carried(part.bundle_id, "", kept.remainder()),
        )

    def _refer(self, one: EntryPart, key: str) -> None:
        """Let what refers to an entry find its record; of two with the same id the first is meant."""
        if one.resource_id and (one.resource_type, one.resource_id) in self._ids_seen:
            self.notes.append(Note("file-id-duplicate", one.origin, raw=one.resource_id, facts={"id": one.resource_id}))
        self._ids_seen.add((one.resource_type, one.resource_id))
        for told in _told(one):
            self._keys.setdefault((one.resource_type, told), key)

    def _read_shared(self, kind: str) -> None:
        parents = self._parents() if kind == "RelatedPerson" else {}
        for one in self._part.parts:
            if one.resource_type == kind:
                links = [parents[told] for told in _told(one) if told in parents]
                reader = RecordReader(self._standard, self._keys, links[0] if links else Entry())
                read = reader.read(one.resource, "", one.origin)
                assert isinstance(read, Shared)  # noqa: S101 - what _SHARED makes
                known = self._shared.known(read, one)
                if known is None:
                    known = replace(read, key=self._shared.free_key(kind, one.resource_id))
                    self._new.append(one)
                self._records[one.index] = known
                if isinstance(read, Citizen) and one.resource_id:
                    self.patients.append((one.resource_id, replace(read, key=known.key)))
                self._refer(one, known.key)

    def _parents(self) -> dict[str, Entry[str]]:
        """The citizen that links to each related person, by what the link says."""
        found: dict[str, Entry[str]] = {}
        for one in self._part.parts:
            if one.resource_type == "Patient":
                for link in elements(at(one.resource, "link")):
                    told = raw(at(link, "other", "reference"))
                    found.setdefault(told, Entry(self._records[one.index].key, told))
        return found

    def _read_others(self) -> None:
        others = [one for one in self._part.parts if one.resource_type not in _SHARED]
        keys = {one.index: self._shared.free_key(one.resource_type, one.resource_id) for one in others}
        for one in others:
            self._refer(one, keys[one.index])
        reader = RecordReader(self._standard, self._keys)
        for one in others:
            record = self._records[one.index] = reader.read(one.resource, keys[one.index], one.origin)
            encounter = self._keys.get(("Encounter", raw(at(one.resource, "encounter", "reference"))))
            if isinstance(record, Observation) and encounter is not None:
                self._encounters[record.key] = encounter

    def _placed(self) -> dict[str, Visit | None]:
        visits = [record for record in self._records.values() if isinstance(record, Visit)]
        return {
            record.key: visit_of(record, visits, self._encounters)
            for record in self._records.values()
            if isinstance(record, VisitRecord)
        }

    def _carried_of(self, one: EntryPart) -> Carried:
        """What an entry says beyond the one that we would write for its record in this report."""
        record = self._records[one.index]
        visit = self._visit_of[record.key] if isinstance(record, VisitRecord) else None
        around = ReportContext(self._standard, self._ids, self._parenthoods, visit)
        built = entry(record, around, one.full_url)
        return carried_entry(one.entry, built, one.resource_id, one.full_url)

    def _visits(self) -> tuple[Visit, ...]:
        """The visits with what was recorded at them, in the order of the report."""
        own: dict[str, list[VisitRecord]] = {}
        for index, record in self._records.items():
            if isinstance(record, VisitRecord) and (visit := self._visit_of[record.key]) is not None:
                own.setdefault(visit.key, []).append(replace(record, carried=self._carried[index]))
        return tuple(
            replace(
                visit,
                carried=self._carried[index],
                refusal=self._refusal(visit.key),
                observations=tuple(one for one in own.get(visit.key, ()) if isinstance(one, Observation)),
                interventions=tuple(one for one in own.get(visit.key, ()) if isinstance(one, Intervention)),
                responses=tuple(one for one in own.get(visit.key, ()) if isinstance(one, QuestionnaireResponse)),
            )
            for index, visit in self._records.items()
            if isinstance(visit, Visit)
        )


def _told(one: EntryPart) -> tuple[str, ...]:
    """What references to an entry may say."""
    relative = f"{one.resource_type}/{one.resource_id}" if one.resource_id else ""
    return tuple(told for told in (relative, one.full_url) if told)
