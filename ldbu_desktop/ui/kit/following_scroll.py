"""A view that is as large as what is in it where there is room, and else is scrolled, by the keyboard too."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from ldbu_desktop.ui.theme import GRID

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView

_AROUND = 3 * GRID


def show_whole(part: QWidget) -> None:
    """Have a part within sight in every view that it is scrolled in, from the innermost."""
    around = part.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(part)
        around = around.parentWidget()


class FollowingScroll(QScrollArea):
    """Shows ``whole``; while not all of it is seen, what has the keyboard is kept within sight."""

    def __init__(self, name: str, whole: QWidget) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(whole)
        self._whole = whole
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._follow)

    @property
    def _is_whole(self) -> bool:
        return not (self.horizontalScrollBar().maximum() or self.verticalScrollBar().maximum())

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Follow the keyboard, not the mouse: what is clicked is within sight, and stays where it is."""
        if self._is_whole or new is None or not self.isAncestorOf(new):
            return
        new.installEventFilter(self)
        if not QApplication.mouseButtons():
            self._show(new)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key may have gone to another row, or made what has the keyboard another size."""
        if event.type() is QEvent.Type.KeyRelease and isinstance(watched, QWidget) and watched.hasFocus():
            self._show(watched)
        return super().eventFilter(watched, event)

    def _show(self, part: QWidget) -> None:
        """Have a part within sight, of a list its current row; of what is larger than the view its beginning."""
        shown = part.rect()
        rows = cast("QAbstractItemView", part)
        # By its name: the first window has none, and makes no type of it.
        if part.inherits("QAbstractItemView") and rows.currentIndex().isValid():
            shown, part = rows.visualRect(rows.currentIndex()), rows.viewport()
        shown.translate(part.mapTo(self._whole, QPoint()))
        for corner in (shown.bottomRight(), shown.topLeft()):
            self.ensureVisible(corner.x(), corner.y(), _AROUND, _AROUND)
