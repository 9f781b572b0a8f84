"""For build servers: a JUnit test suite with a test case for each report."""

from __future__ import annotations

import re
from tempfile import SpooledTemporaryFile
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from ldbu_desktop.cli.check_formats.form import Occasion
from ldbu_desktop.conformance.verdict.verdict import ConformanceError
from ldbu_desktop.use_cases.check_texts import masked, told
from ldbu_desktop.use_cases.checked_report import CheckedReport
from ldbu_desktop.use_cases.faults import fault_text

_IN_MEMORY = 1 << 20
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class JUnit:
    """One test suite. The counts stand first, so the test cases wait in a file until the end."""

    def __init__(self, stream: TextIO, occasion: Occasion) -> None:
        self._stream = stream
        self._occasion = occasion
        self._tests = self._failures = self._errors = 0
        self._cases = SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="")  # noqa: SIM115 - ends in end

    def add(self, checked: CheckedReport) -> None:
        """Write the report's test case."""
        self._tests += 1
        inner = ""
        if checked.fault is not None:
            self._errors += 1
            said = fault_text(checked.fault, self._occasion.language)
            inner = f"<error type={_value(checked.fault.key)} message={_value(said)}/>"
        elif not checked.verdict.valid:
            self._failures += 1
            first = checked.verdict.errors[0]
            words = told(first, self._occasion.language)
            body = _text("\n\n".join(map(self._told, checked.verdict.errors)))
            inner = f"<failure type={_value(first.rule)} message={_value(words.message)}>{body}</failure>"
        name = _value(checked.file)
        self._cases.write(f'  <testcase classname="ldbu.check" name={name} time="0">{inner}</testcase>\n')

    def _told(self, error: ConformanceError) -> str:
        words = told(error, self._occasion.language)
        place = f"{error.at} ({error.line}:{error.column})" if error.line is not None else error.at
        return "\n".join((f"{error.rule}: {words.message}", place, words.why, words.remedy, *words.contradictions))

    def end(self, *, is_complete: bool) -> None:
        """Write the suite with its counts, and the test cases after them."""
        at = self._occasion.at.replace(tzinfo=None).isoformat(timespec="seconds")
        counts = f'tests="{self._tests}" failures="{self._failures}" errors="{self._errors}"'
        self._stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n')
        self._stream.write(
            f'<testsuite id="0" package="ldbu" name={_value(self._occasion.standard)} hostname="localhost" '
            f'timestamp="{at}" {counts} time="0">\n'
        )
        program = _value(self._occasion.program)
        complete = str(is_complete).lower()
        self._stream.write(
            f'  <properties><property name="program" value={program}/>'
            f'<property name="complete" value="{complete}"/></properties>\n'
        )
        with self._cases as cases:
            cases.seek(0)
            for line in cases:
                self._stream.write(line)
        self._stream.write("  <system-out/>\n  <system-err/>\n</testsuite>\n</testsuites>\n")


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", masked(text)))


def _value(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", masked(text)))
