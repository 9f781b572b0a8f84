"""The facets of the visits as a tree to tick: what they have in common, how many of them, and what is chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal

from ldbu_desktop.findings.catalogue import finding_types
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.language import alphabetical, chosen, tr
from ldbu_desktop.rendering.corrections import name_words
from ldbu_desktop.rendering.words import count_words, month_words, severity_word
from ldbu_desktop.ui.kit.model_index import AnyIndex
from ldbu_desktop.ui.kit.tree import TOP, TwoLevels
from ldbu_desktop.ui.session import Session
from ldbu_desktop.workspace.facets import CLEAR, Facet, FacetCount, VisitState

FACETS: dict[Facet, Callable[[], str]] = {
    Facet.STATE: lambda: tr("Tilstand"),
    Facet.SEVERITY: lambda: tr("Vægt af fund"),
    Facet.CAUSE: lambda: tr("Årsag"),
    Facet.VARIABLE: lambda: tr("Oplysning"),
    Facet.VISIT_TYPE: lambda: tr("Kontakttype"),
    Facet.CLINIC: lambda: tr("Kommune eller klinik (SOR)"),
    Facet.MONTH: lambda: tr("Måned"),
}
STATES: dict[str, Callable[[], str]] = {
    VisitState.READY: lambda: tr("Klar"),
    VisitState.REJECTED: lambda: tr("Afvises"),
    VisitState.DELIVERED: lambda: tr("Afleveret"),
    VisitState.CORRECTED: lambda: tr("Rettet siden aflevering"),
    VisitState.UNFINISHED: lambda: tr("Ikke afsluttet"),
}
COUNT = Qt.ItemDataRole.UserRole + 1
BY_COUNT, BY_NAME = "count", "name"
_CHECKABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable


class FacetRows(NamedTuple):
    """A facet with its values in the order in which they are shown."""

    facet: Facet
    values: tuple[FacetCount, ...]


class FacetsModel(TwoLevels):
    """Facets at the top, their values below. Ticking one narrows the session's work; ``picked`` tells that."""

    picked = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.chosen: dict[Facet, set[str]] = {}
        self.order = BY_COUNT
        self.rows: tuple[FacetRows, ...] = ()

    def refill(self) -> None:
        """Show the counts of what the work is narrowed to; the rows stay where they are if they are the same."""
        told = self._session.narrowed
        counts = told.counts if told is not None else {}
        rows = tuple(
            FacetRows(facet, tuple(sorted(counts[facet], key=lambda one: self._key(facet, one))))
            for facet in FACETS
            if counts.get(facet)
        )
        if [_values(one) for one in rows] == [_values(one) for one in self.rows]:
            self.rows = rows
            self.retell()
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def retell(self) -> None:
        """Say every row anew."""
        for at, one in enumerate(self.rows):
            parent = self.index(at, 0)
            self.dataChanged.emit(parent, parent)
            self.dataChanged.emit(self.index(0, 0, parent), self.index(len(one.values) - 1, 0, parent))

    def sort_by(self, order: str) -> None:
        """Show the values by how many visits have them, or by what they are called."""
        self.order = order
        self.refill()

    def clear(self) -> None:
        """Choose nothing."""
        self.chosen = {}
        self.retell()
        self.picked.emit()

    @property
    def chosen_count(self) -> int:
        """How many values are chosen."""
        return sum(map(len, self.chosen.values()))

    def _key(self, facet: Facet, one: FacetCount) -> tuple[Any, ...]:
        if facet is Facet.MONTH and self.order == BY_NAME:
            return (one.value,)
        name = alphabetical(self._name(facet, one.value))
        return (-one.visits, name) if self.order == BY_COUNT else (name,)

    def _name(self, facet: Facet, value: str) -> str:
        """What a value is called."""
        standard = self._session.standard
        match facet:
            case Facet.STATE:
                return STATES[value]()
            case Facet.SEVERITY:
                return tr("Uden fund") if value == CLEAR else severity_word(Severity(value))
            case Facet.CAUSE:
                kind = finding_types()[value]
                return kind.title[chosen()] or value
            case Facet.VARIABLE:
                return name_words(value, standard)
            case Facet.VISIT_TYPE if value in standard.visit_type_by_code:
                return standard.visit_type_by_code[value].label[chosen()]
            case Facet.MONTH if value:
                return month_words(value)
        return value or tr("står der ikke")

    # what Qt asks

    def top_count(self) -> int:
        """The facets."""
        return len(self.rows)

    def count_below(self, row: int) -> int:
        """The values of a facet."""
        return len(self.rows[row].values)

    def at(self, index: AnyIndex) -> tuple[Facet, FacetCount | None]:
        """What a row is: a facet, or a value of one."""
        row = self.rows[self.top_row(index)]
        return row.facet, None if index.internalId() == TOP else row.values[index.row()]

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """A value can be ticked."""
        is_value = index.isValid() and index.internalId() != TOP
        return _CHECKABLE if is_value else super().flags(index)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row says."""
        if not index.isValid():
            return None
        facet, value = self.at(index)
        if value is None:
            picked = len(self.chosen.get(facet, ()))
            words = f"{FACETS[facet]()}  ({picked})" if picked else FACETS[facet]()
            return words if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        name = self._name(facet, value.value)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return name
            case Qt.ItemDataRole.CheckStateRole:
                is_chosen = value.value in self.chosen.get(facet, ())
                return Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{FACETS[facet]()}: {name}, {count_words(value.visits)}"
        return count_words(value.visits) if role == COUNT else None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a value, or take the tick away."""
        if role != Qt.ItemDataRole.CheckStateRole or not self.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        facet, one = self.at(index)
        if one is None:
            return False
        is_chosen = Qt.CheckState(value) is Qt.CheckState.Checked
        values = self.chosen.get(facet, set()) - {one.value} | ({one.value} if is_chosen else set())
        self.chosen = {**self.chosen, facet: values}
        self.retell()
        self.picked.emit()
        return True


def _values(rows: FacetRows) -> tuple[Facet, list[str]]:
    return rows.facet, [one.value for one in rows.values]
