"""What is left of a visit: the gateway's rules and the guide's table told apart, by the findings that files have."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from ldbu_desktop.findings.model import Finding
from ldbu_desktop.standard.model import VisitType
from ldbu_desktop.use_cases.validate import validate
from tests.unit.editing.filled_family import (
    CHILD,
    PARENT,
    STANDARD,
    TODAY,
    codes_of,
    family_journal,
    place,
    visit_of,
    visited,
    with_answers,
)


class Left(NamedTuple):
    """What is left of a visit: by the gateway's rules, by the guide's table alone, and what contradicts itself."""

    gateway: tuple[Finding, ...]
    guide: tuple[Finding, ...]
    contradicted: tuple[Finding, ...]

    @property
    def missing(self) -> int:
        """How many are left."""
        return len(self.gateway) + len(self.guide)


CODES = ("mandatory-missing-gateway", "mandatory-missing-guide", "missing-reason-contradicted")


def names(findings: tuple[Finding, ...]) -> set[str]:
    return {one.location.variable for one in findings}


def left(visit_type: VisitType, *answered: str, part: str = "", visit_class: str = "HH") -> Left:
    """What is left of a visit at which these variables are answered."""
    subject = PARENT if visit_type.subject == "parent" else CHILD
    journal, key = visited(family_journal(), visit_type.id, subject, visit_class=visit_class)
    for name in answered:
        of_parent = STANDARD.variable[name].subject == "parent"
        raw = "unknown" if part else (codes_of(name) or ["50"])[0]
        at = place(name, PARENT if of_parent else CHILD, field=part, visit=key)
        journal = with_answers(journal, (at, raw))
    assert visit_of(journal).key == key
    found = validate(journal, STANDARD, TODAY).of_visit(key)
    return Left(*(tuple(one for one in found if one.code == code) for code in CODES))


@pytest.mark.parametrize("visit_type", STANDARD.visit_types, ids=lambda each: each.id)
def test_all_that_is_asked_for_is_left_at_first_and_nothing_at_last(visit_type: VisitType) -> None:
    table = STANDARD.guide_variables.get(visit_type.id, ())
    first = left(visit_type)
    assert set(table) <= names(first.gateway) | names(first.guide)
    assert not names(first.gateway) & names(first.guide)
    last = left(visit_type, *table, *names(first.gateway))
    assert last.missing == 0


@pytest.mark.parametrize("visit_type", STANDARD.visit_types, ids=lambda each: each.id)
def test_by_telephone_only_the_guide_asks(visit_type: VisitType) -> None:
    told = left(visit_type, visit_class="")
    assert (told.gateway, names(told.guide)) == ((), set(STANDARD.guide_variables.get(visit_type.id, ())))


def test_gateway_and_guide_are_told_apart() -> None:
    two_months = next(one for one in STANDARD.visit_types if one.id == "2-months")
    table = STANDARD.guide_variables["2-months"]
    told = left(two_months, *(name for name in table if name not in ("weight", "motor-function", "sleep")))
    assert names(told.gateway) == {"weight", "sleep"}
    assert names(told.guide) == {"motor-function"}
    assert all(one.rule for one in told.gateway)
    assert not any(one.rule for one in told.guide)
    assert told.missing == 3


def test_a_reason_is_an_answer_and_the_trap_is_told() -> None:
    two_months = next(one for one in STANDARD.visit_types if one.id == "2-months")
    table = STANDARD.guide_variables["2-months"]
    told = left(two_months, *table, part="observation.missing-reason")
    assert told.missing == 0
    assert names(told.contradicted) == {"weight", "height", "head-circumference"}
    assert left(two_months, *table).contradicted == ()
