"""Compound files: streams in long and in short sectors, and what is no such file or does not hang together."""

from __future__ import annotations

import struct

import pytest

from ldbu_desktop.sources.compound_file import stream_of
from tests.other_workbooks import Cells, places, xls_bytes

ROWS: Cells = [[f"{row}-{column}" for column in range(9)] for row in range(9)]
LARGE: Cells = [[f"række {row} kolonne {column}" for column in range(30)] for row in range(300)]


@pytest.mark.parametrize(("rows", "shortest"), [(ROWS, 0), (ROWS, 4096), (LARGE, 0)])
def test_a_stream_is_found_by_its_name(rows: Cells, shortest: int) -> None:
    written = xls_bytes({"Ark1": places(rows)}, shortest=shortest)
    stream = stream_of(written, "Book", "Workbook")
    assert stream is not None
    assert stream.startswith(b"\x09\x08\x10\x00\x00\x06")
    assert all(str(cell).encode("utf-16-le") in stream for cell in (rows[0][0], rows[-1][-1]))
    assert stream_of(written, "Book") is None


def test_more_tables_than_the_header_names_are_found() -> None:
    """The header has room for 109 tables of what follows what; the others stand in sectors of their own."""
    written = xls_bytes({"Ark1": places(LARGE)})
    fats = struct.unpack_from("<I", written, 44)[0]
    assert fats > 2
    listed = struct.unpack_from(f"<{fats}I", written, 76)
    beyond = len(written) // 512 - 1
    table = struct.pack("<128I", *listed[1:], *[0xFFFFFFFF] * (127 - len(listed[1:])), 0xFFFFFFFE)
    header = written[:68] + struct.pack("<II", beyond, 1) + struct.pack("<I", listed[0]) + b"\xff" * (4 * 108)
    assert stream_of(header + written[512:] + table, "Workbook") == stream_of(written, "Workbook")


def test_what_is_no_compound_file_has_no_streams() -> None:
    assert stream_of(b"PK\x03\x04", "Workbook") is None


def at(written: bytes, place: int, data: bytes) -> bytes:
    return written[:place] + data + written[place + len(data) :]


@pytest.mark.parametrize(
    "damage",
    [
        (30, struct.pack("<H", 40)),
        (30, struct.pack("<H", 3)),
        (32, struct.pack("<H", 2)),
        (48, struct.pack("<I", 5000)),
        (76, struct.pack("<I", 0)),
    ],
)
def test_what_does_not_hang_together_is_told(damage: tuple[int, bytes]) -> None:
    written = xls_bytes({"Ark1": places(ROWS)})
    with pytest.raises(ValueError, match=r"\d"):
        stream_of(at(written, *damage), "Workbook")


def test_a_chain_that_goes_round_ends() -> None:
    written = xls_bytes({"Ark1": places(ROWS)})
    fat = struct.unpack_from("<I", written, 76)[0]
    with pytest.raises(ValueError, match=r"\d"):
        stream_of(at(written, (fat + 1) * 512 + 4, struct.pack("<I", 0)), "Workbook")


def test_a_header_that_ends_too_early_is_told() -> None:
    with pytest.raises(struct.error):
        stream_of(xls_bytes({"Ark1": {}})[:40], "Workbook")
