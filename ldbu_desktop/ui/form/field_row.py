"""One field of the form: what it is called, its input, and below it what was found. All but the input is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol, cast

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ldbu_desktop.findings.model import Finding, Severity
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.words import severity_word
from ldbu_desktop.ui.form.answer_line import HEIGHT
from ldbu_desktop.ui.form.choice_bar import ChoiceBar
from ldbu_desktop.ui.form.inner_button import InnerButton
from ldbu_desktop.ui.form.pick_line import Option, PickLine
from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.kit.drawn_words import draw_line, draw_wrapped, width_of
from ldbu_desktop.ui.kit.widgets import fill_surface
from ldbu_desktop.ui.kit.wrapped import words_height
from ldbu_desktop.ui.severity import colour_of, icon_of
from ldbu_desktop.ui.theme import BODY, GRID, SMALL, colour, font, scaled

_HEAD = 6 * GRID
_TOLD = 5 * GRID
_NUMBER = 28 * GRID
_LINE = 105 * GRID
_ICON = 16
_BESIDE = _ICON + GRID
"""Where the words of a finding begin, beside its icon."""
_PADDING = 2 * GRID
_ROOMY = 60 * GRID
"""How wide fields beside each other are, for all of them to say whose demand they are in more than a word."""
_NAMED, _NAMED_LEAST = 0.4, 0.25
"""How much of an inline row its name takes, and how much where the answers need the rest."""


class Input(Protocol):
    """What every input of the form can do, whatever it is filled with."""

    def height_for(self, width: int) -> int:
        """How high it is at ``width``."""
        ...


class FoundLine(NamedTuple):
    """A line below the field: what was found, in words."""

    severity: Severity
    text: str
    finding: Finding


class FieldRow(QWidget):
    """A field with its name, its unit, its reason for having no value, and its findings.

    ``wants_reason`` asks to say why there is no value, ``wants_finding`` to explain a finding. ``meant`` tells which of
    several readings of what was typed is the right one, ``part_made`` that there is one more part with the keyboard.
    """

    wants_reason = Signal()
    wants_finding = Signal(object)
    reasoned = Signal(str)
    meant = Signal(str)
    part_made = Signal(object)

    def __init__(
        self,
        name: str,
        widget: QWidget,
        *,
        is_narrow: bool = False,
        is_line: bool = False,
        is_inline: bool = False,
        is_headless: bool = False,
    ) -> None:
        super().__init__()
        self.setObjectName(f"{name}-row")
        fill_surface(self)
        self.input = widget
        widget.setParent(self)
        self.reason: PickLine | None = None
        self.readings: list[InnerButton] = []
        self.heading = ""
        self.demand = ""
        self.short_demand = ""
        self.unit = ""
        self.reading = ""
        self.hint = ""
        self.section = ""
        self.may_lack = False
        self.told: tuple[FoundLine, ...] = ()
        self.is_narrow, self._is_line, self._is_inline = is_narrow, is_line, is_inline
        self.missing_area = QRect()
        self.told_areas: list[QRect] = []
        self._has_head = not (is_inline or is_headless)
        self.is_here = False

    @property
    def _head(self) -> int:
        return scaled(_HEAD) if self._has_head else 0

    # --- what it says

    def name(self, heading: str, unit: str = "", hint: str = "", *, of: str = "", may_lack: bool = False) -> None:
        """Say what the field is, in what unit, and of whom; ``may_lack``: it can be not obtained."""
        self.heading, self.unit, self.hint, self.may_lack = heading, unit, hint, may_lack
        spoken = ", ".join(filter(None, (heading, unit, of)))
        self.input.setAccessibleName(spoken)
        if self.reason is not None:
            self.reason.setAccessibleName(tr("{field}: årsag til, at den ikke er oplyst", field=heading))
        self._describe()
        self.update()

    def ask(self, demand: str, short: str) -> None:
        """Say whose demand the field is, and in a word where there is no room for more."""
        if demand != self.demand:
            self.demand, self.short_demand = demand, short
            self._describe()
            self.update()

    def begin(self, section: str) -> None:
        """Tell a screen reader the heading of the section that begins with the field; nothing where none does."""
        if section != self.section:
            self.section = section
            self._describe()

    def _describe(self) -> None:
        """Tell a screen reader what is drawn around the field."""
        told = "; ".join(filter(None, (self.section, self.reading, *map(_words, self.told), self.demand, self.hint)))
        for part in filter(None, (self.input, self.reason)):
            part.setAccessibleDescription(told)

    def tell(self, told: Sequence[FoundLine], reading: str = "") -> bool:
        """Say what was found, and how what was typed was read; True if the row is of another height now."""
        told = tuple(told)
        if (told, reading) == (self.told, self.reading):
            return False
        before, self.told, self.reading = self.told, told, reading
        spoken = "; ".join(map(_words, told))
        self.input.setToolTip(spoken)
        self.input.setStatusTip(spoken)
        self._describe()
        self.update()
        return told != before

    def show_reason(self, options: Sequence[Option], words: str, *, shown: bool) -> bool:
        """Show why there is no value instead of the input, or the input again; True if the row changed."""
        if self.reason is None:
            if not shown:
                return False
            self.reason = PickLine(f"{self.input.objectName()}-missing")
            self.reason.setParent(self)
            self.reason.setAccessibleName(tr("{field}: årsag til, at den ikke er oplyst", field=self.heading))
            self.reason.picked.connect(self.reasoned)
            self._describe()
            self.part_made.emit(self.reason)
        if shown:
            self.reason.show_options(options)
        self.reason.show_answer(words)
        changed = self.reason.isHidden() == shown
        self.reason.setVisible(shown)
        self.input.setVisible(not shown)
        if changed:
            self.update()
        return changed

    def show_readings(self, readings: Sequence[tuple[str, str]]) -> bool:
        """Offer what was typed in each of its readings, each with its words; True if the row is of another height."""
        if [made.text() for made in self.readings] == [words for _, words in readings]:
            return False
        before = bool(self.readings)
        for made in self.readings:
            made.hide()
            made.deleteLater()
        self.readings = [self._reading(number, *one) for number, one in enumerate(readings, 1)]
        return bool(self.readings) != before

    def _reading(self, number: int, text: str, words: str) -> InnerButton:
        made = InnerButton(f"{self.input.objectName()}-reading-{number}", self, "chip")
        made.setText(words)
        made.setAccessibleName(tr("{field}: læs som {reading}", field=self.heading, reading=words))
        made.clicked.connect(lambda: self.meant.emit(text))
        made.show()
        self.part_made.emit(made)
        return made

    @property
    def is_reasoned(self) -> bool:
        """Whether the reason stands there instead of the input."""
        return self.reason is not None and not self.reason.isHidden()

    @property
    def entry(self) -> QWidget:
        """What has the keyboard when the field has it."""
        return self.reason if self.reason is not None and self.is_reasoned else self.input

    # --- where everything stands

    def arrange(self, width: int) -> int:
        """Put the input where it belongs in a row of ``width``; how high the row needs to be."""
        entry, room = self.entry, self._input_width(width)
        height = cast(Input, entry).height_for(room)
        place = QRect(self._beside(width), self._head_height(width), room, height)
        if entry.geometry() != place:
            entry.setGeometry(place)
        below = place.bottom() + 1
        for made, area in zip(self.readings, self._reading_areas(width), strict=True):
            made.setGeometry(area.translated(place.left(), below + GRID))
        gap = GRID if self._is_inline and height <= scaled(HEIGHT) else 2 * GRID
        return below + self._readings_height(width) + self._told_height(width) + gap

    def _readings_height(self, width: int) -> int:
        areas = self._reading_areas(width)
        return areas[-1].bottom() + 1 + GRID if areas else 0

    def _reading_areas(self, width: int) -> list[QRect]:
        """Where the readings stand below the input: beside each other as far as there is room."""
        areas: list[QRect] = []
        left = top = 0
        for made in self.readings:
            own = made.sizeHint().width()
            if left and left + own > width - self._beside(width):
                left, top = 0, top + scaled(HEIGHT) + GRID
            areas.append(QRect(left, top, own, scaled(HEIGHT)))
            left += own + 2 * GRID
        return areas

    def _head_height(self, width: int) -> int:
        """How high what stands above the input is: a name that stands beside it needs nothing."""
        return scaled(_HEAD) if self._is_inline and not self._beside(width) else self._head

    def _input_width(self, width: int) -> int:
        if self._is_inline:
            width -= self._beside(width)
        if self.is_reasoned or self._is_line:
            return min(width, scaled(_LINE))
        return min(width, scaled(_NUMBER)) if self.is_narrow else width

    def _beside(self, width: int) -> int:
        """How wide the name is that stands before an input on the same line; 0 where the answers need a line alone."""
        if not self._is_inline:
            return 0
        named = min(int(width * _NAMED), scaled(_LINE))
        if isinstance(self.input, ChoiceBar):
            least, line = int(width * _NAMED_LEAST), self.input.line_width
            if width - least < line <= width:
                return 0
            named = min(named, max(width - line, least))
        return named

    def _told_height(self, width: int) -> int:
        """How high the findings and the hint are below the input: each takes the lines that its words need."""
        told = sum(words_height(_words(one), SMALL, width - scaled(_BESIDE), scaled(_TOLD)) for one in self.told)
        return told + (words_height(self.hint, SMALL, width, scaled(_TOLD)) if self.hint else 0)

    def mark(self, is_here: bool) -> None:
        """Show that the keyboard is here, or no longer."""
        if is_here != self.is_here:
            self.is_here = is_here
            self.update()

    # --- how it looks

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is to be painted anew, but for the input: nothing with each letter, little of a row that moves."""
        entry, dirty = self.entry.geometry(), event.rect()
        if entry.contains(dirty):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_inline or dirty.top() < entry.top():
            self._draw_head(painter)
        if dirty.top() <= entry.bottom():
            self._draw_beside(painter)
        if dirty.bottom() > entry.bottom():
            self._draw_told(painter)
        painter.end()

    def _draw_head(self, painter: QPainter) -> None:
        if beside := self._beside(self.width()):
            painter.setPen(colour("text"))
            draw_wrapped(painter, QRect(0, 0, beside - _PADDING, self.entry.height()), self.heading, font(BODY))
            return
        if not self._head_height(self.width()):
            return
        high, right = scaled(_HEAD), self.width() - 1
        self.missing_area = QRect()
        if self.may_lack and self.is_here and not self.is_reasoned:
            text, named = "F8", width_of(self.heading, font(BODY)) + 3 * GRID
            if named + width_of(tr("Ikke oplyst  F8"), font(SMALL)) <= self.width():
                text = tr("Ikke oplyst  F8")
            width = width_of(text, font(SMALL))
            self.missing_area = QRect(right - width - GRID, 0, width + GRID, high)
            painter.setPen(colour("accent"))
            draw_line(painter, self.missing_area, text, font(SMALL))
            right -= width + 3 * GRID
        painter.setPen(colour("text"))
        left = draw_line(painter, QRect(0, 0, right, high), self.heading, font(BODY)) + 2 * GRID
        if self.demand:
            is_short = self.is_narrow and self.width() < scaled(_ROOMY)
            demands = (self.short_demand,) if is_short else (self.demand, self.short_demand)
            if fits := next((one for one in demands if width_of(one, font(SMALL)) <= right - left), ""):
                painter.setPen(colour("muted"))
                draw_line(painter, QRect(left, 1, right - left, high), fits, font(SMALL))

    def _draw_beside(self, painter: QPainter) -> None:
        """Draw the unit, and how what was typed was read, beside the input."""
        told = tr("Ikke oplyst") if self.is_reasoned else self.reading or self.unit
        if not told:
            return
        box = self.entry.geometry()
        beside = QRect(box.right() + _PADDING, box.top(), self.width() - box.right() - _PADDING, box.height())
        if not self.is_reasoned and width_of(told, font(BODY)) > beside.width():
            told = self.unit
        painter.setPen(colour("muted"))
        draw_line(painter, beside, told, font(BODY))

    def _draw_told(self, painter: QPainter) -> None:
        width = self.width()
        top = self.entry.geometry().bottom() + GRID + self._readings_height(width)
        room = width - scaled(_BESIDE)
        self.told_areas = []
        for one in self.told:
            name, words = colour_of(one.severity), _words(one)
            height = words_height(words, SMALL, room, scaled(_TOLD))
            painter.drawPixmap(QPoint(0, top + 2), pixmap(icon_of(one.severity), name, _ICON))
            painter.setPen(colour(name))
            draw_wrapped(painter, QRect(scaled(_BESIDE), top, room, height), words, font(SMALL))
            self.told_areas.append(QRect(0, top, width, height))
            top += height
        if self.hint:
            place = QRect(0, top, width, words_height(self.hint, SMALL, width, scaled(_TOLD)))
            painter.setPen(colour("muted"))
            draw_wrapped(painter, place, self.hint, font(SMALL))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The words "not obtained" and the findings can be clicked; anything else brings the keyboard here."""
        place = event.position().toPoint()
        if self.missing_area.contains(place):
            self.wants_reason.emit()
            return
        for area, one in zip(self.told_areas, self.told, strict=False):
            if area.contains(place):
                self.wants_finding.emit(one.finding)
                return
        self.entry.setFocus(Qt.FocusReason.MouseFocusReason)


def _words(told: FoundLine) -> str:
    return f"{severity_word(told.severity)}: {told.text}"
