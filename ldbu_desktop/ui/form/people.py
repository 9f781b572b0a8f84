"""Who is taken out of a family, and what is asked before that, and before a CPR number that went out is another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from ldbu_desktop.editing.operations import RemovePeople, Renumber
from ldbu_desktop.editing.removal import Recordings
from ldbu_desktop.journal.model import Citizen, Family
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.people import citizen_name, family_name
from ldbu_desktop.rendering.words import citizen_cpr, citizen_in, visits_words
from ldbu_desktop.ui.form.question import QuestionBar
from ldbu_desktop.ui.kit.menus import PopupMenu
from ldbu_desktop.ui.pace import next_turn
from ldbu_desktop.ui.session import Session

Text = Callable[[], str]


def people_menu(
    session: Session,
    owner: QWidget,
    family: Family,
    people: tuple[Citizen, ...],
    title: str,
    do: Callable[[str], object],
) -> PopupMenu:
    """A menu of people of a family; ``do`` is done with the key of who is chosen."""
    menu = PopupMenu(owner, "people", title)
    for citizen in people:
        cpr = citizen_cpr(citizen, shown=session.shows_cpr)
        name = citizen_name(citizen, family, shown=session.shows_cpr)
        menu.add(f"{name}  ·  {cpr}", partial(do, citizen.key))
    return menu


class People(QObject):
    """Asks with ``question``; ``unchanged`` is told when a number stays as it was."""

    def __init__(self, session: Session, question: QuestionBar, unchanged: Callable[[], None]) -> None:
        super().__init__(question)
        self._session, self._question, self._unchanged = session, question, unchanged
        session.number_asked.connect(self._ask_number)

    # --- who goes

    def offer(self, family: Family, owner: QWidget, at: QPoint) -> None:
        """Offer each of a family, and all of it, to be taken out; the menu stands above the place ``at``."""
        people = family.citizens
        menu = people_menu(
            self._session, owner, family, people, tr("Hvem skal fjernes?"), lambda key: self.remove(family.key, (key,))
        )
        menu.addSeparator()
        menu.add(tr("Hele familien"), partial(self.remove, family.key, tuple(one.key for one in people)))
        menu.offer(at - QPoint(0, menu.sizeHint().height()))

    def remove(self, family: str, people: tuple[str, ...]) -> None:
        """Take people out; ask first where something is recorded about them."""
        session = self._session
        known = session.family(family)
        if known is None:
            return
        recorded, who = session.work.recorded_about(known.key, people), self._who(known, people)
        do = partial(self._remove, family, people)
        if recorded.delivered and recorded.delivered == recorded.withdrawn:
            self._question.say(partial(_waits, who), lambda: tr("Luk"))
        elif recorded.delivered:
            self._question.ask(partial(_withdraws, who), lambda: tr("Træk tilbage"), lambda: tr("Behold"), do)
        elif not recorded.is_nothing:
            self._question.ask(partial(_goes_too, who, recorded), lambda: tr("Fjern"), lambda: tr("Behold"), do)
        else:
            do()

    def _who(self, family: Family, people: tuple[str, ...]) -> Text:
        citizen = citizen_in(family, people[0])
        if citizen is not None and len(people) < len(family.citizens):
            return lambda: citizen_name(citizen, family, shown=self._session.shows_cpr)
        return lambda: family_name(family, shown=self._session.shows_cpr)

    def _remove(self, family: str, people: tuple[str, ...]) -> None:
        session = self._session
        known = session.family(family)
        if known is not None:
            session.do(RemovePeople(Where(known.key), frozenset(people)))
            session.select(Where(family if session.family(family) is not None else ""))

    # --- who has another number

    def _ask_number(self, where: Where, raw: str) -> None:
        """Ask once the field is left: that gives the keyboard to the next one."""

        def ask() -> None:
            self._question.ask(
                lambda: tr(
                    "CPR-nummeret er afleveret. Rettes det, trækkes det afleverede tilbage under det gamle nummer og "
                    "afleveres på ny under det nye. Begge dele går ud ved næste aflevering; intet skal skrives igen."
                ),
                lambda: tr("Ret nummeret"),
                lambda: tr("Behold det gamle"),
                lambda: self._renumber(where, raw),
                self._unchanged,
            )

        next_turn(self, ask)

    def _renumber(self, where: Where, raw: str) -> None:
        self._session.do(Renumber(where, raw))


def _goes_too(who: Text, recorded: Recordings) -> str:
    told = [visits_words(recorded.visits)] if recorded.visits else []
    if recorded.records:
        told.append(tr("{count, plural, one {# oplysning} other {# oplysninger}}", count=recorded.records))
    return tr(
        "Der er registreret {what} om {who}. Det fjernes også. Fortryd (Ctrl+Z) bringer det tilbage.",
        what=tr(" og ").join(told),
        who=who(),
    )


def _withdraws(who: Text) -> str:
    return tr(
        "Noget om {who} er afleveret. Det trækkes tilbage ved næste aflevering, så modtageren får besked. Fjern {who} "
        "igen, når det er sket; indtil da bliver det stående her.",
        who=who(),
    )


def _waits(who: Text) -> str:
    return tr("Tilbagetrækningen venter på aflevering. Aflevér først (Ctrl+E), og fjern så {who}.", who=who())
