"""The whole program for a room: larger text, more contrast, no side panes, and what the hand does shown large.

A letter can be read from eight metres where it is 26 pixels high on 1 080 lines (1/200 of the distance at the height of
the picture); so the text's size comes from the screen. CPR numbers are covered as long as it lasts.
"""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QCursor, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from ldbu_desktop.ui.theme import GRID, colour, enlarge, font, scale_for_letters

LETTER, LINES = 26, 1080
"""How high a capital is on a picture of so many lines, in pixels."""
_HALO = 28 * GRID
_SHOWN = 1600
"""Milliseconds that a pressed key is shown."""
_PLAIN_KEYS = frozenset((Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr))
_NONE, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


class Halo(QWidget):
    """A ring around the pointer."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("projectorHalo")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.resize(_HALO, _HALO)

    def follow(self, place: QPoint) -> None:
        """Stand around a place on the screen."""
        self.move(self._over.mapFromGlobal(place) - QPoint(_HALO // 2, _HALO // 2))
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(colour("exercise"))
        pen.setWidth(GRID)
        painter.setPen(pen)
        painter.drawEllipse(self.rect().adjusted(GRID, GRID, -GRID, -GRID))
        painter.end()


class PressedKey(QLabel):
    """The key that was pressed last, large, for a moment."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("projectorKey")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._away = QTimer(self, interval=_SHOWN, singleShot=True)
        self._away.setObjectName("keyShown")
        self._away.timeout.connect(self.hide)
        self.hide()

    def show_key(self, words: str) -> None:
        """Show a key at the bottom of the window."""
        self.setText(words)
        self.setFont(font(bold=True))
        self.adjustSize()
        whole = self._over.rect()
        size = self.sizeHint()
        place = QRect(0, 0, size.width() + 6 * GRID, size.height() + 2 * GRID)
        place.moveCenter(QPoint(whole.center().x(), whole.bottom() - size.height()))
        self.setGeometry(place)
        self.show()
        self.raise_()
        self._away.start()


class Projector(QObject):
    """Turned on and off by one switch; ``window`` is shown on the whole screen meanwhile.

    ``parts`` are what is folded away: the window keeps what it works on, and its menus.
    """

    def __init__(self, window: QWidget, parts: tuple[QWidget, ...]) -> None:
        super().__init__(window)
        self._window, self._parts = window, parts
        self._was_maximized = False
        self._before = window.geometry()
        self.is_on = False
        self.halo: Halo | None = None
        self.key: PressedKey | None = None

    @property
    def picture(self) -> QRect:
        """The screen that is shown to the room, in pixels."""
        return self._window.screen().geometry()

    def turn(self) -> None:
        """Turn it on, or off again; the caller dresses the window anew."""
        self.is_on = not self.is_on
        application, window = cast(QApplication, QApplication.instance()), self._window
        for part in self._parts:
            part.setVisible(not self.is_on)
        if self.is_on:
            enlarge(scale_for_letters(LETTER * self.picture.height() / LINES))
            self._was_maximized = window.isMaximized()
            self.halo, self.key = Halo(window), PressedKey(window)
            self.halo.show()
            self.halo.follow(QCursor.pos())
            application.installEventFilter(self)
            self._before = window.geometry()
            window.showFullScreen()
            window.setGeometry(self.picture)  # where no window manager does it
            return
        enlarge(1)
        application.removeEventFilter(self)
        for shown in (self.halo, self.key):
            if shown is not None:
                shown.hide()
                shown.deleteLater()
        self.halo = self.key = None
        (window.showMaximized if self._was_maximized else window.showNormal)()
        if not self._was_maximized:
            window.setGeometry(self._before)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the pointer, and show what is pressed; nothing of what is typed into a field."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove and self.halo is not None:
            self.halo.follow(event.globalPosition().toPoint())
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._show_key(watched, event)
        return super().eventFilter(watched, event)

    def _show_key(self, watched: QObject, event: QKeyEvent) -> None:
        if self.key is not None and watched is QApplication.focusWidget() and _is_command(event):
            self.key.show_key(QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.NativeText))


def _is_command(event: QKeyEvent) -> bool:
    """Whether a key does something, rather than writes a letter, which may be personal."""
    if event.key() in _PLAIN_KEYS:
        return False
    writes = bool(event.text()) and event.text().isprintable() and event.text() != " "
    return not writes or event.modifiers() not in (_NONE, _SHIFT)
