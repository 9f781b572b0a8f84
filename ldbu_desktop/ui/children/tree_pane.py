"""The pane at the left: search, filter by severity with counts, and the tree of families and visits."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QModelIndex, Qt

from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import tr
from ldbu_desktop.ui.children.tree_delegate import TreeDelegate
from ldbu_desktop.ui.children.tree_model import TreeModel, VisitFilter
from ldbu_desktop.ui.kit.search_line import SearchLine
from ldbu_desktop.ui.kit.tree import Tree
from ldbu_desktop.ui.kit.widgets import Pane, Segments, column, label, row
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.theme import GRID

_FEW = 40
"""Families that are shown with their visits from the start."""


class TreePane(Pane):
    """Selecting a row selects what it stands for, and the other way round."""

    def __init__(self, session: Session, live: Retranslation) -> None:
        super().__init__()
        self._session = session
        self._live = live
        self.model = TreeModel(session, self)
        self.search = SearchLine(
            "treeSearch",
            live,
            lambda: tr("Søg: kontakt, dato, id eller CPR"),
            lambda: tr("Søg blandt børn og kontakter"),
        )
        self.filter = Segments(
            "treeFilter",
            live,
            (
                (VisitFilter.ALL, lambda: tr("Alle")),
                (VisitFilter.REJECTED, lambda: tr("Afvises")),
                (VisitFilter.CHECK, lambda: tr("Tjek")),
                (VisitFilter.CLEAR, lambda: tr("Klar")),
            ),
        )
        live.say(
            self.filter.button(VisitFilter.REJECTED).setToolTip, lambda: tr("Kontakter, som gatewayen ville afvise")
        )
        live.say(
            self.filter.button(VisitFilter.CHECK).setToolTip,
            lambda: tr("Kontakter, som kan afleveres, men bør tjekkes"),
        )
        live.say(self.filter.button(VisitFilter.CLEAR).setToolTip, lambda: tr("Kontakter, som kan afleveres"))
        self.tree = self._tree()
        self.none = label("treeNone", live, lambda: tr("Ingen kontakter svarer til søgningen og filteret."), "muted")
        self.none.setWordWrap(True)
        self.none.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 0)
        self.none.hide()
        heading = label("treeHeading", live, lambda: tr("Børn og kontakter"), "heading")
        live.name(self, lambda: tr("Børn og kontakter"))
        stack = column(self)
        top = row(heading, 1)
        top.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 2 * GRID)
        stack.addLayout(top)
        for part in (self.search, self.filter):
            line = row(part)
            line.setContentsMargins(3 * GRID, 0, 3 * GRID, 2 * GRID)
            stack.addLayout(line)
        stack.addWidget(self.none)
        stack.addWidget(self.tree, 1)
        self.search.searched.connect(self._apply)
        self.search.returnPressed.connect(self._to_first)
        self.filter.chosen.connect(lambda _key: self._apply())
        self.tree.selectionModel().selectionChanged.connect(self._select)
        self.model.modelReset.connect(self._refilled)
        self.model.dataChanged.connect(self._redraw)
        session.selected.connect(self._follow)
        live.also(self.model.retell)
        self._refilled()
        self.tree.viewport()  # the first call makes Python's side of it, which takes a while

    def _tree(self) -> Tree:
        tree = Tree("tree")
        self._live.name(tree, lambda: tr("Børn og kontakter"))
        tree.setModel(self.model)
        tree.setItemDelegate(TreeDelegate(tree))
        tree.setUniformRowHeights(True)
        tree.setExpandsOnDoubleClick(True)
        return tree

    def _apply(self) -> None:
        self.model.filter(VisitFilter(self.filter.choice), self.search.text())

    def _refilled(self) -> None:
        session = self._session
        families = self.model.rowCount() - 1
        self.none.setVisible(session.is_open and families == 0 and bool(session.journal.families))
        if 0 < families <= _FEW or (families > 0 and self.search.text()):
            for at in range(1, min(families, _FEW) + 1):
                self.tree.expand(self.model.index(at, 0))
        self._follow()

    def _redraw(self, first: QModelIndex, last: QModelIndex) -> None:
        """Draw all anew where the top rows changed: what stands below them did too. The view draws a single row."""
        if first != last:
            self.tree.viewport().update()

    def _to_first(self) -> None:
        self.search.settle()
        keys = self.model.visit_keys()
        if keys:
            self._session.select(Where(visit=keys[0]))
            self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _select(self, chosen: QItemSelection, _left: QItemSelection) -> None:
        indexes = chosen.indexes()
        if indexes:
            picked = self.model.where_at(indexes[0])
            now = self._session.selection
            if (picked.family, picked.visit) != (now.family, now.visit):
                self._session.select(picked)

    def _follow(self) -> None:
        index = self.model.index_of(self._session.selection)
        if not index.isValid():
            self.tree.clearSelection()
            self.tree.setCurrentIndex(QModelIndex())
        elif index != self.tree.currentIndex() or not self.tree.selectionModel().isSelected(index):
            if index.parent().isValid():
                self.tree.expand(index.parent())
            self.tree.setCurrentIndex(index)
            self.tree.scrollTo(index)

    def step(self, by: int) -> bool:
        """Select the next visit (``by`` 1) or the one before (-1) among those that are shown; False at the end."""
        keys = self.model.visit_keys()
        now = self._session.selection.visit
        at = keys.index(now) + by if now in keys else (0 if by > 0 else len(keys) - 1)
        if not 0 <= at < len(keys):
            return False
        self._session.select(Where(visit=keys[at]))
        return True
