"""For machines: a JSON line a report as soon as it is checked, or one JSON document."""

from __future__ import annotations

import json
from typing import Any, TextIO

from ldbu_desktop.cli.check_formats.form import Occasion
from ldbu_desktop.conformance.verdict.causes import told_apart
from ldbu_desktop.conformance.verdict.verdict import ConformanceError
from ldbu_desktop.language import Language
from ldbu_desktop.use_cases.check_texts import masked, message
from ldbu_desktop.use_cases.checked_report import CheckedReport
from ldbu_desktop.use_cases.faults import fault_text

_PLAIN = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "\x85\u2028\u2029"})
"""Some readers of lines take these for ends of a line; JSON lets them stand only within texts."""

_encoder = json.JSONEncoder(ensure_ascii=False)


def _encode(value: Any) -> str:
    return _encoder.encode(value).translate(_PLAIN)


def row(checked: CheckedReport, language: Language) -> dict[str, Any]:
    """A report as it is told to machines: ``errors`` are of the official kind alone."""
    if checked.fault is not None:
        fault = {"key": checked.fault.key, "at": "", "line": None, "column": None, "severity": "fatal", "code": "fault"}
        fault["message"] = masked(fault_text(checked.fault, language))
        return {"file": masked(checked.file), "valid": False, "errors": [], "others": [fault | {"ours": True}]}
    verdict = checked.verdict
    return {
        "file": masked(checked.file),
        "valid": verdict.valid,
        "errors": [_error(one, language) for one in told_apart(verdict.errors)],
        "others": [_error(one, language) | {"ours": one.ours} for one in verdict.others],
    }


def _error(error: ConformanceError, language: Language) -> dict[str, Any]:
    return {
        "key": error.rule,
        "at": masked(error.at),
        "line": error.line,
        "column": error.column,
        "severity": error.severity.value,
        "code": error.code,
        "message": message(error, language),
    }


class JsonLines:
    """A line a report."""

    def __init__(self, stream: TextIO, occasion: Occasion) -> None:
        self._stream = stream
        self._language = occasion.language

    def add(self, checked: CheckedReport) -> None:
        """Write the line at once."""
        self._stream.write(_encode(row(checked, self._language)) + "\n")
        self._stream.flush()

    def end(self, *, is_complete: bool) -> None:
        """Nothing remains."""


class JsonDocument:
    """One document: what was checked with, the reports a line each, and the counts."""

    def __init__(self, stream: TextIO, occasion: Occasion) -> None:
        self._stream = stream
        self._language = occasion.language
        self._counts = {"reports": 0, "valid": 0, "rejected": 0, "unchecked": 0}
        head = {
            "standard": occasion.standard,
            "program": occasion.program,
            "checked": occasion.at.isoformat(timespec="seconds"),
            "official": False,
        }
        self._stream.write(_encode(head)[:-1] + ',\n"reports": [')

    def add(self, checked: CheckedReport) -> None:
        """Write the report."""
        self._stream.write(("," if self._counts["reports"] else "") + "\n" + _encode(row(checked, self._language)))
        self._counts["reports"] += 1
        kind = "unchecked" if checked.fault else "valid" if checked.verdict.valid else "rejected"
        self._counts[kind] += 1

    def end(self, *, is_complete: bool) -> None:
        """Write the counts."""
        self._stream.write(f'\n],\n"complete": {_encode(is_complete)},\n"counts": {_encode(self._counts)}}}\n')
