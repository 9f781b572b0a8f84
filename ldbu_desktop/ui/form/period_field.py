"""How the child is fed: as it is at the visit, and as periods on a small timeline where they are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ldbu_desktop.editing.periods import Ending
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.words import day_words
from ldbu_desktop.ui.form.answer_line import HEIGHT, AnswerLine
from ldbu_desktop.ui.form.choice_bar import ChoiceBar
from ldbu_desktop.ui.form.inner_button import InnerButton, went_within
from ldbu_desktop.ui.form.pick_line import Option, PickLine
from ldbu_desktop.ui.theme import BODY, GRID, SMALL, colour, font, scaled

_PERIOD = 8 * GRID
_AXIS = 6 * GRID
_BAR = 2 * GRID
_DATE = 36 * GRID
_COLOURS = ("accent", "clear", "info", "check", "rejected")


@dataclass(frozen=True, slots=True)
class FieldPeriod:
    """A period as it stands: its record, the answer's code and words, its first and last day where they are known.

    ``is_here`` is told at this visit, and can be taken away here.
    """

    record: str
    code: str
    words: str
    start: date | None
    end: date | None
    is_here: bool = True


@dataclass(frozen=True, slots=True)
class PeriodEnding:
    """An end that is offered for a period that goes on into another: the period's words and its last day."""

    ending: Ending
    words: str
    day: date


