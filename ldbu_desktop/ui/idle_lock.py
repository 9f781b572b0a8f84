"""Locks the window when nobody has touched it for a while: whoever comes by a machine that was left sees nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)
_MINUTE = 60_000


class IdleLock(QObject):
    """Does ``lock`` when nothing was typed or pointed at for so many minutes; 0 is never."""

    def __init__(self, lock: Callable[[], object], minutes: int, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True)
        self._timer.setObjectName("idleLock")
        self._timer.timeout.connect(lock)
        self.wait_for(minutes)

    def wait_for(self, minutes: int) -> None:
        """Lock after so many minutes from now on."""
        self._timer.stop()
        self._timer.setInterval(minutes * _MINUTE)
        application = QCoreApplication.instance()
        if application is None:
            return
        application.removeEventFilter(self)
        if minutes:
            application.installEventFilter(self)
            self._timer.start()

    @property
    def remaining(self) -> int:
        """Milliseconds until it locks; -1 where it never does."""
        return self._timer.remainingTime()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Begin to wait anew whenever somebody is there."""
        if event.type() in _TOUCHES:
            self._timer.start()
        return False
