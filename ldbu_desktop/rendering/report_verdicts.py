"""The verdicts on delivery reports, as each form tells them: a row or a case a report, or causes in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TextIO

from ldbu_desktop.conformance.model import CheckedReport, ConformanceFinding, ReportCause, ReportPlace, ReportTally
from ldbu_desktop.conformance.verdict.causes import told_apart
from ldbu_desktop.findings.catalogue import type_of
from ldbu_desktop.findings.fingerprint import Fingerprints
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.findings.technical_words import checked_and_not, follower_words
from ldbu_desktop.findings.text import found_text, message_of, rendered
from ldbu_desktop.journal.mask import cpr_masked
from ldbu_desktop.language import quoted, tr
from ldbu_desktop.rendering.document import CauseSection, Document, Listing, Outcome, OutcomeTone
from ldbu_desktop.rendering.document import CauseText as CauseInWords
from ldbu_desktop.rendering.faults import fault_text
from ldbu_desktop.rendering.fingerprints import fault_fingerprint
from ldbu_desktop.rendering.junit import JUnit, TestCase
from ldbu_desktop.rendering.machine import JsonDocument, JsonLines
from ldbu_desktop.rendering.occasion import Occasion
from ldbu_desktop.rendering.tables import DataTable
from ldbu_desktop.sources.found import Left

MOST_LISTED = 2000
"""How many rejected reports are listed: more would make a page that no browser likes."""


class Renderer(Protocol):
    """Takes reports as they are checked. ``end`` is called once, also where the work was stopped."""

    def add(self, checked: CheckedReport) -> None:
        """Write one report, or remember what is to be told of it."""

    def end(self, *, is_complete: bool) -> None:
        """Write what remains."""


def report_row(checked: CheckedReport, occasion: Occasion) -> dict[str, Any]:
    """A report as it is told to machines: ``errors`` are of the official kind alone.

    ``sha256`` is of the report's text: it joins the row to the report where a name can't be shown as it is.
    """
    row: dict[str, Any] = {"file": cpr_masked(checked.file), "sha256": checked.sha256 or None}
    if checked.fault is not None:
        fault = {"key": checked.fault.key, "at": "", "line": None, "column": None, "code": "fault"}
        fault["severity"] = "information" if checked.is_passed_over else "fatal"
        fault["message"] = cpr_masked(fault_text(checked.fault, occasion.language))
        valid = False if checked.is_report else None
        told = {"ours": True, "fingerprint": fault_fingerprint(checked.file, checked.fault)}
        return row | {"valid": valid, "errors": [], "others": [fault | told]}
    verdict = checked.verdict
    return row | {
        "valid": verdict.valid,
        "errors": [_error(one, occasion) for one in told_apart(verdict.errors)],
        "others": [_error(one, occasion) | {"ours": one.ours} for one in verdict.others],
    }


def _error(error: ConformanceFinding, occasion: Occasion) -> dict[str, Any]:
    return {
        "key": error.rule,
        "at": cpr_masked(error.at),
        "line": error.line,
        "column": error.column,
        "severity": type_of(error).issue_severity,
        "code": error.code,
        "message": message_of(error, occasion.language, occasion.catalogue),
        "fingerprint": Fingerprints().of(error),
    }


class Lines:
    """A JSON line a report."""

    def __init__(self, stream: TextIO, occasion: Occasion) -> None:
        self._lines = JsonLines(stream)
        self._language, self._standard, self._occasion = occasion.language, occasion.catalogue, occasion

    def add(self, checked: CheckedReport) -> None:
        """Write the line at once."""
        self._lines.add(report_row(checked, self._occasion))

    def end(self, *, is_complete: bool) -> None:
        """Nothing remains."""


class Rows:
    """One JSON document: what was checked with, the reports a line each, and the counts."""

    def __init__(self, stream: TextIO, occasion: Occasion) -> None:
        self._language, self._standard, self._occasion = occasion.language, occasion.catalogue, occasion
        self._counts = {"reports": 0, "valid": 0, "rejected": 0, "unchecked": 0, "not_reports": 0}
        head = {
            "standard": occasion.standard,
            "program": occasion.program,
            "checked": occasion.at.isoformat(timespec="seconds"),
            "official": False,
        }
        self._document = JsonDocument(stream, head, "reports")

    def add(self, checked: CheckedReport) -> None:
        """Write the report."""
        self._document.add(report_row(checked, self._occasion))
        if checked.is_report:
            self._counts["reports"] += 1
            kind = "unchecked" if checked.fault else "valid" if checked.verdict.valid else "rejected"
        else:
            kind = "not_reports"
        self._counts[kind] += 1

    def end(self, *, is_complete: bool) -> None:
        """Write the counts."""
        self._document.end({"complete": is_complete, "counts": self._counts})


class Cases:
    """A test case a report."""

    def __init__(self, stream: TextIO, occasion: Occasion) -> None:
        self._language, self._standard, self._occasion = occasion.language, occasion.catalogue, occasion
        self._suite = JUnit(stream, occasion, "ldbu.check")

    def add(self, checked: CheckedReport) -> None:
        """Write the report's test case."""
        name, verdict = cpr_masked(checked.file), checked.verdict
        if checked.left is Left.FOREIGN:
            return
        if checked.fault is not None:
            said = cpr_masked(fault_text(checked.fault, self._language))
            self._suite.add(TestCase(name, checked.fault.key, said, outcome="error"))
        elif verdict.errors:
            first = verdict.reasons[0]
            message = rendered(first, self._language, self._standard).message
            body = "\n\n".join(map(self._told, verdict.reasons))
            self._suite.add(TestCase(name, cpr_masked(first.rule), message, body))
        else:
            self._suite.add(TestCase(name))

    def _told(self, error: ConformanceFinding) -> str:
        words = rendered(error, self._language, self._standard)
        place = f"{error.at} ({error.line}:{error.column})" if error.line is not None else error.at
        lines = (f"{error.rule}: {words.message}", place, words.why, words.remedy, *words.contradictions)
        return cpr_masked("\n".join(lines))

    def end(self, *, is_complete: bool) -> None:
        """Write the suite."""
        self._suite.end(is_complete=is_complete)


