"""People who were entered by mistake: they go with all that is recorded about them, once nobody has it any more.

What was delivered is withdrawn first, and stays until that is delivered too.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from ldbu_desktop.editing.corrections import entered_in_error
from ldbu_desktop.editing.delivered import Delivered, NothingDelivered
from ldbu_desktop.editing.families import without_people
from ldbu_desktop.journal.model import Entry, Family, Journal, Visit, VisitRecord
from ldbu_desktop.journal.records import OneKind, family_in, with_family_as, with_recorded
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR


class Recordings(NamedTuple):
    """What is recorded about people: so many visits with them and records of theirs, withdrawn ones included.

    ``delivered`` of them stand where they were received; of those ``withdrawn`` are withdrawn here, which is still to
    be delivered.
    """

    visits: int
    records: int
    delivered: int = 0
    withdrawn: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is recorded."""
        return not self.visits and not self.records


def recorded_about(journal: Journal, family: str, people: Container[str], delivered: Delivered) -> Recordings:
    """What is recorded about people of a family, by their keys."""
    known = family_in(journal, family)
    told = [*_told_of(known, people)]
    visits = sum(isinstance(one, Visit) for one in told)
    standing = [one for one in told if delivered.stands(one)]
    withdrawn = sum(one.status.value == ENTERED_IN_ERROR for one in standing)
    return Recordings(visits, len(told) - visits + _unplaced(known, people), len(standing), withdrawn)


def is_withdrawn(family: Family, citizen: str) -> bool:
    """Whether all that is recorded about a citizen was withdrawn, and there was something."""
    told = [one.status.value == ENTERED_IN_ERROR for one in _told_of(family, {citizen})]
    return bool(told) and all(told)


def without_recorded(journal: Journal, family: str, people: Container[str], delivered: Delivered) -> Journal:
    """``journal`` without people of a family, by their keys, and without all that is recorded about them.

    While something of that stands where it was received, all that was delivered is withdrawn instead and the people
    stay: said again once the withdrawal is delivered, they go. A family without anybody goes as a whole.
    """
    known = family_in(journal, family)
    if any(delivered.stands(one) for one in _told_of(known, people)):
        return with_family_as(journal, known, _without(known, people, delivered))
    gone = tuple(citizen for citizen in known.citizens if citizen.key in people)
    if len(gone) == len(known.citizens):
        return replace(journal, families=tuple(one for one in journal.families if one is not known))
    return with_family_as(journal, known, without_people(_without(known, people, NothingDelivered()), gone))


def _told_of(family: Family, people: Container[str]) -> Iterator[Visit | VisitRecord]:
    """The visits with people and all that was recorded at them, and what was recorded about them at other visits."""
    for visit in family.visits:
        is_theirs = visit.subject.value in people
        if is_theirs:
            yield visit
        for record in visit.records:
            if is_theirs or record.subject.value in people:
                yield record


def _unplaced(family: Family, people: Container[str]) -> int:
    return sum(record.subject.value in people for record in family.unplaced)


def _without(family: Family, people: Container[str], delivered: Delivered) -> Family:
    """A family without what is recorded about people; what was delivered is withdrawn."""
    visits: list[Visit] = []
    for visit in family.visits:
        if visit.subject.value not in people:
            visits.append(_without_records(visit, people, delivered))
        elif delivered.was_sent(visit):
            visits.append(entered_in_error(visit))
    left = {one.key for visit in visits for one in visit.interventions}
    gone = {one.key for visit in family.visits for one in visit.interventions} - left
    unplaced = tuple(record for record in family.unplaced if record.subject.value not in people)
    return replace(family, visits=tuple(_without_links(visit, gone) for visit in visits), unplaced=unplaced)


def _without_records(visit: Visit, people: Container[str], delivered: Delivered) -> Visit:
    def kept(records: tuple[OneKind, ...]) -> tuple[OneKind, ...]:
        if not any(record.subject.value in people for record in records):
            return records
        return tuple(
            record if record.subject.value not in people else replace(record, status=Entry(ENTERED_IN_ERROR))
            for record in records
            if record.subject.value not in people or delivered.was_sent(record)
        )

    return with_recorded(visit, kept)


def _without_links(visit: Visit, gone: Container[str]) -> Visit:
    """A visit that is no part of interventions that have gone."""
    left = tuple(entry for entry in visit.based_on if entry.value not in gone)
    return visit if len(left) == len(visit.based_on) else replace(visit, based_on=left)
