"""Answers about a citizen: records made, read, changed and taken away, with units, reasons and times."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from ldbu_desktop.editing.answers import answer_at, answered
from ldbu_desktop.faults import CallFault
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.model import Variable
from ldbu_desktop.use_cases.validate import validate
from tests.unit.editing.filled_family import (
    CHILD,
    DENMARK,
    OTHER_PARENT,
    PARENT,
    STANDARD,
    START,
    TODAY,
    TWIN,
    codes_of,
    family_of,
    observation_of,
    place,
    visit_journal,
    visit_of,
    with_answers,
)

WEIGHT, SLEEP = place("weight"), place("sleep")


def judged(journal: Journal) -> Findings:
    return validate(journal, STANDARD, TODAY)


def test_a_measurement_is_made_read_changed_and_taken_away() -> None:
    journal = with_answers(visit_journal(), (WEIGHT, "5.250 "), (WEIGHT, "5250"))
    made = observation_of(journal)
    assert (made.value.value, made.value.raw, made.unit.value) == (Decimal(5250), "5250", "g")
    assert (made.start.value, made.start.raw, made.status.value, made.subject.value) == (START, "", "final", CHILD)
    changed = observation_of(answered(journal, WEIGHT, "5300", STANDARD))
    assert (changed.key, changed.value.value) == (made.key, Decimal(5300))
    assert visit_of(answered(journal, WEIGHT, " \n", STANDARD)).observations == ()
    assert answered(visit_journal(), WEIGHT, " ", STANDARD) == visit_journal()


def test_an_answer_that_is_given_again_is_the_same_record() -> None:
    journal = with_answers(visit_journal(), (WEIGHT, "5250"))
    again = with_answers(journal, (WEIGHT, ""), (WEIGHT, "5300"))
    assert observation_of(again).key == observation_of(journal).key


def test_the_unit_that_is_typed_with_the_number_and_then_not() -> None:
    journal = with_answers(visit_journal(), (WEIGHT, "5,3 kg"))
    assert (answer_at(journal, WEIGHT).value, observation_of(journal).unit.value) == (Decimal("5.3"), "kg")
    journal = answered(journal, WEIGHT, "5300", STANDARD)
    assert (answer_at(journal, WEIGHT).value, observation_of(journal).unit.value) == (Decimal(5300), "g")


def test_the_unit_of_the_field() -> None:
    journal = answered(visit_journal(), WEIGHT, "5,3", STANDARD, "kg")
    assert observation_of(journal).unit.value == "kg"
    assert observation_of(answered(journal, WEIGHT, "5300 g", STANDARD, "kg")).unit.value == "g"


def test_a_unit_that_is_chosen_first_is_kept() -> None:
    unit = WEIGHT._replace(field="observation.unit")
    journal = with_answers(visit_journal(), (unit, "kg"), (WEIGHT, "5,3"))
    assert (answer_at(journal, unit).value, answer_at(journal, WEIGHT).value) == ("kg", Decimal("5.3"))
    journal = answered(journal, unit, "", STANDARD)
    assert answer_at(journal, unit).value == "g"
    two = with_answers(visit_journal(), (WEIGHT, "5,3 kg"), (unit, "g"))
    assert answer_at(two, WEIGHT).is_unreadable
    assert answer_at(answered(two, unit, "", STANDARD), WEIGHT).value == Decimal("5.3")
    assert answer_at(answered(two, unit, "", STANDARD), unit).value == "kg"
    assert visit_of(with_answers(visit_journal(), (unit, "kg"), (unit, ""))).observations == ()
    assert visit_of(answered(visit_journal(), unit, "", STANDARD)).observations == ()


def test_what_can_not_be_read_is_kept_as_it_was_typed() -> None:
    for raw, code in (
        ("300 kg", "value-implausible"),
        ("52\n50", "number-unreadable"),
        ("fem kilo", "number-unreadable"),
        ("5.250", "number-ambiguous"),
        ("-5250", "value-negative"),
    ):
        journal = with_answers(visit_journal(), (WEIGHT, raw))
        assert answer_at(journal, WEIGHT).raw == raw
        assert code in judged(journal).by_code
    journal = with_answers(visit_journal(), (SLEEP, "Sovn"))
    assert answer_at(journal, SLEEP).is_unreadable
    assert {"code-misspelled", "code-unknown"} & set(judged(journal).by_code)


def test_an_own_time() -> None:
    start = WEIGHT._replace(field="observation.start")
    journal = with_answers(visit_journal(), (WEIGHT, "5250"), (start, "06-07-2020"))
    assert answer_at(journal, start).value == date(2020, 7, 6)
    unread = answered(journal, start, "31-02", STANDARD)
    assert (answer_at(unread, start).value, answer_at(unread, start).raw) == (None, "31-02")
    assert "date-unreadable" in judged(unread).by_code
    assert answer_at(answered(journal, start, "", STANDARD), start).value == START
    moved = with_answers(journal, (place("visit.start", ""), "05-07-2020 10:00"))
    assert answer_at(moved, start).value == date(2020, 7, 6)
    followed = with_answers(visit_journal(), (WEIGHT, "5250"), (place("visit.start", ""), "05-07-2020 10:00"))
    assert answer_at(followed, start).value == datetime(2020, 7, 5, 10, tzinfo=DENMARK)
    first = with_answers(visit_journal(), (start, "06-07-2020"), (WEIGHT, "5250"))
    assert (answer_at(first, start).value, answer_at(first, WEIGHT).value) == (date(2020, 7, 6), Decimal(5250))
    assert visit_of(with_answers(visit_journal(), (start, "06-07-2020"), (start, ""))).observations == ()


@pytest.mark.parametrize("name", ["sleep", "weight"])
def test_a_value_and_a_reason_take_each_others_place(name: str) -> None:
    at, reason = place(name), place(name, field="observation.missing-reason")
    value = codes_of(name)[0] if codes_of(name) else "5250"
    journal = with_answers(visit_journal(), (at, value), (reason, "unknown"))
    assert answer_at(journal, at).is_empty
    assert (answer_at(journal, reason).value, observation_of(journal).unit.value) == ("unknown", None)
    journal = answered(journal, at, "", STANDARD)
    assert answer_at(journal, reason).value == "unknown"
    journal = answered(journal, at, value, STANDARD)
    assert answer_at(journal, reason).is_empty
    assert observation_of(journal).unit.value == ("g" if name == "weight" else None)
    assert not {"unit-missing", "value-and-missing-reason"} & set(judged(journal).by_code)
    assert observation_of(answered(journal, reason, "", STANDARD)).value.raw == value
    journal = with_answers(journal, (reason, "unknown"), (reason, ""))
    assert visit_of(journal).observations == ()


def test_a_value_that_was_read_beside_a_reason_can_be_emptied() -> None:
    from msgspec.structs import replace

    from ldbu_desktop.journal.model import Entry
    from ldbu_desktop.journal.records import with_visit_as

    journal = with_answers(visit_journal(), (WEIGHT, "5250"))
    both = replace(observation_of(journal), missing_reason=Entry("unknown", "unknown"))
    visit = visit_of(journal)
    journal = with_visit_as(journal, family_of(journal), visit, replace(visit, observations=(both,)))
    after = observation_of(answered(journal, WEIGHT, "", STANDARD))
    assert (after.value.is_empty, after.missing_reason.value) == (True, "unknown")


@pytest.mark.parametrize("variable", STANDARD.observed, ids=lambda each: each.id)
def test_not_obtained_is_an_answer_and_the_trap_is_told(variable: Variable) -> None:
    at = place(variable.id, PARENT if variable.subject == "parent" else CHILD, field="observation.missing-reason")
    found = set(judged(with_answers(visit_journal(), (at, "unknown"))).by_code)
    codes = {"contradicted": {"missing-reason-contradicted"}, "refused": {"missing-reason-refused"}, "accepted": set()}
    told = {"missing-reason-contradicted", "missing-reason-refused", "value-missing"}
    assert found & told == codes[variable.missing_reason]


def test_parents_indicators_once_a_parent() -> None:
    codes = codes_of("parent-mental-status")
    at = [place("parent-mental-status", parent) for parent in (PARENT, OTHER_PARENT)]
    journal = with_answers(visit_journal(), (at[0], codes[0]), (at[1], codes[1]))
    assert [answer_at(journal, one).value for one in at] == codes[:2]
    assert len({one.key for one in visit_of(journal).observations}) == 2
    assert "duplicate-observation" not in judged(journal).by_code
    assert [one.subject.value for one in visit_of(answered(journal, at[0], "", STANDARD)).observations] == [
        OTHER_PARENT
    ]


def test_records_follow_the_citizen_of_the_visit() -> None:
    journal = with_answers(visit_journal(), (WEIGHT, "5250"), (place("parent-mental-status", PARENT), "xyz"))
    journal = with_answers(journal, (place("visit.subject", ""), TWIN))
    assert [one.subject.value for one in visit_of(journal).observations] == [TWIN, PARENT]


def test_several_findings() -> None:
    codes = codes_of("exam-result")[:3]
    found = place("exam-result")
    journal = with_answers(visit_journal(), *((found, code) for code in codes))
    keys = [one.key for one in visit_of(journal).observations]
    assert [one.value.value for one in visit_of(journal).observations] == codes
    assert len(set(keys)) == 3
    assert answered(journal, found, "", STANDARD) is journal
    second = found._replace(record=keys[1])
    changed = answered(journal, second, codes_of("exam-result")[5], STANDARD)
    assert answer_at(changed, second).value == codes_of("exam-result")[5]
    assert answer_at(changed, found).value == codes[0]
    fewer = answered(journal, second, "", STANDARD)
    assert [one.value.value for one in visit_of(fewer).observations] == [codes[0], codes[2]]
    assert [one.key for one in visit_of(answered(fewer, found, codes[1], STANDARD)).observations][-1] == keys[1]
    timed = answered(journal, found._replace(field="observation.start", record=keys[0]), "06-07-2020", STANDARD)
    assert [one.start.value for one in visit_of(timed).observations] == [date(2020, 7, 6), START, START]
    twice = answered(journal, found, codes[0], STANDARD)
    assert "duplicate-observation" in judged(twice).by_code


@pytest.mark.parametrize(
    "nowhere",
    [
        WEIGHT._replace(visit="nothing"),
        WEIGHT._replace(family="nobody"),
        WEIGHT._replace(variable="nothing"),
        WEIGHT._replace(variable="citizen.cpr"),
        WEIGHT._replace(field="observation.nothing"),
        place(field="visit.nothing"),
        place(field="observation.start"),
        place(questionnaire="nothing", link_id="1"),
    ],
)
def test_a_place_that_is_not_there(nowhere: Where) -> None:
    with pytest.raises(CallFault) as told:
        answered(visit_journal(), nowhere, "5250", STANDARD)
    assert told.value.key == "edit-nowhere"


def test_nothing_stands_at_a_place_that_is_not_there() -> None:
    assert answer_at(visit_journal(), WEIGHT._replace(visit="nothing")).is_empty
    assert answer_at(visit_journal(), WEIGHT).is_empty
    assert answer_at(visit_journal(), WEIGHT._replace(record="nothing")).is_empty
