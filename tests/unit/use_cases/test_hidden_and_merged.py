"""Workbooks with merged cells and hidden rows, columns and sheets: all is read as if it was shown, and it is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from ldbu_desktop.account import Amount
from ldbu_desktop.journal.model import Journal, Origin
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.load import load
from tests.other_workbooks import Look, ods_bytes, places, xls_bytes, xlsb_bytes

STANDARD = shipped_standard()
HEADERS = ["kontakt_id", "barn_cpr", "sor", "kontakttype", "kontaktform", "start", "Vægt", "Vægt enhed", "Farve"]
VISIT = ["K1", "050520-9996", "451000016003", "Barselsbesøg", "Hjemmebesøg", "08-05-2020 10:30", "3350", "g", "rød"]
Rows = Sequence[Sequence[str]]
Sheets = dict[str, Rows]
PLAIN = Look()


def xlsx_bytes(sheets: Sheets, hidden: Sequence[str], look: Look) -> bytes:
    """A workbook as Excel writes it, with what merged cells cover kept."""
    book = Workbook()
    for number, (name, rows) in enumerate(sheets.items()):
        page = book.active if number == 0 else book.create_sheet()
        page.title, page.sheet_state = name, "hidden" if name in hidden else "visible"
        for row, cells in enumerate(rows, start=1):
            for column, text in enumerate(cells, start=1):
                page.cell(row, column, text or None)
        for row in look.hidden_rows:
            page.row_dimensions[row + 1].hidden = True
        for column in look.hidden_columns:
            page.column_dimensions[get_column_letter(column + 1)].hidden = True
        for top, bottom, left, right in look.merged:
            page.merged_cells.add(CellRange(None, left + 1, top + 1, right + 1, bottom + 1))
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def other(
    write: Callable[..., bytes],
) -> Callable[[Sheets, Sequence[str], Look], bytes]:
    def bytes_of(sheets: Sheets, hidden: Sequence[str], look: Look) -> bytes:
        cells = {name: {at: text for at, text in places(rows).items() if text} for name, rows in sheets.items()}
        return write(cells, hidden=hidden, look=look)

    return bytes_of


WRITERS = {".xlsx": xlsx_bytes, ".xls": other(xls_bytes), ".xlsb": other(xlsb_bytes), ".ods": other(ods_bytes)}

cells_of_any = st.sampled_from(["", "", *VISIT, "K2", "K3", "060520-9995", "kg", "I alt", "vrøvl"])
rows_of_any = st.one_of(st.just(VISIT), st.lists(cells_of_any, min_size=1, max_size=len(HEADERS) + 1))
numbers = st.integers(0, 5)
areas = st.tuples(numbers, st.integers(0, 2), numbers, st.integers(0, 3)).map(
    lambda area: [(area[0], area[0] + area[1], area[2], area[2] + area[3])] if area[1] or area[3] else []
)
looks = st.builds(
    Look, st.lists(numbers, max_size=3, unique=True), st.lists(st.integers(0, 9), max_size=3, unique=True), areas
)


def read(folder: Path, name: str, content: bytes) -> Journal:
    (path := folder / name).write_bytes(content)
    return load([path], STANDARD)


def told(journal: Journal) -> dict[tuple[str, str], dict[str, object]]:
    """What is told of how the sheets look."""
    about = ("file-hidden-cells", "file-merged-cells", "file-sheet-hidden")
    return {(note.code, note.origin.sheet): dict(note.facts) for note in journal.notes if note.code in about}


@given(
    rows=st.lists(rows_of_any, max_size=5), look=looks, ending=st.sampled_from(sorted(WRITERS)), is_hidden=st.booleans()
)
def test_what_is_hidden_or_merged_is_read_as_what_is_not(
    tmp_path_factory: pytest.TempPathFactory, rows: Rows, look: Look, ending: str, *, is_hidden: bool
) -> None:
    folder = tmp_path_factory.mktemp("looks")
    sheets: Sheets = {"Kontakter": [HEADERS, *rows], "Mere": [HEADERS, ["K9", *VISIT[1:]], ["", "", "rest"]]}
    hidden = ["Mere"] if is_hidden else []
    dressed = read(folder, f"a{ending}", WRITERS[ending](sheets, hidden, look))
    plain = read(folder, f"a{ending}", WRITERS[ending](sheets, [], PLAIN))
    assert dressed.families == plain.families
    assert dressed.account == plain.account
    content = {name: places([[text or None for text in row] for row in rows]) for name, rows in sheets.items()}
    assert dressed.account.found == Amount(
        files=1,
        rows=sum(len({row for row, _ in cells}) for cells in content.values()),
        cells=sum(map(len, content.values())),
    )
    codes = {note.code for note in dressed.notes}
    assert all(each.code in codes and each.sheet in sheets for each in dressed.account.not_read if each.sheet)
    seen = told(dressed)
    for name, cells in content.items():
        facts = {
            "rows": len({row for row, _ in cells if row in look.hidden_rows}),
            "columns": len({column for _, column in cells if column in look.hidden_columns}),
        }
        assert seen.pop(("file-hidden-cells", name), {"rows": 0, "columns": 0}) == facts
        is_merged = any((top, left) in cells for top, _, left, _ in look.merged)
        assert (seen.pop(("file-merged-cells", name), None) is not None) >= is_merged
    assert list(seen) == [("file-sheet-hidden", "Mere")] * is_hidden


def test_a_hidden_row_that_is_not_read_is_told_with_its_place(tmp_path: Path) -> None:
    rows = [HEADERS, VISIT, ["", "", "", "", "", "", "3400", "g"]]
    look = Look(hidden_rows=[2], hidden_columns=[8], merged=[(1, 2, 0, 0)])
    for ending, write in WRITERS.items():
        journal = read(tmp_path, f"a{ending}", write({"Kontakter": rows}, [], look))
        assert [(each.amount.cells, each.row, each.column) for each in journal.account.not_read] == [
            (2, 1, 8),
            (2, 3, -1),
        ]
        (visit,) = (visit for family in journal.families for visit in family.visits)
        assert visit.origin == Origin(f"a{ending}", "Kontakter", 2)
