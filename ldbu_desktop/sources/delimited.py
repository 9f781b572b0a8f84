"""Delimited text files (.csv): semicolon, comma, tab or bar, in any encoding that Danish systems write.

A file is read in blocks of whole lines. A line that is not UTF-8 in a file that is, is decoded by itself, so that a
file made of two is read right and told. A stray quote costs its own line (``quoting``).
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO

from ldbu_desktop.characters import plain_lines
from ldbu_desktop.faults import FileFault
from ldbu_desktop.sandbox.guard import reading
from ldbu_desktop.sources import limits
from ldbu_desktop.sources.quoting import QUOTE, QUOTES_BROKEN, RowShape, one_line, several_lines, unquoted
from ldbu_desktop.sources.rows import CELLS_TOGETHER, Column, Part, RowGroup, TableRows
from ldbu_desktop.sources.tables import NO_COLUMN, SPREADSHEET_ERRORS, Gaps, Remark, Row, Table, undressed
from ldbu_desktop.sources.text_encoding import (
    UTF8_MARK,
    TextEncoding,
    encoded_once,
    encoding_at_first,
    is_plain_danish,
    text_encoding,
)

DELIMITERS = ";\t|,"
"""What may stand between cells, the likeliest first."""

_MARKS = {"\t": "tab"}
"""Delimiters that can't be shown as themselves."""

_FULL_ROW = 4
"""Where rows have so few cells at most, a line of text with a comma is no row of another delimiter."""

_BLOCK = limits.MEGABYTE
_SAMPLE_LINES = 100
_QUOTED = re.compile(r'"[^"]*"')
_WRAPPED = re.compile(r'"(?:[^"]|"")*"')
_DOUBTFUL_COMMA = re.compile(r"(?<=\d),(?=\d)|,(?= )")
"""A comma that may belong to a number or a sentence."""
_LOST = "\ufffd"


_Line = tuple[int, str]
"""A line by its number from 1, without what ends it."""


def read_delimited(source: Path | bytes, file: str) -> Table:
    """A text file as a table named after the file.

    Raises :class:`FileFault` for a file that can't be read and for a line over the limit, at once or with the rows.
    """
    table = Table(file, PurePosixPath(file).stem, iter(()))
    lines, shape = _opened(source, table)
    table.delimiter = shape.delimiter
    table.rows = TableRows(_Rows(lines, shape, table).parts())
    return table


def _opened(source: Path | bytes, table: Table) -> tuple[_Lines, RowShape]:
    with reading(table.file):
        stream = source.open("rb") if isinstance(source, Path) else BytesIO(source)
        encoding = encoding_at_first(stream)
        stream.seek(encoding.mark)
        lines = _Lines(_decoded(stream, encoding, table))
        shape, lines.is_wrapped = _row_shape(lines, lines.sample())
    return lines, shape


# --- lines ------------------------------------------------------------------------------------------------------------


