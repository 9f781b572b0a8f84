"""Identity: CPR numbers, SOR codes, and who is whose parent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ldbu_desktop.findings.checks.check import Check, check
from ldbu_desktop.findings.checks.scopes import FamilyScope, shown
from ldbu_desktop.findings.model import Finding, Level
from ldbu_desktop.journal.dates import age_text
from ldbu_desktop.journal.fields import CITIZEN_CPR, CITIZEN_ORGANISATION, PARENT_CHILD
from ldbu_desktop.journal.identity import birth_date, check_digit_fits, is_provisional, is_sor_code
from ldbu_desktop.journal.mask import masked
from ldbu_desktop.journal.model import Entry

_OFFICIAL_PATTERN = re.compile(
    r"(?:(?:0[1-9]|[12]\d|3[01])(?:01|03|05|07|08|10|12)|(?:0[1-9]|[12]\d|30)(?:04|06|09|11)|(?:0[1-9]|[12]\d)02)\d{6}"
)
"""Which ten digits the DK core profile takes (invariant ``cpr``): a day that its month can have in some year."""

_CHECK_DIGIT_UNTIL = date(2007, 10, 1)
"""From here on numbers are given that do not pass the check."""

_TEST_NUMBERS = "999"
"""The serials of the guide's test persons begin so, and are made without a check digit."""

_YOUNGEST_PARENT_YEARS = 12
_DAYS_A_YEAR = 365.25


def _hidden(entry: Entry[str]) -> str:
    """A CPR number as it may be shown, also where it is none."""
    text = entry.value or entry.raw
    return masked(text) if text else ""


@check(
    Level.CELL, "cpr-missing", "cpr-malformed", "cpr-provisional", "cpr-date-invalid", "cpr-date-impossible",
    "cpr-check-digit", "born-in-future", "organisation-missing", "sor-malformed",
)  # fmt: skip
def numbers_are_well_formed(scope: FamilyScope) -> Iterator[Finding]:
    """Each citizen's CPR number and the SOR code of the municipality."""
    for citizen in scope.family.citizens:
        entry = citizen.cpr
        fault = "cpr-missing" if entry.is_empty else _cpr_fault(entry, scope.today)
        if fault is not None:
            yield scope.finding(fault, citizen, entry, part=CITIZEN_CPR, found=_hidden(entry))
        organisation = citizen.organisation
        if organisation.is_empty:
            yield scope.finding("organisation-missing", citizen, organisation, part=CITIZEN_ORGANISATION)
        elif organisation.value is None or not is_sor_code(organisation.value):
            found = shown(organisation)
            yield scope.finding(
                "sor-malformed", citizen, organisation, part=CITIZEN_ORGANISATION,
                found=found, digits=sum(character.isdigit() for character in found),
            )  # fmt: skip


def _cpr_fault(entry: Entry[str], today: date) -> str | None:
    """What is wrong with a CPR number; None where nothing is."""
    cpr = entry.value
    if cpr is None or not cpr.isascii() or not _OFFICIAL_PATTERN.fullmatch(cpr):
        if is_provisional(cpr or entry.raw):
            return "cpr-provisional"
        is_number = cpr is not None and len(cpr) == 10 and cpr.isascii() and cpr.isdigit()
        return "cpr-date-invalid" if is_number else "cpr-malformed"
    birth = birth_date(cpr)
    if birth is None:
        return "cpr-date-impossible"
    if birth > today:
        return "born-in-future"
    if birth < _CHECK_DIGIT_UNTIL and not cpr[6:].startswith(_TEST_NUMBERS) and not check_digit_fits(cpr):
        return "cpr-check-digit"
    return None


@check(Level.FAMILY, "cpr-of-parent", "cpr-shared", "parent-too-young")
def citizens_are_different_people(scope: FamilyScope) -> Iterator[Finding]:
    """A child has another CPR number than its parents and other children, and its parents are older."""
    of_parents = {citizen.cpr.value for citizen in scope.family.citizens if not citizen.is_child}
    of_children = {citizen.cpr.value for citizen in scope.family.citizens if citizen.is_child}
    repeated = scope.context.repeated_cprs
    for citizen in scope.family.citizens:
        cpr = citizen.cpr
        if cpr.value in repeated:
            is_both = citizen.is_child and cpr.value in of_parents
            # Where a child of the family has the number too, it is told there, and not at the parent again.
            if is_both or citizen.is_child or cpr.value not in of_children:
                code = "cpr-of-parent" if is_both else "cpr-shared"
                yield scope.finding(code, citizen, cpr, part=CITIZEN_CPR, found=_hidden(cpr))
    yield from _young_parents(scope)


def _young_parents(scope: FamilyScope) -> Iterator[Finding]:
    for parenthood in scope.family.parenthoods:
        born = scope.births.get(parenthood.parent.value or "")
        child_born = scope.births.get(parenthood.child.value or "")
        if born is None or child_born is None:
            continue
        parent = scope.citizens[parenthood.parent.value or ""]
        child = scope.citizens[parenthood.child.value or ""]
        days = (child_born - born).days
        if days < _YOUNGEST_PARENT_YEARS * _DAYS_A_YEAR and parent.cpr.value != child.cpr.value:
            yield scope.finding(
                "parent-too-young", parent, parent.cpr, part=CITIZEN_CPR, found=_hidden(parent.cpr),
                age=age_text(max(days, 0)), years=_YOUNGEST_PARENT_YEARS,
            )  # fmt: skip


@check(Level.FAMILY, "parent-child-unknown", "parent-unknown")
def parenthoods_are_between_citizens(scope: FamilyScope) -> Iterator[Finding]:
    """A parent's child is in the journal, and so is a child's parent."""
    for parenthood in scope.family.parenthoods:
        if parenthood.child.value not in scope.citizens:
            yield scope.finding("parent-child-unknown", parenthood, parenthood.child, part=PARENT_CHILD)
        if parenthood.parent.value not in scope.citizens:
            yield scope.finding("parent-unknown", parenthood, parenthood.parent, part=PARENT_CHILD)


FAMILY_CHECKS: tuple[Check[FamilyScope], ...] = (
    numbers_are_well_formed,
    citizens_are_different_people,
    parenthoods_are_between_citizens,
)
