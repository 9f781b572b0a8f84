"""The one quiet line on top of the form: what is still to come at this visit, what was found, what keeps it back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ldbu_desktop.language import tr
from ldbu_desktop.rendering.words import findings_words
from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.kit.widgets import button, label, row
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID

_ICON = 18
_AROUND = 20 * GRID
"""What lies around and between the parts of the line, in pixels."""


class FormSummary(QWidget):
    """``wants_missing`` goes to the first that is missing, ``wants_finding`` to the first that was found at the visit,
    ``wants_family`` to the first that keeps it back from elsewhere."""

    wants_missing = Signal()
    wants_finding = Signal()
    wants_family = Signal()

    def __init__(self, live: Retranslation) -> None:
        super().__init__()
        self.setObjectName("formSummary")
        self._icon = ("clear", "clear")
        self.picture = label("formSummaryPicture")
        self.missing = button("formMissing", live, lambda: "", kind="link")
        self.parts = label("formMissingParts", tone="muted")
        self.found = button("formFound", live, lambda: "", kind="link")
        self.kept = button("formKept", live, lambda: tr("Familien holder kontakten tilbage"), kind="link")
        self.kept.clicked.connect(self.wants_family)
        self.missing.clicked.connect(self.wants_missing)
        self.found.clicked.connect(self.wants_finding)
        line = row(self.picture, self.missing, self.parts, 1, self.kept, self.found, spacing=2)
        line.setContentsMargins(4 * GRID, 0, 4 * GRID, 2 * GRID)
        self.setLayout(line)
        live.also(self._draw)

    def tell(self, gateway: int, guide: int, found: int, *, is_kept: bool) -> None:
        """Say how many are missing by the gateway's rules and by the guide's table, and how many were found.

        ``is_kept`` where something of the family, or of all, keeps the visit back.
        """
        missing = gateway + guide
        text = (
            tr("Mangler {count} ved denne kontakt", count=missing) if missing else tr("Intet mangler ved denne kontakt")
        )
        self.missing.setText(text)
        self.missing.setAccessibleName(text)
        self.missing.setEnabled(missing > 0)
        parts = []
        if gateway:
            parts.append(tr("{count} kræver gatewayen", count=gateway))
        if guide:
            parts.append(tr("{count} i vejledningen", count=guide))
        self.kept.setVisible(is_kept)
        self.parts.setText("  ·  ".join(parts))
        self._show_parts()
        self.found.setVisible(found > 0)
        self.found.setText(findings_words(found))
        self.found.setAccessibleName(findings_words(found))
        self._icon = ("recent", "muted") if missing else ("clear", "muted" if found or is_kept else "clear")
        self._draw()

    def _show_parts(self) -> None:
        """Say of which rules what is missing is, where there is room beside what goes to it."""
        words = self.parts.fontMetrics().horizontalAdvance(self.parts.text())
        others = sum(
            one.sizeHint().width() for one in (self.picture, self.missing, self.kept, self.found) if not one.isHidden()
        )
        self.parts.setVisible(bool(self.parts.text()) and words + others + _AROUND <= self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for more or less."""
        super().resizeEvent(event)
        self._show_parts()

    def _draw(self) -> None:
        self.picture.setPixmap(pixmap(self._icon[0], self._icon[1], _ICON))
