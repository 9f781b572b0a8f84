"""The smallest case of something: one visit that fits, with what is asked of it and no more."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest

from ldbu_desktop.deliveries.model import SmallestCase
from ldbu_desktop.findings.catalogue import type_of
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.journal.fields import INTERVENTION_REASONS
from ldbu_desktop.journal.model import Citizen, Visit
from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.synthetic import smallest as made_up
from ldbu_desktop.synthetic.childhood import shipped_childhood
from ldbu_desktop.synthetic.families import FamilyMaker
from ldbu_desktop.use_cases.smallest_case import open_smallest
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.work import Cancellation, no_progress

STANDARD = shipped_standard()
ON = date(2025, 12, 1)
CODES = {one.id: one.code for one in STANDARD.visit_types}


@cache
def families() -> tuple[Any, ...]:
    """What families are made of for all tests here: enough for every type of visit."""
    return tuple(FamilyMaker(STANDARD, shipped_childhood(), 1, ON).families(12))


class Made:
    """Makes those families, in place of new ones for each test."""

    def __init__(self, *_: object) -> None:
        """Whatever they are asked for."""

    def families(self, _: int) -> tuple[Any, ...]:
        return families()


@pytest.fixture(autouse=True)
def _made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_up, "FamilyMaker", Made)


def smallest(case: SmallestCase) -> tuple[Visit, tuple[Citizen, ...], Where]:
    """The one visit of a case, the people, and where the thing stands."""
    work, where = open_smallest(case, STANDARD, ON)
    (family,) = work.journal.families
    (visit,) = family.visits
    assert (where.family, where.visit) == (family.key, visit.key)
    return visit, family.citizens, where


def values(visit: Visit, variable: str) -> list[tuple[Any, str | None]]:
    """What is told of a variable at a visit: each value, and the reason for having none."""
    return [(one.value.value, one.missing_reason.value) for one in visit.observations if one.variable.value == variable]


@pytest.mark.parametrize("name", ["pregnancy", "2-months", "school-entry"])
def test_a_visit_is_of_the_type_and_class_that_are_wanted(name: str) -> None:
    visit, _, where = smallest(SmallestCase(name, "VR"))
    assert (visit.type.value, visit.visit_class.value) == (CODES[name], "VR")
    assert (where.subject, where.variable) == (visit.subject.value, "")


@pytest.mark.parametrize("variable", ["parent-mental-status", "sleep", "weight"])
def test_a_variable_is_at_a_visit_that_asks_for_it_and_about_whom_it_is_of(variable: str) -> None:
    visit, people, where = smallest(SmallestCase(variable=variable))
    asking = {CODES[name] for name, asked in STANDARD.guide_variables.items() if variable in asked}
    assert visit.type.value in asking
    (subject,) = (one for one in people if one.key == where.subject)
    assert subject.is_child is (STANDARD.variable[variable].subject == "child")
    assert where.variable == variable


def test_a_variable_of_a_child_at_a_visit_to_a_parent_is_about_the_child() -> None:
    _, people, where = smallest(SmallestCase("pregnancy", variable="sleep"))
    assert where.subject in {one.key for one in people if one.is_child}


def test_a_variable_of_a_parent_at_a_visit_to_a_child_is_about_the_parent() -> None:
    _, people, where = smallest(SmallestCase("school-entry", variable="parent-mental-status"))
    assert where.subject in {one.key for one in people if not one.is_child}


def test_a_value_is_filled() -> None:
    code = next(iter(STANDARD.concepts(STANDARD.variable["sleep"]).values())).code
    visit, _, _ = smallest(SmallestCase(variable="sleep", value=code))
    assert (code, None) in values(visit, "sleep")


def test_what_is_missing_has_a_reason_whomever_it_is_of() -> None:
    visit, _, _ = smallest(SmallestCase(variable="parent-mental-status", is_missing=True))
    told = values(visit, "parent-mental-status")
    assert told
    assert set(told) == {(None, "unknown")}


def test_what_is_missing_where_nothing_was_told_has_a_reason() -> None:
    visit, _, _ = smallest(SmallestCase("pregnancy", variable="sleep", is_missing=True))
    assert values(visit, "sleep") == [(None, "unknown")]


def test_what_is_left_out_is_not_there() -> None:
    visit, _, _ = smallest(SmallestCase(variable="sleep", is_left_out=True))
    assert values(visit, "sleep") == []


def test_a_questionnaire_is_of_whom_it_was_filled_for() -> None:
    visit, _, where = smallest(SmallestCase(questionnaire="epds"))
    assert (where.questionnaire, where.subject) in {
        (one.questionnaire.value, one.subject.value) for one in visit.responses
    }


def test_a_questionnaire_that_no_visit_of_a_type_has_is_for_the_first_of_the_type() -> None:
    visit, _, where = smallest(SmallestCase("school-entry", questionnaire="epds"))
    assert visit.type.value == CODES["school-entry"]
    assert (where.questionnaire, where.subject) == ("epds", visit.subject.value)


def test_what_no_visit_can_have_is_nowhere() -> None:
    with pytest.raises(KeyError):
        open_smallest(SmallestCase(questionnaire="made-up"), STANDARD, ON)


def rejecting(case: SmallestCase) -> set[str]:
    """The codes of what would be rejected in a case."""
    work, _ = open_smallest(case, STANDARD, ON)
    found = validate(work.journal, STANDARD, ON, no_progress, Cancellation())
    return {one.code for one in found.all if type_of(one).severity is Severity.REJECTED}


def test_a_reason_for_an_intervention_is_one_of_an_intervention() -> None:
    variable = STANDARD.variable[INTERVENTION_REASONS]
    reason = list(STANDARD.concepts(variable))[-1]
    case = SmallestCase(variable=INTERVENTION_REASONS, value=reason)
    visit, _, where = smallest(case)
    (made,) = (one for one in visit.interventions if one.key == where.record)
    assert made.code.value is not None
    assert [one.value for one in made.reasons] == [reason]
    assert rejecting(case) == set()


def test_a_visit_that_an_intervention_led_to_stands_without_one_that_is_not_there() -> None:
    led_to = {visit.type.value for family in families() for visit in family.visits if visit.based_on}
    needed = [one.id for one in STANDARD.visit_types if one.code in led_to]
    assert needed
    for name in needed:
        assert rejecting(SmallestCase(name)) == set()
