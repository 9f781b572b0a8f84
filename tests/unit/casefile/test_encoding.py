"""Records as bytes: whatever a journal may hold comes back as it was, to the digit, the zone and the type."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.casefile.encoding import decoded, encoded
from ldbu_desktop.casefile.state import read, written
from ldbu_desktop.journal.model import (
    NOWHERE,
    Answer,
    Carried,
    Citizen,
    DeliveryReport,
    Entry,
    Family,
    Intervention,
    Journal,
    Note,
    Observation,
    Origin,
    Parenthood,
    QuestionnaireResponse,
    School,
    SourceFile,
    Visit,
)
from tests.profiles import examples

ZONES = st.one_of(
    st.sampled_from([ZoneInfo("Europe/Copenhagen"), ZoneInfo("America/Nuuk"), UTC]),
    st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
# Half characters too: a text may be pasted that has them.
TEXTS = st.text(st.characters(exclude_categories=()), max_size=12)
NAMES = st.text(max_size=12)
NUMBERS = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False),
    st.sampled_from([Decimal("3.50"), Decimal("-0"), Decimal("1E+3")]),
)
TIMES = st.datetimes(timezones=ZONES, allow_imaginary=True)
MOMENTS = st.one_of(st.dates(), TIMES)
COLUMNS = st.integers(-1, 300)


def entries(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Entry[Any]]:
    """Entries with such values, and those that are empty or unreadable."""
    return st.one_of(st.builds(Entry), st.builds(Entry, st.none() | values, TEXTS, COLUMNS))


ENTRIES = entries(TEXTS)
ORIGINS = st.one_of(st.just(NOWHERE), st.builds(Origin, TEXTS, TEXTS, COLUMNS, TEXTS, COLUMNS))
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), NUMBERS, TEXTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)
CARRIED = st.none() | st.builds(Carried, TEXTS, TEXTS, st.dictionaries(NAMES, JSON, max_size=3))
COMMON = {"origin": ORIGINS, "carried": CARRIED}


def few(items: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """None to two of them."""
    return st.lists(items, max_size=2).map(tuple)


CITIZENS = st.builds(
    Citizen, TEXTS, st.booleans(), ENTRIES, ENTRIES, entries(st.booleans()), **COMMON,
    name=ENTRIES, kin=ENTRIES, sibling=entries(st.integers()),
)  # fmt: skip
PARENTHOODS = st.builds(Parenthood, TEXTS, ENTRIES, ENTRIES, ENTRIES, entries(st.booleans()), **COMMON)
SCHOOLS = st.builds(School, TEXTS, ENTRIES, ENTRIES, **COMMON)
OBSERVATIONS = st.builds(
    Observation, TEXTS, ENTRIES, ENTRIES, entries(NUMBERS | TEXTS), ENTRIES, ENTRIES, entries(MOMENTS),
    entries(MOMENTS), st.booleans(), ENTRIES, **COMMON,
)  # fmt: skip
INTERVENTIONS = st.builds(
    Intervention, TEXTS, ENTRIES, ENTRIES, few(ENTRIES), entries(MOMENTS), entries(MOMENTS), ENTRIES, ENTRIES, **COMMON
)
ANSWERS = st.builds(Answer, ENTRIES, entries(st.integers() | st.booleans() | TEXTS), ORIGINS)
RESPONSES = st.builds(
    QuestionnaireResponse, TEXTS, ENTRIES, ENTRIES, entries(MOMENTS), ENTRIES, ENTRIES, few(ANSWERS), **COMMON
)
VISITS = st.builds(
    Visit, TEXTS, ENTRIES, ENTRIES, ENTRIES, ENTRIES, entries(MOMENTS), entries(MOMENTS), ENTRIES, few(ENTRIES),
    few(OBSERVATIONS), few(INTERVENTIONS), few(RESPONSES), **COMMON,
)  # fmt: skip
FAMILIES = st.builds(
    Family, TEXTS, few(CITIZENS), few(PARENTHOODS), few(SCHOOLS), few(VISITS),
    few(st.one_of(OBSERVATIONS, INTERVENTIONS, RESPONSES)),
)  # fmt: skip
REPORTS = st.builds(DeliveryReport, TEXTS, entries(MOMENTS), few(TEXTS), few(TEXTS), TEXTS, **COMMON)
NOTES = st.builds(Note, TEXTS, ORIGINS, COLUMNS, TEXTS, st.dictionaries(NAMES, TEXTS | st.integers(), max_size=2))
SOURCES = st.builds(SourceFile, TEXTS, st.integers(0), TEXTS, TEXTS)
JOURNALS = st.builds(Journal, few(FAMILIES), few(REPORTS), few(NOTES), few(SOURCES), TEXTS)


def exactly(value: Any) -> Any:
    """What tells every difference between two values: their types, digits, zones, and which hour it is."""
    if isinstance(value, datetime):
        return datetime, value.replace(tzinfo=None).isoformat(), exactly_zone(value.tzinfo, value)
    if isinstance(value, tuple | list):
        return type(value), [exactly(item) for item in value]
    if isinstance(value, dict):
        return [(key, exactly(item)) for key, item in value.items()]
    if hasattr(value, "__struct_fields__"):
        return type(value), [exactly(getattr(value, name)) for name in value.__struct_fields__]
    return type(value), str(value)


def exactly_zone(zone: tzinfo | None, at: datetime) -> Any:
    """A zone by its name and which of two hours alike it is, or its distance from UTC."""
    return (zone.key, at.fold) if isinstance(zone, ZoneInfo) else zone and zone.utcoffset(at)


@given(JOURNALS)
def test_what_is_saved_is_what_opens(journal: Journal) -> None:
    pieces: list[bytes] = []

    def put(data: bytes) -> int:
        pieces.append(data)
        return len(pieces) - 1

    state = written(journal, None, put)
    opened = read(state.piece, lambda numbers: [(number, pieces[number]) for number in numbers])
    assert exactly(opened.journal) == exactly(journal)
    assert written(journal, state, put).piece == state.piece
    assert len(pieces) == state.piece + 1


@examples(10)
@given(VISITS, VISITS)
def test_visits_that_differ_have_other_bytes(one: Visit, other: Visit) -> None:
    assert (encoded(one) == encoded(other)) == (exactly(one) == exactly(other))


@pytest.mark.parametrize(
    "value",
    [
        "Æble",
        "half of \ud83d",
        2**63 - 1,
        2**80,
        -(2**80),
        True,
        Decimal("5.10"),
        date(2021, 3, 4),
        datetime(2021, 3, 4, 5, 6),
        datetime(2021, 3, 4, 5, 6, tzinfo=timezone(timedelta(hours=-3))),
        datetime(2021, 3, 4, 5, 6, tzinfo=ZoneInfo("Europe/Copenhagen")),
    ],
)
def test_every_kind_of_value_comes_back_exactly(value: object) -> None:
    visit = Visit("K1", subject=Entry(value, "\ud800"))  # type: ignore[arg-type]
    assert exactly(decoded(encoded(visit), Visit)) == exactly(visit)


def test_a_visit_is_its_parts_without_defaults() -> None:
    assert len(encoded(Visit("K1"))) < 10
    assert decoded(encoded(Visit("K1")), Visit) == Visit("K1")


def test_a_part_that_the_model_got_later_has_its_default() -> None:
    data = msgspec.msgpack.encode({"key": "K1", "subject": ["B1", "b1"]})
    assert decoded(data, Visit) == Visit("K1", Entry("B1", "b1"))


@pytest.mark.parametrize("hour", [0, 1])
def test_the_hour_that_comes_twice(hour: int) -> None:
    moment = datetime(2021, 10, 31, 2, 30, tzinfo=ZoneInfo("Europe/Copenhagen"), fold=hour)
    again = decoded(encoded(Visit("K1", start=Entry(moment))), Visit).start.value
    assert isinstance(again, datetime)
    assert again.utcoffset() == moment.utcoffset() == timedelta(hours=2 - hour)


def test_a_day_is_no_time() -> None:
    again = decoded(encoded(Visit("K1", start=Entry(date(2021, 1, 1)))), Visit).start.value
    assert type(again) is date


def test_what_no_journal_holds_is_not_written() -> None:
    with pytest.raises(TypeError):
        encoded(Visit("K1", subject=Entry(object())))  # type: ignore[arg-type]
