"""Deadlines: which held visits lack something mandatory, until when it is waited for, and where it is to stand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ldbu_desktop.findings.checks.rule_book import RuleBook
from ldbu_desktop.findings.deadlines import Deadline, Urgency, deadlines
from ldbu_desktop.journal.dates import DANISH_TIME
from ldbu_desktop.journal.model import Citizen, Entry, Family, Observation, Visit
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR, NEVER_HELD, NOT_OVER
from ldbu_desktop.standard.model import Standard

DAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 11, 9, tzinfo=DANISH_TIME)


def known(value: Any) -> Entry[Any]:
    return Entry(value, str(value))


@pytest.fixture(scope="module")
def rules(standard: Standard) -> RuleBook:
    return RuleBook(standard)


def visit(standard: Standard, *observations: Observation, start: Any = DAY, **more: Any) -> Visit:
    """A finished visit to a child of two months, at home."""
    code = next(each.code for each in standard.visit_types if each.id == "2-months")
    parts = {"subject": known("c"), "type": known(code), "visit_class": known("HH"), "status": known("finished")}
    return Visit("v", **{**parts, "start": known(start), "observations": observations, **more})


def family(one: Visit, *parents: str) -> Family:
    citizens = (Citizen("c", True), *(Citizen(parent, False) for parent in parents))
    return Family("f", citizens, visits=(one,))


def observed(variable: str, value: Any = None, reason: str | None = None, **more: Any) -> Observation:
    return Observation(
        f"o-{variable}", known(variable), known("c"), Entry(value), missing_reason=Entry(reason),
        status=known("final"), **more,
    )  # fmt: skip


def lacking(rules: RuleBook, one: Visit, *parents: str, now: datetime = NOW) -> dict[str, Deadline]:
    return {each.where.variable: each for each in deadlines([family(one, *parents)], rules, now)}


def test_all_that_the_gateway_demands_is_lacking_at_an_empty_visit(standard: Standard, rules: RuleBook) -> None:
    one = visit(standard)
    found = lacking(rules, one)
    assert set(found) == {demand.variable for demand in rules.demands[one.type.value or ""]}
    assert {each.day for each in found.values()} == {DAY}
    assert {each.until for each in found.values()} == {datetime(2026, 3, 12, 12, tzinfo=DANISH_TIME)}
    assert (found["weight"].where.subject, found["weight"].where.record) == ("c", "")
    official = {rule.invariant for rule in standard.gateway_rules}
    assert {each.invariant for each in found.values()} <= official


def test_a_value_or_a_reason_is_told_and_what_can_not_be_read_is_not(standard: Standard, rules: RuleBook) -> None:
    everything = set(lacking(rules, visit(standard)))
    assert "weight" in everything
    for one, lacks in (
        (observed("weight", Decimal(5100)), False),
        (observed("weight", reason="not-asked"), False),
        (observed("weight"), True),
        (replace(observed("weight"), value=Entry(None, "fem kilo")), True),
        (replace(observed("weight", Decimal(5100)), status=known(ENTERED_IN_ERROR)), True),
    ):
        assert ("weight" in lacking(rules, visit(standard, one))) == lacks


def test_where_a_record_is_empty_the_answer_is_to_stand_in_it(standard: Standard, rules: RuleBook) -> None:
    found = lacking(rules, visit(standard, observed("weight")))["weight"]
    assert (found.where.record, found.where.subject, found.others) == ("o-weight", "", ())
    in_error = replace(observed("weight"), status=known(ENTERED_IN_ERROR))
    assert lacking(rules, visit(standard, in_error))["weight"].where == found.where._replace(record="", subject="c")


def test_what_parents_have_is_asked_of_each(standard: Standard, rules: RuleBook) -> None:
    of_parents = {name for name, one in rules.observed.items() if one.subject == "parent"}
    code = next(
        code for code, demands in rules.demands.items() if any(demand.variable in of_parents for demand in demands)
    )
    name = next(demand.variable for demand in rules.demands[code] if demand.variable in of_parents)
    asked = visit(standard, type=known(code), visit_class=known(next(iter(rules.demands[code][0].classes))))
    two = lacking(rules, asked, "m", "f")[name]
    assert [place.subject for place in (two.where, *two.others)] == ["m", "f"]
    alone = lacking(rules, asked)[name]
    assert (alone.where.subject, alone.others, alone.may_lack) == ("", (), False)
    own = lacking(rules, replace(asked, subject=known("m")), "m", "f")[name]
    assert (own.where.subject, own.others) == ("m", ())


@pytest.mark.parametrize("status", sorted(NOT_OVER | NEVER_HELD))
def test_a_visit_that_was_not_held_lacks_nothing(standard: Standard, rules: RuleBook, status: str) -> None:
    assert lacking(rules, visit(standard, status=known(status))) == {}


def test_a_visit_to_come_and_one_without_a_day_lack_nothing_yet(standard: Standard, rules: RuleBook) -> None:
    assert lacking(rules, visit(standard, start=NOW.date() + timedelta(1))) == {}
    assert lacking(rules, replace(visit(standard), start=Entry(None, "i går"))) == {}
    assert lacking(rules, visit(standard, start=NOW.date())) != {}


def test_not_in_person_and_of_no_type_there_is_no_demand(standard: Standard, rules: RuleBook) -> None:
    assert lacking(rules, visit(standard, visit_class=known("VR"))) == {}
    assert lacking(rules, visit(standard, type=Entry(None, "besøg"))) == {}


@pytest.mark.parametrize(
    ("now", "urgency"),
    [
        (datetime(2026, 3, 10, 8, tzinfo=DANISH_TIME), Urgency.LATER),
        (datetime(2026, 3, 10, 23, 59, tzinfo=DANISH_TIME), Urgency.LATER),
        (datetime(2026, 3, 11, 0, 0, tzinfo=DANISH_TIME), Urgency.TOMORROW),
        (datetime(2026, 3, 12, 0, 0, tzinfo=DANISH_TIME), Urgency.TODAY),
        (datetime(2026, 3, 12, 10, 59, tzinfo=UTC), Urgency.TODAY),
        (datetime(2026, 3, 12, 11, 0, tzinfo=UTC), Urgency.TOO_LATE),
        (datetime(2026, 5, 1, 8, tzinfo=DANISH_TIME), Urgency.TOO_LATE),
    ],
)
def test_how_urgent_it_is(standard: Standard, rules: RuleBook, now: datetime, urgency: Urgency) -> None:
    assert {each.urgency(now) for each in lacking(rules, visit(standard), now=now).values()} == {urgency}


@given(moment=st.datetimes(datetime(2026, 3, 10), datetime(2026, 3, 11)))
def test_the_hour_of_a_visit_makes_no_difference(standard: Standard, rules: RuleBook, moment: datetime) -> None:
    found = lacking(rules, visit(standard, start=moment.replace(tzinfo=DANISH_TIME)), now=NOW + timedelta(1))
    assert {each.until.date() for each in found.values()} == {moment.date() + timedelta(2)}


def test_the_most_urgent_stands_first(standard: Standard, rules: RuleBook) -> None:
    days = [DAY, DAY - timedelta(5), DAY - timedelta(1)]
    families = [family(replace(visit(standard, start=day), key=f"v{at}")) for at, day in enumerate(days)]
    found = deadlines(families, rules, NOW)
    assert [each.until for each in found] == sorted(each.until for each in found)
    assert {each.where.visit for each in found[:3]} == {"v1"}
