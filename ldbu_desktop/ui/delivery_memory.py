"""What the case file that is open knows of deliveries, and how the journal stands against it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ldbu_desktop.work import Cancellation

if TYPE_CHECKING:
    from ldbu_desktop.findings.summary import Findings
    from ldbu_desktop.standard.model import Standard
    from ldbu_desktop.use_cases.casefile import CaseFile
    from ldbu_desktop.workspace.deliveries import Awaiting, Said


def delivered_of(file: CaseFile) -> Mapping[str, Said]:
    """What the resources of each visit said when they were delivered last."""
    return {visit: one.resources for visit, one in file.delivered.items()}


@dataclass(frozen=True, slots=True)
class DeliveryMemory:
    """Used in the background."""

    file: CaseFile
    findings: Findings
    standard: Standard

    def awaiting(
        self, now: datetime, *, only_new: bool, send_anyway: bool, cancellation: Cancellation | None = None
    ) -> Awaiting:
        """How the visits stand before a delivery: all of them, or ``only_new`` what was not delivered as it is."""
        from ldbu_desktop.workspace.deliveries import awaiting, due, resources_of, unheard_of

        findings, delivered = self.findings, delivered_of(self.file)
        visits: Collection[str] = findings.family_of_visit.keys() - unheard_of(findings.journal, delivered)
        if only_new:
            said = resources_of(findings.journal, self.standard, visits, now, cancellation)
            visits = due(findings.journal, said, delivered)
        return awaiting(findings, visits, send_anyway=send_anyway)

    def remember(self, visits: Collection[str], now: datetime) -> None:
        """Remember that these were delivered as they are."""
        from ldbu_desktop.workspace.deliveries import resources_of

        self.file.remember_delivery(resources_of(self.findings.journal, self.standard, visits, now), now)
