"""What is new since a case was delivered: each resource is remembered by a hash of what it said.

Nothing rests on the order of times, so that a clock that was set back changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.plan import ReportOf, planned
from ldbu_desktop.bundles.write import ReportWriter
from ldbu_desktop.findings.rule_book import ENTERED_IN_ERROR
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.work import Cancellation

Said = Mapping[str, str]
"""What resources say, as hashes by their ids."""

_NOT_FINISHED = "visit-not-finished"


class Due(StrEnum):
    """Why a visit is to be delivered."""

    NEW = "new"
    CHANGED = "changed"


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


def due(now: Mapping[str, Said], delivered: Mapping[str, Said]) -> dict[str, Due]:
    """The visits of ``now`` that were never delivered, or of which a resource says something else than it did then."""
    found = {visit: _due(said, delivered.get(visit)) for visit, said in now.items()}
    return {visit: why for visit, why in found.items() if why is not None}


def undelivered(now: Mapping[str, Said], delivered: Mapping[str, Said]) -> frozenset[str]:
    """The visits that are due."""
    return frozenset(due(now, delivered))


def awaiting(findings: Findings, now: Mapping[str, Said], delivered: Mapping[str, Said]) -> dict[str, Due]:
    """The visits that are due and can be delivered: nothing rejects them, and they are over.

    One that was withdrawn before it was ever delivered is nobody else's business.
    """
    withdrawn = {
        visit.key
        for family in findings.journal.families
        for visit in family.visits
        if visit.status.value == ENTERED_IN_ERROR
    }
    return {
        visit: why
        for visit, why in due(now, delivered).items()
        if not (why is Due.NEW and visit in withdrawn) and findings.is_ready(visit) and _is_over(findings, visit)
    }


def left_behind(now: Mapping[str, Said], delivered: Mapping[str, Said]) -> dict[str, frozenset[str]]:
    """The resources, by their visit, that were delivered and that nothing says any more: they still stand where they
    were received. So it is when a step from before the delivery is undone."""
    present = {resource for said in now.values() for resource in said}
    gone = {visit: frozenset(said) - present for visit, said in delivered.items()}
    return {visit: resources for visit, resources in gone.items() if resources}


def sent_resources(delivered: Mapping[str, Said]) -> frozenset[str]:
    """The ids of all resources that were delivered."""
    return frozenset(resource for said in delivered.values() for resource in said)


def _due(said: Said, before: Said | None) -> Due | None:
    if before is None:
        return Due.NEW
    return Due.CHANGED if any(before.get(resource) != what for resource, what in said.items()) else None


def _is_over(findings: Findings, visit: str) -> bool:
    return all(one.code != _NOT_FINISHED for one in findings.of_visit(visit))
