"""Interventions over several visits: begun, with reasons, gone on with, ended."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from ldbu_desktop.editing.answers import answer_at, answered
from ldbu_desktop.editing.interventions import continued, ended, not_continued
from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.model import Intervention, Journal
from ldbu_desktop.use_cases.validate import validate
from tests.unit.editing.filled_family import (
    DENMARK,
    FAMILY,
    PARENT,
    STANDARD,
    START,
    TODAY,
    codes_of,
    family_of,
    place,
    visit_journal,
    visit_of,
    visited,
    with_answers,
)

CODE, REASONS = place("intervention.code"), place("intervention.reasons")
CODES, CONDITIONS = codes_of("intervention.code"), codes_of("intervention.reasons")
LATER = datetime(2020, 9, 2, 9, 30, tzinfo=DENMARK)


def begun() -> Journal:
    return with_answers(visit_journal(), (CODE, CODES[0]))


def intervention_of(journal: Journal) -> Intervention:
    (intervention,) = visit_of(journal).interventions
    return intervention


def test_an_intervention_is_begun() -> None:
    made = intervention_of(begun())
    assert (made.code.value, made.subject.value, made.start.value) == (CODES[0], CODE.subject, START)
    assert (made.status.value, made.activity_status.value) == ("active", "unknown")
    assert answer_at(begun(), CODE).value == CODES[0]
    assert answer_at(visit_journal(), CODE).is_empty
    assert answer_at(begun(), REASONS).is_empty
    assert answered(visit_journal(), CODE, " ", STANDARD) == visit_journal()
    another = answered(begun(), CODE, CODES[0], STANDARD)
    assert len({one.key for one in visit_of(another).interventions}) == 2


def test_what_is_none_is_kept_and_told() -> None:
    journal = answered(visit_journal(), CODE, "Snak", STANDARD)
    assert (intervention_of(journal).code.value, intervention_of(journal).code.raw) == (None, "Snak")
    timed = answered(visit_journal(), place("intervention.start"), "08-07-2020", STANDARD)
    assert "intervention-code-missing" in validate(timed, STANDARD, TODAY).by_code


def test_reasons_come_and_go() -> None:
    key = intervention_of(begun()).key
    reasons = REASONS._replace(record=key)
    journal = with_answers(begun(), *((reasons, code) for code in CONDITIONS[:3]))
    assert [one.value for one in intervention_of(journal).reasons] == CONDITIONS[:3]
    assert answer_at(journal, reasons).value == CONDITIONS[0]
    assert answer_at(journal, reasons._replace(number=2)).value == CONDITIONS[2]
    journal = with_answers(journal, (reasons._replace(number=1), ""), (reasons._replace(number=0), CONDITIONS[4]))
    assert [one.value for one in intervention_of(journal).reasons] == [CONDITIONS[4], CONDITIONS[2]]


def test_the_interventions_of_child_and_parent_are_told_apart() -> None:
    of_parent = CODE._replace(subject=PARENT)
    journal = with_answers(visit_journal(), (of_parent, CODES[1]), (CODE, CODES[0]))
    assert [answer_at(journal, at).value for at in (CODE, of_parent)] == [CODES[0], CODES[1]]
    first = of_parent._replace(record=visit_of(journal).interventions[1].key)
    assert answer_at(journal, first).value == CODES[0]
    assert answer_at(journal, first._replace(record="nothing")).is_empty


def test_an_intervention_is_gone_on_with_and_not_twice() -> None:
    key = intervention_of(begun()).key
    journal, second = visited(begun(), "infant-need-based", start=LATER)
    once = continued(journal, FAMILY, second, key)
    assert [entry.value for entry in visit_of(once, 1).based_on] == [key]
    assert continued(once, FAMILY, second, key) is once
    assert "based-on-unknown" not in validate(once, STANDARD, TODAY).by_code
    assert visit_of(not_continued(once, FAMILY, second, key), 1).based_on == ()


def test_an_intervention_is_ended_as_exactly_as_it_was_begun() -> None:
    key = intervention_of(begun()).key
    over = intervention_of(ended(begun(), FAMILY, key, LATER, STANDARD))
    assert (over.end.value, over.status.value, over.key) == (LATER, "completed", key)
    by_day = with_answers(begun(), (place("intervention.start", record=key), "07-07-2020"))
    assert intervention_of(ended(by_day, FAMILY, key, LATER, STANDARD)).end.value == date(2020, 9, 2)
    unread = with_answers(begun(), (place("intervention.start", record=key), "31-02"))
    assert intervention_of(ended(unread, FAMILY, key, LATER, STANDARD)).end.value == LATER


def test_an_end_that_is_typed_ends_it_too() -> None:
    key = intervention_of(begun()).key
    end, status = place("intervention.end", record=key), place("intervention.status", record=key)
    journal = with_answers(begun(), (end, "01-09-2020"))
    assert (intervention_of(journal).end.value, answer_at(journal, status).value) == (date(2020, 9, 1), "completed")
    assert answer_at(with_answers(journal, (end, "")), status).value == "active"
    written = with_answers(begun(), (status, "on-hold"), (end, "01-09-2020"))
    assert answer_at(written, status).value == "on-hold"
    assert answer_at(with_answers(written, (status, "")), status).value == "completed"


def test_an_intervention_is_taken_away() -> None:
    key = intervention_of(begun()).key
    assert visit_of(with_answers(begun(), (CODE._replace(record=key), ""))).interventions == ()


def test_what_is_not_there() -> None:
    journal, second = visited(begun(), "infant-need-based", start=LATER)
    with pytest.raises(CallFault):
        continued(journal, FAMILY, second, "nothing")
    with pytest.raises(CallFault):
        continued(journal, FAMILY, "nothing", intervention_of(journal).key)
    with pytest.raises(CallFault):
        ended(journal, FAMILY, "nothing", LATER, STANDARD)
    with pytest.raises(CallFault):
        ended(journal, "nobody", intervention_of(journal).key, LATER, STANDARD)
    assert family_of(journal) is journal.families[0]
