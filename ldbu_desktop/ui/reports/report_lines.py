"""A report's text in the lines that are shown, and which of them a place in the file stands on."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from ldbu_desktop.conformance.model import ConformanceFinding
from ldbu_desktop.journal.mask import cpr_masked, masked

LONGEST_LINE = 1000
"""Characters of a line from which on a text is shown indented: nobody finds a place in a longer one."""

MOST_LINES = 1000
"""Lines that are shown at once: more would halt the window while they are laid out."""

_DEEPEST = 40
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[{}\[\],:]|[^\s"{}\[\],:]+', re.DOTALL)
_VALUE = re.compile(r'("value"\s*:\s*")([^"]*)(")')
_UNSEEN = {code: "�" for code in (*range(9), *range(10, 32), *range(127, 160), 0x2028, 0x2029)} | {
    code: "�" for code in (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
"""What would break a line or turn its writing around is shown as a mark."""
_FEWEST_DIGITS, _MOST_DIGITS = 8, 11


@dataclass(frozen=True, slots=True)
class ReportLines:
    """Lines to show. ``starts`` are where they begin in the text, ``line_starts`` where the file's own lines do.

    ``first_line`` is the file's number of the text's first line; ``is_indented`` that the lines are not the file's own.
    """

    lines: tuple[str, ...]
    starts: tuple[int, ...]
    line_starts: tuple[int, ...]
    first_line: int
    is_indented: bool

    def row(self, error: ConformanceFinding) -> int | None:
        """The row, from 0, that a finding stands on; None where it has no place."""
        if error.line is None:
            return None
        line = min(max(error.line - self.first_line, 0), len(self.line_starts) - 1)
        if not self.is_indented:
            return line
        return max(bisect_right(self.starts, self.line_starts[line] + (error.column or 1) - 1) - 1, 0)

    def number(self, row: int) -> int:
        """The number that is written beside a row: the file's own line, or the row's where the text is indented."""
        return row + 1 if self.is_indented else row + self.first_line

    def part(self, row: int) -> range:
        """The rows that are shown where ``row`` must be among them."""
        if len(self.lines) <= MOST_LINES:
            return range(len(self.lines))
        first = min(max(row - MOST_LINES // 2, 0), len(self.lines) - MOST_LINES)
        return range(first, first + MOST_LINES)

    def told(self, rows: range, *, shows_cpr: bool) -> str:
        """The rows as one text, with CPR numbers covered unless they are shown on purpose."""
        lines = (_cut(line.translate(_UNSEEN)) for line in self.lines[rows.start : rows.stop])
        return "\n".join(lines if shows_cpr else (covered(line) for line in lines))


def report_lines(text: str, first_line: int) -> ReportLines:
    """``text`` as it is, or indented where its lines are too long to be read."""
    own = text.split("\n")
    line_starts, at = [], 0
    for line in own:
        line_starts.append(at)
        at += len(line) + 1
    if any(len(line) > LONGEST_LINE for line in own):
        lines, starts = indented(text)
        if len(lines) > len(own):
            return ReportLines(tuple(lines), tuple(starts), tuple(line_starts), first_line, is_indented=True)
    lines = [line.removesuffix("\r") for line in own]
    return ReportLines(tuple(lines), tuple(line_starts), tuple(line_starts), first_line, is_indented=False)


def indented(text: str) -> tuple[list[str], list[int]]:
    """``text`` with a line a member, whatever is wrong with it: the lines, and where in ``text`` each begins.

    Nothing is read or mended: every token stays as it was written.
    """
    lines, starts = [""], [0]
    depth, is_fresh, opened = 0, True, False

    def turn() -> None:
        nonlocal is_fresh
        lines.append("  " * min(max(depth, 0), _DEEPEST))
        starts.append(0)
        is_fresh = True

    for token in _TOKEN.finditer(text):
        told = token[0]
        if told in ("}", "]"):
            depth -= 1
            if opened:
                lines.pop()
                starts.pop()
                is_fresh = False
            elif not is_fresh or lines[-1].strip():
                turn()
            else:
                lines[-1] = "  " * min(max(depth, 0), _DEEPEST)
        if is_fresh:
            starts[-1] = token.start()
            is_fresh = False
        lines[-1] += ": " if told == ":" else told
        opened = told in ("{", "[")
        if opened:
            depth += 1
            turn()
        elif told == ",":
            turn()
    return lines, starts


def covered(line: str) -> str:
    """A line with CPR numbers covered, and with them what stands as an identifier and is as long as one."""
    return cpr_masked(_VALUE.sub(_hide, line))


def _hide(found: re.Match[str]) -> str:
    digits = sum(character.isdigit() for character in found[2])
    value = masked(found[2]) if _FEWEST_DIGITS <= digits <= _MOST_DIGITS else found[2]
    return f"{found[1]}{value}{found[3]}"


def _cut(line: str) -> str:
    return line if len(line) <= 2 * LONGEST_LINE else f"{line[: 2 * LONGEST_LINE]} …"
