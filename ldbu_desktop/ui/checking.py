"""Checking what is open in the background, family by family, while it is worked with: stopped, and gone on with."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from ldbu_desktop import clock
from ldbu_desktop.faults import FileFault
from ldbu_desktop.language import tr
from ldbu_desktop.ui.jobs import Jobs
from ldbu_desktop.work import Cancellation, Progress, Step

if TYPE_CHECKING:
    from ldbu_desktop.aside.reader import Aside
    from ldbu_desktop.findings.summary import FamilyFindings, Findings
    from ldbu_desktop.workspace.workspace import Workspace

JUDGE = "judge"
"""The line of the job that checks."""

TELL_EVERY, TELL_SHARE = 0.3, 4
"""Seconds at least between two times that what was found is told; and how many times as long as working it out."""

SMALL = 200
"""A family of no more visits is checked at once when it is looked at."""


class Checking(QObject):
    """The check of what is open; what it finds goes into the work in the window's thread.

    ``advanced``: more is known, or checking was stopped, and what had been done by then is in the work. ``ended``: all
    is checked. ``failed``: a fault, for people.
    """

    advanced = Signal()
    ended = Signal()
    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._check: _Check | None = None
        self._was_busy = False
        jobs.changed.connect(self._look)

    @property
    def is_busy(self) -> bool:
        """Whether it checks now."""
        return self._jobs.is_busy(JUDGE)

    def open(self, work: Workspace, aside: Aside | None) -> None:
        """Other work is there; ``aside`` is the process that has its journal too and checks it."""
        self._check = _Check(work, aside)

    def leave(self) -> None:
        """Give up the work."""
        self._jobs.cancel(JUDGE)
        if self._check is not None:
            self._check.leave()
            self._check = None

    def go_on(self) -> None:
        """Check the families that are not checked yet."""
        check = self._check
        if check is not None and check.begin():
            self._was_busy = True
            self._jobs.start(
                JUDGE,
                lambda: tr("Kontrollerer"),
                check.run,
                lambda _: self._end(check),
                self.failed.emit,
                stays=True,
                keeps=lambda: True,
            )

    def check_first(self, key: str) -> None:
        """Check a family at once that is looked at, by its key, where it is not checked yet."""
        work = self._check.work if self._check is not None else None
        family = work.family(key) if work is not None and not work.is_checked() else None
        if work is not None and family is not None and len(family.visits) <= SMALL and work.check(key):
            self.advanced.emit()

    def _look(self) -> None:
        """Take what was found meanwhile."""
        if self._check is None:
            return
        was_busy, self._was_busy = self._was_busy, self.is_busy
        if self._check.take() or was_busy is not self._was_busy:
            self.advanced.emit()

    def _end(self, check: _Check) -> None:
        if check is not self._check:
            return
        if check.take():
            self.advanced.emit()
        if check.work.findings is not None:
            self.ended.emit()
        else:  # a large part was mended before the check began
            self.go_on()


class _Told(NamedTuple):
    """What was found in families; ``before`` is what was known before, None at the beginning, ``after`` with these."""

    checked: Mapping[str, FamilyFindings]
    before: Findings | None
    after: Findings


class _Check:
    """The check of one work: what does it in the background, and what that has found until now.

    A job that was stopped is over only when it has handed out its last piece: the next one waits for that.
    """

    def __init__(self, work: Workspace, aside: Aside | None) -> None:
        self.work = work
        self._aside = aside
        self._turn = Lock()
        self._told: deque[_Told] = deque()
        self._last: Findings | None = None
        self._is_left = False

    def begin(self) -> bool:
        """Whether there is something to check: all of it again on another day."""
        findings = self.work.findings
        if findings is not None and findings.today != clock.today():
            self.work.found = None
        return self.work.findings is None

    def take(self) -> bool:
        """Take what was found into the work, in the window's thread; False where that is nothing."""
        is_more = bool(self._told)
        while self._told:
            told = self._told.popleft()
            if told.before is None:
                self.work.judge(told.after)
            else:
                self.work.take_checked(told.checked, (told.before, told.after))
        return is_more

    def leave(self) -> None:
        """End the other process: here, or in the job that waits for it."""
        self._is_left = True
        if self._turn.acquire(blocking=False):
            self._turn.release()
            self._end_aside()

    def _end_aside(self) -> None:
        aside, self._aside = self._aside, None
        if aside is not None:
            aside.end()

    # --- in the background

    def run(self, progress: Progress, cancellation: Cancellation) -> None:
        """Check the rest. Raises :class:`~ldbu_desktop.faults.Cancelled`, when all that is done was handed out."""
        try:
            with self._turn:
                if not self._is_left:
                    self._run(progress, cancellation)
        finally:
            if self._is_left:
                self._end_aside()

    def _run(self, progress: Progress, cancellation: Cancellation) -> None:
        from ldbu_desktop.use_cases.validate import rest

        pieces = _Pieces(self._known() or self._begun(), progress, cancellation, self._tell)
        try:
            if self._aside is not None:
                try:
                    for checked in self._aside.rest(self.work.as_read):
                        pieces.add(checked)
                except FileFault:  # it has ended: what is left is checked here
                    pass
                self._aside = None
                pieces.tell()
            for checked in rest(self._known() or self._begun()):
                pieces.add(checked)
        finally:
            pieces.tell()

    def _known(self) -> Findings | None:
        """What is known by now, with what the window has not taken yet."""
        return self._last if self._told else self.work.found

    def _begun(self) -> Findings:
        """What is found in the files, while no family is checked."""
        from ldbu_desktop.use_cases.validate import begun

        work = self.work
        found = None
        if self._aside is not None:
            try:
                found = self._aside.begun(work.as_read, work.standard)
            except FileFault:
                self._aside = None
        found = found or begun(work.journal, work.standard, clock.today())
        self._hand_out(_Told({}, None, found))
        return found

    def _hand_out(self, told: _Told) -> None:
        self._last = told.after
        self._told.append(told)

    def _tell(self, checked: Mapping[str, FamilyFindings]) -> None:
        """Hand out what was found, with all worked out that the window asks for."""
        before = self._known()
        if before is not None:
            after = before.with_checked(checked)
            _ = after.counts, after.causes, after.rejected_count, after.unchecked_count
            self._hand_out(_Told(checked, before, after))


class _Pieces:
    """What was found since it was told last. It is told now and then, since the lists are worked out anew for that."""

    def __init__(
        self,
        found: Findings,
        progress: Progress,
        cancellation: Cancellation,
        tell: Callable[[Mapping[str, FamilyFindings]], None],
    ) -> None:
        self._done, self._total = len(found.by_family), len(found.by_family) + len(found.unchecked)
        self._progress, self._cancellation, self._tell = progress, cancellation, tell
        self._new: dict[str, FamilyFindings] = {}
        self._next = monotonic()

    def add(self, checked: Mapping[str, FamilyFindings]) -> None:
        """Take a piece. Raises :class:`~ldbu_desktop.faults.Cancelled`, when the piece is taken."""
        self._new.update(checked)
        self._done += len(checked)
        self._progress(Step(min(self._done, self._total), self._total, "family"))
        if monotonic() >= self._next:
            self.tell()
        self._cancellation.check()

    def tell(self) -> None:
        """Tell what was not told."""
        begin = monotonic()
        if self._new:
            self._tell(self._new)
            self._new = {}
        self._next = monotonic() + max(TELL_EVERY, TELL_SHARE * (monotonic() - begin))
