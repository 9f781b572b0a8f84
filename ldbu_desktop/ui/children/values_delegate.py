"""Draws the values of a visit as fields, with what was found below them, and lets them be mended."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QObject,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from ldbu_desktop.findings.model import Finding, Severity
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.ui.children.values_model import FIELD, SOURCE, VALUE, Role, ValuesModel
from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.kit.choices_popup import DIGITS, SHOWN, ChoicesDelegate, ChoicesPopup, fitting, numbered
from ldbu_desktop.ui.kit.drawn_words import draw_line, draw_wrapped, width_of
from ldbu_desktop.ui.kit.model_index import AnyIndex
from ldbu_desktop.ui.kit.rows import draw_bar
from ldbu_desktop.ui.kit.wrapped import words_height
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.severity import colour_of, icon_of
from ldbu_desktop.ui.theme import BODY, GRID, SMALL, colour, font, scaled

_FIELD = 7 * GRID
_ROW = 10 * GRID
_TOLD = 5 * GRID
_HEADING = 11 * GRID
_NUMBER = 26 * GRID
_WIDEST = 95 * GRID
_ICON = 16
_MOST = 6 * 5 * GRID
"""How high the words of one value may be: six lines, past which they are cut. A file can say anything."""
_MOST_SIGNS = 600
"""How many signs of a value are measured and drawn."""

_SHORT, _MOST_BREAKS = 10, 3
"""Signs of a word that has room on any line, and how often a longer one is broken."""

_FORWARD_AND_BACK = {
    Qt.Key.Key_Return: 1,
    Qt.Key.Key_Enter: 1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Backtab: -1,
    Qt.Key.Key_Up: -1,
}

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier)


class ValuesDelegate(QStyledItemDelegate):
    """Fields, not cells: a value stands in a box that can be typed in; a number's box is narrow, its unit beside it."""

    left = Signal(int)
    """A field was left by a key: 1 for forward, -1 for back."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """As many lines as the value needs and one for each finding; more air above a heading. The first cell asks for
        the whole row."""
        if index.column():
            return QSize(0, 0)
        if index.data(Role.ROW) is None:
            return QSize(0, scaled(_HEADING))
        told = _distinct(self._session, index.data(Role.FINDINGS))
        view, model = cast(QTreeView, self.parent()), cast(ValuesModel, index.model())
        width = _told_width(view.columnWidth(model.place_of(VALUE)))
        below = sum(words_height(title, SMALL, width, scaled(_TOLD)) for _, title in told)
        field, value, source = (model.cell(index.row(), column) for column in (FIELD, VALUE, SOURCE))
        room = view.columnWidth(model.place_of(FIELD)) - _label_left(index) - 2 * GRID
        box = self.box(QRect(0, 0, view.columnWidth(model.place_of(VALUE)), 0), value)
        said = model.place_of(SOURCE)
        return QSize(
            0,
            max(
                scaled(_ROW) - scaled(_FIELD) + box.height() + below,
                words_height(field.data() or "", BODY, room, scaled(_ROW)),
                0 if view.isColumnHidden(said) else _source_height(source, view.columnWidth(said) - 4 * GRID),
            ),
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one cell."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = index.data(Role.ROW)
        if row is None:
            self._draw_heading(painter, option.rect, index)
        else:
            column = cast(ValuesModel, index.model()).columns[index.column()].id
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(option.rect, colour("accent_tint"))
                if index.column() == 0:
                    draw_bar(painter, option.rect)
            if column == VALUE:
                self._draw_value(painter, option, index)
            elif column == FIELD:
                self._draw_label(painter, option.rect, index, row.is_part)
            else:
                self._draw_source(painter, option.rect, index)
        painter.restore()

    def _draw_heading(self, painter: QPainter, area: QRect, index: AnyIndex) -> None:
        painter.setFont(font(BODY, bold=True))
        painter.setPen(colour("text"))
        inner = area.adjusted(4 * GRID, 0, -4 * GRID, -2 * GRID)
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom, index.data() or "")

    def _draw_label(self, painter: QPainter, area: QRect, index: AnyIndex, is_part: bool) -> None:
        """Draw what the field is called; a long name takes two lines."""
        painter.setPen(colour("muted" if is_part else "text"))
        left = _label_left(index)
        inner = QRect(area.left() + left, area.top(), area.width() - left - 2 * GRID, scaled(_ROW))
        text = index.data() or ""
        inner.setHeight(words_height(text, BODY, inner.width(), scaled(_ROW)))
        draw_wrapped(painter, inner, text, font(BODY))

    def _draw_source(self, painter: QPainter, area: QRect, index: AnyIndex) -> None:
        """Draw what the file said, and below it where."""
        painter.setPen(colour("muted"))
        place = index.data(Role.PLACE)
        inner = QRect(area.left() + 2 * GRID, area.top() + 2, area.width() - 4 * GRID, scaled(_ROW) - 4)
        if not place:
            _draw_lines(
                painter, inner.adjusted(0, 0, 0, _source_height(index, inner.width()) - scaled(_ROW)), index, SMALL
            )
            return
        half = inner.height() // 2
        said = QRect(inner.topLeft(), QSize(inner.width(), _lines_height(index, SMALL, inner.width(), half)))
        _draw_lines(painter, said, index, SMALL)
        below = QRect(inner.left(), said.bottom() + 1, inner.width(), half)
        draw_line(painter, below, place, font(SMALL), elided=Qt.TextElideMode.ElideMiddle)

    def box(self, area: QRect, index: AnyIndex) -> QRect:
        """Where the field of a value stands in its cell."""
        is_narrow = _is_narrow(index)
        width = scaled(_NUMBER) if is_narrow else min(area.width() - 3 * GRID, scaled(_WIDEST))
        needed = _lines_height(index, BODY, width - 4 * GRID, 0) + 2 * GRID
        height = scaled(_FIELD) if is_narrow else max(scaled(_FIELD), needed)
        return QRect(area.left() + GRID, area.top() + (scaled(_ROW) - scaled(_FIELD)) // 2, width, height)

    def _draw_value(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        findings = index.data(Role.FINDINGS)
        worst = min((self._session.severity(finding) for finding in findings), default=None, key=_weight)
        box = self.box(option.rect, index)
        name = colour_of(worst) if findings else ""
        edge = colour(name) if findings else colour("edge")
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            edge = colour("line")
        painter.setPen(edge)
        painter.setBrush(colour(f"{name}_tint" if findings else "surface"))
        painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), 4, 4)
        painter.setPen(colour("muted" if index.data(Role.ROW).is_missing else "text"))
        inner, is_narrow = box.adjusted(2 * GRID, 0, -2 * GRID, 0), _is_narrow(index)
        if is_narrow:
            draw_line(painter, inner, _cut(index), font(BODY), at_end=True)
        else:
            _draw_lines(painter, inner, index, BODY)
        if is_narrow and (unit := index.data(Role.UNIT)):
            painter.setPen(colour("muted"))
            draw_line(painter, QRect(box.right() + 2 * GRID, box.top(), 20 * GRID, box.height()), unit, font(BODY))
        self._draw_findings(painter, option.rect, box, findings)

    def _draw_findings(self, painter: QPainter, area: QRect, box: QRect, findings: tuple[Finding, ...]) -> None:
        width, top = _told_width(area.width()), box.bottom() + GRID
        for severity, title in _distinct(self._session, findings):
            name, height = colour_of(severity), words_height(title, SMALL, width, scaled(_TOLD))
            side = scaled(_ICON) - 2
            painter.drawPixmap(QRect(box.left(), top + 1, side, side), pixmap(icon_of(severity), name, _ICON))
            painter.setPen(colour(name))
            draw_wrapped(painter, QRect(box.left() + scaled(_ICON) + GRID, top - 2, width, height), title, font(SMALL))
            top += height

    def _choose_in(self, popup: _Popup, event: QEvent) -> bool:
        """A digit takes an answer of an open list, and goes on."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or popup.line.text():
            return False
        at = DIGITS.find(event.text()) if event.text() else -1
        if not 0 <= at < len(popup.answers):
            return False
        popup.hide()
        popup.line.setText(popup.answers[at])
        self.commitData.emit(popup.line)
        self.closeEditor.emit(popup.line, QStyledItemDelegate.EndEditHint.NoHint)
        self.left.emit(1)
        return True

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        """A line to type in; with the standard's answers to choose from where it has some."""
        editor = QLineEdit(parent)
        editor.setObjectName("valueEditor")
        model = cast(ValuesModel, index.model())
        editor.setAccessibleName(model.cell(index.row(), FIELD).data() or "")
        if index.data(Role.IS_NUMBER):
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        if choices := model.choices(index):
            words = [choice.label[chosen()] for choice in choices]
            completer = QCompleter(words, editor)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setMaxVisibleItems(SHOWN)
            popup = _Popup(editor, words)
            completer.setPopup(popup)
            popup.setItemDelegate(ChoicesDelegate(popup))  # a completer gives its popup one of its own
            popup.installEventFilter(self)
            editor.setCompleter(completer)
            if not model.takes_digits(index):
                editor.setProperty("choices", words)
                editor.setPlaceholderText(tr("Skriv, eller vælg 1–{count}", count=min(len(words), 9)))
        return editor

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Begin with what stands there, selected."""
        line = cast(QLineEdit, editor)
        line.setText(index.data(Qt.ItemDataRole.EditRole) or "")
        line.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        """Leave the field: what was typed is read; as the answer that it fits, where it fits one alone."""
        line = cast(QLineEdit, editor)
        words = [choice.label[chosen()] for choice in cast(ValuesModel, model).choices(index)]
        fits = fitting(line.text(), [(each,) for each in words]) if line.isModified() else []
        model.setData(index, words[fits[0]] if len(fits) == 1 else line.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """The editor covers the field that is drawn, and nothing else."""
        editor.setGeometry(self.box(option.rect, index))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Digits choose an answer; Enter, Tab and Down leave the field forward, Shift+Tab and Up back."""
        if isinstance(editor, _Popup):
            return self._choose_in(editor, event)
        if not (
            isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(editor, QLineEdit)
        ):
            return super().eventFilter(editor, event)
        if (by := _FORWARD_AND_BACK.get(Qt.Key(event.key()))) and event.modifiers() in _PLAIN:
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
            self.left.emit(by)
            return True
        words, digit = editor.property("choices") or [], editor.property("digit")
        editor.setProperty("digit", "")
        is_untouched = not editor.text() or editor.hasSelectedText()
        if words and is_untouched and event.text().isdecimal() and 0 < int(event.text()) <= len(words):
            editor.setText(words[int(event.text()) - 1])
            editor.selectAll()
            editor.setProperty("digit", event.text())
            return True
        if digit and event.text().isprintable() and event.text():
            editor.setText(digit)  # it was the first sign of what is typed: "4-6"
        return super().eventFilter(editor, event)


