"""Every cell with something in it is in the journal, or is told as not read: over tables of all shapes, tidy or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.account import Account, Amount, joined
from ldbu_desktop.journal.model import Entry, Journal, Origin
from ldbu_desktop.mapping.layout import long_sheets, wide_sheet
from ldbu_desktop.sources.tables import Table

if TYPE_CHECKING:
    from conftest import Exported

Rows = list[list[str]]

KEYS = ("K1", "K2", "K3", "B1", "B2", "F1")
TEXTS = (
    "", "", "", *KEYS, "barn", "forælder", "2-months", "Etableringsbesøg", "HH", "Hjemmebesøg", "Vægt", "Søvn", "EPDS",
    "1humor", "score", "050520-9996", "505159995", "2911829996", "451000016003", "08-05-2020", "5/8/2020", "13/05/2020",
    "43956", "140522", "3.350", "4.120", "5,25", "g", "kg", "ja", "I alt", "vrøvl", "to ord", " ", "K1;K2",
)  # fmt: skip
WIDE_HEADERS = (
    "Vægt", "Vægt enhed", "Søvn", "Søvn årsag", "EPDS score", "EPDS kilde", "Forælder 1 id", "Forælder 1 CPR",
)  # fmt: skip
TITLES = ("Udtræk fra journalen", "Side 1 af 2", "Note: kun april")


def _headers() -> st.SearchStrategy[list[str]]:
    shapes = [[column.header for column in sheet.columns] for sheet in (*long_sheets(), wide_sheet())]
    shapes[-1] += [
        "Vægt",
        "Vægt enhed",
        "Søvn",
        "Søvn årsag",
        "EPDS score",
        "EPDS kilde",
        "Forælder 1 id",
        "Forælder 1 CPR",
    ]
    strange = st.lists(st.sampled_from(["Farve", "", "start"]), max_size=2)
    return st.tuples(st.sampled_from(shapes), strange).map(lambda both: [*both[0], *both[1]])


@st.composite
def _sheet(draw: st.DrawFn) -> Rows:
    rows: Rows = [[draw(st.sampled_from(TITLES))] for _ in range(draw(st.integers(0, 2)))]
    for _ in range(draw(st.integers(1, 2))):
        headers = draw(_headers())
        rows.append(headers)
        width = st.integers(1, len(headers) + 2)
        for _ in range(draw(st.integers(0, 4))):
            rows.append(
                draw(width.flatmap(lambda cells: st.lists(st.sampled_from(TEXTS), min_size=cells, max_size=cells)))
            )
        if draw(st.booleans()):
            rows.append([*headers])
    return [row for row in rows if any(cell.strip() for cell in row)]


def _entries(value: Any, origin: Origin) -> Iterator[tuple[Origin, Entry[Any]]]:
    """Every entry of a record and of those within it, with the row that it was read in."""
    if isinstance(value, Entry):
        yield origin, value
    elif isinstance(value, tuple):
        for each in value:
            yield from _entries(each, origin)
    elif isinstance(value, msgspec.Struct):
        origin = getattr(value, "origin", origin)
        for name in value.__struct_fields__:
            yield from _entries(getattr(value, name), origin)


def _texts_in(journal: Journal) -> set[str]:
    """Every text that the journal still knows, parted where a cell holds several."""
    texts = set()
    for _, entry in _entries(journal.families, Origin()):
        texts.add(entry.raw.strip())
        if isinstance(entry.value, str):
            texts.add(entry.value)
    for family in journal.families:
        records = (*family.citizens, *family.visits, *family.unplaced)
        for visit in family.visits:
            records += (*visit.observations, *visit.interventions, *visit.responses)
        texts |= {record.key.partition(" (")[0] for record in records}
    return texts


def _counted(sheet: str, rows: Rows) -> Table:
    table = Table("f.csv", sheet, iter([(number, [*row]) for number, row in enumerate(rows, start=1)]))
    for row in rows:
        table.count(sum(1 for cell in row if cell.strip()))
    return table


def _read(exported: Exported, sheets: Sequence[Rows], together: int = 0) -> Journal | None:
    tables = (_counted(f"Ark{number}", rows) for number, rows in enumerate(sheets))
    return exported.read_or_none(*tables, together=together)


@given(st.lists(_sheet(), min_size=1, max_size=3), st.integers(1, 5))
def test_rows_that_come_together_say_what_they_say_one_by_one(
    exported: Exported, sheets: list[Rows], together: int
) -> None:
    one_by_one, read = _read(exported, sheets), _read(exported, sheets, together)
    if one_by_one is None or read is None:
        assert one_by_one is read
        return
    assert _told(read) == _told(one_by_one)
    assert read.families == one_by_one.families


def _told(journal: Journal) -> tuple[Amount, list[str], list[str]]:
    """What is told of the reading, in whichever order."""
    account = journal.account
    return account.found, sorted(map(repr, account.not_read)), sorted(map(repr, journal.notes))


@given(st.lists(_sheet(), min_size=1, max_size=3))
def test_what_is_in_comes_out_or_is_told(exported: Exported, sheets: list[Rows]) -> None:
    journal = _read(exported, sheets)
    if journal is None:
        return
    account = journal.account
    assert account.found == Amount(rows=sum(map(len, sheets)), cells=sum(_filled(rows) for rows in sheets))
    assert 0 <= account.left_out.cells <= account.found.cells
    assert 0 <= account.left_out.rows <= account.found.rows
    told = {note.code for note in journal.notes} | {"record-unplaced"}
    assert {each.code for each in account.not_read} <= told
    known = _texts_in(journal)
    lost = Counter(
        cell.strip()
        for rows in sheets
        for row in rows
        for cell in row
        if cell.strip() and not _is_known(cell.strip(), known)
    )
    headers_unread = account.left_out.cells
    assert sum(lost.values()) <= headers_unread, lost


def _filled(rows: Rows) -> int:
    return sum(1 for row in rows for cell in row if cell.strip())


SHEETS = (*long_sheets(), wide_sheet())
HEADERS = frozenset((*WIDE_HEADERS, *(column.header for sheet in SHEETS for column in sheet.columns)))
ROLES = frozenset(("barn", "forælder"))


def _is_known(text: str, known: set[str]) -> bool:
    """Whether a text is in the journal, or did its work: a header, a role, a part of what is parted by semicolons."""
    return text in HEADERS | ROLES | known or all(part.strip() in known for part in text.split(";"))


def test_accounts_of_several_tables_are_joined(exported: Exported) -> None:
    rows = exported.rows("kontakt_id|borger_id|kontakttype|kontaktform|start|Farve\nK1|B1|2-months|HH|1-2-2020|rød")
    journal = _read(exported, [rows, [["Husk", "at", "ringe"]]])
    assert journal is not None
    assert journal.account.found == Amount(rows=3, cells=15)
    assert [(each.code, each.amount.cells, each.column) for each in journal.account.not_read] == [
        ("file-sheet-unknown", 3, -1),
        ("file-header-unknown", 2, 5),
    ]
    assert joined([journal.account, Account()]).read == Amount(rows=2, cells=10)
