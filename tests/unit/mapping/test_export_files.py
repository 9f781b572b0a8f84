"""Files of tables as they are read: how far the reading is, by the bytes that are read of those that there are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ldbu_desktop.mapping.export_files import ExportFiles
from ldbu_desktop.mapping.files_read import FilesRead
from ldbu_desktop.sources.delimited import read_delimited
from ldbu_desktop.sources.found import FileType, FoundFile, Left
from ldbu_desktop.sources.reader import Reader
from ldbu_desktop.sources.tables import Table
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.work import Cancellation, Step

TEXT = b"borger_id;cpr;rolle\nB1;050520-9996;barn\n"


class Opened(Reader):
    """A reader whose text was opened before it was moved away, or whatever became of it."""

    @contextmanager
    def tables(self, found: FoundFile) -> Iterator[list[Table]]:
        """The text as a table."""
        yield [read_delimited(TEXT, found.name)]


@pytest.mark.parametrize(("packed", "is_there", "share"), [(None, True, 1.0), (None, False, None), (TEXT, False, 1.0)])
def test_how_far_the_reading_is_is_told_where_it_can_be(
    packed: bytes | None, is_there: bool, share: float | None, tmp_path: Path
) -> None:
    path = tmp_path / "Borgere.csv"
    if is_there:
        path.write_bytes(TEXT)
    steps: list[Step] = []
    with Opened() as reader:
        files = ExportFiles(shipped_standard(), reader, FilesRead(), steps.append, Cancellation())
        files.add(FoundFile(path.name, FileType.DELIMITED, "", path, Left.NAMED, packed))
        (journal,) = files.journals()
    assert [citizen.key for family in journal.families for citizen in family.citizens] == ["B1"]
    assert {step.share for step in steps} == {share}
