"""JSON to read: names in a colour of their own, one place marked; with numbers, findings are marked beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from ldbu_desktop.findings.model import Severity
from ldbu_desktop.ui.kit.widgets import fill_surface
from ldbu_desktop.ui.severity import colour_of
from ldbu_desktop.ui.theme import GRID, SMALL, colour, font

_NAME = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"(?=\s*:)')
_LEFT, _RIGHT = 5 * GRID, 3 * GRID
_DOT = 7


class _Colouring(QSyntaxHighlighter):
    """Names in the accent colour; values stay in the text's."""

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        form = QTextCharFormat()
        form.setForeground(colour("accent"))
        for found in _NAME.finditer(text):
            self.setFormat(found.start(), found.end() - found.start(), form)


class _Numbers(QWidget):
    """The numbers at the left of the lines, drawn by the view."""

    def __init__(self, view: JsonView) -> None:
        super().__init__(view)
        self.setObjectName(f"{view.objectName()}Numbers")
        self._view = view

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let the view draw the numbers of the lines that are seen."""
        self._view.paint_numbers(self, event.rect())


class JsonView(QPlainTextEdit):
    """Rows are counted from 0 within what is shown; ``number`` says what is written beside each, if anything is."""

    def __init__(self, name: str, *, has_numbers: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setReadOnly(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._corner = QWidget()
        self._corner.setObjectName("corner")
        fill_surface(self._corner)
        self.setCornerWidget(self._corner)
        self._number: Callable[[int], int] = lambda row: row + 1
        self._severities: Mapping[int, Severity] = {}
        self.marked: range | None = None
        self._numbers = _Numbers(self) if has_numbers else None
        if has_numbers:
            self.document().setDocumentMargin(0)
        self._colouring = _Colouring(self.document())
        self.updateRequest.connect(self._follow)

    def show_lines(self, text: str, number: Callable[[int], int] | None = None) -> None:
        """Show other lines; the same lines stay as they are, scrolled as they are."""
        if number is not None:
            self._number = number
        self.mark(None)
        if self.toPlainText() != text:
            self.setPlainText(text)
        self._make_room()

    def mark(self, rows: range | None, severities: Mapping[int, Severity] | None = None) -> None:
        """Mark ``rows`` and show the first; ``severities`` by row are of findings, and marked in their colours."""
        self._severities, self.marked = severities or {}, rows
        marks = []
        first = self.document().findBlockByNumber(rows.start) if rows else QTextBlock()
        if rows and first.isValid():
            cursor = QTextCursor(first)
            self.setTextCursor(cursor)
            self.centerCursor()
            self.horizontalScrollBar().setValue(0)
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor
            mark.cursor.movePosition(
                QTextCursor.MoveOperation.NextBlock, QTextCursor.MoveMode.KeepAnchor, len(rows) - 1
            )
            if len(rows) > 1:
                mark.cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            mark.format.setBackground(self._tint(rows.start))
            mark.format.setProperty(QTextCharFormat.Property.FullWidthSelection, True)
            marks.append(mark)
        self.setExtraSelections(marks)
        if self._numbers is not None:
            self._numbers.update()

    def _tint(self, row: int) -> QColor:
        severity = self._severities.get(row)
        return colour(f"{colour_of(severity)}_tint" if severity is not None else "accent_tint")

    def redraw(self) -> None:
        """Draw everything in the colours and the type in use."""
        self.setFont(font(SMALL, fixed=True))
        self._colouring.rehighlight()
        self._make_room()
        self.mark(self.marked, self._severities)

    def _width(self) -> int:
        last = self._number(max(self.blockCount() - 1, 0))
        return _LEFT + QFontMetrics(self.font()).horizontalAdvance("0" * len(str(last))) + _RIGHT

    def _make_room(self) -> None:
        if self._numbers is None:
            return
        self.setViewportMargins(self._width(), 0, 0, 0)
        self._place_numbers()

    def _place_numbers(self) -> None:
        if self._numbers is None:
            return
        inner = self.contentsRect()
        self._numbers.setGeometry(QRect(inner.left(), inner.top(), self._width(), self.viewport().height()))

    def _follow(self, area: QRect, by: int) -> None:
        if self._numbers is None:
            return
        if by:
            self._numbers.scroll(0, by)
        else:
            self._numbers.update(0, area.y(), self._numbers.width(), area.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the numbers at the left."""
        super().resizeEvent(event)
        self._place_numbers()

    def sizeHint(self) -> QSize:
        """Room for a line of 80 characters."""
        return QSize(160 * GRID, 100 * GRID)

    def paint_numbers(self, target: QWidget, area: QRect) -> None:
        """Draw the numbers and marks of the lines that are seen."""
        painter = QPainter(target)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area, colour("surface"))
        painter.setFont(self.font())
        block = self.firstVisibleBlock()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(self.contentOffset()).toRect()
            if place.top() > area.bottom():
                break
            row = block.blockNumber()
            severity = self._severities.get(row)
            if self.marked and row in self.marked:
                painter.fillRect(QRect(0, place.top(), target.width(), place.height()), self._tint(row))
            if severity is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour(colour_of(severity)))
                painter.drawEllipse(QRect(2 * GRID - 2, place.center().y() - _DOT // 2, _DOT, _DOT))
            painter.setPen(colour(colour_of(severity) if severity is not None else "muted"))
            line = QRect(0, place.top(), target.width() - _RIGHT, place.height())
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(self._number(row)))
            block = block.next()
        painter.end()
