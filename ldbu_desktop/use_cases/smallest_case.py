"""The smallest case that would exercise something of the standard: one visit of a family that nobody is, filled."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from ldbu_desktop.deliveries.model import SmallestCase
from ldbu_desktop.editing.answers import answered, where_of
from ldbu_desktop.editing.families import new_case
from ldbu_desktop.journal.fields import (
    INTERVENTION_CODE,
    INTERVENTION_REASONS,
    OBSERVATION_MISSING_REASON,
    VISIT_CLASS,
)  # fmt: skip
from ldbu_desktop.journal.model import Family, Journal, Visit
from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.synthetic.smallest import visit_for
from ldbu_desktop.use_cases.opening import opened
from ldbu_desktop.workspace.workspace import Workspace

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
    parents = [one.key for one in family.citizens if not one.is_child]
    children = [one.key for one in family.citizens if one.is_child]
    if variable is not None and variable.subject == "parent" and subject not in parents and parents:
        subject = parents[0]
    if variable is not None and variable.subject == "child" and subject not in children and children:
        subject = children[0]
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
    return (answered(journal, where, case.value, standard) if case.value else journal), where


def _with_intervention(journal: Journal, where: Where, standard: Standard) -> tuple[Journal, Where]:
    """One more intervention at a visit, since there is no reason for none; and the place in it."""
    code = next(iter(standard.concepts(standard.variable[INTERVENTION_CODE])))
    journal = answered(journal, where._replace(field=INTERVENTION_CODE), code, standard)
    (visit,) = journal.families[0].visits
    return journal, where._replace(record=visit.interventions[-1].key)
