"""What a screen reader calls the controls that we draw ourselves: to Qt, what is drawn is a widget without a role."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

ROLES = {
    "ChoiceBar": QAccessible.Role.ComboBox,  # one of several answers; its description tells which, and which there are
    "InstrumentHead": QAccessible.Role.Button,
    "ScoreLine": QAccessible.Role.StaticText,
    "GrowthChart": QAccessible.Role.Chart,
    "BarChart": QAccessible.Role.Chart,
}
"""The role of each class of controls, by its name."""


@cache
def tell_roles() -> None:
    """Have Qt ask here first, for as long as the process lasts."""
    QAccessible.installFactory(_interface)


def _interface(name: str, thing: QObject) -> QAccessibleInterface | None:
    role = ROLES.get(name)
    return QAccessibleWidget(thing, role) if role is not None and isinstance(thing, QWidget) else None
