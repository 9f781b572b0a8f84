"""Find an action, a child or a visit by typing (Ctrl+K): the list narrows, Enter does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.people import family_name
from ldbu_desktop.rendering.words import citizen_cpr, visit_day, visit_name
from ldbu_desktop.ui.kit.actions import Actions
from ldbu_desktop.ui.kit.search_dialog import Hit, SearchDialog
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import Session

_MOST = 50


class Finder(SearchDialog):
    """What can be done now, and as soon as something is typed also whom and which visits can be gone to."""

    def __init__(self, session: Session, actions: Actions[Any], parent: QWidget) -> None:
        self._session = session
        self._actions = actions
        super().__init__(
            "finder",
            Retranslation(),
            lambda: tr("Find en handling eller en kontakt"),
            lambda: tr("Skriv, hvad du vil gøre, eller hvem du leder efter"),
            self._found,
            parent,
        )
        self.setWindowTitle(tr("Find"))

    def _found(self, words: str) -> list[Hit]:
        """The actions, children and visits that hold every word."""
        sought = words.casefold().split()
        found = [one for one in self._action_list() if _holds(one.text, sought)]
        return [*found, *self._people(sought)] if sought else found

    def _action_list(self) -> list[Hit]:
        return [
            Hit(action.name, action.shortcut, action.icon or "forward", self._actions[action.id].trigger)
            for action in self._actions.all
            if self._actions[action.id].isEnabled() and action.id != "commands"
        ]

    def _people(self, sought: list[str]) -> list[Hit]:
        session, told = self._session, list[Hit]()
        for family in session.journal.families:
            name = family_name(family, shown=session.shows_cpr)
            known_by = " ".join(f"{one.name.value or ''} {one.key} {one.cpr.value or ''}" for one in family.citizens)
            shown = ", ".join(
                citizen_cpr(citizen, shown=session.shows_cpr) for citizen in family.citizens if citizen.is_child
            )
            for visit in family.visits:
                text = f"{name} · {visit_name(visit, session.standard)} · {visit_day(visit)}"
                if _holds(f"{text} {known_by}", sought):
                    told.append(Hit(text, shown, "children", _go(session, visit.key)))
                if len(told) == _MOST:
                    return told
        return told


def _holds(text: str, sought: list[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in sought)


def _go(session: Session, visit: str) -> Callable[[], None]:
    return lambda: session.select(Where(visit=visit))
