"""Families of a case: a new case, a new family, and the people in it.

What is known of a citizen (CPR number, municipality) is typed as any value is: keys do not change with it.
"""

from __future__ import annotations

import re
from itertools import count

from msgspec.structs import replace

from ldbu_desktop.editing.delivered import Delivered
from ldbu_desktop.editing.keys import NewKey, drawn_case, drawn_letters
from ldbu_desktop.faults import CallFault
from ldbu_desktop.growth.model import gestation_of
from ldbu_desktop.journal import fields
from ldbu_desktop.journal.model import EMPTY, Citizen, Entry, Family, Journal, Parenthood
from ldbu_desktop.journal.people import Kin
from ldbu_desktop.journal.records import family_in, with_family_as
from ldbu_desktop.mapping.vocabulary import vocabulary_of
from ldbu_desktop.standard.model import Standard

_NUMBERED = re.compile(r"(\d{1,9})(?:-.*)?")
_LONGEST_NAME = 80
_SIBLINGS = re.compile(r"[1-9]\d?")


def new_case(new_key: NewKey = drawn_case) -> Journal:
    """An empty journal of a system of its own, so that no resource of it has the id of another case's."""
    return Journal(system=f"ldbu-desktop/{new_key()}")


def with_family(
    journal: Journal, standard: Standard, new_key: NewKey | None = None, *, has_child: bool = True
) -> tuple[Journal, str]:
    """``journal`` with one more family: a child and a parent, whose CPR numbers are still to be typed; and its key.

    Before the birth there is no child: ``has_child`` is false then. The municipality is that of the family before.
    Unless ``new_key`` gives another, the key is a running number, which people can tell families apart by, and letters
    that are drawn.
    """
    key = new_key() if new_key is not None else f"{_number(journal)}-{drawn_letters()}"
    people = (citizen for family in reversed(journal.families) for citizen in family.citizens)
    organisation = next((citizen.organisation for citizen in people), EMPTY)
    child = Citizen(key, True, organisation=_said_again(organisation), active=Entry(True))
    parent = Citizen(f"{key}-a", False, organisation=_said_again(organisation), active=Entry(True))
    people_of = (child, parent) if has_child else (parent,)
    ties = (_tie(parent.key, key, standard),) if has_child else ()
    return replace(journal, families=(*journal.families, Family(key, people_of, ties))), key


def with_child(journal: Journal, family: str, standard: Standard) -> tuple[Journal, str]:
    """``journal`` with one more child in a family, a child of all its parents; and the child's key."""
    known = family_in(journal, family)
    child = newcomer(journal, known, is_child=True)
    ties = tuple(_tie(citizen.key, child.key, standard) for citizen in known.citizens if not citizen.is_child)
    return _with_person(journal, known, child, ties), child.key


def with_parent(journal: Journal, family: str, standard: Standard) -> tuple[Journal, str]:
    """``journal`` with one more parent in a family, a parent of all its children; and the parent's key."""
    known = family_in(journal, family)
    parent = newcomer(journal, known, is_child=False)
    ties = tuple(_tie(parent.key, citizen.key, standard) for citizen in known.citizens if citizen.is_child)
    return _with_person(journal, known, parent, ties), parent.key


def with_parents(
    journal: Journal, family: str, child: str, parents: frozenset[str], standard: Standard, delivered: Delivered
) -> Journal:
    """``journal`` in which a child has these parents of its family, by their keys.

    That somebody else is one is said no more, and withdrawn where it was delivered.
    """
    known = family_in(journal, family)
    ties = {tie.parent.value: tie for tie in known.parenthoods if tie.child.value == child}
    said = [
        replace(ties.get(one.key, _tie(one.key, child, standard)), active=Entry(True))
        for one in known.citizens
        if one.key in parents and not one.is_child
    ]
    withdrawn = [
        replace(tie, active=Entry(False)) for key, tie in ties.items() if key not in parents and delivered.was_sent(tie)
    ]
    others = [tie for tie in known.parenthoods if tie.child.value != child]
    return with_family_as(journal, known, replace(known, parenthoods=(*others, *said, *withdrawn)))


