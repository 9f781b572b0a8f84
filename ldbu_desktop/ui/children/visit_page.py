"""What stands in the middle when a visit is selected: who and when, how it stands, and its values."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ldbu_desktop.editing.change import Change
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.words import findings_words, visit_about, visit_name
from ldbu_desktop.ui.children.values_view import ValuesView
from ldbu_desktop.ui.findings.verdict import VerdictBanner
from ldbu_desktop.ui.kit.widgets import Pane, column, label, row, tool
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.theme import GRID


class VisitPage(Pane):
    """Title, summary and values of the visit that is selected."""

    def __init__(self, session: Session, live: Retranslation) -> None:
        super().__init__()
        self._session = session
        self.heading = label("visitHeading", tone="title")
        self.heading.setWordWrap(True)
        self.about = label("visitAbout", tone="muted")
        self.about.setWordWrap(True)
        self.verdict = VerdictBanner("visitVerdict", live)
        self.previous = tool("visitPrevious", live, lambda: tr("Forrige kontakt (Ctrl+Shift+Enter)"), "previous")
        self.next = tool("visitNext", live, lambda: tr("Næste kontakt (Ctrl+Enter)"), "next")
        self.values = ValuesView(session, live)
        stack = column(self)
        top = QWidget()
        top.setObjectName("visitTop")
        lines = column(top, 0, 1)
        lines.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 3 * GRID)
        heads = row(self.heading, self.previous, self.next, spacing=1)
        heads.setStretch(0, 1)
        lines.addLayout(heads)
        lines.addWidget(self.about)
        lines.addSpacing(2 * GRID)
        lines.addWidget(self.verdict)
        stack.addWidget(top)
        stack.addWidget(self.values, 1)
        live.also(self.tell)
        for signal in (session.checked, session.unmasked, session.delivered, session.corrected):
            signal.connect(self.tell)
        session.changed.connect(self._follow_change)

    def _follow_change(self, change: Change) -> None:
        if not self._session.is_in_form and change.is_about(self._session.selection.family):
            self.tell()

    def show_selected(self) -> None:
        """Show the visit that is selected."""
        self.values.show_visit()
        self.tell()

    def tell(self) -> None:
        """Say what this visit is, and how it stands."""
        session = self._session
        visit, family = session.visit(session.selection.visit), session.family_of(session.selection.visit)
        if visit is None or family is None:
            return
        self.heading.setText(visit_name(visit, session.standard))
        told = visit_about(family, visit, shown=session.shows_cpr)
        self.about.setText("  ·  ".join(filter(None, (told, session.delivered_words(visit.key)))))
        if not session.work.is_checked(Where(visit=visit.key)):
            self.verdict.tell_waiting(tr("Kontakten er ikke kontrolleret endnu."), session.checked_words)
            return
        severity, count = session.work.state(Where(visit=visit.key))
        rejected = sum(
            session.severity(one) is Severity.REJECTED for one in session.work.findings_at(Where(visit=visit.key))
        )
        if severity is None:
            text = tr("Ingen fund. Kontakten er klar til aflevering.")
        elif severity is Severity.REJECTED:
            text = tr(
                "{found}, {rejected} afvises. Kontakten afleveres ikke, før det er rettet.",
                found=findings_words(count),
                rejected=rejected,
            )
        else:
            text = tr("{found}, men intet afvises. Kontakten kan afleveres.", found=findings_words(count))
        held = len(session.work.accepted_at(Where(visit=visit.key)))
        more = (
            tr("{count, plural, one {# fund er accepteret} other {# fund er accepteret}}", count=held) if held else ""
        )
        self.verdict.tell(severity, text, more)
