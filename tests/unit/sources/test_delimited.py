from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.characters import plain
from ldbu_desktop.faults import FileFault
from ldbu_desktop.sources import limits
from ldbu_desktop.sources.delimited import read_delimited
from ldbu_desktop.sources.tables import Remark, Row, Table
from ldbu_desktop.sources.text_encoding import encoded_once


def read(folder: Path, content: bytes) -> tuple[list[Row], Table]:
    path = folder / "t.csv"
    path.write_bytes(content)
    table = read_delimited(path, path.name)
    return list(table.rows), table


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_delimiters_encodings_and_line_ends_are_found(
    tmp_path: Path, delimiter: str, encoding: str, ending: str
) -> None:
    text = ending.join(delimiter.join(cells) for cells in (["værdi", "å"], ["a", "1.5"], ["ø", ""])) + ending
    rows, table = read(tmp_path, text.encode(encoding))
    assert rows == [(1, ["værdi", "å"]), (2, ["a", "1.5"]), (3, ["ø", ""])]
    assert table.remarks == []
    assert (table.file, table.sheet) == ("t.csv", "t")


def test_decimal_commas_do_not_make_commas_the_delimiter(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, b"a;b\n1,5;2,5\n1,5;2,5,3\n")
    assert rows[1] == (2, ["1,5", "2,5"])


def test_a_line_may_say_the_delimiter(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, b"sep=|\na|b;c\n")
    assert rows == [(2, ["a", "b;c"])]


def test_quoted_cells_may_hold_delimiters_quotes_and_lines(tmp_path: Path) -> None:
    rows, table = read(tmp_path, b'a;b\n"x;""y""";"1\n2"\nc;d\n')
    assert rows == [(1, ["a", "b"]), (2, ['x;"y"', "1\n2"]), (4, ["c", "d"])]
    assert table.remarks == []


def test_a_quote_that_is_never_closed_costs_its_own_line(tmp_path: Path) -> None:
    rows, table = read(tmp_path, b'a;b\n"x;y\nc;d\ne;f\n')
    assert rows == [(1, ["a", "b"]), (2, ["x", "y"]), (3, ["c", "d"]), (4, ["e", "f"])]
    assert table.remarks == [Remark("file-quotes-broken", 2)]


def test_a_quote_is_not_looked_for_through_the_whole_file(tmp_path: Path) -> None:
    lines = [f"{number};x" for number in range(limits.QUOTED_LINES * 2)]
    rows, table = read(tmp_path, ('a;b\n"broken;1\n' + "\n".join(lines) + '\n"q";1\n').encode())
    assert len(rows) == len(lines) + 3
    assert [remark.code for remark in table.remarks] == ["file-quotes-broken"]


def test_a_quote_that_is_never_closed_far_down_costs_its_own_line(tmp_path: Path) -> None:
    before = [f"{number};x" for number in range(300)]
    rows, table = read(tmp_path, "\n".join(["a;b", *before, '"y;z', "c;d", "e;f"]).encode())
    assert [cells for _, cells in rows[-3:]] == [["y", "z"], ["c", "d"], ["e", "f"]]
    assert table.remarks == [Remark("file-quotes-broken", 302)]


def test_a_quote_that_is_closed_too_early_is_told(tmp_path: Path) -> None:
    rows, table = read(tmp_path, b'a;b\n"x"y;z\n')
    assert rows[1] == (2, ['"x"y', "z"])
    assert table.remarks == [Remark("file-quotes-broken", 2)]


def test_two_encodings_in_one_file_are_read_and_told_with_the_line(tmp_path: Path) -> None:
    content = "værdi;x\n".encode() + b"plain;x\n" + "størrelse;x\n".encode("cp1252") + "årsag;x\n".encode()
    rows, table = read(tmp_path, content)
    assert [cells[0] for _, cells in rows] == ["værdi", "plain", "størrelse", "årsag"]
    assert table.remarks == [Remark("file-encoding-mixed", 3, facts={"encoding": "Windows-1252"})]


def test_bytes_that_mean_nothing_in_windows_1252_are_kept(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, b"a;b\n\x81\xe6;1\n")
    assert rows[1] == (2, ["\x81æ", "1"])


def test_rows_after_empty_rows_are_read(tmp_path: Path) -> None:
    rows, table = read(tmp_path, b"a;b\n;\n  ; \n\nc;d\n")
    assert rows == [(1, ["a", "b"]), (5, ["c", "d"])]
    assert table.remarks == [Remark("file-empty-rows", 2, facts={"rows": 3})]


def test_failed_formulas_are_told(tmp_path: Path) -> None:
    _, table = read(tmp_path, b"a;b\n#REFERENCE!;# 3\n")
    assert table.remarks == [Remark("file-cell-error", 2, 0, "#REFERENCE!")]


def test_a_line_over_the_limit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileFault) as caught:
        read(tmp_path, b"a;b\n" + b"x" * (limits.LINE_BYTES + 10))
    assert (caught.value.key, caught.value.facts["line"]) == ("file-line-too-long", 2)


@pytest.mark.parametrize("content", [b"a;b", b"a;b\n1;2"])
def test_the_last_line_needs_no_end(tmp_path: Path, content: bytes) -> None:
    rows, table = read(tmp_path, content)
    assert rows == [(number, line.split(";")) for number, line in enumerate(content.decode().split("\n"), 1)]
    assert table.bytes_read == len(content)


def test_nothing_gives_no_rows(tmp_path: Path) -> None:
    assert read(tmp_path, b"")[0] == []


@given(content=st.binary(max_size=300))
def test_no_bytes_can_fell_the_reading(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    rows, _ = read(tmp_path_factory.mktemp("any"), content)
    assert all(number > 0 and cells for number, cells in rows)


@given(
    rows=st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\r\0;\"\n#'."), min_size=1), min_size=2, max_size=2
        ),
        min_size=1,
    ).filter(lambda rows: all(any(plain(cell).strip() for cell in row) for row in rows))
)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    content = "a;b;c;d;e\n" + "".join(f"{first};{second};;;\n" for first, second in rows)
    read_rows, _ = read(tmp_path_factory.mktemp("any"), content.encode("utf-8-sig"))
    assert [cells[:2] for _, cells in read_rows[1:]] == [[plain(encoded_once(cell)) for cell in row] for row in rows]