class _Popup(ChoicesPopup):
    """The answers below the line that is typed in."""

    def __init__(self, line: QLineEdit, answers: list[str]) -> None:
        super().__init__(lambda words: words if line.text() else numbered(words, answers))
        self.line, self.answers = line, answers


def _is_narrow(index: AnyIndex) -> bool:
    """Whether a value is a number, with its unit beside it: what can't be read as one has the room that it needs."""
    if not index.data(Role.IS_NUMBER) or index.data(Role.ROW).is_missing:
        return False
    return width_of(_cut(index), font(BODY)) <= scaled(_NUMBER) - 4 * GRID


def _cut(index: AnyIndex) -> str:
    """What a cell says, as far as it is drawn."""
    text = index.data() or ""
    return text if len(text) <= _MOST_SIGNS else f"{text[:_MOST_SIGNS]} …"


def _lines_height(index: AnyIndex, size: float, width: int, least: int) -> int:
    """How high the lines of a value or of its source are, within bounds."""
    width = max(width, 1)
    return min(words_height(_in_lines(_cut(index), size, width), size, width, least), max(scaled(_MOST), least))


def _draw_lines(painter: QPainter, area: QRect, index: AnyIndex, size: float) -> None:
    """Draw what a cell says on as many lines as there are."""
    draw_wrapped(painter, area, _in_lines(_cut(index), size, area.width()), font(size))


