"""Synthetic journals to reports and back: every value that can be told is the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.bundles.elements import period
from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.plan import ReportOf, planned
from ldbu_desktop.bundles.read import read_journal
from ldbu_desktop.bundles.write import ReportWriter
from ldbu_desktop.journal.model import Journal, Moment, Record, Visit
from ldbu_desktop.sources.found import BundleText
from tests.oracle.synthetic import synthetic_journal
from tests.profiles import examples
from tests.unit.bundles.small_family import NOW, STANDARD


def told(source: Journal) -> set[tuple[Any, ...]]:
    """All that the visits of a journal say, with citizens by CPR number and schools by theirs.

    An intervention that a later visit is based on is sent with both, so what is said twice counts once.
    """
    return {line for family in source.families for visit in family.visits for line in _lines(source, visit)}


def _lines(source: Journal, visit: Visit) -> Iterator[tuple[Any, ...]]:
    citizens = {one.key: one.cpr.value for family in source.families for one in family.citizens}
    schools = {one.key: one.identifier.value for family in source.families for one in family.schools}

    def who(record: Any) -> str:
        return str(citizens[record.subject.value])

    school = schools.get(visit.school.value or "")
    times = _instant(visit.start.value), _instant(visit.end.value)
    of_visit = visit.type.value, visit.visit_class.value, visit.status.value
    yield ("visit", who(visit), *of_visit, *times, school, len(visit.based_on))
    for one in visit.observations:
        times = _period(one.start.value, one.end.value) if one.is_period else (_instant(one.start.value), "")
        value = Decimal(one.value.value).normalize() if one.unit.value and one.value.value else one.value.value
        measured = value, one.unit.value, one.missing_reason.value
        yield ("observation", who(one), one.variable.value, *measured, *times, one.status.value)
    for need in visit.interventions:
        reasons = tuple(reason.value for reason in need.reasons)
        times = _period(need.start.value, need.end.value)
        statuses = need.status.value, need.activity_status.value
        yield ("intervention", who(need), need.code.value, reasons, *times, *statuses)
    for response in visit.responses:
        answers = tuple((answer.link_id.value, answer.value.value) for answer in response.answers)
        filled = response.questionnaire.value, _instant(response.authored.value), response.informer.value
        yield ("response", who(response), *filled, response.status.value, answers)


def _instant(value: Moment | None) -> str:
    return str(value.timestamp()) if isinstance(value, datetime) else str(value)


def _period(start: Moment | None, end: Moment | None) -> tuple[str, str]:
    """A period as it is sent: with the same precision at both ends."""
    sent = period(start, end)

    def point(name: str) -> str:
        text = sent.get(name, "")
        return _instant(datetime.fromisoformat(text)) if "T" in text else text

    return point("start"), point("end")


@examples(8)
@given(seed=st.integers(0, 10_000), visits=st.integers(1, 15), report_of=st.sampled_from(ReportOf))
def test_a_journal_says_the_same_when_it_comes_back(seed: int, visits: int, report_of: ReportOf) -> None:
    source = synthetic_journal(STANDARD, visits, seed)
    ready = {visit.key for family in source.families for visit in family.visits}
    plan = planned(source, ready, report_of)
    assert sorted(visit.key for report in plan for visit in report.visits) == sorted(ready)
    writer = ReportWriter(source, STANDARD, NOW)
    texts = [BundleText(f"{place}.json", json_text(one.built(writer).bundle)) for place, one in enumerate(plan)]
    back = read_journal(texts, STANDARD)
    if report_of is ReportOf.VISIT:
        # Records of two visits in one report may fit either and are then kept aside.
        assert told(back) == told(source)
    again = ReportWriter(back, STANDARD, NOW)
    assert [json_text(again.as_read(report).bundle) for report in back.reports] == [text.data for text in texts]
    for citizen in (citizen for family in back.families for citizen in family.citizens):
        assert citizen.carried is not None
        assert again.identities.of(citizen) == citizen.carried.resource_id


def test_records_of_a_journal_have_no_equal_ids() -> None:
    source = synthetic_journal(STANDARD, 60)
    writer = ReportWriter(source, STANDARD, NOW)
    records: list[Record] = [record for record in writer.index.record.values()]
    assert len({writer.identities.of(record) for record in records}) == len(records) > 500
