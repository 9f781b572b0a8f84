"""Sheets in the writing that most programs use, looked through ten times faster than a parser of all XML can.

A sheet is ordinary when every byte between its first row and its last fits one strict grammar: each row and cell has
its address in its place, no formula is without a value, nothing has failed and nothing is hidden. The grammar is
matched from end to end, never searched for; a sheet of any other writing is left to the parser (``sheet_parts``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, NamedTuple

_CHUNK = 1024 * 1024
_LONGEST_ROW = 16 * _CHUNK
_HEAD = 64 * 1024
_ATTRIBUTES = rb'(?: (?!r=|hidden="(?:1|t|on))[A-Za-z0-9:]++="[^"<&]*+")*+'
_FORMULA = rb"<f(?: [^<>]*+)?+>[^<]*+</f>|<f [^<>]*+/>"
_TEXT = rb'<is><t(?: xml:space="preserve")?+>[^<]*+</t></is>'
_VALUE = rb"<v>[^<]++</v>|<v></v>|%b" % _TEXT
_CALCULATED = rb"(?:%b)<v>[^<]++</v>|%b" % (_FORMULA, _VALUE)
_CELL = rb'<c r="[A-Z]{1,2}+\1"(?: s="[0-9]*+"| t="(?:s|n|b|d|str|inlineStr)")*+(?:/>|></c>|>(?:%b)</c>)'
_ROW = rb'\s*+<row r="([1-9][0-9]{0,6}+)"%b(?:/>|>(?:%b)*+</row>)'
_ROWS = {
    is_calculated: re.compile(_ROW % (_ATTRIBUTES, _CELL % value))
    for is_calculated, value in ((True, _CALCULATED), (False, _VALUE))
}
"""Rows by whether their formulas are calculated: where they are not, no value of a formula is ordinary."""
_COLUMNS = re.compile(rb'<c r="([A-Z]{2})')
_BEGIN, _END = b"<sheetData>", b"</sheetData>"
_NO_ROW = b"?"
_LAST_ROW = 1_048_576
_HIDDEN = re.compile(rb'hidden="(?:1|t|on)')


class Extent(NamedTuple):
    """How far a sheet reaches at most: how many cells hold something, and how many there are between the outermost."""

    cells: int
    rectangle: int


def ordinary_extent(stream: IO[bytes], *, is_calculated: bool = True) -> Extent | None:
    """The extent of an ordinary sheet; None for any other, and for one of more than 702 columns.

    ``is_calculated``: the workbook does not ask to be calculated when it is opened.
    """
    head = stream.read(_HEAD)
    before, begin, rest = head.partition(_BEGIN)
    if not begin or b"<!" in before or b"'" in before or b"<worksheet " not in before or _HIDDEN.search(before):
        return None
    cells, first, last, widest = 0, _LAST_ROW, 0, b"Z"
    for piece in _pieces(rest, stream):
        at = 0
        is_wide = _COLUMNS.search(piece) is not None
        for found in _ROWS[is_calculated].finditer(piece):
            if found.start() != at:
                return None
            at, row = found.end(), int(found[1])
            if row < first:
                first = row
            if row > last:
                last = row
            if is_wide and (letters := max(_COLUMNS.findall(piece, found.start(), at), default=b"")):
                widest = letters if len(widest) == 1 else max(widest, letters)
        if at != len(piece.rstrip()):
            return None
        cells += piece.count(b"<v>") + piece.count(b"<is>")
    return Extent(cells, (last - first + 1) * _width(widest) if cells else 0)


def _width(letters: bytes) -> int:
    width = 0
    for letter in letters:
        width = width * 26 + letter - ord("A") + 1
    return width


def _pieces(pending: bytes, stream: IO[bytes]) -> Iterator[bytes]:
    """The rows in pieces of whole rows; what is cut short or goes on after its end comes as one that is no row."""
    while True:
        rows, end, after = pending.partition(_END)
        if end:
            yield rows
            if b"<row" in after + stream.read():
                yield _NO_ROW
            return
        cut = max(pending.rfind(b"<row "), 0)
        yield pending[:cut]
        more = stream.read(_CHUNK)
        if not more or len(pending) > _LONGEST_ROW:
            break
        pending = pending[cut:] + more
    yield _NO_ROW
