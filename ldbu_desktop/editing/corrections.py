"""Corrections of what was delivered: it is sent again with the same id, entered in error, with citizen and school as
they were. What was never delivered is simply taken away.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from msgspec.structs import replace

from ldbu_desktop.bundles.identity import Identities
from ldbu_desktop.editing.places import stands, visit_in, with_family_as, with_visit_as
from ldbu_desktop.editing.visits import visit_key
from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.model import NOWHERE, Entry, Family, Journal, Visit
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR
from ldbu_desktop.standard.model import Standard

RECORDS = ("observations", "interventions", "responses")
"""What is recorded at a visit, by the names of its parts."""


def corrected(before: Journal, after: Journal, family: str, sent: Container[str], standard: Standard) -> Journal:
    """``after`` with what a step took out of a family put back as entered in error, as far as it was delivered.

    ``sent`` has the ids of the resources that were delivered. Run it after each step that may take something away.
    """
    identities = Identities(standard, after.system, standard.header.canonical)
    was, now = _family(before, family), _family(after, family)
    if was is None or now is None or was.visits is now.visits:
        return after
    kept = {visit.key: visit for visit in now.visits}
    missing = []
    for visit in was.visits:
        left = kept.get(visit.key)
        if left is None:
            if identities.of(visit) in sent:
                missing.append(entered_in_error(visit))
        elif left is not visit:
            kept[visit.key] = _with_lost(visit, left, identities, sent)
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
        raise CallFault("edit-nowhere", field="visit.status")
    visit_type = standard.visit_type_by_code.get(one.type.value or "")
    key = visit_key(journal, subject_key, visit_type.id if visit_type else "visit", one.start.value)
    new = replace(one, key=key, subject=Entry(subject_key), based_on=(), origin=NOWHERE, carried=None)
    records: dict[str, Any] = {
        name: tuple(_anew(record, one, new) for record in getattr(one, name) if stands(record, one)) for name in RECORDS
    }
    visits = tuple(entered_in_error(each) if each is one else each for each in known.visits)
    return with_family_as(journal, known, replace(known, visits=(*visits, replace(new, **records)))), key


def _family(journal: Journal, key: str) -> Family | None:
    return next((one for one in journal.families if one.key == key), None)


def entered_in_error(visit: Visit) -> Visit:
    """A visit that is withdrawn, with all that was recorded at it."""
    status = Entry(ENTERED_IN_ERROR)
    records: dict[str, Any] = {
        name: tuple(replace(record, status=status) for record in getattr(visit, name)) for name in RECORDS
    }
    return replace(visit, status=status, **records)


def _with_lost(was: Visit, now: Visit, identities: Identities, sent: Container[str]) -> Visit:
    """A visit with the records that it had and that were delivered, if as errors."""
    lost: dict[str, Any] = {}
    for name in RECORDS:
        kept = {record.key for record in getattr(now, name)}
        gone = [one for one in getattr(was, name) if one.key not in kept and identities.of(one) in sent]
        if gone:
            errors = (replace(one, status=Entry(ENTERED_IN_ERROR)) for one in gone)
            lost[name] = (*getattr(now, name), *errors)
    return replace(now, **lost) if lost else now


def _anew(record: Any, visit: Visit, new: Visit) -> Any:
    """A record of a visit as one of its new telling; what was about its citizen is about the new one."""
    key = f"{new.key}/{record.key.removeprefix(f'{visit.key}/')}"
    is_citizens = record.subject.value == visit.subject.value
    subject = Entry(new.subject.value) if is_citizens else record.subject
    return replace(record, key=key, subject=subject, origin=NOWHERE, carried=None)
