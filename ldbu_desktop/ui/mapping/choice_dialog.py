"""Choose by any word what a column is read as, what a text means, or what is the same for a whole table."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from ldbu_desktop.language import tr
from ldbu_desktop.mapping.links import ColumnLink, ValueLink
from ldbu_desktop.rendering.words import covered
from ldbu_desktop.ui.kit.search_dialog import Hit, SearchDialog
from ldbu_desktop.ui.mapping.choices import Choice, code_choices, found, order_choices, target_choices
from ldbu_desktop.ui.mapping.desk import MappingDesk
from ldbu_desktop.ui.mapping.words import header_words, name_words
from ldbu_desktop.ui.retranslation import Retranslation

_MOST = 200


class ChoiceDialog(SearchDialog):
    """What fits the words is listed, ``first`` of it what Enter takes of what is typed; ``take`` gets it."""

    def __init__(self, desk: MappingDesk, take: Callable[[Choice], object], parent: QWidget) -> None:
        self._take, self._desk = take, desk
        self.choices = self._all()
        self.first: Choice | None = None
        self._is_free = not self.choices
        super().__init__("mappingChoices", Retranslation(), self._title, self._hint, self._found, parent)
        self.list.setVisible(not self._is_free)
        if self._is_free:
            self.resize(self.width(), self.sizeHint().height())

    def _all(self) -> list[Choice]:
        desk, link, place, table = self._desk, self._desk.link, self._desk.place, self._desk.table
        if isinstance(link, ColumnLink) and table is not None:
            visits = (one.target.visit for one in desk.proposal.columns if one.target is not None)
            targets = target_choices(desk.standard, table.shape, filter(None, visits))
            return [*order_choices(link, desk.standard), *targets]
        if place is None:
            return []
        return code_choices(place.variable, desk.standard, is_answer=desk.is_of_one_answer(link))

    def _title(self) -> str:
        link, place = self._desk.link, self._desk.place
        if isinstance(link, ColumnLink):
            return tr("Hvad er »{header}«?", header=header_words(link))
        if isinstance(link, ValueLink):
            value = covered(link.value, shown=self._desk.session.shows_cpr)
            return tr("Hvad betyder »{value}«?", value=value)
        return name_words(place.variable, self._desk.standard) if place is not None else ""

    def _hint(self) -> str:
        if self._is_free:
            return tr("Skriv den, og tryk Enter")
        return tr("Skriv et ord: vægt, feeding, mor, slut …")

    def _found(self, words: str) -> list[Hit]:
        if self._is_free:
            typed = words.strip()
            fitting = [Choice(typed, typed, "", typed)] if typed else []
        else:
            fitting = found(self.choices, words)[:_MOST]
        self.first = next(iter(fitting), None) if words.strip() else None
        return [self._hit(choice) for choice in fitting]

    def _hit(self, choice: Choice) -> Hit:
        about = tr("ikke oplyst") if choice.is_missing else choice.about
        return Hit(choice.words, about, "missing" if choice.is_missing else "forward", partial(self._take, choice))
