"""Made-up families: clean by every check, whole childhoods, nobody's numbers, one way of being fed after another."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from ldbu_desktop.growth.model import Sex
from ldbu_desktop.journal.dates import day_of
from ldbu_desktop.journal.identity import birth_date, check_digit_fits
from ldbu_desktop.journal.model import Family, Journal
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.synthetic.childhood import shipped_childhood
from ldbu_desktop.synthetic.cpr_numbers import CprNumbers, numbers_of
from ldbu_desktop.synthetic.families import FamilyMaker
from ldbu_desktop.use_cases.validate import validate
from tests.profiles import landing

STANDARD = shipped_standard()
CHILDHOOD = shipped_childhood()
ON = date(2025, 12, 1)


def families(number: int, seed: int = 1, on: date = ON, *, published: bool = False) -> tuple[Family, ...]:
    """Made-up families."""
    return tuple(FamilyMaker(STANDARD, CHILDHOOD, seed, on).families(number, published=published))


def found(made: tuple[Family, ...], on: date) -> list[str]:
    """The codes of what is found in families."""
    return [one.code for one in validate(Journal(made), STANDARD, on).all]


@settings(max_examples=12)
@given(st.integers(), st.dates(date(2008, 1, 1), date(2036, 12, 31)), st.booleans())
def test_any_seed_on_any_day_gives_clean_families(seed: int, on: date, published: bool) -> None:
    made = families(4, seed, on, published=published and on > date(2016, 1, 1))
    assert len(made) == 4
    assert all(family.visits for family in made)
    assert found(made, on) == []


def test_childhoods_are_whole() -> None:
    made = families(160)
    visits = [visit for family in made for visit in family.visits]
    assert {visit.type.value for visit in visits} == {one.code for one in STANDARD.visit_types}
    observed = [one for visit in visits for one in visit.observations]
    assert {one.variable.value for one in observed} == {variable.id for variable in STANDARD.observed}
    assert {one.questionnaire.value for visit in visits for one in visit.responses} == {
        one.id for one in STANDARD.questionnaires
    }
    assert {one.missing_reason.value for one in observed} > {None, "unknown", "asked-declined"}
    interventions = [one for visit in visits for one in visit.interventions]
    assert {one.end.value is None for one in interventions} == {True, False}
    assert {one.status.value for one in interventions} == {"active", "completed"}
    assert any(visit.based_on for visit in visits)
    children = Counter(sum(citizen.is_child for citizen in family.citizens) for family in made)
    assert children.keys() >= {0, 1, 2, 3}
    assert max(day_of(visit.start.value) for visit in visits if visit.start.value is not None) < ON


def test_a_family_does_not_depend_on_those_after_it() -> None:
    assert families(3) == families(9)[:3]
    assert families(3) != families(3, seed=2)


def test_both_parents_answer_and_twins_are_visited_together() -> None:
    made = families(90)
    epds = [
        [one.subject.value for one in visit.responses if one.questionnaire.value == "epds"]
        for family in made
        for visit in family.visits
    ]
    assert {len(subjects) for subjects in epds} == {0, 1, 2}
    twins = [
        family
        for family in made
        if len(births := [birth_date(one.cpr.value or "") for one in family.citizens if one.is_child])
        > len(set(births))
    ]
    assert twins
    for family in twins:
        starts = [visit.start.value for visit in family.visits]
        assert len(set(starts)) == len(starts)


def test_no_visit_is_told_before_it_was() -> None:
    (plan,) = (one for one in CHILDHOOD.visits if one.subject == "parent")
    soon = replace(CHILDHOOD, visits=(replace(plan, from_days=-20, to_days=-5),), needs=())
    made = tuple(FamilyMaker(STANDARD, soon, 1, ON).families(300))
    starts = [day_of(visit.start.value) for family in made for visit in family.visits if visit.start.value is not None]
    assert max(starts) < ON
    assert any(not family.visits for family in made)


def test_a_questionnaire_is_filled_at_the_ages_that_it_is_for_alone() -> None:
    types = tuple(one.id for one in STANDARD.visit_types)
    everywhere = tuple(replace(one, visits=types, share=1.0) for one in CHILDHOOD.questionnaires)
    ages = {one.id: (one.from_days or 0, one.to_days) for one in STANDARD.questionnaires}
    is_limited = set()
    for family in FamilyMaker(STANDARD, replace(CHILDHOOD, questionnaires=everywhere), 1, ON).families(6):
        births = {one.key: birth_date(one.cpr.value or "") for one in family.citizens if one.is_child}
        for visit in family.visits:
            birth = births.get(visit.subject.value or "")
            if birth is None or visit.start.value is None:
                continue
            days = (day_of(visit.start.value) - birth).days
            told = {one.questionnaire.value or "" for one in visit.responses}
            for name, (first, last) in ages.items():
                is_for = first <= days < (last or days + 1)
                assert is_for or name not in told
                is_limited.add(is_for)
    assert is_limited == {True, False}


def test_feeding_goes_one_way_and_its_periods_follow_each_other() -> None:
    feeding = CHILDHOOD.feeding.variable
    order = list(STANDARD.concepts(STANDARD.variable[feeding]))
    is_told = Counter[bool]()
    for family in families(60):
        told: dict[str, list[int]] = {}
        ends: dict[str, date] = {}
        for visit in family.visits:
            for one in visit.observations:
                if one.variable.value != feeding:
                    continue
                child = one.subject.value or ""
                is_told[one.is_period] += 1
                if one.is_period:
                    assert isinstance(one.start.value, date)
                    assert isinstance(one.end.value, date)
                    assert one.start.value > ends.get(child, one.start.value - timedelta(1))
                    ends[child] = one.end.value
                else:
                    told.setdefault(child, []).append(order.index(str(one.value.value)))
        assert all(ways == sorted(ways) for ways in told.values())
    assert is_told.keys() == {True, False}


def test_numbers_are_nobodys_and_given_once() -> None:
    made = families(120)
    numbers = [citizen.cpr.value or "" for family in made for citizen in family.citizens]
    assert len(set(numbers)) == len(numbers)
    for cpr in numbers:
        born = birth_date(cpr)
        assert born is not None
        assert cpr[6:9] == "999" if born < date(2007, 10, 1) else (cpr[6] == "9" and not check_digit_fits(cpr))
    published = {*CHILDHOOD.test_persons.children, CHILDHOOD.test_persons.mother, CHILDHOOD.test_persons.father}
    assert published.isdisjoint(numbers)
    (first, *_) = families(2, published=True)
    assert {citizen.cpr.value for citizen in first.citizens} == published
    (before, *_) = families(2, on=date(2018, 1, 1), published=True)
    assert {citizen.cpr.value for citizen in before.citizens} == published - {"0505209996"}


def test_numbers_of_a_day_that_has_none_left_are_of_the_day_before() -> None:
    day = date(1990, 3, 4)
    _, taken = next(numbers_of(day, Sex.FEMALE))
    numbers = CprNumbers(frozenset((taken,)))
    given_numbers = [numbers.next(day, Sex.FEMALE) for _ in range(12)]
    assert [born for born, _ in given_numbers] == [day] * 4 + [day - timedelta(1)] * 5 + [day - timedelta(2)] * 3
    assert len({cpr for _, cpr in given_numbers}) == 12
    assert taken not in {cpr for _, cpr in given_numbers}
    assert numbers.next(day, Sex.MALE)[0] == day


_DAYS = 25 * 365


@landing("numbers of fewer days are made in every run")
def test_numbers_come_again_when_25_years_of_days_are_used_up() -> None:
    numbers, day = CprNumbers(), date(1990, 3, 4)
    given_numbers = [numbers.next(day, Sex.MALE) for _ in range(_DAYS * 5 + 3)]
    assert len({cpr for _, cpr in given_numbers}) == _DAYS * 5
    assert [born for born, _ in given_numbers[-3:]] == [day] * 3
