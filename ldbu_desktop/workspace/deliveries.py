"""What is new since a case was delivered: each resource is remembered as it was sent.

Nothing rests on the order of times, so that a clock that was set back changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import chain, takewhile
from typing import NamedTuple

from msgspec.structs import replace

from ldbu_desktop.bundles.identity import Identities
from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.ledger import Ledger
from ldbu_desktop.bundles.plan import ReportOf, planned
from ldbu_desktop.bundles.write import ReportWriter
from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.findings.catalogue import tells_unfinished
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.instances import Instance, Said
from ldbu_desktop.journal.model import NOWHERE, Family, Journal, Record, Visit
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.work import Cancellation


class Due(StrEnum):
    """Why a visit is to be delivered."""

    NEW = "new"
    CHANGED = "changed"


class Awaiting(NamedTuple):
    """How visits stand before a delivery: ``ready`` go out, ``rejected`` stay with their reasons, and what is
    ``unfinished`` is not to be delivered yet. What is ``delivered`` as it is goes out again only if all is to."""

    ready: frozenset[str]
    rejected: frozenset[str]
    unfinished: frozenset[str]
    delivered: frozenset[str] = frozenset()


def resources_of(
    journal: Journal,
    standard: Standard,
    visits: Collection[str],
    now: datetime,
    cancellation: Cancellation | None = None,
    ledger: Ledger | None = None,
) -> dict[str, Said]:
    """What the resources of each of ``visits`` say as they would be delivered now, by the visit's key.

    A child's and its parents' encounters that are sent together are told apart: one may change without the other.
    Of a visit that was withdrawn, when that was delivered too, nothing is said.
    """
    writer = ReportWriter(journal, standard, now, ledger=ledger)
    said: dict[str, Said] = {}
    plans = planned(journal, frozenset(visits), ReportOf.VISIT, writer.ledger.visits)
    for plan in chain.from_iterable(plan.by_visit() for plan in plans):
        if cancellation is not None:
            cancellation.check()
        built = plan.built(writer)
        resources: dict[str, Instance] = {}
        for record, one in zip(built.records, built.bundle["entry"], strict=True):
            resource_id = one["resource"].get("id", "")
            known = writer.ledger.latest.get(resource_id)
            key = record.key if record is not None else known.key if known is not None else ""
            resources[resource_id] = Instance(key, json_text(one["resource"]))
        said.update(dict.fromkeys(plan.keys, resources))
    return said


def due(journal: Journal, now: Mapping[str, Said], delivered: Mapping[str, Said]) -> dict[str, Due]:
    """The visits of ``now`` that were never delivered, or of which a resource says something else than it did then.

    One that was withdrawn before it was ever delivered is nobody else's business.
    """
    unheard = unheard_of(journal, delivered)
    found = {visit: _due(said, delivered.get(visit)) for visit, said in now.items() if visit not in unheard}
    return {visit: why for visit, why in found.items() if why is not None}


def unheard_of(journal: Journal, delivered: Container[str]) -> frozenset[str]:
    """The visits that were filled here and withdrawn before they were ever delivered.

    What a file tells as withdrawn may have been delivered by the system that the file is from.
    """
    return frozenset(
        visit.key
        for family in journal.families
        for visit in family.visits
        if visit.status.value == ENTERED_IN_ERROR and visit.origin == NOWHERE and visit.key not in delivered
    )


class Undelivered(NamedTuple):
    """What is not delivered as it is now: how many visits are left to go out, to be mended or to be finished, and
    which were delivered before."""

    left: int
    corrected: frozenset[str]


class Written(NamedTuple):
    """What was written for delivery while the work is open: when, of which journal, and which visits, by key.

    It tells what is not delivered where no case file remembers.
    """

    at: datetime
    journal: Journal
    visits: frozenset[str]

    def left_of(self, journal: Journal) -> Undelivered:
        """The visits of ``journal`` that were not written, or say something else now, or whose family does."""
        before = {
            (family.key, visit.key): (visit, family)
            for family in self.journal.families
            for visit in family.visits
            if visit.key in self.visits
        }
        now = (((family.key, visit.key), visit, family) for family in journal.families for visit in family.visits)
        left = [visit.key for key, visit, family in now if not _says_the_same(before.get(key), visit, family)]
        return Undelivered(len(left), self.visits.intersection(left))


def _says_the_same(before: tuple[Visit, Family] | None, visit: Visit, family: Family) -> bool:
    if before is None or before[0] != visit:
        return False
    return before[1] is family or replace(before[1], visits=()) == replace(family, visits=())


def awaiting(findings: Findings, visits: Collection[str], *, send_anyway: bool = False) -> Awaiting:
    """Which of ``visits`` await delivery; what is due is for :func:`due` to tell.

    ``send_anyway`` makes those ready too that the standard contradicts itself about.
    """
    over = [visit for visit in visits if _is_over(findings, visit)]
    ready = frozenset(visit for visit in over if findings.is_ready(visit, send_anyway=send_anyway))
    return Awaiting(ready, frozenset(over) - ready, frozenset(visits) - frozenset(over))


def ledger_of(file: CaseFile | None, standard: Standard) -> Ledger:
    """What was sent, as a case file remembers it."""
    if file is None:
        return Ledger()
    if hashes := file.delivered_hashes:
        file.replace_delivered_hashes(_found_again(file, hashes, standard))
    return Ledger({visit: one.resources for visit, one in file.delivered.items()})


def _found_again(
    file: CaseFile, hashes: Mapping[str, Mapping[str, str]], standard: Standard
) -> dict[str, dict[str, Instance]]:
    """What was sent of what an older version remembered by hashes: it is in the state that was delivered then.

    What no state that is remembered says is not known any more.
    """
    found: dict[str, dict[str, Instance]] = {
        visit: dict.fromkeys(said, Instance("", b"")) for visit, said in hashes.items()
    }
    for journal in file.states():
        unknown = {visit for visit, said in found.items() if not all(one.said for one in said.values())}
        if not unknown:
            break
        for visit, said in resources_of(journal, standard, unknown, datetime.now(UTC)).items():
            for resource, one in said.items():
                if resource in found[visit] and not found[visit][resource].said:
                    is_it = hashlib.sha256(one.said).hexdigest() == hashes[visit][resource]
                    found[visit][resource] = one if is_it else one._replace(said=b"")
    return found


@dataclass(frozen=True, slots=True)
class Deliveries:
    """How work that was checked stands against what was delivered of it, and what its case file remembers of that.

    Without a file nothing is remembered. It may be used from any thread.
    """

    findings: Findings
    standard: Standard
    file: CaseFile | None = None

    @property
    def ledger(self) -> Ledger:
        """What was sent before."""
        return ledger_of(self.file, self.standard)

    def awaiting(
        self, now: datetime, *, only_new: bool, send_anyway: bool, cancellation: Cancellation | None = None
    ) -> Awaiting:
        """How the visits stand before a delivery: all of them, or ``only_new`` what was not delivered as it is."""
        findings, ledger = self.findings, self.ledger
        visits = (findings.family_of_visit.keys() | ledger.visits.keys()) - unheard_of(findings.journal, ledger.visits)
        said = resources_of(findings.journal, self.standard, visits, now, cancellation, ledger)
        changed = due(findings.journal, said, ledger.visits)
        delivered = frozenset(visit for visit in visits if said[visit] and visit not in changed)
        there = changed.keys() if only_new else changed.keys() | delivered
        return awaiting(findings, there, send_anyway=send_anyway)._replace(delivered=delivered)

    def undelivered(self, now: datetime, cancellation: Cancellation | None = None) -> Undelivered:
        """What is not delivered as it is now."""
        found = self.awaiting(now, only_new=True, send_anyway=False, cancellation=cancellation)
        left = found.ready | found.rejected | found.unfinished
        return Undelivered(len(left), left.intersection(self.ledger.visits))

    def visits(
        self, now: datetime, *, only_new: bool, send_anyway: bool, cancellation: Cancellation | None = None
    ) -> frozenset[str] | None:
        """The visits that a delivery is about, with those that stay with their reasons; None is all that there are."""
        if self.file is None:
            return None
        found = self.awaiting(now, only_new=only_new, send_anyway=send_anyway, cancellation=cancellation)
        return found.ready | found.rejected

    def remember(self, visits: Collection[str], now: datetime) -> None:
        """Remember that these were delivered as they are, where something remembers."""
        if self.file is None:
            return
        said = resources_of(self.findings.journal, self.standard, visits, now, ledger=self.ledger)
        self.file.remember_delivery(said, now)


class DeliveredRecords:
    """What of a journal was delivered."""

    def __init__(self, system: str, standard: Standard, ledger: Ledger) -> None:
        self._ledger = ledger
        self._identities = Identities(standard, system, standard.header.canonical)

    def has_visit(self, key: str) -> bool:
        """Whether a visit was delivered, by its key."""
        return key in self._ledger.visits

    def was_sent(self, record: Record) -> bool:
        """Whether a record was ever sent."""
        return next(self._ids(record), None) is not None

    def stands(self, record: Record) -> bool:
        """Whether a record was sent, and not withdrawn in a later delivery."""
        return any(not self._ledger.is_voided(resource_id) for resource_id in self._ids(record))

    def _ids(self, record: Record) -> Iterator[str]:
        return takewhile(self._ledger.latest.__contains__, self._identities.one_after_another(record))


def _due(said: Said, before: Said | None) -> Due | None:
    if before is None:
        return Due.NEW
    return Due.CHANGED if any(_said(before.get(resource)) != one.said for resource, one in said.items()) else None


def _said(instance: Instance | None) -> bytes:
    return instance.said if instance is not None else b""


def _is_over(findings: Findings, visit: str) -> bool:
    return not any(map(tells_unfinished, findings.of_visit(visit)))
