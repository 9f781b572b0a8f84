"""A corrected copy of a text file: only the cells that changed are other bytes, in any encoding and with any quotes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.rendering.corrected_text import CellChange, corrected_text
from ldbu_desktop.sources.delimited import read_delimited

MARKS = {"utf-8": b"", "utf-8-sig": b"\xef\xbb\xbf", "cp1252": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
CELLS = st.text("abæøå 0123,.", min_size=1, max_size=8).map(str.strip).filter(bool)
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=3, max_size=8)


def encoded(text: str, encoding: str) -> bytes:
    """A text file as a system writes it."""
    return MARKS[encoding] + text.encode(encoding.removesuffix("-sig"))


def rows_of(content: bytes) -> list[tuple[int, list[str]]]:
    return list(read_delimited(content, "x.csv").rows)


@given(ROWS, st.sampled_from(sorted(MARKS)), st.sampled_from(["\r\n", "\n"]), st.booleans(), st.data())
def test_only_the_changed_cell_is_other(
    rows: list[list[str]], encoding: str, end: str, is_quoted: bool, data: st.DataObject
) -> None:
    rows = [["Køn", "Vægt", "Længde"], *rows, ["bæ", "øl", "ål"]]
    mark = '"' if is_quoted else ""
    lines = [";".join(f"{mark}{cell}{mark}" for cell in row) for row in rows]
    content = encoded(end.join(lines) + end, encoding)
    read = rows_of(content)
    at = data.draw(st.integers(1, len(rows) - 1))
    column = data.draw(st.integers(0, 2))
    new = data.draw(st.sampled_from(["9", "ny værdi", "a;b", 'i "ord"']))
    copy = corrected_text(content, ";", {(at + 1, column): CellChange(rows[at][column], new)})
    assert not copy.left
    written = f'"{new.replace(chr(34), chr(34) * 2)}"' if is_quoted or ";" in new or '"' in new else new
    cells = lines[at].split(";") if not is_quoted else [f'"{cell}"' for cell in rows[at]]
    cells[column] = written
    lines[at] = ";".join(cells)
    assert copy.content == encoded(end.join(lines) + end, encoding)
    assert len(rows_of(copy.content)) == len(read)


@pytest.mark.parametrize(
    ("content", "place", "before", "after"),
    [
        (b"a;b\n1;2\n", (2, 1), "3", "4"),
        (b"a;b\n1;2\n", (9, 1), "2", "4"),
        (b"a;b\n1;2\n", (2, 7), "2", "4"),
        ("a;b\nø;2\n".encode("cp1252"), (2, 0), "ø", "☃"),
        (b"a;b\n1;2\n", (2, 1), "2", "3\n4"),
    ],
)
def test_what_does_not_fit_is_left_as_it_is(content: bytes, place: tuple[int, int], before: str, after: str) -> None:
    copy = corrected_text(content, ";", {place: CellChange(before, after)})
    assert (copy.content, copy.left) == (content, {place})


def test_a_cell_over_several_lines_and_one_in_a_spreadsheets_clothes() -> None:
    content = b'a;b;c\n"1\n2";  x ;="050520"\n3;4;5\n'
    changes = {(2, 1): CellChange("x", "y"), (2, 2): CellChange("050520", "060620"), (4, 0): CellChange("3", "33")}
    copy = corrected_text(content, ";", changes)
    assert (copy.content, copy.left) == (b'a;b;c\n"1\n2";  y ;060620\n33;4;5\n', frozenset())
    stray = corrected_text(b'a;b\n"1;2\n3;4\n', ";", {(2, 1): CellChange("2", "5")})
    assert stray.left == {(2, 1)}


def test_old_lines_end_in_a_return_and_other_letters_stay() -> None:
    assert corrected_text(b"a,b\r1,2\r", ",", {(2, 0): CellChange("1", "9")}).content == b"a,b\r9,2\r"
    undefined = "a;b\nø\x81;2\n".encode("latin-1")
    assert corrected_text(undefined, ";", {(2, 1): CellChange("2", "3")}).content == undefined.replace(b"2", b"3")
    dos = "navn;by\nsøren;århus\nlærke;x\n".encode("cp850")
    copy = corrected_text(dos, ";", {(3, 1): CellChange("x", "ålborg"), (1, 1): CellChange("by", "ø")})
    assert copy.content == "navn;ø\nsøren;århus\nlærke;ålborg\n".encode("cp850")


def test_wide_letters_and_doubled_quotes_stay_as_they_are_written() -> None:
    text = 'a;b\r\n"sa ""x""";2\r\n'
    change = {(2, 0): CellChange('sa "x"', "æ"), (2, 1): CellChange("2", "3")}
    wide = corrected_text(encoded(text, "utf-16-le"), ";", change)
    assert (wide.content, wide.left) == (encoded('a;b\r\n"æ";3\r\n', "utf-16-le"), frozenset())
    returns = corrected_text(encoded("a;b\r1;2\r", "utf-16-be"), ";", {(2, 1): CellChange("2", "3")})
    assert returns.content == encoded("a;b\r1;3\r", "utf-16-be")


def test_what_stands_between_cells() -> None:
    texts = (b"a;b\n1;2\n", b"a\tb\n1\t2\n", b"sep=|\na|b\n")
    assert [read_delimited(text, "x").delimiter for text in texts] == [";", "\t", "|"]


@pytest.mark.parametrize(
    ("written", "read"), [(b'""""""', '""'), (b'"""a"""', '"a"'), (b' "a"', ' "a"'), (b' "a"', "a"), (b'="a"', '="a"')]
)
def test_quotes_that_are_of_the_value_are_no_quotes_of_the_file(written: bytes, read: str) -> None:
    copy = corrected_text(b"a;b\n1;" + written + b"\n", ";", {(2, 1): CellChange(read, "2")})
    assert not copy.left
    assert [row[1] for _, row in rows_of(copy.content)][1].strip() == "2"
