"""Visits of a case: begun, one beside another, and taken away again."""

from __future__ import annotations

from msgspec.structs import replace

from ldbu_desktop.editing.families import is_told_of, without_people
from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.dates import day_of
from ldbu_desktop.journal.fields import VISIT_START, VISIT_STATUS, VISIT_TYPE
from ldbu_desktop.journal.keys import free_key
from ldbu_desktop.journal.model import EMPTY, Entry, Family, Journal, Moment, Visit
from ldbu_desktop.journal.records import family_in, visit_in, with_family_as
from ldbu_desktop.mapping.vocabulary import vocabulary_of
from ldbu_desktop.standard.model import Standard


def with_visit(
    journal: Journal,
    family: str,
    visit_type_id: str,
    subject_key: str,
    visit_class: str,
    start: Moment,
    standard: Standard,
) -> tuple[Journal, str]:
    """``journal`` with one more visit of a family, and its key. ``visit_class`` is empty where it is not known yet.

    A visit before the birth takes children out of the family of whom nothing is known: there is no child yet.
    """
    known = family_in(journal, family)
    visit_type = next((one for one in standard.visit_types if one.id == visit_type_id), None)
    if visit_type is None:
        raise CallFault("edit-nowhere", field=VISIT_TYPE)
    visit = Visit(
        visit_key(journal, subject_key, visit_type_id, start),
        Entry(subject_key),
        Entry(visit_type.code),
        Entry(visit_class) if visit_class else EMPTY,
        vocabulary_of(standard).default(VISIT_STATUS),
        Entry(start),
    )
    after = _without_unborn(known, subject_key) if visit_type.subject == "parent" else known
    return with_family_as(journal, known, replace(after, visits=(*known.visits, visit))), visit.key


def with_visit_beside(
    journal: Journal, family: str, visit: str, subject_key: str, standard: Standard, visit_type_id: str = ""
) -> tuple[Journal, str]:
    """``journal`` with a visit to another citizen at the same time as one that is there; and its key.

    One contact is two encounters where child and parent both have an intervention of their own. It is of the same type
    unless another is named. Raises :class:`CallFault` where the visit has no type or time that can be read.
    """
    _, first = visit_in(journal, family, visit)
    same = standard.visit_type_by_code.get(first.type.value or "")
    if first.start.value is None or same is None:
        raise CallFault("edit-nowhere", field=VISIT_START if same else VISIT_TYPE)
    type_id, start = visit_type_id or same.id, first.start.value
    journal, key = with_visit(journal, family, type_id, subject_key, "", start, standard)
    known, second = visit_in(journal, family, key)
    second = replace(second, visit_class=first.visit_class, status=first.status, start=first.start, end=first.end)
    return with_family_as(journal, known, replace(known, visits=(*known.visits[:-1], second))), key


def without_visit(journal: Journal, family: str, visit: str) -> Journal:
    """``journal`` without a visit of a family, and all that was recorded at it.

    One that was delivered is to be withdrawn instead: see :mod:`ldbu_desktop.editing.corrections`.
    """
    known, gone = visit_in(journal, family, visit)
    return with_family_as(journal, known, replace(known, visits=tuple(one for one in known.visits if one is not gone)))


def visit_key(journal: Journal, subject: str, visit_type: str, start: Moment | None) -> str:
    """A key for a visit that no other visit of the journal has: of whom it is about, what it is and on which day."""
    day = f"/{day_of(start):%Y-%m-%d}" if start is not None else ""
    taken = {visit.key for family in journal.families for visit in family.visits}
    return free_key(f"{subject}/{visit_type}{day}", taken)


def _without_unborn(family: Family, subject: str) -> Family:
    unknown = tuple(
        citizen
        for citizen in family.citizens
        if citizen.is_child and citizen.cpr.is_empty and citizen.key != subject and not is_told_of(family, citizen)
    )
    return without_people(family, unknown) if unknown else family
