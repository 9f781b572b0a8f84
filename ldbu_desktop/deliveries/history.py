"""The history check: reports in any order, put by as they come, then looked at family by family."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ldbu_desktop.deliveries.checks.changes import changes
from ldbu_desktop.deliveries.checks.citizens import half_mended
from ldbu_desktop.deliveries.checks.facts import told_twice
from ldbu_desktop.deliveries.checks.ids import ids
from ldbu_desktop.deliveries.checks.reports import gathered, repeated, times
from ldbu_desktop.deliveries.checks.run import Check, History, finding
from ldbu_desktop.deliveries.checks.visits import never_finished, still_missing
from ldbu_desktop.deliveries.checks.voids import dependents, voids
from ldbu_desktop.deliveries.lives import Family, family_of
from ldbu_desktop.deliveries.model import CARRIED, HistoryFinding, Report
from ldbu_desktop.deliveries.report_index import ReportIndex
from ldbu_desktop.standard.model import Standard

_CHECKS: Final[tuple[Check, ...]] = (
    changes,
    voids,
    dependents,
    told_twice,
    half_mended,
    repeated,
    times,
    gathered,
    never_finished,
    still_missing,
    ids,
)


def history_of(index: ReportIndex, standard: Standard) -> History:
    """What is true of the reports of an index as a whole; it is arranged before."""
    return History(index.begin, index.end, index.last, index.after, standard)


def findings_in(family: Family, history: History) -> list[HistoryFinding]:
    """What is wrong with a family's reports taken together, in the order of the later places."""
    order: dict[str, int] = {}
    for report in family.reports:
        order.setdefault(report.file, report.number)
    found = [one for check in _CHECKS for one in check(family, history)]
    last = len(family.reports)
    return sorted(found, key=lambda one: order.get(one.later.file, last))


def all_findings(index: ReportIndex, standard: Standard) -> Iterator[tuple[Family | None, list[HistoryFinding]]]:
    """What is wrong with all reports taken together: first their own ids, then family by family."""
    index.arrange()
    yield None, [_reused(*pair) for pair in index.same_ids()]
    history = history_of(index, standard)
    for reports in index.families():
        family = family_of(reports)
        yield family, findings_in(family, history)


def _reused(earlier: Report, later: Report) -> HistoryFinding:
    about = next((one for one in later.instances if one.type not in CARRIED), None)
    whom = about.citizen if about is not None else ""
    return finding("history-report-id-reused", earlier.place(), later.place(), whom)
