"""Families of a case: a new case, a new family, and the people in it."""

from __future__ import annotations

from uuid import uuid4

from msgspec.structs import replace

from ldbu_desktop.faults import CallFault
from ldbu_desktop.findings.scopes import recorded_at
from ldbu_desktop.journal.model import EMPTY, Citizen, Entry, Family, Journal, Parenthood
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.standard.model import Standard


def new_case() -> Journal:
    """An empty journal of a system of its own, so that no resource of it has the id of another case's."""
    return Journal(system=f"ldbu-desktop/{uuid4()}")


def with_family(journal: Journal, standard: Standard) -> tuple[Journal, str]:
    """``journal`` with one more family: a child and a parent, whose CPR numbers are still to be typed; and its key.

    The municipality is the one of the family before.
    """
    number = 1 + max((int(one.key) for one in journal.families if one.key.isdecimal()), default=len(journal.families))
    key = str(number)
    organisation = next(
        (citizen.organisation for family in reversed(journal.families) for citizen in family.citizens), EMPTY
    )
    child = Citizen(key, True, organisation=_again(organisation), active=Entry(True))
    family = Family(key, (child,))
    journal = replace(journal, families=(*journal.families, family))
    return with_parent(journal, key, standard)[0], key


def with_child(journal: Journal, family: str, standard: Standard) -> tuple[Journal, str]:
    """``journal`` with one more child in a family, a child of all its parents; and the child's key."""
    known = _family(journal, family)
    key = _free(known, family)
    parents = [citizen.key for citizen in known.citizens if not citizen.is_child]
    child = Citizen(key, True, organisation=_organisation(known), active=Entry(True))
    ties = tuple(_tie(parent, key, standard) for parent in parents)
    return _with(
        journal, replace(known, citizens=(*known.citizens, child), parenthoods=(*known.parenthoods, *ties))
    ), key


def with_parent(journal: Journal, family: str, standard: Standard) -> tuple[Journal, str]:
    """``journal`` with one more parent in a family, a parent of all its children; and the parent's key."""
    known = _family(journal, family)
    key = _free(known, f"{family}-")
    children = [citizen.key for citizen in known.citizens if citizen.is_child]
    parent = Citizen(key, False, organisation=_organisation(known), active=Entry(True))
    ties = tuple(_tie(key, child, standard) for child in children)
    return _with(
        journal, replace(known, citizens=(*known.citizens, parent), parenthoods=(*known.parenthoods, *ties))
    ), key


def without_citizen(journal: Journal, family: str, citizen: str) -> Journal:
    """``journal`` without a citizen that no visit and no record is about: before a birth there is no child yet.

    Raises :class:`CallFault` where something is recorded about the citizen.
    """
    known = _family(journal, family)
    told = {visit.subject.value for visit in known.visits}
    told |= {record.subject.value for visit in known.visits for record in recorded_at(visit)}
    if citizen in told:
        raise CallFault("edit-nowhere", field="citizen.cpr")
    citizens = tuple(one for one in known.citizens if one.key != citizen)
    ties = tuple(one for one in known.parenthoods if citizen not in (one.parent.value, one.child.value))
    return _with(journal, replace(known, citizens=citizens, parenthoods=ties))


def _tie(parent: str, child: str, standard: Standard) -> Parenthood:
    relationship = Vocabulary(standard).default("parent.relationship")
    return Parenthood(f"{parent}-{child}", Entry(parent), Entry(child), relationship, Entry(True))


def _family(journal: Journal, key: str) -> Family:
    family = next((one for one in journal.families if one.key == key), None)
    if family is None:
        raise CallFault("edit-nowhere", field="family")
    return family


def _with(journal: Journal, family: Family) -> Journal:
    return replace(journal, families=tuple(family if one.key == family.key else one for one in journal.families))


def _with_person(journal: Journal, family: Family, person: Citizen, ties: tuple[Parenthood, ...]) -> Journal:
    people, all_ties = (*family.citizens, person), (*family.parenthoods, *ties)
    return _with(journal, replace(family, citizens=people, parenthoods=all_ties))


def _again(entry: Entry[str]) -> Entry[str]:
    return Entry(entry.value, entry.raw)


def _organisation(family: Family) -> Entry[str]:
    return next((_again(citizen.organisation) for citizen in family.citizens), EMPTY)


def _free(family: Family, stem: str) -> str:
    """A key that nobody in the family has: that of the family for its first child, with letters for the others."""
    taken = {citizen.key for citizen in family.citizens}
    letters = (stem if not stem.endswith("-") else "", *(f"{stem}{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"))
    return next(key for key in letters if key and key not in taken)
