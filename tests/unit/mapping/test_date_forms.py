"""Columns of dates as other programs and people write them, each with the days that are meant; None where told."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from ldbu_desktop.journal.dates import DANISH_TIME
from ldbu_desktop.journal.model import Moment

if TYPE_CHECKING:
    from conftest import Exported

HEAD = "kontakt_id|barn_cpr|sor|kontakttype|kontaktform|start"
CHILD = "050515-9995|451000016003|Behovskontakt med skolesundhedsplejen|Ambulant"


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=DANISH_TIME)


COLUMNS: dict[str, list[tuple[str, Moment | None]]] = {
    "as Danes write": [("08-05-2020", day("2020-05-08")), ("05-08-2020", day("2020-08-05"))],
    "with dots": [("8.5.2020", day("2020-05-08")), ("13.5.2020", day("2020-05-13"))],
    "ISO": [("2020-05-08", day("2020-05-08")), ("2020-08-05T10:30", at("2020-08-05T10:30"))],
    "ISO with slashes": [("2020/05/08", day("2020-05-08")), ("2020/5/9", day("2020-05-09"))],
    "slashes, decided": [("8/5/2020", day("2020-05-08")), ("13/5/2020", day("2020-05-13"))],
    "slashes, decided, with times": [
        ("08/05/2020 10:30", at("2020-05-08T10:30")),
        ("31/05/2020 kl. 9.15", at("2020-05-31T09:15")),
    ],
    "slashes, left open": [("5/8/2020", None), ("6/7/2020", None)],
    "slashes, the same both ways": [("5/5/2020", day("2020-05-05")), ("6/6/2020", day("2020-06-06"))],
    "month first": [("5/8/2020 10:30", None), ("5/13/2020 10:30", None)],
    "month first, and a day that is the same": [("5/5/2020", day("2020-05-05")), ("5/13/2020", None)],
    "month first with a clock, and a day that is the same": [
        ("6/6/2020 10:30", at("2020-06-06T10:30")),
        ("5/8/2020 10:30", None),
        ("5/13/2020 10:30", None),
    ],
    "year, day, month, and a day that is the same": [("2020-05-05", day("2020-05-05")), ("2020-13-05", None)],
    "two digits, the same both ways": [("20-05-20", day("2020-05-20")), ("20-05-08", None)],
    "six digits that are one day in both forms": [("200520", day("2020-05-20")), ("210520", None)],
    "month first with the clock of twelve hours": [("5/8/2020 1:30 PM", None), ("5/13/2020 1:30 PM", None)],
    "month first with hyphens": [("05-08-2020", None), ("05-13-2020", None)],
    "turned round by a spreadsheet": [("05-08-2020", None), ("5/13/2020", None), ("2020-05-08", day("2020-05-08"))],
    "as many of each": [("13-05-2020", day("2020-05-13")), ("05-14-2020", None), ("05-08-2020", None)],
    "one slip among many": [
        *((f"{number}-05-2020", date(2020, 5, number)) for number in range(13, 25)),
        ("05-25-2020", None),
        ("05-08-2020", day("2020-08-05")),
    ],
    "year, day, month": [("2020-13-05", None), ("2020-08-05", None)],
    "year first, one slip": [
        *((f"2020-05-{number}", date(2020, 5, number)) for number in range(13, 25)),
        ("2020-25-05", None),
        ("2020-05-08", day("2020-05-08")),
    ],
    "two digits of the year, left open": [("20-05-08", None)],
    "two digits of the year, day first": [("31-05-20", day("2020-05-31")), ("08-05-20", day("2020-05-08"))],
    "two digits of the year with slashes": [("31/05/20", day("2020-05-31")), ("08/05/20", day("2020-05-08"))],
    "two digits of the year, year first": [("20-05-31", day("2020-05-31")), ("20-05-08", day("2020-05-08"))],
    "two digits of the year, one digit of the day": [("8-5-20", day("2020-05-08")), ("8/5/20", None)],
    "two digits of the year, one digit of the day, year first": [("20-5-8", day("2020-05-08"))],
    "three digits": [("123-05-08", None), ("08-05-123", None)],
    "last century": [("05-05-99", day("1999-05-05"))],
    "serial numbers": [("43956", day("2020-05-05")), ("43956,5", at("2020-05-05T12:00"))],
    "serial numbers of the years that look like days": [("40522", None)],
    "serial numbers among others": [("40522", day("2010-12-10")), *((str(n), day("2020-05-05")) for n in (43956,))],
    "six digits, left open": [("140522", None), ("40522", None)],
    "six digits, day first": [("310522", day("2022-05-31")), ("40522", day("2022-05-04"))],
    "six digits, year first": [("220531", day("2022-05-31")), ("220504", day("2022-05-04"))],
    "six digits among serial numbers": [
        *((str(43956 + days), day("2020-05-05") + timedelta(days=days)) for days in range(12)),
        ("310522", None),
    ],
    "six digits beside a serial number": [("43956", None), ("310522", None)],
    "eight digits, year first": [("20200508", day("2020-05-08")), ("20101210", day("2010-12-10"))],
    "eight digits, day first": [("08052020", day("2020-05-08")), ("20102010 10:30", at("2010-10-20T10:30"))],
    "eight digits of no day": [("99999999", None), ("20201341", None)],
    "with the month's name": [("8. maj 2020", day("2020-05-08")), ("13 okt 2020", day("2020-10-13"))],
    "no dates": [("i går", None), ("8/5.2020", None), ("-", None)],
    "a time that there is not": [("08-05-2020 25:00", None)],
}


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_of_dates(exported: Exported, name: str) -> None:
    column = COLUMNS[name]
    rows = "\n".join(f"K{number}|{CHILD}|{text}" for number, (text, _) in enumerate(column))
    (family,) = exported.wide(f"{HEAD}\n{rows}").families
    assert [(visit.start.raw, visit.start.value) for visit in family.visits] == column


def test_columns_decide_for_themselves(exported: Exported) -> None:
    rows = f"{HEAD}|slut\nK1|{CHILD}|8/5/2020|8/5/2020\nK2|{CHILD}|13/5/2020|9/5/2020"
    first, second = exported.wide(rows).families[0].visits
    assert (first.start.value, first.end.value, second.end.value) == (day("2020-05-08"), None, None)


def test_what_was_read_by_its_column_is_shown(exported: Exported) -> None:
    read = exported.wide(f"{HEAD}\nK1|{CHILD}|310522\nK2|{CHILD}|140522")
    (note,) = read.notes
    assert (note.code, note.origin.row, note.column, note.raw) == ("file-column-form", 1, 5, "310522")
    assert note.facts == {"read": "31-05-2022", "texts": 2}


def test_a_long_table_s_columns_are_decided_too(exported: Exported) -> None:
    head = "kontakt_id|variabel|værdi|enhed|start\n"
    read = exported.family(
        Observationer=head + "K1|Vægt|3500|g|5/8/2020\nK1|Længde|52|cm|5/13/2020\nK1|Hovedomfang|35|cm|"
    )
    first, second, third = exported.observations(read)
    assert (first.start.value, second.start.value) == (None, None)
    assert third.start.value == at("2020-05-20T12:45")
