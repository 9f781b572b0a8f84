"""Journal to delivery reports: for visits, or a report as it was read; and deliveries that wrap them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from ldbu_desktop.bundles.corrections import Corrections
from ldbu_desktop.bundles.elements import JsonElement, instant, instant_of
from ldbu_desktop.bundles.identity import RESOURCE_TYPE, Identities, Named, named
from ldbu_desktop.bundles.ledger import Ledger
from ldbu_desktop.bundles.remainder import ReadReport, bundle_over, entry_over
from ldbu_desktop.bundles.report_records import RecordIndex, involved, recorded
from ldbu_desktop.bundles.resources import BUNDLE, BundleKind, ReportContext, bundle, entry
from ldbu_desktop.journal.model import Carried, Citizen, DeliveryReport, Family, Journal, Parenthood, Record, Visit
from ldbu_desktop.standard.model import Standard

ENCOUNTER = RESOURCE_TYPE[Visit]


@dataclass(frozen=True, slots=True)
class BuiltReport:
    """A delivery report as JSON values: its id, the visits in it by key, and the record that each entry is made of.

    An entry that no record of the journal stands for has None.
    """

    id: str
    visits: tuple[str, ...]
    records: tuple[Record | None, ...]
    bundle: JsonElement = field(repr=False)


def report_name(visits: Sequence[Visit]) -> str:
    """What the id of a report about ``visits`` is made of."""
    return "|".join(sorted(visit.key for visit in visits))


class ReportWriter:
    """Writes the reports of a journal; each that is new has a time stamp of its own, a millisecond after the last.

    Of two reports about one citizen, whoever receives them sees by it which was made first.
    Where a ``ledger`` knows what was sent before, all is told so that it is right after that.
    """

    def __init__(
        self,
        journal: Journal,
        standard: Standard,
        timestamp: datetime,
        base_url: str = "",
        ledger: Ledger | None = None,
    ) -> None:
        self.standard = standard
        self.ledger = ledger or Ledger()
        self.identities = Identities(standard, journal.system, (base_url or standard.header.canonical).rstrip("/"))
        self.index = RecordIndex(journal)
        self.corrections = Corrections(standard, self.identities, self.index, self.ledger)
        self._begun = timestamp
        self._number = 0

    def go_on_at(self, number: int) -> None:
        """Give the next report that is new the time stamp of this number: those before it are written elsewhere."""
        self._number = number

    def report(self, visits: Sequence[Visit], name: str = "", gone: tuple[str, ...] = ()) -> BuiltReport:
        """The report of visits of one family; its id is made of ``name``, else of the visits' keys.

        ``gone`` are the keys of visits that were sent and are no longer there: all of them is voided.

        Of records with the same id, as a correction and what it corrects, the last is in it.
        """
        family = self.index.family[named(visits[0])] if visits else Family("", ())
        told = involved(family, visits, self.index, self.corrections.is_told)
        last = {(named(record)[0], self.identities.first(record)): record for record in told}
        keys = (*(visit.key for visit in visits), *gone)
        return self._new(name or report_name(visits), keys, tuple(last.values()))

    def _new(self, name: str, visits: tuple[str, ...], records: tuple[Record, ...]) -> BuiltReport:
        ids = self.corrections.ids(records)
        names = [named(record) for record in records]
        carried = [
            record.carried if record.carried is not None and resource_id == self.identities.first(record) else None
            for record, resource_id in zip(records, ids, strict=True)
        ]
        entries = self._entries(records, ids, carried)
        base_url = self._base_url(names, ids, carried)
        for resource in self.corrections.beside(visits, dict(zip(names, ids, strict=True))):
            url = f"{base_url}/{resource['resourceType']}/{resource['id']}"
            entries.append({"fullUrl": url, "resource": resource})
        report_id = self.identities.made(BUNDLE, self._name_now(name))
        timestamp = instant(self._begun + timedelta(milliseconds=self._number))
        self._number += 1
        made = bundle(self.standard, BundleKind.REPORT, report_id, timestamp, entries)
        return BuiltReport(report_id, visits, (*records, *(None for _ in entries[len(records) :])), made)

    def _name_now(self, name: str) -> str:
        """What the id of a bundle is made of: another in each delivery that is remembered, since none is sent again."""
        return f"{name}|{self.ledger.number}" if self.ledger.number else name

    def as_read(self, report: DeliveryReport) -> BuiltReport:
        """A report that was read, with the same entries in the same order, as its records are now."""
        read = ReadReport.of(report)
        records = {index: self.index.record[name] for index, name in enumerate(read.names) if name in self.index.record}
        added = self._added(report, records.values())
        all_records = (*records.values(), *added)
        ids = [*(read.ids[index] for index in records), *map(self.identities.first, added)]
        told = (read.shared.get(index) or record.carried for index, record in records.items())
        carried = [*told, *(record.carried for record in added)]
        built = self._entries(all_records, ids, carried)
        by_index = {**read.own, **dict(zip(records, built, strict=False))}
        kept = sorted(by_index)
        report_id = report.carried.resource_id if report.carried is not None else ""
        entries = [*(by_index[index] for index in kept), *built[len(records) :]]
        made = bundle(self.standard, BundleKind.REPORT, report_id, instant_of(report.timestamp), entries)
        of_entries = (*(records.get(index) for index in kept), *added)
        return BuiltReport(report_id, report.visits, of_entries, bundle_over(read.bundle, made))

    def delivery_as_read(self, reports: Sequence[DeliveryReport]) -> JsonElement:
        """A delivery that was read, with its reports as they are now; ``reports`` are all of it, in their order."""
        delivery: JsonElement = {}
        for report in reports:
            outer = ReadReport.of(report).outer
            if "delivery" in outer:
                delivery = outer["delivery"] | {"entry": list(outer["delivery"]["entry"])}
            delivery["entry"][outer["index"]] = outer["entry"] | {"resource": self.as_read(report).bundle}
        return delivery

    def _added(self, report: DeliveryReport, records: Iterable[Record]) -> list[Record]:
        """The records that have come to a report's visits since it was read, and those that they refer to."""
        there = {named(record) for record in records}
        visits = [visit for key in report.visits if isinstance(visit := self.index.record.get((ENCOUNTER, key)), Visit)]
        families: dict[str, list[Visit]] = {}
        for visit in visits:
            families.setdefault(self.index.family[named(visit)].key, []).append(visit)
        missing = [
            record
            for together in families.values()
            for record in involved(self.index.family[named(together[0])], together, self.index)
            if named(record) not in there
        ]
        citizens = {record.key for record in missing if isinstance(record, Citizen)}
        return [
            record
            for record in missing
            if not isinstance(record, Parenthood) or citizens & {record.parent.value, record.child.value}
        ]

    def delivery(self, name: str) -> JsonElement:
        """An incremental delivery without entries; its id is made of ``name``."""
        delivery_id = self.identities.made(BUNDLE, self._name_now(name))
        return bundle(self.standard, BundleKind.DELIVERY, delivery_id, instant(self._begun), [])

    def delivered(self, report: BuiltReport) -> JsonElement:
        """The entry of a delivery that holds ``report``; one that was read without an id gets a URL of ours."""
        report_id = report.id or self.identities.made(BUNDLE, "|".join(sorted(report.visits)))
        return {"fullUrl": self.identities.full_url(BUNDLE, report_id), "resource": report.bundle}

    def _entries(
        self, records: Sequence[Record], ids: Sequence[str], carried: Sequence[Carried | None]
    ) -> list[JsonElement]:
        """The entries of a report's records, with what they were read with laid over them."""
        names = [named(record) for record in records]
        by_name = dict(zip(names, ids, strict=True))
        parenthoods = tuple(record for record in records if isinstance(record, Parenthood))
        beside = ReportContext(self.standard, by_name, parenthoods)
        at_visits = {
            named(part): around
            for visit in records
            if isinstance(visit, Visit)
            for around in [replace(beside, visit=visit)]
            for part in recorded(visit)
        }
        base_url = self._base_url(names, ids, carried)
        entries = []
        for name, record, read in zip(names, records, carried, strict=True):
            around = at_visits.get(name, beside)
            if read is not None:
                entries.append(entry_over(read, entry(record, around, read.full_url)))
            else:
                entries.append(entry(record, around, f"{base_url}/{name[0]}/{by_name[name]}"))
        return entries

    def _base_url(self, names: Sequence[Named], ids: Sequence[str], carried: Sequence[Carried | None]) -> str:
        """What the URLs of new entries begin with: as those that were read, or they would not refer to each other."""
        for (resource_type, _), resource_id, read in zip(names, ids, carried, strict=True):
            end = f"/{resource_type}/{resource_id}"
            if read is not None and read.full_url.endswith(end):
                return read.full_url.removesuffix(end)
        return self.identities.base_url
