"""The visits that would not be delivered, with what keeps each back. A view of the session's findings."""

from __future__ import annotations

from collections.abc import Container
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ldbu_desktop.findings.model import Finding
from ldbu_desktop.journal.identity import without_cpr
from ldbu_desktop.language import tr
from ldbu_desktop.ui.session import Selection, Session
from ldbu_desktop.ui.words import citizen_in, citizen_name, visit_day, visit_name

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns."""

    VISIT = 0
    WHO = 1
    WHY = 2


class LeftOutModel(QAbstractTableModel):
    """A row a visit. With ``send_anyway`` those are not left out that the user chose, knowingly, to send."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._send_anyway = False
        self._visits: tuple[str, ...] = ()

    def refill(self, *, send_anyway: bool, among: Container[str] | None = None) -> None:
        """Look through the findings anew; ``among`` has the visits that the delivery is about, if not all."""
        self.beginResetModel()
        self._send_anyway = send_anyway
        findings = self._session.findings
        rejected = findings.rejected_visits if findings else ()
        self._visits = tuple(
            key
            for key in rejected
            if findings and (among is None or key in among) and not findings.is_ready(key, send_anyway=send_anyway)
        )
        self.endResetModel()

    def retell(self) -> None:
        """Say every row anew."""
        if self._visits:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._visits) - 1, len(Column) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def obstacles(self, index: Index) -> tuple[Finding, ...]:
        """What keeps a visit back."""
        findings = self._session.findings
        return findings.obstacles(self._visits[index.row()], send_anyway=self._send_anyway) if findings else ()

    def selection_at(self, index: Index) -> Selection:
        """The visit of a row, at the first thing that keeps it back."""
        at = self.obstacles(index)[0]
        where = at.location
        visit = self._visits[index.row()]
        return Selection("", visit, where.record, where.field, where.variable, at)

    # what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """A row a visit."""
        return 0 if parent.isValid() else len(self._visits)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The columns of :class:`Column`."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' names."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        names = (tr("Kontakt"), tr("Borger"), tr("Hvorfor"))
        return names[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        session, key = self._session, self._visits[index.row()]
        visit, family = session.visit(key), session.family_of(key)
        if visit is None or family is None:
            return without_cpr(key)
        match index.column():
            case Column.VISIT:
                return f"{visit_name(visit, session.standard)}, {visit_day(visit)}"
            case Column.WHO:
                citizen = citizen_in(family, visit.subject.value)
                return citizen_name(citizen) if citizen else tr("Ukendt borger")
        titles = dict.fromkeys(session.words(finding).title for finding in self.obstacles(index))
        return "; ".join(titles)
