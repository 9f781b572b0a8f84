"""The interventions of a citizen in the form: begun here, continued from an earlier visit, or ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ldbu_desktop.journal.fields import INTERVENTION_REASONS
from ldbu_desktop.language import tr
from ldbu_desktop.ui.form.answer_line import HEIGHT
from ldbu_desktop.ui.form.inner_button import InnerButton
from ldbu_desktop.ui.form.list_field import ListField
from ldbu_desktop.ui.form.pick_line import Option, PickLine
from ldbu_desktop.ui.kit.drawn_words import draw_line
from ldbu_desktop.ui.theme import BODY, GRID, SMALL, colour, font

_ROW = 18 * GRID


@dataclass(frozen=True, slots=True)
class RunningIntervention:
    """An intervention as it stands: ``is_here`` is begun at this visit, ``is_continued`` is what it goes on with."""

    record: str
    words: str
    reasons: str
    period: str
    is_here: bool = False
    is_continued: bool = False
    is_ended: bool = False


class _Row(QWidget):
    """One intervention: what, why, since when, and what can be done with it."""

    def __init__(self, owner: Interventions, record: str, reasons: Sequence[Option]) -> None:
        super().__init__(owner)
        self.setObjectName(f"intervention-{record}")
        self._owner, self._record = owner, record
        self._running: RunningIntervention | None = None
        self.reason = PickLine(f"intervention.reasons-{record}", has_digits=False)
        self.reason.setParent(self)
        self.reason.show_options(reasons)
        self.go_on = self._button("continue")
        self.less = self._button("less")
        self.end = self._button("end")
        self.remove = self._button("remove")
        self.reason.picked.connect(lambda code: owner.reasoned.emit(record, code) if code else None)
        self.reason.left.connect(lambda by: owner.go_from(self.reason, by))
        self.reason.came.connect(owner.came)
        for made in (self.go_on, self.less, self.end, self.remove):
            made.left.connect(lambda by, made=made: owner.go_from(made, by))
            made.came.connect(owner.came)
        self.less.clicked.connect(self._take_reason)
        self.end.clicked.connect(lambda: owner.ended.emit(record))
        self.go_on.clicked.connect(lambda: owner.continued.emit(record, not self.is_continued))
        self.remove.clicked.connect(lambda: owner.remove(record))

    def _take_reason(self) -> None:
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)  # the button goes with the last
        self._owner.unreasoned.emit(self._record)

    def _button(self, name: str) -> InnerButton:
        return InnerButton(f"{self.objectName()}-{name}", self)

    @property
    def is_continued(self) -> bool:
        """Whether the visit goes on with it."""
        return self._running is not None and self._running.is_continued

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """What can have the keyboard, in the order of reading."""
        return (self.reason, self.go_on, self.less, self.end, self.remove)

    def show_running(self, running: RunningIntervention) -> None:
        """Show how it stands, and offer what makes sense."""
        self._running = running
        goes_on = tr("Fortsættes ikke alligevel") if running.is_continued else tr("Fortsættes ved denne kontakt")
        for made, text, shown in (
            (self.go_on, goes_on, running.is_continued or not running.is_here),
            (self.less, tr("Fjern sidste årsag"), running.is_here and bool(running.reasons)),
            (self.end, tr("Afslut"), not running.is_ended),
            (self.remove, tr("Fjern"), running.is_here),
        ):
            made.setText(text)
            made.setAccessibleName(f"{text}: {running.words}")
            made.setVisible(shown)
        self.reason.show_answer("")
        self.reason.setVisible(running.is_here)
        self.reason.setAccessibleName(tr("Årsag til {words}", words=running.words))
        self.reason.setPlaceholderText(tr("Tilføj årsag"))
        self._arrange()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange what can be done."""
        self._arrange()

    def _arrange(self) -> None:
        top, left = _ROW - HEIGHT - GRID, 0
        if not self.reason.isHidden():
            self.reason.setGeometry(QRect(0, top, min(60 * GRID, self.width() // 2), HEIGHT))
            left = self.reason.width() + 2 * GRID
        for made in (self.go_on, self.less, self.end, self.remove):
            if not made.isHidden():
                made.setGeometry(QRect(left, top, made.sizeHint().width(), HEIGHT))
                left += made.width() + 2 * GRID

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what it is, why and since when."""
        running = self._running
        if running is None:
            return
        painter = QPainter(self)
        line = QRect(0, 0, self.width(), 5 * GRID)
        painter.setPen(colour("text"))
        draw_line(painter, line, running.words, font(BODY))
        state = tr("fortsættes ved denne kontakt") if running.is_continued else ""
        more = "  ·  ".join(filter(None, (running.period, running.reasons, state)))
        painter.setPen(colour("muted"))
        draw_line(painter, line.translated(0, 4 * GRID), more, font(SMALL))
        painter.end()


class Interventions(ListField[_Row]):
    """``reasoned`` tells a record and a reason's code, ``unreasoned`` the record whose last reason goes again,
    ``continued`` whether it goes on here, ``ended`` a record."""

    reasoned = Signal(str, str)
    unreasoned = Signal(str)
    continued = Signal(str, bool)
    ended = Signal(str)

    ROW = _ROW
    GAP = 2 * GRID

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.reasons: tuple[Option, ...] = ()

    def show_running(self, running: Sequence[RunningIntervention]) -> bool:
        """Show how the interventions stand; True if the field is of another height."""
        return self.show_rows(running, lambda record: _Row(self, record, self.reasons), _Row.show_running)

    def row_parts(self, row: _Row) -> tuple[QWidget, ...]:
        """Its reason, and what can be done with it."""
        return row.parts

    def part_about(self, row: _Row, field: str) -> QWidget:
        """The line of the reasons for what is told of them, else what takes the intervention away."""
        return row.reason if field == INTERVENTION_REASONS else row.remove

    def after_pick(self) -> None:
        """After one was begun its reason is asked for."""
        if self.rows:
            list(self.rows.values())[-1].reason.setFocus(Qt.FocusReason.TabFocusReason)
