"""For code scanning: a SARIF 2.1.0 log with one run, a result for each finding.

Results are made of the rows that machines are told, so that no format says more than another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import chain
from typing import Any, Final, TextIO

from ldbu_desktop.conformance.model import CheckedReport
from ldbu_desktop.findings.catalogue import finding_types
from ldbu_desktop.journal.mask import cpr_removed
from ldbu_desktop.rendering.machine import JsonDocument, encoded
from ldbu_desktop.rendering.occasion import Occasion
from ldbu_desktop.rendering.report_verdicts import report_row

VERSION: Final = "2.1.0"
_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {
    "fatal": "error",
    "error": "error",
    "rejected": "error",
    "mend": "error",
    "warning": "warning",
    "check": "warning",
    "information": "note",
    "info": "note",
    "not-checked": "note",
}
"""SARIF's levels by FHIR's severities of issues and by ours of findings."""

Row = Mapping[str, Any]


class Sarif:
    """One log. Results are written as they come, and the rules that they name after them."""

    def __init__(self, stream: TextIO, occasion: Occasion) -> None:
        self._stream = stream
        self._occasion = occasion
        self._rules: dict[str, int] = {}
        head = encoded({"$schema": _SCHEMA, "version": VERSION})
        stream.write(f'{head[:-1]}, "runs": [\n')
        self._run = JsonDocument(stream, {"columnKind": "unicodeCodePoints"}, "results")

    def add(
        self,
        row: Row,
        *,
        file: str,
        at: str,
        line: int | None = None,
        column: int | None = None,
        related: Sequence[Row] = (),
        accepted: str = "",
    ) -> None:
        """Write the result of a row; ``at`` is the place in the file as the file's kind names it.

        ``related`` are other places that it tells of, ``accepted`` the reason why it is right as it is.
        """
        code = row["code"] if row["code"] in finding_types() else row["key"]
        index = self._rules.setdefault(code, len(self._rules))
        said = "\n".join((code, row.get("key") or row.get("rule") or "", file, at))
        result: dict[str, Any] = {
            "ruleId": code,
            "ruleIndex": index,
            "level": _LEVELS[row["severity"]],
            "message": {"text": row["message"]},
            "partialFingerprints": {"place/v1": sha256(cpr_removed(said).encode("utf-8", "replace")).hexdigest()},
        }
        location = location_of(file, at, line, column)
        result |= {"locations": [location]} if location else {}
        if accepted:
            result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": accepted}]
        self._run.add(result | ({"relatedLocations": related} if related else {}))

    def end(
        self,
        *,
        is_complete: bool,
        not_read: Sequence[tuple[str, str]] = (),
        passed_over: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Write what the results were found by.

        ``not_read`` are files that could not be, each with the reason, and ``passed_over`` those that need not be.
        """
        name, _, version = self._occasion.program.rpartition(" ")
        driver = {"name": name, "version": version, "rules": [self._rule(code) for code in self._rules]}
        told = {
            "tool": {"driver": driver},
            "invocations": [{"executionSuccessful": is_complete, **_notifications(error=not_read, note=passed_over)}],
            "properties": {"standard": self._occasion.standard},
        }
        self._run.end(told)
        self._stream.write("]}\n")

    def _rule(self, code: str) -> Row:
        type = finding_types().get(code)
        title = type.title[self._occasion.language] if type is not None else ""
        return {"id": code} | ({"shortDescription": {"text": title}} if title else {})


def location_of(file: str, at: str, line: int | None = None, column: int | None = None) -> dict[str, Any]:
    """A place as SARIF has it; empty where nothing is known of it."""
    location: dict[str, Any] = {}
    if file:
        location["physicalLocation"] = {"artifactLocation": {"uri": _uri(file)}}
        if line:
            region = {"startLine": line} | ({"startColumn": column} if column else {})
            location["physicalLocation"]["region"] = region
    if at:
        location["logicalLocations"] = [{"fullyQualifiedName": at}]
    return location


def _notifications(**by_level: Sequence[tuple[str, str]]) -> Row:
    told = [
        {"level": level, "message": {"text": why}, "locations": [location_of(file, "")]}
        for level, files in by_level.items()
        for file, why in files
    ]
    return {"toolExecutionNotifications": told} if told else {}


def _uri(file: str) -> str:
    from urllib.parse import quote

    return quote(cpr_removed(file).replace("\\", "/"), safe="/")


class ReportResults:
    """The verdicts on reports: a result for each error, value to look at and report that was not checked."""

    def __init__(self, stream: TextIO, occasion: Occasion) -> None:
        self._log = Sarif(stream, occasion)
        self._occasion = occasion

    def add(self, checked: CheckedReport) -> None:
        """Write the results of a report."""
        row = report_row(checked, self._occasion)
        for one in (*row["errors"], *row["others"]):
            self._log.add(one, file=row["file"], line=one["line"], column=one["column"], at=one["at"])

    def end(self, *, is_complete: bool) -> None:
        """Write what remains."""
        self._log.end(is_complete=is_complete)


def write_findings_log(rows: Iterator[Row], accepted: Iterator[Row], stream: TextIO, occasion: Occasion) -> None:
    """Write the findings of a journal, and those that were accepted as what is not to be looked at again."""
    log = Sarif(stream, occasion)
    for row in chain(rows, accepted):
        at = row["location"]
        place = "!".join(part for part in (at["sheet"], at["cell"]) if part) or at["path"] or row["visit"] or ""
        log.add(row, file=at["file"] or "", line=at["line"], column=None, at=place, accepted=row.get("reason") or "")
    log.end(is_complete=True)
