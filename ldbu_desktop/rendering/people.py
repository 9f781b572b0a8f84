"""What people are called: by the name that they use, or by what they are and what the file calls them.

On the screen a name is covered as a CPR number is. For others there are no names: they are told who it is by
:func:`citizen_role`, or read of a family without names (:func:`~ldbu_desktop.journal.people.unnamed`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from ldbu_desktop.journal.mask import without_cpr
from ldbu_desktop.journal.model import NOWHERE, Citizen, Family
from ldbu_desktop.journal.people import Kin, sibling_numbers
from ldbu_desktop.language import tr

_DOTS = "•••"
_OF_CASE = re.compile(r"(\d{1,9})-[a-z]{5}(?:-[a-z]\d*)?")
"""The keys of a family of a case and of its people: only their number is for people."""
_OF_CPR = re.compile(r"cpr-[0-9a-f]{12}(?: \(\d+\))?")
_OF_FHIR = re.compile(r"(?:\w+/)?([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

KIN: Mapping[str, Callable[[], str]] = {
    Kin.MOTHER: lambda: tr("Mor"),
    Kin.FATHER: lambda: tr("Far"),
    Kin.OTHER: lambda: tr("Anden forælder"),
}


def name_words(name: str, *, shown: bool) -> str:
    """A name: covered but for the letters that its words begin with, or shown on purpose."""
    return name if shown else " ".join(f"{word[0]}{_DOTS}" for word in name.split())


def citizen_role(citizen: Citizen, family: Family) -> str:
    """What a citizen is, and by what the file or the case knows them; never a name or a CPR number."""
    if of_case := _OF_CASE.fullmatch(citizen.key):
        what, number = _what(citizen, family), of_case[1]
        if not citizen.is_child:
            return what
        return (
            tr("{what} i familie {number}", what=what, number=number)
            if _is_sibling(citizen, family)
            else (f"{what} {number}")
        )
    is_named_by_file = not _is_of_row(citizen)
    return f"{_word(citizen) if is_named_by_file else _what(citizen, family)} {_known_by(citizen)}"


def citizen_name(citizen: Citizen, family: Family, *, shown: bool) -> str:
    """What a citizen is called on the screen."""
    if citizen.name.value is None:
        return citizen_role(citizen, family)
    told = name_words(citizen.name.value, shown=shown)
    if citizen.is_child and not _is_sibling(citizen, family):
        return told
    what = _what(citizen, family)
    return f"{told}, {what[0].lower()}{what[1:]}"


def name_in_family(citizen: Citizen, family: Family, *, shown: bool) -> str:
    """What a citizen is called on the screen where the family is told beside it."""
    if citizen.name.value is None and _OF_CASE.fullmatch(citizen.key):
        return _what(citizen, family)
    return citizen_name(citizen, family, shown=shown)


def family_name(family: Family, *, shown: bool) -> str:
    """What a family is called: its children, or its parents before a child is born."""
    people = [citizen for citizen in family.citizens if citizen.is_child] or list(family.citizens)
    is_only_child = len(people) == 1 and people[0].is_child
    of_case = _OF_CASE.fullmatch(family.key)
    if of_case and not is_only_child and all(one.name.value is None for one in people):
        return tr("Familie {number}", number=of_case[1])
    names = (name_words(one.name.value, shown=shown) if one.name.value else citizen_role(one, family) for one in people)
    return ", ".join(names) or tr("Ukendt borger")


def _is_sibling(citizen: Citizen, family: Family) -> bool:
    return citizen.sibling.value is not None or sum(one.is_child for one in family.citizens) > 1


def _word(citizen: Citizen) -> str:
    if citizen.is_child:
        return tr("Barn")
    return _kin_word(citizen.kin.value or "")


def _kin_word(kin: str) -> str:
    word = KIN.get(kin)
    return word() if word is not None else tr("Forælder")


def _what(citizen: Citizen, family: Family) -> str:
    """What a citizen is within the family."""
    if citizen.is_child:
        is_sibling = _is_sibling(citizen, family)
        return tr("{number}. barn", number=sibling_numbers(family)[citizen.key]) if is_sibling else tr("Barn")
    return parent_words(ParentAmong.of(citizen, family))


class ParentAmong(NamedTuple):
    """What a parent is to the child, and which of those in the family who are the same; 0 where nobody else is."""

    kin: str
    number: int

    @classmethod
    def of(cls, parent: Citizen, family: Family) -> ParentAmong:
        """A parent among those of the family."""
        alike = [one.key for one in family.citizens if not one.is_child and one.kin.value == parent.kin.value]
        return cls(parent.kin.value or "", alike.index(parent.key) + 1 if len(alike) > 1 else 0)


def parent_words(parent: ParentAmong) -> str:
    """What a parent is called within the family; a number tells apart those who are the same."""
    word = _kin_word(parent.kin)
    return f"{word} {parent.number}" if parent.number else word


def _is_of_row(citizen: Citizen) -> bool:
    """Whether the file has no word for a citizen: the key was made of the CPR number, or of the row without one."""
    at = citizen.origin
    return bool(_OF_CPR.fullmatch(citizen.key)) or (at != NOWHERE and citizen.key.startswith(f"{at.file}-{at.row}-"))


def _known_by(citizen: Citizen) -> str:
    """What the file calls a citizen, as short as it can be; the row where the file has no word for them."""
    key = citizen.key
    if _is_of_row(citizen) and citizen.origin != NOWHERE and citizen.origin.row:
        return tr("i række {row}", row=citizen.origin.row)
    if of_fhir := _OF_FHIR.fullmatch(key):
        return f"{of_fhir[1]}…"
    return without_cpr(key)
