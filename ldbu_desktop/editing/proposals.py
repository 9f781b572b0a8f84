"""What a field begins with: the answer of an earlier visit, or a code that a form proposes. Never taken unasked."""

from __future__ import annotations

from ldbu_desktop.editing.answers import answer_at
from ldbu_desktop.forms.model import Field, Prefill
from ldbu_desktop.journal.dates import day_of
from ldbu_desktop.journal.fields import VISIT_SCHOOL, VISIT_SUBJECT
from ldbu_desktop.journal.identity import is_sor_code
from ldbu_desktop.journal.model import EMPTY, Entry, Family, Journal, Visit
from ldbu_desktop.journal.records import find_visit
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR
from ldbu_desktop.journal.where import Where


def proposal(journal: Journal, field: Field, where: Where) -> Entry[object]:
    """What is proposed at ``where`` where nothing is answered yet; an empty entry where nothing is."""
    found = find_visit(journal, where.family, where.visit) if field.prefill is not Prefill.NONE else None
    if found is not None:
        is_earlier = field.prefill is Prefill.EARLIER
        known = _earlier(journal, *found, where) if is_earlier else _recorded(found[0], where)
        if known.value is not None:
            return Entry(known.value)
    return Entry(field.proposed) if field.proposed else EMPTY


def proposed_organisation(journal: Journal, family: str) -> str:
    """The municipality that is known: of somebody in a family, else of the family that came last; empty for none.

    What has not the form of a SOR code is nobody else's: a slip of one family is not proposed to the next.
    """
    own = (one for one in journal.families if one.key == family)
    people = (citizen for known in (*own, *reversed(journal.families)) for citizen in known.citizens)
    known_codes = (one.organisation.value or "" for one in people)
    return next(filter(is_sor_code, known_codes), "")


def _recorded(family: Family, where: Where) -> Entry[object]:
    """What the family's record tells, where it leaves no choice: its only school, its only child."""
    if where.field == VISIT_SCHOOL:
        known = [school.identifier for school in family.schools]
    else:
        is_subject = where.field == VISIT_SUBJECT
        known = [Entry(citizen.key) for citizen in family.citizens if citizen.is_child and is_subject]
    return known[0] if len(known) == 1 else EMPTY


def _earlier(journal: Journal, family: Family, now: Visit, where: Where) -> Entry[object]:
    """The latest answer about the same citizen at a visit before this one."""
    for visit in _before(family, now):
        if not where.subject and visit.subject.value != now.subject.value:
            continue
        entry = answer_at(journal, where._replace(visit=visit.key, record=""))
        if entry.value is not None:
            return _school_number(family, entry.value) if where.field == VISIT_SCHOOL else entry
    return EMPTY


def _school_number(family: Family, key: object) -> Entry[object]:
    """A school as it is typed: by its number."""
    return next((school.identifier for school in family.schools if school.key == key), EMPTY)


def _before(family: Family, now: Visit) -> list[Visit]:
    """The visits of a family that were held before ``now`` or on its day, the latest first."""
    if now.start.value is None:
        return []
    today = day_of(now.start.value)
    held = [
        (day_of(visit.start.value), at, visit)
        for at, visit in enumerate(family.visits)
        if visit is not now and visit.start.value is not None and visit.status.value != ENTERED_IN_ERROR
    ]
    return [visit for day, _, visit in sorted(held, key=lambda one: one[:2], reverse=True) if day <= today]
