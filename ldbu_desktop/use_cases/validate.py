"""Validate a journal: all findings, and after an edit those of the edited family again."""

from __future__ import annotations

from datetime import date
from itertools import zip_longest

from ldbu_desktop.findings.checks.rule_book import RuleBook
from ldbu_desktop.findings.checks.scopes import journal_context
from ldbu_desktop.findings.run import JudgedFamily, file_findings, journal_findings, judged_family
from ldbu_desktop.findings.summary import FamilyFindings, Findings
from ldbu_desktop.journal.model import Family, Journal
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.verdicts import Verdicts
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
    judged: dict[str, list[JudgedFamily]] = {}
    verdicts = Verdicts(journal, standard)
    for each in journal_findings(journal, context, rules, today, progress, cancellation or Cancellation()):
        # Families from two files may have the same key.
        judged.setdefault(each.family.key, []).append(verdicts.settled(each))
    by_family = {key: FamilyFindings(tuple(families)) for key, families in judged.items()}
    return Findings(journal, rules, context, today, file_findings(journal), by_family, _family_of_visit(journal))


def revalidated(findings: Findings, journal: Journal, family_key: str) -> Findings:
    """The findings of ``journal``, which differs from the one that ``findings`` are about in one family only.

    That family is judged again, and those that share a CPR number with what it was or has become. It may have come, or
    gone.
    """
    before, now = _families(findings.journal, family_key), _families(journal, family_key)
    context, family_of_visit = findings.context, findings.family_of_visit
    affected = {family_key}
    if not _same_identities(before, now):
        context, family_of_visit = journal_context(journal), _family_of_visit(journal)
        repeated = findings.context.repeated_cprs | context.repeated_cprs
        affected |= _families_with(journal, repeated & (_cprs(before) | _cprs(now)))
    changed = {}
    verdicts = Verdicts(journal, findings.rules.standard)
    for key in affected:
        known = findings.by_family[key].judged if context is findings.context and key in findings.by_family else ()
        changed[key] = FamilyFindings(
            tuple(
                verdicts.settled(judged_family(family, context, findings.rules, findings.today, earlier))
                for family, earlier in zip_longest(_families(journal, key), known)
            )
        )
    return findings.with_families(journal, context, changed, family_of_visit)


def _family_of_visit(journal: Journal) -> dict[str, str]:
    return {visit.key: family.key for family in journal.families for visit in family.visits}


def _families(journal: Journal, key: str) -> tuple[Family, ...]:
    return tuple(family for family in journal.families if family.key == key)


def _same_identities(before: tuple[Family, ...], now: tuple[Family, ...]) -> bool:
    """Whether the keys and CPR numbers are the same, which other families may have too."""
    return len(before) == len(now) and all(map(_same_identities_within, before, now))


def _same_identities_within(before: Family, now: Family) -> bool:
    if before is now:
        return True
    pairs = zip(before.visits, now.visits, strict=False)
    return (
        len(before.visits) == len(now.visits)
        and [(each.key, each.cpr.value) for each in before.citizens]
        == [(each.key, each.cpr.value) for each in now.citizens]
        and all(one.key == other.key for one, other in pairs)
    )


def _cprs(families: tuple[Family, ...]) -> set[str]:
    return {citizen.cpr.value for family in families for citizen in family.citizens if citizen.cpr.value is not None}


def _families_with(journal: Journal, cprs: frozenset[str]) -> set[str]:
    """The families that have a citizen with one of ``cprs``."""
    return {family.key for family in journal.families if not _cprs((family,)).isdisjoint(cprs)} if cprs else set()
