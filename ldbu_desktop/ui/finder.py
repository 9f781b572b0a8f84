"""Find an action, a child or a visit by typing (Ctrl+K): the list narrows, Enter does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QDialog, QLineEdit, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import tr
from ldbu_desktop.ui.icons import icon
from ldbu_desktop.ui.kit.actions import Actions
from ldbu_desktop.ui.kit.widgets import column
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.theme import GRID, SMALL, colour, font
from ldbu_desktop.ui.words import citizen_cpr, family_name, visit_day, visit_name

Index = QModelIndex | QPersistentModelIndex

_MOST = 50
_KEY = Qt.ItemDataRole.UserRole + 1


class FinderItem(NamedTuple):
    """Something that can be done or gone to."""

    text: str
    key: str
    icon: str
    do: Callable[[], object]


class FinderModel(QAbstractListModel):
    """What fits the words that are typed."""

    def __init__(self, session: Session, actions: Actions[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._actions = actions
        self.found: list[FinderItem] = []

    def look_for(self, words: str) -> None:
        """Find the actions, children and visits that hold every word."""
        sought = words.casefold().split()
        self.beginResetModel()
        self.found = [one for one in self._action_list() if _holds(one.text, sought)]
        self.found += self._people(sought) if sought else []
        self.endResetModel()

    def _action_list(self) -> list[FinderItem]:
        return [
            FinderItem(action.name, action.shortcut, action.icon or "forward", self._actions[action.id].trigger)
            for action in self._actions.all
            if self._actions[action.id].isEnabled() and action.id != "commands"
        ]

    def _people(self, sought: list[str]) -> list[FinderItem]:
        session, told = self._session, list[FinderItem]()
        for family in session.journal.families:
            name = family_name(family)
            numbers = " ".join(citizen.cpr.value or "" for citizen in family.citizens)
            shown = ", ".join(
                citizen_cpr(citizen, shown=session.shows_cpr) for citizen in family.citizens if citizen.is_child
            )
            for visit in family.visits:
                text = f"{name} · {visit_name(visit, session.standard)} · {visit_day(visit)}"
                if _holds(f"{text} {numbers}", sought):
                    told.append(FinderItem(text, shown, "children", _go(session, visit.key)))
                if len(told) == _MOST:
                    return told
        return told

    # what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How much was found."""
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
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
                return f"{one.text}, {one.key}" if one.key else one.text
        return one.key if role == _KEY else None


def _holds(text: str, sought: list[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in sought)


def _go(session: Session, visit: str) -> Callable[[], None]:
    return lambda: session.select(Where(visit=visit))


class FinderDelegate(QStyledItemDelegate):
    """Draws what was found, and its key or number at the right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        key = index.data(_KEY)
        super().paint(painter, option, index)
        if key:
            painter.save()
            painter.setFont(font(SMALL))
            painter.setPen(colour("muted"))
            place = option.rect.adjusted(0, 0, -3 * GRID, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, key)
            painter.restore()


class Finder(QDialog):
    """A line to type in and what fits; it closes as soon as something is chosen."""

    def __init__(self, session: Session, actions: Actions[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("finder")
        live = Retranslation()
        live.say(self.setWindowTitle, lambda: tr("Find"))
        live.name(self, lambda: tr("Find en handling eller en kontakt"))
        self.resize(180 * GRID, 110 * GRID)
        self.model = FinderModel(session, actions, self)
        self.line = QLineEdit()
        self.line.setObjectName("finderLine")
        live.say(self.line.setPlaceholderText, lambda: tr("Skriv, hvad du vil gøre, eller hvem du leder efter"))
        live.name(self.line, lambda: tr("Find en handling eller en kontakt"))
        self.list = QListView()
        self.list.setObjectName("finderList")
        live.name(self.list, lambda: tr("Det, der passer"))
        self.list.setModel(self.model)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(FinderDelegate(self.list))
        self.list.setIconSize(QSize(20, 20))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        lines = column(self, 3, 2)
        lines.addWidget(self.line)
        lines.addWidget(self.list, 1)
        self.line.textChanged.connect(self._look)
        self.line.returnPressed.connect(lambda: self._do(self.list.currentIndex()))
        self.list.clicked.connect(self._do)
        self._look("")

    def _look(self, words: str) -> None:
        self.model.look_for(words)
        self.list.setCurrentIndex(self.model.index(0, 0))

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
