"""For FHIR servers and their tools: a Bundle with an R4 OperationOutcome for each report."""

from __future__ import annotations

import json
import uuid
from typing import Any, TextIO

from ldbu_desktop.characters import steering_escaped
from ldbu_desktop.conformance.model import CheckedReport, ConformanceFinding
from ldbu_desktop.findings.catalogue import type_of
from ldbu_desktop.findings.text import rendered
from ldbu_desktop.journal.mask import cpr_removed
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.faults import fault_text
from ldbu_desktop.rendering.occasion import Occasion
from ldbu_desktop.sources.found import Left

_EXTENSION = "http://hl7.org/fhir/StructureDefinition/operationoutcome-"
_encoder = json.JSONEncoder(ensure_ascii=False)


def _encode(value: Any) -> str:
    return steering_escaped(_encoder.encode(value))


class OperationOutcomes:
    """A collection with an OperationOutcome for each report, a line each."""

    def __init__(self, stream: TextIO, occasion: Occasion) -> None:
        self._stream = stream
        self._occasion = occasion
        self._count = 0
        stream.write('{"resourceType": "Bundle", "type": "collection", ')
        stream.write(f'"timestamp": {_encode(occasion.at.isoformat(timespec="seconds"))}')

    def add(self, checked: CheckedReport) -> None:
        """Write the report's outcome."""
        outcome = {
            "resourceType": "OperationOutcome",
            "extension": [{"url": f"{_EXTENSION}file", "valueString": _string(checked.file)}],
            "issue": self._issues(checked),
        }
        name = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{self._count}/{cpr_removed(checked.file)}')}"
        self._stream.write(',\n"entry": [\n' if not self._count else ",\n")
        self._stream.write(_encode({"fullUrl": name, "resource": outcome}))
        self._count += 1

    def _issues(self, checked: CheckedReport) -> list[dict[str, Any]]:
        language = self._occasion.language
        if checked.fault is not None:
            told_fault = _string(fault_text(checked.fault, language))
            if checked.left is Left.FOREIGN:
                return [{"severity": "information", "code": "informational", "details": {"text": told_fault}}]
            return [{"severity": "fatal", "code": "exception", "details": {"text": told_fault}}]
        found = [self._issue(one) for one in (*checked.verdict.errors, *checked.verdict.others)]
        if checked.verdict.valid:
            said = tr("Forkontrollen fandt intet, der ville blive afvist.")
            found.insert(0, {"severity": "information", "code": "informational", "details": {"text": said}})
        return found

    def _issue(self, error: ConformanceFinding) -> dict[str, Any]:
        words = rendered(error, self._occasion.language, self._occasion.catalogue)
        extensions: list[dict[str, Any]] = [{"url": f"{_EXTENSION}message-id", "valueString": _string(error.rule)}]
        if error.line is not None and error.column is not None:
            extensions += [
                {"url": f"{_EXTENSION}issue-line", "valueInteger": error.line},
                {"url": f"{_EXTENSION}issue-col", "valueInteger": error.column},
            ]
        issue: dict[str, Any] = {
            "extension": extensions,
            "severity": type_of(error).issue_severity,
            "code": type_of(error).issue,
            "details": {"text": _string(words.message)},
            "diagnostics": _string(" ".join((words.why, words.remedy, *words.contradictions))),
        }
        if error.at:
            issue["expression"] = [_string(error.at)]
        return issue

    def end(self, *, is_complete: bool) -> None:
        """Close the collection."""
        self._stream.write("\n]}\n" if self._count else "}\n")


def _string(text: str) -> str:
    """A text as FHIR lets one be: never empty, no control characters, no half characters, and no CPR numbers."""
    text = "".join(
        c if c >= " " and not "\ud800" <= c <= "\udfff" else "\N{REPLACEMENT CHARACTER}" for c in cpr_removed(text)
    )
    return text.strip() or "-"
