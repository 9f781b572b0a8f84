"""The sheet of keys (Shift+F1), made from the actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ldbu_desktop.language import tr
from ldbu_desktop.ui.kit.actions import Actions, plain
from ldbu_desktop.ui.kit.dialog import Dialog
from ldbu_desktop.ui.kit.widgets import button, column, label, row
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID, is_large, scaled

_Part = tuple[str, list[tuple[str, str]]]
_COLUMNS = 3
_AROUND = QSize(20 * GRID, 50 * GRID)
"""What of a screen the keys leave to the rest of the sheet."""
_SHORT = 32
"""Letters of a text that stands on one line."""


Keys = tuple[tuple[Callable[[], str], Callable[[], str]], ...]
"""Keys with what they do, in the language in use."""

FIELD_KEYS: Keys = (
    (lambda: "Enter, Tab, ↓", lambda: tr("Næste felt; det du skrev, læses og kontrolleres")),
    (lambda: "Shift+Tab, ↑", lambda: tr("Forrige felt")),
    (lambda: "1, 2, 3 … A, B …", lambda: tr("Vælg svar efter nummer eller bogstav i et felt med faste svar")),
    (lambda: "Enter", lambda: tr("Bekræft det, der er foreslået, og gå videre")),
    (lambda: tr("←, →, mellemrum"), lambda: tr("Se svarene igennem, og vælg et")),
    (lambda: "Delete", lambda: tr("Tag svaret væk igen")),
    (lambda: tr("Mellemrum, →, ←"), lambda: tr("Fold et spørgeskema ud eller sammen")),
    (lambda: "Esc", lambda: tr("Tag det tilbage, du er ved at skrive")),
)
"""Keys that belong to a field rather than to an action, for the sheet of keys."""

TABLE_KEYS: Keys = ((lambda: "Shift+F10", lambda: tr("Sortér tabellen")),)
"""Keys that belong to a table."""


def key_words(shortcut: str) -> str:
    """A shortcut as it stands on the keyboard."""
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")


class KeySheet(Dialog):
    """All keys, by menu, in columns that a small screen has room for."""

    def __init__(self, actions: Actions[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keySheet")
        live = Retranslation()
        live.say(self.setWindowTitle, lambda: tr("Taster"))
        live.name(self, lambda: tr("Taster"))
        sides = QHBoxLayout()
        sides.setSpacing(8 * GRID)
        parts = [
            (plain(menu.text()), [(key_words(one.shortcut), one.name) for one in of_menu if one.shortcut])
            for menu, of_menu in actions.menus.items()
        ]
        for heading, of_heading in ((tr("I felterne"), FIELD_KEYS), (tr("I tabellerne"), TABLE_KEYS)):
            parts.append((heading, [(keys(), text()) for keys, text in of_heading]))
        for beside in _balanced([part for part in parts if part[1]], 1 if is_large() else _COLUMNS):
            side = QVBoxLayout()
            for heading, keys in beside:
                side.addLayout(_part(heading, keys))
            side.addStretch(1)
            sides.addLayout(side)
        close = button("keySheetClose", live, lambda: tr("Luk"), kind="primary")
        close.clicked.connect(self.accept)
        lines = column(self, 5, 2)
        lines.addWidget(label("keySheetHeading", live, lambda: tr("Taster"), "title"))
        room = parent.size() if is_large() else self.screen().availableSize()
        lines.addWidget(_scrolled(sides, live, room - _AROUND), 1)
        lines.addLayout(row(1, close))


def _scrolled(lines: QHBoxLayout, live: Retranslation, room: QSize) -> QScrollArea:
    """The keys, to be scrolled where there is no ``room`` for all."""
    inner = QWidget()
    inner.setObjectName("scrolled")
    lines.setContentsMargins(0, 0, 0, 0)
    inner.setLayout(lines)
    made = QScrollArea()
    made.setObjectName("keySheetKeys")
    made.setWidgetResizable(True)
    made.setWidget(inner)
    made.setMinimumSize(inner.sizeHint().boundedTo(room))
    live.name(made, lambda: tr("Taster"))
    return made


def _balanced(parts: list[_Part], count: int) -> list[list[_Part]]:
    """The parts in columns that are about as long: each, the longest first, goes to the column that is shortest."""
    columns: list[list[_Part]] = [[] for _ in range(count)]
    for part in sorted(parts, key=lambda one: -len(one[1])):
        min(columns, key=lambda one: sum(len(keys) + 1 for _heading, keys in one)).append(part)
    return columns


def _part(heading: str, keys: Sequence[tuple[str, str]]) -> QGridLayout:
    made = QGridLayout()
    made.setHorizontalSpacing(4 * GRID)
    made.setVerticalSpacing(GRID)
    made.setContentsMargins(0, 0, 0, 2 * GRID)
    head = label("keySheetPart", tone="heading")
    head.setText(heading)
    made.addWidget(head, 0, 0, 1, 2)
    for at, (key, text) in enumerate(keys, 1):
        left = label("keySheetKey", tone="muted")
        left.setText(key)
        right = label("keySheetText")
        right.setText(text)
        right.setWordWrap(len(text) > _SHORT)
        made.addWidget(left, at, 0, Qt.AlignmentFlag.AlignTop)
        made.addWidget(right, at, 1)
    made.setColumnMinimumWidth(0, scaled(30 * GRID))
    if any(len(text) > _SHORT for _key, text in keys):
        made.setColumnMinimumWidth(1, scaled(64 * GRID))
    made.setColumnStretch(1, 1)
    return made
