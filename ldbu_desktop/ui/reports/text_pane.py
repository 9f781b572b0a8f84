"""The middle: the selected report as it stands in its file, with the place of the selected finding marked."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from ldbu_desktop.faults import Fault
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.journal.mask import cpr_masked
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.faults import fault_text
from ldbu_desktop.rendering.words import count_words
from ldbu_desktop.ui.findings.json_view import JsonView
from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.kit.elided_label import ElidedLabel
from ldbu_desktop.ui.kit.stack import Stack
from ldbu_desktop.ui.kit.widgets import EmptyState, Pane, column, label, row, tool
from ldbu_desktop.ui.reports.checking import Checking, Report
from ldbu_desktop.ui.reports.report_lines import ReportLines, report_lines
from ldbu_desktop.ui.reports.words import fault_words, report_severity, severity_of, status_words
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.severity import colour_of, icon_of
from ldbu_desktop.ui.theme import GRID, scaled
from ldbu_desktop.work import Cancellation, Progress

_LINE = "check-text"
_ICON = 20
_WEIGHT = {severity: at for at, severity in enumerate(Severity)}


class TextPane(Pane):
    """The text is read when a report is selected, and only a bounded part of a long one is shown."""

    def __init__(self, checking: Checking, live: Retranslation) -> None:
        super().__init__()
        self._checking = checking
        self._number = -1
        self._shown: ReportLines | None = None
        self._rows = range(0)
        self._fault: Fault | None = None
        live.name(self, lambda: tr("Rapportens tekst"))
        self.picture = label("reportsTextPicture")
        self.heading = ElidedLabel("reportsTextHeading", "heading")
        self.note = label("reportsTextNote", tone="small")
        self.note.setWordWrap(True)
        self.back = tool("reportsTextBack", live, lambda: tr("Vis linjerne før"), "previous")
        self.forth = tool("reportsTextForth", live, lambda: tr("Vis linjerne efter"), "next")
        self.back.clicked.connect(lambda: self._turn(-1))
        self.forth.clicked.connect(lambda: self._turn(1))
        self.view = JsonView("reportsText", has_numbers=True)
        live.name(self.view, lambda: tr("Rapporten som JSON med linjenumre"))
        self.none = EmptyState("reportsTextNone", live, "report", lambda: tr("Ingen rapport er valgt"), self._hint)
        self.stack = Stack()
        self.stack.setObjectName("reportsTextStack")
        self.stack.addWidget(self.none)
        self.stack.addWidget(self._text_page())
        column(self).addWidget(self.stack)
        checking.began.connect(self._begin)
        checking.selected.connect(self.follow)
        checking.session.unmasked.connect(self._retell)
        live.also(self._redraw)

    def _text_page(self) -> QWidget:
        page = QWidget()
        page.setObjectName("reportsTextPage")
        top = row(self.picture, self.heading)
        top.setStretch(1, 1)
        top.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 2 * GRID)
        about = row(self.note, self.back, self.forth, spacing=1)
        about.setStretch(0, 1)
        about.setContentsMargins(4 * GRID, 0, 2 * GRID, 2 * GRID)
        lines = column(page)
        lines.addLayout(top)
        lines.addLayout(about)
        lines.addWidget(self.view, 1)
        return page

    def _hint(self) -> str:
        if self._fault is not None:
            return cpr_masked(fault_text(self._fault, chosen()))
        report = self._checking.report
        if report is not None and report.checked.fault is not None:
            return fault_words(report.checked)
        return tr("Vælg en rapport til venstre for at se den her, med stedet for hvert fund.")

    def _begin(self) -> None:
        self._number, self._shown, self._fault = -1, None, None
        self.follow()

    def follow(self) -> None:
        """Show the selected report and mark the selected finding."""
        if self._number != self._checking.number:
            self._number, self._shown, self._fault = self._checking.number, None, None
            self._read()
        self._tell()
        self._show_place()

    def _read(self) -> None:
        report, number = self._checking.report, self._number
        jobs = self._checking.session.jobs
        if report is None or report.checked.fault is not None:
            jobs.cancel(_LINE)
            return

        def work(_progress: Progress, _cancellation: Cancellation) -> ReportLines:
            from ldbu_desktop.use_cases.report_text import report_text

            read = report_text(report.given, report.checked.file)
            return report_lines(read.text, read.line)

        jobs.start(
            _LINE,
            lambda: "",
            work,
            lambda shown: self._take(number, shown),
            lambda fault: self._fail(fault),
            quiet=True,
        )

    def _take(self, number: int, shown: ReportLines) -> None:
        if number == self._number:
            self._shown = shown
            self._rows = shown.part(self._row() or 0)
            self._show_part()
            self._tell()

    def _fail(self, fault: Fault) -> None:
        self._fault = fault
        self._tell()

    def _row(self) -> int | None:
        """The row of the text, from 0, that the selected finding stands on."""
        error = self._checking.finding
        return self._shown.row(error) if self._shown is not None and error is not None else None

    def _show_part(self) -> None:
        if (shown := self._shown) is None:
            return
        rows = self._rows
        told = shown.told(rows, shows_cpr=self._checking.session.shows_cpr)
        self.view.show_lines(told, lambda at: shown.number(rows.start + at))
        self._mark()

    def _turn(self, by: int) -> None:
        """Show the part before (-1) or after (1) the one that is shown."""
        if self._shown is not None:
            middle = self._rows.stop if by > 0 else self._rows.start
            self._rows = self._shown.part(middle)
            self._show_part()
            self._tell()

    def _show_place(self) -> None:
        """Show the part that the selected finding is in, and mark it."""
        row_ = self._row()
        if self._shown is not None and row_ is not None and row_ not in self._rows:
            self._rows = self._shown.part(row_)
            self._show_part()
            self._tell()
        else:
            self._mark()

    def _mark(self) -> None:
        """Mark the selected finding where it is in the part that is shown, and all others there."""
        shown, report = self._shown, self._checking.report
        if shown is None or report is None:
            return
        row_ = self._row()
        severities: dict[int, Severity] = {}
        for error in (*report.checked.verdict.errors, *report.checked.verdict.others):
            at = shown.row(error)
            if at is not None and at in self._rows:
                known = severities.get(at - self._rows.start, Severity.NOT_CHECKED)
                severities[at - self._rows.start] = min(known, severity_of(error), key=_WEIGHT.__getitem__)
        at = row_ - self._rows.start if row_ is not None and row_ in self._rows else None
        self.view.mark(range(at, at + 1) if at is not None else None, severities)

    def _tell(self) -> None:
        report = self._checking.report
        is_there = report is not None and report.checked.fault is None and self._fault is None
        self.stack.setCurrentIndex(int(is_there))
        self.none.text.setText(self._hint())
        self.none.heading.setText(tr("Ingen rapport er valgt") if report is None else tr("Rapporten kan ikke vises"))
        if report is None or not is_there:
            return
        checked = report.checked
        severity = report_severity(checked)
        self.picture.setFixedSize(QSize(scaled(_ICON), scaled(_ICON)))
        self.picture.setPixmap(pixmap(icon_of(severity), colour_of(severity), _ICON))
        self.heading.setText(cpr_masked(checked.file).rpartition("/")[2])
        if self._shown is None:
            self.view.show_lines("", lambda at: at + 1)
        self.note.setText(self._note(report))
        is_cut = self._shown is not None and len(self._rows) < len(self._shown.lines)
        for part in (self.back, self.forth):
            part.setVisible(is_cut)
        if self._shown is not None:
            self.back.setEnabled(self._rows.start > 0)
            self.forth.setEnabled(self._rows.stop < len(self._shown.lines))

    def _note(self, report: Report) -> str:
        """What is to be known about the text that is shown."""
        if (shown := self._shown) is None:
            return tr("Læser …")
        told = [f"{status_words(report.checked)}."]
        if len(self._rows) < len(shown.lines):
            told.append(
                tr(
                    "Linje {first}–{last} af {total}.",
                    first=shown.number(self._rows.start),
                    last=shown.number(self._rows.stop - 1),
                    total=count_words(len(shown.lines)),
                )
            )
        if shown.is_indented:
            told.append(
                tr("Filens lange linjer er her brudt og rykket ind; linjenumrene til venstre er visningens egne.")
            )
        if not self._checking.session.shows_cpr:
            told.append(tr("CPR-numre er dækket."))
        return " ".join(told)

    def _retell(self) -> None:
        """Show the same part with CPR numbers shown or covered."""
        self._show_part()
        self._tell()

    def _redraw(self) -> None:
        self.view.redraw()
        self._tell()
