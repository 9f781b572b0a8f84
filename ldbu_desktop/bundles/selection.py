"""Which visits an export sends: those without obstacles, and why each of the others is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ldbu_desktop.bundles.model import LeftOut, Reason
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.findings.summary import Findings


class Selection:
    """The visits that are ``ready``, those ``left_out`` with their reasons, and what is sent knowingly: ``waived``.

    ``among`` are the keys of the visits to choose from; all where it is None. ``send_anyway`` leaves out of account
    what the user may knowingly send.
    """

    def __init__(self, findings: Findings, among: frozenset[str] | None, *, send_anyway: bool) -> None:
        self.left_out: list[LeftOut] = []
        self.waived: dict[str, tuple[Reason, ...]] = {}
        self.ready: set[str] = set()
        for family in findings.journal.families:
            for visit in family.visits:
                if among is not None and visit.key not in among:
                    continue
                if obstacles := findings.obstacles(visit.key, send_anyway=send_anyway):
                    self.left_out.append(LeftOut(visit.key, _reasons(obstacles)))
                    continue
                self.ready.add(visit.key)
                if waived := findings.obstacles(visit.key):
                    self.waived[visit.key] = _reasons(waived)


def _reasons(findings: Iterable[Finding]) -> tuple[Reason, ...]:
    counted = Counter((finding.code, finding.rule, finding.location.variable) for finding in findings)
    return tuple(Reason(code, rule, times, variable) for (code, rule, variable), times in counted.items())
