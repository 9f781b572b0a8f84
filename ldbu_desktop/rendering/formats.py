"""The formats that verdicts and findings can be told in, and what writes each. Only what is asked for is imported."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, TextIO

from msgspec import Struct
from msgspec.structs import replace

from ldbu_desktop.characters import harmless
from ldbu_desktop.journal.mask import cpr_removed

if TYPE_CHECKING:
    from ldbu_desktop.findings.summary import Findings
    from ldbu_desktop.rendering.document import Document
    from ldbu_desktop.rendering.journal_findings import FindingsReport
    from ldbu_desktop.rendering.occasion import Occasion
    from ldbu_desktop.rendering.pseudonyms import Pseudonyms
    from ldbu_desktop.rendering.report_verdicts import Renderer
    from ldbu_desktop.rendering.tables import DataTable
    from ldbu_desktop.standard.model import Standard

Painter = Callable[[str, str], bytes]
"""Makes a PDF of a title and a page of rich text: the one thing here that only a window's library can."""


class Output:
    """Where an answer is written: text to ``text``, what is no text by ``write_bytes``; ``painter`` makes a PDF.

    What is no text for a terminal may be sent on: no digit of a CPR number is in it.
    """

    def __init__(self, text: TextIO, write_bytes: Callable[[bytes], object], painter: Painter) -> None:
        self.text = text
        self._write_bytes = write_bytes
        self._painter = painter

    def write_text(self, document: Document) -> None:
        """Write a document as lines."""
        from ldbu_desktop.rendering.text import write_text

        write_text(document, self.text)

    def write_page(self, document: Document) -> None:
        """Write a document as a page of HTML."""
        from ldbu_desktop.rendering.page import page_lines

        for line in page_lines(document):
            self.text.write(f"{harmless(cpr_removed(line))}\n")

    def write_paper(self, document: Document) -> None:
        """Write a document as a PDF."""
        from ldbu_desktop.rendering.paper import paper

        self._write_bytes(self._painter(document.title, cpr_removed(paper(document))))

    def write_tables(self, tables: tuple[DataTable, ...]) -> None:
        """Write a workbook."""
        from ldbu_desktop.rendering.tables import workbook

        self._write_bytes(workbook(map(_for_others, tables)))


def _for_others(table: DataTable) -> DataTable:
    """A table without CPR numbers."""
    rows = tuple(tuple(cpr_removed(one) if isinstance(one, str) else one for one in row) for row in table.rows)
    return replace(table, rows=rows)


Audience = Literal["people", "report", "spreadsheet", "machines"]
"""Whom or what an answer is for."""


class Format(Struct, frozen=True):
    """A format by its name on the command line, how its files end, and what makes it of each kind of answer.

    ``reports`` tells verdicts on reports as they come; ``findings`` tells those of a journal, and is None where the
    format has no place for them. ``is_binary``: no text, so there is nothing to see on a terminal.
    """

    name: str
    audience: Audience
    ending: str
    reports: Callable[[Output, Occasion], Renderer]
    findings: Callable[[FindingsReport, Output, Occasion], None] | None = None
    is_binary: bool = False


def _for_people(
    name: str,
    audience: Audience,
    ending: str,
    write: Callable[[Output, Document], None],
    places: int,
    *,
    findings_places: int | None,
    is_binary: bool = False,
) -> Format:
    """A format of words; ``places`` of a cause are shown unless all are asked for, of a journal ``findings_places``."""

    def reports(sheet: Output, occasion: Occasion) -> Renderer:
        from ldbu_desktop.rendering.report_verdicts import Documents

        return Documents(lambda document: write(sheet, document), occasion, places)

    def findings(report: FindingsReport, sheet: Output, occasion: Occasion) -> None:
        write(sheet, report.document(findings_places))

    return Format(name, audience, ending, reports, findings, is_binary)


def _report_rows(sheet: Output, occasion: Occasion) -> Renderer:
    from ldbu_desktop.rendering.report_verdicts import Rows

    return Rows(sheet.text, occasion)


def _report_lines(sheet: Output, occasion: Occasion) -> Renderer:
    from ldbu_desktop.rendering.report_verdicts import Lines

    return Lines(sheet.text, occasion)


