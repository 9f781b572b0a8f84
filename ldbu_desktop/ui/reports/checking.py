"""What is checked on the page: the reports as they come, the standard that is used, and what is selected."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, Signal

from ldbu_desktop.conformance.model import CheckedReport, ConformanceFinding, ReportCause, ReportTally
from ldbu_desktop.faults import Fault
from ldbu_desktop.language import tr
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.ui.pace import TURN, next_turn
from ldbu_desktop.ui.reports.words import ReportStatus, status_of
from ldbu_desktop.ui.session import Session
from ldbu_desktop.work import Cancellation, Progress, Step

LINE = "check"
"""The line of jobs that the check runs in."""

_TELL_CAUSES_EVERY = 0.6
"""Seconds between two times that the causes are told while reports come."""

_ARCHIVE = ".zip"


@dataclass(frozen=True, slots=True)
class Report:
    """A report, and the file, folder or archive that was given and holds it."""

    given: Path
    checked: CheckedReport


@dataclass(eq=False)
class _Run:
    """A check under way: its work puts reports into the inbox, from which the window takes them.

    ``groups`` are paths that are checked together, so that a report's name says which of them it is in.
    """

    groups: tuple[tuple[Path, ...], ...]
    standard: Standard
    package: Path | None
    inbox: deque[tuple[int, CheckedReport]] = field(default_factory=deque)
    version: str = ""
    is_ended: bool = False
    is_cancelled: bool = False

    def work(self, progress: Progress, cancellation: Cancellation) -> None:
        """Check everything; run in a thread."""
        from ldbu_desktop.use_cases.check import check
        from ldbu_desktop.use_cases.engines import engine_for

        done = 0

        def tell(step: Step) -> None:
            progress(step._replace(done=done + step.done))

        try:
            self.version = engine_for(self.standard, self.package).version
            for number, group in enumerate(self.groups):
                count = 0
                found = check(group, self.standard, self.package, None, tell, cancellation, aside=True)
                with closing(found) as reports:
                    for count, checked in enumerate(reports, 1):  # noqa: B007  (how many there were, after the loop)
                        self.inbox.append((number, checked))
                done += count
        finally:
            self.is_cancelled = cancellation.is_asked
            self.is_ended = True

    def given(self, group: int, name: str) -> Path:
        """The path that a report of a group is in."""
        paths = self.groups[group]
        names = {path.name: path for path in paths}
        return names.get(name) or names.get(name.rpartition("#")[0]) or paths[0]


class Checking(QObject):
    """Checks in the background and keeps what came.

    ``began``: another check is there, empty yet. ``grew``: reports came, from a number on. ``told``: how it stands
    changed. ``causes_changed``: the causes, now and then. ``selected``: the selection.
    """

    began = Signal()
    grew = Signal(int)
    told = Signal()
    causes_changed = Signal()
    selected = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.paths: tuple[Path, ...] = ()
        self.package: Path | None = None
        self.version = ""
        self.reports: list[Report] = []
        self.counts: Counter[ReportStatus] = Counter()
        self.causes = ReportTally(None)
        self.number = -1
        self.finding: ConformanceFinding | None = None
        self.is_cancelled = False
        self._run: _Run | None = None
        self._causes_told = 0.0
        session.jobs.changed.connect(self._look)

    @property
    def is_running(self) -> bool:
        """Whether reports are still to come."""
        return self._run is not None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was chosen to be checked yet."""
        return not self.paths

    @property
    def report(self) -> Report | None:
        """The report that is selected."""
        return self.reports[self.number] if 0 <= self.number < len(self.reports) else None

    def start(self, paths: Sequence[Path]) -> None:
        """Check files, folders and archives; what was there before is let go."""
        if not paths:
            return
        self.paths = tuple(paths)
        self.reports, self.counts, self.causes = [], Counter(), ReportTally(None)
        self.number, self.finding, self.is_cancelled = -1, None, False
        self._run = run = _Run(tuple(_groups(self.paths)), self.session.standard, self.package)
        self._causes_told = 0.0
        self.began.emit()
        self.session.jobs.start(
            LINE,
            lambda: tr("Kontrollerer"),
            run.work,
            lambda _: None,
            lambda fault: self._fail(run, fault),
            stays=True,
            keeps=lambda: bool(self.reports),
        )

    def use_standard(self, package: Path | None) -> None:
        """Check against another standard from now on, and what is here anew. None: the one that ships."""
        if package == self.package:
            return
        self.package = package
        self.version = ""
        if self.paths:
            self.start(self.paths)
        else:
            self.learn_version()

    def learn_version(self) -> None:
        """Read the standard, in the background, to tell which it is before anything is checked."""
        run = _Run((), self.session.standard, self.package)
        self._run = run
        self.session.jobs.start(
            LINE,
            lambda: tr("Læser standarden"),
            run.work,
            lambda _: None,
            lambda fault: self._fail(run, fault),
            quiet=True,
        )

    def _fail(self, run: _Run, fault: Fault) -> None:
        """Tell why nothing could be checked. A standard that can't be used is given up for the one that ships."""
        if self.package is not None and not run.version:
            self.package = None
            if self.paths:
                self.start(self.paths)
            else:
                self.learn_version()
        self.session.failed.emit(fault)
        self.told.emit()

    def _look(self, _job: object) -> None:
        """Take what has come; asked now and then while anything runs, and once when it has ended."""
        if (run := self._run) is None:
            return
        is_ended = run.is_ended or not self.session.jobs.is_busy(LINE)
        self.version = run.version or self.version
        until = monotonic() + TURN
        first = len(self.reports)
        while run.inbox and monotonic() < until:
            self._take(run, *run.inbox.popleft())
        if len(self.reports) > first:
            self.grew.emit(first)
        if run.inbox:
            next_turn(self, lambda: self._look(None))
        elif is_ended:
            self._run = None
            self.is_cancelled = run.is_cancelled or not run.is_ended
        if not self.is_running or monotonic() - self._causes_told > _TELL_CAUSES_EVERY:
            self._causes_told = monotonic()
            self.causes_changed.emit()
        self.told.emit()

    def _take(self, run: _Run, group: int, checked: CheckedReport) -> None:
        number = len(self.reports)
        self.reports.append(Report(run.given(group, checked.file), checked))
        self.counts[status_of(checked)] += 1
        self.causes.add(replace(checked, file=str(number)))

    def select(self, number: int, finding: ConformanceFinding | None = None) -> None:
        """Look at a report, and at a finding in it."""
        if (number, finding) != (self.number, self.finding):
            self.number, self.finding = number, finding
            self.selected.emit()

    def causes_of(self, number: int) -> ReportTally:
        """The causes in one report."""
        causes = ReportTally(None)
        if 0 <= number < len(self.reports):
            causes.add(replace(self.reports[number].checked, file=str(number)))
        return causes

    def findings(self, number: int) -> list[ConformanceFinding]:
        """What was found in a report, in the order in which it is shown."""
        return [place.finding for cause in in_order(self.causes_of(number)) for place in cause.places]

    def step(self, numbers: Sequence[int], by: int) -> bool:
        """Select the next finding (``by`` 1) or the one before (-1), round the reports ``numbers``; False if none."""
        here = self.findings(self.number)
        if self.finding in here and 0 <= (at := here.index(self.finding) + by) < len(here):
            self.select(self.number, here[at])
            return True
        for number in _round(numbers, self.number, by, include=self.finding is None):
            if found := self.findings(number):
                self.select(number, found[0 if by > 0 else -1])
                return True
        return False


def in_order(causes: ReportTally) -> list[ReportCause]:
    """All causes in the order in which they are shown: what rejects, what is remarked on, what is ours."""
    return [*causes.rejecting, *causes.to_look_at, *causes.own]


def _round(numbers: Sequence[int], now: int, by: int, *, include: bool) -> Iterator[int]:
    """The numbers from the one after ``now`` on, all the way round; from ``now`` itself on if ``include``."""
    start = 0 if by > 0 else len(numbers) - 1
    if now in numbers:
        start = numbers.index(now) + (0 if include else by)
    for count in range(len(numbers)):
        yield numbers[(start + by * count) % len(numbers)]


def _groups(paths: Sequence[Path]) -> Iterator[tuple[Path, ...]]:
    """Paths in the order given: files of different names together, a folder or an archive by itself."""
    files: dict[str, Path] = {}
    for path in paths:
        alone = path.is_dir() or path.suffix.lower() == _ARCHIVE
        if files and (alone or path.name in files):
            yield tuple(files.values())
            files = {}
        if alone:
            yield (path,)
        else:
            files[path.name] = path
    if files:
        yield tuple(files.values())
