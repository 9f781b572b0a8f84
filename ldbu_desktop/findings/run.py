"""Running the checks: over the whole journal family by family, or over one family again after an edit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import chain
from typing import Final, NamedTuple

from ldbu_desktop.findings.checks import (
    cells,
    contradictions,
    families,
    files,
    growth,
    identity,
    questionnaires,
    reports,
    times,
    variables,
    visits,
)
from ldbu_desktop.findings.checks.check import Check
from ldbu_desktop.findings.checks.rule_book import RuleBook
from ldbu_desktop.findings.checks.scopes import PARTS, FamilyScope, JournalContext, VisitScope, intervention_keys
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.journal.model import Family, Journal
from ldbu_desktop.work import Cancellation, Progress, Step

VISIT_CHECKS: tuple[Check[VisitScope], ...] = (
    *cells.VISIT_CHECKS,
    *contradictions.VISIT_CHECKS,
    *variables.VISIT_CHECKS,
    *times.VISIT_CHECKS,
    *questionnaires.VISIT_CHECKS,
    *visits.VISIT_CHECKS,
    *reports.VISIT_CHECKS,
)
FAMILY_CHECKS: tuple[Check[FamilyScope], ...] = (
    *cells.FAMILY_CHECKS,
    *contradictions.FAMILY_CHECKS,
    *identity.FAMILY_CHECKS,
    *families.FAMILY_CHECKS,
    *growth.FAMILY_CHECKS,
)
JOURNAL_CHECKS: tuple[Check[Journal], ...] = (*files.JOURNAL_CHECKS, *reports.JOURNAL_CHECKS)

_COMMON_ALONE = tuple(part == "common" for part in PARTS)
"""Of a visit that has nothing but what many share: what is not found there is found at no other of these."""

_TELL_AFTER_VISITS = 100
"""Progress is told, and a request to stop heard, after so many visits."""

MANY_VISITS: Final = 2000
"""Below it, other processes gain too little, and all is taken apart within milliseconds when a command ends."""


class JudgedFamily(NamedTuple):
    """A family with its findings: those of its citizens and history, and those of each visit in their order."""

    family: Family
    about: tuple[Finding, ...]
    visits: tuple[tuple[Finding, ...], ...]


def judged_family(
    family: Family, context: JournalContext, rules: RuleBook, today: date, before: JudgedFamily | None = None
) -> JudgedFamily:
    """All findings of one family.

    What was found ``before``, when its records had the same keys, is taken over for visits that are the same.
    """
    within = FamilyScope(family, context, rules, today)
    about: list[Finding] = []
    for family_check in FAMILY_CHECKS:
        about.extend(family_check.function(within))
    known = _known(within, before)
    visits = []
    for sifted in within.visits:
        found = known.get(id(sifted.visit))
        if found is None:
            scope = VisitScope(within, sifted)
            parts = scope.parts
            found = tuple(chain.from_iterable([visit_check(scope) for visit_check in _visit_checks(parts)]))
            if not found and parts == _COMMON_ALONE:
                rules.in_order.add(scope.common)
        visits.append(found)
    return JudgedFamily(family, tuple(about), tuple(visits))


def found_of(
    family: Family, context: JournalContext, rules: RuleBook, today: date, codes: frozenset[str]
) -> Iterator[Finding]:
    """The findings of one family that are of these codes: other checks are not asked."""
    within = FamilyScope(family, context, rules, today)
    asked = [family_check.function(within) for family_check in FAMILY_CHECKS if family_check.codes & codes]
    for sifted in within.visits:
        scope = VisitScope(within, sifted)
        asked += [visit_check(scope) for visit_check in _visit_checks(scope.parts, codes)]
    return (finding for found in asked for finding in found if finding.code in codes)


@cache
def _visit_checks(
    parts: tuple[bool, ...], codes: frozenset[str] | None = None
) -> tuple[Callable[[VisitScope], Iterator[Finding]], ...]:
    """The checks that may find something at a visit that has these of the parts that checks look at alone.

    With ``codes``, only those that may find one of them.
    """
    there = {part for part, is_there in zip(PARTS, parts, strict=True) if is_there}
    return tuple(
        visit_check.function
        for visit_check in VISIT_CHECKS
        if (not visit_check.looks_at or not visit_check.looks_at.isdisjoint(there))
        and (codes is None or visit_check.codes & codes)
    )


def _known(within: FamilyScope, before: JudgedFamily | None) -> dict[int, tuple[Finding, ...]]:
    """The findings of the same visits before, by identity, if all that visits are judged beside is the same too."""
    if before is None:
        return {}
    now, old = within.family, before.family
    if now.citizens is not old.citizens or now.schools is not old.schools:
        return {}
    if within.interventions != intervention_keys(old):
        return {}
    return {id(visit): found for visit, found in zip(old.visits, before.visits, strict=True)}


def file_findings(journal: Journal) -> tuple[Finding, ...]:
    """The findings about the files and delivery reports as a whole."""
    return tuple(finding for journal_check in JOURNAL_CHECKS for finding in journal_check.function(journal))


def journal_findings(
    families: Sequence[Family],
    judge: Callable[[Family], JudgedFamily],
    progress: Progress,
    cancellation: Cancellation,
    *,
    alone: bool,
) -> Iterator[JudgedFamily]:
    """The findings of each family in the order of the file, as ``judge`` tells them; progress counts visits.

    Not ``alone``: many are shared out among all processors, where that can be done.
    Raises :class:`~ldbu_desktop.faults.Cancelled` when asked to stop.
    """
    total = sum(len(family.visits) for family in families)
    done = told = 0
    for judged in map(judge, families) if alone or total < MANY_VISITS else _shared_out(families, judge):
        yield judged
        done += len(judged.visits)
        if done - told >= _TELL_AFTER_VISITS:
            told = done
            cancellation.check()
            progress(Step(done, total, "visit"))
    cancellation.check()
    progress(Step(total, total, "visit"))


def _shared_out(families: Sequence[Family], judge: Callable[[Family], JudgedFamily]) -> Iterator[JudgedFamily]:
    """The findings of each family by several processes: these alone travel, since every process has the families."""
    from ldbu_desktop.sharing import shared_out

    for family, found in zip(families, shared_out(families, lambda one: judge(one)[1:]), strict=True):
        yield JudgedFamily(family, *found)
