from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.journal import readings
from ldbu_desktop.journal.dates import DANISH_TIME
from ldbu_desktop.journal.readings import NumberAndUnit
from ldbu_desktop.mapping.tables_out import moment_text, number_text


def danish(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=DANISH_TIME)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("05-05-2020", date(2020, 5, 5)),
        ("5/5/20", date(2020, 5, 5)),
        ("5.12.2020", date(2020, 12, 5)),
        ("2020-05-06", date(2020, 5, 6)),
        ("2020/5/6", date(2020, 5, 6)),
        ("06/05/1999", date(1999, 5, 6)),
        ("06/05/99", date(1999, 5, 6)),
        ("6/5-20", date(2020, 5, 6)),
        ("24/12 - 2019", date(2019, 12, 24)),
        (" 05-05-2020 ", date(2020, 5, 5)),
        ("5. maj 2020", date(2020, 5, 5)),
        ("5 okt. 2020", date(2020, 10, 5)),
        ("43956", date(2020, 5, 5)),
        ("43956,5", danish(2020, 5, 5, 12)),
        ("05-05-2020 12:45", danish(2020, 5, 5, 12, 45)),
        ("05-05-2020 kl. 12.45", danish(2020, 5, 5, 12, 45)),
        ("2020-05-05T12:45:10", danish(2020, 5, 5, 12, 45, 10)),
        ("2020-05-05T12:45:10.250Z", datetime(2020, 5, 5, 12, 45, 10, 250_000, tzinfo=UTC)),
        ("2020-05-05T12:45+02:00", datetime(2020, 5, 5, 12, 45, tzinfo=timezone(timedelta(hours=2)))),
        ("2020-05-05 12:45 -0130", datetime(2020, 5, 5, 12, 45, tzinfo=timezone(-timedelta(minutes=90)))),
    ],
)
def test_a_moment_is_read(raw: str, value: object) -> None:
    assert readings.moment(raw) == value


@pytest.mark.parametrize(
    "raw",
    [
        "", "i går", "31-02-2020", "12/31/2020", "05-05", "05-05/2020", "5. mau 2020", "00000", "99999", "505209996",
        "05-05-2020 25:00", "05-05-2020 12:61", "2020-05-05T12:45+25:00", "0000-05-05", "#REF!", "31-02-2020 12:45",
        "5-5-2020 25:00",
    ],
)  # fmt: skip
def test_what_is_no_moment_is_left(raw: str) -> None:
    assert readings.moment(raw) is None


@pytest.mark.parametrize("raw", ["29-03-2020 02:30", "25-10-2020 02:30"])
def test_an_hour_that_is_skipped_or_comes_twice_is_not_guessed(raw: str) -> None:
    assert readings.moment(raw) is None
    assert readings.moment(raw.replace("02", "01", 1).replace("02:30", "04:30")) is not None


def test_a_time_of_winter_and_summer_has_its_own_offset() -> None:
    winter, summer = readings.moment("05-01-2020 12:00"), readings.moment("05-07-2020 12:00")
    assert isinstance(winter, datetime)
    assert isinstance(summer, datetime)
    assert (winter.utcoffset(), summer.utcoffset()) == (timedelta(hours=1), timedelta(hours=2))


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("5250", "5250"), ("5,25", "5.25"), ("5.25", "5.25"), ("-5,5", "-5.5"), ("+7", "7"), ("0,250", "0.250"),
        ("1.234,5", "1234.5"), ("1,234.5", "1234.5"), ("1.234.567", "1234567"), ("1,234,567", "1234567"),
        ("5 250", "5250"), ("5\u00a0250,5", "5250.5"), ("12'345", "12345"), ("５７，５", "57.5"), ("5.1250", "5.1250"),
        ("1234,567", "1234.567"),
        ("3,5E+3", "3500"), ("54.0", "54.0"), ("1e-05", "0.00001"),
    ],
)  # fmt: skip
def test_a_number_is_read(raw: str, value: str) -> None:
    read = readings.number(raw)
    assert read == Decimal(value)
    assert str(read) == str(Decimal(value)) or "e" in raw.lower()


@pytest.mark.parametrize(
    "raw", ["5.250", "5,250", "5 25", "", "fem", "5,", ",5", "5..2", "1.234,567,8", "12-13", "5 kg"]
)
def test_what_could_be_two_numbers_or_none_is_left(raw: str) -> None:
    assert readings.number(raw) is None


