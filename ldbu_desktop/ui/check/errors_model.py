"""What was found, by cause: what rejects, what is remarked on and what is ours, each under a heading; with the places.

The same for one report and for all of them.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from ldbu_desktop.conformance.report_causes import Cause, Causes, Place
from ldbu_desktop.conformance.verdict.verdict import ConformanceError
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.conformance_text import found_at, masked, message
from ldbu_desktop.ui.check.checking import Checking
from ldbu_desktop.ui.check.words import place_words, reports_words, severity_of, severity_words
from ldbu_desktop.ui.inspector.causes_model import Role
from ldbu_desktop.ui.kit.tree import TOP, Index, TwoLevels
from ldbu_desktop.ui.words import count_words


class Section(IntEnum):
    """The parts that causes stand under."""

    REJECTING = 0
    REMARKS = 1
    OWN = 2


class HeadingRole(IntEnum):
    """What the model tells beside the roles of the inspector's causes."""

    IS_HEADING = Qt.ItemDataRole.UserRole + 10


class ErrorsModel(TwoLevels):
    """The findings of the selected report, or of all reports if ``is_whole``."""

    def __init__(self, checking: Checking, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._checking = checking
        self._rows: list[Section | Cause] = []
        self._of: tuple[bool, int] = (False, -1)
        self.is_whole = False

    @property
    def causes(self) -> list[Cause]:
        """The causes that are shown, in their order."""
        return [row for row in self._rows if not isinstance(row, Section)]

    def refill(self, *, anew: bool = False) -> None:
        """Show the causes of the selected report, or of all; nothing is done where they are shown already."""
        now = (self.is_whole, self._checking.number)
        if (now == self._of or (now[0] and self._of[0])) and not anew:
            return
        self._of = now
        causes = self._checking.causes if self.is_whole else self._checking.causes_of(self._checking.number)
        rows = _rows(causes)
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def retell(self) -> None:
        """Say every row anew."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def cause_at(self, index: Index) -> Cause | None:
        """The cause of a row, or of the place in it; None for a heading."""
        row = self._rows[self.top_row(index)]
        return None if isinstance(row, Section) else row

    def place_at(self, index: Index) -> Place | None:
        """The place of a row: a cause's first; None for a heading."""
        cause = self.cause_at(index)
        return cause.places[0 if index.internalId() == TOP else index.row()] if cause else None

    def index_of(self, number: int, error: ConformanceError | None) -> QModelIndex:
        """The row of a finding in a report: its cause's where that has no other; invalid where it is not shown."""
        if error is None:
            return QModelIndex()
        sought = Place(str(number), error)
        for at, cause in enumerate(self._rows):
            if isinstance(cause, Section) or cause.first.code != error.code or sought not in cause.places:
                continue
            parent = self.index(at, 0)
            return self.index(cause.places.index(sought), 0, parent) if self.rowCount(parent) else parent
        return QModelIndex()

    # what Qt asks

    def top_count(self) -> int:
        """Headings and causes."""
        return len(self._rows)

    def count_below(self, row: int) -> int:
        """The places of a cause, if there are several."""
        of = self._rows[row]
        return 0 if isinstance(of, Section) or len(of.places) < 2 else len(of.places)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading can't be selected."""
        if index.isValid() and self.cause_at(index) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row says."""
        if not index.isValid():
            return None
        place = self.place_at(index)
        if place is None:
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                return _heading(self._rows[index.row()])
            return True if role == HeadingRole.IS_HEADING else None
        cause = self.cause_at(index) if index.internalId() == TOP else None
        return self._of_cause(cause, role) if cause is not None else self._of_place(place, role)

    def _of_cause(self, cause: Cause, role: int) -> Any:
        told = message(cause.first, chosen())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return told
            case Role.SECOND_LINE:
                return self._about(cause)
            case Role.SEVERITY:
                return severity_of(cause.first)
            case Role.COUNT:
                return cause.count
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{severity_words(cause.first)}: {told} {self._about(cause)}"
        return None

    def _about(self, cause: Cause) -> str:
        if self.is_whole:
            where = reports_words(cause.reports)
        elif cause.count > 1:
            where = tr("{count} steder", count=count_words(cause.count))
        else:
            where = place_words(cause.first)
        followers = cause.followers.total()
        after = tr("{count} følger heraf", count=count_words(followers)) if followers else ""
        return " · ".join(filter(None, (cause.first.rule, where, after)))

    def _of_place(self, place: Place, role: int) -> Any:
        error = place.error
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return masked(error.at)
            case Role.SECOND_LINE:
                return self._second_line(place)
            case Role.COUNT:
                return 0
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{masked(error.at)}, {self._second_line(place)}"
        return None

    def _second_line(self, place: Place) -> str:
        file = masked(self._checking.reports[int(place.file)].checked.file) if self.is_whole else ""
        found = found_at(place.error)
        return " · ".join(filter(None, (file, place_words(place.error), f"»{found}«" if found else "")))


def _rows(causes: Causes) -> list[Section | Cause]:
    """Causes under headings; without a heading where nothing but what rejects was found."""
    parts = {
        Section.REJECTING: causes.rejecting,
        Section.REMARKS: causes.remarks,
        Section.OWN: causes.own,
    }
    rows: list[Section | Cause] = []
    has_headings = bool(parts[Section.REMARKS] or parts[Section.OWN])
    for section, found in parts.items():
        rows += [section, *found] if found and has_headings else found
    return rows


def _heading(section: Section | Cause) -> str:
    told = {
        Section.REJECTING: tr("Ville blive afvist"),
        Section.REMARKS: tr("Bemærkninger, som ikke afviser"),
        Section.OWN: tr("Vores egne iagttagelser – ikke en del af dommen"),
    }
    return told[section] if isinstance(section, Section) else ""
