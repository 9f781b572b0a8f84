"""First rows: the beginning of a table as its file has it, to look at before anything of it is read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path

from ldbu_desktop.mapping.export_files import TABLES
from ldbu_desktop.mapping.links import TableLink
from ldbu_desktop.sources.found import FoundFile
from ldbu_desktop.sources.reader import Reader
from ldbu_desktop.sources.tables import Row
from ldbu_desktop.work import Cancellation


def first_rows(paths: Sequence[Path], link: TableLink, count: int, cancellation: Cancellation) -> list[Row]:
    """The rows of a table's sheet from the first of the file to ``count`` rows below its headers.

    None where the file is no longer there or has no such sheet. Raises :class:`~ldbu_desktop.faults.FileFault` for one
    that can't be read, and :class:`~ldbu_desktop.faults.Cancelled`.
    """
    last = link.header_rows[1] + count
    with Reader() as reader:
        for found in reader.files(paths):
            cancellation.check()
            if isinstance(found, FoundFile) and found.name == link.file and found.kind in TABLES:
                with reader.tables(found) as tables:
                    for table in tables:
                        if table.sheet == link.sheet:
                            return list(takewhile(lambda row: row[0] <= last, table.rows))
    return []
