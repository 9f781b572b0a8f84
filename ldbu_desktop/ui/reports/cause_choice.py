"""The choice of one cause: then only the reports that it strikes are shown."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox

from ldbu_desktop.conformance.model import ReportCause
from ldbu_desktop.findings.text import message_of
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.words import count_words
from ldbu_desktop.ui.icons import icon, pixmap
from ldbu_desktop.ui.reports.checking import Checking, in_order
from ldbu_desktop.ui.reports.words import reports_words, severity_of
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.severity import colour_of, icon_of
from ldbu_desktop.ui.theme import GRID, colour, scaled

_HEIGHT = 8 * GRID
_ICON = 16
_WIDEST = 130 * GRID
_SHOWN = 12


class CauseChoice(QComboBox):
    """The first choice is all causes. The list is made when somebody comes to it: there may be hundreds."""

    def __init__(self, checking: Checking, live: Retranslation) -> None:
        super().__init__()
        self.setObjectName("reportsCause")
        self._checking = checking
        self._causes: list[ReportCause] = []
        self._is_stale = True
        self.setMaxVisibleItems(_SHOWN)
        self.setStyleSheet("QComboBox { combobox-popup: 0; }")  # else it covers the screen from top to bottom
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        live.also(lambda: self.setFixedHeight(scaled(_HEIGHT)))
        self.view().setObjectName("reportsCauses")
        self.view().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.view().setMinimumWidth(_WIDEST)
        live.name(self, lambda: tr("Vis kun rapporter med denne årsag"), tip=True)
        live.name(self.view(), lambda: tr("Årsager"))
        live.also(self._retell)

    @property
    def cause(self) -> ReportCause | None:
        """The cause that is chosen; None for all."""
        at = self.currentIndex()
        return self._causes[at - 1] if 0 < at <= len(self._causes) else None

    def refresh(self) -> None:
        """There may be other causes now."""
        self._is_stale = True
        if self.hasFocus() and not self.view().isVisible():
            self.fill()
        self.update()

    def fill(self) -> None:
        """Make the list anew, and keep what is chosen."""
        if not self._is_stale:
            return
        kept = self.cause
        self._is_stale = False
        self._causes = in_order(self._checking.causes)
        self.clear()
        self.addItem(self._all_words())
        for cause in self._causes:
            severity = severity_of(cause.first)
            told = message_of(cause.first, chosen(), self._checking.session.standard)
            self.addItem(icon(icon_of(severity), colour_of(severity), _ICON), f"{count_words(cause.files)} × {told}")
            self.setItemData(self.count() - 1, told, Qt.ItemDataRole.ToolTipRole)
        self.setCurrentIndex(self._causes.index(kept) + 1 if kept in self._causes else 0)

    def clear_choice(self) -> None:
        """Choose all causes."""
        self._is_stale = True
        self._causes = []
        self.clear()

    def _retell(self) -> None:
        self._is_stale = True
        if self._causes:
            self.fill()
        self.update()

    def _all_words(self) -> str:
        return tr("Alle årsager ({count})", count=count_words(len(in_order(self._checking.causes))))

    def words(self) -> str:
        """What is chosen, in words."""
        cause = self.cause
        if cause is None:
            return self._all_words()
        return f"{reports_words(cause.files)}: {message_of(cause.first, chosen(), self._checking.session.standard)}"

    def showPopup(self) -> None:
        """Make the list before it is shown."""
        self.fill()
        super().showPopup()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Make the list before the arrow keys choose from it."""
        self.fill()
        super().focusInEvent(event)

    def sizeHint(self) -> QSize:
        """As tall as the search field above it."""
        return QSize(super().sizeHint().width(), scaled(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it like the fields: a rounded frame, what is chosen, and an arrow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        has_focus = self.hasFocus()
        pen = painter.pen()
        pen.setColor(colour("accent" if has_focus else "edge"))
        pen.setWidth(2 if has_focus else 1)
        painter.setPen(pen)
        painter.setBrush(colour("accent_tint" if self.cause is not None else "surface"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), 6, 6)
        area = self.rect().adjusted(2 * GRID + 1, 0, -2 * GRID, 0)
        side = scaled(_ICON)
        place = QRect(area.right() - side, area.center().y() - side // 2 + 1, side, side)
        painter.drawPixmap(place, pixmap("next", "muted", _ICON))
        area.setRight(area.right() - side - GRID)
        painter.setPen(colour("text"))
        painter.setFont(self.font())
        told = QFontMetrics(self.font()).elidedText(self.words(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, told)
        painter.end()