class Documents:
    """Waits until all is known and then has the causes written, the most frequent first.

    ``places`` is how many places of a cause are shown unless all are asked for.
    """

    def __init__(self, write: Callable[[Document], object], occasion: Occasion, places: int) -> None:
        self._write = write
        self._occasion = occasion
        self._causes = ReportTally(None if occasion.everything else places)
        self._rejected: list[tuple[str, str]] = []

    def add(self, checked: CheckedReport) -> None:
        """Remember what is to be told."""
        self._causes.add(checked)
        if checked.fault is None and not checked.verdict.valid and len(self._rejected) < MOST_LISTED:
            self._rejected.append((cpr_masked(checked.file), str(len(checked.verdict.errors))))

    def end(self, *, is_complete: bool) -> None:
        """Have the document written."""
        self._write(self._document(is_complete=is_complete))

    def _document(self, *, is_complete: bool) -> Document:
        causes, language = self._causes, self._occasion.language
        sections = (
            (tr("Ville blive afvist"), Severity.REJECTED, causes.rejecting),
            (tr("Se efter: det afviser ikke"), Severity.LOOK_AT, causes.to_look_at),
            (
                tr("Vores egne fund, som ikke er en del af den officielle kontrol"),
                Severity.INFO,
                causes.own,
            ),
        )
        faults, passed_over = (
            tuple((cpr_masked(file), cpr_masked(fault_text(fault, language))) for file, fault in found)
            for found in (causes.faults, causes.passed_over)
        )
        more = causes.rejected - len(self._rejected)
        return Document(
            title=tr("Forkontrol af afleveringsrapporter"),
            occasion=self._occasion,
            outcome=_outcome(causes, is_complete=is_complete),
            sections=tuple(
                CauseSection(heading, severity, tuple(_in_words(cause, self._occasion) for cause in found))
                for heading, severity, found in sections
                if found
            ),
            not_read=Listing(tr("Ikke kontrolleret"), (tr("Fil"), tr("Hvorfor")), faults),
            passed_over=Listing(tr("Sprunget over"), (tr("Fil"), tr("Hvorfor")), passed_over),
            counts=(
                (tr("Rapporter"), causes.reports),
                (tr("Uden fejl"), causes.valid),
                (tr("Ville blive afvist"), causes.rejected),
                (tr("Ikke kontrolleret"), causes.unchecked),
            ),
            notes=() if is_complete else (tr("Arbejdet blev afbrudt: der kan være flere rapporter."),),
            scope=checked_and_not(language),
            listing=Listing(
                tr("Rapporter, der ville blive afvist"),
                (tr("Fil"), tr("Antal fejl")),
                tuple(self._rejected),
                tr("… og {more, plural, one {# rapport} other {# rapporter}} til", more=more) if more else "",
            ),
        )


