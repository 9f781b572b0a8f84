"""A line below the header while large files are read: what is wrong in their first rows already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ldbu_desktop.language import chosen, tr
from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.kit.widgets import label, row
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import OPEN, Session
from ldbu_desktop.ui.theme import GRID, colour

if TYPE_CHECKING:
    from ldbu_desktop.use_cases.first_findings import FirstFindings


class FirstLine(QWidget):
    """It is there as long as the files are read. What it tells is nothing to work with: that comes when all is read."""

    def __init__(self, session: Session, live: Retranslation) -> None:
        super().__init__()
        self.setObjectName("first")
        self._session = session
        self._first: FirstFindings | None = None
        picture = label("firstPicture")
        live.also(lambda: picture.setPixmap(pixmap("info", "accent", 20)))
        self.text = label("firstText")
        self.text.setWordWrap(True)
        line = row(picture, self.text, spacing=3)
        line.setStretch(1, 1)
        line.setContentsMargins(4 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self.setLayout(line)
        session.first_found.connect(self.show_first)
        session.jobs.changed.connect(self._look)
        live.also(self._tell)

    def show_first(self, first: FirstFindings) -> None:
        """Tell what is found in the first rows."""
        self._first = first if self._session.jobs.is_busy(OPEN) else None
        self._tell()

    def _look(self) -> None:
        if self._first is not None and not self._session.jobs.is_busy(OPEN):
            self._first = None
            self._tell()

    def _tell(self) -> None:
        self.setVisible(self._first is not None)
        if self._first is None:
            return
        from ldbu_desktop.findings.cause_text import cause_title
        from ldbu_desktop.rendering.words import count_words

        rows = count_words(self._first.rows)
        standard = self._session.standard
        found = [f"{cause_title(one, chosen(), standard)} ({count_words(one.count)})" for one in self._first.causes]
        self.text.setText(
            tr(
                "Indtil nu i {rows, plural, one {# række} other {# rækker}}: {found}. Resten læses endnu.",
                rows=rows,
                found=" · ".join(found),
            )
            if found
            else tr(
                "Indtil nu er intet fundet i {rows, plural, one {# række} other {# rækker}}. Resten læses endnu.",
                rows=rows,
            )
        )
        self.setAccessibleName(self.text.text())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tint."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("clear_tint"))
        painter.end()
