"""For build servers: a JUnit test suite with a test case for each report or visit."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import Literal, TextIO

from ldbu_desktop.characters import harmless
from ldbu_desktop.journal.mask import cpr_removed
from ldbu_desktop.rendering.occasion import Occasion

_IN_MEMORY = 1 << 20
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class TestCase:
    """What was judged, and what came of it where it did not pass: ``kind`` and ``message`` in short, ``body`` in full.

    ``outcome``: it failed, it could not be judged, or it was passed over, as ``message`` says why.
    """

    name: str
    kind: str = ""
    message: str = ""
    body: str = ""
    outcome: Literal["failure", "error", "skipped"] = "failure"


class JUnit:
    """One test suite. The counts stand first, so the test cases wait in a file until the end."""

    def __init__(self, stream: TextIO, occasion: Occasion, classname: str) -> None:
        self._stream = stream
        self._occasion = occasion
        self._classname = _value(classname)
        self._outcomes = Counter[str]()
        self._cases = SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="")  # noqa: SIM115 - ends in end

    def add(self, case: TestCase) -> None:
        """Write a test case."""
        tag, inner = case.outcome if case.kind else "passed", ""
        self._outcomes[tag] += 1
        if case.kind:
            inner = f"<{tag} type={_value(case.kind)} message={_value(case.message)}>{_text(case.body)}</{tag}>"
        name = _value(case.name)
        self._cases.write(f'  <testcase classname={self._classname} name={name} time="0">{inner}</testcase>\n')

    def end(self, *, is_complete: bool, account: str = "") -> None:
        """Write the suite with its counts, how much was read, and the test cases after them."""
        at = self._occasion.at.replace(tzinfo=None).isoformat(timespec="seconds")
        did = self._outcomes
        counts = f'tests="{did.total()}" failures="{did["failure"]}" errors="{did["error"]}" skipped="{did["skipped"]}"'
        self._stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n')
        self._stream.write(
            f'<testsuite id="0" package="ldbu" name={_value(self._occasion.standard)} hostname="localhost" '
            f'timestamp="{at}" {counts} time="0">\n'
        )
        program = _value(self._occasion.program)
        complete = str(is_complete).lower()
        read = f'<property name="read" value={_value(account)}/>' if account else ""
        self._stream.write(
            f'  <properties><property name="program" value={program}/>'
            f'<property name="complete" value="{complete}"/>{read}</properties>\n'
        )
        with self._cases as cases:
            cases.seek(0)
            for line in cases:
                self._stream.write(line)
        self._stream.write("  <system-out/>\n  <system-err/>\n</testsuite>\n</testsuites>\n")


def _shown(text: str) -> str:
    """A text without CPR numbers, as XML may hold it; what would steer a terminal stands by its name."""
    return harmless(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", cpr_removed(text)))


# What escapes is imported when something is: half of the standard library comes with it, email and HTTP included.


def _text(text: str) -> str:
    from xml.sax.saxutils import escape

    return escape(_shown(text))


def _value(text: str) -> str:
    from xml.sax.saxutils import quoteattr

    return quoteattr(_shown(text))
