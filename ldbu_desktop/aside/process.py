"""What the process does: it loads, checks and tells in pieces."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from functools import partial
from itertools import islice
from multiprocessing.reduction import ForkingPickler
from threading import Event

from msgspec.structs import replace

from ldbu_desktop.aside.messages import STOP, Asked, in_pieces, pieces, sent
from ldbu_desktop.aside.precedence import give_way
from ldbu_desktop.aside.stepping import with_steps
from ldbu_desktop.faults import Fault
from ldbu_desktop.journal.model import Family, Journal
from ldbu_desktop.mapping.links import Proposal
from ldbu_desktop.use_cases.first_findings import first_findings
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.map_links import remembered_links
from ldbu_desktop.use_cases.map_read import WaitingError, read_known, read_with, where_known
from ldbu_desktop.use_cases.validate import begun, rest
from ldbu_desktop.work import Cancellation, GoesOn, Progress

VISITS_TOGETHER = 50
"""Visits in a piece, with the families that they are of: taken in within a millisecond. Of smaller pieces the journal
would be larger, since each has its own of what others have too."""

_JUDGED = 12
"""Families in a piece of findings."""

_WITHOUT_FIRST_ROWS = frozenset((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".zip", ".json", ".ndjson"))
"""What has no first rows: a sheet is there when all of it is unpacked, and reports are no rows."""

_FEW = 20
"""Of how many files first rows are read: nothing is told while they are found and opened, and nothing is asked."""


def told(asked: bytes) -> Generator[bytes, bytes, bytes]:
    """What is found in the first rows, the journal of files and its findings, in pieces, with steps in between."""
    of: Asked = ForkingPickler.loads(asked)
    standard, stop = of.standard, Event()
    if (first := _first_of(of)) is not None and (yield first) == STOP:
        stop.set()
    give_way()  # the first findings are waited for
    journal = yield from with_steps(partial(_loaded, of, lambda _rows: not stop.is_set()), stop)
    if not isinstance(journal, Journal):
        return sent(journal)
    yield sent(replace(journal, families=()))
    yield from in_pieces(_groups(journal.families))
    yield sent(())
    findings = begun(journal, standard, of.today)
    yield sent(findings.about_files)
    for piece in rest(findings):
        found = [(key, [each[1:] for each in family.judged]) for key, family in piece.items()]
        yield sent(pieces(found, _JUDGED))
    return sent(())


def _groups(families: Iterable[Family]) -> Iterator[list[Family]]:
    """Families with few visits together."""
    group: list[Family] = []
    visits = 0
    for family in families:
        group.append(family)
        visits += len(family.visits)
        if visits >= VISITS_TOGETHER:
            yield group
            group, visits = [], 0
    if group:
        yield group


def _first_of(of: Asked) -> bytes | None:
    """What is found in the first rows; None where there are none, or what they are is not known yet."""

    def read(goes_on: GoesOn) -> Journal:
        if of.proposal is not None:
            return read_with(of.paths, of.standard, of.proposal, goes_on=goes_on, is_glance=True)
        links_of = where_known(remembered_links(of.standard))  # by the first rows alone
        return load(of.paths, of.standard, links_of=links_of, goes_on=goes_on, is_glance=True)

    try:
        named = (file for path in of.paths for file in (path.iterdir() if path.is_dir() else (path,)))
        files = list(islice(named, _FEW + 1))
        if len(files) > _FEW or any(file.is_dir() for file in files):
            return None
        if any(file.suffix.casefold() in _WITHOUT_FIRST_ROWS for file in files):
            return None
        return sent(first_findings(read, of.standard, of.today))
    except (Fault, WaitingError, OSError):  # told, or asked, when all is read
        return None


def _loaded(of: Asked, goes_on: GoesOn, progress: Progress, cancellation: Cancellation) -> Journal | Proposal:
    if of.proposal is not None:
        return read_with(of.paths, of.standard, of.proposal, progress, cancellation, goes_on)
    try:
        return read_known(of.paths, of.standard, progress, cancellation, goes_on)
    except WaitingError as waiting:
        return waiting.proposal