class PeriodField(QWidget):
    """``answered`` tells the code at the visit, ``period_added`` a code with days as typed, ``removed`` a record.

    ``ended`` tells an end that was offered and is taken.
    """

    answered = Signal(str)
    period_added = Signal(str, str, str)
    removed = Signal(str)
    ended = Signal(object)
    grew = Signal()
    left = Signal(int)
    came = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(f"{name}-field")
        self.bar = ChoiceBar(name)
        self.bar.setParent(self)
        self.setFocusProxy(self.bar)
        self.periods: tuple[FieldPeriod, ...] = ()
        self._span: tuple[date, date] | None = None
        self.removers: list[InnerButton] = []
        self.offers: tuple[PeriodEnding, ...] = ()
        self._offering: list[InnerButton] = []
        self.is_open = False
        self.toggle = self._button(f"{name}-periods")
        self.what = PickLine(f"{name}-period")
        self.start = AnswerLine(f"{name}-period-start")
        self.end = AnswerLine(f"{name}-period-end")
        for line in self._lines:
            line.setParent(self)
        self.bar.answered.connect(self.answered)
        self.bar.left.connect(self._leave_bar)
        self.bar.came.connect(self.came)
        self.toggle.clicked.connect(lambda: self.open(not self.is_open))
        for line in self._lines:
            line.left.connect(lambda by, line=line: self._step(line, by))
            line.gone.connect(self._leave_lines)
        self.open(False)

    def setAccessibleName(self, name: str) -> None:
        """The answers are what has the keyboard."""
        super().setAccessibleName(name)
        self.bar.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        """It is told where the keyboard is."""
        self.bar.setAccessibleDescription(description)

    def show_options(self, options: Sequence[Option]) -> None:
        """Offer these answers, for the visit and for periods."""
        self.bar.show_options(options)
        self.what.show_options(options)
        self._tell_count()
        for line, text in (
            (self.what, tr("Svar for perioden")),
            (self.start, tr("Fra (dd-mm-åååå)")),
            (self.end, tr("Til (kan udelades)")),
        ):
            line.setAccessibleName(text)
            line.setPlaceholderText(text)

    def show_answer(self, code: str, proposal: str = "") -> None:
        """Show what stands at the visit."""
        self.bar.show_answer(code, proposal)

    def show_periods(
        self, periods: Sequence[FieldPeriod], span: tuple[date, date] | None, offers: Sequence[PeriodEnding] = ()
    ) -> bool:
        """Show the periods between the child's birth and the visit, and offer to end those that go on into another.

        True if the field is of another height.
        """
        periods, offers = tuple(periods), tuple(offers)
        if (periods, span, offers) == (self.periods, self._span, self.offers):
            return False
        changed = (len(periods), len(offers)) != (len(self.periods), len(self.offers))
        self.periods, self._span, self.offers = periods, span, offers
        has_keyboard = any(made.hasFocus() for made in (*self.removers, *self._offering))
        for made in (*self.removers, *self._offering):
            made.hide()
            made.deleteLater()
        self.removers = [self._remover(period) for period in periods if period.is_here]
        self._offering = [self._offer(offer) for offer in offers]
        if has_keyboard:
            next(iter(self._offering), self.what).setFocus(Qt.FocusReason.OtherFocusReason)
        if any(period.is_here for period in periods):
            self.open(True)
        self._tell_count()
        self._arrange()
        self.update()
        return changed

    def _tell_count(self) -> None:
        count = len(self.periods)
        text = tr("Perioder ({count})", count=count) if count else tr("Perioder")
        self.toggle.setText(text)
        self.toggle.setAccessibleName(text)

    def _button(self, name: str) -> InnerButton:
        made = InnerButton(name, self)
        made.left.connect(lambda by: self._go(made, by))
        made.came.connect(self.came)
        return made

    def _remover(self, period: FieldPeriod) -> InnerButton:
        made = self._button(f"feeding-remove-{period.record}")
        made.setText(tr("Fjern"))
        made.setAccessibleName(tr("Fjern {words}", words=period.words))
        made.clicked.connect(lambda: self.removed.emit(period.record))
        made.setVisible(self.is_open)
        return made

    def _offer(self, offer: PeriodEnding) -> InnerButton:
        made = self._button(f"feeding-end-{offer.ending.where.record}")
        text = tr("Afslut »{words}« den {day}", words=offer.words, day=_day(offer.day))
        made.setText(text)
        made.setAccessibleName(text)
        made.clicked.connect(lambda: self.ended.emit(offer.ending))
        made.setVisible(self.is_open)
        return made

    def open(self, is_open: bool) -> None:
        """Show the periods, or fold them away."""
        self.is_open = is_open
        for part in (*self._lines, *self.removers, *self._offering):
            part.setVisible(is_open)
        self._arrange()
        self.grew.emit()

    @property
    def _parts(self) -> tuple[QWidget, ...]:
        """What can have the keyboard, in the order of reading."""
        return (self.bar, self.toggle, *self.removers, *self._offering, *self._lines)

    def _leave_bar(self, by: int) -> None:
        """Tab goes on to the periods, Enter and a digit to the next field."""
        if abs(by) == 1:
            self.left.emit(by)
        else:
            self._go(self.bar, by)

    def _go(self, part: QWidget, by: int) -> None:
        if not went_within(self._parts, part, by):
            self.left.emit(by)

    @property
    def _lines(self) -> tuple[AnswerLine, ...]:
        """The three fields of a new period."""
        return (self.what, self.start, self.end)

    def _step(self, line: AnswerLine, by: int) -> None:
        """Through the three fields of a new period; leaving the last adds it. Empty, they are passed by."""
        is_said = any(each.text() for each in self._lines)
        if by < 0 or (is_said and line is not self.end):
            self._go(line, by)
        elif is_said:
            self._add_period()
            next(iter(self._offering), self.what).setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.left.emit(by)

    def _leave_lines(self) -> None:
        """A period that is left half typed is added as it is, so that what it lacks is told."""
        if not any(each.hasFocus() for each in self._lines):
            self.settle()

    def settle(self) -> None:
        """Take a period that is being typed, as far as it is."""
        if any(each.text() for each in self._lines):
            self._add_period()

    def _add_period(self) -> None:
        words = self.what.text()
        code = next((option.code for option in self.what.options if option.words == words), words)
        start, end = self.start.text(), self.end.text()
        for line in self._lines:
            line.show_answer("")
            line.clear()
        self.period_added.emit(code, start, end)

    # --- where everything stands

    def height_for(self, width: int) -> int:
        """The answers, and below them the periods if they are open."""
        height = self.bar.height_for(width) + GRID + scaled(_PERIOD)
        if self.is_open:
            height += (
                len(self.periods) * scaled(_PERIOD) + (scaled(_AXIS) if self.periods else 0) + scaled(HEIGHT) + GRID
            )
            height += len(self.offers) * scaled(_PERIOD)
        return height

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the parts in the room there is."""
        self._arrange()

    def _arrange(self) -> None:
        width = self.width()
        top = self.bar.height_for(width)
        self.bar.setGeometry(QRect(0, 0, width, top))
        top += GRID
        self.toggle.setGeometry(QRect(0, top, self.toggle.sizeHint().width(), scaled(_PERIOD)))
        top += scaled(_PERIOD)
        removers = iter(self.removers)
        for period in self.periods:
            if period.is_here:
                made = next(removers)
                made.setGeometry(QRect(width - made.sizeHint().width(), top, made.sizeHint().width(), scaled(_PERIOD)))
            top += scaled(_PERIOD)
        top += scaled(_AXIS) if self.periods else 0
        for made in self._offering:
            made.setGeometry(QRect(0, top, made.sizeHint().width(), scaled(_PERIOD)))
            top += scaled(_PERIOD)
        what = max(width - 2 * scaled(_DATE) - 4 * GRID, scaled(40 * GRID))
        left = 0
        for line, room in (
            (self.what, min(what, scaled(80 * GRID))),
            (self.start, scaled(_DATE)),
            (self.end, scaled(_DATE)),
        ):
            line.setGeometry(QRect(left, top, room, scaled(HEIGHT)))
            left += room + 2 * GRID

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the periods as bars over the child's age, each below what it says."""
        if not self.is_open or not self.periods or self._span is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first, last = self._span
        days = max((last - first).days, 1)
        room = self.width() - 20 * GRID
        codes = [option.code for option in self.bar.options]
        top = self.toggle.geometry().bottom() + 1
        painter.setFont(font(SMALL))
        metrics = QFontMetrics(painter.font())
        for period in self.periods:
            start, end = period.start or first, period.end or last
            left = max(0, (start - first).days) / days * room
            right = min(1.0, max((end - first).days, 0) / days) * room
            name = _COLOURS[codes.index(period.code) % len(_COLOURS)] if period.code in codes else "info"
            painter.setPen(colour(name))
            painter.setBrush(colour(f"{name}_tint"))
            below = scaled(_PERIOD) - scaled(_BAR) - 2
            painter.drawRoundedRect(QRectF(left, top + below, max(right - left, 2 * GRID), scaled(_BAR)), 3, 3)
            painter.setPen(colour("text"))
            words = f"{period.words}  {_day(period.start)} – {_day(period.end)}"
            told = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(0, top, room, below), Qt.AlignmentFlag.AlignVCenter, told)
            top += scaled(_PERIOD)
        painter.setPen(colour("line"))
        painter.drawLine(0, top + 2, room, top + 2)
        painter.setPen(colour("muted"))
        axis = QRect(0, top + 2, room, scaled(_AXIS) - 2)
        painter.drawText(axis, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, tr("fødsel"))
        painter.drawText(axis, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, tr("kontakten"))
        painter.setFont(font(BODY))
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The answers have the keyboard."""
        self.bar.setFocus(event.reason())


def _day(day: date | None) -> str:
    return day_words(day) if day else "…"
