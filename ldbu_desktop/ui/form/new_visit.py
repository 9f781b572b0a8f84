"""Begins a visit: which kind, with whom. A digit or two, and the form is there; its time follows and can be changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ldbu_desktop import clock
from ldbu_desktop.journal.fields import VISIT_SUBJECT, VISIT_TYPE
from ldbu_desktop.journal.identity import birth_date
from ldbu_desktop.journal.model import Citizen, Family
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.people import citizen_name
from ldbu_desktop.rendering.words import citizen_cpr
from ldbu_desktop.standard.model import VisitType
from ldbu_desktop.ui.form.body import Body, SectionRows
from ldbu_desktop.ui.form.choice_bar import ChoiceBar
from ldbu_desktop.ui.form.field_row import FieldRow
from ldbu_desktop.ui.form.pick_line import Option
from ldbu_desktop.ui.kit.widgets import Pane, button, column, label, row
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import Session


class NewVisit(Pane):
    """``begun`` tells the visit type's id and the citizen's key; ``left`` that nothing is begun."""

    begun = Signal(str, str)
    left = Signal()

    def __init__(self, session: Session, live: Retranslation, today: Callable[[], date] = clock.today) -> None:
        super().__init__()
        self._session = session
        self._today = today
        self._family: Family | None = None
        self.heading = label("newVisitHeading", live, lambda: tr("Ny kontakt"), "title")
        self.about = label(
            "newVisitAbout",
            live,
            lambda: tr("Kontakten klassificeres efter det, der bliver gjort, ikke efter barnets alder."),
            "muted",
        )
        self.about.setWordWrap(True)
        self.type = ChoiceBar(VISIT_TYPE)
        self.who = ChoiceBar(VISIT_SUBJECT)
        self.type_row = FieldRow(VISIT_TYPE, self.type)
        self.who_row = FieldRow(VISIT_SUBJECT, self.who)
        self.begin = button("newVisitBegin", live, lambda: tr("Begynd"), kind="primary", icon="fill")
        self.cancel = button("newVisitCancel", live, lambda: tr("Annullér"))
        self.body = Body()
        self.scrolling = QScrollArea()
        self.scrolling.setObjectName("newVisitScroll")
        self.scrolling.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scrolling.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scrolling.setWidget(self.body)
        self.scrolling.viewport().installEventFilter(self)
        live.name(self.scrolling, lambda: tr("Ny kontakt"))
        lines = column(self)
        top = QWidget()
        top.setObjectName("newVisitTop")
        heads = column(top, 4, 1)
        heads.addWidget(self.heading)
        heads.addWidget(self.about)
        lines.addWidget(top)
        lines.addWidget(self.scrolling, 1)
        lines.addLayout(row(self.begin, self.cancel, 1, margin=4))
        self.type.answered.connect(lambda _type: self._offer_people())
        self.type.left.connect(self._after_type)
        self.who.left.connect(self._after_who)
        for bar, made in ((self.type, self.type_row), (self.who, self.who_row)):
            bar.came.connect(lambda made=made: made.mark(True))
        self.begin.clicked.connect(self._begin)
        self.cancel.clicked.connect(self.left)
        live.also(self._retell)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lay the answers out in the room that their window has."""
        if event.type() == QEvent.Type.Resize and isinstance(event, QResizeEvent):
            self.body.arrange(event.size().width())
        return super().eventFilter(watched, event)

    def show_family(self, family: Family) -> None:
        """Offer the visits of a family, the most likely first, and give the choice the keyboard."""
        self._family = family
        self.type.show_answer("")
        self.who.show_answer("")
        self._retell()
        sections = [
            SectionRows("type", lambda: tr("Hvilken kontakt er det?"), [self.type_row]),
            SectionRows("who", lambda: tr("Hvem er kontakten med?"), [self.who_row]),
        ]
        self.body.show_sections(sections)
        self.body.arrange(self.scrolling.viewport().width())
        self.type.setFocus(Qt.FocusReason.TabFocusReason)

    def _retell(self) -> None:
        if self._family is None:
            return
        standard = self._session.standard
        self.type_row.name(standard.variable[VISIT_TYPE].label[chosen()])
        self.who_row.name(standard.variable[VISIT_SUBJECT].label[chosen()])
        self.type.show_options([Option(one.id, one.label[chosen()]) for one in self._types()])
        self._offer_people()

    # --- what is likely

    def _types(self) -> list[VisitType]:
        """The visit types: those that fit the child's age first, in the order of the standard."""
        family = self._family
        ages = [age for one in family.citizens if (age := self._age(one)) is not None] if family else []
        is_expecting = family is not None and not any(one.is_child and one.cpr.raw for one in family.citizens)

        def distance(visit_type: VisitType) -> int:
            if visit_type.from_days is None or visit_type.to_days is None:
                return 0 if is_expecting else 2
            if is_expecting:
                return 1
            return 0 if any(visit_type.from_days <= age < visit_type.to_days for age in ages) else 1

        return sorted(self._session.standard.visit_types, key=distance)

    def _age(self, citizen: Citizen) -> int | None:
        born = birth_date(citizen.cpr.value) if citizen.is_child and citizen.cpr.value else None
        return (self._today() - born).days if born else None

    def _people(self) -> list[Citizen]:
        """Whom a visit of the chosen type can be with."""
        known = next((one for one in self._session.standard.visit_types if one.id == self.type.answer), None)
        people = list(self._family.citizens) if self._family else []
        if known is None or known.subject == "either":
            return people
        return [one for one in people if one.is_child == (known.subject == "child")] or people

    def _offer_people(self) -> None:
        shown, family = self._session.shows_cpr, self._family
        people = self._people()
        if family is not None:
            names = {one.key: citizen_name(one, family, shown=shown) for one in people}
            self.who.show_options(
                [Option(one.key, f"{names[one.key]}  {citizen_cpr(one, shown=shown)}") for one in people]
            )
        only = people[0].key if len(people) == 1 else ""
        self.who.show_answer(only or (self.who.answer if any(one.key == self.who.answer for one in people) else ""))
        self.body.arrange(self.body.width())

    # --- what is chosen

    def _after_type(self, by: int) -> None:
        self.type_row.mark(False)
        if by < 0:
            self.cancel.setFocus(Qt.FocusReason.BacktabFocusReason)
        elif self.type.answer and self.who.answer:
            self._begin()
        else:
            self.who.setFocus(Qt.FocusReason.TabFocusReason)

    def _after_who(self, by: int) -> None:
        self.who_row.mark(False)
        if by < 0:
            self.type.setFocus(Qt.FocusReason.BacktabFocusReason)
        elif self.type.answer and self.who.answer:
            self._begin()
        else:
            self.begin.setFocus(Qt.FocusReason.TabFocusReason)

    def _begin(self) -> None:
        if self.type.answer and self.who.answer:
            self.begun.emit(self.type.answer, self.who.answer)
        else:
            (self.who if self.type.answer else self.type).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back without beginning."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
