"""What the window writes to a file or to paper when it is asked to: findings, a template, a visit, a receipt.

Each says where it was saved, and the folder can be opened from there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ldbu_desktop import clock
from ldbu_desktop.faults import Fault
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.ui.at_work import AtWork
from ldbu_desktop.ui.message import Message
from ldbu_desktop.ui.pages import Pages
from ldbu_desktop.ui.saving import FileKind, ask_where
from ldbu_desktop.work import Cancellation, Progress

if TYPE_CHECKING:
    from ldbu_desktop.rendering.visit_summary import Summary
    from ldbu_desktop.ui.page import SavesFindings
    from ldbu_desktop.use_cases.receipt import ReceiptPage

_KINDS: dict[str, Callable[[], str]] = {
    "html": lambda: tr("Fejlrapport uden persondata, side"),
    "xlsx": lambda: tr("Fejlrapport uden persondata, regneark"),
    "pdf": lambda: tr("Fejlrapport uden persondata, PDF"),
    "text": lambda: tr("Tekst"),
    "json": lambda: tr("JSON"),
    "jsonl": lambda: tr("JSON, en linje pr. fund"),
    "junit": lambda: tr("JUnit"),
    "sarif": lambda: tr("SARIF"),
    "operationoutcome": lambda: tr("FHIR OperationOutcome"),
}
"""What the formats are called in a dialog, in the order in which they are offered."""


def _template_kinds() -> tuple[FileKind, ...]:
    return (
        FileKind(lambda: tr("Regneark, et ark pr. slags oplysning"), ".xlsx", "long"),
        FileKind(lambda: tr("Regneark, en række pr. kontakt"), ".xlsx", "wide"),
        FileKind(lambda: tr("Tekst, en fil pr. slags oplysning"), ".csv", "long"),
        FileKind(lambda: tr("Tekst, en række pr. kontakt"), ".csv", "wide"),
    )


class Writing:
    """A method a thing that can be written."""

    def __init__(self, at: AtWork, message: Message, pages: Pages, window: QWidget) -> None:
        self._at = at
        self._session = at.opened
        self._message = message
        self._pages = pages
        self._window = window
        at.opened.wrote.connect(self.say_where)

    def _start(self, line: str, work: Callable[[], Path], told: Callable[[], str]) -> None:
        """Write in the background, and say where."""

        def write(_progress: Progress, _cancellation: Cancellation) -> Path:
            return work()

        self._session.jobs.start(
            line, lambda: tr("Skriver"), write, lambda path: self.say_where(told, path), self._session.failed.emit
        )

    def say_where(self, told: Callable[[], str], path: Path) -> None:
        """Say that something was written, and where."""
        self._message.show_note(told, lambda: tr("Det ligger her: {file}", file=path), place=path)

    # --- findings

    @property
    def _page(self) -> SavesFindings | None:
        """What is found on the page that is shown, where that is not the journal's."""
        page = self._pages.shown
        return page.found if page is not None else None

    def has_findings(self) -> bool:
        """Whether something was checked whose findings can be saved: not those of an exercise."""
        return self._page is not None or (self._at.exercise is None and self._session.findings is not None)

    def save_findings(self) -> None:
        """Ask where to and as what, and write what was found: in the journal, or on the page that is shown."""
        from ldbu_desktop.rendering.formats import FORMATS, OF_FINDINGS
        from ldbu_desktop.ui.printing.document_pdf import document_pdf

        self._at.leave_field()
        page, findings, standard = self._page, self._session.findings, self._session.standard
        names = [name for name in _KINDS if page is not None or name in OF_FINDINGS]
        kinds = [FileKind(_KINDS[name], FORMATS[name].ending, name) for name in names]
        paths = self._session.work.paths if page is None else page.paths
        folder = paths[0].parent if paths else Path()
        proposed = folder / f"{tr('fund')}-{clock.today():%Y-%m-%d}.html"
        asked = ask_where(self._window, tr("Gem fundene"), proposed, kinds)
        if asked is None:
            return
        path, kind = asked

        def work() -> Path:
            from ldbu_desktop.use_cases.findings_file import write_findings_file, write_verdicts_file

            if page is not None:
                return write_verdicts_file(
                    page.reports, page.checked_with, standard, kind.key, path, document_pdf,
                    is_complete=page.is_complete,
                )  # fmt: skip
            if findings is None:
                raise ValueError("nothing was checked")
            return write_findings_file(findings, standard, kind.key, path, document_pdf)

        self._start("findings-file", work, lambda: tr("Fundene er gemt."))

    # --- a template

    def write_template(self) -> None:
        """Ask where to and in which shape, and write an empty template."""
        asked = ask_where(self._window, tr("Gem en tom skabelon"), f"{tr('skabelon')}.xlsx", _template_kinds())
        if asked is None:
            return
        path, kind = asked
        standard, language = self._session.standard, chosen()

        def work() -> Path:
            from ldbu_desktop.use_cases.template import write_template

            return write_template(path, standard, "wide" if kind.key == "wide" else "long", language, path)[0]

        self._start("template", work, lambda: tr("Skabelonen er gemt."))

    # --- a visit on paper

    def summary(self) -> tuple[Summary, str] | None:
        """The visit that is looked at, with what is being typed, and the name of its file; None where none is."""
        from dataclasses import replace

        from ldbu_desktop.rendering.visit_summary import file_name, visit_summary

        self._at.leave_field()
        session, exercise, today = self._at.session, self._at.exercise, clock.today()
        visit, family = session.visit(session.selection.visit), session.family_of(session.selection.visit)
        if visit is None or family is None:
            return None
        found = session.work.findings_at(Where(visit=visit.key)) if session.findings else None
        summary = visit_summary(family, visit, session.standard, found, today, shows_cpr=session.shows_cpr)
        name = file_name(visit, session.standard, today)
        if exercise is None:
            return summary, name
        told = (tr("Øvelse med opdigtede personer. Afleveres ikke."), *summary.about)
        return replace(summary, title=f"{tr('Øvelse')}: {summary.title}", about=told), f"{tr('oevelse')}-{name}"

    def save_visit(self) -> None:
        """Ask where to, and write the visit on one page."""
        from ldbu_desktop.ui.printing.pdf import choose_and_write

        if (found := self.summary()) is None:
            return
        try:
            path = choose_and_write(self._window, *found)
        except Fault as fault:
            self._session.failed.emit(fault)
            return
        if path is not None:
            self.say_where(lambda: tr("Kontakten er gemt som PDF."), path)

    def print_visit(self) -> None:
        """Print the visit on one page, on the printer that is chosen."""
        from ldbu_desktop.ui.printing.pdf import print_page
        from ldbu_desktop.ui.printing.printer import chosen_printer

        if (found := self.summary()) is None:
            return
        printer = chosen_printer(self._window, found[0].title)
        if printer is not None:
            print_page(printer, found[0])

    # --- a receipt

    def ask_receipt(self) -> None:
        """Ask for a receipt, and show it as a page."""
        from PySide6.QtWidgets import QFileDialog

        kinds = tr("Kvitteringer (kvittering*.json)")
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Vælg en kvittering"), "", kinds)
        if name:
            self.show_receipt(Path(name))

    def show_receipt(self, path: Path) -> None:
        """Show a receipt, or that of a folder, as a page."""
        session, standard = self._session, self._session.standard

        def read(_progress: Progress, cancellation: Cancellation) -> ReceiptPage:
            from ldbu_desktop.use_cases.receipt import read_receipt

            return read_receipt(path, standard, cancellation)

        session.jobs.start("receipt", lambda: tr("Læser"), read, self._show_receipt, session.failed.emit)

    def _show_receipt(self, page: ReceiptPage) -> None:
        from ldbu_desktop.ui.receipt import ReceiptDialog

        ReceiptDialog(page, self.say_where, self._session.failed.emit, self._window).open()

    # --- finished reports

    def check(self, paths: Sequence[Path]) -> None:
        """Check finished reports, on their page."""
        from ldbu_desktop.ui.pages import REPORTS
        from ldbu_desktop.ui.reports.page import ReportsPage

        self._pages.go(REPORTS)
        page = self._pages.page(REPORTS)
        if isinstance(page, ReportsPage):
            page.check(paths)
