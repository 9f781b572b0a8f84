"""What is new since a case was delivered: each resource is remembered by a hash of what it said.

Nothing rests on the order of times, so that a clock that was set back changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from ldbu_desktop.bundles.identity import Identities
from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.plan import ReportOf, planned
from ldbu_desktop.bundles.write import ReportWriter
from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.findings.catalogue import tells_unfinished
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.model import NOWHERE, Citizen, Family, Journal, Parenthood, Record
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.work import Cancellation

Said = Mapping[str, str]
"""What resources say, as hashes by their ids."""


class Due(StrEnum):
    """Why a visit is to be delivered."""

    NEW = "new"
    CHANGED = "changed"


class Awaiting(NamedTuple):
    """How visits stand before a delivery: ``ready`` go out, ``rejected`` stay with their reasons, and what is
    ``unfinished`` is not to be delivered yet."""

    ready: frozenset[str]
    rejected: frozenset[str]
    unfinished: frozenset[str]


def resources_of(
    journal: Journal,
    standard: Standard,
    visits: Collection[str],
    now: datetime,
    cancellation: Cancellation | None = None,
) -> dict[str, Said]:
    """What the resources of each of ``visits`` say as they would be delivered now, by the visit's key.

    A child's and its parents' encounters that are sent together are told apart: one may change without the other.
    """
    writer = ReportWriter(journal, standard, now)
    said: dict[str, Said] = {}
    plans = planned(journal, frozenset(visits), ReportOf.VISIT)
    for plan in chain.from_iterable(plan.by_visit() for plan in plans):
        if cancellation is not None:
            cancellation.check()
        built = plan.built(writer)
        resources = {
            entry["resource"].get("id", ""): hashlib.sha256(json_text(entry["resource"])).hexdigest()
            for entry in built.bundle["entry"]
        }
        said.update(dict.fromkeys((visit.key for visit in plan.visits), resources))
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


def awaiting(findings: Findings, visits: Collection[str], *, send_anyway: bool = False) -> Awaiting:
    """Which of ``visits`` await delivery; what is due is for :func:`due` to tell.

    ``send_anyway`` makes those ready too that the standard contradicts itself about.
    """
    over = [visit for visit in visits if _is_over(findings, visit)]
    ready = frozenset(visit for visit in over if findings.is_ready(visit, send_anyway=send_anyway))
    return Awaiting(ready, frozenset(over) - ready, frozenset(visits) - frozenset(over))


def delivered_of(file: CaseFile | None) -> Mapping[str, Said]:
    """What the resources of each visit said when they were delivered last, as a case file remembers it."""
    return {visit: one.resources for visit, one in file.delivered.items()} if file is not None else {}


@dataclass(frozen=True, slots=True)
class Deliveries:
    """How work that was checked stands against what was delivered of it, and what its case file remembers of that.

    Without a file nothing is remembered. It may be used from any thread.
    """

    findings: Findings
    standard: Standard
    file: CaseFile | None = None

    def awaiting(
        self, now: datetime, *, only_new: bool, send_anyway: bool, cancellation: Cancellation | None = None
    ) -> Awaiting:
        """How the visits stand before a delivery: all of them, or ``only_new`` what was not delivered as it is."""
        findings, delivered = self.findings, delivered_of(self.file)
        visits: Collection[str] = findings.family_of_visit.keys() - unheard_of(findings.journal, delivered)
        if only_new:
            said = resources_of(findings.journal, self.standard, visits, now, cancellation)
            visits = due(findings.journal, said, delivered)
        return awaiting(findings, visits, send_anyway=send_anyway)

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
        self.file.remember_delivery(resources_of(self.findings.journal, self.standard, visits, now), now)


class DeliveredRecords:
    """What of a journal was delivered; what it says now is looked at only where that matters, family by family."""

    def __init__(self, journal: Journal, standard: Standard, delivered: Mapping[str, Said], now: datetime) -> None:
        self._journal, self._standard, self._now = journal, standard, now
        self._delivered = delivered
        self._identities = Identities(standard, journal.system, standard.header.canonical)
        self._sent = frozenset(resource for said in delivered.values() for resource in said)
        self._settled: dict[str, frozenset[str]] = {}

    def has_visit(self, key: str) -> bool:
        """Whether a visit was delivered, by its key."""
        return key in self._delivered

    def was_sent(self, record: Record) -> bool:
        """Whether a record was ever sent."""
        return self._identities.of(record) in self._sent

    def stands(self, record: Record, family: Family) -> bool:
        """Whether a record of a family was sent, and not withdrawn in a later delivery."""
        resource = self._identities.of(record)
        if resource not in self._sent:
            return False
        is_withdrawn = not isinstance(record, Citizen | Parenthood) and record.status.value == ENTERED_IN_ERROR
        return not (is_withdrawn and resource in self._settled_of(family))

    def _settled_of(self, family: Family) -> frozenset[str]:
        """The resources of a family that say now what they said when they were delivered."""
        known = self._settled.get(family.key)
        if known is None:
            visits = [visit.key for visit in family.visits if visit.key in self._delivered]
            said = resources_of(self._journal, self._standard, visits, self._now)
            known = self._settled[family.key] = frozenset(
                resource
                for visit, now in said.items()
                for resource, what in now.items()
                if self._delivered[visit].get(resource) == what
            )
        return known


def _due(said: Said, before: Said | None) -> Due | None:
    if before is None:
        return Due.NEW
    return Due.CHANGED if any(before.get(resource) != what for resource, what in said.items()) else None


def _is_over(findings: Findings, visit: str) -> bool:
    return not any(map(tells_unfinished, findings.of_visit(visit)))
