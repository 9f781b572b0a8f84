"""The visits of the file or of a family as a table: a row a visit, a column a variable. A view of the journal."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QIcon

from ldbu_desktop.journal.model import Family, Observation, Visit
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.standard.model import Variable
from ldbu_desktop.ui.icons import icon
from ldbu_desktop.ui.session import Selection, Session
from ldbu_desktop.ui.theme import colour
from ldbu_desktop.ui.words import (
    citizen_in,
    citizen_name,
    colour_of,
    entry_words,
    icon_of,
    severity_word,
    visit_day,
    visit_name,
)

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns before those of the variables."""

    STATUS = 0
    CITIZEN = 1
    TYPE = 2
    DAY = 3
    COUNT = 4


_NUMBERS = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WORDS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class OverviewModel(QAbstractTableModel):
    """Nothing is made ready: a cell is looked up when it is drawn, so that ten thousand visits cost nothing."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._visits: list[tuple[int, int]] = []
        self._variables: tuple[Variable, ...] = ()
        self._column_count = len(Column)
        self._family = ""
        session.judged.connect(self.retell)
        session.mended.connect(self.retell)

    def refill(self) -> None:
        """Show the visits of what is selected: the whole file, or a family."""
        self.beginResetModel()
        self._family = self._session.selection.family
        families = enumerate(self._session.journal.families)
        self._visits = [
            (at, of)
            for at, family in families
            if not self._family or family.key == self._family
            for of in range(len(family.visits))
        ]
        self._variables = self._used() if self._session.is_open else ()
        self._column_count = len(Column) + len(self._variables)
        self.endResetModel()

    def clear(self) -> None:
        """Show nothing, until it is said what to show."""
        self.beginResetModel()
        self._visits, self._variables, self._column_count = [], (), len(Column)
        self.endResetModel()

    def _used(self) -> tuple[Variable, ...]:
        """The variables that have a column: all of a family's that occur, and for a whole file the standard's."""
        observed = self._session.standard.observed
        if not self._family:
            return observed
        there = {one.variable.value for at, of in self._visits for one in self._visit(at, of).observations}
        return tuple(variable for variable in observed if variable.id in there)

    def _visit(self, at: int, of: int) -> Visit:
        return self._session.journal.families[at].visits[of]

    def retell(self) -> None:
        """Say every row anew."""
        if self._visits:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._visits) - 1, self.columnCount() - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def visit_at(self, index: Index) -> Visit:
        """The visit of a row."""
        return self._visit(*self._visits[index.row()])

    def _family_at(self, index: Index) -> Family:
        return self._session.journal.families[self._visits[index.row()][0]]

    def selection_at(self, index: Index) -> Selection:
        """What a cell stands for: the visit, and the variable if it is one's."""
        visit = self.visit_at(index)
        observation = self._observation(index)
        if observation is None:
            return Selection(visit=visit.key)
        variable = observation.variable.value or ""
        return Selection(visit=visit.key, record=observation.key, variable=variable)

    def _observation(self, index: Index) -> Observation | None:
        variable = self.variable_at(index.column())
        if variable is None:
            return None
        observations = self.visit_at(index).observations
        return next((one for one in observations if one.variable.value == variable.id), None)

    def variable_at(self, column: int) -> Variable | None:
        """The variable of a column, if it is one's."""
        return self._variables[column - len(Column)] if column >= len(Column) else None

    # what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """A row a visit."""
        return 0 if parent.isValid() else len(self._visits)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The columns of :class:`Column`, then those of the variables."""
        return 0 if parent.isValid() else self._column_count

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' names."""
        if orientation is not Qt.Orientation.Horizontal or section >= self.columnCount():
            return None
        variable = self.variable_at(section)
        if role == Qt.ItemDataRole.DisplayRole:
            names = (tr("Status"), tr("Borger"), tr("Kontakttype"), tr("Dato"), tr("Fund"))
            return variable.label[chosen()] if variable else names[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        variable = self.variable_at(column)
        is_number = column == Column.COUNT or (variable is not None and variable.kind == "quantity")
        return _NUMBERS if is_number else _WORDS

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """The index of a cell; asked for at every cell that is drawn, so it is written to be quick."""
        if 0 <= row < len(self._visits) and 0 <= column < self._column_count and not parent.isValid():
            return self.createIndex(row, column)
        return QModelIndex()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        say = _SAID.get(role)
        return say(self, index) if say is not None and index.isValid() else None

    def _aligned(self, index: Index) -> Qt.AlignmentFlag:
        return self._alignment(index.column())

    def _colour(self, index: Index) -> QColor | None:
        severity = self._severity_at(index)
        return colour(colour_of(severity)) if severity else None

    def _severity_at(self, index: Index) -> Any:
        if index.column() == Column.STATUS:
            return self._session.state_of_visit(self.visit_at(index).key)[0]
        observation = self._observation(index)
        return self._session.severity_at(self.visit_at(index).key, observation.key) if observation else None

    def _icon(self, index: Index) -> QIcon | None:
        if index.column() != Column.STATUS or self._session.findings is None:
            return None
        severity, _ = self._session.state_of_visit(self.visit_at(index).key)
        return icon(icon_of(severity), colour_of(severity))

    def _text(self, index: Index) -> str:
        visit, family = self.visit_at(index), self._family_at(index)
        match index.column():
            case Column.STATUS:
                return severity_word(self._session.state_of_visit(visit.key)[0]) if self._session.findings else ""
            case Column.CITIZEN:
                citizen = citizen_in(family, visit.subject.value)
                return citizen_name(citizen) if citizen else ""
            case Column.TYPE:
                return visit_name(visit, self._session.standard)
            case Column.DAY:
                return visit_day(visit)
            case Column.COUNT:
                return str(self._session.state_of_visit(visit.key)[1] or "")
        observation = self._observation(index)
        if observation is None:
            return ""
        if observation.value.is_empty and not observation.missing_reason.is_empty:
            return tr("ikke oplyst")
        told = entry_words(
            observation.value,
            observation.variable.value or "",
            self._session.standard,
            family,
            shown=self._session.shows_cpr,
        )
        return f"{told} {observation.unit.value}" if observation.unit.value else told


_SAID: dict[int, Callable[[OverviewModel, Index], Any]] = {
    Qt.ItemDataRole.DisplayRole: OverviewModel._text,
    Qt.ItemDataRole.ToolTipRole: OverviewModel._text,
    Qt.ItemDataRole.TextAlignmentRole: OverviewModel._aligned,
    Qt.ItemDataRole.DecorationRole: OverviewModel._icon,
    Qt.ItemDataRole.ForegroundRole: OverviewModel._colour,
}
"""What a cell says by role: a table of thousands of cells is asked for every one of Qt's roles."""
