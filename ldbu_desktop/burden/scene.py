"""The visit that an estimate is made for, and which fields of a form come up in it whatever is answered."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from ldbu_desktop.burden.needs import Needs
from ldbu_desktop.forms.model import Condition, Form, Who
from ldbu_desktop.standard.model import Standard


class Scene(NamedTuple):
    """A visit as it usually is. ``subject`` is whom it is about; ``age_days`` is None before the birth."""

    visit_type: str
    visit_class: str
    subject: Who
    age_days: int | None
    parents: int

    def times(self, who: Who) -> int:
        """How many citizens a field about ``who`` is asked for: none about a child that is not born."""
        if who is Who.EACH_PARENT:
            return self.parents
        is_unborn = self.subject is Who.EACH_PARENT and self.age_days is None
        return 0 if who is Who.CHILD and is_unborn else 1


class FieldPresence(Enum):
    """Whether a field comes up at a visit."""

    ALWAYS = "always"
    ON_ANSWERS = "on-answers"
    """A certain answer to another field opens it."""
    NEVER = "never"


def usual_scene(form: Form, standard: Standard, parents: int) -> Scene:
    """The usual visit that ``form`` is for: the first of its types, in the middle of its ages."""
    types = {each.id: each for each in standard.visit_types}
    visit_type = next((types[each] for each in form.visits if each in types), None)
    if visit_type is None:
        return Scene("", "", Who.CHILD, None, parents)
    rules = Needs(standard, (visit_type.id,)).rules
    visit_class = rules[0].classes[0] if rules else ""
    subject = Who.EACH_PARENT if visit_type.subject == "parent" else Who.CHILD
    age = None
    if visit_type.from_days is not None and visit_type.to_days is not None:
        age = (visit_type.from_days + visit_type.to_days) // 2
    return Scene(visit_type.id, visit_class, subject, age, parents)


def coming(conditions: Iterable[Condition], scene: Scene) -> FieldPresence:
    """Whether what all of ``conditions`` guard comes up in ``scene``, whatever is answered."""
    return _COMING[_all(_holds(each, scene) for each in conditions)]


_COMING = {True: FieldPresence.ALWAYS, None: FieldPresence.ON_ANSWERS, False: FieldPresence.NEVER}


def _holds(condition: Condition, scene: Scene) -> bool | None:
    """Whether ``condition`` holds; None where that depends on the answers."""
    known = (
        not condition.visits or scene.visit_type in condition.visits,
        not condition.classes or not scene.visit_class or scene.visit_class in condition.classes,
        not condition.subjects or scene.subject in condition.subjects,
        condition.ages is None or _within(condition.ages, scene.age_days),
        None if condition.answers else True,
        _any(_holds(each, scene) for each in condition.any) if condition.any else True,
        *(_not(_holds(each, scene)) for each in condition.none),
    )
    return _all(known)


def _within(ages: tuple[int | None, int | None], age_days: int | None) -> bool:
    start, end = ages
    if age_days is None:
        return start is None and end is None
    return (start is None or start <= age_days) and (end is None or age_days < end)


def _all(held: Iterable[bool | None]) -> bool | None:
    values = tuple(held)
    return False if False in values else None if None in values else True


def _any(held: Iterable[bool | None]) -> bool | None:
    values = tuple(held)
    return True if True in values else None if None in values else False


def _not(held: bool | None) -> bool | None:
    return None if held is None else not held
