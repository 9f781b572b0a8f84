"""The list of findings by cause: what is chosen in it is told, and what is looked at elsewhere is marked in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Signal
from PySide6.QtWidgets import QAbstractItemView

from ldbu_desktop.ui.findings.delegate import FindingsDelegate
from ldbu_desktop.ui.findings.model import FindingsModel
from ldbu_desktop.ui.kit.key_selection import with_keys
from ldbu_desktop.ui.kit.model_index import AnyIndex
from ldbu_desktop.ui.kit.tree import Tree
from ldbu_desktop.ui.retranslation import Retranslation

Cause = TypeVar("Cause")
Finding = TypeVar("Finding")


_MANY = 2000
"""Findings of which every row may be of its own height: beyond it opening a cause would halt the window."""


class FindingsView(Tree, Generic[Cause, Finding]):
    """``picked`` gives the finding that the user chose; a cause stands for its first. Several can be selected at once,
    of which ``selected_others`` tells."""

    picked = Signal(object)
    selected_others = Signal()

    def __init__(
        self, name: str, live: Retranslation, title: Callable[[], str], model: FindingsModel[Cause, Finding]
    ) -> None:
        super().__init__(name)
        live.name(self, title)
        self._findings = model
        self._is_marking = False
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setModel(model)
        self._delegate = FindingsDelegate(self)
        self.setItemDelegate(self._delegate)
        self.selectionModel().selectionChanged.connect(self._select)
        self.clicked.connect(self._pick)
        self.activated.connect(self._pick)
        model.modelReset.connect(self._arrange)

    def _arrange(self) -> None:
        """Rows as tall as each other open at once, however many; the only cause shows what it has below it."""
        self._delegate.wraps = self._findings.count <= _MANY
        self.setUniformRowHeights(not self._delegate.wraps and not self._findings.has_headings)
        if len(self._findings.causes) == 1:
            self.expand(self._findings.index(self._findings.rowCount() - 1, 0))

    def selectionCommand(self, index: AnyIndex, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        """Keys select what they come to."""
        return with_keys(super().selectionCommand(index, event), event)

    def mark(self, finding: Finding | None) -> None:
        """Mark the row of a finding; the first of a cause that is closed is the cause itself. Nothing for None."""
        index = self._findings.index_of(finding) if finding is not None else QModelIndex()
        self._is_marking = True
        if not index.isValid():
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        elif index != self.currentIndex() or not self.selectionModel().isSelected(index):
            if index.parent().isValid() and index.row() > 0:
                self.expand(index.parent())
            elif index.parent().isValid() and not self.isExpanded(index.parent()):
                index = index.parent()
            self.setCurrentIndex(index)
            self.scrollTo(index)
        self._is_marking = False

    def selected(self) -> list[Finding]:
        """The findings that are selected, each once: of a cause that is selected all."""
        found = (self._findings.findings_at(index) for index in self.selectionModel().selectedRows())
        return list({id(one): one for of_row in found for one in of_row}.values())

    def _select(self, chosen: QItemSelection, _left: QItemSelection) -> None:
        if self._is_marking:
            return
        if len(self.selectionModel().selectedRows()) > 1:
            self.selected_others.emit()
        elif chosen.indexes():
            self._pick(chosen.indexes()[0])

    def _pick(self, index: QModelIndex) -> None:
        finding = self._findings.finding_at(index)
        if finding is not None:
            self.picked.emit(finding)
