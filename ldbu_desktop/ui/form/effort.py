"""The time that the visit being filled takes: what is left of it as estimated, and, if the user agreed, as measured."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QEvent, QObject, QTimer

from ldbu_desktop.burden.estimate import Estimate
from ldbu_desktop.burden.measurements import MeasurementFile, Measurements
from ldbu_desktop.editing.change import Change
from ldbu_desktop.faults import Fault
from ldbu_desktop.forms.model import Form
from ldbu_desktop.forms.visibility import Asked
from ldbu_desktop.language import chosen
from ldbu_desktop.ui.burden.time_left import TimeLeftPane
from ldbu_desktop.ui.form.form_field import FormField
from ldbu_desktop.ui.form.page import FormPage
from ldbu_desktop.ui.session import Session
from ldbu_desktop.use_cases import burden, measuring

_AFTER = 30
"""Milliseconds until an answer has been painted: what it leaves to do can wait for that."""


class Effort(QObject):
    """Watches a form being filled, while it can be seen.

    Nothing is measured without consent, and what is kept names no one.
    """

    def __init__(self, session: Session, page: FormPage, pane: TimeLeftPane) -> None:
        super().__init__(page)
        self._session = session
        self._page = page
        self._form = page.form
        self._pane = pane
        self._file = MeasurementFile()
        self._kept = Measurements()
        self._visit = ""
        self._estimate: Estimate | None = None
        self._signs: list[measuring.Sign] = []
        self._now: tuple[Asked, ...] = ()
        self._before: tuple[Asked, ...] | None = None
        self._answered: frozenset[Asked] = frozenset()
        self._soon = QTimer(self, interval=_AFTER, singleShot=True)
        self._soon.setObjectName("estimating")
        self._soon.timeout.connect(self.tell)
        self._form.came.connect(self._sign)
        session.judged.connect(self._tell_soon)
        session.changed.connect(self._follow_change)
        for signal in (session.opened, session.selected):
            signal.connect(self.tell)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Out of sight nothing is followed; what happened meanwhile is told when the form is seen again."""
        if event.type() is QEvent.Type.Hide:
            self._soon.stop()
        elif event.type() is QEvent.Type.Show:
            self._soon.start()
        return False

    def _tell_soon(self) -> None:
        if self._page.isVisible():
            self._soon.start()

    def _sign(self, field: FormField) -> None:
        self._signs.append((monotonic(), field.at.field.id))

    def _follow_change(self, change: Change) -> None:
        if change.is_about(self._session.selection.family):
            self._tell_soon()

    def tell(self) -> None:
        """Follow the visit that is filled now; of the one before, keep what it took."""
        session = self._session
        visit = session.selection.visit if session.is_in_form else ""
        if visit != self._visit:
            self._end()
            self._visit = visit
            self._begin()
        asked = self._form.asked() if visit else None
        if asked is None or not asked.shown:
            self._pane.show_progress(None)
            return
        if self._signs:
            self._signs.append((monotonic(), self._signs[-1][1]))
        if asked.shown != self._now:
            self._before, self._now = (self._now or None), asked.shown
        elif asked.answered != self._answered:
            self._before = None
        self._answered = asked.answered
        found = self._estimate_of(asked.form, asked.parents)
        progress = measuring.progress_of_user(found, asked.shown, asked.answered, self._before, self._kept)
        self._pane.show_progress(progress)

    def _begin(self) -> None:
        self._signs, self._now, self._before, self._answered = [], (), None, frozenset()
        self._estimate = None
        try:
            self._kept = self._file.load()
        except Fault as fault:
            self._session.failed.emit(fault)

    def _end(self) -> None:
        """Keep what the visit took, if the user agreed and answered something."""
        if not self._kept.consent or self._estimate is None or not self._answered:
            return
        try:
            measuring.measured_visit(self._kept, self._file, self._estimate, self._signs, self._answered)
        except Fault as fault:
            self._session.failed.emit(fault)

    def _estimate_of(self, form: Form, parents: int) -> Estimate:
        known = self._estimate
        if known is None or known.form is not form or known.scene.parents != parents:
            standard = self._session.standard
            known = burden.compared([form], standard, parents=parents, language=chosen()).forms[0].found
            self._estimate = known
        return known
