"""Days, ages, the order of periods, and where a time lies beside its visit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.findings.age import age_text, can_not_be_ordered, day_of, is_before
from ldbu_desktop.findings.examples import RecordChange, RowChange
from ldbu_desktop.findings.summary import Findings

Found = Callable[..., Findings]
DANISH = ZoneInfo("Europe/Copenhagen")
MOMENTS = st.one_of(
    st.dates(date(1950, 1, 1), date(2090, 1, 1)),
    st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1)),
    st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1), timezones=st.sampled_from([UTC, DANISH])),
)


@given(MOMENTS, MOMENTS)
def test_any_two_moments_can_be_compared(first: date, second: date) -> None:
    assert not (is_before(first, second) and is_before(second, first))
    assert can_not_be_ordered(first, second) == can_not_be_ordered(second, first)
    if can_not_be_ordered(first, second):
        assert not is_before(first, second)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (date(2020, 7, 7), date(2020, 7, 7)),
        (datetime(2020, 7, 6, 23, 30, tzinfo=UTC), date(2020, 7, 7)),
        (datetime(2020, 7, 7, 0, 30, tzinfo=DANISH), date(2020, 7, 7)),
        (datetime(2020, 7, 7, 0, 30), date(2020, 7, 7)),
        (datetime.max.replace(tzinfo=UTC), date.max),
        (datetime(2020, 7, 7, 0, 30, tzinfo=timezone(timedelta(hours=5))), date(2020, 7, 6)),
    ],
)
def test_the_day_is_danish(moment: date, day: date) -> None:
    assert day_of(moment) == day


@pytest.mark.parametrize(
    ("days", "danish", "english"),
    [
        (0, "0 dage", "0 days"),
        (1, "1 dag", "1 day"),
        (13, "13 dage", "13 days"),
        (63, "9 uger", "9 weeks"),
        (152, "4 måneder", "4 months"),
        (3650, "9 år", "9 years"),
    ],
)
def test_ages_are_told_as_people_do(days: int, danish: str, english: str) -> None:
    assert (age_text(days).da, age_text(days).en) == (danish, english)


def observation(key: str, **cells: str) -> list[RowChange]:
    return [RowChange("Observationer", key, column=column, value=value) for column, value in cells.items()]


def test_a_day_and_a_time_on_other_days_are_in_order(found: Found) -> None:
    assert not found(*observation("O20", start="05-05-2020", slut="24-05-2020 12:00")).all


def test_a_day_and_a_time_on_one_day_are_not(found: Found) -> None:
    findings = found(*observation("O20", start="24-05-2020", slut="24-05-2020 12:00"))
    [finding] = findings.all
    assert (finding.code, finding.rule, finding.location.field) == (
        "period-mixed-precision",
        "per-1",
        "observation.end",
    )


def test_an_intervention_ends_after_it_starts(found: Found) -> None:
    [finding] = found(RowChange("Indsatser", "I1", column="slut", value="06-07-2020")).all
    assert (finding.code, finding.location.field) == ("end-before-start", "intervention.end")


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("05-07-2020", None),
        ("09-07-2020", None),
        ("04-07-2020", "recorded-far-from-visit"),
        ("10-07-2020", "recorded-far-from-visit"),
        ("04-05-2020", "recorded-before-birth"),
        ("02-12-2025", "recorded-in-future"),
        ("01-12-2025", "recorded-far-from-visit"),
    ],
)
def test_a_time_lies_near_its_visit(day: str, code: str | None, found: Found) -> None:
    assert set(found(*observation("O18", start=day)).by_code) == ({code} if code else set())


def test_where_the_visit_lies_wrong_only_that_is_told(found: Found) -> None:
    visit = [RowChange("Kontakter", "K2", column=name, value="04-05-2020") for name in ("start", "slut")]
    findings = found(*visit, *observation("O30", start="03-05-2020"), *observation("O31", start="04-05-2020"))
    assert "recorded-before-birth" not in findings.by_code
    visit = [RowChange("Kontakter", "S1", column=name, value="16-09-2026") for name in ("start", "slut")]
    findings = found(*visit, *observation("O40", start="15-09-2026"))
    assert "visit-in-future" in findings.by_code
    assert "recorded-in-future" not in findings.by_code


def test_a_response_is_not_from_the_future(found: Found) -> None:
    change = RecordChange("QuestionnaireResponse", "R1", "authored", None, "")
    assert set(found(change).by_code) == {"response-time-missing"}
    rows = [RowChange("Spørgeskemaer", "R2", column="besvaret", value="01-01-2062")]
    assert set(found(*rows).by_code) == {"recorded-in-future"}


def test_a_time_at_a_visit_without_start(found: Found) -> None:
    findings = found(
        RowChange("Kontakter", "K2", column="start", value="før frokost"), *observation("O30", start="06-10-2020")
    )
    assert set(findings.by_code) == {"date-unreadable"}


def test_a_period_of_what_is_not_known(found: Found) -> None:
    findings = found(RecordChange("Observation", "O20", "variable", "unheard-of", "x"), *observation("O20", start=""))
    assert set(findings.by_code) == {"variable-unknown", "feeding-period-without-start"}
    assert findings.by_code["feeding-period-without-start"][0].facts["name"].da == "unheard-of"
