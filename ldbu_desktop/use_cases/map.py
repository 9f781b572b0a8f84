"""Map: what the columns and values of any export are taken for, before anything of it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from ldbu_desktop.faults import FileFault
from ldbu_desktop.journal.many_values import without_collector
from ldbu_desktop.mapping.export_files import TABLES
from ldbu_desktop.mapping.links import Layouts, Proposal, Targets
from ldbu_desktop.mapping.proposing.proposer import Proposer
from ldbu_desktop.sources.found import FoundFile, Left, Unread
from ldbu_desktop.sources.reader import Reader
from ldbu_desktop.sources.tables import Row
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.work import Cancellation, Progress, Step, no_progress

_ROWS_A_STEP = 1000


def propose(
    paths: Sequence[Path],
    standard: Standard,
    today: date,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
    layouts: Layouts = MappingProxyType({}),
    targets: Targets = MappingProxyType({}),
) -> Proposal:
    """What the tables of ``paths`` are taken for together, laid out as ``layouts`` say, and their columns read as
    ``targets`` say. Progress counts rows.

    Raises :class:`~ldbu_desktop.faults.FileFault` for a file that was named and can't be read, and where no table is
    found at all, and :class:`~ldbu_desktop.faults.Cancelled`.
    """
    cancellation = cancellation or Cancellation()
    proposer = Proposer(standard, today, layouts, targets)
    counted = _Counted(progress, cancellation)
    first: FileFault | None = None
    with without_collector(), Reader() as reader:
        for found in reader.files(paths):
            cancellation.check()
            if isinstance(found, Unread):
                if found.left is Left.NAMED:
                    raise found.fault
                first = first or found.fault
            elif found.kind in TABLES:
                _add(reader, found, proposer, counted)
            else:
                first = first or FileFault("map-of-report", file=found.name)
        proposal = proposer.proposal()
    if not proposal.tables:
        raise first or FileFault("file-no-known-table", file=", ".join(path.name for path in paths))
    return proposal


def _add(reader: Reader, found: FoundFile, proposer: Proposer, counted: _Counted) -> None:
    with reader.tables(found) as tables:
        for table in tables:
            table.rows = counted.rows(table.rows)
            proposer.add(table)


class _Counted:
    """Rows that are told to whoever waits, and can be stopped between."""

    def __init__(self, progress: Progress, cancellation: Cancellation) -> None:
        self._progress, self._cancellation = progress, cancellation
        self._rows = 0

    def rows(self, rows: Iterator[Row]) -> Iterator[Row]:
        """The same rows, counted."""
        while step := list(islice(rows, _ROWS_A_STEP)):
            self._rows += len(step)
            self._progress(Step(self._rows, None, "row"))
            self._cancellation.check()
            yield from step