def _outcome(causes: ReportTally, *, is_complete: bool) -> Outcome:
    if causes.rejected:
        counts = {"rejected": causes.rejected, "reports": causes.reports}
        return Outcome(
            OutcomeTone.BAD,
            tr("{rejected} af {reports, plural, one {# rapport} other {# rapporter}} ville blive afvist.", **counts),
        )
    if causes.faults or not is_complete or not causes.reports:
        return Outcome(OutcomeTone.WARNING, tr("Ikke alt blev kontrolleret."))
    return Outcome(OutcomeTone.GOOD, tr("Ingen fejl."))


def _in_words(cause: ReportCause, occasion: Occasion) -> CauseInWords:
    language, more = occasion.language, cause.count - len(cause.places)
    words = rendered(cause.first, language, occasion.catalogue)
    follow = cause.followers.most_common()
    return CauseInWords(
        code=cpr_masked(cause.first.rule),
        message=words.message,
        strikes=how_often(cause),
        why=words.why,
        remedy=words.remedy,
        element=cpr_masked(cause.element),
        places=tuple(where(place, occasion) for place in cause.places),
        more=occasion.more_places(more),
        contradictions=words.contradictions,
        followers=cpr_masked(", ".join(f"{count} × {follower_words(key, language)}" for key, count in follow)),
    )


def how_often(cause: ReportCause) -> str:
    """How many places a cause strikes, in how many reports."""
    places = tr("{count, plural, one {# sted} other {# steder}}", count=cause.count)
    reports = tr("{count, plural, one {# rapport} other {# rapporter}}", count=cause.files)
    return f"{places} · {reports}"


def where(place: ReportPlace, occasion: Occasion) -> str:
    """A place as people and editors read it: file, line and column, and the path."""
    error = place.finding
    line = f":{error.line}:{error.column}" if error.line is not None else ""
    found = found_text(error, occasion.language, occasion.catalogue)
    told = f"  {quoted(found, occasion.language)}" if found else ""
    return f"{cpr_masked(place.file)}{line}  {cpr_masked(error.at)}{told}"


class Tables:
    """Waits until all is known and then has tables written: a row a report, and a row for everything found."""

    def __init__(self, write: Callable[[tuple[DataTable, ...]], object], occasion: Occasion) -> None:
        self._write = write
        self._language, self._standard, self._occasion = occasion.language, occasion.catalogue, occasion
        self._reports: list[tuple[str | float | None, ...]] = []
        self._found: list[tuple[str | float | None, ...]] = []

    def add(self, checked: CheckedReport) -> None:
        """Remember the rows."""
        name = cpr_masked(checked.file)
        if checked.fault is not None:
            state, errors = cpr_masked(fault_text(checked.fault, self._language)), None
        else:
            errors = len(checked.verdict.errors)
            state = tr("ville blive afvist") if errors else tr("uden fejl")
        self._reports.append((name, state, errors, checked.sha256))
        for error in (*checked.verdict.errors, *checked.verdict.others):
            words = rendered(error, self._language, self._standard)
            weight = tr("ville blive afvist") if error in checked.verdict.errors else tr("se efter")
            self._found.append(
                (
                    *(
                        name,
                        cpr_masked(error.rule),
                        weight,
                        words.message,
                        cpr_masked(error.at),
                        error.line,
                        error.column,
                    ),
                    *(words.why, words.remedy),
                )
            )

    def end(self, *, is_complete: bool) -> None:
        """Have the tables written."""
        reports = (tr("Fil"), tr("Svar"), tr("Antal fejl"), "SHA-256")
        found = (tr("Fil"), tr("Kode"), tr("Alvor"), tr("Hvad er galt"), tr("Sted"), tr("Linje"), tr("Kolonne"))
        tables = [
            DataTable(tr("Rapporter"), reports, tuple(self._reports)),
            DataTable(tr("Fund"), (*found, tr("Hvorfor"), tr("Gør")), tuple(self._found)),
        ]
        if not is_complete:
            note = tr("Arbejdet blev afbrudt: der kan være flere rapporter.")
            tables.append(DataTable(tr("Afbrudt"), (note,), ()))
        self._write(tuple(tables))
