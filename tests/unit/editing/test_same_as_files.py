"""A visit that is filled and the same visit in a workbook: the same findings, and the same report is sent."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import Workbook

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.plan import ReportOf, planned
from ldbu_desktop.bundles.write import ReportWriter
from ldbu_desktop.editing.answers import answered
from ldbu_desktop.editing.periods import with_period
from ldbu_desktop.editing.visits import with_visit
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.journal.where import Where
from ldbu_desktop.mapping.tables_out import long_rows
from ldbu_desktop.standard.model import VisitType
from ldbu_desktop.use_cases.examples import journal_of
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.revalidate import revalidated
from ldbu_desktop.use_cases.validate import validate
from tests.profiles import each, examples
from tests.unit.editing.answers_twice import START, Told, sheets, told_visits
from tests.unit.editing.filled_family import (
    CHILD,
    FAMILY,
    PARENT,
    STANDARD,
    TODAY,
    codes_of,
    family_journal,
    family_of,
    visit_of,
)

TYPES = {one.id: one for one in STANDARD.visit_types}
NOW = datetime(2020, 12, 1, 3, tzinfo=UTC)
SIZES = {"weight": "5250", "height": "57,5", "head-circumference": "39,5"}


def filled(told: Told) -> tuple[Journal, Findings]:
    """The journal that is filled with what is told, and its findings, judged again after each answer."""
    journal = family_journal()
    findings = validate(journal, STANDARD, TODAY)
    journal, key = with_visit(journal, FAMILY, told.visit_type.id, told.subject, "", date(2020, 7, 7), STANDARD)
    of_visit = Where(FAMILY, key)
    parts = {"class": told.visit_class, "start": told.start, "end": told.end, "school": told.school}
    answers = [(of_visit._replace(field=f"visit.{part}"), raw) for part, raw in parts.items()]
    (*observed,) = (one for one in told.answers if one[0].variable in SIZES or one[0].variable in TABLED)
    others = [one for one in told.answers if one not in observed]
    for place, raw in (*answers, *observed):
        journal = answered(journal, _there(journal, place, key), raw, STANDARD)
        findings = revalidated(findings, journal, {FAMILY})
    for place, raw, start, end in told.periods:
        journal = with_period(journal, place._replace(visit=key), raw, start, end, STANDARD)
    for place, raw in others:
        journal = answered(journal, _there(journal, place, key), raw, STANDARD)
        findings = revalidated(findings, journal, {FAMILY})
    return journal, revalidated(findings, journal, {FAMILY})


TABLED = frozenset(variable.id for variable in STANDARD.observed) - {"exam-result"}
"""What stands in the sheet of observations; findings have one of their own, below."""


def _there(journal: Journal, place: Where, visit: str) -> Where:
    record = visit_of(journal).interventions[-1].key if place.record == "last" else place.record
    return place._replace(visit=visit, record=record)


def codes(findings: Findings) -> Counter[tuple[str, ...]]:
    """What was found, without the keys of records."""
    return Counter(
        (one.code, one.location.variable, one.location.field, one.rule, one.found, repr(sorted(one.facts)))
        for one in findings.all
    )


def report(journal: Journal) -> str:
    """The report of the only visit, with ids told by their order."""
    named = replace(journal, system="test")
    [plan] = planned(named, {visit_of(journal).key}, ReportOf.VISIT)
    bundle: dict[str, Any] = plan.built(ReportWriter(named, STANDARD, NOW)).bundle
    text = json_text(bundle).decode()
    for number, entry in enumerate(bundle["entry"]):
        text = text.replace(entry["resource"]["id"], f"id-{number}")
    return text.replace(bundle["id"], "id-of-report")


@pytest.mark.parametrize("name", each([*TYPES], 4))
@examples(4)
@given(data=st.data())
def test_any_answers(name: str, data: st.DataObject) -> None:
    told = data.draw(told_visits(TYPES[name]))
    journal, findings = filled(told)
    loaded = journal_of(sheets(told), STANDARD)
    assert codes(findings) == codes(validate(loaded, STANDARD, TODAY))
    assert findings.all == validate(journal, STANDARD, TODAY).all
    assert report(journal) == report(loaded)


def right(visit_type: VisitType) -> Told:
    """A visit with all that is asked for."""
    told = Told(visit_type, PARENT if visit_type.subject == "parent" else CHILD, "HH", START, "", "")
    told.school = "280001" if visit_type.is_at_school else ""
    for variable in STANDARD.observed:
        subject = PARENT if variable.subject == "parent" else CHILD
        if variable.id in TABLED and not (visit_type.subject == "parent" and subject == CHILD):
            value = SIZES.get(variable.id) or codes_of(variable.id)[0]
            unit = variable.units[0].code if variable.units else ""
            told.row("observations", subject, variable=variable.id, value=value, unit=unit)
            told.answers.append((told.place(variable.id, subject), value))
    return told


@pytest.mark.parametrize("visit_type", STANDARD.visit_types, ids=lambda each: each.id)
def test_a_right_visit_in_a_workbook_on_the_disk(visit_type: VisitType, tmp_path: Path) -> None:
    told = right(visit_type)
    journal, findings = filled(told)
    loaded = load([write(tmp_path / "eksport.xlsx", sheets(told))], STANDARD)
    assert codes(findings) == codes(validate(loaded, STANDARD, TODAY))
    assert findings.is_ready(visit_of(journal).key)
    assert report(journal) == report(loaded)


@pytest.mark.parametrize("visit_type", STANDARD.visit_types, ids=lambda each: each.id)
def test_a_filled_case_that_is_written_as_a_workbook(visit_type: VisitType) -> None:
    journal, _ = filled(right(visit_type))
    rows = long_rows(journal, STANDARD)
    from ldbu_desktop.mapping.layout import long_sheets

    again = journal_of(
        {sheet.name: [[column.header for column in sheet.columns], *rows[sheet.name]] for sheet in long_sheets()},
        STANDARD,
    )
    assert report(again) == report(journal)
    assert [one.key for one in visit_of(again).observations] == [one.key for one in visit_of(journal).observations]
    assert family_of(again).key == FAMILY


def write(path: Path, told: dict[str, list[list[str]]]) -> Path:
    """A workbook on the disk."""
    workbook = Workbook(write_only=True)
    for name, rows in told.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path
