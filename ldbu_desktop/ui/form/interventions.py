"""The interventions of a citizen in the form: begun here, continued from an earlier visit, or ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ldbu_desktop.language import tr
from ldbu_desktop.ui.form.inner_button import InnerButton, went_within
from ldbu_desktop.ui.form.pick_line import Option, PickLine
from ldbu_desktop.ui.form.typed_line import HEIGHT
from ldbu_desktop.ui.theme import BODY, GRID, SMALL, colour, font

_ROW = 18 * GRID
_WIDEST = 105 * GRID


@dataclass(frozen=True, slots=True)
class Running:
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
        self._running: Running | None = None
        self.reason = PickLine(f"intervention.reasons-{record}", has_digits=False)
        self.reason.setParent(self)
        self.reason.show_options(reasons)
        self.go_on = self._button("continue")
        self.end = self._button("end")
        self.remove = self._button("remove")
        self.reason.picked.connect(lambda code: owner.reasoned.emit(record, code))
        self.reason.left.connect(lambda by: owner.go_from(self.reason, by))
        self.reason.came.connect(owner.came)
        for made in (self.go_on, self.end, self.remove):
            made.left.connect(lambda by, made=made: owner.go_from(made, by))
            made.came.connect(owner.came)
        self.end.clicked.connect(lambda: owner.ended.emit(record))
        self.go_on.clicked.connect(lambda: owner.continued.emit(record, not self.is_continued))
        self.remove.clicked.connect(lambda: owner.remove(record))

    def _button(self, name: str) -> InnerButton:
        return InnerButton(f"{self.objectName()}-{name}", self)

    @property
    def is_continued(self) -> bool:
        """Whether the visit goes on with it."""
        return self._running is not None and self._running.is_continued

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """What can have the keyboard, in the order of reading."""
        return (self.reason, self.go_on, self.end, self.remove)

    def show_running(self, running: Running) -> None:
        """Show how it stands, and offer what makes sense."""
        self._running = running
        goes_on = tr("Fortsættes ikke alligevel") if running.is_continued else tr("Fortsættes ved dette besøg")
        for made, text, shown in (
            (self.go_on, goes_on, running.is_continued or not running.is_here),
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
        for made in (self.go_on, self.end, self.remove):
            if not made.isHidden():
                made.setGeometry(QRect(left, top, made.sizeHint().width(), HEIGHT))
                left += made.width() + 2 * GRID

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what it is, why and since when."""
        running = self._running
        if running is None:
            return
        painter = QPainter(self)
        painter.setFont(font(BODY))
        painter.setPen(colour("text"))
        metrics = QFontMetrics(painter.font())
        line = QRect(0, 0, self.width(), 5 * GRID)
        told = metrics.elidedText(running.words, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, told)
        painter.setFont(font(SMALL))
        painter.setPen(colour("muted"))
        state = tr("fortsættes ved dette besøg") if running.is_continued else ""
        more = "  ·  ".join(filter(None, (running.period, running.reasons, state)))
        told = QFontMetrics(painter.font()).elidedText(more, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(line.translated(0, 4 * GRID), Qt.AlignmentFlag.AlignVCenter, told)
        painter.end()


class Interventions(QWidget):
    """``started`` tells a code, ``reasoned`` a record and a reason's code, ``continued`` whether a record goes on here,
    the others the record they are about.
    """

    started = Signal(str)
    reasoned = Signal(str, str)
    continued = Signal(str, bool)
    ended = Signal(str)
    removed = Signal(str)
    left = Signal(int)
    came = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(f"{name}-list")
        self.line = PickLine(name, has_digits=False)
        self.line.setParent(self)
        self.setFocusProxy(self.line)
        self.reasons: tuple[Option, ...] = ()
        self._rows: dict[str, _Row] = {}
        self._begun = False
        self.line.picked.connect(self._start)
        self.line.left.connect(self._leave)
        self.line.came.connect(self.came)

    def setAccessibleName(self, name: str) -> None:
        """The line is what is typed in."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def show_options(self, options: Sequence[Option]) -> None:
        """Offer these to begin."""
        self.line.show_options(options)

    def show_running(self, running: Sequence[Running]) -> bool:
        """Show how the interventions stand; True if the field is of another height."""
        before = len(self._rows)
        for record in [record for record in self._rows if record not in {one.record for one in running}]:
            self._rows.pop(record).deleteLater()
        for one in running:
            row = self._rows.get(one.record)
            if row is None:
                row = self._rows[one.record] = _Row(self, one.record, self.reasons)
                row.show()
            row.show_running(one)
        self._arrange()
        return len(self._rows) != before

    def _start(self, code: str) -> None:
        self._begun = True
        self.line.show_answer("")
        self.line.clear()
        self.started.emit(code)

    def _leave(self, by: int) -> None:
        """After one was begun its reason is asked for."""
        if self._begun:
            self._begun = False
            if self._rows:
                list(self._rows.values())[-1].reason.setFocus(Qt.FocusReason.TabFocusReason)
            return
        self.go_from(self.line, by)

    def go_from(self, part: QWidget, by: int) -> None:
        """Go on from a part: Tab to the next within the field, Enter out of it where something is typed."""
        parts = (self.line, *(one for row in self._rows.values() for one in row.parts))
        is_out = abs(by) == 1 and not isinstance(part, InnerButton)
        if is_out or not went_within(parts, part, by):
            self.left.emit(by)

    def remove(self, record: str) -> None:
        """Take one away that was begun here."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.removed.emit(record)

    def height_for(self, width: int) -> int:
        """The line, and some lines for each intervention."""
        return HEIGHT + len(self._rows) * (_ROW + 2 * GRID)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the line and the interventions."""
        self._arrange()

    def _arrange(self) -> None:
        self.line.setGeometry(QRect(0, 0, min(self.width(), _WIDEST), HEIGHT))
        top = HEIGHT + 2 * GRID
        for row in self._rows.values():
            row.setGeometry(QRect(0, top, self.width(), _ROW))
            top += _ROW + 2 * GRID

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The line has the keyboard."""
        self.line.setFocus(event.reason())