def _in_lines(text: str, size: float, width: int) -> str:
    """A text of which no word is wider than a line: a moment or an id that is has as many as it needs, up to a few."""
    return " ".join(
        word if len(word) <= _SHORT else _broken(word, size, width, scaled(GRID)) for word in text.split(" ")
    )


@lru_cache(maxsize=1024)
def _broken(word: str, size: float, width: int, _scale: int) -> str:
    """The same words are measured again and again."""
    metrics = QFontMetrics(font(size))
    lines: list[str] = []
    while len(lines) < _MOST_BREAKS and metrics.horizontalAdvance(word) > width:
        at = next((at for at in range(len(word) - 1, 1, -1) if metrics.horizontalAdvance(word[:at]) <= width), 1)
        lines.append(word[:at])
        word = word[at:]
    return "\n".join((*lines, metrics.elidedText(word, Qt.TextElideMode.ElideRight, width)))


def _source_height(index: AnyIndex, width: int) -> int:
    """How high what the file said is, with its place below it."""
    half = (scaled(_ROW) - 4) // 2
    if not index.data(Role.PLACE):
        return _lines_height(index, SMALL, width, scaled(_ROW))
    return _lines_height(index, SMALL, width, half) + half + 4


def _label_left(index: AnyIndex) -> int:
    """Where the name of a field begins."""
    return (6 if index.data(Role.ROW).is_part else 4) * GRID


def _told_width(column: int) -> int:
    """How wide the words of a finding may be below a value in a column of that width."""
    return max(column - scaled(_ICON) - 4 * GRID, 1)


def _weight(severity: Severity) -> int:
    return list(Severity).index(severity)


def _distinct(session: Session, findings: tuple[Finding, ...]) -> list[tuple[Severity, str]]:
    """What is told below a field: each title once, heaviest first."""
    told = {session.words(finding).title: session.severity(finding) for finding in findings}
    return sorted(((severity, title) for title, severity in told.items()), key=lambda pair: _weight(pair[0]))
