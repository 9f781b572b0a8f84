"""One field: what it takes to fill it with the widget that it has, and the words that it shows."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.burden.assumptions import Assumptions
from ldbu_desktop.burden.interactions import HandPosition, shipped_interactions
from ldbu_desktop.burden.model import NOTHING, Band
from ldbu_desktop.forms.field_defaults import fitting_subjects, fitting_widgets, item_of
from ldbu_desktop.forms.model import Field, Prefill, Who, Widget
from ldbu_desktop.journal.fields import INTERVENTION_CODE, INTERVENTION_REASONS
from ldbu_desktop.language import Language
from ldbu_desktop.standard.model import Item, Standard, Variable

_BY_MOUSE = {
    Widget.CHOICE: "choice",
    Widget.SWITCH: "choice",
    Widget.PERIODS: "choice",
    Widget.LIST: "list",
    Widget.NUMBER: "number",
    Widget.MOMENT: "number",
    Widget.TEXT: "number",
    Widget.FINDINGS: "search",
    Widget.INTERVENTIONS: "search",
}
_BY_KEYS = {
    "choice": "choice-keys",
    "list": "list-keys",
    "number": "number-tab",
    "text": "text-keys",
    "search": "search-tab",
}
_REACHED_BY_TAB = frozenset({"number"})
"""What is reached by Tab when the hand is on the keys, also by one who uses the mouse."""

_CODES_OF_AN_INTERVENTION = (INTERVENTION_CODE, INTERVENTION_REASONS)


class FieldTime(NamedTuple):
    """Seconds that filling a field takes, and where the hand is then."""

    entry: Band
    reading: Band
    hands: HandPosition


class Described(NamedTuple):
    """A field as the form shows it: its variable or item where it has one, its widget and whom it is about."""

    field: Field
    widget: Widget
    who: Who
    variable: Variable | None = None
    item: Item | None = None

    @property
    def name(self) -> str:
        """The id of what is filled: a variable, an item or a questionnaire."""
        return self.field.variable or self.field.link_id or self.field.questionnaire

    @property
    def is_free_text(self) -> bool:
        """Whether it takes sentences. No variable of the standard does: what is written of one is a number or a key."""
        return self.widget is Widget.TEXT and self.variable is None

    @property
    def is_proposed(self) -> bool:
        """Whether an answer is proposed, which only has to be confirmed."""
        return self.field.prefill is not Prefill.NONE or self.field.proposed != ""


def described(field: Field, standard: Standard, questionnaire: str = "") -> Described:
    """``field`` with what follows from the catalogue where the form does not say."""
    widgets, about = fitting_widgets(field, standard, questionnaire), fitting_subjects(field, standard)
    return Described(
        field,
        field.widget or (widgets[0] if widgets else Widget.TEXT),
        field.who or (about[0] if about else Who.SUBJECT),
        standard.variable.get(field.variable),
        item_of(field, standard, questionnaire),
    )


class Conditions(NamedTuple):
    """What an estimate is made under; ``age_days`` is the child's age, None where that is not known."""

    standard: Standard
    assumptions: Assumptions
    language: Language = Language.DANISH
    age_days: int | None = None


def work(known: Described, under: Conditions, hands: HandPosition, keys: int = 0) -> FieldTime:
    """What it takes to fill a field once without errors, the hand being where the field before left it.

    ``keys`` is how many keys the answer has, where that is known.
    """
    assumptions = under.assumptions
    name = "choice" if known.is_proposed else "text" if known.is_free_text else _BY_MOUSE[known.widget]
    by_tab = hands is HandPosition.KEYS and name in _REACHED_BY_TAB
    with_keys = assumptions.is_on("keyboard")
    interaction = shipped_interactions()[_BY_KEYS[name] if by_tab or with_keys else name]
    typed = Band(keys, keys, keys) if keys else _keys(known, assumptions, under.age_days)
    entry = interaction.seconds(assumptions, typed, assumptions["text_sentences"])
    if known.widget is Widget.INTERVENTIONS and name == "search":
        entry = entry * len(_CODES_OF_AN_INTERVENTION)
    if hands is HandPosition.KEYS and not by_tab and not with_keys:
        entry = entry + assumptions["H"]
    return FieldTime(
        entry,
        assumptions.word * (_option_words(known, under) + _label_words(known, under.language)),
        interaction.hands_after,
    )


def _keys(known: Described, assumptions: Assumptions, age: int | None) -> Band:
    """How many keys an answer that is typed takes."""
    if known.widget is Widget.NUMBER and (counted := _number_keys(known, age)):
        return Band(counted, counted, counted)
    key = {
        Widget.NUMBER: "number_keys",
        Widget.MOMENT: "moment_keys",
        Widget.FINDINGS: "search_keys",
        Widget.INTERVENTIONS: "search_keys",
        Widget.TEXT: "text_keys" if known.is_free_text else "identifier_keys",
    }.get(known.widget)
    return assumptions[key] if key else NOTHING


def _number_keys(known: Described, age: int | None) -> int:
    """The keys of a usual number at an age: the middle of what is plausible; 0 where nothing is known of it."""
    if known.item is not None:
        return len(str(known.item.max)) if known.item.max is not None else 0
    variable = known.variable
    if variable is None or age is None:
        return 0
    middle = next(
        ((each.low + each.high) / 2 for each in variable.ranges if each.from_days <= age < each.to_days), None
    )
    if middle is None:
        return 0
    unit = next((each for each in variable.units if each.code == known.field.unit), variable.units[0])
    decimals = unit.written_decimals if unit.written_decimals is not None else variable.decimals or 0
    return len(f"{middle / unit.factor:.{decimals}f}")


def _label_words(known: Described, language: Language) -> Band:
    said = known.item or known.variable
    words = _words(said.label, language) if said is not None else 0
    words += _words(known.field.hint, language) if known.field.hint is not None else 0
    return Band(words, words, words)


def _option_words(known: Described, under: Conditions) -> Band:
    """The words of the answers to choose from, as far as they are read."""
    standard, assumptions, language, _ = under
    if known.item is not None:
        sets = [[len(option.split()) for option in known.item.options]]
    elif known.widget is Widget.INTERVENTIONS:
        sets = [_option_counts(standard.variable[each], standard, language) for each in _CODES_OF_AN_INTERVENTION]
    elif known.variable is not None:
        sets = [_option_counts(known.variable, standard, language)]
    else:
        return NOTHING
    an_option = sum(sum(counts) / max(len(counts), 1) for counts in sets)
    if known.is_proposed:
        return Band(an_option, an_option, an_option)
    if known.widget in {Widget.FINDINGS, Widget.INTERVENTIONS}:
        # Of a long value set only the proposals are read that typing leaves.
        return assumptions["search_matches"] * an_option
    return assumptions["options_read"] * sum(map(sum, sets))


def _option_counts(variable: Variable, standard: Standard, language: Language) -> list[int]:
    return [_words(concept.label, language) for concept in standard.concepts(variable).values()]


@cache
def _words(text: Text, language: Language) -> int:
    return len(text[language].split())
