"""Contradictions: what two places say differently under one key. Nobody knows which is right, so nothing is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.findings.checks.check import Check, check
from ldbu_desktop.findings.checks.scopes import FamilyScope, VisitScope, shown
from ldbu_desktop.findings.model import Finding, Level, Location
from ldbu_desktop.findings.text import place_text
from ldbu_desktop.journal.fields import (
    CITIZEN_BIRTH,
    CITIZEN_CPR,
    CITIZEN_NAME,
    CITIZEN_ROLE,
    CITIZEN_SEX,
    FIELDS,
)
from ldbu_desktop.journal.mask import STAND_IN, masked
from ldbu_desktop.journal.model import Citizen, Contradiction, Entry, Visit
from ldbu_desktop.language import Language

_LABELS = {
    CITIZEN_ROLE: Text(da="Rolle", en="Role"),
    CITIZEN_NAME: Text(da="Navn", en="Name"),
    CITIZEN_BIRTH: Text(da="Fødselsdato", en="Birth date"),
    CITIZEN_SEX: Text(da="Køn", en="Sex"),
}
"""What parts are called that are no variables of the standard."""
_ROLES = {True: Text(da="barn", en="child"), False: Text(da="forælder", en="parent")}


@check(Level.FAMILY, "key-contradicted")
def keys_are_of_one_person(scope: FamilyScope) -> Iterator[Finding]:
    """All that is said under a citizen's key can be true of one person."""
    for citizen in scope.family.citizens:
        for one in citizen.contradictions:
            if _stands(citizen, one.part, one.other):
                name = _LABELS.get(one.part) or scope.rules.label(one.part)
                yield scope.finding(
                    "key-contradicted", citizen, one.said, part=one.part, origin=one.origin, found=_told(one, one.said),
                    name=name, key=_called(citizen), other=_as_text(one, one.other), other_place=_other_place(one),
                )  # fmt: skip


@check(Level.VISIT, "visit-key-contradicted", looks_at=("contradictions",))
def visit_keys_are_of_one_visit(scope: VisitScope) -> Iterator[Finding]:
    """No other visit has the same key, and nothing that was recorded at it is told of somebody else."""
    visit = scope.visit
    for one in visit.contradictions:
        if _stands(visit, one.part, one.said):
            yield scope.finding(
                "visit-key-contradicted", visit, one.said, part=one.part, origin=one.origin, found=_told(one, one.said),
                name=scope.rules.label(one.part), key=visit.key, other=_as_text(one, one.other),
                other_place=_other_place(one),
            )  # fmt: skip


def _called(citizen: Citizen) -> str:
    """The key of a citizen as the file has it: the CPR number, where that is the only one."""
    is_made = citizen.key.startswith(STAND_IN) and citizen.cpr.value is not None
    return masked(citizen.cpr.value or "") if is_made else citizen.key


def _stands(record: Citizen | Visit, part: str, entry: Entry[Any]) -> bool:
    """Whether a record still says what is contradicted: it may have been mended since."""
    if part not in FIELDS[type(record)]:
        return True
    now: Entry[Any] = getattr(record, FIELDS[type(record)][part])
    return now.value == entry.value


def _told(one: Contradiction, entry: Entry[Any]) -> str:
    """What one place says, as it may be shown."""
    if one.part == CITIZEN_ROLE:
        return _ROLES[bool(entry.value)].da
    return masked(entry.value or entry.raw) if one.part == CITIZEN_CPR else shown(entry)


def _as_text(one: Contradiction, entry: Entry[Any]) -> Text:
    if one.part == CITIZEN_ROLE:
        return _ROLES[bool(entry.value)]
    told = _told(one, entry)
    return Text(da=told, en=told)


def _other_place(one: Contradiction) -> Text:
    """Where the other place is; with its file where that is another."""
    return Text(da=_place_in(one, Language.DANISH), en=_place_in(one, Language.ENGLISH))


def _place_in(one: Contradiction, language: Language) -> str:
    origin = one.other_origin
    place = place_text(Location(origin, one.other.column), language)
    return place if origin.file == one.origin.file else f"{origin.file}: {place}"


FAMILY_CHECKS: tuple[Check[FamilyScope], ...] = (keys_are_of_one_person,)
VISIT_CHECKS: tuple[Check[VisitScope], ...] = (visit_keys_are_of_one_visit,)
