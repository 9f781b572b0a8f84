"""What keys select where several rows can be: what they come to, with Ctrl held too.

Qt leaves the selection where it was then, and where the keyboard is instead is not to be seen: what is done next would
be done to another row than one thinks.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent

_GOING = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)
_NOTHING = QItemSelectionModel.SelectionFlag.NoUpdate
_THE_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


def with_keys(command: QItemSelectionModel.SelectionFlag, event: QEvent | None) -> QItemSelectionModel.SelectionFlag:
    """What becomes of the selection: ``command`` is what Qt would do at an event."""
    goes = isinstance(event, QKeyEvent) and event.key() in _GOING
    return _THE_ROW if goes and command == _NOTHING else command
