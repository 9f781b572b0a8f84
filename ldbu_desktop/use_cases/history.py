"""Look at delivery reports as one sequence: what is wrong with them together, though each may be right by itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

import msgspec

from ldbu_desktop.conformance.model import CheckedReport, Verdict
from ldbu_desktop.deliveries.history import all_findings
from ldbu_desktop.deliveries.lives import Family
from ldbu_desktop.deliveries.model import HistoryCounts, HistoryFinding, Report
from ldbu_desktop.deliveries.report_facts import reports_in
from ldbu_desktop.deliveries.report_index import ReportIndex
from ldbu_desktop.faults import Fault, FileFault
from ldbu_desktop.json_text import Written, parse
from ldbu_desktop.sources.found import BundleText
from ldbu_desktop.sources.reader import Reader
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.check import TELL_EVERY, checked_texts, no_receipt
from ldbu_desktop.use_cases.engines import engine_for, gateway_for
from ldbu_desktop.work import Cancellation, Progress, Step, no_progress


@dataclass(slots=True)
class HistoryRun:
    """A history while it is looked at: its counts, and the files that hold no report, with why."""

    counts: HistoryCounts = field(default_factory=HistoryCounts)
    faults: list[tuple[str, Fault]] = field(default_factory=list)


class ReadBundle(NamedTuple):
    """A bundle as JSON, the reports in it, and the verdict on it."""

    value: Mapping[str, Any]
    reports: list[Report]
    verdict: Verdict


def check_history(
    paths: Sequence[Path],
    standard: Standard,
    run: HistoryRun,
    package: Path | None = None,
    jobs: int | None = None,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
) -> Generator[HistoryFinding, None, None]:
    """What is wrong with the reports of files, folders and archives as one sequence, family by family.

    ``run`` is filled meanwhile. Each report is held against the profiles as :func:`~ldbu_desktop.use_cases.check.check`
    does, since one that the gateway rejects tells nothing. Raises as that does, and :class:`OutputFault` where there is
    no room for what is put by.
    """
    for _, found in families(paths, standard, run, package, jobs, progress, cancellation):
        yield from found


def families(
    paths: Sequence[Path],
    standard: Standard,
    run: HistoryRun,
    package: Path | None = None,
    jobs: int | None = None,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
) -> Generator[tuple[Family | None, list[HistoryFinding]], None, None]:
    """The families of a history with what is wrong with the reports of each; see :func:`check_history`."""
    cancellation = cancellation or Cancellation()
    counts = run.counts
    with ReportIndex() as index:
        with closing(read_reports(paths, standard, run, package, jobs, cancellation)) as read:
            told = monotonic()
            for _, reports, _ in read:
                for report in reports:
                    index.add(report)
                    _count(report, counts)
                if (now := monotonic()) - told > TELL_EVERY:
                    told = now
                    progress(Step(counts.reports, None, "report"))
        progress(Step(counts.reports, counts.reports, "report"))
        for family, found in all_findings(index, standard):
            cancellation.check()
            if family is not None:
                about = {family.whom(one) for report in family.reports for one in report.instances}
                counts.citizens += len(about - {""})
                counts.resources += len(family.lives)
            for one in found:
                counts.findings[one.code] = counts.findings.get(one.code, 0) + 1
            yield family, found


def _count(report: Report, counts: HistoryCounts) -> None:
    counts.reports += 1
    counts.failed += not report.is_accepted
    if report.time is not None:
        day = datetime.fromtimestamp(report.time, UTC).date()
        counts.first = min(counts.first or day, day)
        counts.last = max(counts.last or day, day)


def read_reports(
    paths: Sequence[Path],
    standard: Standard,
    run: HistoryRun,
    package: Path | None,
    jobs: int | None,
    cancellation: Cancellation,
) -> Generator[ReadBundle, None, None]:
    """The bundles of files as they come, each with the reports in it and what the gateway would say."""
    make_engine = partial(gateway_for, standard) if package is None else partial(engine_for, standard, package)
    texts: deque[BundleText] = deque()
    with Reader() as reader:
        noted = _noted(reader.texts(paths), texts)
        with closing(checked_texts(noted, make_engine, jobs, cancellation)) as checked_reports:
            for checked in checked_reports:
                value, reports = _reports(texts.popleft(), checked, standard, run)
                if reports:
                    yield ReadBundle(value, reports, checked.verdict)


def _noted(texts: Iterable[BundleText], into: deque[BundleText]) -> Iterator[BundleText]:
    for text in map(no_receipt, texts):
        into.append(text)
        yield text


def accepting(verdict: Verdict) -> Callable[[int], bool]:
    """What says of the report at an entry whether nothing is wrong with it, and nothing with what holds it."""
    errors = verdict.errors

    def is_accepted(entry: int) -> bool:
        if entry < 0:
            return not errors
        return not any(one.path[:2] == ("entry", entry) or one.path[:1] != ("entry",) for one in errors)

    return is_accepted


_decoder = msgspec.json.Decoder(float_hook=Written)


def _value(data: bytes) -> Any:
    """What a text holds that has a verdict: read the quick way, unless that can't."""
    try:
        return _decoder.decode(data)
    except (msgspec.DecodeError, RecursionError, ValueError):
        return parse(data).value


def _reports(text: BundleText, checked: CheckedReport, standard: Standard, run: HistoryRun) -> tuple[Any, list[Report]]:
    fault = checked.fault
    if fault is None:
        value = _value(text.data)
        if reports := list(reports_in(value, checked.file, standard, accepting(checked.verdict))):
            return value, reports
        fault = FileFault("file-is-no-report", file=checked.file)
    run.faults.append((checked.file, fault))
    run.counts.unread += not checked.is_passed_over
    return None, []
