"""The page itself: the conclusion, the list, and below it the two things that can be done about a row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ldbu_desktop.findings.deadlines import Deadline, Urgency
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.journal.fields import OBSERVATION_MISSING_REASON
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.deadlines import conclusion
from ldbu_desktop.ui.deadlines.model import DeadlinesModel
from ldbu_desktop.ui.findings.verdict import VerdictBanner
from ldbu_desktop.ui.kit.menus import PopupMenu
from ldbu_desktop.ui.kit.table import TableView
from ldbu_desktop.ui.kit.widgets import EmptyState, Pane, button, column, keep_line, label, row
from ldbu_desktop.ui.page import KeyedPage, PageContext
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID, scaled
from ldbu_desktop.work import Cancellation, Progress

_EVERY_MINUTE = 60_000
_SEVERITIES = {Urgency.TOO_LATE: Severity.REJECTED, Urgency.TODAY: Severity.LOOK_AT}


class DeadlinesPage(KeyedPage):
    """What is missing, found out anew when something is changed, and once a minute as time goes.

    Enter goes to the place, F8 tells why there is no value. ``clock`` gives the time.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        session, live = context.session, context.live
        self._session = session
        self._show = context.show
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)
        self._is_known = False
        live.name(self, lambda: tr("Frister"))
        self.model = DeadlinesModel(session, self)
        self.verdict = VerdictBanner("deadlinesVerdict", live)
        self.table = self._table(live)
        self.none = EmptyState(
            "deadlinesNone",
            live,
            "clear",
            lambda: tr("Intet mangler"),
            lambda: tr("Alt obligatorisk ved de kontakter, der er holdt, er skrevet eller har en årsag."),
        )
        self.go = button("deadlinesGo", live, lambda: tr("Gå til feltet (Enter)"), kind="primary", icon="forward")
        self.reason = button("deadlinesReason", live, lambda: tr("Angiv årsag … (F8)"), icon="missing")
        self.refusal = label("deadlinesRefusal", live, self._refusal, "muted")
        self.refusal.setWordWrap(True)
        self._minute = QTimer(self, interval=_EVERY_MINUTE)
        self._minute.setObjectName("deadlinesMinute")
        self._minute.timeout.connect(self._look)
        self._room = QWidget()  # what stands above has no more room while it is found out what is missing
        self._lay_out(live)
        self.go.clicked.connect(lambda: self._open(self.table.currentIndex()))
        self.reason.clicked.connect(self.ask_reason)
        for signal in (session.opened, session.judged, session.changed):
            signal.connect(self._look)
        session.unmasked.connect(self._retell)
        live.also(self._retell)

    def _table(self, live: Retranslation) -> TableView[Deadline]:
        made = TableView(
            "deadlinesTable", live, lambda: tr("Det, der mangler, efter frist"), self.model, wraps=True, sorts=True
        )
        made.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        made.verticalHeader().setDefaultSectionSize(scaled(8 * GRID))
        made.activated.connect(self._open)
        made.selectionModel().selectionChanged.connect(lambda *_: self._offer())
        return made

    def _lay_out(self, live: Retranslation) -> None:
        about = label(
            "deadlinesAbout",
            live,
            lambda: tr(
                "Mangler noget obligatorisk, afvises rapporten natten efter kontakten og natten efter igen. Skriv "
                "værdien, eller angiv årsagen, inden den anden nat er gået: kl. 12 to dage efter kontakten."
            ),
            "muted",
        )
        about.setWordWrap(True)
        keep_line(about, live)
        pane = Pane()
        lines = column(pane, 4, 3)
        lines.addWidget(label("deadlinesHeading", live, lambda: tr("Frister"), "title"))
        lines.addWidget(about)
        lines.addWidget(self.verdict)
        lines.addWidget(self.table, 1)
        lines.addWidget(self.none, 1)
        lines.addWidget(self._room, 1)
        line = row(self.go, self.reason, self.refusal)
        line.setStretch(2, 1)
        lines.addLayout(line)
        column(self).addWidget(pane)

    # --- what is missing

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was done, and with the time."""
        super().showEvent(event)
        self._minute.start()
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight, no time is watched."""
        super().hideEvent(event)
        self._minute.stop()

    def _look(self) -> None:
        """Find out what is missing now, in the background."""
        if not self.isVisible():
            return
        session, now = self._session, self.clock()
        findings = session.findings
        if findings is None:
            self._is_known = False
            self.model.refill((), now)
            self._tell()
            return

        def work(_progress: Progress, _cancellation: Cancellation) -> tuple[Deadline, ...]:
            from ldbu_desktop.findings.deadlines import deadlines

            return deadlines(findings.journal.families, findings.rules, now)

        session.jobs.start(
            "deadlines", lambda: "", work, lambda found: self._refill(found, now), session.failed.emit, quiet=True
        )

    def _refill(self, found: tuple[Deadline, ...], now: datetime) -> None:
        before = self.table.currentIndex().row()
        is_other = not self._is_known or found != self.model.given
        self._is_known = True
        if is_other:
            self.model.refill(found, now)
            if found:
                self.table.selectRow(min(max(before, 0), len(found) - 1))
        else:
            self.model.now = now
            self.model.retell()
        self._tell()

    def _retell(self) -> None:
        self.model.retell()
        self._tell()

    def _tell(self) -> None:
        rows = self.model.given
        if self.table.hasFocus() and not rows:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.setVisible(bool(rows))
        if self.hasFocus() and rows:  # gone to before it was known what is missing
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.none.setVisible(self._is_known and not rows)
        self._room.setVisible(not self._is_known)
        self.verdict.setVisible(not self._is_known or bool(rows))
        for part in (self.go, self.reason):
            part.setVisible(bool(rows))
        if not self._is_known:
            self.verdict.wait()
        elif rows:
            severity = _SEVERITIES.get(self.model.urgency(rows[0]), Severity.INFO)
            self.verdict.tell(severity, conclusion(rows, self.model.now), "")
        self._offer()

    # --- what is done about it

    @property
    def selected(self) -> tuple[Deadline, ...]:
        """The rows that are selected."""
        places = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return tuple(self.model.rows[place] for place in places)

    def _offer(self) -> None:
        selected = self.selected
        self.go.setEnabled(bool(selected))
        self.reason.setEnabled(any(one.may_lack for one in selected))
        self.refusal.setText(self._refusal())

    def _refusal(self) -> str:
        """Why no reason can be given, where none can."""
        selected = self.selected if self.model.rows else ()
        if not selected or all(one.may_lack for one in selected):
            return ""
        if any(one.may_lack for one in selected):
            return tr("Noget af det valgte kan kun få en værdi; årsagen gives til resten.")
        if not any(place.record or place.subject for one in selected for place in (one.where, *one.others)):
            return tr("Filen har ingen forælder, som en årsag kan skrives om.")
        return tr("Her kan der ikke angives en årsag: værdien skal skrives.")

    def doer(self, event: QKeyEvent) -> Callable[[], object] | None:
        """F8 asks for the reason."""
        is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if is_plain and event.key() == Qt.Key.Key_F8 and self.reason.isEnabled():
            return self.ask_reason
        return None

    def ask_reason(self) -> None:
        """Show the reasons below the row; a digit chooses one."""
        menu = PopupMenu(self, "deadlinesReasons", tr("Årsagen til, at der ingen værdi er"))
        standard = self._session.standard
        reasons = standard.offered(standard.variable[OBSERVATION_MISSING_REASON])
        for number, (code, concept) in enumerate(reasons.items(), 1):
            menu.add(concept.label[chosen()], partial(self.tell_reason, code), key=str(number) if number < 10 else "")
        below = self.table.visualRect(self.table.currentIndex()).bottomLeft() + QPoint(GRID, GRID)
        menu.offer(self.table.viewport().mapToGlobal(below))

    def tell_reason(self, code: str) -> None:
        """Give a reason to all that are selected and may have one, as one step."""
        from ldbu_desktop.workspace.deadlines import reasoned

        operation = reasoned(self.selected, code)
        if operation.edits:
            self._session.do(operation)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self._show(self.model.rows[index.row()].where, None)
