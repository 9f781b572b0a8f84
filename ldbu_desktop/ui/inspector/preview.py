"""What would be sent for the visit that is selected: the FHIR JSON, with the selected field's part marked."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtWidgets import QWidget

from ldbu_desktop.bundles.model import Preview
from ldbu_desktop.faults import Fault
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import tr
from ldbu_desktop.ui.findings.json_view import JsonView
from ldbu_desktop.ui.kit.stack import Stack
from ldbu_desktop.ui.kit.widgets import EmptyState, Pane, column, label
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.theme import GRID
from ldbu_desktop.work import Cancellation, Progress


class PreviewPane(Pane):
    """The report is built anew when the visit changes; the mark follows the selection."""

    def __init__(self, session: Session, live: Retranslation) -> None:
        super().__init__()
        self._session = session
        self._preview: Preview | None = None
        self._visit = ""
        self.about = label("previewAbout", tone="small")
        self.about.setWordWrap(True)
        self.text = JsonView("previewText")
        live.name(self.text, lambda: tr("Rapporten, som den skrives: FHIR JSON"))
        self.none = EmptyState(
            "previewNone",
            live,
            "report",
            lambda: tr("Intet at vise endnu"),
            self._nothing,
        )
        shown = QWidget()
        shown.setObjectName("previewShown")
        lines = column(shown)
        self.about.setContentsMargins(4 * GRID, 0, 4 * GRID, 2 * GRID)
        lines.addWidget(self.about)
        lines.addWidget(self.text, 1)
        self.stack = Stack()
        self.stack.setObjectName("previewStack")
        self.stack.addWidget(self.none)
        self.stack.addWidget(shown)
        column(self).addWidget(self.stack)
        live.also(self.text.redraw)

    def _nothing(self) -> str:
        """Why no report is shown: nothing is chosen, it is not checked yet, or it is being built."""
        key = self._session.selection.visit
        if not key:
            return tr("Vælg en kontakt for at se den afleveringsrapport, der ville blive skrevet.")
        if not self._session.work.is_checked(Where(visit=key)):
            return tr("Rapporten vises, når kontakten er kontrolleret.")
        return tr("Rapporten dannes …")

    def _show_nothing(self) -> None:
        self.none.text.setText(self._nothing())
        self.stack.setCurrentIndex(0)

    def show_visit(self) -> None:
        """Build what would be sent for the selected visit, in the background."""
        key = self._session.selection.visit
        if not key or not self._session.work.is_checked(Where(visit=key)):
            self._preview, self._visit = None, ""
            self._show_nothing()
            return
        if key != self._visit:  # what is shown is another's: nobody takes it for this one
            self._show_nothing()
        self._visit = key
        journal, standard, ledger = self._session.journal, self._session.standard, self._session.work.ledger

        def work(_progress: Progress, _cancellation: Cancellation) -> Preview:
            from ldbu_desktop.use_cases.preview import preview

            return preview(journal, standard, key, datetime.now(UTC), ledger=ledger)

        self._session.jobs.start("preview", lambda: "", work, self._show, self._fail, quiet=True)

    def _show(self, preview: Preview) -> None:
        self._preview = preview
        self.text.show_lines(preview.text)
        self.about.setText(
            tr("Sådan ser rapporten ud, når den afleveres.")
            if self._session.work.is_ready(self._visit)
            else tr("Sådan ville rapporten se ud. Den afleveres ikke, før det, der afvises, er rettet.")
        )
        self.stack.setCurrentIndex(1)
        self._mark()

    def _fail(self, fault: Fault) -> None:
        self._preview, self._visit = None, ""
        self._show_nothing()
        self._session.failed.emit(fault)

    def _mark(self) -> None:
        if self._preview is not None:
            self.text.mark(self._selected_lines(self._preview))

    def _selected_lines(self, preview: Preview) -> range | None:
        """Where what is selected stands: a field of the visit itself has no record's key."""
        now = self._session.selection
        return preview.part(now.record or now.visit, now.field or now.variable) if now.record or now.field else None
