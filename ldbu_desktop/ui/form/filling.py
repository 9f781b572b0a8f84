"""What is in the middle while a case is filled: a family's record, the choice of a new visit, or a visit's form."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ldbu_desktop import clock
from ldbu_desktop.editing.operations import (
    AddCitizen,
    AddFamily,
    AddVisit,
    AddVisitBeside,
    MoveVisit,
    Operation,
    RemoveVisit,
)
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.words import citizen_in
from ldbu_desktop.ui.burden.time_left import TimeLeftPane
from ldbu_desktop.ui.form.effort import Effort
from ldbu_desktop.ui.form.family_page import FamilyPage
from ldbu_desktop.ui.form.new_visit import NewVisit
from ldbu_desktop.ui.form.page import FormPage
from ldbu_desktop.ui.form.people import people_menu
from ldbu_desktop.ui.kit.stack import Stack
from ldbu_desktop.ui.pace import next_turn
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import Session

if TYPE_CHECKING:
    from ldbu_desktop.journal.model import Family


class Filling(Stack):
    """Follows the selection, and begins families, people and visits."""

    def __init__(self, session: Session, live: Retranslation, standing: TimeLeftPane) -> None:
        super().__init__()
        self.setObjectName("filling")
        self._session = session
        self.family_page = FamilyPage(session, live)
        self.new_visit = NewVisit(session, live)
        self.form_page = FormPage(session, live)
        self.effort = Effort(session, self.form_page, standing)
        for page in (self.family_page, self.new_visit, self.form_page):
            self.addWidget(page)
        self.family_page.wants_family.connect(self.begin_family)
        self.family_page.wants_visit.connect(self.choose_visit)
        self.family_page.wants_child.connect(lambda: self.add_citizen(is_child=True))
        self.family_page.wants_parent.connect(lambda: self.add_citizen(is_child=False))
        self.new_visit.begun.connect(self.begin_visit)

    def show_selected(self) -> None:
        """Show what is selected: a visit's form, or the family that it is of."""
        now = self._session.selection
        if not self._session.is_in_form:
            return
        if now.visit:
            self.setCurrentWidget(self.form_page)
            self.form_page.show_selected()
            self.effort.tell()
        else:
            self.setCurrentWidget(self.family_page)
            self.family_page.show_selected()

    @property
    def keyboard(self) -> QWidget:
        """What takes the keyboard when the middle is gone to."""
        if self.currentWidget() is self.new_visit:
            return self.new_visit.type
        if self.currentWidget() is self.form_page and (field := self.form_page.field) is not None:
            return field.row.entry
        return self.family_page.first if self._family is None else self.family_page.visit

    def settle(self) -> None:
        """Take what is being typed as the answer."""
        if self.currentWidget() is self.form_page:
            self.form_page.settle()
        elif self.currentWidget() is self.family_page:
            self.family_page.settle()

    # --- what is begun

    @property
    def _family(self) -> Family | None:
        return self._session.current_family

    def begin_family(self) -> None:
        """Begin with another family: a child and a parent to be told apart by their CPR numbers."""
        self._do(AddFamily())
        self.family_page.start()

    def add_citizen(self, *, is_child: bool) -> None:
        """Add a child or a parent to the family."""
        family = self._family
        if family is None:
            return
        self._do(AddCitizen(Where(family.key), is_child))
        self.family_page.start()

    def choose_visit(self) -> None:
        """Ask which visit is begun; without a family, begin with that."""
        family = self._family
        if family is None:
            self.begin_family()
            return
        self.setCurrentWidget(self.new_visit)
        self.new_visit.show_family(family)

    def begin_visit(self, visit_type: str, subject: str) -> None:
        """Begin a visit now, and go to its form."""
        family = self._family
        if family is None:
            return
        start = clock.now().replace(second=0, microsecond=0)
        self._do(AddVisit(Where(family.key, subject=subject), visit_type, start))
        self.form_page.start()

    def begin_beside(self) -> None:
        """Begin a visit to another of the family at the same time: one home visit can be two encounters."""
        session, family = self._session, self._family
        visit = session.visit(session.selection.visit)
        if family is None or visit is None:
            return
        met = {one.subject.value for one in family.visits if one.start.value == visit.start.value}
        other = next((one.key for one in family.citizens if one.key not in met), None)
        if other is None:
            return
        if self._do(AddVisitBeside(Where(family.key, visit.key, subject=other))):
            self.form_page.start()

    def remove_visit(self) -> None:
        """Take the selected visit away; undo brings it back."""
        session = self._session
        now = session.selection
        if now.visit:
            session.do(RemoveVisit(Where(now.family, now.visit)))
            if session.visit(now.visit) is None:
                session.select(Where(now.family))
            next_turn(self, self.show_selected)

    def move_visit(self) -> None:
        """Offer the others whom the selected visit can be with: it was written with the wrong one."""
        session, family = self._session, self._family
        visit = session.visit(session.selection.visit)
        if family is None or visit is None:
            return
        now = citizen_in(family, visit.subject.value)
        others = tuple(
            one for one in family.citizens if one is not now and (now is None or one.is_child == now.is_child)
        )
        if not others:
            return
        move = partial(self._move, family.key, visit.key)
        menu = people_menu(session, self, family, others, tr("Hvem var kontakten med?"), move)
        menu.offer(self.mapToGlobal(self.rect().topLeft()))

    def _move(self, family: str, visit: str, citizen: str) -> None:
        self._do(MoveVisit(Where(family, visit, subject=citizen)))

    def remove_person(self) -> None:
        """Offer the people of the family that is selected to be taken out."""
        family = self._family
        if family is not None:
            self._session.select(Where(family.key))
            self.show_selected()
            self.family_page.offer_removal()

    def _do(self, operation: Operation) -> bool:
        """Do something, and show where it was done; False where it can't be done."""
        change = self._session.do(operation)
        if change is None:
            return False
        self._session.select(change.where)
        next_turn(self, self.show_selected)
        return True
