"""What is new since a case was delivered: each resource is remembered by a hash of what it said."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import datetime

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.plan import ReportOf, planned
from ldbu_desktop.bundles.write import ReportWriter
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.work import Cancellation

Said = Mapping[str, str]
"""What resources say, as hashes by their ids."""


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


def undelivered(now: Mapping[str, Said], delivered: Mapping[str, Said]) -> frozenset[str]:
    """The visits of ``now`` that were never delivered, or of which a resource says something else than it did then."""
    return frozenset(visit for visit, said in now.items() if _is_other(said, delivered.get(visit)))


def _is_other(said: Said, before: Said | None) -> bool:
    return before is None or any(before.get(resource) != what for resource, what in said.items())
