"""The reports that were checked, as many as the filter lets through: a view of the check, which it never copies."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from ldbu_desktop.conformance.model import ReportCause
from ldbu_desktop.journal.mask import cpr_masked
from ldbu_desktop.ui.kit.model_index import AnyIndex
from ldbu_desktop.ui.reports.checking import Checking
from ldbu_desktop.ui.reports.words import ReportStatus, fault_words, report_severity, status_of, status_words


class Role(IntEnum):
    """What the model tells about a row beside its text."""

    SECOND_LINE = Qt.ItemDataRole.UserRole + 1
    SEVERITY = Qt.ItemDataRole.UserRole + 2


class ReportsModel(QAbstractListModel):
    """A row a report. Filter, cause and search choose what is shown."""

    def __init__(self, checking: Checking, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._checking = checking
        self._status: ReportStatus | None = None
        self._cause: ReportCause | None = None
        self._sought = ""
        self._struck: set[int] = set()
        self._places_seen = 0
        self._shown: list[int] = []
        self._rows: dict[int, int] = {}
        checking.began.connect(self._begin)
        checking.grew.connect(self._grow)

    @property
    def numbers(self) -> list[int]:
        """The reports that are shown, by number, in their order."""
        return self._shown

    def filter(self, wanted: ReportStatus | None, cause: ReportCause | None, sought: str) -> None:
        """Show only reports that stand as ``wanted``, that ``cause`` strikes, and whose name holds ``sought``."""
        sought = sought.casefold().strip()
        if (wanted, cause, sought) != (self._status, self._cause, self._sought):
            self._status, self._cause, self._sought = wanted, cause, sought
            self._refill()

    def _begin(self) -> None:
        self._cause = None
        self._refill()

    def _refill(self) -> None:
        self.beginResetModel()
        self._struck, self._places_seen = set(), 0
        self._shown = self._wanted(0)
        self._rows = {number: row for row, number in enumerate(self._shown)}
        self.endResetModel()

    def _grow(self, first: int) -> None:
        if more := self._wanted(first):
            row = len(self._shown)
            self.beginInsertRows(QModelIndex(), row, row + len(more) - 1)
            self._shown += more
            self._rows.update((number, at) for at, number in enumerate(more, row))
            self.endInsertRows()

    def _wanted(self, first: int) -> list[int]:
        """The reports from number ``first`` on that are shown."""
        if self._cause is not None:
            places = self._cause.places[self._places_seen :]
            self._places_seen += len(places)
            self._struck.update(int(place.file) for place in places)
        reports = self._checking.reports
        return [number for number in range(first, len(reports)) if self._is_wanted(number)]

    def _is_wanted(self, number: int) -> bool:
        checked = self._checking.reports[number].checked
        return (
            (self._status is None or status_of(checked) is self._status)
            and (self._cause is None or number in self._struck)
            and (not self._sought or self._sought in checked.file.casefold())
        )

    def retell(self) -> None:
        """Say every row anew."""
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, 0))

    def index_of(self, number: int) -> QModelIndex:
        """The row of a report; invalid where it is not shown."""
        row = self._rows.get(number)
        return self.index(row, 0) if row is not None else QModelIndex()

    # what Qt asks

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        """A row a report that is shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row says."""
        if not index.isValid():
            return None
        checked = self._checking.reports[self._shown[index.row()]].checked
        name = cpr_masked(checked.file)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name.rpartition("/")[2]
            case Role.SECOND_LINE:
                folder = name.rpartition("/")[0]
                return " · ".join(filter(None, (status_words(checked), folder)))
            case Role.SEVERITY:
                return report_severity(checked)
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(filter(None, (name, fault_words(checked) or status_words(checked))))
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{status_words(checked)}: {name}"
        return None
