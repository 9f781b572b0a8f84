"""Delivery reports as texts: out of files, folders, zip files and standard input, one at a time in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO

from ldbu_desktop.faults import FileFault
from ldbu_desktop.sources import limits as at_most
from ldbu_desktop.sources.containers import DAMAGES, OpenFile
from ldbu_desktop.sources.found import USUAL_LIMITS, BundleLimits, BundleText, FileType, Left, Unread

_BLANK = b" \t\r\n"
_BOM = b"\xef\xbb\xbf"
_HEAD_BYTES = 64 * 1024
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"')
_WHOLE, _LINES = ".json", ".ndjson"
_TABLES = (".csv", ".tsv")


def report_texts(found: OpenFile | Unread, limits: BundleLimits = USUAL_LIMITS) -> Iterator[BundleText]:
    """The texts of a file that may hold reports; of any other, that it does not."""
    if isinstance(found, OpenFile) and not _may_hold_reports(found):
        left = Left.NAMED if found.left is Left.NAMED else Left.FOREIGN
        found = Unread(found.name, FileFault("file-is-no-report", file=found.name), left)
    yield from texts_of(found, limits)


def _may_hold_reports(found: OpenFile) -> bool:
    """Whether a file is JSON, or would have been: a text that is named and not called a table, or is called JSON."""
    if found.kind is FileType.DELIMITED:
        name = found.name.lower()
        return name.endswith((_WHOLE, _LINES)) or (found.left is Left.NAMED and not name.endswith(_TABLES))
    return found.kind in (FileType.JSON, FileType.NDJSON)


def texts_of(found: OpenFile | Unread, limits: BundleLimits = USUAL_LIMITS) -> Iterator[BundleText]:
    """The texts of one file of JSON; the one without data of a file that can't be read."""
    if isinstance(found, Unread):
        yield BundleText(found.name, fault=found.fault, left=found.left)
        return
    try:
        with found.open() as stream:
            yield from _stream_texts(stream, found.name, PurePosixPath(found.name).suffix.lower(), limits)
    except DAMAGES:
        yield _faulty(found.name, "file-not-readable" if found.is_on_disk else "archive-part-damaged")
    except MemoryError:
        yield _faulty(found.name, "file-too-large-for-memory")
    except Exception as error:  # whatever is wrong with one text must not lose the others
        yield _faulty(found.name, "file-read-failed", why=type(error).__name__)


