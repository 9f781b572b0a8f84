"""Ids that are not universal: another system, or the same one elsewhere, may give the same to something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ldbu_desktop.deliveries.checks.run import History, finding, word
from ldbu_desktop.deliveries.lives import Family, Telling
from ldbu_desktop.deliveries.model import HistoryFinding, Place
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.journal.identity import birth_date

SHORTEST = 24
"""Characters of an id that can be thought to be universal: fewer hold too little chance."""

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32,64}")
_RUNNING = re.compile(r"[A-Za-z._-]*\d+")
"""Words and a number: a counter, however long its name is."""

_TEN = re.compile(r"(?<!\d)(\d{6})-?(\d{4})(?!\d)")


def is_uuid(own: str) -> bool:
    """Whether an id is a UUID, or as long a number in its digits."""
    return _UUID.fullmatch(own) is not None


def is_universal(own: str) -> bool:
    """Whether an id looks like nobody else's."""
    if is_uuid(own):
        return True
    return len(own) >= SHORTEST and not _RUNNING.fullmatch(own)


def holds_cpr(own: str) -> bool:
    """Whether an id that is no UUID has a CPR number in it."""
    if is_uuid(own):
        return False
    return any(birth_date("".join(found.groups())) is not None for found in _TEN.finditer(own))


def ids(family: Family, history: History) -> Iterator[HistoryFinding]:
    """Running numbers, short ids, ids with a CPR number in them, and one id for two kinds of resource."""
    seen: dict[str, Telling] = {}
    first: Place | None = None
    for report in family.reports:
        is_told = False
        for telling in (Telling(report, one) for one in report.instances):
            instance = telling.instance
            known = seen.setdefault(instance.id, telling)
            if known.instance.type != instance.type:
                yield _finding("id-two-kinds", known.place, telling, family)
                seen[instance.id] = telling
            if known is not telling or is_uuid(instance.id):
                continue
            if holds_cpr(instance.id):
                yield _finding("id-holds-cpr", telling.place, telling, family)
            elif not is_told and not is_universal(instance.id):
                is_told = True
                first = first or telling.place
                yield _finding("id-running", first, telling, family)
        if holds_cpr(report.id):
            yield _finding("id-holds-cpr", report.place(), report.place(), family)
        elif report.id and not is_told and not is_universal(report.id):
            yield _finding("id-running", report.place(), report.place(), family)


def _finding(problem: str, earlier: Place, later: Telling | Place, family: Family) -> HistoryFinding:
    """The finding of a problem, in the words for it; a CPR number must go, the others are to be looked at."""
    whom = family.whom(later.instance) if isinstance(later, Telling) else ""
    weight = Severity.MEND if problem == "id-holds-cpr" else None
    return finding("history-id-not-universal", earlier, later, whom, {"problem": word(problem)}, weight)
