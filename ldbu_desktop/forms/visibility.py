"""Which sections and fields of a form show at a visit, and for whom: a pure function of what is known so far."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from ldbu_desktop.forms.model import Condition, Field, Form, Section, Who


class Asked(NamedTuple):
    """A field by its id, for one citizen by key: a field about each parent is asked for each. Of the visit it is ""."""

    field: str
    citizen: str = ""


class VisitState(NamedTuple):
    """What is known of a visit while it is filled.

    ``subject`` is the key of the citizen that the visit is about; ``child`` is "" before there is one. ``age_days`` is
    the child's age at the visit, None before the birth or where it is not known. ``answers`` are codes as text (of a
    question: an option, a number, ``true`` or ``false``), several where a field takes several; what has no code is any
    text. ``recorded`` are the fields for which anything else is written: why there is no value, or what can't be read.
    """

    visit_type: str = ""
    visit_class: str = ""
    age_days: int | None = None
    subject: str = ""
    child: str = ""
    parents: tuple[str, ...] = ()
    answers: Mapping[Asked, Collection[str]] = {}
    recorded: Collection[Asked] = frozenset()


class ShownField(NamedTuple):
    """A field that shows, for one citizen. ``fits`` is false where it shows only because of what is recorded."""

    field: Field
    citizen: str
    fits: bool = True

    @property
    def asked(self) -> Asked:
        """The field and whom it is asked for."""
        return Asked(self.field.id, self.citizen)


class ShownSection(NamedTuple):
    """A section with those of its fields that show; it has at least one."""

    section: Section
    fields: tuple[ShownField, ...]


def shown_sections(form: Form, state: VisitState) -> tuple[ShownSection, ...]:
    """The sections of ``form`` that show, in its order.

    What is answered or otherwise recorded always shows, so that nothing is sent that nobody sees. Where fields about
    each parent follow each other, all of the first parent's come before the second's.
    """
    shown = []
    for section in form.sections:
        fields = tuple(_shown(section, state))
        if fields:
            shown.append(ShownSection(section, fields))
    return tuple(shown)


def shown_fields(form: Form, state: VisitState) -> tuple[ShownField, ...]:
    """The fields of ``form`` that show, in its order, each once for each citizen that it is about."""
    return tuple(field for section in shown_sections(form, state) for field in section.fields)


def citizens(who: Who | None, state: VisitState) -> tuple[str, ...]:
    """The keys of those whom a field is about at a visit; "" for the visit itself, none where there is nobody."""
    match who:
        case Who.VISIT:
            return ("",)
        case Who.EACH_PARENT:
            return state.parents
        case Who.CHILD:
            return (state.child,) if state.child else ()
    return (state.subject,)


def holds(condition: Condition, state: VisitState, citizen: str = "") -> bool:
    """Whether ``condition`` holds for a field that is about ``citizen``.

    A parent's answers count for that parent's fields; for fields about others any parent's count.
    """
    if condition.visits and state.visit_type not in condition.visits:
        return False
    if condition.classes and state.visit_class not in condition.classes:
        return False
    if condition.subjects and _role(state) not in condition.subjects:
        return False
    if condition.ages is not None and not _is_within(condition.ages, state.age_days):
        return False
    if condition.answers and not all(_is_answered(*asked, state, citizen) for asked in condition.answers.items()):
        return False
    if condition.any and not any(holds(each, state, citizen) for each in condition.any):
        return False
    return not any(holds(each, state, citizen) for each in condition.none)


def deciding_fields(form: Form) -> frozenset[str]:
    """The ids of the fields whose answers decide what else of ``form`` shows."""
    conditions = [section.shown for section in form.sections] + [field.shown for field in form.fields]
    return frozenset(id for condition in conditions for id in _asked_in(condition))


def _asked_in(condition: Condition) -> Iterator[str]:
    yield from condition.answers
    for each in (*condition.any, *condition.none):
        yield from _asked_in(each)


def _shown(section: Section, state: VisitState) -> Iterator[ShownField]:
    """The fields that show; fields about each parent that follow each other are told parent by parent."""
    waiting: list[Field] = []
    for field in section.fields:
        if field.who is Who.EACH_PARENT:
            waiting.append(field)
            continue
        yield from _by_citizen(section, waiting, state.parents, state)
        waiting.clear()
        yield from _by_citizen(section, [field], citizens(field.who, state), state)
    yield from _by_citizen(section, waiting, state.parents, state)


def _by_citizen(
    section: Section, fields: list[Field], keys: tuple[str, ...], state: VisitState
) -> Iterator[ShownField]:
    for citizen in keys:
        for field in fields:
            if holds(section.shown, state, citizen) and holds(field.shown, state, citizen):
                yield ShownField(field, citizen)
            elif state.answers.get(asked := Asked(field.id, citizen)) or asked in state.recorded:
                yield ShownField(field, citizen, fits=False)


def _role(state: VisitState) -> Who:
    """Whom the visit is about: before the birth, or with a need of their own, a parent."""
    return Who.EACH_PARENT if state.subject in state.parents else Who.CHILD


def _is_within(ages: tuple[int | None, int | None], age_days: int | None) -> bool:
    first, end = ages
    if first is None and end is None:
        return True
    if age_days is None:
        return False
    return (first is None or first <= age_days) and (end is None or age_days < end)


def _is_answered(id: str, codes: tuple[str, ...], state: VisitState, citizen: str) -> bool:
    """Whether a field has one of ``codes`` (none: any) as its answer, as far as ``citizen`` is concerned."""
    parents = (citizen,) if citizen in state.parents else state.parents
    for key in ("", state.subject, state.child, *parents):
        answers = state.answers.get(Asked(id, key), ())
        if answers and (not codes or any(code in codes for code in answers)):
            return True
    return False
