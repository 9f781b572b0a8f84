"""One inspector everywhere: the findings of what is selected by cause, and below what the selected one means."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from ldbu_desktop.editing.change import Change
from ldbu_desktop.findings.causes import Cause
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.journal.where import WHOLE_JOURNAL, Where
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.words import count_words
from ldbu_desktop.ui.burden.time_left import TimeLeftPane
from ldbu_desktop.ui.findings.explanation import TextPage, hint
from ldbu_desktop.ui.findings.model import FindingsModel
from ldbu_desktop.ui.findings.view import FindingsView
from ldbu_desktop.ui.inspector.causes import JournalCauses
from ldbu_desktop.ui.inspector.explanation import definition_page, journal_finding_page
from ldbu_desktop.ui.inspector.preview import PreviewPane
from ldbu_desktop.ui.kit.widgets import EmptyState, Pane, Segments, column, divided, label, row, tool
from ldbu_desktop.ui.pace import after_paint
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.theme import GRID

EXPLANATION, DEFINITION, PREVIEW, TIME = "explanation", "definition", "preview", "time"
_HERE, _WHOLE = "here", "whole"


class Inspector(Pane):
    """Selecting a finding selects its place everywhere; selecting a place shows its finding here."""

    def __init__(self, session: Session, live: Retranslation) -> None:
        super().__init__()
        self._session = session
        live.name(self, lambda: tr("Fund og forklaring"))
        self.causes = FindingsModel[Cause[Finding], Finding](JournalCauses(session), self)
        self.heading = label("findingsHeading", live, lambda: tr("Fund"), "heading")
        self.count = label("findingsCount", tone="muted")
        self.scope = Segments("findingsScope", live, ((_HERE, lambda: tr("Her")), (_WHOLE, lambda: tr("Alt"))))
        self.list = FindingsView("causes", live, lambda: tr("Fund efter årsag"), self.causes)
        self.none = EmptyState("findingsNone", live, "clear", lambda: tr("Ingen fund her"), self._nothing)
        self.findings = QStackedWidget()
        self.findings.setObjectName("findings")
        self.findings.addWidget(self.none)
        self.findings.addWidget(self.list)
        self.view = Segments(
            "inspectorView",
            live,
            (
                (EXPLANATION, lambda: tr("Forklaring")),
                (DEFINITION, lambda: tr("Definition")),
                (PREVIEW, lambda: tr("Det der sendes")),
                (TIME, lambda: tr("Tid")),
            ),
        )
        self.explanation = TextPage("explanation", live, lambda: tr("Forklaring"))
        self.definition = TextPage("definition", live, lambda: tr("Definition"))
        self.preview = PreviewPane(session, live)
        self.standing = TimeLeftPane(live)
        self.pages = QStackedWidget()
        self.pages.setObjectName("inspectorPages")
        for page in (self.explanation, self.definition, self.preview, self.standing):
            self.pages.addWidget(page)
        self._lay_out(live)
        self.scope.chosen.connect(self._rescope)
        self.view.chosen.connect(self._turn)
        self.list.picked.connect(self._pick)
        session.selected.connect(self._follow)
        session.changed.connect(self._follow_change)
        for signal in (session.opened, session.judged):
            signal.connect(lambda: after_paint(self, self._refresh))
        live.also(self._retell)
        self._refresh()

    def _lay_out(self, live: Retranslation) -> None:
        above, below = QWidget(), QWidget()
        above.setObjectName("inspectorAbove")
        below.setObjectName("inspectorBelow")
        self.previous = tool("findingPrevious", live, lambda: tr("Forrige fund (Shift+F7)"), "previous")
        self.next = tool("findingNext", live, lambda: tr("Næste fund (F7)"), "next")
        top = row(self.heading, self.count, 1, self.scope, self.previous, self.next, spacing=1)
        top.setContentsMargins(4 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        lines = column(above)
        lines.addLayout(top)
        lines.addWidget(self.findings, 1)
        tabs = row(self.view, 1, spacing=0)
        tabs.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        lines = column(below)
        lines.addLayout(tabs)
        lines.addWidget(self.pages, 1)
        self.splitter = divided("inspectorSplitter", (above, below), (260, 400), (2, 3), Qt.Orientation.Vertical)
        column(self).addWidget(self.splitter)

    def _nothing(self) -> str:
        if self._session.findings is None:
            return tr("Fundene kommer, når kontrollen er færdig.")
        session = self._session
        at = session.selection if self.scope.choice == _HERE else Where()
        family, visit = session.work.state(Where(at.family)), session.work.state(Where(visit=at.visit))
        _, left = visit if at.visit else family if at.family else session.work.state()
        if left:
            return tr("Det, der er skrevet, er kontrolleret. Noget mangler endnu.")
        if at.visit:
            return tr("Kontakten er kontrolleret, og der er ikke noget at rette.")
        return tr("Alt er kontrolleret, og der er ikke noget at rette. Det er en forkontrol; gatewayen afgør.")

    @property
    def reading(self) -> QWidget:
        """What is read at the bottom now: the explanation, the definition, what is sent or the time that is left."""
        return (self.explanation, self.definition, self.preview.text, self.standing)[self.pages.currentIndex()]

    def show_view(self, view: str) -> None:
        """Turn to the explanation, the definition or what is sent."""
        self.view.choose(view)

    def _turn(self, view: str) -> None:
        self.pages.setCurrentIndex((EXPLANATION, DEFINITION, PREVIEW, TIME).index(view))
        if view == PREVIEW:
            self.preview.show_visit()

    def _rescope(self, _scope: str) -> None:
        self._refresh()

    def _refill(self) -> None:
        """Show the causes of what is selected now; those that are the same as before stay as they are."""
        now, is_whole = self._session.selection, self.scope.choice == _WHOLE
        causes = self._session.work.causes(WHOLE_JOURNAL if is_whole else now)
        if causes != self.causes.causes:
            self.causes.show(causes)

    def _retell(self) -> None:
        self.causes.retell()
        self._tell()

    def _follow_change(self, change: Change) -> None:
        family = self._session.selection.family
        if self.scope.choice != _HERE or not family or change.is_about(family):
            self._refresh()

    def _refresh(self) -> None:
        self.view.button(TIME).setVisible(self._session.is_filled)
        if self.view.choice == TIME and not self._session.is_filled:
            self.show_view(EXPLANATION)
        self._refill()
        self._tell()
        if self.pages.currentWidget() is self.preview:
            self.preview.show_visit()

    def _tell(self) -> None:
        causes = self.causes.causes
        self.count.setText(count_words(self.causes.count) if causes else "")
        self.findings.setCurrentWidget(self.list if causes else self.none)
        self.none.text.setText(self._nothing())
        self._explain()
        self.list.mark(self._session.finding)

    def _explain(self) -> None:
        now = self._session.selection
        if self._session.finding is not None:
            self.explanation.show_page(journal_finding_page(self._session.finding, self._session))
        else:
            self.explanation.show_page(hint(tr("Vælg et fund for at se, hvad det betyder, og hvad man gør.")))
        told = definition_page(now.field or now.variable, now.variable, self._session) if self._session.is_open else ""
        none = tr("Vælg et felt for at se, hvad standarden siger om det.")
        self.definition.show_page(told or hint(none))

    def _follow(self) -> None:
        self._refill()
        self._tell()
        if self.pages.currentWidget() is self.preview:
            self.preview.show_visit()

    def _pick(self, finding: Finding) -> None:
        if finding != self._session.finding:
            self._session.select_finding(finding)

    def step(self, by: int) -> bool:
        """Select the next finding (``by`` 1) or the one before (-1) among those of the file; False if there is none."""
        findings: list[Finding] = [
            one for cause in self._session.work.causes() for one in (*cause.findings, *cause.following)
        ]
        if not findings:
            return False
        now = self._session.finding
        at = findings.index(now) + by if now in findings else (0 if by > 0 else -1)
        self._session.select_finding(findings[at % len(findings)])
        return True
