"""Delimited text files (.csv): semicolon, comma or tab; UTF-8, UTF-16 or Windows-1252, even both in one file.

Lines are decoded one by one, so that a file made of two encodings is read right and told. A cell in quotes may hold
line breaks; a quote that is never closed costs its own line only, not the rest of the file.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ldbu_desktop.faults import FileFault
from ldbu_desktop.sources import limits
from ldbu_desktop.sources.tables import SPREADSHEET_ERRORS, Gaps, Remark, Row, Table

DELIMITERS = ";\t,"
"""What may stand between cells, the likeliest first."""

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SAMPLE_LINES = 10
_QUOTE = '"'
_QUOTED = re.compile(r'"[^"]*"')


class _Line(NamedTuple):
    number: int
    text: str


def read_delimited(path: Path) -> Table:
    """A text file as a table named after the file.

    Raises :class:`FileFault` for a file that can't be read and for a line over the limit.
    """
    table = Table(path.name, path.stem, iter(()))
    lines = _Lines(_decoded(path, table))
    delimiter = _delimiter(lines)
    table.rows = _rows(lines, delimiter, table)
    return table


# --- lines ------------------------------------------------------------------------------------------------------------


def _raw_lines(path: Path) -> Iterator[bytes]:
    """The lines as bytes, whatever ends them."""
    with path.open("rb") as stream:
        head = stream.read(limits.LINE_BYTES)
        stream.seek(0)
        if head.startswith(_UTF16_MARKS):
            with path.open(encoding="utf-16", errors="replace", newline=None) as texts:
                yield from (line.encode() for line in iter(lambda: texts.readline(limits.LINE_BYTES + 1), ""))
        elif b"\n" not in head and b"\r" in head:
            with path.open(encoding="latin-1", newline=None) as texts:
                yield from (line.encode("latin-1") for line in iter(lambda: texts.readline(limits.LINE_BYTES + 1), ""))
        else:
            yield from iter(lambda: stream.readline(limits.LINE_BYTES + 1), b"")


def _decoded(path: Path, table: Table) -> Iterator[_Line]:
    """The lines as texts, each by the encoding that fits it; two encodings in a file are told at its end."""
    first_seen: dict[str, int] = {}
    for number, raw in enumerate(_raw_lines(path), start=1):
        if len(raw) > limits.LINE_BYTES:
            raise FileFault("file-line-too-long", file=path.name, line=number, limit=limits.LINE_BYTES // 1024)
        if number == 1:
            raw = raw.removeprefix(_UTF8_MARK)
        if raw.isascii():
            text = raw.decode("ascii")
        else:
            text, encoding = _decode(raw)
            first_seen.setdefault(encoding, number)
        yield _Line(number, text.rstrip("\r\n").replace("\0", "").replace("\r", " "))
    if len(first_seen) > 1:
        encoding, number = max(first_seen.items(), key=lambda seen: seen[1])
        table.remarks.append(Remark("file-encoding-mixed", number, facts={"encoding": encoding}))


def _decode(raw: bytes) -> tuple[str, str]:
    try:
        return raw.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        # Five bytes mean nothing in Windows-1252.
        return raw.decode("latin-1"), "Windows-1252"


class _Lines:
    """The lines of a file, with the possibility to put some back."""

    def __init__(self, lines: Iterator[_Line]) -> None:
        self._lines = lines
        self._back: list[_Line] = []
        self.number = 0

    def next(self) -> _Line | None:
        """The next line, or None at the end; ``number`` is the last one's."""
        line = self._back.pop() if self._back else next(self._lines, None)
        if line is not None:
            self.number = line.number
        return line

    def put_back(self, lines: list[_Line]) -> None:
        """Have ``lines`` come next again, in their order."""
        self._back.extend(reversed(lines))
        if lines:
            self.number = lines[0].number - 1


def _delimiter(lines: _Lines) -> str:
    """What stands between cells: a line ``sep=`` says it; else what the first lines have most evenly."""
    sample: list[_Line] = []
    while len(sample) < _SAMPLE_LINES and (line := lines.next()) is not None:
        sample.append(line)
    first = sample[0].text.strip().casefold() if sample else ""
    if first.startswith("sep=") and len(first) == len("sep=") + 1:
        lines.put_back(sample[1:])
        return first[-1]
    lines.put_back(sample)
    texts = [_QUOTED.sub("", line.text) for line in sample]
    return max(DELIMITERS, key=lambda mark: _regularity(texts, mark))


def _regularity(texts: list[str], mark: str) -> tuple[int, int]:
    """How many lines have the same number of marks, and that number: commas in numbers come and go, delimiters stay."""
    counts = Counter(count for text in texts if (count := text.count(mark)))
    return max(((lines, count) for count, lines in counts.items()), default=(0, 0))


# --- cells ------------------------------------------------------------------------------------------------------------


def _rows(lines: _Lines, delimiter: str, table: Table) -> Iterator[Row]:
    gaps = Gaps(table)
    while (line := lines.next()) is not None:
        text = line.text
        cells = text.split(delimiter) if _QUOTE not in text else _quoted(line, lines, delimiter, table)
        if not any(cells) or not any(map(str.strip, cells)):
            continue
        if "#" in text:
            for column, cell in enumerate(cells):
                if cell.strip().upper() in SPREADSHEET_ERRORS:
                    table.remarks.append(Remark("file-cell-error", line.number, column, cell.strip()))
        if line.number != gaps.expected:
            gaps.reach(line.number)
        gaps.expected = lines.number + 1
        yield line.number, cells
    gaps.tell()


def _quoted(line: _Line, lines: _Lines, delimiter: str, table: Table) -> list[str]:
    """The cells of a row with quotes; it may go on over several lines."""
    more: list[_Line] = []
    while len(more) < limits.QUOTED_LINES:
        texts = [f"{part.text}\n" for part in (line, *more)]
        try:
            return next(csv.reader(texts, delimiter=delimiter, strict=True))
        except csv.Error as error:
            following = lines.next() if "unexpected end" in str(error) else None
            if following is None:
                break
            more.append(following)
    lines.put_back(more)
    table.remarks.append(Remark("file-quotes-broken", line.number))
    return [cell.strip().strip(_QUOTE) for cell in line.text.split(delimiter)]
