"""A dialog that no screen is too small for: where it has no room, what is in it is scrolled."""

from __future__ import annotations

from typing import cast

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from ldbu_desktop.ui.kit.following_scroll import FollowingScroll, show_whole
from ldbu_desktop.ui.kit.widgets import column


class Dialog(QDialog):
    """Is built as any other dialog."""

    def showEvent(self, event: QShowEvent) -> None:
        """Be within the screen from the first."""
        self._fit()
        super().showEvent(event)

    def make_room(self, told: QWidget) -> None:
        """Be as high as the lines are now, for what is ``told`` may take several; that is within sight."""
        lines = self._lines
        lines.activate()
        self.resize(self.width(), max(self.sizeHint().height(), lines.totalHeightForWidth(self.width())))
        self._fit()
        show_whole(told)

    @property
    def _lines(self) -> QLayout:
        return cast(QLayout, self.layout())  # whoever builds a dialog gives it one

    def _fit(self) -> None:
        """Be no larger than the screen; what then has no room is scrolled from now on."""
        room, lines = self.screen().availableSize(), self._lines
        high = lines.totalMinimumHeightForWidth(self.width()) if lines.hasHeightForWidth() else 0
        asked = lines.totalMinimumSize()
        if asked.width() > room.width() or max(asked.height(), high) > room.height():
            inner = QWidget()
            inner.setObjectName("scrolled")
            inner.setLayout(lines)
            view = FollowingScroll("dialogView", inner)
            column(self).addWidget(view)
            self.resize(self.width() + view.verticalScrollBar().sizeHint().width(), room.height())
        self.resize(self.size().boundedTo(room))
