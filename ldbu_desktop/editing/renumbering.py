"""A CPR number that was wrong and is delivered: what was delivered is withdrawn under it and told anew under the other.

The standard corrects a record together with its citizen, unchanged. So the citizen with the wrong number stays, with
what is withdrawn, beside one with the right number: no order of delivery can mix them up.
"""

from __future__ import annotations

from msgspec.structs import replace

from ldbu_desktop.editing.corrections import recorded_anew
from ldbu_desktop.editing.delivered import Delivered
from ldbu_desktop.editing.families import newcomer, without_people
from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.fields import CITIZEN_CPR
from ldbu_desktop.journal.keys import free_key
from ldbu_desktop.journal.model import NOWHERE, Citizen, Entry, Family, Journal, Parenthood, Visit, VisitRecord
from ldbu_desktop.journal.records import (
    OneKind,
    family_in,
    stands,
    visit_in,
    with_family_as,
    with_recorded,
    with_visit_as,
)
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR
from ldbu_desktop.mapping.vocabulary import vocabulary_of
from ldbu_desktop.standard.model import Standard


def is_other_number(journal: Journal, family: str, citizen: str, raw: str, standard: Standard) -> bool:
    """Whether ``raw`` is another CPR number than a citizen has."""
    known = next((one for one in family_in(journal, family).citizens if one.key == citizen), None)
    return known is not None and vocabulary_of(standard).reading(CITIZEN_CPR)(raw) != known.cpr.value


def was_delivered(journal: Journal, family: str, citizen: str, delivered: Delivered) -> bool:
    """Whether a citizen went out with a delivery, under the number that they have."""
    return any(one.key == citizen and delivered.was_sent(one) for one in family_in(journal, family).citizens)


def renumbered(
    journal: Journal, family: str, citizen: str, raw: str, delivered: Delivered, standard: Standard
) -> tuple[Journal, str]:
    """``journal`` with a citizen whose number is ``raw`` in place of one who was delivered under another; and the key.

    What was delivered about the other is withdrawn and told anew; what was not is the new one's. Where nothing is
    left of the other, they go. Raises :class:`CallFault` where there is no such citizen.
    """
    known = family_in(journal, family)
    old = next((one for one in known.citizens if one.key == citizen), None)
    if old is None:
        raise CallFault("edit-nowhere", field=CITIZEN_CPR)
    number = vocabulary_of(standard).reading(CITIZEN_CPR)(raw)
    new = replace(
        newcomer(journal, known, is_child=old.is_child),
        cpr=Entry(number if isinstance(number, str) else None, raw),
        organisation=old.organisation,
        active=old.active,
        gestation=old.gestation,
    )
    return _Renumbering(journal, known, old, new, delivered, standard).done(), new.key


