"""What people know each other by: mother or father, which of the siblings, and the name that they use.

None of it is a variable of the standard, and none of it leaves the case file that it is kept in.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from msgspec.structs import replace

from ldbu_desktop.journal.dates import day_of
from ldbu_desktop.journal.identity import birth_date
from ldbu_desktop.journal.model import EMPTY, Citizen, Family, Visit


class Kin(StrEnum):
    """What a parent is to the child; ``OTHER`` is any parent who is called neither."""

    MOTHER = "mother"
    FATHER = "father"
    OTHER = "other"


def likely_kin(cpr: str | None) -> Kin | None:
    """What somebody is likely to be by the CPR number, which is even for women; None where it is not ten digits."""
    if cpr is None or birth_date(cpr) is None:
        return None
    return Kin.FATHER if int(cpr[-1]) % 2 else Kin.MOTHER


def sibling_numbers(family: Family) -> Mapping[str, int]:
    """Which of the siblings each child of a family is, by key: as it is said, else by age among those who are there.

    Children of one day follow each other as they do in the family.
    """
    children = [one for one in family.citizens if one.is_child]
    by_age = sorted(children, key=lambda one: birth_date(one.cpr.value or "") or date.max)
    return {one.key: one.sibling.value or number for number, one in enumerate(by_age, 1)}


def child_at(family: Family, visit: Visit) -> Citizen | None:
    """The child that a visit is about, or the first of the family where it is with a parent."""
    children = [one for one in family.citizens if one.is_child]
    return next((one for one in children if one.key == visit.subject.value), None) or next(iter(children), None)


def parents_of(family: Family, child: str) -> tuple[Citizen, ...]:
    """The parents of a child of a family, by its key: of half siblings one may be another's only."""
    ties = {
        tie.parent.value for tie in family.parenthoods if tie.child.value == child and tie.active.value is not False
    }
    return tuple(one for one in family.citizens if not one.is_child and one.key in ties)


def parents_at(family: Family, visit: Visit) -> tuple[Citizen, ...]:
    """The parents whom a visit may tell of: the child's, and those of whom it tells; all where it is with a parent."""
    parents = tuple(one for one in family.citizens if not one.is_child)
    if any(one.key == visit.subject.value for one in parents):
        return parents
    child = child_at(family, visit)
    told = {record.subject.value for record in visit.records}
    theirs = parents_of(family, child.key) if child is not None else ()
    return tuple(one for one in parents if one in theirs or one.key in told) or parents


def born_on(citizen: Citizen | None) -> date | None:
    """The day of birth of somebody, where that is known."""
    return birth_date(citizen.cpr.value) if citizen is not None and citizen.cpr.value else None


def age_days(family: Family, visit: Visit) -> int | None:
    """The child's age at a visit; None before the birth or where it is not known."""
    born, start = born_on(child_at(family, visit)), visit.start.value
    if born is None or start is None or (days := (day_of(start) - born).days) < 0:
        return None
    return days


def unnamed(family: Family) -> Family:
    """A family for others to read of: nobody in it has a name."""
    if all(one.name is EMPTY for one in family.citizens):
        return family
    return replace(family, citizens=tuple(replace(one, name=EMPTY) for one in family.citizens))
