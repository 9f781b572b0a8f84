"""Other numbers for people: as right or as faulty, as old, of the same sex, and the same each time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.journal.identity import birth_date, check_digit_fits, is_provisional
from ldbu_desktop.journal.readings import cpr
from ldbu_desktop.pseudonyms.day_columns import DayColumn
from ldbu_desktop.pseudonyms.families import Families
from ldbu_desktop.pseudonyms.model import Choices
from ldbu_desktop.pseudonyms.people import CPR, People
from ldbu_desktop.pseudonyms.secret import Secret, is_uuid

SECRET = Secret(b"k" * 32)
TODAY = date(2026, 11, 28)


def people(families: Families | None = None, choices: Choices | None = None) -> People:
    """Numbers by one secret."""
    return People(SECRET, families or Families(), choices or Choices(), TODAY)


@given(st.dates(date(1960, 1, 1), date(2026, 1, 1)), st.integers(0, 999))
def test_a_number_is_another_of_the_same_sex(day: date, serial: int) -> None:
    head = f"{day:%d%m%y}"
    whole = next(f"{head}{seventh}{serial:03}" for seventh in (4, 0, 9) if birth_date(f"{head}{seventh}000") == day)
    by = people()
    new = by.number(whole)
    assert new == by.number(f"{whole[:6]}-{whole[6:]}").replace("-", "")
    assert int(new[-1]) % 2 == int(whole[-1]) % 2
    assert birth_date(new) == day + timedelta(by.move((CPR, whole)))
    if day >= date(2007, 10, 1) or not check_digit_fits(whole):
        assert not check_digit_fits(new) or new[6:9] == "999"


def test_a_family_is_moved_together() -> None:
    families = Families()
    families.join([(CPR, "0505209996"), ("visits", "K1")])
    families.join([("visits", "K1"), (CPR, "2911829996")])
    by = people(families)
    assert by.move((CPR, "0505209996")) == by.move((CPR, "2911829996")) == by.move(("visits", "K1"))
    assert by.move((CPR, "0505209996")) % 7 == 0


def of_days(*days: str) -> int:
    """By how many days a family is moved of which these days are told."""
    by = people()
    column = DayColumn()
    for day in days:
        by.saw_day(day, (CPR, "0505209996"), column)
    return by.move((CPR, "0505209996"))


@pytest.mark.parametrize("day", ["28-11-2027", "05-05-2052", "01-02-2027"])
def test_what_is_to_come_stays_so_and_nothing_else_becomes_it(day: str) -> None:
    moved = timedelta(of_days(day, "05-05-2020", "27-11-2026"))
    assert moved.days < 0
    assert date(int(day[6:]), int(day[3:5]), int(day[:2])) + moved > TODAY


def test_it_is_moved_forth_where_it_is_too_near_to_be_moved_back() -> None:
    moved = timedelta(of_days("01-12-2026", "05-05-2020"))
    assert moved.days >= 28
    assert date(2020, 5, 5) + moved <= TODAY


def test_what_can_not_stay_to_come_is_moved_as_all_else() -> None:
    assert of_days("01-12-2026", "27-11-2026") == of_days("27-11-2026") == of_days()


def test_months_of_birth_that_can_not_all_stay_are_counted() -> None:
    families = Families()
    families.join([(CPR, f"{day}20{serial}") for day, serial in (("0105", "4000"), ("3105", "4001"))])
    by = people(families, Choices(birth_month=True))
    by.number("0105204000")
    assert by.months_left == 1


@pytest.mark.parametrize("raw", ["650520-9996", "050520-9A96", "0505209AB6"])
def test_what_stands_in_for_a_number_still_does(raw: str) -> None:
    new = people().number(raw)
    assert new != raw
    assert is_provisional(raw) == is_provisional(new)
    assert len(new) == len(raw)


@pytest.mark.parametrize("raw", ["3213209996", "2902219996", "12345", "", "7", "abc"])
def test_a_faulty_number_stays_faulty(raw: str) -> None:
    new = people().number(raw)
    assert len(new) == len(raw)
    assert birth_date(cpr(new) or "") is None


def test_a_number_that_lost_its_zero_loses_it_again() -> None:
    families = Families()
    families.join([(CPR, "0505209996")])
    by = people(families)
    by.saw("505209996", (CPR, "0505209996"))
    new = by.number("505209996")
    assert len(new) == 9
    assert cpr(new) == by.number("0505209996")


def test_only_the_family_of_a_short_number_is_moved_so_that_it_stays_short() -> None:
    families = Families()
    tokens = [(CPR, "0505209996"), (CPR, "0132219996")]
    families.join(tokens[:1])
    families.join(tokens[1:])
    by, alone = people(families), people(families)
    for raw, token in zip(("505209996", "132219996"), tokens, strict=True):
        by.saw(raw, token)
    by.saw("x05209996", tokens[0])
    assert by.number("505209996").startswith(f"{birth_date(by.number('0505209996')):%d%m%y}"[1:])
    assert by.move(tokens[1]) == alone.move(tokens[1])


def test_a_short_number_without_a_day_stays_faulty() -> None:
    new = people().number("132219996")
    assert len(new) == 9
    assert birth_date(cpr(new) or "") is None


def test_a_number_that_a_spreadsheet_made_one_of_keeps_its_decimal() -> None:
    by = people()
    assert by.number("0505209996.0") == f"{by.number('0505209996')}.0"


def test_where_no_number_is_nobodys_it_is_as_right_as_it_was() -> None:
    head = f"{date(1930, 3, 12):%d%m%y}"
    whole = next(f"{head}{serial:04}" for serial in range(1000, 2000) if check_digit_fits(f"{head}{serial:04}"))
    new = people().number(whole)
    assert new != whole
    assert check_digit_fits(new)


def test_numbers_within_texts_and_keys() -> None:
    by = people()
    assert by.without_numbers("set 050520-9996 hjemme") == f"set {by.number('050520-9996')} hjemme"
    assert "0505209996" not in by.within_key("anna-0505209996-x")
    assert "anna" not in by.within_key("anna-0505209996-x")


def test_keys_and_ids_keep_their_kind() -> None:
    assert SECRET.key("12").isdigit()
    assert SECRET.key("barn-1").startswith("n")
    assert is_uuid(SECRET.resource_id("7e176e20-f393-54c0-aa12-128bd4613fda"))
    assert SECRET.resource_id("7E176E20-F393-54C0-AA12-128BD4613FDA").isupper()
    assert len(SECRET.resource_id("x" * 30)) == 30
    assert len(SECRET.resource_id("x7")) < 24
    assert SECRET.resource_id("12").isdigit()
    assert SECRET.like("Ab-1").replace("-", "").isalnum()
