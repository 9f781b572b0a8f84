"""A dialog to find something in by typing: the list narrows, Enter takes what is marked, and the dialog closes.

Nothing is marked before something is typed or an arrow is pressed: who presses Enter once too often chooses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ldbu_desktop.language import tr
from ldbu_desktop.ui.icons import icon
from ldbu_desktop.ui.kit.dialog import Dialog
from ldbu_desktop.ui.kit.model_index import AnyIndex
from ldbu_desktop.ui.kit.roles import announce
from ldbu_desktop.ui.kit.rows import draw_ground
from ldbu_desktop.ui.kit.widgets import column, label
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID, SMALL, colour, font, scaled

_ASIDE = Qt.ItemDataRole.UserRole + 1
_ICON = 20


class Hit(NamedTuple):
    """Something that was found: its text, what stands at its right, its icon, and what is done when it is taken."""

    text: str
    aside: str
    icon: str
    do: Callable[[], object]


class HitsModel(QAbstractListModel):
    """What fits the words that are typed, as ``find`` gives it."""

    def __init__(self, find: Callable[[str], Sequence[Hit]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._find = find
        self.found: Sequence[Hit] = ()

    def look_for(self, words: str) -> None:
        """Find what fits other words."""
        self.beginResetModel()
        self.found = self._find(words)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        """How much was found."""
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row says."""
        if not index.isValid():
            return None
        one = self.found[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return one.text
            case Qt.ItemDataRole.DecorationRole:
                return icon(one.icon, "muted")
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{one.text}, {one.aside}" if one.aside else one.text
        return one.aside if role == _ASIDE else None


_ROW = 8 * GRID + 2
"""What the style's ground of a row takes: text and 6 pixels above and below it."""


class _HitsDelegate(QStyledItemDelegate):
    """Draws what was found, and what stands beside it at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """The height of a row, also of those that were measured before the dialog had its style."""
        return super().sizeHint(option, index).expandedTo(QSize(0, _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one row."""
        aside = index.data(_ASIDE)
        place = option.rect.adjusted(0, 0, -3 * GRID, 0)
        if aside:
            draw_ground(painter, option, option.rect)
            option.rect.adjust(0, 0, -QFontMetrics(font(SMALL)).horizontalAdvance(aside) - 4 * GRID, 0)
        super().paint(painter, option, index)
        if aside:
            painter.save()
            painter.setFont(font(SMALL))
            painter.setPen(colour("muted"))
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, aside)
            painter.restore()


class SearchDialog(Dialog):
    """A line to type in and what fits; it closes as soon as something is chosen."""

    def __init__(
        self,
        name: str,
        live: Retranslation,
        title: Callable[[], str],
        hint: Callable[[], str],
        find: Callable[[str], Sequence[Hit]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        live.say(self.setWindowTitle, title)
        live.name(self, title)
        self.resize(QSize(scaled(180 * GRID), scaled(110 * GRID)).boundedTo(parent.window().size()))
        self.model = HitsModel(find, self)
        self.line = QLineEdit()
        self.line.setObjectName(f"{name}Line")
        live.say(self.line.setPlaceholderText, hint)
        live.name(self.line, title)
        self.list = QListView()
        self.list.setObjectName(f"{name}List")
        live.name(self.list, lambda: tr("Det, der passer"))
        self.list.setModel(self.model)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_HitsDelegate(self.list))
        self.list.setIconSize(QSize(scaled(_ICON), scaled(_ICON)))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.none = label(f"{name}None", tone="muted")
        self.none.hide()
        self.lines = column(self, 3, 2)
        self.lines.addWidget(self.line)
        self.lines.addWidget(self.none)
        self.lines.addWidget(self.list, 1)
        self.line.textChanged.connect(self._look)
        self.line.returnPressed.connect(lambda: self._do(self.list.currentIndex()))
        self.list.clicked.connect(self._do)
        self._look("")

    def _look(self, words: str) -> None:
        self.model.look_for(words)
        is_none = bool(words.strip()) and not self.model.found
        told = tr("Intet passer til det, der er skrevet.") if is_none else ""
        self.none.setText(told)
        announce(self.none, told)
        self.none.setVisible(is_none)
        self.list.setCurrentIndex(self.model.index(0, 0) if words.strip() else QModelIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down move in the list while one types."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            row = self.list.currentIndex().row() + (1 if event.key() == Qt.Key.Key_Down else -1)
            if 0 <= row < self.model.rowCount():
                self.list.setCurrentIndex(self.model.index(row, 0))
            return
        super().keyPressEvent(event)

    def _do(self, index: QModelIndex) -> None:
        if index.isValid():
            self.accept()
            self.model.found[index.row()].do()
