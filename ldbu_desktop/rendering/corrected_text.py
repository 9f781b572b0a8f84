"""A corrected copy of a text file: its bytes as they were but for the cells that changed, encoded and quoted alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import NamedTuple

from ldbu_desktop.characters import plain
from ldbu_desktop.sources.limits import QUOTED_LINES
from ldbu_desktop.sources.quoting import QUOTE
from ldbu_desktop.sources.tables import undressed
from ldbu_desktop.sources.text_encoding import UTF8_MARK, TextEncoding, encoded_once, text_encoding

Place = tuple[int, int]
"""A line from 1 and a column from 0."""


class CellChange(NamedTuple):
    """That a cell says ``after`` where it said ``before``."""

    before: str
    after: str


class CorrectedText(NamedTuple):
    """A copy, and the places where it could not be changed: the file does not say there what it should, or can't hold
    what is to be written."""

    content: bytes
    left: frozenset[Place]


def corrected_text(content: bytes, delimiter: str, changes: Mapping[Place, CellChange]) -> CorrectedText:
    """A copy of the text file ``content`` with ``changes`` made."""
    encoding = text_encoding(BytesIO(content))
    mark = content[: encoding.mark] if encoding.wide else UTF8_MARK[: len(UTF8_MARK) * content.startswith(UTF8_MARK)]
    lines = _lines(content[len(mark) :], encoding)
    by_line: dict[int, dict[int, CellChange]] = {}
    for (line, column), change in changes.items():
        by_line.setdefault(line, {})[column] = change
    left: set[Place] = set()
    for line, of_line in by_line.items():
        if line > len(lines):
            left.update((line, column) for column in of_line)
            continue
        codec = _codec(lines[line - 1], encoding)
        errors = "surrogatepass" if encoding.wide else "surrogateescape"
        row = _row([each.decode(codec, errors) for each in lines[line - 1 : line - 1 + QUOTED_LINES]])
        text = "".join(row)
        for column, change in sorted(of_line.items(), reverse=True):
            cells = _cells(text, delimiter)
            after = _after(text, cells[column], change, delimiter, codec) if column < len(cells) else None
            if after is None:
                left.add((line, column))
            else:
                text = after
        lines[line - 1 : line - 1 + len(row)] = [text.encode(codec, errors), *[b""] * (len(row) - 1)]
    return CorrectedText(mark + b"".join(lines), frozenset(left))


def _lines(body: bytes, encoding: TextEncoding) -> list[bytes]:
    """The lines of a file, each with what ends it."""
    if encoding.wide:
        text = body.decode(encoding.wide, "surrogatepass")
        pieces = re.split(r"(?<=\n)" if "\n" in text else r"(?<=\r)", text)
        return [piece.encode(encoding.wide, "surrogatepass") for piece in pieces]
    return re.split(rb"(?<=\n)" if b"\n" in body else rb"(?<=\r)", body)


def _codec(line: bytes, encoding: TextEncoding) -> str:
    """How a line is written."""
    if encoding.wide:
        return encoding.wide
    try:
        text = line.decode()
    except UnicodeDecodeError:
        return encoding.legacy
    # A line of plain letters tells nothing: it is as the rest of a file that has a name for its letters.
    return encoding.legacy if text.isascii() and encoding.name else "utf-8"


def _row(lines: list[str]) -> list[str]:
    """The lines of the first row of ``lines``: one, or as many as it takes until its quotes are closed."""
    for count in range(1, len(lines) + 1):
        if sum(line.count(QUOTE) for line in lines[:count]) % 2 == 0:
            return lines[:count]
    return lines[:1]


def _cells(text: str, delimiter: str) -> list[tuple[int, int]]:
    """Where each cell of a row begins and ends, its quotes included."""
    end = len(text.rstrip("\r\n"))
    cells, begin, is_quoted = [], 0, False
    for at in range(end):
        if text[at] == QUOTE:
            is_quoted = not is_quoted
        elif text[at] == delimiter and not is_quoted:
            cells.append((begin, at))
            begin = at + 1
    return [*cells, (begin, end)]


def _after(text: str, cell: tuple[int, int], change: CellChange, delimiter: str, codec: str) -> str | None:
    """The row with another text in a cell; None where the cell says something else, or can't hold it."""
    begin, end = cell
    written = text[begin:end]
    # Where white space stands before a quote, a reader may have left the quotes in what it read.
    if _compared(change.before) not in (_value(written), _compared(written)) or "\n" in change.after:
        return None
    bare = written.strip()
    is_quoted = len(bare) > 1 and bare[0] == bare[-1] == QUOTE
    new = change.after
    if is_quoted or delimiter in new or QUOTE in new:
        new = f"{QUOTE}{new.replace(QUOTE, QUOTE * 2)}{QUOTE}"
    try:
        new.encode(codec)
    except UnicodeEncodeError:
        return None
    at = written.index(bare)
    return text[:begin] + written[:at] + new + written[at + len(bare) :] + text[end:]


def _value(written: str) -> str:
    """What a cell says, as it is read and compared."""
    bare = written.strip()
    if len(bare) > 1 and bare[0] == bare[-1] == QUOTE:
        bare = bare[1:-1].replace(QUOTE * 2, QUOTE)
    return _compared(bare)


def _compared(text: str) -> str:
    """A text as it is compared: without what surrounds it and what can't be seen."""
    return " ".join(plain(encoded_once(undressed(text.strip()))).split())
