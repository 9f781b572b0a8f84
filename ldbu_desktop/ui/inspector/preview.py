"""What would be sent for the visit that is selected: the FHIR JSON, with the selected field's part marked."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QStackedWidget, QTextEdit, QWidget

from ldbu_desktop.bundles.preview import Preview
from ldbu_desktop.faults import Fault
from ldbu_desktop.language import tr
from ldbu_desktop.ui.kit.widgets import EmptyState, Pane, column, label
from ldbu_desktop.ui.live import Live
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.theme import GRID, SMALL, colour, font

_NAME = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"(?=\s*:)')
_VALUE = re.compile(r'(?<=: )(?:"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|true|false|null)')


class _Colouring(QSyntaxHighlighter):
    """Names in the accent colour, values in the text's."""

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        for pattern, ink in ((_NAME, "accent"), (_VALUE, "text")):
            form = QTextCharFormat()
            form.setForeground(colour(ink))
            for found in pattern.finditer(text):
                self.setFormat(found.start(), found.end() - found.start(), form)


class PreviewPane(Pane):
    """The report is built anew when the visit changes; the mark follows the selection."""

    def __init__(self, session: Session, live: Live) -> None:
        super().__init__()
        self._session = session
        self._preview: Preview | None = None
        self._visit = ""
        self.about = label("previewAbout", tone="small")
        self.about.setWordWrap(True)
        self.text = QPlainTextEdit()
        self.text.setObjectName("previewText")
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        live.name(self.text, lambda: tr("Det der sendes, som FHIR JSON"))
        self.none = EmptyState(
            "previewNone",
            live,
            "report",
            lambda: tr("Intet at vise endnu"),
            lambda: tr("Vælg en kontakt for at se den afleveringsrapport, der ville blive sendt."),
        )
        self._colouring = _Colouring(self.text.document())
        shown = QWidget()
        shown.setObjectName("previewShown")
        lines = column(shown)
        self.about.setContentsMargins(4 * GRID, 0, 4 * GRID, 2 * GRID)
        lines.addWidget(self.about)
        lines.addWidget(self.text, 1)
        self.stack = QStackedWidget()
        self.stack.setObjectName("previewStack")
        self.stack.addWidget(self.none)
        self.stack.addWidget(shown)
        column(self).addWidget(self.stack)
        live.also(self._redraw)

    def _redraw(self) -> None:
        self.text.setFont(font(SMALL, fixed=True))
        self._colouring.rehighlight()
        self._mark()

    def show_visit(self) -> None:
        """Build what would be sent for the selected visit, in the background."""
        key = self._session.selection.visit
        if not key or self._session.findings is None:
            self._preview = None
            self.stack.setCurrentIndex(0)
            return
        self._visit = key
        self._session.preview(key, self._show, self._fail)

    def _show(self, preview: Preview) -> None:
        self._preview = preview
        if self.text.toPlainText() != preview.text:
            self.text.setPlainText(preview.text)
        self.about.setText(
            tr("Sådan ser rapporten ud, når den afleveres.")
            if self._session.is_ready(self._visit)
            else tr("Sådan ville rapporten se ud. Den afleveres ikke, før det, der afvises, er rettet.")
        )
        self.stack.setCurrentIndex(1)
        self._mark()

    def _fail(self, fault: Fault) -> None:
        self._preview = None
        self.stack.setCurrentIndex(0)
        self._session.failed.emit(fault)

    def _mark(self) -> None:
        if self._preview is None:
            return
        marks = []
        if (lines := self._selected_lines(self._preview)) is not None:
            start, end = self._preview.characters(lines)
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.text.document())
            mark.cursor.setPosition(start)
            mark.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            mark.format.setBackground(colour("accent_tint"))
            mark.format.setProperty(QTextCharFormat.Property.FullWidthSelection, True)
            marks.append(mark)
        self.text.setExtraSelections(marks)
        if marks:
            cursor = QTextCursor(self.text.document())
            cursor.setPosition(marks[0].cursor.selectionStart())
            self.text.setTextCursor(cursor)
            self.text.centerCursor()

    def _selected_lines(self, preview: Preview) -> range | None:
        """Where what is selected stands: a field of the visit itself has no record's key."""
        now = self._session.selection
        return preview.part(now.record or now.visit, now.field or now.variable) if now.record or now.field else None
