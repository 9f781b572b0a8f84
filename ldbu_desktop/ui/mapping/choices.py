"""What a column or a text may be read as, found by any word: of both languages, and of the standard's own ids."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from ldbu_desktop.journal.fields import CITIZEN_CPR, OBSERVATION_MISSING_REASON, OBSERVATION_SUBJECT, OBSERVATION_UNIT
from ldbu_desktop.journal.written_dates import DateForm, days_by_form
from ldbu_desktop.language import Language
from ldbu_desktop.mapping.decisions import asks_order
from ldbu_desktop.mapping.links import (
    NOT_THIS_ANSWER,
    OBSERVATION_VALUE,
    OBSERVATION_VARIABLE,
    ColumnLink,
    Part,
    Subject,
    TableShape,
    Target,
)
from ldbu_desktop.rendering.proposal import BOOLEANS, OBSERVED, ORDERS
from ldbu_desktop.ui.mapping.words import (
    SUBJECTS,
    about_words,
    coded_words,
    name_words,
    target_words,
)

if TYPE_CHECKING:
    from ldbu_desktop.standard.model import Standard, Variable

_PARENTS = (Subject.PARENT_1, Subject.PARENT_2, Subject.PARENT)
_SUBJECTS = {"child": (Subject.CHILD,), "parent": _PARENTS, "either": (Subject.CHILD, *_PARENTS)}


class Choice(NamedTuple):
    """Something to choose: what it is, its words in the language in use, and all words that find it, folded.

    ``what`` is a target of a column, or the code of a value; ``is_missing`` tells that the code is a reason why there
    is no value.
    """

    what: Target | str
    words: str
    about: str
    sought: str
    is_missing: bool = False

    def fits(self, words: Sequence[str]) -> bool:
        """Whether every one of ``words``, which are folded, begins or stands in one of its own."""
        return all(word in self.sought for word in words)


def folded(words: str) -> list[str]:
    """Words as they are compared."""
    return words.casefold().split()


def found(choices: Sequence[Choice], words: str) -> list[Choice]:
    """The choices that hold all words: first those whose own name begins with them, otherwise in their order."""
    sought = folded(words)
    if not sought:
        return list(choices)
    fitting = [one for one in choices if one.fits(sought)]
    start = " ".join(sought)
    return sorted(fitting, key=lambda one: (not one.words.casefold().startswith(start), len(one.words)))


def target_choices(standard: Standard, shape: TableShape, visits: Iterable[str] = ()) -> list[Choice]:
    """What a column of a table of ``shape`` may be read as; ``visits`` are the visit types that it has blocks for."""
    made = []
    for target in _targets(standard, shape):
        made.append(_target_choice(target, standard))
        if shape is TableShape.CHILD and target.variable.partition(".")[0] not in ("citizen", "school"):
            for visit in dict.fromkeys((*visits, *standard.visit_type_by_code)):
                made.append(_target_choice(replace(target, visit=visit), standard))
    return made


def order_choices(link: ColumnLink, standard: Standard) -> list[Choice]:
    """The orders that the dates of a column may be written in, where that is asked."""
    if not asks_order(link) or link.target is None or link.profile is None:
        return []
    dates = [days_by_form(sample, date.max.year) for sample in link.profile.samples]
    orders = [order for order in DateForm if dates and all(days.get(order) is not None for days in dates)]
    return [
        _target_choice(replace(link.target, order=order), standard)._replace(words=ORDERS[order]()) for order in orders
    ]


def _target_choice(target: Target, standard: Standard) -> Choice:
    words, about = target_words(target, standard), about_words(target, standard)
    names = (name_words(target.variable, standard, language) for language in Language)
    return Choice(target, words, about, " ".join((words, about, *names, target.variable, target.part)).casefold())


def _targets(standard: Standard, shape: TableShape) -> Iterator[Target]:
    if shape is TableShape.OBSERVATION:
        yield Target(OBSERVATION_VARIABLE, Part.NAME)
        yield Target(OBSERVATION_VALUE)
        yield Target(OBSERVATION_UNIT, Part.UNIT)
        yield Target(OBSERVATION_SUBJECT)
    for variable in standard.variables:
        yield from _of_variable(variable)
    for questionnaire in standard.questionnaires:
        for item in questionnaire.items:
            for subject in _SUBJECTS[questionnaire.subject]:
                yield Target(f"{questionnaire.id}/{item.link_id}", subject=subject)


def _of_variable(variable: Variable) -> Iterator[Target]:
    if variable.record == "answer" or variable.id in OBSERVED or variable.kind == "reference":
        return
    if variable.record in ("observation", "citizen"):
        subjects: tuple[Subject | None, ...] = _SUBJECTS[variable.subject]
    else:
        subjects = (None,)
    for subject in subjects:
        for unit in variable.units:
            yield Target(variable.id, Part.VALUE, subject, unit=unit.code)
        for part in _parts(variable):
            yield Target(variable.id, part, subject)


def _parts(variable: Variable) -> Iterator[Part]:
    if variable.kind == "moment":
        yield Part.END if variable.id.endswith(".end") else Part.START
        yield Part.DATE
        yield Part.TIME
        return
    if variable.kind == "identifier":
        yield Part.CPR if variable.id == CITIZEN_CPR else Part.VALUE
        return
    yield Part.VALUE
    if variable.kind == "concept" and not variable.repeats and variable.record in ("observation", "visit"):
        yield Part.ANSWER
    if variable.kind == "quantity":
        yield Part.UNIT
    if variable.record == "observation" and variable.missing_reason != "refused":
        yield Part.MISSING_REASON
    if variable.takes_period:
        yield Part.START
        yield Part.END


def code_choices(variable: str, standard: Standard, *, is_answer: bool = False) -> list[Choice]:
    """What a value of a variable may be read as; last the reasons why there is none, where it may have one.

    ``is_answer``: it stands in a column of one answer, and may say that it is not that one.
    """
    made = [_code_choice(code, variable, standard) for code in _codes(variable, standard)]
    if is_answer:
        return [*made, _code_choice(NOT_THIS_ANSWER, variable, standard)]
    known = standard.variable.get(variable)
    if known is not None and known.record == "observation" and known.missing_reason != "refused":
        reasons = standard.concepts(standard.variable[OBSERVATION_MISSING_REASON])
        made += [_code_choice(code, OBSERVATION_MISSING_REASON, standard, is_missing=True) for code in reasons]
    return made


def is_coded(variable: str, standard: Standard) -> bool:
    """Whether the values of a variable are codes or fixed answers."""
    return bool(_codes(variable, standard))


def _codes(variable: str, standard: Standard) -> Collection[str]:
    if variable == OBSERVATION_SUBJECT:
        return SUBJECTS
    if variable in OBSERVED:
        return [one.id for one in standard.observed]
    asked, _, link_id = variable.partition("/")
    if link_id and asked in standard.questionnaire:
        item = standard.questionnaire[asked].by_link_id.get(link_id)
        if item is None:
            return ()
        return BOOLEANS if item.type == "boolean" else item.options
    known = standard.variable.get(variable)
    if known is None:
        return ()
    return BOOLEANS if known.kind == "boolean" else standard.concepts(known)


def _code_choice(code: str, variable: str, standard: Standard, *, is_missing: bool = False) -> Choice:
    names = (coded_words(code, variable, standard, language) for language in Language)
    return Choice(code, coded_words(code, variable, standard), "", " ".join((*names, code)).casefold(), is_missing)
