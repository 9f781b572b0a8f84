"""The rows of the form in sections, laid out in the room there is. It knows nothing of journals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ldbu_desktop.ui.kit.drawn_words import draw_line
from ldbu_desktop.ui.theme import BODY, GRID, SMALL, colour, font, scaled

_HEADING = 9 * GRID
_EXPLAINED = 5 * GRID
_BETWEEN = 4 * GRID
_BESIDE = 6 * GRID
_COLUMN, _NARROW = 64 * GRID, 38 * GRID
_FOLD = 8 * GRID

WIDEST = 230 * GRID
"""How wide the form gets: a wider window leaves the rest empty."""


class BodyRow(Protocol):
    """What the body lays out."""

    def arrange(self, width: int) -> int:
        """Put its parts where they belong at ``width``; how high it needs to be."""
        ...

    def begin(self, section: str) -> None:
        """Tell a screen reader the heading of the section that begins with it; nothing where none does."""


@dataclass(slots=True)
class SectionRows:
    """A section: its heading, its rows, and those of them that are folded away until they are asked for."""

    id: str
    title: Callable[[], str]
    rows: list[QWidget]
    folded: set[QWidget] = field(default_factory=set)
    columns: int = 1
    fold: QPushButton | None = None
    is_open: bool = False
    explanation: Callable[[], str] | None = None
    top: int = 0

    @property
    def shown(self) -> list[QWidget]:
        """The rows that are not folded away."""
        return self.rows if self.is_open else [row for row in self.rows if row not in self.folded]


class _Placed(NamedTuple):
    """A part and where it belongs."""

    part: QWidget
    place: QRect


class Body(QWidget):
    """Sections below each other. It is as high as they need, and scrolls within the page.

    ``arranged`` tells that its rows may lie elsewhere now, ``is_due`` that they will before they are painted.
    """

    arranged = Signal()
    _awaited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("formBody")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)  # another height has no more painted than what moves
        self.sections: list[SectionRows] = []
        self.is_due = False
        self._width = 0
        self._awaited.connect(self._arrange_due, Qt.ConnectionType.QueuedConnection)

    def show_sections(self, sections: list[SectionRows]) -> None:
        """Show other sections; the rows of the earlier ones are given up."""
        kept = {id(row) for section in sections for row in _all(section)}
        for section in self.sections:
            for row in _all(section):
                if id(row) not in kept:
                    row.hide()
                    row.deleteLater()
        self.sections = sections
        for section in sections:
            for row in _all(section):
                row.setParent(self)
        self._have_heard_in_order()
        self.arrange(self._width)
        self.tell_headings()

    def _have_heard_in_order(self) -> None:
        """A screen reader goes through rows as they came to be here: those that were kept would be heard first."""
        rows = [row for section in self.sections for row in _all(section)]
        ours = set(rows)
        if [part for part in self.children() if part in ours] != rows:
            for row in rows:
                row.raise_()

    def tell_headings(self) -> None:
        """Say the headings as they are now: they are drawn, and heard with the first row below each."""
        for section in self.sections:
            first = next(iter(section.shown), None)
            explanation = section.explanation() if section.explanation else ""
            for row in section.rows:
                _as_row(row).begin(". ".join(filter(None, (section.title(), explanation))) if row is first else "")
        self.update()

    @property
    def rows(self) -> Iterator[QWidget]:
        """The rows that are shown, in the order of reading."""
        return (row for section in self.sections for row in section.shown)

    def unfold(self, section: SectionRows, is_open: bool) -> None:
        """Show what is folded away in a section, or fold it away."""
        section.is_open = is_open
        self.tell_headings()
        self.arrange(self._width)

    def arrange_later(self) -> None:
        """Lay everything out anew before it is painted next.

        What is scrolled before that is moved as it is painted; once rows have grown, all of it would be painted anew.
        """
        if not self.is_due:
            self.is_due = True
            self._awaited.emit()

    def _arrange_due(self) -> None:
        if self.is_due:
            self.arrange(self._width)

    def arrange(self, width: int) -> None:
        """Lay everything out anew."""
        self.is_due = False
        if width <= 0:
            return
        self._width = width
        inner = min(width - 8 * GRID, scaled(WIDEST))
        top = 2 * GRID
        placed: list[_Placed] = []
        for section in self.sections:
            top = self._arrange_section(section, top, inner, placed)
        self.setFixedSize(width, top + 8 * GRID)
        _put(placed)
        self.arranged.emit()

    def _arrange_section(self, section: SectionRows, top: int, inner: int, placed: list[_Placed]) -> int:
        if section.top != top:  # rows that move have themselves painted anew; their heading is the body's
            for each in (section.top, top):
                self.update(QRect(0, each, self._width, scaled(_HEADING) + scaled(_EXPLAINED)))
            section.top = top
        for row in section.folded:
            row.setVisible(section.is_open)
        rows = section.shown
        if not rows and section.fold is None:
            return top
        top += scaled(_HEADING) + (scaled(_EXPLAINED) if section.explanation else 0)
        top = self._arrange_rows(rows, section.columns, top, inner, placed)
        if section.fold is not None:
            place = QRect(4 * GRID, top, section.fold.sizeHint().width(), scaled(_FOLD))
            placed.append(_Placed(section.fold, place))
            top += scaled(_FOLD)
        return top + _BETWEEN

    def _arrange_rows(self, rows: list[QWidget], columns: int, top: int, inner: int, placed: list[_Placed]) -> int:
        """Rows beside each other as far as there is room; those of one line are of one height."""
        least = scaled(_NARROW) if all(getattr(row, "is_narrow", False) for row in rows) else scaled(_COLUMN)
        beside = max(1, min(columns, (inner + _BESIDE) // (least + _BESIDE)))
        width = (inner - _BESIDE * (beside - 1)) // beside
        for first in range(0, len(rows), beside):
            line = rows[first : first + beside]
            heights = [_as_row(row).arrange(width) for row in line]
            for at, row in enumerate(line):
                placed.append(_Placed(row, QRect(4 * GRID + at * (width + _BESIDE), top, width, heights[at])))
            top += max(heights)
        return top

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the headings."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), colour("surface"))
        for section in self.sections:
            if not section.shown and section.fold is None:
                continue
            line = QRect(4 * GRID, section.top, self.width() - 8 * GRID, scaled(_HEADING) - GRID)
            if not line.intersects(event.rect().adjusted(0, -scaled(_EXPLAINED) - scaled(_HEADING), 0, 0)):
                continue
            painter.setPen(colour("text"))
            draw_line(painter, line, section.title(), font(BODY, bold=True))
            if section.explanation:
                painter.setPen(colour("muted"))
                draw_line(painter, line.translated(0, scaled(_EXPLAINED)), section.explanation(), font(SMALL))
        painter.end()


def _put(placed: Sequence[_Placed]) -> None:
    """Put the parts where they belong: those that go down from the last on, the others from the first.

    None comes to lie on one that has yet to go: Qt moves what is painted then, where it would paint it anew.
    """
    down = [each for each in placed if each.place.top() > each.part.y()]
    others = [each for each in placed if each.place.top() <= each.part.y()]
    for part, place in (*others, *reversed(down)):
        part.setGeometry(place)
        part.show()


def _as_row(row: QWidget) -> BodyRow:
    return row  # type: ignore[return-value]


def _all(section: SectionRows) -> Iterable[QWidget]:
    yield from section.rows
    if section.fold is not None:
        yield section.fold
