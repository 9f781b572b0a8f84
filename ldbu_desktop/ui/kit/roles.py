"""What a screen reader calls the parts that are our own: to Qt, what it does not draw is a widget without a role.

What is made for screen readers only is imported when there is one.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

ROLES = {
    "ChoiceBar": QAccessible.Role.ComboBox,  # one of several answers; its description tells which, and which there are
    "InstrumentHead": QAccessible.Role.Button,
    "ScoreLine": QAccessible.Role.StaticText,
    "GrowthChart": QAccessible.Role.Chart,
    "BarChart": QAccessible.Role.Chart,
    # What has a name for what is in it, which is said to who comes into it.
    "Message": QAccessible.Role.Grouping,
    "KeptLine": QAccessible.Role.Grouping,
    "Segments": QAccessible.Role.Grouping,
    "OneOption": QAccessible.Role.Grouping,
    "ListField": QAccessible.Role.Grouping,
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
    if role is None or not isinstance(thing, QWidget):
        return None
    from PySide6.QtWidgets import QAccessibleWidget

    return QAccessibleWidget(thing, role)


def announce(part: QWidget, words: str) -> None:
    """Call a part that has no keyboard by what it says, and have a screen reader say that where it is news."""
    is_news = part.isHidden() or part.accessibleName() != words
    part.setAccessibleName(words)
    if words and is_news and QAccessible.isActive():
        from PySide6.QtGui import QAccessibleAnnouncementEvent

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(part, words))