@pytest.mark.parametrize(
    ("raw", "number", "unit"),
    [("5,25 kg", "5.25", "kg"), ("5250g", "5250", "g"), ("54 cm.", "54", "cm."), ("5250", "5250", "")],
)
def test_a_unit_in_the_cell_is_told_apart(raw: str, number: str, unit: str) -> None:
    assert readings.amount(raw) == NumberAndUnit(Decimal(number), unit)


def test_a_whole_number_has_no_decimals() -> None:
    assert readings.whole_number("3") == 3
    assert readings.whole_number("3,0") == 3
    assert readings.whole_number("3,5") is None
    assert readings.whole_number("tre") is None


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0505209996", "0505209996"), ("050520-9996", "0505209996"), ("050520 9996", "0505209996"),
        (" 050520 - 9996 ", "0505209996"), ("505209996", "0505209996"), ("50520-9996", "0505209996"),
        ("505209996.0", "0505209996"), ("5.05209996E+08", "0505209996"), ("2,911829996E+09", "2911829996"),
    ],
)  # fmt: skip
def test_a_cpr_number_is_read(raw: str, value: str) -> None:
    assert readings.cpr(raw) == value


@pytest.mark.parametrize(
    "raw", ["", "5.05E+08", "123", "05052099961", "513209996", "050520-999X", "005209996", "1E+09"]
)
def test_a_cpr_number_with_lost_digits_is_left(raw: str) -> None:
    assert readings.cpr(raw) is None


def test_other_identifiers() -> None:
    assert readings.sor("451000016003") == "451000016003"
    assert readings.sor("451 000 016 003") == "451000016003"
    assert readings.sor("4.51000016003E+11") == "451000016003"
    assert readings.sor("4.51E+11") is None
    assert readings.sor("Aarhus") is None
    assert readings.school_number("280295.0") == "280295"
    assert readings.school_number("A280") == "A280"
    assert readings.school_number(" ") is None
    assert readings.text(" K1 ") == "K1"
    assert readings.text(" ") is None


@pytest.mark.parametrize(
    ("raw", "value"), [("Ja", True), ("SAND", True), ("0", False), ("nej ", False), ("måske", None)]
)
def test_yes_and_no(raw: str, value: bool | None) -> None:
    assert readings.boolean(raw) is value


def test_a_key_that_is_a_cpr_number_is_replaced_the_same_way_every_time() -> None:
    key = readings.citizen_key("050520-9996")
    assert key == readings.citizen_key("0505209996")
    assert key is not None
    assert "9996" not in key
    assert readings.citizen_key(" B12 ") == "B12"
    assert readings.citizen_key("1234567890123") == "1234567890123"
    assert readings.citizen_key("") is None


@given(st.text())
def test_no_text_can_fell_a_reading(raw: str) -> None:
    for read in (readings.moment, readings.amount, readings.number, readings.whole_number, readings.cpr, readings.sor,
                 readings.school_number, readings.boolean, readings.citizen_key, readings.text):  # fmt: skip
        read(raw)


@given(st.datetimes(datetime(1980, 1, 1), datetime(2099, 1, 1)).map(lambda moment: moment.replace(microsecond=0)))
def test_a_moment_is_written_so_that_it_is_read_again(moment: datetime) -> None:
    local = moment.replace(tzinfo=UTC).astimezone(DANISH_TIME)
    assert readings.moment(moment_text(local)) == local
    assert readings.moment(moment_text(moment.date())) == moment.date()


@given(st.decimals(min_value=-99999, max_value=99999, places=None, allow_nan=False, allow_infinity=False))
def test_a_number_is_written_so_that_it_is_read_again(number: Decimal) -> None:
    assert readings.number(number_text(number)) == number


def test_what_has_thousands_of_digits_is_no_number() -> None:
    for read in (readings.amount, readings.number, readings.whole_number):
        assert read("7" * 100) is not None
        assert read("7" * 101) is None
        assert read("7" * 32_767) is None


@pytest.mark.parametrize(
    ("raw", "time"),
    [
        ("2359", "23:59"),
        ("9:05", "09:05"),
        ("9.05", "09:05"),
        ("09:05:59", "09:05"),
        ("kl. 14", "14:00"),
        ("KL 7.15", "07:15"),
        ("0,5", "12:00"),
        (".25", "06:00"),
        ("0.99999", "00:00"),
        ("0930", "09:30"),
        ("9", "09:00"),
        ("24", None),
        ("24:00", None),
        ("12:60", None),
        ("2460", None),
        ("om morgenen", None),
        ("", None),
    ],
)
def test_a_time_is_read_however_it_is_written(raw: str, time: str | None) -> None:
    assert readings.clock(raw) == time
