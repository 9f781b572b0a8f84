"""The order of periods, and where a time lies beside its visit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

import pytest

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.findings.checks.scopes import shown
from ldbu_desktop.findings.examples import RecordChange, RowChange
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.model import Entry

Found = Callable[..., Findings]


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


@pytest.mark.parametrize(
    ("value", "code", "days"),
    [
        ("5/8/2020", "date-ambiguous", ["5. aug. 2020", "8. maj 2020"]),
        ("20-05-08", "date-ambiguous", ["20. maj 2008", "8. maj 2020"]),
        ("halv ti", "date-ambiguous", ["7. juli 2020 kl. 09.30", "7. juli 2020 kl. 21.30"]),
        ("5/8/2020 25:00", "date-unreadable", []),
        ("13-05-2020 25:00", "date-unreadable", []),
        ("13-05-2020 10:00 x", "date-unreadable", []),
        ("29-03-2020 02:30", "date-unreadable", []),
    ],
)
def test_a_date_with_several_readings_names_them(found: Found, value: str, code: str, days: list[str]) -> None:
    (finding,) = found(RowChange("Indsatser", "I1", column="slut", value=value)).by_code[code]
    told = finding.facts.get("days", ())
    assert isinstance(told, tuple)
    assert [day.da for day in told] == days


@pytest.mark.parametrize(
    ("value", "day", "order"),
    [
        ("5/13/2020", date(2020, 5, 13), "with the month first"),
        ("05-13-2020 10:30", date(2020, 5, 13), "with the month first"),
        ("2020-13-05", date(2020, 5, 13), "with the day before the month"),
    ],
)
def test_a_date_with_month_and_day_the_other_way_round_is_told_as_that(
    found: Found, value: str, day: date, order: str
) -> None:
    (finding,) = found(RowChange("Indsatser", "I1", column="slut", value=value)).by_code["date-month-first"]
    assert finding.facts["day"] == day
    assert isinstance(finding.facts["order"], Text)
    assert finding.facts["order"].en == order


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (datetime(2026, 11, 29, 21, 55, tzinfo=timezone(timedelta(hours=-8))), "30-11-2026 06:55"),
        (date(2026, 11, 30), "30-11-2026"),
        ("HH", "HH"),
    ],
)
def test_what_no_file_says_is_told_as_it_stands_in_its_field(value: object, told: str) -> None:
    assert shown(Entry(value)) == told
