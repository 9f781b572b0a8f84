"""Delivery reports as they come out of files, each bundle with the verdict on it: what looks at many begins with it."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from ldbu_desktop.conformance.model import CheckedReport, Verdict
from ldbu_desktop.deliveries.editions_met import EditionsMet
from ldbu_desktop.deliveries.model import HistoryCounts, Report
from ldbu_desktop.deliveries.report_facts import reports_in
from ldbu_desktop.deliveries.report_verdicts import accepting
from ldbu_desktop.faults import Fault, FileFault
from ldbu_desktop.json_text import value_of
from ldbu_desktop.sources.found import BundleText
from ldbu_desktop.sources.reader import Reader
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.check import checked_texts, no_receipt
from ldbu_desktop.use_cases.engines import engine_for, gateway_for
from ldbu_desktop.work import Cancellation


@dataclass(slots=True)
class HistoryRun:
    """A history while it is looked at: its counts, and the files that hold no report, with why."""

    counts: HistoryCounts = field(default_factory=HistoryCounts)
    faults: list[tuple[str, Fault]] = field(default_factory=list)

    @property
    def left_out(self) -> list[tuple[str, Fault]]:
        """All files that were not looked at, with why; also those that nobody asked for."""
        return [*self.faults, *self.counts.passed_over]


class ReadBundle(NamedTuple):
    """A bundle as JSON, the reports in it, and the verdict on it."""

    value: Mapping[str, Any]
    reports: list[Report]
    verdict: Verdict


def read_reports(
    paths: Sequence[Path],
    standard: Standard,
    run: HistoryRun,
    package: Path | None,
    jobs: int | None,
    cancellation: Cancellation,
) -> Generator[ReadBundle, None, None]:
    """The bundles of files as they come, each with the reports in it and what the gateway would say.

    A report of another edition was taken when that was the one in use, so it tells what it tells; one of another guide
    is none of these, and is counted and left out.
    """
    make_engine = partial(gateway_for, standard) if package is None else partial(engine_for, standard, package)
    editions = EditionsMet(standard, make_engine(), run.counts)
    texts: deque[BundleText] = deque()
    with Reader() as reader:
        noted = _noted(reader.texts(paths), texts)
        with closing(checked_texts(noted, make_engine, jobs, cancellation)) as checked_reports:
            for checked in checked_reports:
                value, reports = _reports(texts.popleft(), checked, standard, run, editions)
                if reports:
                    yield ReadBundle(value, reports, checked.verdict)


def _noted(texts: Iterable[BundleText], into: deque[BundleText]) -> Iterator[BundleText]:
    for text in map(no_receipt, texts):
        into.append(text)
        yield text


def _reports(
    text: BundleText, checked: CheckedReport, standard: Standard, run: HistoryRun, editions: EditionsMet
) -> tuple[Any, list[Report]]:
    fault = checked.fault
    if fault is None:
        value = value_of(text.data)
        is_report = isinstance(value, Mapping) and not checked.verdict.valid
        other = editions.of(value, text) if is_report else None
        is_accepted = accepting(checked.verdict) if other is None else (lambda _: True)  # taken when it was in use
        reports = list(reports_in(value, checked.file, standard, is_accepted))
        if other is not None:
            other.reports += len(reports)
            if other.is_guide:
                run.counts.unread += 1
            else:
                run.counts.failed += len(reports)
        if reports:
            return value, [] if other is not None and other.is_guide else reports
        fault = FileFault("file-without-report", file=checked.file)
    (run.counts.passed_over if checked.is_passed_over else run.faults).append((checked.file, fault))
    run.counts.unread += not checked.is_passed_over
    return None, []