def with_gestation(journal: Journal, family: str, child: str, raw: str) -> Journal:
    """``journal`` in which a child was born after a pregnancy of so many weeks, as people write it; empty for none."""
    known = family_in(journal, family)
    gestation = gestation_of(raw)
    read = Entry(str(gestation) if gestation is not None else None, raw.strip())
    citizens = tuple(replace(one, gestation=read) if one.key == child else one for one in known.citizens)
    return with_family_as(journal, known, replace(known, citizens=citizens))


def with_description(journal: Journal, family: str, citizen: str, field: str, raw: str) -> Journal:
    """``journal`` in which somebody is known by something: a name, what a parent is, or which sibling; empty for none.

    Raises :class:`CallFault` where there is no such part, or nobody of that key.
    """
    known = family_in(journal, family)
    text = " ".join(raw.split())
    match field:
        case fields.CITIZEN_NAME:
            name = text[:_LONGEST_NAME].rstrip()
            change = {"name": Entry(name, name) if name else EMPTY}
        case fields.CITIZEN_KIN:
            change = {"kin": Entry(text, text) if text in set(Kin) else EMPTY}
        case fields.CITIZEN_SIBLING:
            change = {"sibling": Entry(int(text), text) if _SIBLINGS.fullmatch(text) else EMPTY}
        case _:
            raise CallFault("edit-nowhere", field=field)
    if all(one.key != citizen for one in known.citizens):
        raise CallFault("edit-nowhere", field=field)
    citizens = tuple(replace(one, **change) if one.key == citizen else one for one in known.citizens)
    return with_family_as(journal, known, replace(known, citizens=citizens))


def is_told_of(family: Family, citizen: Citizen) -> bool:
    """Whether a visit or a record of the family is about a citizen."""
    records = (record for visit in family.visits for record in (visit, *visit.records))
    return any(record.subject.value == citizen.key for record in (*records, *family.unplaced))


def without_people(family: Family, people: tuple[Citizen, ...]) -> Family:
    """A family without some of its citizens and their parenthoods."""
    gone = {citizen.key for citizen in people}
    return replace(
        family,
        citizens=tuple(one for one in family.citizens if one.key not in gone),
        parenthoods=tuple(one for one in family.parenthoods if gone.isdisjoint((one.parent.value, one.child.value))),
    )


def newcomer(journal: Journal, family: Family, *, is_child: bool) -> Citizen:
    """A citizen with a key that nobody has: the family's own for its first child, else that with letters."""
    taken = {citizen.key for one in journal.families for citizen in one.citizens}
    organisation = next((_said_again(citizen.organisation) for citizen in family.citizens), EMPTY)
    wanted = (f"{family.key}-{_letters(number)}" if number else family.key for number in count(0 if is_child else 1))
    key = next(key for key in wanted if key not in taken)
    return Citizen(key, is_child, organisation=organisation, active=Entry(True))


def _number(journal: Journal) -> int:
    """One more than the largest number of a family."""
    numbers = (int(parts[1]) for one in journal.families if (parts := _NUMBERED.fullmatch(one.key)))
    return 1 + max(numbers, default=len(journal.families))


def _letters(number: int) -> str:
    """``a`` to ``z``, then ``a2`` and on."""
    round_, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) + (str(round_ + 1) if round_ else "")


def _tie(parent: str, child: str, standard: Standard) -> Parenthood:
    relationship = vocabulary_of(standard).default(fields.PARENT_RELATIONSHIP)
    return Parenthood(f"{parent}/{child}", Entry(parent), Entry(child), relationship, Entry(True))


def _with_person(journal: Journal, family: Family, person: Citizen, ties: tuple[Parenthood, ...]) -> Journal:
    people, all_ties = (*family.citizens, person), (*family.parenthoods, *ties)
    return with_family_as(journal, family, replace(family, citizens=people, parenthoods=all_ties))


def _said_again(entry: Entry[str]) -> Entry[str]:
    """What is said elsewhere, as it would be typed here."""
    return Entry(entry.value, entry.raw)
