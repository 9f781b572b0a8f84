"""A case begun from the family that is open: other names, which visits and days, and what stays behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView

from ldbu_desktop.journal.model import Citizen, Family, Visit
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.people import citizen_name
from ldbu_desktop.rendering.training import asked_words
from ldbu_desktop.rendering.words import day_words, visit_name
from ldbu_desktop.training.family_case import BegunCase, moved, visits_in_order
from ldbu_desktop.ui.kit.buttons import CheckBox
from ldbu_desktop.ui.kit.table import TableView
from ldbu_desktop.ui.kit.table_model import EDITABLE, READABLE, TICKABLE, Column, TableModel, Width
from ldbu_desktop.ui.kit.widgets import Pane, button, column, divided, keep_line, label, row
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import Session
from ldbu_desktop.use_cases.begin_case import begin_case, days_back, proposed_names

_MOST_NAMED = 4
"""Things that stay behind which are named one by one; of more there is a number."""


@dataclass(slots=True)
class Choice:
    """What is chosen of a family: names by key, the visits that a learner records, and by how many days it is moved."""

    family: Family
    names: dict[str, str]
    asked: set[str]
    back: int
    is_made_up: bool
    is_moved: bool

    @property
    def days(self) -> int:
        """By how many days everything is moved."""
        return self.back if self.is_moved else 0


class PeopleModel(TableModel[Citizen]):
    """Who is in the family, and what they are called in the case."""

    def __init__(
        self,
        session: Callable[[], Session],
        choice: Callable[[], Choice | None],
        changed: Callable[[], None],
        parent: QObject,
    ) -> None:
        self._session, self._choice, self._changed = session, choice, changed
        super().__init__(
            (
                Column("who", lambda: tr("I familien"), self._who, width=Width.REST),
                Column(
                    "name",
                    lambda: tr("Hedder i øvelsen"),
                    self._name,
                    width=Width.REST,
                    roles={Qt.ItemDataRole.EditRole: self._name},
                    flags=lambda _one: EDITABLE,
                    edit=self._take,
                ),
            ),
            parent,
        )

    def _who(self, one: Citizen) -> str:
        choice = self._choice()
        return citizen_name(one, choice.family, shown=self._session().shows_cpr) if choice is not None else ""

    def _name(self, one: Citizen) -> str:
        choice = self._choice()
        return choice.names[one.key] if choice is not None else ""

    def _take(self, one: Citizen, value: object, role: int) -> bool:
        choice, name = self._choice(), str(value).strip()
        if choice is None or role != Qt.ItemDataRole.EditRole or not name:
            return False
        choice.names[one.key] = name
        self._changed()
        return True


class VisitsModel(TableModel[Visit]):
    """The visits of the family: whether a learner records each, and what becomes of the others."""

    def __init__(
        self,
        session: Callable[[], Session],
        choice: Callable[[], Choice | None],
        changed: Callable[[], None],
        parent: QObject,
    ) -> None:
        self._session, self._choice, self._changed = session, choice, changed
        tick = Qt.ItemDataRole.CheckStateRole
        super().__init__(
            (
                Column(
                    "visit",
                    lambda: tr("Skal registreres"),
                    lambda one: visit_name(one, session().standard),
                    width=Width.REST,
                    roles={tick: lambda one: Qt.CheckState.Checked if self._is_asked(one) else Qt.CheckState.Unchecked},
                    flags=lambda _one: TICKABLE,
                    edit=self._take,
                ),
                Column("day", lambda: tr("Dag i øvelsen"), self._day, width=Width.REST, flags=lambda _one: READABLE),
                Column("becomes", lambda: tr("Hvad den bliver"), self._becomes, width=Width.REST),
            ),
            parent,
        )

    def _is_asked(self, one: Visit) -> bool:
        choice = self._choice()
        return choice is not None and one.key in choice.asked

    def _day(self, one: Visit) -> str:
        choice = self._choice()
        if choice is None or one.start.value is None:
            return "–"
        day = moved(one.start.value, choice.days)
        return day_words(day) if day is not None else "–"

    def _becomes(self, one: Visit) -> str:
        if self._is_asked(one):
            return tr("opgaven")
        keys = [each.key for each in self.rows]
        is_before = any(self._is_asked(each) for each in self.rows[keys.index(one.key) :])
        return tr("registreret i forvejen") if is_before else tr("er ikke med")

    def _take(self, one: Visit, value: object, role: int) -> bool:
        choice = self._choice()
        if choice is None or role != Qt.ItemDataRole.CheckStateRole:
            return False
        (choice.asked.add if Qt.CheckState(value) is Qt.CheckState.Checked else choice.asked.discard)(one.key)
        self.retell()
        self._changed()
        return True


class FamilyPane(Pane):
    """``begun``: a case from the family is to be written; ``left``: back to the choice of exercises."""

    begun = Signal(object)
    left = Signal()

    def __init__(self, opened: Session, live: Retranslation) -> None:
        super().__init__()
        self._opened = self._session = opened
        self.choice: Choice | None = None
        self.people = PeopleModel(lambda: self._session, lambda: self.choice, self._tell, self)
        self.visits = VisitsModel(lambda: self._session, lambda: self.choice, self._tell, self)
        self.people_table = TableView("casePeople", live, lambda: tr("Personerne"), self.people, wraps=True)
        triggers = QAbstractItemView.EditTrigger
        self.people_table.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.visits_table = TableView("caseVisits", live, lambda: tr("Kontakterne"), self.visits, wraps=True)
        self.moves = CheckBox()
        self.moves.setObjectName("caseMoves")
        self.moves.setChecked(True)
        live.say(self.moves.setText, self._moves_words)
        self.told = label("caseStays", tone="muted")
        self.told.setWordWrap(True)
        self.go = button("caseBegin", live, lambda: tr("Skriv øvelsen"), kind="primary", icon="edit")
        self.back = button("caseLeave", live, lambda: tr("Til øvelserne"), icon="close")
        about = label(
            "caseBeginAbout",
            live,
            lambda: tr(
                "Personerne får andre navne og opdigtede CPR-numre, kommune og skole bliver til opdigtede, og fri "
                "tekst bliver her. Mål, svar, klokkeslæt og afstanden mellem dagene følger med: ret dem bagefter, hvis "
                "nogen kan kendes på dem."
            ),
            "muted",
        )
        about.setWordWrap(True)
        keep_line(about, live)
        lines = column(self, 4, 2)
        lines.addWidget(label("caseBeginHeading", live, lambda: tr("En øvelse ud fra familien"), "title"))
        lines.addWidget(about)
        lines.addLayout(row(self.go, 1, self.back, wraps=True))
        lines.addWidget(self.moves)
        lines.addWidget(self.told)
        lines.addWidget(
            divided(
                "caseBeginTables", (self.visits_table, self.people_table), (300, 200), (3, 2), Qt.Orientation.Vertical
            ),
            1,
        )
        self.moves.toggled.connect(self._move)
        self.go.clicked.connect(self._begin)
        self.back.clicked.connect(self.left)
        live.also(self._retell)

    def begin(self, session: Session, family: Family, visit: str) -> None:
        """Propose a case from a family; of its visits the one that is looked at is to be recorded, or else the last."""
        self._session = session
        visits = visits_in_order(family)
        asked = visit if any(one.key == visit for one in visits) else visits[-1].key if visits else ""
        start = next((one.start.value for one in visits if one.key == asked), None)
        same = {one.key for one in visits if start is not None and one.start.value == start}
        is_made_up = session is not self._opened  # it is an exercise
        names = proposed_names(family, session.standard)
        if is_made_up:
            names |= {one.key: one.name.value for one in family.citizens if one.name.value}
        chosen = {asked, *same} if asked else set()
        self.choice = Choice(family, names, chosen, days_back(), is_made_up, is_moved=not is_made_up)
        self.moves.setChecked(not is_made_up)
        self.people.show(family.citizens)
        self.visits.show(visits)
        self._retell()
        self.go.setFocus()

    def is_of(self, session: Session) -> bool:
        """Whether what is proposed is from a family that is open there."""
        return self.choice is not None and self._session is session

    def forget(self) -> None:
        """Know nothing of a family any more."""
        self.choice = None
        self.people.show(())
        self.visits.show(())

    def made(self) -> BegunCase | None:
        """The case as it would be now."""
        choice = self.choice
        if choice is None:
            return None
        return begin_case(choice.family, frozenset(choice.asked), choice.names, choice.days, self._session.standard)

    def _begin(self) -> None:
        made = self.made()
        if made is not None and made.case.visits:
            self.begun.emit(made.case)

    def _move(self, is_moved: bool) -> None:
        if self.choice is not None:
            self.choice.is_moved = is_moved
        self.visits.retell()
        self._tell()

    def _moves_words(self) -> str:
        weeks = -self.choice.back // 7 if self.choice is not None else 0
        return tr(
            "Flyt alle dage {count, plural, one {# uge} other {# uger}} tilbage, så ingen kan kendes på dem",
            count=weeks,
        )

    def _retell(self) -> None:
        self.moves.setText(self._moves_words())
        self.people.retell()
        self.visits.retell()
        self._tell()

    def _tell(self) -> None:
        """Say what stays behind, and what there is to record."""
        made = self.made()
        self.go.setEnabled(made is not None and bool(made.case.visits))
        if made is None:
            return
        lines = []
        if not made.case.visits:
            lines.append(tr("Markér mindst én kontakt, hvor der er registreret noget."))
        if self.choice is not None and not (self.choice.is_moved or self.choice.is_made_up):
            lines.append(
                tr("Dagene bliver, som de er: barnets fødselsdag er den rigtige. Gør det kun for en opdigtet familie.")
            )
        if made.left_out:
            counted = Counter(asked_words(one.asked, self._session.standard) for one in made.left_out)
            named = [f"{name} ({number})" if number > 1 else name for name, number in counted.most_common(_MOST_NAMED)]
            more = len(counted) - len(named)
            if more:
                named.append(tr("{count, plural, one {# anden} other {# andre}}", count=more))
            lines.append(tr("Kan ikke læses og følger ikke med: {what}.", what=", ".join(named)))
        self.told.setText("\n".join(lines))
        self.told.setVisible(bool(lines))