def _blocks(stream: IO[bytes], encoding: TextEncoding, file: str) -> Iterator[bytes]:
    """The text in blocks of whole lines, each ended by a line feed, as UTF-8 where it was of wider characters."""
    decoder = codecs.getincrementaldecoder(encoding.wide)("replace") if encoding.wide else None
    pending = b""
    number = 0
    ends_with_return: bool | None = None
    while chunk := stream.read(_BLOCK):
        if decoder is not None:
            chunk = decoder.decode(chunk).encode("utf-8", "replace")
        if ends_with_return is None:
            ends_with_return = b"\n" not in chunk and b"\r" in chunk
        if ends_with_return:
            chunk = chunk.replace(b"\r", b"\n")
        block, end, pending = (pending + chunk).rpartition(b"\n")
        number += block.count(b"\n") + len(end)
        if len(pending) > limits.LINE_BYTES:
            raise FileFault("file-line-too-long", file=file, line=number + 1, limit=limits.LINE_BYTES // 1024)
        if end:
            yield block
    if pending:
        yield pending


def _decoded(stream: IO[bytes], encoding: TextEncoding, table: Table) -> Iterator[_Line]:
    """The lines as texts; what there is to tell about their encoding is told at the end."""
    told = _EncodingRemarks(encoding, stream)
    number = 1
    with stream, reading(table.file):
        for block in _blocks(stream, encoding, table.file):
            table.bytes_read = stream.tell()
            texts = _texts(block.removeprefix(UTF8_MARK) if number == 1 else block, number, told)
            yield from enumerate(texts, number)
            number += len(texts)
    table.remarks += told.remarks()


def _texts(block: bytes, first: int, told: _EncodingRemarks) -> list[str]:
    """The lines of a block, of which the first has a number."""
    try:
        text = (
            block.decode() if block.isascii() else told.mended(block.decode(), first, is_plain=is_plain_danish(block))
        )
    except UnicodeDecodeError:
        text = "\n".join(told.line(raw, number) for number, raw in enumerate(block.split(b"\n"), first))
    if "\0" in text:
        text = told.without_zeros(text, first)
    text = text.replace("\r\n", "\n").removesuffix("\r")
    if "\r" not in text:
        return text.split("\n")
    lines = text.split("\n")
    return [part for line in lines for part in ([line.replace("\r", " ")] if QUOTE in line else line.split("\r"))]


class _EncodingRemarks:
    """Puts characters right, and remembers what is to be told of it, once for each kind.

    What lines are that are not UTF-8 is found out where the first comes: then all of ``stream`` is looked through.
    """

    def __init__(self, encoding: TextEncoding, stream: IO[bytes]) -> None:
        self._encoding, self._stream = encoding, stream
        self._first_legacy = self._first_utf8 = 0
        self._first_twice = self._first_lost = self._lost = 0
        self._first_zero = self._zeros = 0

    def mended(self, text: str, first: int, *, is_plain: bool) -> str:
        """A block of UTF-8 that is not all ASCII; ``is_plain``: there is nothing in it to put right."""
        if not self._first_utf8:
            self._first_utf8 = first + _line_of(text, next(at for at, one in enumerate(text) if one > "\x7f"))
        return text if is_plain else self._plain(text, first)

    def line(self, raw: bytes, number: int) -> str:
        """A line of a block that is not all UTF-8."""
        if raw.isascii():
            return raw.decode("ascii")
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            if not self._first_legacy:
                self._first_legacy = number
                self._look_through()
            text = self._legacy(raw)
        else:
            self._first_utf8 = self._first_utf8 or number
        return self._plain(text, number)

    def _look_through(self) -> None:
        at = self._stream.tell()
        self._stream.seek(0)
        self._encoding = text_encoding(self._stream)
        self._stream.seek(at)

    def _legacy(self, raw: bytes) -> str:
        codec = self._encoding.legacy
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            # Five bytes mean nothing in Windows-1252.
            return "".join(bytes((byte,)).decode(codec, "ignore") or chr(byte) for byte in raw)

    def _plain(self, text: str, first: int) -> str:
        once = encoded_once(text)
        if once != text:
            at = next(i for i, (one, other) in enumerate(zip(once, text, strict=False)) if one != other)
            self._first_twice = self._first_twice or first + _line_of(text, at)
        if _LOST in once:
            self._first_lost = self._first_lost or first + _line_of(once, once.index(_LOST))
            self._lost += once.count(_LOST)
        return plain_lines(once)

    def without_zeros(self, text: str, first: int) -> str:
        """A block without its zeros. Those with which a file is filled up to its end are none of a line."""
        zeros = text.rstrip("\0").count("\0")
        if zeros:
            self._first_zero = self._first_zero or first + _line_of(text, text.index("\0"))
            self._zeros += zeros
        return text.replace("\0", "")

    def remarks(self) -> Iterator[Remark]:
        """What there is to tell."""
        encoding = self._encoding
        legacy = {"encoding": encoding.legacy_name}
        if self._first_legacy and self._first_utf8:
            second = max(
                ("UTF-8", self._first_utf8), (encoding.legacy_name, self._first_legacy), key=lambda one: one[1]
            )
            yield Remark("file-encoding-mixed", second[1], facts={"encoding": second[0]})
        elif encoding.name:
            yield Remark("file-encoding-other", 1, facts={"encoding": encoding.name})
        if self._first_legacy and encoding.others:
            facts = legacy | {"others": ", ".join(encoding.others)}
            yield Remark("file-encoding-uncertain", self._first_legacy, facts=facts)
        if self._first_twice:
            yield Remark("file-encoding-twice", self._first_twice)
        if self._first_lost:
            yield Remark("file-characters-lost", self._first_lost, facts={"characters": self._lost})
        if self._first_zero:
            yield Remark("file-zeros-passed-over", self._first_zero, facts={"characters": self._zeros})


def _line_of(text: str, position: int) -> int:
    """How many lines end before a position."""
    return text.count("\n", 0, position)


class _Lines:
    """The lines of a file, with the possibility to put some back."""

    def __init__(self, lines: Iterator[_Line]) -> None:
        self._lines = lines
        self._back: list[_Line] = []
        self.is_wrapped = False

    def next(self) -> _Line | None:
        """The next line, or None at the end."""
        line = self._back.pop() if self._back else next(self._lines, None)
        if line is not None and self.is_wrapped and _WRAPPED.fullmatch(line[1]):
            return line[0], line[1][1:-1].replace(QUOTE * 2, QUOTE)
        return line

    def take(self, most: int) -> list[_Line]:
        """The next lines as they stand, up to so many; none at the end."""
        taken = [self._back.pop() for _ in range(min(most, len(self._back)))]
        taken += islice(self._lines, most - len(taken))
        return taken

    def back(self) -> Iterator[_Line]:
        """The lines that were put back, as long as there are any."""
        while self._back and (line := self.next()) is not None:
            yield line

    def put_back(self, lines: Sequence[_Line]) -> None:
        """Have ``lines`` come next again, in their order."""
        self._back.extend(reversed(lines))

    def sample(self) -> list[_Line]:
        """The first lines, which come again."""
        sample = list(islice(self._lines, _SAMPLE_LINES))
        self.put_back(sample)
        return sample


# --- delimiters -------------------------------------------------------------------------------------------------------


def _row_shape(lines: _Lines, sample: list[_Line]) -> tuple[RowShape, bool]:
    """What stands between cells, by a line ``sep=`` or by the first lines; and whether whole lines are in quotes."""
    said = sample[0][1].strip(" ").strip(QUOTE).casefold() if sample else ""
    texts = [text for _, text in sample if text.strip()]
    if said.startswith("sep=") and len(said) == len("sep=") + 1:
        lines.next()
        return RowShape(said[-1], max((text.count(said[-1]) + 1 for text in texts[1:]), default=1)), False
    bare = [_QUOTED.sub("", text) for text in texts]
    is_wrapped = bool(texts) and all(map(_WRAPPED.fullmatch, texts))
    if is_wrapped and (unwrapped := _best_delimiter([text[1:-1] for text in texts])).width > 1:
        return unwrapped, True
    found = _best_delimiter(bare)
    return found if found.width > 1 else _best_delimiter(texts), False


def _best_delimiter(texts: list[str]) -> RowShape:
    """The delimiter that most lines have, and as evenly as any: commas in numbers and sentences come and go."""
    counts = {mark: [_count(text, mark) for text in texts] for mark in DELIMITERS}
    best = max(DELIMITERS, key=lambda mark: _evenness(counts[mark]))
    widths = Counter(count for count in counts[best] if count)
    first = next(iter(widths), 0)
    # A single line with more than the first is one with a delimiter in a text.
    return RowShape(best, max([first, *(count for count, lines in widths.items() if lines > 1)]) + 1)


def _count(text: str, mark: str) -> int:
    if mark == "," and any(other in text for other in DELIMITERS if other != ","):
        text = _DOUBTFUL_COMMA.sub("", text)
    return text.count(mark)


def _evenness(counts: list[int]) -> float:
    from statistics import fmean, pstdev  # takes long to import, and a workbook needs none

    having = [count for count in counts if count]
    return len(having) / (1 + pstdev(having) / fmean(having)) if having else 0.0


# --- cells ------------------------------------------------------------------------------------------------------------


_WHOLE_NUMBER = re.compile(r"\.0(?:[\s;|,]|$)")
"""The end of a cell that a spreadsheet took for a number."""


def _may_be_dressed(text: str) -> bool:
    """Whether a cell of a text may be in a spreadsheet's clothes, or a failed formula."""
    if "#" in text or "'" in text or '="' in text:
        return True
    return ".0" in text and _WHOLE_NUMBER.search(text) is not None


class _Rows:
    """The rows of a text file: many at a time where nothing in their lines has to be looked at by itself."""

    def __init__(self, lines: _Lines, shape: RowShape, table: Table) -> None:
        self._lines, self._shape, self._table = lines, shape, table
        self._gaps = Gaps(table)
        self._others = _OtherDelimiters(shape, table)
        self._most = max(CELLS_TOGETHER // max(shape.width, 1), 1)

    def parts(self) -> Iterator[Part]:
        """All rows that are not empty."""
        while lines := self._lines.take(self._most):
            together = None if self._lines.is_wrapped else self._together(lines)
            if together is None:
                self._lines.put_back(lines)
            yield together or self._one_by_one()
        self._gaps.tell()
        self._others.tell()

    def _together(self, lines: list[_Line]) -> RowGroup | None:
        """The rows of some lines, a column at a time; None where one of them may be no ordinary row."""
        numbers, texts = zip(*lines, strict=True)
        if sum(map(len, texts)) > _BLOCK:
            return None
        delimiter = self._shape.delimiter
        joined = delimiter.join(texts)
        (marks, *others) = {text.count(delimiter) for text in texts}
        if others or not marks or QUOTE in joined or _may_be_dressed(joined):
            return None
        cells, width = joined.split(delimiter), marks + 1
        group = RowGroup(numbers, [Column.of(cells[at::width]) for at in range(width)])
        if not group.has_full_column:
            return None
        self._gaps.pass_by(numbers[0], numbers[-1])
        self._table.count(group.filled, len(group))
        return group

    def _one_by_one(self) -> Iterator[Row]:
        """The rows of the lines that were put back."""
        delimiter = self._shape.delimiter
        for number, text in self._lines.back():
            last = number
            if QUOTE not in text:
                cells = text.split(delimiter)
            else:
                cells, last = _quoted(number, text, self._lines, self._shape, self._table)
            filled = len(cells) - cells.count("")
            if not filled or not (cells[0].strip() or any(map(str.strip, cells))):
                continue
            if _may_be_dressed(text):
                cells = [undressed(cell) for cell in cells]
                filled = len(cells) - cells.count("")
                _remark_errors(cells, number, self._table)
            self._gaps.pass_by(number, last)
            self._table.count(filled)
            if len(cells) == 1 and self._others.part(text, number):
                continue
            yield number, cells


class _OtherDelimiters:
    """Rows of the file that another delimiter parts, as where two exports were put together: they are not guessed."""

    def __init__(self, shape: RowShape, table: Table) -> None:
        self._shape, self._table = shape, table
        self._marks = [mark for mark in DELIMITERS if mark != shape.delimiter] if shape.width > _FULL_ROW else []
        self._first: tuple[int, str] | None = None
        self._rows = 0

    def part(self, text: str, number: int) -> bool:
        """Whether a line without the file's delimiter is a row by another, and no sentence; it is counted."""
        for mark in self._marks:
            if self._shape.fits(text.count(mark) - text.count(f"{mark} ") + 1):
                self._first = self._first or (number, mark)
                self._rows += 1
                return True
        return False

    def tell(self) -> None:
        """Remark the rows, and that they were left out."""
        if self._first is not None:
            number, mark = self._first
            facts: dict[str, str | int] = {"rows": self._rows, "delimiter": _MARKS.get(mark, mark)}
            self._table.remarks.append(Remark("file-other-delimiter", number, facts=facts))
            self._table.leave_out("file-other-delimiter", number, NO_COLUMN, cells=self._rows, rows=self._rows)


def _remark_errors(cells: list[str], number: int, table: Table) -> None:
    for column, cell in enumerate(cells):
        if cell[:1] == "#" and cell.strip().upper() in SPREADSHEET_ERRORS:
            table.remarks.append(Remark("file-cell-error", number, column, cell.strip()))


def _quoted(number: int, text: str, lines: _Lines, shape: RowShape, table: Table) -> tuple[list[str], int]:
    """The cells of a row with quotes, and the line that it ends in: it may go on over several."""
    cells = one_line(text, shape)
    if cells is not None and text.count(QUOTE) % 2 == 0:
        return cells, number
    if cells is None and (going_on := _going_on((number, text), lines, shape)) is not None:
        return going_on
    table.remarks.append(Remark(QUOTES_BROKEN, number))
    return unquoted(text, shape), number


def _going_on(line: _Line, lines: _Lines, shape: RowShape) -> tuple[list[str], int] | None:
    """The cells of a row that ends in a later line, and that; None, with those lines to come again, where none does."""
    taken = [line]
    quotes, size = line[1].count(QUOTE), len(line[1])
    while len(taken) <= limits.QUOTED_LINES and size < limits.LINE_BYTES and (coming := lines.next()) is not None:
        number, text = coming
        taken.append(coming)
        more = text.count(QUOTE)
        quotes, size = quotes + more, size + len(text)
        if more and quotes % 2 == 0:
            cells = several_lines([part for _, part in taken], shape)
            if cells is not None:
                return cells, number
            break
    lines.put_back(taken[1:])
    return None
