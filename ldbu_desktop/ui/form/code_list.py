"""A field with any number of answers out of a long list: typing finds one, and those that were chosen stand below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt

from ldbu_desktop.language import tr
from ldbu_desktop.ui.form.inner_button import InnerButton
from ldbu_desktop.ui.form.list_field import ListField
from ldbu_desktop.ui.icons import icon
from ldbu_desktop.ui.theme import GRID

_NARROWEST = 40 * GRID


class ChosenCode(NamedTuple):
    """One that was chosen: its record's key, and its words."""

    record: str
    words: str


class CodeList(ListField[InnerButton]):
    """What was chosen stands on buttons that take it away again."""

    def show_chosen(self, chosen: Sequence[ChosenCode]) -> bool:
        """Show what was chosen; True if the field is of another height."""
        is_other = self.show_rows(chosen, self._button, _show)
        for number, made in enumerate(self.rows.values(), 1):
            made.setObjectName(f"{self.line.objectName()}-chosen-{number}")
        return is_other

    def _button(self, record: str) -> InnerButton:
        made = InnerButton("", self, "chip")
        made.setIcon(icon("close", "muted", 16))
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        made.setToolTip(tr("Fjern"))
        made.clicked.connect(lambda: self.remove(record))
        made.left.connect(lambda by: self.go_from(made, by))
        made.came.connect(self.came)
        return made

    def row_width(self, row: InnerButton) -> int:
        """As wide as its words."""
        return min(max(row.sizeHint().width(), _NARROWEST), self.width())


def _show(button: InnerButton, one: ChosenCode) -> None:
    button.setText(one.words)
    button.setAccessibleName(tr("Fjern {words}", words=one.words))
