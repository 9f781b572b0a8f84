"""A field with a few fixed answers, all in sight, each with its digit. A digit answers and goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from ldbu_desktop.language import tr
from ldbu_desktop.ui.form.key_stop import KeyStop
from ldbu_desktop.ui.form.pick_line import Option
from ldbu_desktop.ui.form.steps import confirms, key_typed, step_of
from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.theme import BODY, GRID, SMALL, Colours, colour, colours, font, scaled

_LINE = 8 * GRID
_GAP = GRID
_KEY = 5 * GRID
_KEYS = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""What answers are chosen by, in their order."""
_PADDING = 2 * GRID
_BESIDE = _KEY + 3 * _PADDING
"""What an answer needs besides its words."""


class ChoiceBar(KeyStop):
    """Answers beside each other where there is room for all, else below each other.

    ``answered`` tells the code that was chosen, or nothing where the answer was taken away.
    """

    answered = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)
        self.options: tuple[Option, ...] = ()
        self.answer = self.proposal = ""
        self._around = ""
        self._at = self._under = -1
        self.areas: list[QRect] = []
        self._widths: list[int] = []
        self._arranged_for = -1

    def show_options(self, options: Sequence[Option]) -> None:
        """Offer these answers."""
        if tuple(options) != self.options:
            self.options = tuple(options)
            self._measure()
            self._arranged_for = -1
            self._arrange(self.width())
            self.update()
        self._describe()

    def show_answer(self, code: str, proposal: str = "") -> None:
        """Show what stands in the journal, or what is proposed."""
        proposal = "" if code else proposal
        if (code, proposal) != (self.answer, self.proposal):
            self.answer, self.proposal = code, proposal
            self._at = self._place(code or proposal)
            self.update()
            self._describe()

    def _place(self, code: str) -> int:
        return next((at for at, option in enumerate(self.options) if code and option.code == code), -1)

    def _describe(self) -> None:
        """Tell a screen reader what can be chosen and what was."""
        chosen = self._place(self.answer)
        told = self.options[chosen].words or self.options[chosen].key if chosen >= 0 else tr("ikke besvaret")
        keys = ", ".join(f"{_key_of(at, option)} {option.words}".strip() for at, option in enumerate(self.options))
        super().setAccessibleDescription(". ".join(filter(None, (told, keys, self._around))))

    def setAccessibleDescription(self, description: str) -> None:
        """What is told of the field comes after its answers."""
        self._around = description
        self._describe()

    # --- where everything stands

    def height_for(self, width: int) -> int:
        """How high the field is at ``width``."""
        areas = self.areas if width == self._arranged_for else self._arranged(width)
        return max((area.bottom() + 1 for area in areas), default=scaled(_LINE))

    def sizeHint(self) -> QSize:
        """As high as the answers need."""
        return QSize(0, self.height_for(self.width()))

    def _arrange(self, width: int) -> None:
        if width != self._arranged_for:
            self.areas, self._arranged_for = self._arranged(width), width

    @property
    def line_width(self) -> int:
        """How wide the answers are beside each other."""
        return sum(self._widths) + _GAP * (len(self._widths) - 1)

    def _measure(self) -> None:
        metrics = QFontMetrics(font(BODY))
        self._widths = [
            metrics.horizontalAdvance(option.words) + scaled(_BESIDE) + _PADDING
            if option.words
            else scaled(_KEY) + 2 * _PADDING
            for option in self.options
        ]

    def _arranged(self, width: int) -> list[QRect]:
        widths, metrics = self._widths, QFontMetrics(font(BODY))
        areas, left = [], 0
        if self.line_width <= width:
            for own in widths:
                areas.append(QRect(left, 0, own, scaled(_LINE)))
                left += own + _GAP
            return areas
        top, wide = 0, min(max(widths, default=0), width)
        for option in self.options:
            room = QRect(0, 0, wide - scaled(_BESIDE) - _PADDING // 2, 1000)
            needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, option.words).height()
            height = max(scaled(_LINE), needed + 3 * GRID)
            areas.append(QRect(0, top, wide, height))
            top += height + _GAP // 2
        return areas

    def changeEvent(self, event: QEvent) -> None:
        """Measure the answers anew in the text that is used."""
        if event.type() == QEvent.Type.StyleChange:
            self._measure()
            self._arranged_for = -1
            self._arrange(self.width())
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the answers in the room there is."""
        super().resizeEvent(event)
        self._arrange(self.width())

    # --- how it looks

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the answers."""
        painter = QPainter(self)
        for area, picture in self._pictures(has_focus=self.hasFocus()):
            painter.drawPixmap(area.topLeft(), picture)
        painter.end()

    def draw_ahead(self) -> None:
        """Draw the answers before they come into sight, with the keyboard and without it."""
        for has_focus in (False, True):
            for _ in self._pictures(has_focus=has_focus):
                pass

    def _pictures(self, *, has_focus: bool) -> Iterator[tuple[QRect, QPixmap]]:
        """Where each answer stands, and how it looks."""
        ratio, current, look = self.devicePixelRatioF(), max(self._at, 0), (colours(), font(BODY).key())
        for at, (option, area) in enumerate(zip(self.options, self.areas, strict=True)):
            answer = _DrawnAnswer(
                option.words,
                _key_of(at, option),
                is_chosen=option.code == self.answer != "",
                is_proposed=option.code == self.proposal != "",
                is_current=has_focus and at == current,
                is_under=at == self._under,
            )
            yield area, _picture(answer, area.width(), area.height(), ratio, look)

    # --- how it is answered

    def choose(self, at: int) -> None:
        """Take an answer."""
        self._at = at
        if self.options[at].code != self.answer:
            self.answer, self.proposal = self.options[at].code, ""
            self._describe()
            self.update()
            self.answered.emit(self.answer)

    def confirm(self) -> bool:
        """Take the proposal as the answer."""
        if not self.proposal:
            return False
        self.choose(self._place(self.proposal))
        return True

    def clear(self) -> None:
        """Take the answer away."""
        if self.answer:
            self.answer, self._at = "", -1
            self._describe()
            self.update()
            self.answered.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key of an answer takes it and goes on; left and right look at them, space takes one; Delete none."""
        if (at := self._at_key(key_typed(event))) >= 0:
            self.choose(at)
            self.left.emit(1)
        elif by := step_of(event):
            if confirms(event):
                self.confirm()
            self.left.emit(by)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self.options:
            by = 1 if event.key() == Qt.Key.Key_Right else -1
            self._at = (max(self._at, 0) + by) % len(self.options)
            self.update()
        elif event.key() == Qt.Key.Key_Space and self.options:
            self.choose(max(self._at, 0))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            super().keyPressEvent(event)

    def _at_key(self, key: str) -> int:
        keys = [_key_of(at, option) for at, option in enumerate(self.options)]
        return keys.index(key) if key and key in keys else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click answers; a click on the answer takes it away."""
        at = self._area_at(event)
        if at >= 0 and self.options[at].code == self.answer:
            self.clear()
        elif at >= 0:
            self.choose(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the answer under the pointer."""
        if (at := self._area_at(event)) != self._under:
            self._under = at
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Mark nothing."""
        self._under = -1
        self.update()

    def _area_at(self, event: QMouseEvent) -> int:
        place = event.position().toPoint()
        return next((at for at, area in enumerate(self.areas) if area.contains(place)), -1)


class _DrawnAnswer(NamedTuple):
    """What is to be seen of an answer."""

    words: str
    key: str
    is_chosen: bool
    is_proposed: bool
    is_current: bool
    is_under: bool


@lru_cache(maxsize=512)
def _picture(answer: _DrawnAnswer, width: int, height: int, ratio: float, _look: tuple[Colours, str]) -> QPixmap:
    """An answer as it is drawn, in the colours and the size of text in use: a form has many that are alike, and draws
    all again when it is scrolled."""
    made = QPixmap(round(width * ratio), round(height * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(colour("surface"))
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = QRect(0, 0, width, height)
    pen = QPen(colour("accent" if answer.is_chosen or answer.is_current or answer.is_proposed else "line"))
    pen.setWidthF(2 if answer.is_current else 1)
    if answer.is_proposed and not answer.is_current:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(colour("accent_tint" if answer.is_chosen else "raised" if answer.is_under else "surface"))
    inset = pen.widthF() / 2
    painter.drawRoundedRect(QRectF(area).adjusted(inset, inset, -inset, -inset), 6, 6)
    _draw_key(painter, answer, QRect(_PADDING, area.center().y() - scaled(_KEY) // 2 + 1, scaled(_KEY), scaled(_KEY)))
    painter.setFont(font(BODY))
    painter.setPen(colour("text" if answer.is_chosen or not answer.is_proposed else "muted"))
    room = area.adjusted(scaled(_KEY) + 2 * _PADDING, 0, -_PADDING // 2, 0)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, answer.words)
    painter.end()
    return made


def _draw_key(painter: QPainter, answer: _DrawnAnswer, place: QRect) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("accent" if answer.is_chosen else "raised"))
    painter.drawRoundedRect(place, 4, 4)
    if answer.is_chosen and answer.words:
        painter.drawPixmap(place.adjusted(2, 2, -2, -2), pixmap("clear", "on_accent", _KEY - GRID))
        return
    painter.setFont(font(SMALL))
    painter.setPen(colour("on_accent" if answer.is_chosen else "muted"))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, answer.key)


def _key_of(at: int, option: Option) -> str:
    return option.key or _KEYS[at : at + 1]