def _stream_texts(stream: IO[bytes], name: str, suffix: str, limits: BundleLimits) -> Iterator[BundleText]:
    """The one text of a stream, or the text of every line where the suffix or else the first lines say so."""
    head = stream.read(_HEAD_BYTES)
    if suffix == _LINES or (suffix != _WHOLE and _is_bundle_a_line(head)):
        yield from _lines(head, stream, name, limits)
        return
    rest = stream.read(max(0, limits.text + 1 - len(head)))
    if len(head) + len(rest) > limits.text:
        yield _faulty(name, "report-too-large", limit=limits.text // at_most.MEGABYTE)
    elif not (data := head + rest).removeprefix(_BOM).strip(_BLANK):
        yield _faulty(name, "file-empty")
    else:
        yield _text(name, data, 1, 1, limits)


def _text(name: str, data: bytes, ordinal: int, line: int, limits: BundleLimits) -> BundleText:
    """The text, unless it holds too many values."""
    if len(data) > limits.marks and sum(map(data.count, (b",", b"{", b"["))) > limits.marks:
        return BundleText(name, b"", ordinal, line, FileFault("report-too-many-values", file=name))
    return BundleText(name, data, ordinal, line)


def _is_bundle_a_line(head: bytes) -> bool:
    first, _, rest = head.removeprefix(_BOM).lstrip(_BLANK).partition(b"\n")
    return first.startswith(b"{") and first.rstrip(_BLANK).endswith(b"}") and rest.lstrip(_BLANK)[:1] == b"{"


def _lines(head: bytes, stream: IO[bytes], name: str, limits: BundleLimits) -> Iterator[BundleText]:
    """The reports in the lines of ``head`` and what follows it; where none stands in a line, that is told once."""
    over_lines: list[BundleText] = []
    is_read = False
    for text in _texts_in_lines(head, stream, name, limits):
        if not is_read and text.fault is not None and text.fault.key == _OVER_LINES:
            over_lines.append(text)
            continue
        if not is_read:
            yield from over_lines
            is_read = True
        yield text
    if not is_read:
        yield _faulty(name, "ndjson-not-lines" if over_lines else "file-empty")


def _texts_in_lines(head: bytes, stream: IO[bytes], name: str, limits: BundleLimits) -> Iterator[BundleText]:
    """The reports in lines, which may be those of a list; a line over the limit is passed over in pieces and told.

    A report that takes several lines is passed over as one.
    """
    ordinal = 0
    is_list = False
    lines = _Lines(_split(head, stream, limits.text))
    for line, (data, is_whole) in lines:
        data = data.removeprefix(_BOM) if line == 1 else data
        written = data.strip(_BLANK)
        if not ordinal and not is_list and written.startswith(b"["):
            is_list = True
            data = written = written[1:].lstrip(_BLANK)
        if is_list and written in (b"]", b","):
            continue
        if last := lines.pass_over_rest_of(data):
            ordinal += 1
            fault = FileFault(_OVER_LINES, file=name, first=line, last=last)
            yield BundleText(name, b"", ordinal, line, fault)
        elif not is_whole:
            ordinal += 1
            fault = FileFault("report-too-large", file=name, limit=limits.text // at_most.MEGABYTE)
            yield BundleText(name, b"", ordinal, line, fault)
        elif written:
            for report in _reports_in_line(data, is_list=is_list):
                ordinal += 1
                yield _text(name, report, ordinal, line, limits)


_OVER_LINES = "ndjson-report-over-lines"
_SEVERAL = re.compile(rb'\}[ \t]*(?:\{|,[ \t]*\{[ \t]*"resourceType")')
"""What may stand between two reports in a line; the first of it never stands within one."""

_MARK = re.compile(rb'"(?:[^"\\]|\\.)*+"|[{}\[\]]')


def _reports_in_line(line: bytes, *, is_list: bool) -> Iterator[bytes]:
    """The reports in a line: one nearly always; commas between them, and the end of a list, are none of them."""
    written = line.rstrip(b"\r\n")
    around = _BLANK + (b",]" if is_list else b",")
    if (bare := written.rstrip(around)).endswith(b"}"):
        written = bare
    if not _SEVERAL.search(written):
        yield written
        return
    depth = begins = 0
    for mark in _MARK.finditer(written):
        depth += _STEPS.get(mark[0], 0)
        if mark[0] == b"}" and depth == 0:
            yield written[begins : mark.end()].lstrip(around)
            begins = mark.end()
    if written[begins:].strip(around):
        yield written[begins:].lstrip(around)


_STEPS = {b"{": 1, b"[": 1, b"}": -1, b"]": -1}


class _Lines:
    """Lines, numbered from 1, with the next of them seen before it is taken."""

    def __init__(self, lines: Iterator[tuple[bytes, bool]]) -> None:
        self._lines = enumerate(lines, 1)
        self._next = next(self._lines, None)

    def __iter__(self) -> Iterator[tuple[int, tuple[bytes, bool]]]:
        while (taken := self._next) is not None:
            self._next = next(self._lines, None)
            yield taken

    def pass_over_rest_of(self, data: bytes) -> int:
        """Pass over the lines by which a text goes on that begins with ``data``; its last line, 0 where it has one.

        A text that was cut short has one line too: it is followed by the next report, as any is.
        """
        written = data.strip(_BLANK)
        if not written.startswith((b"{", b"[")) or written.endswith((b"}", b"]")):
            return 0
        if written.endswith(b",") and not _depth(written):
            return 0
        depth, last = _depth(data), 0
        is_indented: bool | None = None
        while depth > 0 and self._next is not None:
            number, (following, _) = self._next
            if following.strip(_BLANK):
                if is_indented is None:
                    is_indented = following[:1] in (b" ", b"\t")
                    begins_report = following.startswith(b"{")
                else:
                    begins_report = following.startswith(b"{") and (is_indented or _is_report_in_line(following))
                if begins_report:
                    break
                depth += _depth(following)
                last = number
            self._next = next(self._lines, None)
        return last


def _is_report_in_line(line: bytes) -> bool:
    return b'"resourceType"' in line and line.rstrip(_BLANK).endswith(b"}") and not _depth(line)


def _depth(line: bytes) -> int:
    """How many objects and lists a line opens that it does not close."""
    marks = _STRING.sub(b"", line)
    return sum(map(marks.count, (b"{", b"["))) - sum(map(marks.count, (b"}", b"]")))


def _split(head: bytes, stream: IO[bytes], limit: int) -> Iterator[tuple[bytes, bool]]:
    """Lines, each with whether it is whole; of a longer line than ``limit`` only that it was there."""
    *whole, pending = head.split(b"\n")
    for line in whole:
        yield line, len(line) <= limit
    is_whole = True
    while piece := stream.readline(limit + 1):
        if is_whole and len(pending) + len(piece) <= limit + 1:
            pending += piece
        else:
            is_whole, pending = False, b""
        if piece.endswith(b"\n"):
            yield pending, is_whole
            is_whole, pending = True, b""
    if pending or not is_whole:
        yield pending, is_whole and len(pending) <= limit


def _faulty(name: str, key: str, **facts: object) -> BundleText:
    return BundleText(name, fault=FileFault(key, file=name, **facts))
