"""A message where it belongs: a line below the header that says what went wrong and goes away when it is closed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ldbu_desktop.faults import Fault
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.live import Live
from ldbu_desktop.ui.theme import GRID, colour
from ldbu_desktop.ui.widgets import label, row, tool


class Message(QWidget):
    """Shows one fault at a time; hidden where there is none."""

    def __init__(self, live: Live) -> None:
        super().__init__()
        self.setObjectName("message")
        self._fault: Fault | None = None
        self.picture = label("messagePicture")
        self.text = label("messageText")
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_ = tool("messageClose", live, lambda: tr("Luk beskeden"), "close")
        self.close_.clicked.connect(self.clear)
        line = row(self.picture, self.text, self.close_, spacing=3)
        line.setStretch(1, 1)
        line.setContentsMargins(4 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self.setLayout(line)
        live.also(self._tell)

    def show_fault(self, fault: Fault) -> None:
        """Say what stopped the work."""
        self._fault = fault
        self._tell()

    def clear(self) -> None:
        """Take the message away."""
        self._fault = None
        self._tell()

    def _tell(self) -> None:
        self.setVisible(self._fault is not None)
        if self._fault is not None:
            from ldbu_desktop.use_cases.faults import fault_text

            self.picture.setPixmap(pixmap("rejected", "rejected", 20))
            self.text.setText(fault_text(self._fault, chosen()))
            self.setAccessibleName(self.text.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tint."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("rejected_tint"))
        painter.end()
