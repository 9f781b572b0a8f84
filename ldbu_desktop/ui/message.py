"""A message where it belongs: below the header, says what went wrong until it is closed, or what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ldbu_desktop.faults import Fault
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.kit.roles import announce
from ldbu_desktop.ui.kit.widgets import button, label, row, tool
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID, colour

_MOST = 4
"""How many faults are told below each other."""


class Message(QWidget):
    """Shows what went wrong last, one fault or those that came together, or what was done. Else it is hidden.

    A screen reader says it, wherever the keyboard is.
    """

    def __init__(self, live: Retranslation) -> None:
        super().__init__()
        self.setObjectName("message")
        self._faults: list[Fault] = []
        self._note: tuple[Callable[[], str], ...] = ()
        self._stays = False
        self._together = QTimer(self, interval=0, singleShot=True)
        self.picture = label("messagePicture")
        self.text = label("messageText")
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._place: Path | None = None
        self.open_folder = button("messageFolder", live, lambda: tr("Åbn mappen"), kind="link")
        self.open_folder.clicked.connect(self._open_folder)
        self.close_ = tool("messageClose", live, lambda: tr("Luk beskeden"), "close")
        self.close_.clicked.connect(self.clear)
        line = row(self.picture, self.text, self.open_folder, self.close_, spacing=3)
        line.setStretch(1, 1)
        line.setContentsMargins(4 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self.setLayout(line)
        live.also(self._tell)

    def show_fault(self, fault: Fault) -> None:
        """Say what stopped the work."""
        if not self._together.isActive():
            self._faults.clear()
            self._together.start()
        self._faults.append(fault)
        self._tell()

    def show_note(self, *lines: Callable[[], str], place: Path | None = None, stays: bool = False) -> None:
        """Say what was done, in the language in use; where a file was written, its ``place`` can be opened.

        A note that ``stays`` is there until it is closed.
        """
        self._faults.clear()
        self._note = lines
        self._stays = stays
        self._place = place
        self._tell()

    def _open_folder(self) -> None:
        if self._place is not None:
            from PySide6.QtCore import QUrl
            from PySide6.QtGui import QDesktopServices

            folder = self._place if self._place.is_dir() else self._place.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def clear(self) -> None:
        """Take the message away."""
        self._faults.clear()
        self._note = ()
        self._tell()

    def leave(self) -> None:
        """Take a note away when the user leaves the page that it is about; what went wrong stays until it is closed."""
        if not self._faults and not self._stays:
            self.clear()

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight, nothing is waited for."""
        super().hideEvent(event)
        self._together.stop()

    def _tell(self) -> None:
        if self._faults or self._note:
            name = "rejected" if self._faults else "clear"
            self.picture.setPixmap(pixmap(name, name, 20))
            lines = self._lines() if self._faults else filter(None, (line() for line in self._note))
            self.text.setText("\n".join(lines))
            announce(self, self.text.text())
        self.open_folder.setVisible(bool(self._note and not self._faults and self._place is not None))
        self.setVisible(bool(self._faults or self._note))

    def _lines(self) -> Iterator[str]:
        from ldbu_desktop.rendering.faults import fault_text

        told = list(dict.fromkeys(fault_text(fault, chosen()) for fault in self._faults))
        yield from told[:_MOST]
        if len(told) > _MOST:
            yield tr("… og {count} til.", count=len(told) - _MOST)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tint."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("rejected_tint" if self._faults else "clear_tint"))
        painter.end()
