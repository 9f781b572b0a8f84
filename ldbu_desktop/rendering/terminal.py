"""What a terminal may be given: no CPR number, and nothing that would steer it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any, TextIO, cast

from ldbu_desktop.characters import harmless
from ldbu_desktop.journal.mask import cpr_masked, stand_ins_told, without_person


def for_screen(text: str) -> str:
    """A text of the answer itself: the last four digits of CPR numbers are hidden."""
    return harmless(cpr_masked(stand_ins_told(text)))


def for_log(text: str) -> str:
    """A text beside the answer, which may be kept in a log: nothing of a CPR number is in it."""
    return harmless(without_person(text))


_OWN = re.compile(r"(\x1b\[[0-9;]*m|\x1b\[[0-9]*[AJK]|\x1b\[\?25[hl]|\r)")
"""What the program itself says to a terminal: colours, and how a progress bar is drawn in one place."""


class Guarded:
    """A stream that gives a terminal nothing that steers it but the program's own colours and progress bars.

    Whoever writes has the texts shown as :func:`for_screen` or :func:`for_log` say. This is the one door behind all of
    them, which nothing goes around that is text: help, faults of the call, what another library prints.
    """

    def __init__(self, beneath: TextIO) -> None:
        self.beneath = beneath

    def write(self, text: str) -> int:
        """Write text."""
        if not self.beneath.isatty():
            self.beneath.write(harmless(text))
        else:
            parts = _OWN.split(text)
            self.beneath.write("".join(part if at % 2 else harmless(part) for at, part in enumerate(parts)))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write lines."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.beneath, name)


def takes_any_text(stream: TextIO) -> None:
    """Have a stream take any text: what it can't show is written as an escape.

    Where no terminal reads it, it is UTF-8 with the same ends of lines on every system; else Windows has its own code
    page, which lacks most signs, and its own ends of lines.
    """
    if isinstance(stream, TextIOWrapper):
        if stream.isatty():
            stream.reconfigure(errors="backslashreplace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


@contextmanager
def guarded() -> Iterator[None]:
    """Have standard output and error guarded."""
    before = sys.stdout, sys.stderr
    for stream in before:
        takes_any_text(stream)
    sys.stdout, sys.stderr = (cast(TextIO, Guarded(stream)) for stream in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