class _Renumbering:
    def __init__(
        self, journal: Journal, family: Family, old: Citizen, new: Citizen, delivered: Delivered, standard: Standard
    ) -> None:
        self._journal, self._family = journal, family
        self._old, self._new = old, new
        self._delivered, self._standard = delivered, standard
        self._anew: dict[str, str] = {}

    def done(self) -> Journal:
        """The journal in which it is done."""
        journal = with_family_as(self._journal, self._family, self._with_newcomer())
        for visit in self._family.visits:
            journal = self._told(journal, visit)
        known = family_in(journal, self._family.key)
        linked = replace(known, visits=tuple(map(self._with_links, known.visits)))
        journal = with_family_as(journal, known, linked)
        if not any(self._is_old(record) for visit in linked.visits for record in (visit, *visit.records)):
            journal = with_family_as(journal, linked, without_people(linked, (self._old,)))
        return journal

    def _is_old(self, record: Visit | VisitRecord) -> bool:
        return record.subject.value == self._old.key

    def _moved(self, record: OneKind) -> OneKind:
        """A record that is about the newcomer, where it was about the old one."""
        return replace(record, subject=Entry(self._new.key)) if self._is_old(record) else record

    def _with_newcomer(self) -> Family:
        family, old, new = self._family, self._old.key, self._new.key
        ties = [tie for tie in family.parenthoods if old in (tie.parent.value, tie.child.value)]
        pairs = [_swapped((tie.parent.value or "", tie.child.value or ""), old, new) for tie in ties]
        told_anew = (
            replace(tie, key="/".join(pair), parent=Entry(pair[0]), child=Entry(pair[1]), origin=NOWHERE, carried=None)
            for tie, pair in zip(ties, pairs, strict=True)
        )
        unplaced = tuple(self._moved(one) for one in family.unplaced)
        citizens = (*family.citizens, self._new)
        parenthoods = (*(self._ended(tie) for tie in family.parenthoods), *told_anew)
        return replace(family, citizens=citizens, parenthoods=parenthoods, unplaced=unplaced)

    def _ended(self, tie: Parenthood) -> Parenthood:
        """A tie, withdrawn where it is the old one's and was delivered."""
        is_theirs = self._old.key in (tie.parent.value, tie.child.value)
        return replace(tie, active=Entry(False)) if is_theirs and self._delivered.was_sent(tie) else tie

    def _told(self, journal: Journal, visit: Visit) -> Journal:
        """The journal in which a visit tells of the newcomer what it told of the other."""
        if visit.status.value == ENTERED_IN_ERROR:
            return journal
        family = self._family.key
        known = family_in(journal, family)
        if not self._is_old(visit):
            return with_visit_as(journal, known, visit, self._with_records(visit))
        if not self._delivered.was_sent(visit):
            return with_visit_as(journal, known, visit, self._with_all_moved(visit))
        journal, key = recorded_anew(journal, family, visit.key, self._new.key, self._standard)
        known, anew = visit_in(journal, family, key)
        standing = (one for one in visit.interventions if stands(one, visit))
        self._anew.update((one.key, other.key) for one, other in zip(standing, anew.interventions, strict=True))
        return with_visit_as(journal, known, anew, replace(anew, based_on=visit.based_on))

    def _with_links(self, visit: Visit) -> Visit:
        """A visit that is part of the interventions that are told anew, where it was part of those before."""
        if visit.status.value == ENTERED_IN_ERROR or not any(one.value in self._anew for one in visit.based_on):
            return visit
        based_on = tuple(Entry(self._anew[key]) if (key := one.value) in self._anew else one for one in visit.based_on)
        return replace(visit, based_on=based_on)

    def _with_all_moved(self, visit: Visit) -> Visit:
        """A visit that is the newcomer's, with its records about the old one."""

        def moved(records: tuple[OneKind, ...]) -> tuple[OneKind, ...]:
            return tuple(self._moved(one) for one in records)

        return replace(with_recorded(visit, moved), subject=Entry(self._new.key))

    def _with_records(self, visit: Visit) -> Visit:
        """A visit with another citizen, in which what was delivered about the old one is withdrawn and told anew."""
        if not any(map(self._is_old, visit.records)):
            return visit

        def told_and_anew(records: tuple[OneKind, ...]) -> tuple[OneKind, ...]:
            keys = {one.key for one in records}
            told, anew = [], []
            for one in records:
                if not self._is_old(one) or one.status.value == ENTERED_IN_ERROR:
                    told.append(one)
                elif not self._delivered.was_sent(one):
                    told.append(self._moved(one))
                else:
                    key = free_key(one.key.replace(self._old.key, self._new.key), keys)
                    told.append(replace(one, status=Entry(ENTERED_IN_ERROR)))
                    self._anew[one.key] = key
                    anew.append(replace(one, key=key, subject=Entry(self._new.key), origin=NOWHERE, carried=None))
            return (*told, *anew)

        return with_recorded(visit, told_and_anew)


def _swapped(pair: tuple[str, str], old: str, new: str) -> tuple[str, str]:
    first, second = (new if one == old else one for one in pair)
    return first, second
