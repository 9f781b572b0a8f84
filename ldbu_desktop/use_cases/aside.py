"""Large files are loaded and checked aside: in a process of their own, while a window answers.

The interpreter lets one thread run at a time: work in another thread of the window's process would halt the window
whenever the system lets somebody else go first. So only what was found comes here, in pieces that take a millisecond.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, NamedTuple, TypeVar, cast

from msgspec.structs import replace

from ldbu_desktop.findings.run import JudgedFamily
from ldbu_desktop.findings.summary import FamilyFindings, Findings
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.mapping.links import Proposal
from ldbu_desktop.sandbox.sandbox import Sandbox
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.map_read import WaitingError, read_known, read_with
from ldbu_desktop.use_cases.validate import begun, families_by_key, rest
from ldbu_desktop.work import Cancellation, Progress, Step, no_progress

LARGE = 192 * 1024
"""Bytes of files from which the window would be held up; a workbook of so many holds some 800 visits."""

_FAMILIES, _JUDGED = 3, 12
"""Families, and those of which only the findings travel, in a piece: it is taken in within a millisecond."""

_TOGETHER = 32
"""Pieces that travel together."""

LOOK_EVERY = 0.1
"""Seconds between two looks at how far the work is."""

Found = TypeVar("Found")


class _Asked(NamedTuple):
    """What is to be loaded: files, by which standard, and what they are taken for where that was decided."""

    paths: tuple[Path, ...]
    standard: Standard
    proposal: Proposal | None
    today: date


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

    It checks a piece ahead, and waits where no piece is taken.
    """

    def __init__(self, paths: Sequence[Path], standard: Standard, proposal: Proposal | None = None) -> None:
        self._today = date.today()
        self._sandbox = Sandbox(is_confined=False)
        asked = _sent(_Asked(tuple(paths), standard, proposal, self._today))
        self._stream = self._sandbox.begin(f"{__name__}:told", paths[0].name, 0, asked)

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
        """What is told next that is no step."""
        while True:
            cancellation.check()
            reply = self._stream.take()
            if not reply.is_last:
                self._stream.ask()
            told = ForkingPickler.loads(reply.data)
            if not isinstance(told, Step):
                return told
            progress(told)


def _sent(value: object) -> bytes:
    """A value as processes of ours send them to each other; none of them reads a file itself."""
    return bytes(ForkingPickler.dumps(value))


# --- in the other process ---------------------------------------------------------------------------------------------


def told(asked: bytes) -> Generator[bytes, bytes, bytes]:
    """The journal of files and then its findings, in pieces, with steps in between: see :class:`Aside`."""
    of: _Asked = ForkingPickler.loads(asked)
    standard = of.standard
    journal = yield from _steps(partial(_loaded, of, standard))
    if not isinstance(journal, Journal):
        return _sent(journal)
    yield _sent(replace(journal, families=()))
    yield from _in_pieces(journal.families, _FAMILIES)
    yield _sent(())
    findings = begun(journal, standard, of.today)
    yield _sent(findings.about_files)
    for piece in rest(findings):
        found = [(key, [each[1:] for each in family.judged]) for key, family in piece.items()]
        yield _sent(_pieces(found, _JUDGED))
    return _sent(())


def _loaded(of: _Asked, standard: Standard, progress: Progress, cancellation: Cancellation) -> Journal | Proposal:
    if of.proposal is not None:
        return read_with(of.paths, standard, of.proposal, progress, cancellation)
    try:
        return read_known(of.paths, standard, progress, cancellation)
    except WaitingError as waiting:
        return waiting.proposal


def _in_pieces(items: Sequence[object], count: int) -> Generator[bytes, bytes, None]:
    """Lists of so many, and many of them at a time: each way between processes takes as long as many pieces."""
    for start in range(0, len(items), count * _TOGETHER):
        yield _sent(_pieces(items[start : start + count * _TOGETHER], count))


def _pieces(items: Sequence[object], count: int) -> list[bytes]:
    """Lists of so many, each to be taken in by itself."""
    return [_sent(items[start : start + count]) for start in range(0, len(items), count)]


def _steps(work: Callable[[Progress, Cancellation], Found]) -> Generator[bytes, bytes, Found]:
    """What work gives, with its last step now and then. Raises what it raises."""
    steps: list[Step] = []
    given: SimpleQueue[tuple[Found | None, Exception | None]] = SimpleQueue()

    def run() -> None:
        try:
            given.put((work(lambda step: steps.__setitem__(slice(None), [step]), Cancellation()), None))
        except Exception as error:  # raised where it is waited for
            given.put((None, error))

    Thread(target=run, daemon=True).start()
    while True:
        try:
            found, error = given.get(timeout=LOOK_EVERY)
        except Empty:
            yield _sent(steps[0] if steps else Step(0, None, "row"))
            continue
        if error is not None:
            raise error
        return cast(Found, found)
