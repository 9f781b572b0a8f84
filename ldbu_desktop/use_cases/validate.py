"""The findings of a journal: all of them at once, or piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from datetime import date
from operator import attrgetter
from time import monotonic
from typing import TYPE_CHECKING

from ldbu_desktop.findings.catalogue import type_of
from ldbu_desktop.findings.checks.rule_book import RuleBook
from ldbu_desktop.findings.checks.scopes import journal_context
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.findings.run import MANY_VISITS, JudgedFamily, file_findings, journal_findings, judged_family
from ldbu_desktop.findings.summary import FamilyFindings, Findings, family_of_visit, gathered
from ldbu_desktop.journal.family_identity import families_by_key
from ldbu_desktop.journal.many_values import left_to_the_system, without_collector
from ldbu_desktop.journal.model import Family, Journal
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.report_verdicts import settled, verdicts_when_asked
from ldbu_desktop.work import Cancellation, Progress, no_progress

if TYPE_CHECKING:
    from ldbu_desktop.bundles.verdicts import Verdicts

_KEY = attrgetter("key")

PIECE = 0.15
"""Seconds of checking in a piece of what is found."""


def validate(
    journal: Journal,
    standard: Standard,
    today: date,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
    *,
    alone: bool = True,
) -> Findings:
    """All findings of ``journal``, judged on the day ``today``; progress counts visits.

    Not ``alone``: the whole process has nothing else to do. Many families are shared out among all processors, and
    what was read and found of many visits is never taken apart.
    Raises :class:`~ldbu_desktop.faults.Cancelled` when asked to stop.
    """
    rules = RuleBook(standard)
    context = journal_context(journal)
    verdicts = verdicts_when_asked(journal, standard)

    def judge(family: Family) -> JudgedFamily:
        return settled(judged_family(family, context, rules, today), verdicts)

    cancellation = cancellation or Cancellation()
    with nullcontext() if alone else without_collector():
        judged = list(journal_findings(journal.families, judge, progress, cancellation, alone=alone))
    found = gathered(journal, standard, today, judged, _about_files(journal, verdicts))
    if not alone and journal.visit_count >= MANY_VISITS:
        left_to_the_system(found)
    return found


def begun(
    journal: Journal, standard: Standard, today: date, about_files: tuple[Finding, ...] | None = None
) -> Findings:
    """The findings of files alone, where they are not known: all families are still to be checked, by :func:`rest`."""
    rules, context = RuleBook(standard), journal_context(journal)
    if about_files is None:
        about_files = _about_files(journal, verdicts_when_asked(journal, standard))
    unchecked = frozenset(map(_KEY, journal.families))
    return Findings(journal, rules, context, today, about_files, {}, family_of_visit(journal), unchecked)


def rest(findings: Findings) -> Iterator[Mapping[str, FamilyFindings]]:
    """What is found in the families that are not checked yet, in the order of the file and in pieces."""
    journal = findings.journal
    verdicts = verdicts_when_asked(journal, findings.rules.standard)
    piece: dict[str, FamilyFindings] = {}
    until = monotonic() + PIECE
    for key, families in families_by_key(journal).items():
        if key in findings.unchecked:
            judged = (judged_family(family, findings.context, findings.rules, findings.today) for family in families)
            piece[key] = FamilyFindings(tuple(settled(each, verdicts) for each in judged))
            if monotonic() >= until:
                yield piece
                piece, until = {}, monotonic() + PIECE
    if piece:
        yield piece


def _about_files(journal: Journal, verdicts: Callable[[], Verdicts]) -> tuple[Finding, ...]:
    about_files = file_findings(journal)
    is_judged = any(type_of(finding).official for finding in about_files)
    return verdicts().settled_files(about_files) if is_judged else about_files
