"""What the process beside a window (:mod:`~ldbu_desktop.use_cases.aside`) does: it loads, checks, tells in pieces."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from datetime import date
from functools import partial
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import NamedTuple, TypeVar, cast

from msgspec.structs import replace

from ldbu_desktop.faults import Fault
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.mapping.exports import Opened
from ldbu_desktop.mapping.links import Proposal
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.first_findings import first_findings
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.map_read import WaitingError, read_known, read_with
from ldbu_desktop.use_cases.validate import begun, rest
from ldbu_desktop.work import Cancellation, GoesOn, Progress, Step

STOP = b"stop"
"""Asks, with whatever is asked for next, to read no further."""

_FAMILIES, _JUDGED = 3, 12
"""Families, and those of which only the findings travel, in a piece: it is taken in within a millisecond."""

_TOGETHER = 32
"""Pieces that travel together."""

LOOK_EVERY = 0.1
"""Seconds between two looks at how far the work is."""

_WITHOUT_FIRST_ROWS = frozenset((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".zip", ".json", ".ndjson"))
"""What has no first rows: a sheet is there when all of it is unpacked, and reports are no rows."""

Found = TypeVar("Found")


class Asked(NamedTuple):
    """What is to be loaded: files, by which standard, and what they are taken for where that was decided."""

    paths: tuple[Path, ...]
    standard: Standard
    proposal: Proposal | None
    today: date


def sent(value: object) -> bytes:
    """A value as processes of ours send them to each other; none of them reads a file itself."""
    return bytes(ForkingPickler.dumps(value))


def told(asked: bytes) -> Generator[bytes, bytes, bytes]:
    """What is found in the first rows, the journal of files and its findings, in pieces, with steps in between."""
    of: Asked = ForkingPickler.loads(asked)
    standard, stop = of.standard, Event()
    if (first := _first_of(of)) is not None and (yield first) == STOP:
        stop.set()
    journal = yield from _steps(partial(_loaded, of, lambda _rows: not stop.is_set()), stop)
    if not isinstance(journal, Journal):
        return sent(journal)
    yield sent(replace(journal, families=()))
    yield from _in_pieces(journal.families, _FAMILIES)
    yield sent(())
    findings = begun(journal, standard, of.today)
    yield sent(findings.about_files)
    for piece in rest(findings):
        found = [(key, [each[1:] for each in family.judged]) for key, family in piece.items()]
        yield sent(_pieces(found, _JUDGED))
    return sent(())


def _first_of(of: Asked) -> bytes | None:
    """What is found in the first rows; None where there are none, or what they are is not known yet."""

    def read(goes_on: GoesOn) -> Journal:
        if of.proposal is not None:
            return read_with(of.paths, of.standard, of.proposal, goes_on=goes_on)
        return load(of.paths, of.standard, links_of=_nobody_knows, goes_on=goes_on)

    try:
        files = [file for path in of.paths for file in (path.iterdir() if path.is_dir() else (path,))]
        if any(file.suffix.casefold() in _WITHOUT_FIRST_ROWS for file in files):
            return None
        return sent(first_findings(read, of.standard, of.today))
    except (Fault, WaitingError, OSError):  # told, or asked, when all is read
        return None


def _nobody_knows(opened: Opened) -> Proposal:
    """Foreign tables are known when all of them is looked at."""
    raise WaitingError(Proposal((), (), ()))


def _loaded(of: Asked, goes_on: GoesOn, progress: Progress, cancellation: Cancellation) -> Journal | Proposal:
    if of.proposal is not None:
        return read_with(of.paths, of.standard, of.proposal, progress, cancellation, goes_on)
    try:
        return read_known(of.paths, of.standard, progress, cancellation, goes_on)
    except WaitingError as waiting:
        return waiting.proposal


def _in_pieces(items: Sequence[object], count: int) -> Generator[bytes, bytes, None]:
    """Lists of so many, and many of them at a time: each way between processes takes as long as many pieces."""
    for start in range(0, len(items), count * _TOGETHER):
        yield sent(_pieces(items[start : start + count * _TOGETHER], count))


def _pieces(items: Sequence[object], count: int) -> list[bytes]:
    """Lists of so many, each to be taken in by itself."""
    return [sent(items[start : start + count]) for start in range(0, len(items), count)]


def _steps(work: Callable[[Progress, Cancellation], Found], stop: Event) -> Generator[bytes, bytes, Found]:
    """What work gives, with its last step now and then; ``stop`` is set when that is asked. Raises what it raises."""
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
            if (yield sent(steps[0] if steps else Step(0, None, "row"))) == STOP:
                stop.set()
            continue
        if error is not None:
            raise error
        return cast(Found, found)
