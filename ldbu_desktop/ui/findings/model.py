"""Findings by cause: a row a cause with its count, and below it where it is found; headings stand between causes."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from PySide6.QtCore import QModelIndex, QObject, Qt

from ldbu_desktop.findings.model import Severity
from ldbu_desktop.ui.kit.model_index import AnyIndex
from ldbu_desktop.ui.kit.tree import TOP, TwoLevels

Cause = TypeVar("Cause")
Finding = TypeVar("Finding")
Cause_contra = TypeVar("Cause_contra", contravariant=True)


GIVEN = 500
"""Findings that a view is given of a cause at a time: it asks for every row that it is given, and of many thousands
that would halt the window."""


class Role(IntEnum):
    """What the model tells about a row beside its text."""

    SECOND_LINE = Qt.ItemDataRole.UserRole + 1
    SEVERITY = Qt.ItemDataRole.UserRole + 2
    COUNT = Qt.ItemDataRole.UserRole + 3
    IS_HEADING = Qt.ItemDataRole.UserRole + 4


class Heading(NamedTuple):
    """A row that says what the causes below it have in common."""

    text: str


class FindingWords(Protocol[Cause_contra, Finding]):
    """What a page says of its causes and findings: two lines of each, and how much a cause weighs."""

    def findings(self, cause: Cause_contra) -> Sequence[Finding]:
        """The findings that have a cause; one at the least."""
        ...

    def severity(self, cause: Cause_contra) -> Severity:
        """How much a cause weighs."""
        ...

    def weight(self, cause: Cause_contra) -> str:
        """How much a cause weighs, in words."""
        ...

    def title(self, cause: Cause_contra) -> str:
        """What is wrong."""
        ...

    def about(self, cause: Cause_contra) -> str:
        """How often, and whose rule it is."""
        ...

    def place(self, finding: Finding) -> str:
        """At what something is wrong."""
        ...

    def whereabouts(self, finding: Finding) -> str:
        """Where that stands."""
        ...

    def tip(self, finding: Finding) -> str:
        """What is told at length of a finding."""
        ...


class FindingsModel(TwoLevels, Generic[Cause, Finding]):
    """Causes, and the findings of those that have several. Nothing is put into words before it is drawn."""

    def __init__(self, words: FindingWords[Cause, Finding], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._rows: tuple[Heading | Cause, ...] = ()
        self._given: dict[int, int] = {}
        self._is_giving = False

    @property
    def causes(self) -> tuple[Cause, ...]:
        """The causes that are shown, in their order."""
        return tuple(row for row in self._rows if not isinstance(row, Heading))

    @property
    def has_headings(self) -> bool:
        """Whether there are headings; they are lower than the other rows."""
        return any(isinstance(row, Heading) for row in self._rows)

    @property
    def count(self) -> int:
        """How many findings there are."""
        return sum(len(self._words.findings(cause)) for cause in self.causes)

    def show(self, rows: Sequence[Heading | Cause]) -> None:
        """Show other causes."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self._given.clear()
        self.endResetModel()

    def retell(self) -> None:
        """Say every row anew."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def finding_at(self, index: AnyIndex) -> Finding | None:
        """The finding of a row: a cause's first; None for a heading."""
        cause = self._rows[self.top_row(index)]
        if isinstance(cause, Heading):
            return None
        return self._words.findings(cause)[0 if index.internalId() == TOP else index.row()]

    def findings_at(self, index: AnyIndex) -> Sequence[Finding]:
        """The findings of a row: all of a cause."""
        cause = self._rows[self.top_row(index)]
        if isinstance(cause, Heading):
            return ()
        findings = self._words.findings(cause)
        return findings if index.internalId() == TOP else (findings[index.row()],)

    def index_of(self, finding: Finding) -> QModelIndex:
        """The row of a finding: its cause's where that has no other, or it is not given yet; invalid where it is not
        shown."""
        for at, cause in enumerate(self._rows):
            if isinstance(cause, Heading) or finding not in (findings := self._words.findings(cause)):
                continue
            parent = self.index(at, 0)
            own = self.index(findings.index(finding), 0, parent)
            return own if own.isValid() else parent
        return QModelIndex()

    # what Qt asks

    def top_count(self) -> int:
        """Headings and causes."""
        return len(self._rows)

    def count_below(self, row: int) -> int:
        """The findings of a cause, if there are several, as far as they are given."""
        return min(self._count(row), self._given.get(row, GIVEN))

    def _count(self, row: int) -> int:
        cause = self._rows[row]
        count = 0 if isinstance(cause, Heading) else len(self._words.findings(cause))
        return count if count > 1 else 0

    def canFetchMore(self, parent: AnyIndex) -> bool:
        """Whether a cause has more findings than are given yet."""
        is_cause = parent.isValid() and parent.internalId() == TOP and not self._is_giving
        return is_cause and self.count_below(parent.row()) < self._count(parent.row())

    def fetchMore(self, parent: AnyIndex) -> None:
        """Give more of them."""
        if self.canFetchMore(parent):
            row, given = parent.row(), self.count_below(parent.row())
            more = min(given + GIVEN, self._count(row))
            self._is_giving = True  # a view may ask for more when it is told of these
            self.beginInsertRows(self.index(row, 0), given, more - 1)
            self._given[row] = more
            self.endInsertRows()
            self._is_giving = False

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """A heading can't be selected."""
        if index.isValid() and isinstance(self._rows[self.top_row(index)], Heading):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row says."""
        if not index.isValid():
            return None
        row = self._rows[self.top_row(index)]
        if isinstance(row, Heading):
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                return row.text
            return True if role == Role.IS_HEADING else None
        if index.internalId() == TOP:
            return self._of_cause(row, role)
        return self._of_finding(self._words.findings(row)[index.row()], role)

    def _of_cause(self, cause: Cause, role: int) -> Any:
        words = self._words
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return words.title(cause)
            case Role.SECOND_LINE:
                return words.about(cause)
            case Role.SEVERITY:
                return words.severity(cause)
            case Role.COUNT:
                return len(words.findings(cause))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(cause)
        return None

    def _spoken(self, cause: Cause) -> str:
        """A cause as it is heard: how much it weighs once, though a line that is read may say it as well."""
        weight, title = self._words.weight(cause), self._words.title(cause)
        about = self._words.about(cause).removeprefix(weight).removeprefix(" · ")
        between = " " if title.endswith(".") else ", "
        return f"{weight}: {between.join(filter(None, (title, about)))}"

    def _of_finding(self, finding: Finding, role: int) -> Any:
        words = self._words
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return words.place(finding)
            case Qt.ItemDataRole.ToolTipRole:
                return words.tip(finding)
            case Role.SECOND_LINE:
                return words.whereabouts(finding)
            case Role.COUNT:
                return 0
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{words.place(finding)}, {words.whereabouts(finding)}"
        return None
