"""Editing a value: it is read as a file's text is, and what followed from it follows the new one."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ldbu_desktop.editing.values import edited
from ldbu_desktop.faults import CallFault
from ldbu_desktop.findings.examples import Example, RecordChange, RowChange, changed_journal, example_sheets
from ldbu_desktop.journal.model import Entry, Family, Journal, Observation, QuestionnaireResponse, Visit
from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.examples import journal_of

STANDARD = shipped_standard()


def journal(*changes: RowChange | RecordChange) -> Journal:
    example = Example(
        "",
        rows=tuple(change for change in changes if isinstance(change, RowChange)),
        records=tuple(change for change in changes if isinstance(change, RecordChange)),
    )
    return changed_journal(journal_of(example_sheets(example), STANDARD), example)


def edit(
    raw: str,
    field: str,
    *changes: RowChange | RecordChange,
    visit: str = "K1",
    record: str = "",
    variable: str = "",
    link_id: str = "",
    number: int | None = None,
) -> Family:
    where = Where("barn-1", visit, record, field, variable, number, link_id=link_id)
    after = edited(journal(*changes), where, raw, STANDARD)
    return next(family for family in after.families if family.key == "barn-1")


def visit_of(family: Family, key: str = "K1") -> Visit:
    return next(visit for visit in family.visits if visit.key == key)


def record_of(family: Family, key: str) -> Any:
    for visit in family.visits:
        for record in (*visit.observations, *visit.interventions, *visit.responses):
            if record.key == key:
                return record
    raise KeyError(key)


def observed(raw: str, field: str, key: str = "O13", variable: str = "weight", *changes: RowChange) -> Observation:
    found: Observation = record_of(edit(raw, field, *changes, record=key, variable=variable), key)
    return found


@pytest.mark.parametrize("field", ["", "weight"])
def test_a_value(field: str) -> None:
    after = observed("5300", field)
    assert (after.value.value, after.value.raw, after.unit.value) == (Decimal(5300), "5300", "g")
    assert after.value.column == 4


def test_a_value_with_its_unit() -> None:
    after = observed("5,3 kg", "", "O13", "weight", RowChange("Observationer", "O13", column="enhed"))
    assert (after.value.value, after.unit.value) == (Decimal("5.3"), "kg")


def test_a_unit_that_stood_with_the_value_is_kept() -> None:
    changes = [
        RowChange("Observationer", "O13", column=name, value=value)
        for name, value in (("enhed", ""), ("værdi", "5250 g"))
    ]
    after = observed("5300", "", "O13", "weight", *changes)
    assert (after.value.value, after.unit.value) == (Decimal(5300), "g")


def test_what_can_not_be_seen_is_no_part_of_what_is_typed() -> None:
    assert observed("53\u200b00\u00a0g", "").value.value == Decimal(5300)
    family = edit("291182\u20119997\u200b", "citizen.cpr", visit="", record="mor-1")
    assert [each.cpr.value for each in family.citizens if not each.is_child] == ["2911829997"]


def test_digits_of_another_script_or_width_are_digits() -> None:
    assert observed("５３００ｇ", "").value.value == Decimal(5300)
    family = edit("２９１１８２－９９９７", "citizen.cpr", visit="", record="mor-1")
    assert [each.cpr.value for each in family.citizens if not each.is_child] == ["2911829997"]


def test_what_can_not_be_read_stays() -> None:
    after = observed("mange", "")
    assert (after.value.value, after.value.raw) == (None, "mange")
    assert observed("  ", "").value.is_empty


@pytest.mark.parametrize(
    ("raw", "field", "attribute", "value"),
    [
        ("kilo", "observation.unit", "unit", "kg"),
        ("ukendt", "observation.missing-reason", "missing_reason", "unknown"),
        ("mor-1", "observation.subject", "subject", "mor-1"),
        ("foreløbig", "observation.status", "status", "preliminary"),
        ("", "observation.status", "status", "final"),
        ("07-07-2020", "observation.start", "start", date(2020, 7, 7)),
    ],
)
def test_a_part_of_an_observation(raw: str, field: str, attribute: str, value: object) -> None:
    assert getattr(observed(raw, field), attribute).value == value


def test_another_variable_reads_its_value_again() -> None:
    after = observed("Søvn", "observation.variable", "O19", "motor-function")
    assert (after.variable.value, after.value.value) == ("sleep", None)
    after = observed("Hovedomfang", "observation.variable", "O14", "height")
    assert (after.variable.value, after.value.value, after.unit.value) == ("head-circumference", Decimal("57.5"), "cm")
    assert observed("", "observation.variable").variable.is_empty


def test_an_emptied_start_is_the_visits_again() -> None:
    start = RowChange("Observationer", "O13", column="start", value="08-07-2020")
    after = observed("", "observation.start", "O13", "weight", start)
    assert after.start.value == datetime(2020, 7, 7, 12, 45, tzinfo=ZoneInfo("Europe/Copenhagen"))


def test_an_end_makes_a_period_whose_start_must_be_written() -> None:
    after = observed("08-07-2020", "observation.end", "O16", "feeding")
    assert after.is_period
    assert after.start.is_empty
    before = RowChange("Observationer", "O20", column="start")
    after = observed("", "observation.end", "O20", "feeding", before)
    assert not after.is_period
    assert after.start.value is not None
    assert not observed("08-07-2020", "observation.end").is_period
    assert observed("25-05-2020", "observation.end", "O20", "feeding").start.value == date(2020, 5, 5)


def test_what_follows_the_start_of_a_visit() -> None:
    family = edit("08-07-2020 10:00", "visit.start")
    now = visit_of(family).start.value
    assert {each.start.value for each in visit_of(family).observations if not each.is_period} == {now}
    assert record_of(family, "O20").start.value == date(2020, 5, 5)
    assert record_of(family, "I1").start.value == date(2020, 7, 7)
    assert record_of(family, "R1").authored.value == date(2020, 7, 7)


def test_what_follows_a_start_that_was_unreadable() -> None:
    unreadable = RowChange("Kontakter", "K1", column="start", value="tidligt")
    family = edit("07-07-2020", "visit.start", unreadable)
    assert record_of(family, "O13").start.value == date(2020, 7, 7)
    assert record_of(edit("sent", "visit.start"), "O13").start.is_empty


def test_what_follows_the_citizen_of_a_visit() -> None:
    family = edit("mor-1", "visit.subject")
    assert record_of(family, "O13").subject.value == "mor-1"
    assert record_of(family, "I1").subject == Entry("barn-1", "barn-1", 2)
    assert record_of(family, "F1").subject.value == "mor-1"


@pytest.mark.parametrize(
    ("raw", "field", "attribute", "value"),
    [
        ("Telefonisk", "visit.class", "visit_class", "1b55a4b0-1156-4f58-b2df-b5c6014d9048"),
        ("zzz", "visit.type", "type", None),
        ("", "visit.status", "status", "finished"),
        ("07-07-2020 15:00", "visit.end", "end", datetime(2020, 7, 7, 15, tzinfo=ZoneInfo("Europe/Copenhagen"))),
    ],
)
def test_a_part_of_a_visit(raw: str, field: str, attribute: str, value: object) -> None:
    assert getattr(visit_of(edit(raw, field)), attribute).value == value


def test_a_school_by_its_number() -> None:
    family = edit("280002", "visit.school")
    school = visit_of(family).school.value
    assert [each.identifier.value for each in family.schools if each.key == school] == ["280002"]
    again = edited(Journal((family,)), Where("barn-1", "K2", "", "visit.school"), "280002", STANDARD)
    assert again.families[0].schools == family.schools
    emptied = edited(again, Where("barn-1", "K2", "", "visit.school"), "", STANDARD)
    assert visit_of(emptied.families[0], "K2").school.is_empty


def test_the_number_of_a_school() -> None:
    with_school = journal(RowChange("Kontakter", "K2", column="skole", value="280001"))
    after = edited(with_school, Where("barn-1", "K2", "280001", "school.identifier"), "280003", STANDARD)
    family = next(family for family in after.families if family.key == "barn-1")
    assert family.schools[0].identifier.value == "280003"


def test_a_list_has_one_more_one_less_or_another() -> None:
    assert [each.value for each in visit_of(edit("I9", "visit.interventions", visit="K2"), "K2").based_on] == ["I9"]
    family = edit("I9", "visit.interventions", visit="K2", number=1)
    assert [each.value for each in visit_of(family, "K2").based_on] == ["I1", "I9"]
    assert visit_of(edit("", "visit.interventions", visit="K2"), "K2").based_on == ()
    reasons = record_of(edit("qqq", "intervention.reasons", record="I1", number=5), "I1").reasons
    assert [each.value is None for each in reasons] == [False, True]


def test_a_part_of_an_intervention() -> None:
    assert record_of(edit("qqq", "intervention.code", record="I1"), "I1").code.is_unreadable
    assert (
        record_of(edit("", "intervention.start", record="I1"), "I1").start.value
        == visit_of(edit("I1", "visit.interventions")).start.value
    )


def test_a_part_of_a_citizen_and_a_parenthood() -> None:
    family = edit("2911829997", "citizen.cpr", visit="", record="mor-1")
    assert [each.cpr.value for each in family.citizens if not each.is_child] == ["2911829997"]
    key = family.parenthoods[0].key
    family = edit("barn-2", "parent.child", visit="", record=key)
    assert family.parenthoods[0].child.value == "barn-2"


def response(raw: str, field: str, link_id: str = "1humor", number: int | None = None) -> QuestionnaireResponse:
    found: QuestionnaireResponse = record_of(edit(raw, field, record="R1", link_id=link_id, number=number), "R1")
    return found


def test_an_answer() -> None:
    assert response("3", "answer.value").answers[0].value.value == 3
    assert response("3", "answer.value", "10harm", 9).answers[9].value.value == 3
    assert response("3", "answer.value", "10harm").answers[9].value.value == 3
    assert response("tit", "answer.value").answers[0].value.is_unreadable
    assert response("", "answer.value").answers[0].value.is_empty
    assert response("score", "answer.link-id").answers[0].link_id.value == "score"
    assert response("", "answer.link-id").answers[0].link_id.is_empty


def test_another_questionnaire_reads_its_answers_again() -> None:
    after = response("TOPI", "response.questionnaire")
    assert after.questionnaire.value == "topi"
    assert {type(answer.value.value) for answer in after.answers} == {str}
    assert response("", "response.authored").authored.value is not None


@pytest.mark.parametrize(
    "at",
    [
        Where("nobody", "K1", "O13", ""),
        Where("barn-1", "K9", "O13", ""),
        Where("barn-1", "K1", "O99", ""),
        Where("barn-1", "K1", "", "visit.colour"),
        Where("barn-1", "K1", "O13", "visit.type"),
        Where("barn-1", "K1", "R1", "answer.value", link_id="12humor"),
        Where("barn-1", "", "barn-1", "visit.type"),
        Where("barn-1", "K1", "R1", "visit.type"),
        Where("barn-1", "K1", "I1", "visit.type"),
    ],
)
def test_there_is_no_such_value(at: Where) -> None:
    with pytest.raises(CallFault) as fault:
        edited(journal(), at, "5", STANDARD)
    assert fault.value.key == "edit-nowhere"
