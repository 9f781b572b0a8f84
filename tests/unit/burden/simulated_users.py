"""People who do not exist, filling forms key by key and click by click.

The estimate adds up averages by formula. Here nothing is added up by formula: a person is drawn from the
operators' published spread, and every keystroke, every way of the mouse (by distance and size of its target,
with the law of Card, Moran and Newell), every click, every move of the hand, every word and every hesitation
takes a time of its own. Keys are missed and words are skipped; wrong answers are noticed and mended; people
look up from the screen, and sometimes know the answer before they have read the question.

What it can show: that the arithmetic holds for people who differ as the sources say, and that measuring mends the rest.
What it can't show: that health visitors differ as the sources say. No real person's timing is in it.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from ldbu_desktop.burden.assumptions import shipped_assumptions
from ldbu_desktop.forms.model import Field, Form, Prefill, Widget
from ldbu_desktop.forms.visibility import VisitState, shown_fields
from ldbu_desktop.standard.model import Concept, Standard, Variable

_TENTH = 1.2816
"""Standard deviations from the middle to the tenth that is slowest: what low and high are taken to mean."""

_ALIKE = 0.6
"""How far one who is slow at one thing is slow at another."""


def chance(seed: int) -> random.Random:
    """Chance that is the same each time."""
    return random.Random(seed)  # noqa: S311 - people are drawn, and no secrets


def _around(rng: random.Random, mean: float, spread: float) -> float:
    """A time around ``mean``, never below nothing; ``spread`` is the deviation of its logarithm."""
    return mean * math.exp(rng.gauss(-spread * spread / 2, spread))


def usual_fields(form: Form, standard: Standard) -> tuple[Field, ...]:
    """The fields that show at the visit that a form is for, at the middle of its ages, with a child and its mother.

    What is folded away stays so.
    """
    [visit_type] = [each for each in standard.visit_types if each.id == form.visits[0]]
    child = "" if visit_type.subject == "parent" else "child"
    age = None
    if child:
        age = sum(each for each in (visit_type.from_days, visit_type.to_days) if each is not None) // 2
    at = "AMB" if visit_type.is_at_school else "HH"
    visit = VisitState(visit_type.id, at, age, child or "mother", child, ("mother",))
    return tuple(shown.field for shown in shown_fields(form, visit) if not shown.field.optional)


@dataclass(frozen=True)
class Person:
    """How one person works: their own time for each operator, and how often they slip, skip and look up."""

    key: float
    pointing: float
    thought: float
    word: float
    slips_a_key: float
    wrong_choices: float
    options_read: float
    looks_up: float
    knows_before: float


def person(rng: random.Random) -> Person:
    """Somebody drawn from the published spread: one in ten is quicker than low, one in ten slower than high."""
    slowness = rng.gauss(0, 1)

    def drawn(name: str, *, is_pace: bool = False) -> float:
        known = shipped_assumptions()[name].default
        assert known is not None
        low, typical, high = known.low, known.typical, known.high
        if is_pace:
            low, typical, high = 60 / low, 60 / typical, 60 / high
        own = _ALIKE * slowness + math.sqrt(1 - _ALIKE * _ALIKE) * rng.gauss(0, 1)
        return typical * math.exp(own / _TENTH * math.log(high / typical if own > 0 else typical / low))

    errors = drawn("p_err")
    return Person(
        key=drawn("K"),
        pointing=drawn("P") / 1.1,
        thought=drawn("M"),
        word=drawn("words_per_minute", is_pace=True),
        slips_a_key=errors / 4,
        wrong_choices=errors,
        options_read=rng.uniform(0.7, 1.0),
        looks_up=rng.uniform(0.0, 0.10),
        knows_before=rng.uniform(0.0, 0.20),
    )


class Filling:
    """One person filling one form once. ``seconds`` is what the clock says at the end."""

    def __init__(self, who: Person, rng: random.Random, standard: Standard) -> None:
        self.seconds = 0.0
        self._who = who
        self._rng = rng
        self._standard = standard
        self._on_keys = False

    def fill(self, fields: Sequence[Field]) -> float:
        """Fill every field in its order, then save."""
        for field in fields:
            if self._rng.random() < self._who.looks_up:
                self.seconds += self._rng.uniform(1.0, 4.0)
            self._fill(field)
        self._think()
        self._to_mouse()
        self._click_on_something()
        return self.seconds

    def _fill(self, field: Field) -> None:
        if field.questionnaire:
            for item in self._standard.questionnaire[field.questionnaire].items:
                if item.link_id != self._standard.questionnaire[field.questionnaire].score:
                    self._read(item.label.da)
                    self._choose(is_list=False)
            return
        variable = self._standard.variable[field.variable]
        options = list(self._standard.concepts(variable).values())
        self._read(variable.label.da)
        if field.prefill is not Prefill.NONE or field.proposed:
            if options:
                self._read(self._rng.choice(options).label.da)
            self._choose(is_list=False)
        elif variable.record == "intervention":
            reasons = self._standard.concepts(self._standard.variable["intervention.reasons"])
            self._search(options)
            self._search(list(reasons.values()))
        elif field.widget is Widget.FINDINGS:
            self._search(options)
        elif options:
            for concept in options:
                if self._rng.random() < self._who.options_read:
                    self._read(concept.label.da)
            self._choose(is_list=field.widget is Widget.LIST)
        else:
            self._type(self._answer(variable))

    def _answer(self, variable: Variable) -> str:
        """What somebody writes: grams whole, centimetres to the half, a date and time, or a number of six digits."""
        if variable.kind == "moment":
            return "020320261200"
        if not variable.units:
            return "123456"
        if variable.units[0].code == "g":
            return str(self._rng.randrange(4500, 6500, 10))
        return f"{self._rng.randrange(70, 120) / 2:.1f}".replace(".", ",")

    def _search(self, options: Sequence[Concept]) -> None:
        """Think of a word, type its beginning, read what is proposed until it is there, and take it."""
        self._type("word"[: self._rng.randint(2, 4)])
        for concept in self._rng.sample(options, self._rng.randint(1, 4)):
            self._read(concept.label.da)
        self._think()
        self._press()

    def _read(self, text: str) -> None:
        for word in text.split():
            # A long word takes longer; six letters are usual.
            self.seconds += _around(self._rng, self._who.word * (0.7 + 0.05 * len(word)), 0.3)

    def _think(self) -> None:
        if self._rng.random() >= self._who.knows_before:
            self.seconds += self._rng.gammavariate(4.0, self._who.thought / 4.0)

    def _point(self) -> None:
        distance, size = self._rng.uniform(60, 700), self._rng.uniform(16, 110)
        self.seconds += self._who.pointing * _around(self._rng, 0.8 + 0.1 * math.log2(distance / size + 0.5), 0.15)

    def _click(self) -> None:
        self.seconds += _around(self._rng, 0.1, 0.2) + _around(self._rng, 0.1, 0.2)

    def _click_on_something(self) -> None:
        self._point()
        self._click()

    def _home(self) -> None:
        self.seconds += _around(self._rng, 0.4, 0.2)

    def _to_mouse(self) -> None:
        if self._on_keys:
            self._home()
        self._on_keys = False

    def _press(self) -> None:
        self.seconds += _around(self._rng, self._who.key, 0.35)

    def _type(self, answer: str) -> None:
        self._think()
        if self._on_keys:
            self._press()
        else:
            self._click_on_something()
            self._home()
            self._on_keys = True
        for _ in answer:
            self._press()
            if self._rng.random() < self._who.slips_a_key:
                self._mend_key()

    def _mend_key(self) -> None:
        """A wrong key: seen after none to three more, then all are wiped and typed again."""
        wrong = 1 + self._rng.randrange(4)
        self.seconds += _around(self._rng, 0.6, 0.3)
        for _ in range(2 * wrong):
            self._press()

    def _choose(self, *, is_list: bool) -> None:
        self._think()
        self._to_mouse()
        if is_list:
            self._click_on_something()
        self._click_on_something()
        if self._rng.random() < self._who.wrong_choices:
            self.seconds += _around(self._rng, 0.6, 0.3)
            self._think()
            if is_list:
                self._click_on_something()
            self._click_on_something()
