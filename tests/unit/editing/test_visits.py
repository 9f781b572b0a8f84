"""Visits of a case: of every type, one beside another, and away again."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from msgspec.structs import replace

from ldbu_desktop.editing.answers import answer_at, answered
from ldbu_desktop.editing.families import with_family
from ldbu_desktop.editing.visits import with_visit, with_visit_beside, without_visit
from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.mask import without_cpr
from ldbu_desktop.journal.model import Entry
from ldbu_desktop.journal.records import with_visit_as
from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.model import VisitType
from ldbu_desktop.use_cases.validate import validate
from tests.unit.editing.filled_family import (
    CHILD,
    DENMARK,
    FAMILY,
    PARENT,
    STANDARD,
    START,
    TODAY,
    TWIN,
    codes_of,
    family_journal,
    family_of,
    place,
    visit_journal,
    visit_of,
    visited,
    with_answers,
)


@pytest.mark.parametrize("visit_type", STANDARD.visit_types, ids=lambda each: each.id)
def test_every_type_of_visit(visit_type: VisitType) -> None:
    subject = PARENT if visit_type.subject == "parent" else CHILD
    journal, key = visited(family_journal(), visit_type.id, subject)
    visit = visit_of(journal)
    assert (visit.key, key) == (f"{subject}/{visit_type.id}/2020-07-07", visit.key)
    assert without_cpr(key) == key
    assert (visit.type.value, visit.subject.value) == (visit_type.code, subject)
    assert (visit.visit_class.value, visit.status.value, visit.start.value) == ("HH", "finished", START)


def test_a_visit_whose_class_is_not_known_yet() -> None:
    journal, _ = visited(family_journal(), visit_class="")
    assert visit_of(journal).visit_class.is_empty


def test_a_second_visit_of_a_type_on_one_day_has_another_key() -> None:
    journal, first = visited(family_journal())
    journal, second = visited(journal)
    assert second == f"{first} (2)"
    assert "duplicate-visit" in validate(journal, STANDARD, TODAY).by_code


def test_what_is_not_there() -> None:
    for arguments in (("nobody", "2-months"), (FAMILY, "nothing")):
        with pytest.raises(CallFault):
            with_visit(family_journal(), *arguments, CHILD, "HH", START, STANDARD)
    with pytest.raises(CallFault):
        without_visit(visit_journal(), FAMILY, "nothing")


def test_visits_come_and_go() -> None:
    journal, first = visited(family_journal())
    more, second = visited(journal, "4-6-months", start=date(2020, 10, 1))
    assert [visit.key for visit in family_of(more).visits] == [first, second]
    assert family_of(without_visit(more, FAMILY, second)).visits == family_of(journal).visits


def test_a_visit_before_the_birth_takes_out_the_child_that_is_not_there_yet() -> None:
    journal, family = with_family(family_journal(), STANDARD, lambda: "2-f")
    after, _ = with_visit(journal, family, "pregnancy", "2-f-a", "HH", START, STANDARD)
    assert [one.key for one in after.families[1].citizens] == ["2-f-a"]
    assert after.families[1].parenthoods == ()
    known, _ = visited(journal, "pregnancy", PARENT)
    assert known.families[0].citizens is journal.families[0].citizens
    told, _ = with_visit(journal, family, "2-months", "2-f", "HH", START, STANDARD)
    told, _ = with_visit(told, family, "pregnancy", "2-f-a", "HH", START, STANDARD)
    assert [one.key for one in told.families[1].citizens] == ["2-f", "2-f-a"]


def test_one_contact_that_is_two_encounters() -> None:
    journal, first = visited(family_journal(), "infant-need-based")
    journal = with_answers(journal, (place("visit.end", "", visit=first), "07-07-2020 13:30"))
    journal, second = with_visit_beside(journal, FAMILY, first, PARENT, STANDARD)
    child, parent = family_of(journal).visits
    assert (parent.key, parent.subject.value) == (second, PARENT)
    for part in ("type", "visit_class", "status", "start", "end"):
        assert getattr(parent, part).value == getattr(child, part).value
    journal, third = with_visit_beside(journal, FAMILY, first, TWIN, STANDARD, "2-months")
    assert third == f"{TWIN}/2-months/2020-07-07"
    journal = with_answers(
        journal,
        (place("intervention.code", CHILD, visit=first), codes_of("intervention.code")[0]),
        (place("intervention.code", PARENT, visit=second), codes_of("intervention.code")[1]),
    )
    assert [len(visit.interventions) for visit in family_of(journal).visits] == [1, 1, 0]
    assert "duplicate-visit" not in validate(journal, STANDARD, TODAY).by_code


def test_beside_a_visit_that_has_no_type_or_no_time() -> None:
    journal, key = visited(family_journal())
    for change in ({"type": Entry(None, "zzz")}, {"start": Entry(None, "31-02")}):
        visit = visit_of(journal)
        unread = with_visit_as(journal, family_of(journal), visit, replace(visit, **change))  # type: ignore[arg-type]
        with pytest.raises(CallFault):
            with_visit_beside(unread, FAMILY, key, PARENT, STANDARD)


def test_the_parts_of_a_visit() -> None:
    parts = (
        ("visit.start", "08-07-2020 09:00", datetime(2020, 7, 8, 9, tzinfo=DENMARK)),
        ("visit.end", "08-07-2020", date(2020, 7, 8)),
        ("visit.class", "AMB", "AMB"),
        ("visit.status", "planned", "planned"),
        ("visit.school", "280001", "280001"),
    )
    journal = visit_journal()
    for variable, raw, value in parts:
        journal = answered(journal, place(variable, ""), raw, STANDARD)
        entry = answer_at(journal, place(variable, ""))
        assert (entry.value, entry.raw) == (value, raw)
    assert [school.identifier.value for school in family_of(journal).schools] == ["280001"]
    journal = answered(journal, place("visit.status", ""), "", STANDARD)
    assert answer_at(journal, place("visit.status", "")).value == "finished"


def test_the_key_of_a_visit_stays_when_its_day_is_another() -> None:
    journal = with_answers(visit_journal(), (place("weight"), "5250"), (place("visit.start", ""), "01-07-2020"))
    assert visit_of(journal).key == place().visit
    assert visit_of(journal).observations[0].start.value == date(2020, 7, 1)


def test_a_school_whose_number_is_mended_is_another_than_the_next_with_that_number() -> None:
    from ldbu_desktop.editing.values import edited

    journal = with_answers(visit_journal(), (place("visit.school", ""), "280001"))
    journal = edited(journal, Where(FAMILY, "", "280001", "school.identifier"), "280002", STANDARD)
    journal, later = visited(journal, "school-entry", start=date(2020, 8, 1))
    journal = with_answers(journal, (place("visit.school", "", visit=later), "280001"))
    schools = {school.key: school.identifier.value for school in family_of(journal).schools}
    assert [schools[visit.school.value or ""] for visit in family_of(journal).visits] == ["280002", "280001"]


def test_interventions_behind_a_visit() -> None:
    journal = visit_journal()
    behind = place("visit.interventions", "")
    assert answer_at(journal, behind).is_empty
    journal = with_answers(journal, (behind, "I1"), (behind, "I2"), (behind._replace(number=0), "I3"))
    assert [one.value for one in visit_of(journal).based_on] == ["I3", "I2"]
    assert answer_at(journal, behind._replace(number=1)).value == "I2"
    assert [one.value for one in visit_of(answered(journal, behind._replace(number=0), "", STANDARD)).based_on] == [
        "I2"
    ]
