"""The smallest case that would exercise something of the standard: one visit of a family that nobody is, filled."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from ldbu_desktop.deliveries.model import SmallestCase
from ldbu_desktop.editing.answers import answered, where_of
from ldbu_desktop.editing.families import new_case
from ldbu_desktop.editing.observations import observed_at
from ldbu_desktop.editing.periods import with_period
from ldbu_desktop.journal.dates import day_of
from ldbu_desktop.journal.fields import (
    INTERVENTION_CODE,
    INTERVENTION_REASONS,
    OBSERVATION_MISSING_REASON,
    OBSERVATION_UNIT,
    VISIT_CLASS,
)  # fmt: skip
from ldbu_desktop.journal.identity import birth_date
from ldbu_desktop.journal.model import Family, Journal, Visit
from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.synthetic.smallest import visit_for
from ldbu_desktop.use_cases.opening import opened
from ldbu_desktop.workspace.workspace import Workspace

_PEOPLE = ("child", "parent")
_UNKNOWN = "unknown"
"""The reason that is always accepted."""


def open_smallest(case: SmallestCase, standard: Standard, today: date) -> tuple[Workspace, Where]:
    """Work with the case in it, which is kept nowhere, and where in it the thing stands.

    Raises :class:`KeyError` for what no visit can have.
    """
    family, visit = visit_for(case, standard, today)
    own = {one.key for one in visit.interventions}
    visit = replace(visit, based_on=tuple(one for one in visit.based_on if one.value in own))
    alone = replace(family, visits=(visit,), unplaced=())
    journal = replace(new_case(), families=(alone,))
    if case.visit_class:
        journal = answered(journal, where_of(Where(alone.key, visit.key), VISIT_CLASS), case.visit_class, standard)
    journal, where = _with_answer(journal, alone, visit, case, standard)
    return opened(standard, journal, is_filled=True), where


def _with_answer(
    journal: Journal, family: Family, visit: Visit, case: SmallestCase, standard: Standard
) -> tuple[Journal, Where]:
    subject = visit.subject.value or ""
    variable = standard.variable.get(case.variable)
    whom = case.subject or (variable.subject if variable is not None else "")
    fitting = [one.key for one in family.citizens if whom not in _PEOPLE or one.is_child == (whom == "child")]
    if subject not in fitting and fitting:
        subject = fitting[0]
    at = Where(family.key, visit.key, subject=subject)
    if case.questionnaire:
        whose = next(
            (one.subject.value for one in visit.responses if one.questionnaire.value == case.questionnaire), ""
        )
        return journal, at._replace(questionnaire=case.questionnaire, subject=whose or subject)
    if variable is None:
        return journal, at
    where = where_of(at, case.variable)
    if case.variable == INTERVENTION_REASONS:
        journal, where = _with_intervention(journal, where, standard)
    if case.is_missing or case.is_left_out:
        # Whoever it is told of: one value that is there is enough for a rule of the gateway.
        told = [one for one in visit.observations if one.variable.value == case.variable]
        places = [where._replace(subject=one.subject.value or "", record=one.key) for one in told] or [where]
        if case.is_missing:
            places = [one._replace(field=OBSERVATION_MISSING_REASON) for one in places]
        for one in places:
            journal = answered(journal, one, _UNKNOWN if case.is_missing else "", standard)
        return journal, where
    if case.is_period:
        return _with_period(journal, where, case.value, standard)
    if case.unit:
        return _in_unit(journal, where, case.unit, standard), where
    return (answered(journal, where, case.value, standard) if case.value else journal), where


def _in_unit(journal: Journal, where: Where, unit: str, standard: Standard) -> Journal:
    """A number in another unit than it is told in."""
    (visit,) = journal.families[0].visits
    number = observed_at(visit, where).value
    told_in = observed_at(visit, where._replace(field=OBSERVATION_UNIT)).value
    variable = standard.variable[where.variable]
    factors = {one.code: one.factor for one in variable.units}
    if not isinstance(number, Decimal) or told_in not in factors or told_in == unit:
        return journal
    other = round(number * factors[str(told_in)] / factors[unit], variable.decimals or 0).normalize()
    return answered(answered(journal, where, "", standard), where, f"{other:f}", standard, unit)


def _with_period(journal: Journal, where: Where, value: str, standard: Standard) -> tuple[Journal, Where]:
    """A period from the birth of the child to the visit."""
    (family,) = journal.families
    (visit,) = family.visits
    (cpr,) = (one.cpr.value for one in family.citizens if one.key == where.subject)
    days = (birth_date(cpr or ""), day_of(visit.start.value) if visit.start.value is not None else None)
    begin, end = (day.isoformat() if day is not None else "" for day in days)
    answer = value or next(iter(standard.concepts(standard.variable[where.variable])))
    journal = with_period(journal, where, answer, begin, end, standard)
    (visit,) = journal.families[0].visits
    return journal, where._replace(record=visit.observations[-1].key)


def _with_intervention(journal: Journal, where: Where, standard: Standard) -> tuple[Journal, Where]:
    """One more intervention at a visit, since there is no reason for none; and the place in it."""
    code = next(iter(standard.concepts(standard.variable[INTERVENTION_CODE])))
    journal = answered(journal, where._replace(field=INTERVENTION_CODE), code, standard)
    (visit,) = journal.families[0].visits
    return journal, where._replace(record=visit.interventions[-1].key)
