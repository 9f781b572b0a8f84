"""What stands in the middle when a visit of a case is selected: who and when, what is still to come, and its form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from ldbu_desktop.editing.change import Change
from ldbu_desktop.findings.catalogue import tells_absence
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.forms.model import Form
from ldbu_desktop.journal.model import Visit
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.words import visit_about, visit_name
from ldbu_desktop.ui.form.body import Body
from ldbu_desktop.ui.form.choice_bar import ChoiceBar
from ldbu_desktop.ui.form.form_field import FormField
from ldbu_desktop.ui.form.inner_button import InnerButton
from ldbu_desktop.ui.form.list_field import ListField
from ldbu_desktop.ui.form.steps import way_of
from ldbu_desktop.ui.form.summary import FormSummary
from ldbu_desktop.ui.form.visit_form import VisitForm
from ldbu_desktop.ui.kit.menus import PopupMenu
from ldbu_desktop.ui.kit.widgets import Pane, button, column, label, row, tool
from ldbu_desktop.ui.pace import Slicer
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.theme import GRID

_LOOK = 60
"""Milliseconds until the other panes follow the field that has the keyboard: fast typing does not wait for them."""
_AROUND, _LEAST_AROUND = 20 * GRID, 5 * GRID
"""How much is seen around the field that the keyboard comes to, and how little before the form scrolls for it."""


class FormPage(Pane):
    """Selecting a field selects it in the session, and the other way round."""

    def __init__(self, session: Session, live: Retranslation) -> None:
        super().__init__()
        self._session = session
        self._field: FormField | None = None
        self._brought: QWidget | None = None
        """What was brought into sight where rows are still to be laid out anew: it may lie elsewhere then."""
        self._is_following = False
        self._is_stale = False
        self._chosen: dict[str, str] = {}
        self.following: Callable[[], QWidget | None] = lambda: None
        """What Tab goes on to behind the form; where that is nothing, to the next visit."""
        self.heading = label("formHeading", tone="title")
        self.heading.setWordWrap(True)
        self.about = label("formAbout", tone="muted")
        self.about.setWordWrap(True)
        self.previous = tool("formPrevious", live, lambda: tr("Forrige kontakt (Ctrl+Shift+Enter)"), "previous")
        self.next = tool("formNext", live, lambda: tr("Næste kontakt (Ctrl+Enter)"), "next")
        self.choice = button("formChoice", live, lambda: tr("Skema"), kind="link")
        self.choice.clicked.connect(self._choose_form)
        self.choice.hide()
        self.summary = FormSummary(live)
        self.body = Body()
        self.form = VisitForm(session, self.body)
        self.scrolling = QScrollArea()
        self.scrolling.setObjectName("formScroll")
        self.scrolling.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scrolling.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scrolling.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.scrolling.setWidget(self.body)
        self.scrolling.viewport().installEventFilter(self)
        live.name(self.scrolling, lambda: tr("Kontaktens skema"))
        self._lay_out()
        self._drawing = Slicer((), self, "drawingAhead")
        self._looking = QTimer(self, interval=_LOOK, singleShot=True)
        self._looking.setObjectName("looking")
        self._looking.timeout.connect(self._select_field)
        self.body.arranged.connect(self._bring_again)
        self.form.came.connect(self._come)
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._follow_keyboard)
        self.form.moved.connect(self._move)
        self.form.unfolded.connect(self.go_to)
        self.summary.wants_missing.connect(lambda: self.go_to_missing())
        self.summary.wants_family.connect(self._go_to_keeper)
        self.summary.wants_finding.connect(lambda: self._step_to_found())
        session.changed.connect(self._follow_change)
        session.forms.changed.connect(self._refresh)
        session.judged.connect(self._refresh)
        session.unmasked.connect(self._refresh)
        for signal in (session.delivered, session.corrected):
            signal.connect(self._tell)
        session.selected.connect(self._follow)
        live.also(self._retell)

    def _lay_out(self) -> None:
        top = QWidget()
        top.setObjectName("formTop")
        lines = column(top, 0, 1)
        lines.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 2 * GRID)
        heads = row(self.heading, self.previous, self.next, spacing=1)
        heads.setStretch(0, 1)
        lines.addLayout(heads)
        lines.addLayout(row(self.about, self.choice, spacing=2))
        stack = column(self)
        stack.addWidget(top)
        stack.addWidget(self.summary)
        stack.addWidget(self.scrolling, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lay the form out in the room that its window has."""
        if event.type() == QEvent.Type.Resize and isinstance(event, QResizeEvent):
            self.body.arrange(event.size().width())
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        """Show what happened meanwhile: the answer that was being typed when another page was gone to, for one."""
        super().showEvent(event)
        if self._is_stale:
            self._refresh()
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight, nothing is followed."""
        super().hideEvent(event)
        self._looking.stop()
        self._drawing.stop()

    # --- what is shown

    def show_selected(self) -> None:
        """Show the form of the visit that is selected, from its top, with the keyboard in its first empty field."""
        session = self._session
        visit = session.visit(session.selection.visit)
        if visit is None:
            return
        self._field = None
        self._show_form(visit)
        focus = self.window().focusWidget()
        self._field = next((one for one in self.form.order if focus and one.row.isAncestorOf(focus)), None)
        self.scrolling.verticalScrollBar().setValue(0)
        self._tell()
        self._follow()

    def _show_form(self, visit: Visit) -> None:
        """Show the form that is chosen for visits of this type: ours, or one of the user's own."""
        session = self._session
        visit_type = session.standard.visit_type_by_code.get(visit.type.value or "")
        forms = session.forms.all
        choices = forms.choices_for_visit(visit_type.id) if visit_type else ()
        self.choice.setVisible(len(choices) > 1)
        form = self._form_of(visit, choices)
        if form is not None:
            self.choice.setText(tr("Skema: {name}", name=form.title[chosen()]))
            self.form.show_form(form, forms.for_instrument, visit.key)
            self._drawing.begin(self._drawn_ahead())

    def _form_of(self, visit: Visit, choices: Sequence[Form]) -> Form | None:
        """The form of a visit: the one that was chosen for its type, else the first."""
        wanted = self._chosen.get(visit.type.value or "")
        return next((one for one in choices if one.id == wanted), next(iter(choices), None))

    def _drawn_ahead(self) -> Iterator[None]:
        """Slices that draw the answers further down: else the key that goes there waits for that."""
        for field in tuple(self.form.order):
            if isValid(field.input) and isinstance(field.input, ChoiceBar):
                field.input.draw_ahead()
                yield

    def _choose_form(self) -> None:
        """Offer the forms that a visit of this type can be filled with."""
        session = self._session
        visit = session.visit(session.selection.visit)
        visit_type = session.standard.visit_type_by_code.get(visit.type.value or "") if visit else None
        if visit is None or visit_type is None:
            return
        menu = PopupMenu(self, "formChoices", tr("Skemaer"))
        choices = session.forms.all.choices_for_visit(visit_type.id)
        shown = self._form_of(visit, choices)
        for form in choices:
            name = form.title[chosen()]
            text = f"{name}  ({form.source})" if form.is_own else name
            menu.add(text, partial(self._use_form, visit_type.code, form.id), is_on=form is shown)
        menu.offer_below(self.choice)

    def _use_form(self, visit_type: str, form: str) -> None:
        self._chosen[visit_type] = form
        self.show_selected()

    def start(self) -> None:
        """Give the first field that is empty the keyboard."""
        fields = self.form.order
        first = next((field for field in fields if self.form.is_empty(field)), fields[0] if fields else None)
        if first is not None:
            self.go_to(first)

    def _is_shown(self) -> bool:
        return self._session.is_in_form and bool(self._session.selection.visit)

    def _follow_change(self, change: Change) -> None:
        if change.is_about(self._session.selection.family):
            self._refresh()

    def _refresh(self) -> None:
        self._is_stale = not self.isVisible()
        if self._is_shown() and self.isVisible():
            self.form.refresh()
            self._tell()

    def _retell(self) -> None:
        if self._is_shown():
            self.form.retell()
            self._tell()

    def _tell(self) -> None:
        session = self._session
        visit, family = session.visit(session.selection.visit), session.family_of(session.selection.visit)
        if visit is None or family is None:
            return
        self.heading.setText(visit_name(visit, session.standard))
        told = visit_about(family, visit, shown=session.shows_cpr)
        self.about.setText("  ·  ".join(filter(None, (told, session.delivered_words(visit.key)))))
        gateway, guide = self.form.missing()
        found = [one for one in session.work.findings_at(Where(visit=visit.key)) if not tells_absence(one)]
        self.summary.tell(len(gateway), len(guide), len(found), is_kept=bool(self._keepers(visit.key)))

    def _keepers(self, visit: str) -> list[Finding]:
        """What keeps a visit back from delivery and is not about it: something of its family, or of all."""
        findings = self._session.findings
        kept_by = findings.obstacles(visit) if findings is not None else ()
        return [one for one in kept_by if one.location.visit != visit]

    def _go_to_keeper(self) -> None:
        if keepers := self._keepers(self._session.selection.visit):
            self._session.select_finding(keepers[0])

    # --- where the keyboard is

    def go_to(self, field: FormField, reason: Qt.FocusReason = Qt.FocusReason.TabFocusReason) -> None:
        """Give a field the keyboard, and bring it into sight."""
        self.form.reveal(field)
        field.row.entry.setFocus(reason)
        self._bring(field.row)

    def _bring(self, part: QWidget) -> None:
        """Bring a part of the form into sight."""
        self._brought = part if self.body.is_due else None
        bar, row_ = self.scrolling.verticalScrollBar(), part.geometry()
        top, bottom = bar.value(), bar.value() + self.scrolling.viewport().height()
        if row_.top() - _LEAST_AROUND < top:
            bar.setValue(row_.top() - _AROUND)
        elif row_.bottom() + _LEAST_AROUND > bottom:
            bar.setValue(row_.bottom() + _AROUND - self.scrolling.viewport().height())

    def _bring_again(self) -> None:
        if self._brought is not None and isValid(self._brought) and not self._brought.isHidden():
            self._bring(self._brought)

    def _come(self, field: FormField) -> None:
        if self._field is not None and self._field is not field:
            self._field.row.mark(False)
        self._field = field
        field.row.mark(True)
        self._bring(field.row)
        if self.isVisible():  # the keyboard may still come to a window that is being closed
            self._looking.start()

    def _follow_keyboard(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Claim of no field that keys act on it, where something of the form that is no field has the keyboard."""
        if self._field is None or now is None or not self.isAncestorOf(now):
            return
        if not any(one.row.isAncestorOf(now) for one in self.form.order):
            self._field.row.mark(False)

    def _move(self, stop: FormField | InnerButton, by: int) -> None:
        """A field was left by a key, or what unfolds more: go to the next, or out of the form at its ends."""
        stops, way = self.form.stops, way_of(by)
        at = stops.index(stop) + way if stop in stops else 0
        if abs(by) == 1:
            while 0 <= at < len(stops) and self._is_passed(stops[at]):
                at += way
        if 0 <= at < len(stops):
            self._go_to_stop(stops[at])
        elif by > 0:
            following = self.following() if by > 1 else None
            (following or self.next).setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.summary.missing.setFocus(Qt.FocusReason.BacktabFocusReason)

    def _is_passed(self, stop: FormField | InnerButton) -> bool:
        return isinstance(stop, InnerButton) or self.form.is_passed(stop)

    def _go_to_stop(self, stop: FormField | InnerButton) -> None:
        if isinstance(stop, InnerButton):
            stop.setFocus(Qt.FocusReason.TabFocusReason)
            self._bring(stop)
        else:
            self.go_to(stop)

    @property
    def field(self) -> FormField | None:
        """The field that has the keyboard, or had it last."""
        return self._field

    def settle(self) -> None:
        """Take what is being typed as the answer."""
        if self._field is not None:
            self._field.settle()

    def not_obtained(self) -> None:
        """Ask why the field that has the keyboard has no value."""
        if self._field is not None and self._field.row.is_here:
            self._field.ask_reason()

    def _select_field(self) -> None:
        """Let the other panes look at the field."""
        field, session = self._field, self._session
        if field is None or not self._is_shown():
            return
        if session.finding is not None and self.form.field_of(session.finding) is field:
            return  # of several records in the field one is looked at
        where = self.form.where_of(field)
        now = session.selection
        if (now.visit, now.record, now.field, now.variable) != (where.visit, where.record, where.field, where.variable):
            self._is_following = True
            session.select(where)
            self._is_following = False

    def _follow(self) -> None:
        """Somebody looked at a finding or a place elsewhere: go to its field."""
        finding, where = self._session.finding, self._session.selection
        if self._is_following or not self._is_shown() or not self.isVisible():
            return
        if finding is not None:
            self.go_to_finding(finding)
        elif (field := self.form.field_at(where)) is not None and field is not self._field:
            self.go_to(field, Qt.FocusReason.ShortcutFocusReason)

    def go_to_finding(self, finding: Finding) -> None:
        """Go to the field that a finding is about."""
        field, reason = self.form.field_of(finding), Qt.FocusReason.ShortcutFocusReason
        if field is None:
            return
        if field is not self._field:
            self.go_to(field, reason)
        if isinstance(field.input, ListField):
            field.input.look_at(finding.location.record, finding.location.field, reason)

    def point_at(self, asked: str, subject: str) -> None:
        """Bring the field about something of somebody into sight and mark it, without giving it the keyboard.

        ``asked`` is the id of a variable or of a questionnaire, which is opened.
        """
        field = self.form.field_about(asked, subject)
        if field is not None:
            self.form.unfold(field)
            self._come(field)

    def go_to_missing(self) -> None:
        """Go to the first field that is missing."""
        gateway, guide = self.form.missing()
        fields = [field for one in (*gateway, *guide) if (field := self.form.field_of(one)) is not None]
        if fields:
            order = self.form.order
            self.go_to(min(fields, key=lambda field: order.index(field) if field in order else len(order)))

    def _step_to_found(self) -> None:
        visit = self._session.selection.visit
        found = [one for one in self._session.work.findings_at(Where(visit=visit)) if not tells_absence(one)]
        if found:
            self._session.select_finding(found[0])
