"""Tables as a file would hold them, and the journal that they are read into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from itertools import groupby

import pytest
from msgspec.structs import replace

from ldbu_desktop.journal.model import Journal, Observation
from ldbu_desktop.mapping.exports import ExportReader
from ldbu_desktop.mapping.merging import merged
from ldbu_desktop.sources.rows import RowGroup, TableRows
from ldbu_desktop.sources.tables import Row, Table
from ldbu_desktop.standard.catalogue import shipped_standard

CITIZENS = """
borger_id | cpr         | rolle    | barn | sor          | aktiv
B1        | 050520-9996 | barn     |      | 451000016003 | ja
F1        | 2911829996  | forælder | B1   | 451000016003 |
"""
VISITS = """
kontakt_id | borger_id | kontakttype      | kontaktform | status | start            | slut             | skole
K1         | B1        | Etableringsbesøg | HH          |        | 20-05-2020 12:45 | 20-05-2020 13:30 |
"""


def coming(rows: Sequence[Row], together: int) -> Iterator[Row]:
    """Rows one by one, or so many ``together`` as long as they are of one width."""
    copied = ((number, list(cells)) for number, cells in rows)
    if not together:
        return copied
    of_width = (list(each) for _, each in groupby(copied, lambda row: len(row[1])))
    groups = (each[at : at + together] for each in of_width for at in range(0, len(each), together))
    return TableRows(RowGroup.of(each) if each[0][1] else each for each in groups)


class Exported:
    """Reads sheets that are written as text: cells by ``|``, rows by line."""

    def __init__(self) -> None:
        self._reader = ExportReader(shipped_standard(), date(2026, 11, 28))

    def rows(self, text: str) -> list[list[str]]:
        return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]

    def table(self, sheet: str, rows: Sequence[Sequence[str]], file: str = "f.xlsx", is_hidden: bool = False) -> Table:
        numbered = [(at, list(row)) for at, row in enumerate(rows, start=1)]
        return Table(file, sheet, iter(numbered), is_hidden=is_hidden)

    def tables(self, *tables: Table) -> Journal:
        """The journal of tables, which may be opened several times."""
        journal = self.read_or_none(*tables)
        assert journal is not None
        return merged([journal], ())

    def read_or_none(self, *tables: Table, together: int = 0) -> Journal | None:
        """The journal of tables; None where no shape is known in them.

        Rows come one by one, or so many ``together`` as long as they are of one width.
        """
        rows = [list(table.rows) for table in tables]

        def opened() -> AbstractContextManager[list[Table]]:
            return nullcontext(
                [
                    replace(table, rows=coming(each, together), remarks=[*table.remarks])
                    for table, each in zip(tables, rows, strict=True)
                ]
            )

        return self._reader.read(opened)

    def beside_a_visit(self, *tables: Table) -> Journal:
        """The journal of tables beside a visit of nobody, so that the export is not one without any."""
        return self.tables(
            *tables,
            self.table(
                "Kontakter",
                [["kontakt_id", "borger_id", "kontakttype", "kontaktform", "start"], ["K0", "", "2-months", "HH", ""]],
            ),
        )

    def family(self, **sheets: str) -> Journal:
        """A journal with the child B1, the parent F1, the visit K1, and ``sheets`` beside or instead."""
        texts = {"Borgere": CITIZENS, "Kontakter": VISITS} | sheets
        return self.tables(*(self.table(name, self.rows(text)) for name, text in texts.items() if text))

    def wide(self, text: str, file: str = "f.csv") -> Journal:
        return self.tables(self.table("f", self.rows(text), file))

    @staticmethod
    def codes(read: Journal) -> list[str]:
        return [note.code for note in read.notes]

    @staticmethod
    def observations(read: Journal) -> list[Observation]:
        return [found for family in read.families for visit in family.visits for found in visit.observations]


@pytest.fixture(scope="session")
def exported() -> Exported:
    """Reads tables that are written as text."""
    return Exported()
