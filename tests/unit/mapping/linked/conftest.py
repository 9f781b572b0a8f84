"""Foreign tables written as text, the links that they are read by, and the journal that comes of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date

import pytest
from msgspec.structs import replace

from ldbu_desktop.journal.model import Journal, Observation, Visit
from ldbu_desktop.mapping.exports import ExportReader
from ldbu_desktop.mapping.links import (
    ColumnLink,
    Constant,
    Part,
    Proposal,
    State,
    Subject,
    TableLink,
    TableShape,
    Target,
    ValueLink,
)
from ldbu_desktop.sources.tables import Table
from ldbu_desktop.standard.catalogue import shipped_standard
from tests.unit.mapping.conftest import coming

CHILD_CPR = Target("citizen.cpr", Part.CPR, Subject.CHILD)
START = Target("visit.start", Part.START)
TYPE = Target("visit.type")
CLASS = Target("visit.class")
SOR = Target("citizen.organisation")
KEY = Target("visit.key", Part.KEY)
WEIGHT = Target("weight", Part.VALUE, Subject.CHILD, unit="g")
SLEEP = Target("sleep", Part.VALUE, Subject.CHILD)


@dataclass
class Sheet:
    """A sheet of one table: cells by ``|``, rows by line; what each column is taken for, and its texts."""

    text: str
    targets: list[Target | State | tuple[State, Target] | None]
    values: Iterable[tuple[int, str, str | None, str | State]] = ()
    shape: TableShape = TableShape.VISIT
    keys: tuple[int, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    header_rows: tuple[int, int] = (1, 1)
    sheet: str = "ark"
    file: str = "f.xlsx"
    is_hidden: bool = False

    def rows(self) -> list[list[str]]:
        return [[cell.strip() for cell in line.split("|")] for line in self.text.strip().splitlines()]

    def table_link(self) -> TableLink:
        constants = tuple(Constant(variable, value) for variable, value in self.constants.items())
        rows = len(self.rows()) - self.header_rows[1]
        return TableLink(self.file, self.sheet, self.header_rows, rows, self.shape, self.keys, constants=constants)

    def column_links(self) -> list[ColumnLink]:
        headers = self.rows()[self.header_rows[1] - 1]
        found = []
        for column, said in enumerate(self.targets):
            state, target = said if isinstance(said, tuple) else (State.SURE, said)
            if isinstance(target, State):
                state, target = target, None
            if target is None and state is State.SURE:
                state = State.UNMAPPED
            if column in self.keys and target == KEY:
                state = State.LEFT_OUT
            first = self.header_rows[0]
            found.append(ColumnLink(self.file, self.sheet, first, column, headers[column], state, target))
        return found

    def value_links(self) -> list[ValueLink]:
        """``(column, text, variable or None for that of the column, code)``; ``!reason`` is a reason, a state waits."""
        found = []
        by_column = {link.column: link.target for link in self.column_links()}
        for column, text, variable, code in self.values:
            target = by_column[column]
            link = ValueLink(
                self.file, self.sheet, self.header_rows[0], column, variable or (target.variable if target else ""),
                text, 1, code if isinstance(code, State) else State.SURE,
            )  # fmt: skip
            if not isinstance(code, State):
                is_reason = code.startswith("!")
                link = replace(link, missing=code[1:]) if is_reason else replace(link, code=code)
            found.append(link)
        return found


class Linked:
    """Reads sheets by their links."""

    def __init__(self) -> None:
        self._reader = ExportReader(shipped_standard(), date(2026, 11, 28))

    def proposal(self, *sheets: Sheet) -> Proposal:
        return Proposal(
            tuple(sheet.table_link() for sheet in sheets),
            tuple(link for sheet in sheets for link in sheet.column_links()),
            tuple(link for sheet in sheets for link in sheet.value_links()),
        )

    def read(self, *sheets: Sheet, proposal: Proposal | None = None) -> Journal:
        """The journal of sheets, which is the same whether their rows come one by one or together."""
        journal = self._read(proposal or self.proposal(*sheets), 0, *sheets)
        for together in (1, 3):
            assert self._read(proposal or self.proposal(*sheets), together, *sheets) == journal
        return journal

    def _read(self, proposal: Proposal, together: int, *sheets: Sheet) -> Journal:
        def opened() -> nullcontext[list[Table]]:
            tables = []
            for file, name in dict.fromkeys((sheet.file, sheet.sheet) for sheet in sheets):
                table = Table(file, name, iter(()), is_hidden=any(each.is_hidden for each in sheets))
                rows = [row for each in sheets if (each.file, each.sheet) == (file, name) for row in each.rows()]
                table.rows = coming(list(self._counted(rows, table)), together)
                tables.append(table)
            return nullcontext(tables)

        journal = self._reader.read(opened, proposal)
        assert journal is not None
        return journal

    @staticmethod
    def _counted(rows: list[list[str]], table: Table) -> Iterator[tuple[int, list[str]]]:
        for number, cells in enumerate(rows, start=1):
            if any(cells):
                table.count(sum(map(bool, cells)))
            yield number, list(cells)

    @staticmethod
    def visits(journal: Journal) -> list[Visit]:
        return [visit for family in journal.families for visit in family.visits]

    def observations(self, journal: Journal) -> list[Observation]:
        return [one for visit in self.visits(journal) for one in visit.observations]

    @staticmethod
    def codes(journal: Journal) -> list[str]:
        return [note.code for note in journal.notes]


@pytest.fixture(scope="session")
def linked() -> Linked:
    """Reads foreign sheets that are written as text."""
    return Linked()
