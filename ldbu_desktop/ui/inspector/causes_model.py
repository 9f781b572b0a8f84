"""Findings by cause: a row a cause with its count, and below it the places. A view of the session's findings."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from ldbu_desktop.findings.causes import Cause
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.ui.kit.tree import TOP, Index, TwoLevels
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.words import count_words, severity_word, visit_day, visit_name


class Role(IntEnum):
    """What the model tells about a row beside its text."""

    SECOND_LINE = Qt.ItemDataRole.UserRole + 1
    SEVERITY = Qt.ItemDataRole.UserRole + 2
    COUNT = Qt.ItemDataRole.UserRole + 3


class CausesModel(TwoLevels):
    """The findings of what is selected, or of the whole file if ``is_whole``."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._causes: tuple[Cause, ...] = ()
        self.is_whole = False

    @property
    def causes(self) -> tuple[Cause, ...]:
        """The causes that are shown, heaviest first."""
        return self._causes

    def refill(self) -> None:
        """Show the causes of what is selected now; nothing is done if they are the same as before."""
        now = self._session.selection
        family, visit = ("", "") if self.is_whole else (now.family, now.visit)
        causes = self._session.causes(family, visit)
        if causes != self._causes:
            self.beginResetModel()
            self._causes = causes
            self.endResetModel()

    def retell(self) -> None:
        """Say every row anew."""
        if self._causes:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._causes) - 1, 0))

    def cause_at(self, index: Index) -> Cause:
        """The cause of a row, or of the finding in it."""
        return self._causes[self.top_row(index)]

    def finding_at(self, index: Index) -> Finding:
        """The finding of a row; a cause's first."""
        return self.cause_at(index).findings[0 if index.internalId() == TOP else index.row()]

    def index_of(self, finding: Finding) -> QModelIndex:
        """The row of a finding: its cause's where that has no other; invalid where it is not shown."""
        for at, cause in enumerate(self._causes):
            if finding in cause.findings:
                parent = self.index(at, 0)
                return self.index(cause.findings.index(finding), 0, parent) if self.rowCount(parent) else parent
        return QModelIndex()

    # what Qt asks

    def top_count(self) -> int:
        """The causes."""
        return len(self._causes)

    def count_below(self, row: int) -> int:
        """The findings of a cause, if there are several."""
        count = len(self._causes[row].findings)
        return count if count > 1 else 0

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row says."""
        if not index.isValid():
            return None
        is_cause = index.internalId() == TOP
        cause = self.cause_at(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._session.words(cause.findings[0]).title if is_cause else self._first_line(index)
            case Role.SECOND_LINE:
                return self._second_line(index)
            case Role.SEVERITY:
                return cause.severity if is_cause else None
            case Role.COUNT:
                return len(cause.findings) if is_cause else 0
            case Qt.ItemDataRole.ToolTipRole:
                return self._session.words(self.finding_at(index)).title
            case Qt.ItemDataRole.AccessibleTextRole:
                told = f"{index.data()}, {self._second_line(index)}"
                return f"{severity_word(cause.severity)}: {told}" if is_cause else told
        return None

    def _first_line(self, index: Index) -> str:
        finding = self.finding_at(index)
        at = finding.location
        variable = self._session.standard.variable.get(at.field or at.variable)
        found = f"»{finding.found}«" if finding.found else ""
        visit = self._session.visit(at.visit)
        name = variable.label[chosen()] if variable else visit_name(visit, self._session.standard) if visit else ""
        return "  ".join(filter(None, (name, found))) or self._session.words(finding).title

    def _second_line(self, index: Index) -> str:
        cause = self.cause_at(index)
        finding = self.finding_at(index)
        where = self._session.words(finding).place
        if index.internalId() != TOP:
            visit = self._session.visit(finding.location.visit)
            when = f"{visit_name(visit, self._session.standard)} {visit_day(visit)}" if visit else ""
            return " · ".join(filter(None, (when, where)))
        variable = self._session.standard.variable.get(cause.variable or cause.field)
        name = variable.label[chosen()] if variable else ""
        count = len(cause.findings)
        places = tr("{count} steder", count=count_words(count)) if count > 1 else where
        return " · ".join(filter(None, (severity_word(cause.severity), name, places)))
