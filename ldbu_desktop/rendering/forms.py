"""The forms that verdicts and findings can be told in, and what writes each. Only what is asked for is imported."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from ldbu_desktop.findings.summary import Findings
    from ldbu_desktop.rendering.document import Document
    from ldbu_desktop.rendering.occasion import Occasion
    from ldbu_desktop.rendering.report_verdicts import Renderer
    from ldbu_desktop.rendering.tables import Table
    from ldbu_desktop.standard.model import Standard

FORMS = ("text", "json", "jsonl", "junit", "html", "xlsx", "pdf")
"""The forms for every command that checks something."""
OUTCOME = "operationoutcome"
"""The form for FHIR servers, of verdicts alone."""
BINARY = frozenset({"xlsx", "pdf"})
"""Forms that are no text: nothing to see on a terminal."""

PLACES = {"text": 5, "html": 20, "pdf": 20}
"""How many places of a cause are shown unless all are asked for."""

Painter = Callable[[str, str], bytes]
"""Makes a PDF of a title and a page of rich text: the one thing here that only a window's library can."""


class Sheet:
    """Where a form is written: text to ``text``, what is no text by ``write_bytes``; ``painter`` makes a PDF."""

    def __init__(self, text: TextIO, write_bytes: Callable[[bytes], object], painter: Painter) -> None:
        self.text = text
        self._write_bytes = write_bytes
        self._painter = painter

    def document(self, form: str) -> Callable[[Document], object]:
        """What writes a document in a form for people."""
        if form == "text":
            from ldbu_desktop.rendering.text import write_text

            return lambda document: write_text(document, self.text)
        if form == "html":
            from ldbu_desktop.rendering.page import write_page

            return lambda document: write_page(document, self.text)
        from ldbu_desktop.rendering.paper import paper

        return lambda document: self._write_bytes(self._painter(document.title, paper(document)))

    def tables(self, tables: tuple[Table, ...]) -> None:
        """Write a workbook."""
        from ldbu_desktop.rendering.tables import workbook

        self._write_bytes(workbook(tables))


def report_renderer(form: str, sheet: Sheet, occasion: Occasion) -> Renderer:
    """What tells the verdicts on reports in a form."""
    if form == OUTCOME:
        from ldbu_desktop.rendering.outcome import OperationOutcomes

        return OperationOutcomes(sheet.text, occasion)
    from ldbu_desktop.rendering.report_verdicts import Cases, Documents, Lines, Rows, Tables

    if form in PLACES:
        return Documents(sheet.document(form), occasion, PLACES[form])
    if form == "xlsx":
        return Tables(sheet.tables, occasion)
    machines: dict[str, Callable[[TextIO, Occasion], Renderer]] = {"json": Rows, "jsonl": Lines, "junit": Cases}
    return machines[form](sheet.text, occasion)


def write_findings(findings: Findings, standard: Standard, form: str, sheet: Sheet, occasion: Occasion) -> None:
    """Tell the findings of a journal in a form."""
    from ldbu_desktop.rendering.journal_findings import FindingsReport

    report = FindingsReport(findings, standard, occasion)
    if form in PLACES:
        sheet.document(form)(report.document(PLACES[form]))
    elif form == "xlsx":
        sheet.tables(report.tables())
    elif form == "junit":
        from ldbu_desktop.rendering.junit import JUnit

        suite = JUnit(sheet.text, occasion, "ldbu.validate")
        for case in report.cases():
            suite.add(case)
        suite.end(is_complete=True, account=report.account)
    else:
        from ldbu_desktop.rendering.machine import JsonDocument, JsonLines

        rows = JsonLines(sheet.text) if form == "jsonl" else JsonDocument(sheet.text, {}, "findings")
        for row in report.rows():
            rows.add(row)
        if isinstance(rows, JsonDocument):
            rows.end(report.facts())
        else:
            rows.add(report.facts())
