"""What an open export shows of its registration: time by visit type and organisation, and never by person."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ldbu_desktop.burden.model import Need
from ldbu_desktop.burden.registration import Group, Registration
from ldbu_desktop.language import tr
from ldbu_desktop.ui.burden.desk import BurdenDesk
from ldbu_desktop.ui.burden.words import band_words
from ldbu_desktop.ui.kit.widgets import LINE, EmptyState, column, label
from ldbu_desktop.ui.live import Live
from ldbu_desktop.ui.theme import GRID
from ldbu_desktop.ui.words import count_words, visits_words

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns."""

    VISIT_TYPE = 0
    ORGANISATION = 1
    VISITS = 2
    SECONDS = 3
    FILLED = 4
    REPEATS = 5
    REASONS = 6
    TEXT = 7
    AVOIDABLE = 8


class RegistrationModel(QAbstractTableModel):
    """A row a visit type at an organisation."""

    def __init__(self, desk: BurdenDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._groups: tuple[Group, ...] = ()

    def show(self, registration: Registration | None) -> None:
        """Show what a journal shows."""
        self.beginResetModel()
        self._groups = registration.groups if registration else ()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """A row a group."""
        return 0 if parent.isValid() else len(self._groups)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The columns of :class:`Column`."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' names."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        names = (
            tr("Kontakttype"),
            tr("SOR-kode"),
            tr("Antal"),
            tr("Tid pr. besøg"),
            tr("Felter"),
            tr("Gentaget"),
            tr("Ikke oplyst"),
            tr("Fri tekst, tegn"),
            tr("Kan undgås"),
        )
        return names[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        group = self._groups[index.row()]
        recorded = group.recorded
        match index.column():
            case Column.VISIT_TYPE:
                return self._desk.visit_type_words(group.visit_type)
            case Column.ORGANISATION:
                return group.organisation or tr("ukendt")
            case Column.SECONDS:
                return band_words(recorded.a_visit, "s")
            case Column.AVOIDABLE:
                return f"{recorded.of_need(Need.AVOIDABLE).typical / recorded.visits:.0f} s"
        counts = recorded.counts
        numbers = {
            Column.VISITS: recorded.visits,
            Column.FILLED: counts.filled,
            Column.REPEATS: counts.repeats,
            Column.REASONS: counts.missing_reasons,
            Column.TEXT: counts.free_text_keys,
        }
        return count_words(numbers[Column(index.column())])


def _alignment(column_at: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column_at >= Column.VISITS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class DataView(QWidget):
    """The registration of what is open, as if each value had been entered once in our forms."""

    def __init__(self, desk: BurdenDesk, live: Live) -> None:
        super().__init__()
        self.setObjectName("burdenData")
        self._desk = desk
        self.model = RegistrationModel(desk, self)
        self.heading = label("burdenDataHeading", tone="heading")
        self.about = label(
            "burdenDataAbout",
            live,
            lambda: tr(
                "Et skøn over indtastningen af det, eksporten viser. Tallene er pr. kontakttype og organisation, "
                "aldrig pr. person."
            ),
            "muted",
        )
        self.about.setWordWrap(True)
        self.about.setMaximumWidth(LINE)
        self.table = self._table(live)
        self.none = EmptyState(
            "burdenDataNone",
            live,
            "table",
            lambda: tr("Åbn en journaleksport"),
            lambda: tr("Så vises, hvor lang tid registreringen i den tager, og hvad der kunne undgås."),
        )
        self.whole = QWidget()
        self.whole.setObjectName("burdenDataWhole")
        lines = column(self.whole, 4, 3)
        lines.addWidget(self.heading)
        lines.addWidget(self.about)
        lines.addWidget(self.table, 1)
        stack = column(self)
        stack.addWidget(self.none, 1)
        stack.addWidget(self.whole, 1)
        desk.registered.connect(self.tell)
        live.also(self.tell)

    def _table(self, live: Live) -> QTableView:
        table = QTableView()
        table.setObjectName("burdenDataTable")
        live.name(table, lambda: tr("Registreringens tid"))
        table.setModel(self.model)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.verticalHeader().setObjectName("burdenDataRows")
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(7 * GRID)
        header = table.horizontalHeader()
        header.setObjectName("burdenDataHeader")
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(Column.VISIT_TYPE, QHeaderView.ResizeMode.Interactive)
        table.setColumnWidth(Column.VISIT_TYPE, 56 * GRID)
        live.name(header, lambda: tr("Kolonner"))
        return table

    def tell(self) -> None:
        """Show the registration as it is now."""
        found = self._desk.registration
        self.none.setVisible(found is None)
        self.whole.setVisible(found is not None)
        self.model.show(found)
        organisations = {group.organisation for group in found.groups} if found else set()
        self.table.setColumnHidden(Column.ORGANISATION, len(organisations) <= 1)
        if found is not None:
            self.heading.setText(
                tr(
                    "{visits}: {seconds} pr. besøg i gennemsnit",
                    visits=visits_words(found.all.visits),
                    seconds=band_words(found.all.a_visit, "s"),
                )
            )
