"""What the visits are told apart by, to tick: it takes the tree's place while one chooses."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from ldbu_desktop.language import tr
from ldbu_desktop.ui.children.facets_model import BY_COUNT, BY_NAME, COUNT, FacetsModel
from ldbu_desktop.ui.kit.model_index import AnyIndex
from ldbu_desktop.ui.kit.tree import Tree
from ldbu_desktop.ui.kit.widgets import Segments, button, column, row
from ldbu_desktop.ui.kit.wrapped import WrappingDelegate
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.theme import GRID, SMALL, colour, font, scaled

_FEW = 12
"""Values of a facet that are shown from the start."""
_TICK = 8 * GRID
"""What a tick before the words takes of a row."""


class _FacetsDelegate(WrappingDelegate):
    """A value on the lines that it needs, with its count at the right."""

    def beside(self, index: AnyIndex) -> int:
        """A value stands below its facet, and before its count."""
        depth = 2 if index.parent().isValid() else 1
        return scaled(_TICK) + depth * self._tree.indentation() + _count_width(index)

    @property
    def _tree(self) -> Tree:
        return cast(Tree, self.parent())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one row."""
        count, width = index.data(COUNT) or "", _count_width(index)
        painter.save()
        painter.setFont(font(SMALL))
        painter.setPen(colour("muted"))
        place = QRect(option.rect.right() - width, option.rect.top(), width - GRID, option.rect.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        painter.restore()
        option.rect.setRight(place.left())
        super().paint(painter, option, index)


def _count_width(index: AnyIndex) -> int:
    """How wide the count of a value is, with what stands around it."""
    return QFontMetrics(font(SMALL)).horizontalAdvance(index.data(COUNT) or "") + 3 * GRID


class FacetsPane(QWidget):
    """``left`` tells that one is done."""

    left = Signal()

    def __init__(self, session: Session, live: Retranslation) -> None:
        super().__init__()
        self.setObjectName("facetsPane")
        self.model = FacetsModel(session, self)
        self.tree = Tree("facets")
        live.name(self.tree, lambda: tr("Filtre"))
        self.tree.setModel(self.model)
        self.tree.setItemDelegate(_FacetsDelegate(self.tree))
        self.tree.setWordWrap(True)
        self.order = Segments(
            "facetsOrder",
            live,
            lambda: tr("Rækkefølge"),
            ((BY_COUNT, lambda: tr("Efter antal")), (BY_NAME, lambda: tr("Efter navn"))),
        )
        self.clear = button("facetsClear", live, lambda: tr("Ryd"), kind="link")
        lines = column(self)
        line = row(self.order, 1, self.clear)
        line.setContentsMargins(3 * GRID, 0, 3 * GRID, GRID)
        lines.addLayout(line)
        lines.addWidget(self.tree, 1)
        self.order.chosen.connect(self.model.sort_by)
        self.clear.clicked.connect(self.model.clear)
        self.model.modelReset.connect(self._expand)
        live.also(self.model.retell)

    def _expand(self) -> None:
        """Show the values of what has few, and of what something is chosen of."""
        for at, one in enumerate(self.model.rows):
            if len(one.values) <= _FEW or self.model.chosen.get(one.facet):
                self.tree.expand(self.model.index(at, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the tree."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
