"""A made-up history through the history check, in memory: what the gateway would say, then what is found."""

from __future__ import annotations

from collections.abc import Sequence

from ldbu_desktop.deliveries.history import all_findings
from ldbu_desktop.deliveries.lives import Family
from ldbu_desktop.deliveries.model import HistoryFinding, Report
from ldbu_desktop.deliveries.report_facts import reports_in
from ldbu_desktop.deliveries.report_index import ReportIndex
from ldbu_desktop.json_text import parse
from ldbu_desktop.use_cases.engines import gateway_for
from tests.delivery_histories.journal import STANDARD, Json, written


def families_of(reports: Sequence[Json], failing: int = 0) -> list[tuple[Family | None, list[HistoryFinding]]]:
    """The families of a history with what is found; each report's file is its number. So many fail."""
    engine = gateway_for(STANDARD)
    told: list[Report] = []
    with ReportIndex() as index:
        for number, report in enumerate(reports):
            data = written(report)
            errors = engine.check(data).errors
            for one in reports_in(
                parse(data).value, f"{number:03}", STANDARD, lambda at, errors=errors: _is_taken(at, errors)
            ):
                index.add(one)
                told.append(one)
        failed = [one.file for one in told if not one.is_accepted]
        assert len(failed) == failing, failed
        return list(all_findings(index, STANDARD))


def _is_taken(entry: int, errors: Sequence[object]) -> bool:
    return not any(entry < 0 or getattr(one, "path", ())[:2] == ("entry", entry) for one in errors)


def found_in(reports: Sequence[Json], failing: int = 0) -> list[HistoryFinding]:
    """What is found in a history."""
    return [one for _, found in families_of(reports, failing) for one in found]