def _report_cases(sheet: Output, occasion: Occasion) -> Renderer:
    from ldbu_desktop.rendering.report_verdicts import Cases

    return Cases(sheet.text, occasion)


def _report_results(sheet: Output, occasion: Occasion) -> Renderer:
    from ldbu_desktop.rendering.sarif import ReportResults

    return ReportResults(sheet.text, occasion)


def _report_tables(sheet: Output, occasion: Occasion) -> Renderer:
    from ldbu_desktop.rendering.report_verdicts import Tables

    return Tables(sheet.write_tables, occasion)


def _report_outcomes(sheet: Output, occasion: Occasion) -> Renderer:
    from ldbu_desktop.rendering.outcome import OperationOutcomes

    return OperationOutcomes(sheet.text, occasion)


def _finding_rows(report: FindingsReport, sheet: Output, occasion: Occasion) -> None:
    from ldbu_desktop.rendering.machine import JsonDocument

    document = JsonDocument(sheet.text, {}, "findings")
    for row in report.encoded_rows():
        document.add_encoded(row)
    document.end(report.facts())


def _finding_lines(report: FindingsReport, sheet: Output, occasion: Occasion) -> None:
    from ldbu_desktop.rendering.machine import JsonLines

    lines = JsonLines(sheet.text)
    for row in report.encoded_rows():
        lines.add_encoded(row)
    lines.add(report.facts())


def _finding_cases(report: FindingsReport, sheet: Output, occasion: Occasion) -> None:
    from ldbu_desktop.rendering.junit import JUnit

    suite = JUnit(sheet.text, occasion, "ldbu.validate")
    for case in report.cases():
        suite.add(case)
    suite.end(is_complete=True, account=report.account)


def _finding_results(report: FindingsReport, sheet: Output, occasion: Occasion) -> None:
    from ldbu_desktop.rendering.sarif import write_findings_log

    write_findings_log(report.rows(), report.accepted_rows(), sheet.text, occasion)


def _finding_tables(report: FindingsReport, sheet: Output, occasion: Occasion) -> None:
    sheet.write_tables(report.tables())


_ON_PAPER = 500
"""Places of a cause that are worth their paper: a page of HTML and a workbook have them all."""

FORMATS = {
    one.name: one
    for one in (
        _for_people("text", "people", ".txt", Output.write_text, 5, findings_places=5),
        Format("json", "machines", ".json", _report_rows, _finding_rows),
        Format("jsonl", "machines", ".jsonl", _report_lines, _finding_lines),
        Format("junit", "machines", ".xml", _report_cases, _finding_cases),
        Format("sarif", "machines", ".sarif", _report_results, _finding_results),
        _for_people("html", "report", ".html", Output.write_page, 20, findings_places=None),
        Format("xlsx", "spreadsheet", ".xlsx", _report_tables, _finding_tables, is_binary=True),
        _for_people("pdf", "report", ".pdf", Output.write_paper, 20, findings_places=_ON_PAPER, is_binary=True),
        Format("operationoutcome", "machines", ".json", _report_outcomes),
    )
}
"""Every format by its name: those of verdicts on reports."""
OF_FINDINGS = {name: one.findings for name, one in FORMATS.items() if one.findings is not None}
"""What tells findings, by the name of a format that has a place for them."""


def report_renderer(name: str, sheet: Output, occasion: Occasion) -> Renderer:
    """What tells the verdicts on reports in a format."""
    return FORMATS[name].reports(sheet, occasion)


def write_findings(findings: Findings, standard: Standard, name: str, sheet: Output, occasion: Occasion) -> None:
    """Tell the findings of a journal in a format of ``OF_FINDINGS``."""
    from ldbu_desktop.rendering.journal_findings import FindingsReport

    is_for_others = FORMATS[name].audience in ("report", "spreadsheet")
    pseudonyms = _pseudonyms(findings) if is_for_others else None
    OF_FINDINGS[name](FindingsReport(findings, standard, occasion, pseudonyms), sheet, occasion)


def _pseudonyms(findings: Findings) -> Pseudonyms:
    """Pseudonyms with a key that nobody keeps."""
    from secrets import token_bytes

    from ldbu_desktop.rendering.pseudonyms import Pseudonyms

    return Pseudonyms(findings.journal, token_bytes(32))
