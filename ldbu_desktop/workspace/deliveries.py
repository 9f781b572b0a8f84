"""What is new since a case was delivered: each resource is remembered by a hash of what it said.

Nothing rests on the order of times, so that a clock that was set back changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Container, Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.plan import ReportOf, planned
from ldbu_desktop.bundles.write import ReportWriter
from ldbu_desktop.editing.delivered import Received
from ldbu_desktop.findings.catalogue import tells_unfinished
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.model import NOWHERE, Journal
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
    """What the resources of each of ``visits`` say as they would be delivered now, by the visit's key."""
    writer = ReportWriter(journal, standard, now)
    said: dict[str, Said] = {}
    for plan in planned(journal, frozenset(visits), ReportOf.VISIT):
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


def sent_resources(delivered: Mapping[str, Said]) -> frozenset[str]:
    """The ids of all resources that were delivered."""
    return frozenset(resource for said in delivered.values() for resource in said)


def received(now: Mapping[str, Said], delivered: Mapping[str, Said]) -> Received:
    """What was delivered at all, and as what ``now`` says."""
    settled = (
        resource
        for visit, said in now.items()
        for resource, what in said.items()
        if delivered.get(visit, {}).get(resource) == what
    )
    return Received(sent_resources(delivered), frozenset(settled))


def _due(said: Said, before: Said | None) -> Due | None:
    if before is None:
        return Due.NEW
    return Due.CHANGED if any(before.get(resource) != what for resource, what in said.items()) else None


def _is_over(findings: Findings, visit: str) -> bool:
    return not any(map(tells_unfinished, findings.of_visit(visit)))
