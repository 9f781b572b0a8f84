"""Feeding in periods: open or not, beside the status of the day; ends are proposed where they would overlap."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from ldbu_desktop.editing.answers import answer_at, answered
from ldbu_desktop.editing.periods import Ending, endings, with_endings, with_period
from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.model import Journal, Observation
from ldbu_desktop.journal.where import Where
from ldbu_desktop.use_cases.validate import validate
from tests.unit.editing.filled_family import (
    CHILD,
    DENMARK,
    FAMILY,
    STANDARD,
    TODAY,
    TWIN,
    codes_of,
    family_of,
    place,
    visit_journal,
    visit_of,
    visited,
    with_answers,
)

FEEDING = place("feeding")
CODES = codes_of("feeding")
OVERLAP = "feeding-periods-overlap"


def with_periods(
    journal: Journal, *periods: tuple[str, str], subject: str = CHILD, visit: str = FEEDING.visit
) -> Journal:
    for number, (start, end) in enumerate(periods):
        at = FEEDING._replace(subject=subject, visit=visit)
        journal = with_period(journal, at, CODES[number % len(CODES)], start, end, STANDARD)
    return journal


def periods_of(journal: Journal) -> list[Observation]:
    return [one for visit in family_of(journal).visits for one in visit.observations if one.is_period]


def keys_of(journal: Journal) -> list[str]:
    return [one.key for one in periods_of(journal)]


def test_periods_beside_the_status_of_the_day() -> None:
    journal = with_answers(visit_journal(), (FEEDING, CODES[1]))
    journal = with_periods(journal, ("05-05-2020", "01-06-2020"), ("01-06-2020", ""))
    status, *periods = visit_of(journal).observations
    assert (status.is_period, answer_at(journal, FEEDING).value) == (False, CODES[1])
    assert [(one.value.value, one.start.value, one.end.value) for one in periods] == [
        (CODES[0], date(2020, 5, 5), date(2020, 6, 1)),
        (CODES[1], date(2020, 6, 1), None),
    ]
    assert not {OVERLAP, "duplicate-observation"} & set(validate(journal, STANDARD, TODAY).by_code)


def test_what_can_not_be_read_is_kept() -> None:
    journal = with_periods(visit_journal(), ("31-02-2020", "i går"))
    (period,) = periods_of(journal)
    assert [(one.value, one.raw) for one in (period.start, period.end)] == [(None, "31-02-2020"), (None, "i går")]
    assert "date-unreadable" in validate(journal, STANDARD, TODAY).by_code
    unstarted = with_periods(visit_journal(), ("", ""))
    assert "feeding-period-without-start" in validate(unstarted, STANDARD, TODAY).by_code


def test_a_period_is_changed_opened_and_taken_away() -> None:
    journal = with_periods(visit_journal(), ("05-05-2020", "01-06-2020"))
    period = FEEDING._replace(record=keys_of(journal)[0])
    end = period._replace(field="observation.end")
    journal = with_answers(journal, (period, CODES[2]), (period._replace(field="observation.start"), "06-05-2020"))
    assert answer_at(journal, period).value == CODES[2]
    assert answer_at(journal, end).value == date(2020, 6, 1)
    journal = answered(journal, end, "", STANDARD)
    (opened,) = periods_of(journal)
    assert (opened.start.value, opened.end.is_empty) == (date(2020, 5, 6), True)
    assert visit_of(answered(journal, period, "", STANDARD)).observations == ()


def test_only_what_can_have_periods_has_them() -> None:
    for wrong in (
        FEEDING._replace(variable="sleep"),
        FEEDING._replace(variable="nothing"),
        FEEDING._replace(visit="x"),
    ):
        with pytest.raises(CallFault):
            with_period(visit_journal(), wrong, CODES[0], "05-05-2020", "", STANDARD)


def test_the_end_of_an_open_period_is_proposed_when_the_next_begins_and_not_made() -> None:
    journal = with_periods(visit_journal(), ("05-05-2020", ""))
    journal, later = visited(journal, "4-6-months", start=date(2020, 10, 1))
    journal = with_periods(journal, ("01-09-2020", ""), visit=later)
    first, second = keys_of(journal)
    assert periods_of(journal)[0].end.is_empty
    proposed = endings(journal, FAMILY, second)
    assert proposed == (Ending(Where(FAMILY, FEEDING.visit, first), date(2020, 9, 1)),)
    after = with_endings(journal, proposed)
    assert periods_of(after)[0].end.value == date(2020, 9, 1)
    assert endings(after, FAMILY, second) == ()
    assert OVERLAP not in validate(after, STANDARD, TODAY).by_code


def test_a_period_that_is_told_after_the_next_ends_where_that_begins() -> None:
    journal = with_periods(visit_journal(), ("01-07-2020", ""), ("05-05-2020", ""), ("20-06-2020", "01-07-2020"))
    first, second, third = keys_of(journal)
    assert [(one.where.record, one.end) for one in endings(journal, FAMILY, second)] == [(second, date(2020, 6, 20))]
    assert [one.where.record for one in endings(journal, FAMILY, third)] == [second]
    assert [one.where.record for one in endings(journal, FAMILY, first)] == [second]


def test_a_period_that_goes_on_into_the_next_is_proposed_to_end_there() -> None:
    journal = with_periods(visit_journal(), ("05-05-2020", "01-07-2020"), ("01-06-2020", "01-07-2020"))
    assert OVERLAP in validate(journal, STANDARD, TODAY).by_code
    after = with_endings(journal, endings(journal, FAMILY, keys_of(journal)[1]))
    assert OVERLAP not in validate(after, STANDARD, TODAY).by_code


def test_an_end_is_told_as_exactly_as_the_beginning() -> None:
    journal = with_periods(visit_journal(), ("05-05-2020", ""), ("06-05-2020 10:00", ""), ("01-06-2020 12:00", ""))
    ends = [one.end for one in endings(journal, FAMILY, keys_of(journal)[2])]
    assert ends == [date(2020, 6, 1), datetime(2020, 6, 1, 12, tzinfo=DENMARK)]
    after = with_endings(journal, endings(journal, FAMILY, keys_of(journal)[2]))
    assert "period-mixed-precision" not in validate(after, STANDARD, TODAY).by_code


def test_periods_of_the_other_twin_and_withdrawn_ones_are_nobodys() -> None:
    journal = with_periods(visit_journal(), ("05-05-2020", ""), subject=TWIN)
    journal = with_periods(journal, ("05-05-2020", ""), ("05-06-2020", ""), ("zzz", ""), ("", ""))
    error = place("feeding", record=keys_of(journal)[1])
    from ldbu_desktop.editing.values import edited

    at = Where(FAMILY, error.visit, error.record, "observation.status")
    journal = edited(journal, at, "entered-in-error", STANDARD)
    assert endings(journal, FAMILY, keys_of(journal)[2]) == ()
    for record in (*keys_of(journal)[3:], "nothing"):
        assert endings(journal, FAMILY, record) == ()


def test_what_was_proposed_for_a_period_that_is_gone_changes_nothing() -> None:
    journal = visit_journal()
    assert with_endings(journal, (Ending(Where(FAMILY, FEEDING.visit, "gone"), date(2020, 9, 1)),)) == journal
