"""Corrections of what was delivered: it is sent again with the same id, entered in error, with citizen and school as
they were. What was never delivered is simply taken away.
"""

from __future__ import annotations

from msgspec.structs import replace

from ldbu_desktop.editing.delivered import Delivered
from ldbu_desktop.editing.visits import visit_key
from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.fields import VISIT_STATUS
from ldbu_desktop.journal.model import NOWHERE, Entry, Journal, Visit
from ldbu_desktop.journal.records import (
    OneKind,
    find_family,
    stands,
    visit_in,
    with_family_as,
    with_recorded,
    with_visit_as,
)
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR
from ldbu_desktop.standard.model import Standard


def corrected(before: Journal, after: Journal, family: str, delivered: Delivered) -> Journal:
    """``after`` with what a step took out of a family put back as entered in error, as far as it was delivered.

    Run it after each step that may take something away.
    """
    was, now = find_family(before, family), find_family(after, family)
    if was is None or now is None or was.visits is now.visits:
        return after
    kept = {visit.key: visit for visit in now.visits}
    missing = []
    for visit in was.visits:
        left = kept.get(visit.key)
        if left is None:
            if delivered.was_sent(visit):
                missing.append(entered_in_error(visit))
        elif left is not visit:
            kept[visit.key] = _with_lost(visit, left, delivered)
    visits = (*kept.values(), *missing)
    if [*map(id, visits)] == [*map(id, now.visits)]:
        return after
    return with_family_as(after, now, replace(now, visits=visits))


def withdrawn(journal: Journal, family: str, visit: str) -> Journal:
    """``journal`` in which a visit that was delivered is entered in error, with all that was recorded at it."""
    known, one = visit_in(journal, family, visit)
    return with_visit_as(journal, known, one, entered_in_error(one))


def recorded_anew(
    journal: Journal, family: str, visit: str, subject_key: str, standard: Standard
) -> tuple[Journal, str]:
    """``journal`` in which a delivered visit is withdrawn and told anew of another citizen of the family; and its key.

    A correction leaves the citizen as it was: so a visit that was written with the wrong twin becomes two. Raises
    :class:`CallFault` where there is no such visit, or it is withdrawn already.
    """
    known, one = visit_in(journal, family, visit)
    if one.status.value == ENTERED_IN_ERROR:
        raise CallFault("edit-nowhere", field=VISIT_STATUS)
    visit_type = standard.visit_type_by_code.get(one.type.value or "")
    key = visit_key(journal, subject_key, visit_type.id if visit_type else "visit", one.start.value)
    new = replace(one, key=key, subject=Entry(subject_key), based_on=(), origin=NOWHERE, carried=None)

    def anew(records: tuple[OneKind, ...]) -> tuple[OneKind, ...]:
        return tuple(_anew(record, one, new) for record in records if stands(record, one))

    visits = tuple(entered_in_error(each) if each is one else each for each in known.visits)
    return with_family_as(journal, known, replace(known, visits=(*visits, with_recorded(new, anew)))), key


def entered_in_error(visit: Visit) -> Visit:
    """A visit that is withdrawn, with all that was recorded at it."""
    status = Entry(ENTERED_IN_ERROR)

    def in_error(records: tuple[OneKind, ...]) -> tuple[OneKind, ...]:
        return tuple(replace(record, status=status) for record in records)

    return replace(with_recorded(visit, in_error), status=status)


def _with_lost(was: Visit, now: Visit, delivered: Delivered) -> Visit:
    """A visit with the records that it had and that were delivered, if as errors."""
    status = Entry(ENTERED_IN_ERROR)

    def with_lost(records: tuple[OneKind, ...], before: tuple[OneKind, ...]) -> tuple[OneKind, ...]:
        kept = {record.key for record in records}
        gone = [one for one in before if one.key not in kept and delivered.was_sent(one)]
        return (*records, *(replace(one, status=status) for one in gone)) if gone else records

    after = replace(
        now,
        observations=with_lost(now.observations, was.observations),
        interventions=with_lost(now.interventions, was.interventions),
        responses=with_lost(now.responses, was.responses),
    )
    return now if [*map(id, after.records)] == [*map(id, now.records)] else after


def _anew(record: OneKind, visit: Visit, new: Visit) -> OneKind:
    """A record of a visit as one of its new telling; what was about its citizen is about the new one."""
    key = f"{new.key}/{record.key.removeprefix(f'{visit.key}/')}"
    is_citizens = record.subject.value == visit.subject.value
    subject = Entry(new.subject.value) if is_citizens else record.subject
    return replace(record, key=key, subject=subject, origin=NOWHERE, carried=None)
