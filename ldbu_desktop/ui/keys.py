"""The sheet of keys (F1), made from the actions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ldbu_desktop.language import tr
from ldbu_desktop.ui.actions import ACTIONS, FIELD_KEYS, MENU_TEXTS, Menu, plain
from ldbu_desktop.ui.live import Live
from ldbu_desktop.ui.theme import GRID
from ldbu_desktop.ui.widgets import button, column, label, row


def key_words(shortcut: str) -> str:
    """A shortcut as it stands on the keyboard."""
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")


class KeySheet(QDialog):
    """All keys, by menu, in two columns."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keySheet")
        live = Live()
        live.say(self.setWindowTitle, lambda: tr("Taster"))
        live.name(self, lambda: tr("Taster"))
        sides = QHBoxLayout()
        sides.setSpacing(12 * GRID)
        parts = [
            (
                plain(MENU_TEXTS[menu]()),
                [
                    (key_words(data.shortcut), plain(data.text()))
                    for data in ACTIONS
                    if data.menu is menu and data.shortcut
                ],
            )
            for menu in Menu
        ]
        parts.append((tr("I felterne"), [(keys(), text()) for keys, text in FIELD_KEYS]))
        half = QVBoxLayout()
        for at, (heading, keys) in enumerate(part for part in parts if part[1]):
            if at == 3:
                half.addStretch(1)
                sides.addLayout(half, 1)
                half = QVBoxLayout()
            half.addLayout(_part(heading, keys))
        half.addStretch(1)
        sides.addLayout(half, 1)
        close = button("keySheetClose", live, lambda: tr("Luk"), kind="primary")
        close.clicked.connect(self.accept)
        lines = column(self, 6, 4)
        lines.addWidget(label("keySheetHeading", live, lambda: tr("Taster"), "title"))
        lines.addLayout(sides)
        lines.addLayout(row(1, close))


def _part(heading: str, keys: Sequence[tuple[str, str]]) -> QGridLayout:
    made = QGridLayout()
    made.setHorizontalSpacing(4 * GRID)
    made.setVerticalSpacing(GRID)
    made.setContentsMargins(0, 0, 0, 3 * GRID)
    head = label("keySheetPart", tone="heading")
    head.setText(heading)
    made.addWidget(head, 0, 0, 1, 2)
    for at, (key, text) in enumerate(keys, 1):
        left = label("keySheetKey", tone="muted")
        left.setText(key)
        right = label("keySheetText")
        right.setText(text)
        made.addWidget(left, at, 0, Qt.AlignmentFlag.AlignTop)
        made.addWidget(right, at, 1)
    made.setColumnMinimumWidth(0, 34 * GRID)
    made.setColumnStretch(1, 1)
    return made
