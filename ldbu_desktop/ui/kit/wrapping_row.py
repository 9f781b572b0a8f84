"""Parts beside each other, which go on below each other where there is too little room for a line: where text is large,
and for some rows at a desk too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayoutItem

from ldbu_desktop.ui.theme import is_large


class _Part(NamedTuple):
    """A part, and whether it takes the room that is left."""

    item: QLayoutItem
    is_eager: bool


class _Line(NamedTuple):
    """Parts that stand beside each other, and how high the highest is."""

    parts: tuple[_Part, ...]
    height: int


class WrappingRow(QHBoxLayout):
    """At a desk it is the usual row, unless it ``always`` wraps: what is narrower is scrolled or folded there."""

    _height = 0
    """How high the lines are that it was broken into last."""

    def __init__(self, *, always: bool = False) -> None:
        super().__init__()
        self._always = always

    def _may_wrap(self) -> bool:
        return self._always or is_large()

    def _parts(self) -> list[_Part]:
        parts = []
        for at in range(self.count()):
            item = self.itemAt(at)
            if item is not None and item.spacerItem() is None and not item.isEmpty():
                is_eager = bool(self.stretch(at) or item.expandingDirections() & Qt.Orientation.Horizontal)
                parts.append(_Part(item, is_eager))
        return parts

    def _is_wrapped(self, width: int) -> bool:
        return self._may_wrap() and width < super().minimumSize().width()

    def _lines(self, room: int) -> Iterator[_Line]:
        parts: list[_Part] = []
        taken = 0
        for part in self._parts():
            width = _width(part, room)
            if parts and taken + self.spacing() + width > room:
                yield _line(parts, room)
                parts, taken = [], 0
            taken += width + (self.spacing() if parts else 0)
            parts.append(part)
        if parts:
            yield _line(parts, room)

    def _room(self, width: int) -> int:
        margins = self.contentsMargins()
        return max(width - margins.left() - margins.right(), 1)

    # what Qt asks

    def minimumSize(self) -> QSize:
        """As wide as the widest part, where lines may be broken."""
        least = super().minimumSize()
        if not self._may_wrap():
            return least
        margins = self.contentsMargins()
        widest = max((part.item.minimumSize().width() for part in self._parts()), default=0)
        width = min(least.width(), widest + margins.left() + margins.right())
        return QSize(width, max(least.height(), self._height))

    def hasHeightForWidth(self) -> bool:
        """Whether the height depends on the width."""
        return self._may_wrap() or super().hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        """How high it is in that width."""
        if not self._is_wrapped(width):
            return super().heightForWidth(width) if super().hasHeightForWidth() else self.sizeHint().height()
        lines = list(self._lines(self._room(width)))
        margins = self.contentsMargins()
        between = max(len(lines) - 1, 0) * self.spacing()
        return sum(line.height for line in lines) + between + margins.top() + margins.bottom()

    def minimumHeightForWidth(self, width: int) -> int:
        """How high it is at the least in that width."""
        if self._is_wrapped(width):
            return self.heightForWidth(width)
        return super().minimumHeightForWidth(width) if super().hasHeightForWidth() else super().minimumSize().height()

    def setGeometry(self, place: QRect) -> None:
        """Put the parts where they stand."""
        super().setGeometry(place)
        is_wrapped = self._is_wrapped(place.width())
        height = self.heightForWidth(place.width()) if is_wrapped else 0
        if height != self._height and (around := self.parentWidget()) is not None:
            self._height = height
            self.invalidate()
            around.updateGeometry()
        if not is_wrapped:
            return
        room, margins = self._room(place.width()), self.contentsMargins()
        top = place.top() + margins.top()
        for parts, height in self._lines(room):
            widths = [_width(part, room) for part in parts]
            left_over = room - sum(widths) - (len(parts) - 1) * self.spacing()
            eager = [at for at, part in enumerate(parts) if part.is_eager]
            for at in eager:
                widths[at] += left_over // len(eager)
            left = place.left() + margins.left()
            for part, width in zip(parts, widths, strict=True):
                part.item.setGeometry(QRect(left, top, width, height))
                left += width + self.spacing()
            top += height + self.spacing()


def _width(part: _Part, room: int) -> int:
    item = part.item
    return min(item.sizeHint().expandedTo(item.minimumSize()).boundedTo(item.maximumSize()).width(), room)


def _line(parts: list[_Part], room: int) -> _Line:
    return _Line(tuple(parts), max(_height(part.item, _width(part, room)) for part in parts))


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
