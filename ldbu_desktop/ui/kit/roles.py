"""What a screen reader calls the parts that are our own: to Qt, what it does not draw is a widget without a role."""

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
    # What has a name for what is in it, which is said to who comes into it.
    "Segments": QAccessible.Role.Grouping,
    "Rail": QAccessible.Role.Grouping,
    "Pane": QAccessible.Role.Grouping,
    "Page": QAccessible.Role.Grouping,
    "QScrollArea": QAccessible.Role.Grouping,
}
"""The role of each class of parts, by its name."""


@cache
def tell_roles() -> None:
    """Have Qt ask here first, for as long as the process lasts."""
    QAccessible.installFactory(_interface)


def _interface(name: str, thing: QObject) -> QAccessibleInterface | None:
    role = ROLES.get(name)
    return QAccessibleWidget(thing, role) if role is not None and isinstance(thing, QWidget) else None
