"""The window's side: the process is begun, and what it tells is taken in piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import Any, cast

from msgspec.structs import replace

from ldbu_desktop import clock
from ldbu_desktop.aside.messages import STOP, Asked, sent
from ldbu_desktop.findings.run import JudgedFamily
from ldbu_desktop.findings.summary import FamilyFindings, Findings
from ldbu_desktop.journal.family_identity import families_by_key
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.mapping.links import Proposal
from ldbu_desktop.sandbox.sandbox import Sandbox
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.first_findings import FirstFindings
from ldbu_desktop.use_cases.opening import opened
from ldbu_desktop.use_cases.validate import begun
from ldbu_desktop.work import Cancellation, Progress, Step, no_progress
from ldbu_desktop.workspace.workspace import Workspace

LARGE = 192 * 1024
"""Bytes of files from which the window would be held up; a workbook of so many holds some 800 visits."""


def is_large(paths: Sequence[Path]) -> bool:
    """Whether files take so long that they are better read aside. What a folder holds is not known before."""
    size = 0
    for path in paths:
        try:
            size += LARGE if path.is_dir() else path.stat().st_size
        except (OSError, ValueError):
            continue
    return size >= LARGE


class Aside:
    """What another process loads and checks: its journal is taken first, and then its findings, piece by piece.

    It checks a piece ahead, and waits where no piece is taken. ``first`` hears what is found in the first rows.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        standard: Standard,
        proposal: Proposal | None = None,
        first: Callable[[FirstFindings], object] = lambda _: None,
    ) -> None:
        self._today = clock.today()
        self._first, self._answer, self._has_rows = first, b"", False
        self._sandbox = Sandbox(is_confined=False)
        asked = sent(Asked(tuple(paths), standard, proposal, self._today))
        self._stream = self._sandbox.begin("ldbu_desktop.aside.process:told", paths[0].name, 0, asked)

    @property
    def can_stop(self) -> bool:
        """Whether something is read by now, which stays where reading is stopped, and that was not asked before."""
        return self._has_rows and not self._answer

    def stop_reading(self) -> bool:
        """Have the journal be what is read by now, from any thread; False where that is nothing or was asked before."""
        if not self.can_stop:
            return False
        self._answer = STOP
        return True

    def journal(self, progress: Progress, cancellation: Cancellation) -> Journal | Proposal:
        """The journal, or what the files are taken for where something of that waits for an answer.

        Raises as reading them does.
        """
        with self._ending():
            first = self._next(progress, cancellation)
            if not isinstance(first, Journal):
                return cast(Proposal, first)
            return replace(first, families=tuple(self._all(progress, cancellation)))

    def begun(self, journal: Journal, standard: Standard) -> Findings:
        """What is found in the files of the journal that was taken, while none of its families is checked.

        Raises :class:`FileFault` where the process has ended, as :meth:`rest` does.
        """
        with self._ending():
            about_files = self._next(no_progress, Cancellation())
        return begun(journal, standard, self._today, about_files)

    def rest(self, journal: Journal) -> Iterator[Mapping[str, FamilyFindings]]:
        """What is found in the families of the journal that was taken, from the piece on that was not taken yet."""
        families = families_by_key(journal)
        with self._ending():
            while pieces := self._next(no_progress, Cancellation()):
                found: dict[str, FamilyFindings] = {}
                for piece in pieces:
                    for key, judged in ForkingPickler.loads(piece):
                        of_key = zip(families[key], judged, strict=True)
                        found[key] = FamilyFindings(tuple(JudgedFamily(family, *each) for family, each in of_key))
                yield found
        self.end()

    def end(self) -> None:
        """Give up what is not taken yet."""
        self._sandbox.end()

    @contextmanager
    def _ending(self) -> Iterator[None]:
        """A fault ends all; whoever takes no more may go on later."""
        try:
            yield
        except Exception:
            self.end()
            raise

    def _all(self, progress: Progress, cancellation: Cancellation) -> Iterator[Any]:
        """What comes in pieces, each taken in by itself: the window has its turn between two."""
        while pieces := self._next(progress, cancellation):
            for piece in pieces:
                yield from ForkingPickler.loads(piece)

    def _next(self, progress: Progress, cancellation: Cancellation) -> Any:
        """What is told next that is neither a step nor what was found first."""
        while True:
            cancellation.check()
            reply = self._stream.take()
            told = ForkingPickler.loads(reply.data)
            if isinstance(told, Step):
                self._has_rows = self._has_rows or told.done > 0
                progress(told)
            elif isinstance(told, FirstFindings):
                self._has_rows = True
                self._first(told)
            if not reply.is_last:
                self._stream.ask(self._answer)
            if not isinstance(told, Step | FirstFindings):
                return told


def open_aside(
    standard: Standard, aside: Aside, paths: Sequence[Path], progress: Progress, cancellation: Cancellation
) -> Workspace | Proposal:
    """What another process loads, not checked yet; else what the files are taken for. Raises as reading them does."""
    found = aside.journal(progress, cancellation)
    return opened(standard, found, paths) if isinstance(found, Journal) else found
