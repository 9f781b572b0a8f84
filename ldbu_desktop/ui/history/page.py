"""The page itself: which reports, the conclusion, what is wrong at the left, and a citizen's timeline at the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QWidget

from ldbu_desktop.deliveries.model import HistoryFinding, Place, TimelineEvent
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.findings.text import rendered
from ldbu_desktop.journal.mask import cpr_masked, masked
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.history import history_conclusion
from ldbu_desktop.rendering.left_out import beside_words, unread_words
from ldbu_desktop.rendering.words import severity_word
from ldbu_desktop.ui.delivered_reports import asked_files, asked_folder
from ldbu_desktop.ui.findings.explanation import TextPage, finding_page, line, note, part
from ldbu_desktop.ui.findings.json_view import JsonView
from ldbu_desktop.ui.findings.verdict import VerdictBanner
from ldbu_desktop.ui.history.models import HistoryFindingsModel, TimelineModel
from ldbu_desktop.ui.kit.table import TableView
from ldbu_desktop.ui.kit.widgets import LINE, Divided, EmptyState, Pane, button, column, label, row
from ldbu_desktop.ui.page import Page, PageContext
from ldbu_desktop.ui.theme import GRID
from ldbu_desktop.use_cases.open_history import OpenHistory, open_history, text_at
from ldbu_desktop.work import Cancellation, Progress


class HistoryPage(Page):
    """Reports over time. A finding that is chosen shows the timeline of its citizen, at its later place."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        session, live = context.session, context.live
        self._session = session
        self.takes_files = self.look_at
        self.history: OpenHistory | None = None
        self._text = ""
        live.name(self, lambda: tr("Afleveringer over tid"))
        self.findings = HistoryFindingsModel(session, self)
        self.timeline = TimelineModel(session, self)
        self.verdict = VerdictBanner("historyVerdict", live)
        self.folder = button("historyFolder", live, lambda: tr("Vælg en mappe …"), kind="primary", icon="folder")
        self.files = button("historyFiles", live, lambda: tr("Vælg filer …"), icon="open")
        self.nothing = EmptyState(
            "historyNothing",
            live,
            "recent",
            lambda: tr("Ingen rapporter endnu"),
            lambda: tr("Vælg en mappe eller en zip-fil med afleverede rapporter, eller træk dem herind."),
        )
        self.table = TableView(
            "historyFindings", live, lambda: tr("Det, der er galt"), self.findings, wraps=True, sorts=True
        )
        self.told = TableView(
            "historyTimeline", live, lambda: tr("Borgerens tidslinje"), self.timeline, wraps=True, sorts=True
        )
        self.citizens = QComboBox()
        self.citizens.setObjectName("historyCitizens")
        self.citizens.view().setObjectName("historyCitizenList")
        for named in (self.citizens, self.citizens.view()):
            live.name(named, lambda: tr("Borger"))
        self.explanation = TextPage("historyExplanation", live, lambda: tr("Forklaring"))
        self.json = JsonView("historyJson")
        live.name(self.json, lambda: tr("Det, der står i rapporten"))
        self._live = live
        self.folder.clicked.connect(self._ask_for_folder)
        self.files.clicked.connect(self._ask_for_files)
        self.table.selectionModel().currentRowChanged.connect(self._choose_finding)
        self.told.selectionModel().currentRowChanged.connect(self._choose_event)
        self.citizens.currentIndexChanged.connect(self._choose_citizen)
        session.unmasked.connect(self._unmask)

    def lay_out(self) -> Iterator[None]:
        """Put the parts in their places and say what they say, in slices."""
        live = self._live
        about = label(
            "historyAbout",
            live,
            lambda: tr(
                "Gatewayen ser én rapport ad gangen. Her læses de i rækkefølge: passer det, der er fortalt, ændret og "
                "trukket tilbage, sammen efter KL's notat om at rette fejl?"
            ),
            "muted",
        )
        about.setWordWrap(True)
        about.setMaximumWidth(LINE)
        for view in (self.table, self.told):
            view.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # a file of many reports ends in the line of one
        wrong, below = (Divided(name, Qt.Orientation.Vertical) for name in ("historyWrong", "historyBelow"))
        timeline = QWidget()
        timeline.setObjectName("historyOfCitizen")
        self.splitter = Divided("historySplitter")
        pane = Pane()
        lines = column(pane, 4, 3)
        lines.addWidget(label("historyHeading", live, lambda: tr("Afleveringer over tid"), "title"))
        lines.addWidget(about)
        line = row(self.folder, self.files)
        line.addStretch(1)
        lines.addLayout(line)
        lines.addWidget(self.verdict)
        lines.addWidget(self.splitter, 1)
        lines.addWidget(self.nothing, 1)
        lines.addStretch(0)  # below what is told while neither is there
        self.verdict.hide()
        self.splitter.hide()
        column(self).addWidget(pane)
        yield
        yield from self.splitter.take((wrong, timeline), (520, 520), (1, 1))
        yield from wrong.take((self.table, self.explanation), (300, 180), (2, 1))
        right = column(timeline, 0, 2)
        right.setContentsMargins(2 * GRID, 0, 0, 0)
        right.addWidget(self.citizens)
        right.addWidget(below, 1)
        yield
        yield from below.take((self.told, self.json), (220, 260), (1, 1))
        live.also(self._retell)

    # --- which reports

    def _ask_for_folder(self) -> None:
        if paths := asked_folder(self):
            self.look_at(paths)

    def _ask_for_files(self) -> None:
        if paths := asked_files(self):
            self.look_at(paths)

    def look_at(self, paths: Sequence[Path]) -> None:
        """Look at reports as one sequence, in the background."""
        standard = self._session.standard
        self.nothing.hide()
        self.splitter.hide()
        self.verdict.show()
        self.verdict.wait()

        def work(progress: Progress, cancellation: Cancellation) -> OpenHistory:
            return open_history(paths, standard, progress, cancellation)

        self._session.jobs.start(
            "history",
            lambda: tr("Læser rapporterne"),
            work,
            self._show,
            self._session.failed.emit,
            stays=True,
            given_up=self._show_known,
        )

    def _show_known(self) -> None:
        """Show what is known, or that nothing is: the reports that were looked at last, as far as there are any."""
        has_reports = self.history is not None and self.history.run.counts.reports > 0
        self.splitter.setVisible(has_reports)
        self.nothing.setVisible(not has_reports)
        self.verdict.setVisible(has_reports or bool(self._beside()))
        self._tell()

    def _show(self, history: OpenHistory) -> None:
        self.history = history
        self._show_known()
        self.verdict.announce()
        self.citizens.blockSignals(True)
        self.citizens.clear()
        for citizen in history.timelines:
            self.citizens.addItem(self._called(citizen), citizen)
        self.citizens.blockSignals(False)
        self.findings.show(history.findings)
        self._choose_citizen()
        self._explain(None)
        if history.findings:
            self.table.selectRow(0)
            self.table.setFocus()

    def _called(self, citizen: str) -> str:
        if not citizen:
            return tr("Skoler og andet")
        return citizen if self._session.shows_cpr else masked(citizen)

    def _tell(self) -> None:
        if self.history is None:
            return
        counts = self.history.run.counts
        weights = {one.severity for one in self.history.findings}
        if counts.unread or not counts.reports:
            weights.add(Severity.LOOK_AT)
        severity = next((one for one in Severity if one in weights), None)
        told, looked_at = history_conclusion(counts, self.history.findings)
        unread = unread_words(self.history.run.faults, counts.passed_over)
        lines = "\n".join(filter(None, (looked_at, unread)))
        self.verdict.tell(severity, told, lines if counts.reports else "\n\n".join(self._beside()))

    def _beside(self) -> list[str]:
        """What was not looked at, or is written for another edition, a paragraph each."""
        told: list[str] = []
        if self.history is None:
            return told
        run = self.history.run
        if self.history.more:
            told.append(
                tr(
                    "{count, plural, one {# fund} other {# fund}} vises ikke her. Se dem alle med ldbu history.",
                    count=self.history.more,
                )
            )
        if self.history.beside:
            told.append(
                tr(
                    "Tidslinjen for {count, plural, one {# familie} other {# familier}} uden fund vises ikke her.",
                    count=self.history.beside,
                )
            )
        return [*told, *beside_words(run.counts, run.left_out, self._session.standard)]

    def _retell(self) -> None:
        self.findings.retell()
        self.timeline.retell()
        self._tell()
        self._explain(self._finding(self.table.currentIndex()))

    def _unmask(self) -> None:
        """Show or hide CPR numbers, as is wished elsewhere too."""
        for at in range(self.citizens.count()):
            self.citizens.setItemText(at, self._called(self.citizens.itemData(at)))
        if self._text:
            self._show_text(self._text)

    # --- what is looked at

    def _finding(self, index: QModelIndex) -> HistoryFinding | None:
        return self.findings.rows[index.row()] if index.isValid() else None

    def _choose_finding(self, index: QModelIndex, _before: QModelIndex) -> None:
        finding = self._finding(index)
        self._explain(finding)
        if finding is None:
            return
        self.citizens.setCurrentIndex(self.citizens.findData(self._citizen_of(finding)))
        places = [event.place for event in self.timeline.rows]
        found = (places.index(place) for place in (finding.later, finding.earlier) if place in places)
        if (at := next(found, None)) is not None:
            self.told.selectRow(at)
            self.told.scrollTo(self.timeline.index(at, 0))
        else:
            self._read(finding.later)

    def _citizen_of(self, finding: HistoryFinding) -> str:
        """Whose timeline a finding is shown in: whom it is about, or else the first whom its report tells of."""
        if self.history is None or finding.citizen in self.history.timelines:
            return finding.citizen
        told = self.history.timelines.items()
        of_report = (who for who, events in told if any(one.place.file == finding.later.file for one in events))
        return next(of_report, finding.citizen)

    def _explain(self, finding: HistoryFinding | None) -> None:
        if finding is None:
            self.explanation.show_page("".join(map(line, self._beside())))
            return
        words = rendered(finding, chosen(), self._session.standard)
        why = part(tr("Gør sådan"), words.remedy), part(tr("Hvorfor"), words.why)
        parts = (line(words.message), *why, *map(note, self._beside()))
        weight = severity_word(finding.severity)
        self.explanation.show_page(finding_page(finding.severity, weight, words.title, parts))

    def _choose_citizen(self) -> None:
        events: Sequence[TimelineEvent] = ()
        if self.history is not None:
            events = self.history.timelines.get(self.citizens.currentData(), ())
        self.timeline.show(events)
        self.told.scrollToTop()
        self._text = ""
        self.json.show_lines("")

    def _choose_event(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self._read(self.timeline.rows[index.row()].place)

    def _read(self, place: Place) -> None:
        """Show what stands at a place, read again from the file."""
        if self.history is None:
            return
        paths = self.history.paths

        def work(_progress: Progress, _cancellation: Cancellation) -> str:
            return text_at(paths, place)

        self._session.jobs.start(
            "history-json", lambda: "", work, self._show_text, self._session.failed.emit, quiet=True
        )

    def _show_text(self, text: str) -> None:
        self._text = text
        shown = text if self._session.shows_cpr else cpr_masked(text)
        self.json.show_lines(shown or tr("Filen er der ikke mere, eller er ændret."))
