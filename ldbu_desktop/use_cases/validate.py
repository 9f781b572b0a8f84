"""Validate a journal: all findings, and after an edit those of the edited family again."""

from __future__ import annotations

from datetime import date

from ldbu_desktop.findings.model import Finding
from ldbu_desktop.findings.rule_book import RuleBook
from ldbu_desktop.findings.run import family_findings, file_findings, journal_findings
from ldbu_desktop.findings.scopes import journal_context, recorded_at
from ldbu_desktop.findings.summary import FamilyFindings, Findings
from ldbu_desktop.journal.model import Family, Journal
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.work import Cancellation, Progress, no_progress


def validate(
    journal: Journal,
    standard: Standard,
    today: date,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
) -> Findings:
    """All findings of ``journal``, judged on the day ``today``.

    Raises :class:`~ldbu_desktop.faults.Cancelled` when asked to stop.
    """
    rules = RuleBook(standard)
    context = journal_context(journal)
    found: dict[str, tuple[Finding, ...]] = {}
    for key, of_family in journal_findings(journal, context, rules, today, progress, cancellation or Cancellation()):
        # Families from two files may have the same key.
        found[key] = found.get(key, ()) + of_family
    by_family = {key: FamilyFindings(of_family) for key, of_family in found.items()}
    return Findings(journal, rules, context, today, file_findings(journal), by_family)


def revalidated(findings: Findings, journal: Journal, family_key: str) -> Findings:
    """The findings of ``journal``, which differs from the one that ``findings`` are about in one family only.

    That family is judged again, and those that share a CPR number with what it was or has become.
    """
    before, now = _families(findings.journal, family_key), _families(journal, family_key)
    context = findings.context
    affected = {family_key}
    if _identities(before) != _identities(now):
        context = journal_context(journal)
        repeated = findings.context.repeated_cprs | context.repeated_cprs
        affected |= _families_with(journal, repeated & (_cprs(before) | _cprs(now)))
    by_family = dict(findings.by_family)
    for key in affected:
        of_family = tuple(
            finding
            for family in _families(journal, key)
            for finding in family_findings(family, context, findings.rules, findings.today)
        )
        by_family[key] = FamilyFindings(of_family)
    return Findings(journal, findings.rules, context, findings.today, findings.about_files, by_family)


def _families(journal: Journal, key: str) -> tuple[Family, ...]:
    return tuple(family for family in journal.families if family.key == key)


def _identities(families: tuple[Family, ...]) -> list[object]:
    """The keys and CPR numbers that other families may have too."""
    found: list[object] = []
    for family in families:
        found += [(citizen.key, citizen.cpr.value) for citizen in family.citizens]
        for visit in family.visits:
            found.append(visit.key)
            found += [record.key for record in recorded_at(visit)]
    return found


def _cprs(families: tuple[Family, ...]) -> set[str]:
    return {citizen.cpr.value for family in families for citizen in family.citizens if citizen.cpr.value is not None}


def _families_with(journal: Journal, cprs: frozenset[str]) -> set[str]:
    """The families that have a citizen with one of ``cprs``."""
    return {family.key for family in journal.families if not _cprs((family,)).isdisjoint(cprs)} if cprs else set()
