"""The quiet line on top of the work: how it stands, with shape, colour and words. It calls itself a pre-check."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ldbu_desktop.findings.model import Severity
from ldbu_desktop.language import tr
from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.kit.roles import announce
from ldbu_desktop.ui.kit.widgets import column, label, row
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.severity import colour_of, icon_of
from ldbu_desktop.ui.theme import GRID, colour, scaled

_ICON = 20


class VerdictBanner(QWidget):
    """A tinted line with the severity's icon, what it means, and a second line with what was checked.

    ``severity`` is that of what it tells, None where all is well. ``is_waiting``: not all is known yet.
    """

    def __init__(self, name: str, live: Retranslation) -> None:
        super().__init__()
        self.setObjectName(name)
        self.severity: Severity | None = None
        self.is_waiting = True
        self.picture = label(f"{name}-picture")
        self.text = label(f"{name}-text")
        self.text.setWordWrap(True)
        self.more = label(f"{name}-more", tone="small")
        self.more.setWordWrap(True)
        self.more.hide()  # a page that has not been shown yet leaves no room for it
        words = QWidget()
        words.setObjectName(f"{name}-words")
        lines = column(words, 0, 1)
        lines.addWidget(self.text)
        lines.addWidget(self.more)
        line = row(self.picture, words, spacing=2)
        line.setAlignment(self.picture, Qt.AlignmentFlag.AlignTop)
        line.setStretch(1, 1)
        line.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        self.setLayout(line)
        live.also(self._draw)

    def wait(self, text: str = "", more: str = "") -> None:
        """Say what is under way: the check, where nothing else is told."""
        self.tell_waiting(text or tr("Kontrollerer …"), more or tr("Fundene kommer, når der er kontrolleret."))

    def tell_waiting(self, text: str, more: str) -> None:
        """Say what is known while not all is checked: nothing that would tell that something is in order."""
        self.is_waiting = True
        self._say(text, more)

    def tell(self, severity: Severity | None, text: str, more: str) -> None:
        """Say how it stands."""
        self.is_waiting = False
        self.severity = severity
        self._say(text, more)

    def announce(self) -> None:
        """Have a screen reader say it, wherever the keyboard is: somebody has waited for it."""
        announce(self, " ".join(filter(None, (self.text.text(), self.more.text()))))

    def _say(self, text: str, more: str) -> None:
        self.setAccessibleName("")  # so that the same is said again when it is told again
        self.text.setText(text)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        self._draw()

    def _name(self) -> str:
        return "info" if self.is_waiting else colour_of(self.severity)

    def _draw(self) -> None:
        icon = "recent" if self.is_waiting else icon_of(self.severity)
        self.picture.setFixedSize(QSize(scaled(_ICON), scaled(_ICON)))
        self.picture.setPixmap(pixmap(icon, self._name(), _ICON))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tint that lies behind the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(f"{self._name()}_tint"))
        painter.drawRoundedRect(self.rect(), 8, 8)
        painter.end()
