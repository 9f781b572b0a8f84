"""A case begun from a family that is open: what is proposed instead of its people, and the case."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from ldbu_desktop.growth.child import sex_of
from ldbu_desktop.growth.model import Sex
from ldbu_desktop.journal.identity import birth_date
from ldbu_desktop.journal.model import Citizen, Family
from ldbu_desktop.journal.people import Kin
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.synthetic.childhood import shipped_childhood
from ldbu_desktop.synthetic.cpr_numbers import CprNumbers
from ldbu_desktop.training.family_case import BegunCase, Disguise, begun_case
from ldbu_desktop.training.loader import shipped_cases
from ldbu_desktop.training.model import Person, Role

_WEEKS: Final = range(4, 53)
"""A family is moved back by so many weeks: week days stay, and nothing comes to lie in the future."""
_DAYS_A_YEAR: Final = 365


def days_back() -> int:
    """By how many days a family is moved: whole weeks, drawn anew each time and kept nowhere."""
    return -7 * (_WEEKS.start + secrets.randbelow(len(_WEEKS)))


def proposed_names(family: Family, standard: Standard) -> dict[str, str]:
    """Another name for each of a family, by key: those of our own cases, a number where there are no more."""
    known = [person for case in shipped_cases(standard).cases for person in case.people]
    taken = {citizen.name.raw.casefold() for citizen in family.citizens}
    names: dict[str, str] = {}
    for citizen in family.citizens:
        alike = [person.name for person in known if _is_like(person, citizen)]
        free = (name for name in alike if name.casefold() not in taken)
        name = next(free, f"{_word(citizen)} {len(names) + 1}")
        taken.add(name.casefold())
        names[citizen.key] = name
    return names


def begin_case(
    family: Family, asked: frozenset[str], names: Mapping[str, str], days: int, standard: Standard
) -> BegunCase:
    """The case of a family's visits ``asked``, by key, with people who are called ``names`` and everything so many
    ``days`` later.

    A child is as old at each visit as it was, and of the same sex; a parent was born some other day of that year.
    """
    childhood = shipped_childhood()
    disguise = Disguise(dict(_people(family, names, days)), days, childhood.organisation, str(childhood.first_school))
    return begun_case(family, asked, disguise, standard)


def _people(family: Family, names: Mapping[str, str], days: int) -> Iterator[tuple[str, Person]]:
    numbers = CprNumbers(frozenset(citizen.cpr.value for citizen in family.citizens if citizen.cpr.value))
    for number, citizen in enumerate(family.citizens, 1):
        role = Role.CHILD if citizen.is_child else Role.PARENT
        yield (
            citizen.key,
            Person(f"{_word(citizen).lower()}-{number}", role, names[citizen.key], _cpr(citizen, days, numbers)),
        )


def _cpr(citizen: Citizen, days: int, numbers: CprNumbers) -> str:
    """Another number; none where the day of birth is not known, so that somebody has to write one."""
    born, sex = birth_date(citizen.cpr.value or ""), sex_of(citizen.cpr.value or "")
    if born is None or sex is None:
        return ""
    if citizen.is_child:
        return numbers.next(born + timedelta(days), sex)[1]
    return numbers.next(date(born.year, 1, 1) + timedelta(secrets.randbelow(_DAYS_A_YEAR)), sex)[1]


def _is_like(person: Person, citizen: Citizen) -> bool:
    """Whether somebody of a case is a child as a citizen is, or a parent, and of the same sex where that is known."""
    sex = _sex(citizen)
    return (person.role is Role.CHILD) == citizen.is_child and sex in (None, sex_of(person.cpr))


def _sex(citizen: Citizen) -> Sex | None:
    told = {Kin.MOTHER: Sex.FEMALE, Kin.FATHER: Sex.MALE}.get(Kin(citizen.kin.value)) if citizen.kin.value else None
    return told or sex_of(citizen.cpr.value or "")


def _word(citizen: Citizen) -> str:
    """What somebody without a name is called in a case file, which is in no language of the window."""
    return "Barn" if citizen.is_child else "Voksen"
