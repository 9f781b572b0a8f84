"""What is proposed: what was answered before about the same citizen, or what a form proposes."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from ldbu_desktop.editing.corrections import withdrawn
from ldbu_desktop.editing.delivered import NothingDelivered
from ldbu_desktop.editing.proposals import proposal, proposed_organisation
from ldbu_desktop.editing.removal import without_recorded
from ldbu_desktop.forms.model import Field, Prefill
from ldbu_desktop.journal.model import Entry, Journal
from ldbu_desktop.journal.where import Where
from tests.unit.editing.filled_family import (
    CHILD,
    FAMILY,
    SOR,
    STANDARD,
    TWIN,
    codes_of,
    family_journal,
    place,
    visited,
    with_answers,
)

CODES = codes_of("passive-smoking")
PROPOSED = "what the form proposes"
EARLIER = Field("smoking", "passive-smoking", prefill=Prefill.EARLIER, proposed=PROPOSED)
SCHOOL = Field("school", "visit.school", prefill=Prefill.EARLIER)
DAYS = (date(2020, 7, 7), date(2020, 10, 1), date(2021, 1, 10))


@pytest.fixture
def three() -> tuple[Journal, list[Where]]:
    """A journal with three visits, told out of order, and the place of an answer at each."""
    journal, places = family_journal(), {}
    for day in (DAYS[1], DAYS[0], DAYS[2]):
        journal, key = visited(journal, "infant-preventive", start=day)
        places[day] = place("passive-smoking", visit=key)
    return journal, [places[day] for day in DAYS]


def test_the_latest_answer_before_is_proposed(three: tuple[Journal, list[Where]]) -> None:
    journal, (first, second, third) = three
    journal = with_answers(journal, (first, CODES[0]), (second, CODES[1]))
    assert [proposal(journal, EARLIER, at).value for at in (first, second, third)] == [PROPOSED, CODES[0], CODES[1]]
    assert proposal(journal, Field("a", "passive-smoking"), third).is_empty
    assert proposal(journal, Field("a", "visit.class", proposed="HH"), third).value == "HH"


def test_an_earlier_visit_of_the_same_day_counts(three: tuple[Journal, list[Where]]) -> None:
    journal, (first, _, _) = three
    journal, key = visited(journal, "2-months", start=DAYS[0])
    journal = with_answers(journal, (first, CODES[0]))
    assert proposal(journal, EARLIER, first._replace(visit=key)).value == CODES[0]


def test_what_says_nothing_is_not_proposed(three: tuple[Journal, list[Where]]) -> None:
    journal, (first, second, third) = three
    journal = with_answers(
        journal, (first, CODES[0]), (second, "zzz"), (second._replace(field="observation.missing-reason"), "unknown")
    )
    assert proposal(journal, EARLIER, third).value == CODES[0]
    assert proposal(withdrawn(journal, FAMILY, first.visit), EARLIER, third).value == PROPOSED


def test_nothing_is_proposed_where_the_day_is_not_known(three: tuple[Journal, list[Where]]) -> None:
    journal, (first, _, third) = three
    journal = with_answers(journal, (first, CODES[0]))
    unread = with_answers(journal, (third._replace(variable="", field="visit.start", subject=""), "31-02"))
    assert proposal(unread, EARLIER, third).value == PROPOSED
    unread = with_answers(journal, (first._replace(variable="", field="visit.start", subject=""), "31-02"))
    assert proposal(unread, EARLIER, third).value == PROPOSED
    for nowhere in (third._replace(visit="nothing"), third._replace(family="nobody")):
        assert proposal(journal, EARLIER, nowhere).value == PROPOSED


def test_of_each_twin_what_was_said_of_that_twin(three: tuple[Journal, list[Where]]) -> None:
    journal, (first, _, third) = three
    journal, key = visited(journal, "infant-preventive", TWIN, DAYS[1])
    journal = with_answers(journal, (first, CODES[0]))
    twin = third._replace(subject=TWIN)
    assert proposal(journal, EARLIER, twin).value == PROPOSED
    school = [at._replace(variable="", field="visit.school", subject="") for at in (first, third)]
    journal = with_answers(journal, (school[0], "280001"), (school[0]._replace(visit=key), "280002"))
    assert proposal(journal, SCHOOL, school[1]).value == "280001"


def test_a_school_is_proposed_by_its_number(three: tuple[Journal, list[Where]]) -> None:
    from ldbu_desktop.editing.values import edited

    journal, places = three
    first, _, third = (at._replace(variable="", field="visit.school", subject="") for at in places)
    assert proposal(journal, SCHOOL, third).is_empty
    journal = with_answers(journal, (first, "280001"))
    journal = edited(journal, Where(FAMILY, "", "280001", "school.identifier"), "280002", STANDARD)
    assert proposal(journal, SCHOOL, third).value == "280002"


def test_what_the_record_tells_is_proposed_where_there_is_no_choice(three: tuple[Journal, list[Where]]) -> None:
    journal, (first, _, third) = three
    school, subject = (Field("a", f"visit.{part}", prefill=Prefill.RECORD) for part in ("school", "subject"))
    at = third._replace(variable="", field="visit.school", subject="")
    of = third._replace(variable="", field="visit.subject", subject="")
    assert proposal(journal, school, at).is_empty
    assert proposal(journal, subject, of).is_empty
    one = with_answers(journal, (first._replace(variable="", field="visit.school", subject=""), "280001"))
    assert proposal(one, school, at).value == "280001"
    two = with_answers(one, (at, "280002"))
    assert proposal(two, school, at).is_empty
    assert proposal(without_recorded(journal, FAMILY, {TWIN}, NothingDelivered()), subject, of).value == CHILD
    assert proposal(journal, Field("a", "sleep", prefill=Prefill.RECORD), third._replace(variable="sleep")).is_empty


def test_a_municipality_that_is_known_is_proposed() -> None:
    journal = family_journal()
    assert proposed_organisation(journal, FAMILY) == SOR
    assert proposed_organisation(journal, "another") == SOR
    assert proposed_organisation(Journal(), FAMILY) == ""


def test_a_slip_is_no_municipality() -> None:
    journal = family_journal()
    family = journal.families[0]
    slips = tuple(replace(one, organisation=Entry("2911829996")) for one in family.citizens)
    assert proposed_organisation(Journal((replace(family, citizens=slips),)), "another") == ""
