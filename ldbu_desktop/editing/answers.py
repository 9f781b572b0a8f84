"""Answers of a form: what stands at a place in the journal, and the journal with another answer there."""

from __future__ import annotations

from ldbu_desktop.characters import plain
from ldbu_desktop.editing.interventions import intervened, intervened_at
from ldbu_desktop.editing.observations import observed, observed_at
from ldbu_desktop.editing.responses import responded, responded_at
from ldbu_desktop.editing.values import edited
from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.fields import FIELDS, entry_at
from ldbu_desktop.journal.model import EMPTY, Entry, Intervention, Journal, Observation, Visit
from ldbu_desktop.journal.records import find_visit
from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.model import Standard


def where_of(visit: Where, asked: str) -> Where:
    """Where at ``visit`` the answer stands to what the catalogue calls ``asked``: a variable, or a part of a record."""
    return visit._replace(field=asked) if "." in asked else visit._replace(variable=asked)


def answer_at(journal: Journal, where: Where) -> Entry[object]:
    """What stands at ``where``; an empty entry where nothing does."""
    found = find_visit(journal, where.family, where.visit)
    if found is None:
        return EMPTY
    visit = found[1]
    if where.questionnaire:
        return responded_at(visit, where)
    if where.field in FIELDS[Visit]:
        return entry_at(visit, where.field, where.number)
    if where.field in FIELDS[Intervention]:
        return intervened_at(visit, where)
    return observed_at(visit, where)


def answered(journal: Journal, where: Where, raw: str, standard: Standard, unit: str = "") -> Journal:
    """``journal`` with ``raw`` as the answer at ``where``, read as a file's text is.

    Where there is no record yet it is made; one that is emptied is taken away. A value and a reason for having none
    take each other's place. Without a record's key a variable that takes several gets one more, and so does a list
    without a number. ``unit`` is that of a number typed without one, the variable's first if it is empty. Nothing is
    judged: what can't be read is kept as it was typed. Raises :class:`CallFault` where there is no such visit, or
    nothing of that name.
    """
    raw, found = plain(raw), find_visit(journal, where.family, where.visit)
    if found is None or not _is_known(where, standard):
        raise CallFault("edit-nowhere", field=where.field or where.variable or where.link_id)
    family, visit = found
    if where.questionnaire:
        return responded(journal, family, visit, where, raw, standard)
    if where.field in FIELDS[Visit]:
        listed = len(visit.based_on) if where.number is None else where.number
        return edited(journal, Where(family.key, visit.key, "", where.field, number=listed), raw, standard)
    if where.field in FIELDS[Intervention]:
        return intervened(journal, family, visit, where, raw, standard)
    return observed(journal, family, visit, where, raw, standard, unit)


def _is_known(where: Where, standard: Standard) -> bool:
    """Whether there is something of that name, with such a part."""
    if where.questionnaire:
        return where.questionnaire in standard.questionnaire
    if where.field in FIELDS[Visit] or where.field in FIELDS[Intervention]:
        return True
    variable = standard.variable.get(where.variable)
    return variable in standard.observed and (not where.field or where.field in FIELDS[Observation])
