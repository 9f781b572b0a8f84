"""Values by name in the system's place for settings: read once, and written without halting the window."""

from __future__ import annotations

import atexit
import weakref

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QObject, QSettings, QThread, Signal, Slot

from ldbu_desktop.aside.precedence import go_next

_PATIENCE = 30_000
"""Milliseconds that a disk is waited for at the end."""


class StoredValues:
    """What ``store`` holds. QSettings waits for the disk in the thread that it lives in: it lives in one of its own.

    That begins with the first value that is changed, and needs an application: without one there is no window to halt,
    and values are written where they are changed. ``file`` is where they are; None where the system chose.
    """

    def __init__(self, store: QSettings) -> None:
        self.file = store.fileName() if store.format() is not QSettings.Format.NativeFormat else None
        self._values = {key: store.value(key) for key in store.allKeys()}
        self._changed: dict[str, object] = {}
        """What may not be written yet."""
        self._thread = QThread() if QCoreApplication.instance() is not None else None
        self._writer = _Writer(store, self._thread)
        self._store = store
        weakref.finalize(self, _settle, self._thread, store, self._changed).atexit = False
        _ALIVE.add(self)

    def value(self, key: str) -> object:
        """The value of a name; None where there is none."""
        return self._values.get(key)

    def set(self, key: str, value: object) -> None:
        """Change the value of a name, and write it in a moment; None takes it away."""
        if value is None:
            self._values.pop(key, None)
        else:
            self._values[key] = value
        self._changed[key] = value
        if self._thread is not None and not self._thread.isRunning():
            self._thread.start()
        self._writer.changed.emit(key, value)

    def settle(self) -> None:
        """Wait until everything is written."""
        _settle(self._thread, self._store, self._changed)


_ALIVE: weakref.WeakSet[StoredValues] = weakref.WeakSet()


@atexit.register
def _settle_all() -> None:
    """Write all at the end of the program: before Qt is taken down, which was imported before this."""
    for values in list(_ALIVE):
        values.settle()


class _Writer(QObject):
    """Hands values to the store in the store's thread."""

    changed = Signal(str, object)

    def __init__(self, store: QSettings, thread: QThread | None) -> None:
        super().__init__()
        self._store = store
        self.changed.connect(self._write)
        if thread is not None:
            store.moveToThread(thread)
            self.moveToThread(thread)

    @Slot(str, object)
    def _write(self, key: str, value: object) -> None:
        go_next()
        _write(self._store, key, value)


def _write(store: QSettings, key: str, value: object) -> None:
    if value is None:
        store.remove(key)
    else:
        store.setValue(key, value)


def _settle(thread: QThread | None, store: QSettings, changed: dict[str, object]) -> None:
    """End the thread and write what it may have left: without an application, as at the end, it is told nothing."""
    if thread is not None and thread.isRunning():
        thread.quit()
        thread.wait(QDeadlineTimer(_PATIENCE))
    if changed:
        for key, value in changed.items():
            _write(store, key, value)
        changed.clear()
        store.sync()
