"""Parts of which one is shown; where text is large, only that one says how much room is needed."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ldbu_desktop.ui.theme import is_large


def least_height(part: QWidget, width: int) -> int:
    """How high a part has to be in that width for all of it to be seen, in pixels."""
    lines = None if isinstance(part, QStackedWidget) else part.layout()  # of a stack one part is seen
    least = part.minimumSizeHint().expandedTo(part.minimumSize()).height()
    if lines is None or not lines.hasHeightForWidth():
        return least
    return max(least, lines.totalMinimumHeightForWidth(width))


class Stack(QStackedWidget):
    """At a desk all parts are as large as the largest, so that nothing moves when another is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _at: self.updateGeometry())

    def hasHeightForWidth(self) -> bool:
        """What is shown has what room there is: it folds or scrolls within that."""
        return not is_large() and super().hasHeightForWidth()

    def minimumSizeHint(self) -> QSize:
        """As large as what is shown has to be."""
        shown = self.currentWidget()
        if not is_large() or shown is None:
            return super().minimumSizeHint()
        return QSize(shown.minimumSizeHint().width(), least_height(shown, self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In another width, another height is needed."""
        super().resizeEvent(event)
        if is_large() and event.size().width() != event.oldSize().width():
            self.updateGeometry()
