"""How far a visit is filled: what is still missing, by whose rule, from the findings that files have too."""

from __future__ import annotations

from dataclasses import dataclass

from ldbu_desktop.findings.model import Finding
from ldbu_desktop.findings.rule_book import RuleBook
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.model import Visit

_GATEWAY, _GUIDE, _CONTRADICTED = "mandatory-missing-gateway", "mandatory-missing-guide", "missing-reason-contradicted"


@dataclass(frozen=True, slots=True)
class Remaining:
    """What is left of ``asked`` variables at a visit: what the gateway would reject it without, and beside that what
    only the guide's table asks for. A reason for having no value is an answer.

    ``contradicted`` are reasons that the standard's text asks for and its own constraint rejects: measurements that
    were not obtained.
    """

    asked: int
    gateway: tuple[Finding, ...]
    guide: tuple[Finding, ...]
    contradicted: tuple[Finding, ...]

    @property
    def missing(self) -> int:
        """How many are left."""
        return len(self.gateway) + len(self.guide)

    @property
    def done(self) -> int:
        """How many of those that are asked for are answered."""
        return self.asked - self.missing


def remaining(findings: Findings, visit: str) -> Remaining:
    """What is left at a visit, by its key."""
    by_code: dict[str, list[Finding]] = {_GATEWAY: [], _GUIDE: [], _CONTRADICTED: []}
    for finding in findings.of_visit(visit):
        if finding.code in by_code:
            by_code[finding.code].append(finding)
    gateway, guide, contradicted = map(tuple, by_code.values())
    known = _visit(findings, visit)
    asked = _asked(known, findings.rules) if known is not None else frozenset()
    return Remaining(len(asked), gateway, guide, contradicted)


def _visit(findings: Findings, key: str) -> Visit | None:
    family = findings.family_of_visit.get(key)
    families = (one for one in findings.journal.families if one.key == family)
    return next((visit for one in families for visit in one.visits if visit.key == key), None)


def _asked(visit: Visit, rules: RuleBook) -> frozenset[str]:
    """The variables that the gateway or the guide asks for."""
    visit_type, visit_class = visit.type.value or "", visit.visit_class.value
    demanded = (demand.variable for demand in rules.demands.get(visit_type, ()) if visit_class in demand.classes)
    return frozenset((*demanded, *rules.asked.get(visit_type, ())))
