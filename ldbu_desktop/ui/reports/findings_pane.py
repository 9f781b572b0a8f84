"""The pane at the right: what was found, by cause, and what the selected finding means."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ldbu_desktop.conformance.model import ReportCause, ReportPlace
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.words import count_words
from ldbu_desktop.ui.findings.explanation import TextPage
from ldbu_desktop.ui.findings.model import FindingsModel
from ldbu_desktop.ui.findings.view import FindingsView
from ldbu_desktop.ui.kit.stack import Stack
from ldbu_desktop.ui.kit.widgets import EmptyState, Pane, Segments, column, divided, label, row, tool
from ldbu_desktop.ui.reports.causes import ReportCauses
from ldbu_desktop.ui.reports.checking import Checking
from ldbu_desktop.ui.reports.explanation import blank_page, report_finding_page, report_page
from ldbu_desktop.ui.reports.words import ReportStatus, status_of
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID

_HERE, _WHOLE = "here", "whole"


class FindingsPane(Pane):
    """Selecting a finding selects its place in the text; F7 and Shift+F7 go on and back."""

    def __init__(self, checking: Checking, live: Retranslation) -> None:
        super().__init__()
        self._checking = checking
        self._causes = ReportCauses(checking)
        self._of = (False, -1)
        live.name(self, lambda: tr("Fund og forklaring"))
        self.model = FindingsModel[ReportCause, ReportPlace](self._causes, self)
        self.heading = label("reportsErrorsHeading", live, lambda: tr("Fund"), "heading")
        self.count = label("reportsErrorsCount", tone="muted")
        self.scope = Segments(
            "reportsScope",
            live,
            lambda: tr("Hvilke fund der vises"),
            ((_HERE, lambda: tr("Rapporten")), (_WHOLE, lambda: tr("Alle rapporter"))),
        )
        self.list = FindingsView("reportsErrors", live, lambda: tr("Fund efter årsag"), self.model)
        self.none = EmptyState(
            "reportsErrorsNone",
            live,
            "report",
            lambda: tr("Ingen fund at vise"),
            lambda: tr("Vælg en rapport for at se dens fund."),
        )
        self.waiting = EmptyState(
            "reportsErrorsWaiting",
            live,
            "recent",
            lambda: tr("Kontrollerer …"),
            lambda: tr("Fundene kommer, når de første rapporter er kontrolleret."),
        )
        self.clear = EmptyState(
            "reportsErrorsClear",
            live,
            "clear",
            lambda: tr("Ingen fejl i rapporten"),
            lambda: tr("Den er kontrolleret, og der er ikke noget at rette."),
        )
        self.all_clear = EmptyState(
            "reportsErrorsAllClear",
            live,
            "clear",
            lambda: tr("Ingen fejl"),
            lambda: tr("Alle rapporter, der kunne læses, er kontrolleret, og der er ikke noget at rette."),
        )
        self.unchecked = EmptyState(
            "reportsErrorsUnchecked",
            live,
            "not-checked",
            lambda: tr("Ikke kontrolleret"),
            lambda: tr("Filen kunne ikke læses, så vi ved ikke, om den ville blive afvist."),
        )
        self.no_report = EmptyState(
            "reportsErrorsNoReport",
            live,
            "info",
            lambda: tr("Ingen rapport"),
            lambda: tr("Filen ligger ved siden af rapporterne og tæller ikke med."),
        )
        self.stack = Stack()
        self.stack.setObjectName("reportsErrorsStack")
        for part in (self.none, self.waiting, self.clear, self.all_clear, self.unchecked, self.no_report, self.list):
            self.stack.addWidget(part)
        self.explanation = TextPage("reportsExplanation", live, lambda: tr("Forklaring"))
        self.previous = tool("reportsPrevious", live, lambda: tr("Forrige fund (Shift+F7)"), "previous")
        self.next = tool("reportsNext", live, lambda: tr("Næste fund (F7)"), "next")
        self._lay_out(live)
        self.scope.chosen.connect(self._rescope)
        self.list.picked.connect(self._pick)
        checking.began.connect(lambda: self._refresh(anew=True))
        checking.told.connect(self._tell_when_running)
        checking.causes_changed.connect(self._refill_whole)
        checking.selected.connect(self._refresh)
        live.also(self._retell)

    def _lay_out(self, live: Retranslation) -> None:
        above, below = QWidget(), QWidget()
        above.setObjectName("reportsErrorsAbove")
        below.setObjectName("reportsErrorsBelow")
        top = row(self.heading, self.count, 1, self.scope)
        top.setContentsMargins(4 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        lines = column(above)
        lines.addLayout(top)
        lines.addWidget(self.stack, 1)
        heading = label("reportsExplanationHeading", live, lambda: tr("Forklaring"), "heading")
        tabs = row(heading, 1, self.previous, self.next, spacing=0)
        tabs.setContentsMargins(4 * GRID, 2 * GRID, 2 * GRID, 0)
        lines = column(below)
        lines.addLayout(tabs)
        lines.addWidget(self.explanation, 1)
        self.splitter = divided("reportsErrorsSplitter", (above, below), (250, 420), (1, 2), Qt.Orientation.Vertical)
        column(self).addWidget(self.splitter)

    def _show_list(self) -> None:
        """Show the causes; where there are none, say why."""
        report = self._checking.report
        if self.model.causes:
            shown: QWidget = self.list
        elif self._causes.is_whole and self._checking.counts[ReportStatus.CLEAR] and not self._checking.is_running:
            shown = self.all_clear
        elif report is None or self._causes.is_whole:
            shown = self.waiting if self._checking.is_running else self.none
        else:
            without = {ReportStatus.UNCHECKED: self.unchecked, ReportStatus.NO_REPORT: self.no_report}
            shown = without.get(status_of(report.checked), self.clear)
        self.stack.setCurrentWidget(shown)

    def _rescope(self, scope: str) -> None:
        self._causes.is_whole = scope == _WHOLE
        self._refresh(anew=True)

    def _refill_whole(self) -> None:
        if self._causes.is_whole:
            self._refresh(anew=True)

    def _tell_when_running(self) -> None:
        if self._checking.number < 0:
            self._tell()

    def _refresh(self, *, anew: bool = False) -> None:
        """Show the causes of the selected report, or of all; nothing is done where they are shown already."""
        before, self._of = self._of, (self._causes.is_whole, self._checking.number)
        if anew or (self._of != before and not (self._of[0] and before[0])):
            self.model.show(self._causes.rows)
        self._tell()
        self._mark_row()

    def _retell(self) -> None:
        self.model.show(self._causes.rows)
        self._tell()
        self._mark_row()

    def _tell(self) -> None:
        checking = self._checking
        self.count.setText(count_words(self.model.count) if self.model.causes else "")
        self._show_list()
        for part in (self.previous, self.next):
            part.setEnabled(bool(checking.causes.rejecting or checking.causes.to_look_at or checking.causes.own))
        if checking.finding is not None:
            told = report_finding_page(checking.finding, checking.version, checking.session.standard)
        elif checking.report is not None:
            told = report_page(checking.report, checking.version)
        else:
            told = blank_page(checking)
        self.explanation.show_page(told)

    def _mark_row(self) -> None:
        error = self._checking.finding
        self.list.mark(ReportPlace(str(self._checking.number), error) if error is not None else None)

    def _pick(self, place: ReportPlace) -> None:
        self._checking.select(int(place.file), place.finding)
