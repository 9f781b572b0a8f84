"""What is typed as people say it: one reading where only one is possible, all of them where several are."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ldbu_desktop.journal.model import EMPTY, Entry
from ldbu_desktop.journal.moment_speech import day_readings, moment_readings
from ldbu_desktop.journal.plain_speech import meaning, number_readings, typed_readings
from ldbu_desktop.journal.readings import moment
from ldbu_desktop.mapping.vocabulary import vocabulary_of
from ldbu_desktop.standard.catalogue import shipped_standard
from tests.profiles import examples
from tests.unit.editing.filled_family import family_of, visit_journal, visit_of

STANDARD = shipped_standard()
NOW = datetime(2026, 11, 28, 9, 41, tzinfo=UTC)  # A Saturday; 10.41 in Denmark.
TWO_MONTHS, SIX_YEARS = 60, 6 * 365


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("5250", ("5250",)),
        ("5.250", ("5250",)),
        ("5,250", ("5250",)),
        ("5,25", ("5250",)),
        ("5.25", ("5250",)),
        ("5,25 kg", ("5250",)),
        ("5,25kg", ("5250",)),
        ("5 kilo", ("5000",)),
        ("5½", ("5500",)),
        ("5 1/2 kg", ("5500",)),
        ("5¾", ("5750",)),
        ("5250 g", ("5250 g",)),
        ("5.250 kg", ("5250",)),
        ("５２５０", ("5250",)),
        ("５，２５", ("5250",)),
        ("５．２５ ｋｇ", ("5250",)),
        ("5 kg 250 g", ("5250",)),
        ("5kg og 50 gram", ("5050",)),
        ("5 kg 250", ("5250",)),
        ("5 kg 050", ("5050",)),
        ("5 kg 2", ("5002", "5200")),
        ("fem kilo to", ("5002", "5200")),
        ("5 kg 25", ("5025", "5250")),
        ("5 kg 2 g", ("5002",)),
        ("fem kilo og to gram", ("5002",)),
        ("5 kg 2500", ("5 kg 2500",)),
        ("5250 gr", ("5250 gr",)),
        ("5 kg 250 gr", ("5250",)),
        ("5 kilos", ("5000",)),
        ("fem komma to", ("5200",)),
        ("5 komma 25 kg", ("5250",)),
        ("5 kg 2500 g", ("5 kg 2500 g",)),
        ("5 g 250 kg", ("5 g 250 kg",)),
        ("5 sten 250 g", ("5 sten 250 g",)),
        ("5.251 kg", ("5251",)),
        ("5,25155 kg", ("5,25155 kg",)),
        ("300", ("300",)),
        ("52500", ("52500",)),
        ("5250 cm", ("5250 cm",)),
        ("", ("",)),
        ("cirka 5", ("cirka 5",)),
        ("1,2½", ("1,2½",)),
        ("12,345 kg", ("12345",)),  # twelve tonnes are nobody's weight, whatever the age
        ("fem kilo", ("5000",)),
        ("5 og en halv kg", ("5500",)),
        ("fem et halvt kilo", ("5500",)),
        ("treogtyve kilo", ("23000",)),
        ("en og halvfems", ("en og halvfems",)),
        ("en halv", ("en halv",)),
        ("1.2.3", ("1.2.3",)),
    ],
)
def test_a_weight_at_two_months(raw: str, said: tuple[str, ...]) -> None:
    assert number_readings(raw, STANDARD.variable["weight"], "g", TWO_MONTHS) == said


@pytest.mark.parametrize(
    ("raw", "age", "said"),
    [
        ("57½", TWO_MONTHS, ("57,5",)),
        ("57 og en halv", TWO_MONTHS, ("57,5",)),
        ("57 cm 5 mm", TWO_MONTHS, ("57,5",)),
        ("57,5 cm", TWO_MONTHS, ("57,5 cm",)),
        ("575 mm", TWO_MONTHS, ("57,5",)),
        ("0,57 m", TWO_MONTHS, ("57",)),
        ("57.500", TWO_MONTHS, ("57,50",)),
        ("575", TWO_MONTHS, ("57,5",)),
        ("1,23", SIX_YEARS, ("123",)),
        ("1.235", SIX_YEARS, ("123,5",)),
        ("1 meter 23", SIX_YEARS, ("123",)),
        ("en meter treogtyve", SIX_YEARS, ("123",)),
        ("1 meter 2", SIX_YEARS, ("102", "120")),
        ("1 meter 02", SIX_YEARS, ("102",)),
        ("1 meter 235", SIX_YEARS, ("1 meter 235",)),
        ("1 meter og 23 cm", SIX_YEARS, ("123",)),
        ("hundrede", SIX_YEARS, ("hundrede",)),
        ("halvtreds og en halv", TWO_MONTHS, ("50,5",)),
        ("1,23", TWO_MONTHS, ("1,23",)),
        ("5.250", TWO_MONTHS, ("5250", "5,25")),
        ("118", SIX_YEARS, ("118",)),
        ("118.250", None, ("118,25",)),
    ],
)
def test_a_height(raw: str, age: int | None, said: tuple[str, ...]) -> None:
    assert number_readings(raw, STANDARD.variable["height"], "cm", age) == said


def test_the_childs_age_chooses_between_units() -> None:
    weight = STANDARD.variable["weight"]
    assert number_readings("22", weight, "g", SIX_YEARS) == ("22000",)
    assert number_readings("22", weight, "g", TWO_MONTHS) == ("22",)
    assert number_readings("22", weight, "kg", SIX_YEARS) == ("22",)
    assert number_readings("22.500", weight, "kg", SIX_YEARS) == ("22,50",)
    assert number_readings("4000", weight, "", TWO_MONTHS) == ("4000",)
    assert number_readings("22540 g", weight, "kg", SIX_YEARS) == ("22540 g",)
    assert number_readings("22500", weight, "kg", SIX_YEARS) == ("22,5",)


def test_two_readings_that_are_both_possible_are_both_given() -> None:
    wide = [replace(STANDARD.variable["height"].ranges[0], low=1, high=9999, from_days=0, to_days=9999)]
    height = replace(STANDARD.variable["height"], ranges=tuple(wide))
    assert number_readings("5.250", height, "cm", TWO_MONTHS) == ("5250", "5,25")


@given(st.decimals(0, 300_000, places=3), st.sampled_from(["", " kg", " g", "kg"]), st.sampled_from([TWO_MONTHS, None]))
@examples(200)
def test_each_reading_is_one_that_a_file_can_have(number: Decimal, unit: str, age: int | None) -> None:
    weight = STANDARD.variable["weight"]
    for text in number_readings(f"{number}{unit}", weight, "g", age):
        assert vocabulary_of(STANDARD).quantity(weight, text) is not None


SAID = ["{g}", "{kg},{rest:03}", "{kg}.{rest:03}", "{kg},{rest:03} kg", "{kg} kg {rest} g"]


@given(st.integers(1000, 9999), st.sampled_from(SAID))
@examples(200)
def test_however_a_weight_is_said_it_is_the_same(grams: int, form: str) -> None:
    weight, own = STANDARD.variable["weight"], STANDARD.variable["weight"].units[0]
    said = form.format(g=grams, kg=grams // 1000, rest=grams % 1000)
    (text,) = number_readings(said, weight, own.code, TWO_MONTHS)
    assert vocabulary_of(STANDARD).quantity(weight, text) == grams


@given(st.text(max_size=12))
@examples(200)
def test_whatever_is_typed_something_is_kept_of_it(raw: str) -> None:
    assert number_readings(raw, STANDARD.variable["weight"], "g", TWO_MONTHS)
    assert moment_readings(raw, NOW)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("nu", ("28-11-2026 10:41",)),
        ("10:30", ("28-11-2026 10:30",)),
        ("kl 10", ("28-11-2026 10:00",)),
        ("kl. 10.30", ("28-11-2026 10:30",)),
        ("1030", ("28-11-2026 10:30",)),
        ("930", ("28-11-2026 09:30",)),
        ("i går 14", ("27-11-2026 14:00",)),
        ("i går kl. 14.15", ("27-11-2026 14:15",)),
        ("I dag 0905", ("28-11-2026 09:05",)),
        ("i forgårs", ("26-11-2026",)),
        ("yesterday 14", ("27-11-2026 14:00",)),
        ("mandag 9", ("23-11-2026 09:00",)),
        ("i mandags", ("23-11-2026",)),
        ("lørdag", ("28-11-2026",)),
        ("i lørdags", ("21-11-2026",)),
        ("last monday", ("23-11-2026",)),
        ("5/8", ("05-08-2026",)),
        ("5/12", ("05-12-2025",)),
        ("5/12 kl 10", ("05-12-2025 10:00",)),
        ("5.8. 14:30", ("05-08-2026 14:30",)),
        ("29/2", ("29/2",)),
        ("31/2", ("31/2",)),
        ("10.12", ("10-12-2025", "28-11-2026 10:12")),
        ("10.30", ("28-11-2026 10:30",)),
        ("05-08-2026 14:30", ("05-08-2026 14:30",)),
        ("5/8-26", ("5/8-26",)),
        ("5.8.26 10", ("05-08-2026 10:00",)),
        ("050826", ("05-08-2026",)),
        ("5. august", ("05-08-2026",)),
        ("den 5. aug kl 10", ("05-08-2026 10:00",)),
        ("5 dec.", ("05-12-2025",)),
        ("5 maanen", ("5 maanen",)),
        ("5/8 10", ("05-08-2026 10:00", "05-08-2010")),
        ("for 2 dage siden kl. 9", ("26-11-2026 09:00",)),
        ("1 week ago", ("21-11-2026",)),
        ("i aftes 20", ("27-11-2026 20:00",)),
        ("2pm", ("28-11-2026 14:00",)),
        ("yesterday 12 am", ("27-11-2026 00:00",)),
        ("klokken 12 pm", ("28-11-2026 12:00",)),
        ("2530", ("2530",)),
        ("i overmorgen", ("i overmorgen",)),
        ("i morgen", ("i morgen",)),
        ("i morgen kl 8", ("i morgen kl 8",)),
        ("i aftes kl 8", ("27-11-2026 20:00",)),
        ("i eftermiddags kl 2", ("28-11-2026 14:00",)),
        ("i går eftermiddags kl 2", ("27-11-2026 14:00",)),
        ("i går aftes 14", ("i går aftes 14",)),
        ("i morges kl 8", ("28-11-2026 08:00",)),
        ("i morges kl 14", ("i morges kl 14",)),
        ("kl 2 om eftermiddagen", ("28-11-2026 14:00",)),
        ("10 om formiddagen", ("28-11-2026 10:00",)),
        ("8 last night", ("27-11-2026 20:00",)),
        ("onsdag eftermiddag", ("25-11-2026",)),
        ("14 i går", ("27-11-2026 14:00",)),
        ("kl. 14, i går", ("27-11-2026 14:00",)),
        ("10:30 28-11", ("28-11-2026 10:30",)),
        ("1130 i går", ("27-11-2026 11:30",)),
        ("klokken ti", ("28-11-2026 10:00",)),
        ("kl 1030", ("28-11-2026 10:30",)),
        ("kl 10 30", ("28-11-2026 10:30",)),
        ("10 30", ("28-11-2026 10:30",)),
        ("10 11", ("28-11-2026 10:11", "10-11-2026")),
        ("10 5", ("10 5",)),
        ("10,30", ("28-11-2026 10:30",)),
        ("10:30:00", ("28-11-2026 10:30",)),
        ("10:30:15", ("10:30:15",)),
        ("halv ti", ("28-11-2026 09:30",)),
        ("i går halv ti", ("27-11-2026 09:30", "27-11-2026 21:30")),
        ("i aftes kl. halv otte", ("27-11-2026 19:30",)),
        ("kvart i 10", ("28-11-2026 09:45",)),
        ("kvart over ti", ("28-11-2026 10:15",)),
        ("quarter to nine", ("28-11-2026 08:45",)),
        ("half past nine", ("28-11-2026 09:30",)),
        ("kvart i et", ("28-11-2026 00:45", "28-11-2026 12:45")),
        ("for en uge siden", ("21-11-2026",)),
        ("for to uger siden kl 9", ("14-11-2026 09:00",)),
        ("for en time siden", ("28-11-2026 09:41",)),
        ("for 20 min. siden", ("28-11-2026 10:21",)),
        ("for 2 sten siden", ("for 2 sten siden",)),
        ("lige nu", ("28-11-2026 10:41",)),
        ("sidste onsdag", ("25-11-2026",)),
        ("mandag den 23. november kl. 9", ("23-11-2026 09:00",)),
        ("onsdag d. 25/11", ("25-11-2026",)),
        ("tirsdag d. 25/11", ("tirsdag d. 25/11",)),
        ("onsdag i sidste uge", ("onsdag i sidste uge",)),
        ("den 25.", ("25-11-2026",)),
        ("d. 29. kl 10", ("29-10-2026 10:00",)),
        ("den 31.", ("31-10-2026",)),
        ("den 32.", ("den 32.",)),
        ("28 nov 26", ("28-11-2026",)),
        ("24:00", ("29-11-2026 00:00",)),
        ("kl 24", ("29-11-2026 00:00",)),
        ("i går 2400", ("28-11-2026 00:00",)),
        ("24:01", ("24:01",)),
        ("kl 25", ("kl 25",)),
        ("i nat kl 3", ("28-11-2026 03:00",)),
        ("i nat halv tolv", ("27-11-2026 23:30",)),
        ("i nat kl 12", ("28-11-2026 00:00",)),
        ("i nat kl 14", ("i nat kl 14",)),
        ("i nat", ("27-11-2026", "28-11-2026")),
        ("natten til torsdag kl 3", ("26-11-2026 03:00",)),
        ("kl 3 om natten", ("28-11-2026 03:00",)),
        ("last night at 3", ("28-11-2026 03:00",)),
        ("last night at 11", ("27-11-2026 23:00",)),
        ("i aftes kl 2", ("i aftes kl 2",)),
        ("i aftes kl 12", ("28-11-2026 00:00",)),
        ("i morges 8", ("28-11-2026 08:00",)),
        ("i forgårs 9:15", ("26-11-2026 09:15",)),
        ("halv elleve", ("28-11-2026 10:30",)),
        ("yesterday 2 pm", ("27-11-2026 14:00",)),
        ("at 10", ("28-11-2026 10:00",)),
        ("ti tredive", ("28-11-2026 10:30",)),
        ("29-02-2026", ("29-02-2026",)),
        ("10.30-11.15", ("10.30-11.15",)),
        ("i går middag", ("i går middag",)),
        ("", ("",)),
    ],
)
def test_a_moment(raw: str, said: tuple[str, ...]) -> None:
    assert moment_readings(raw, NOW) == said


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        # a number alone is an hour, or a day of the month
        ("12", ("28-11-2026 12:00", "12-11-2026")),
        ("9", ("28-11-2026 09:00", "09-11-2026")),
        ("09", ("28-11-2026 09:00", "09-11-2026")),
        ("tolv", ("28-11-2026 12:00", "12-11-2026")),
        ("20", ("20-11-2026",)),
        ("24", ("24-11-2026",)),
        ("28", ("28-11-2026",)),
        ("29", ("29-10-2026",)),
        ("31", ("31-10-2026",)),
        ("0", ("0",)),
        ("32", ("32",)),
        ("3.", ("03-11-2026",)),
        ("12. kl 9", ("12-11-2026 09:00",)),
        ("12 kl 9", ("12-11-2026 09:00",)),
        ("d. 12 9.15", ("12-11-2026 09:15",)),
        # a time of day
        ("930", ("28-11-2026 09:30",)),
        ("0930", ("28-11-2026 09:30",)),
        ("kl 12", ("28-11-2026 12:00",)),
        ("kl12", ("28-11-2026 12:00",)),
        ("kl. 0930", ("28-11-2026 09:30",)),
        ("12.30", ("28-11-2026 12:30",)),
        ("ca. 9", ("28-11-2026 09:00",)),
        ("ca. kl. 9.30", ("28-11-2026 09:30",)),
        ("omkring klokken 14", ("28-11-2026 14:00",)),
        ("i går ca. 9", ("27-11-2026 09:00",)),
        ("10 over 9", ("28-11-2026 09:10",)),
        ("ti minutter over ni", ("28-11-2026 09:10",)),
        ("20 min. i 10", ("28-11-2026 09:40",)),
        ("fem i halv ti", ("28-11-2026 09:25",)),
        ("5 over halv 10", ("28-11-2026 09:35",)),
        ("ten past nine", ("28-11-2026 09:10",)),
        ("twenty to ten", ("28-11-2026 09:40",)),
        ("i går 10 over 2", ("27-11-2026 02:10", "27-11-2026 14:10")),
        # a day
        ("i går", ("27-11-2026",)),
        ("i dag 8", ("28-11-2026 08:00",)),
        ("d.d.", ("28-11-2026",)),
        ("dd. kl 9", ("28-11-2026 09:00",)),
        ("dags dato", ("28-11-2026",)),
        ("her til morgen", ("28-11-2026",)),
        ("i forgårs kl 14", ("26-11-2026 14:00",)),
        ("mandag 10", ("23-11-2026 10:00",)),
        ("man 10", ("23-11-2026 10:00",)),
        ("fre. 9.15", ("27-11-2026 09:15",)),
        ("tirs kl. 9", ("24-11-2026 09:00",)),
        ("søn.", ("22-11-2026",)),
        ("man. d. 23. nov. kl. 9.15", ("23-11-2026 09:15",)),
        ("3/11 9.15", ("03-11-2026 09:15",)),
        ("3. nov 9:15", ("03-11-2026 09:15",)),
        ("3-11 kl. 9", ("03-11-2026 09:00",)),
        ("3.11. 9.15", ("03-11-2026 09:15",)),
        ("3/11-26 9.15", ("3/11-26 9.15",)),
    ],
)
def test_a_moment_as_it_is_typed_in_passing(raw: str, said: tuple[str, ...]) -> None:
    assert moment_readings(raw, NOW) == said


def test_the_day_of_a_period_is_a_day_where_it_can_be_one() -> None:
    for raw, said in (("12", "12-11-2026"), ("10.12", "10-12-2025"), ("kl 9", "28-11-2026 09:00"), ("x", "x")):
        assert day_readings(raw, NOW) == (said,)


def test_a_number_that_the_month_before_does_not_have_is_no_day() -> None:
    march = datetime(2027, 3, 15, 12, tzinfo=UTC)
    assert moment_readings("30", march) == ("30",)
    assert moment_readings("28", march) == ("28-02-2027",)


def test_a_visit_does_not_end_before_it_begins() -> None:
    journal = visit_journal()
    family, visit, end = family_of(journal), visit_of(journal), STANDARD.variable["visit.end"]
    begun = replace(visit, start=Entry(datetime(2026, 11, 28, 9, tzinfo=UTC)))
    assert typed_readings("12", end, "", family, begun, NOW) == ("28-11-2026 12:00",)
    assert typed_readings("27-11-2026", end, "", family, begun, NOW) == ("27-11-2026",)
    assert typed_readings("x", end, "", family, begun, NOW) == ("x",)
    assert typed_readings("12", STANDARD.variable["visit.start"], "", family, begun, NOW) == (
        "28-11-2026 12:00",
        "12-11-2026",
    )


def test_a_time_alone_is_on_the_day_that_is_known() -> None:
    assert moment_readings("1115", NOW, date(2026, 8, 5)) == ("05-08-2026 11:15",)
    assert moment_readings("kl 11", NOW, date(2026, 8, 5)) == ("05-08-2026 11:00",)


def test_what_can_not_be_of_the_childs_time_is_not_meant() -> None:
    assert moment_readings("10.12", NOW, None, date(2026, 10, 20)) == ("28-11-2026 10:12",)
    assert moment_readings("5/8 10", NOW, None, date(2026, 5, 20)) == ("05-08-2026 10:00",)
    assert moment_readings("5/8 10", NOW, None, date(2026, 11, 27)) == ("05-08-2026 10:00",)
    assert moment_readings("3/1 05", NOW, None, date(2027, 11, 27)) == ("03-01-2026 05:00", "03-01-2005")


@given(st.times(), st.sampled_from(["%H:%M", "kl %H.%M", "%H%M", "i går %H:%M"]))
@examples(100)
def test_every_time_of_day_is_read(time: object, form: str) -> None:
    said = moment_readings(format(time, form), NOW)
    assert len(said) <= 2
    assert any(format(time, "%H:%M") in text and moment(text) is not None for text in said)


def test_what_is_typed_at_a_visit_is_read_by_its_child_and_its_day() -> None:
    journal = visit_journal()
    family, visit = family_of(journal), visit_of(journal)
    height, sleep = STANDARD.variable["height"], STANDARD.variable["sleep"]
    start, end = STANDARD.variable["visit.start"], STANDARD.variable["visit.end"]
    weight = STANDARD.variable["weight"]
    for variable, raw, said in (
        (weight, "5,25", "5250"),
        (height, "57½", "57,5"),
        (sleep, "5,25", "5,25"),
        (start, "kl 10", "28-11-2026 10:00"),
        (end, "kl 14", "07-07-2020 14:00"),
    ):
        assert typed_readings(raw, variable, "", family, visit, NOW) == (said,)
    stands = datetime(2020, 7, 6, 10, 45, tzinfo=UTC)
    for raw, variable, said in (
        ("kl 10", start, "06-07-2020 10:00"),
        ("kl 14", end, "06-07-2020 14:00"),
        ("i går 14", start, "27-11-2026 14:00"),
    ):
        assert typed_readings(raw, variable, "", family, visit, NOW, stands=stands) == (said,)
        assert typed_readings("5,25", weight, "", family, visit, NOW, stands=Decimal(5)) == ("5250",)
    unborn = replace(family, citizens=tuple(one for one in family.citizens if not one.is_child))
    nowhere = replace(visit, start=EMPTY)
    assert typed_readings("5,25", weight, "", unborn, nowhere, NOW) == ("5250",)
    assert typed_readings("kl 14", end, "", unborn, nowhere, NOW) == ("28-11-2026 14:00",)
    before = replace(visit, start=Entry(date(2019, 1, 1)))
    assert typed_readings("57½", height, "", family, before, NOW) == ("57,5",)


def test_what_can_not_be_seen_in_a_number_is_no_part_of_it() -> None:
    for raw in ("5250\u200b", "\ufeff5250", "52\u00ad50"):
        assert number_readings(raw, STANDARD.variable["weight"], "g", TWO_MONTHS) == ("5250",)


def test_what_a_reading_says() -> None:
    said = meaning("5,25 kg", STANDARD.variable["weight"])
    assert not isinstance(said, date)
    assert said is not None
    assert (said.number, said.unit) == (Decimal("5.25"), "kg")
    assert meaning("05-08-2026", STANDARD.variable["visit.start"]) == date(2026, 8, 5)
