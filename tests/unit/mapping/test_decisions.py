"""Decisions: each makes a new proposal, and changes the links that were meant only."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from ldbu_desktop.journal.written_dates import DateForm
from ldbu_desktop.mapping import decisions
from ldbu_desktop.mapping.links import (
    Approval,
    ColumnLink,
    Constant,
    Evidence,
    Part,
    Proposal,
    State,
    Subject,
    TableLink,
    TableShape,
    Target,
    ValueLink,
)

NURSE = Approval("SPL", date(2025, 12, 3))
WEIGHT = Target("weight", Part.VALUE, Subject.CHILD, unit="g")
SLEEP = Target("sleep", Part.VALUE, Subject.CHILD)


def column(at: int, state: State, target: Target | None = None) -> ColumnLink:
    return ColumnLink("f.csv", "f", 1, at, f"h{at}", state, target)


def value(at: int, text: str, state: State, code: str | None = None, missing: str | None = None) -> ValueLink:
    return ValueLink("f.csv", "f", 1, at, "sleep", text, 3, state, code, missing)


@pytest.fixture
def proposal() -> Proposal:
    return Proposal(
        (TableLink("f.csv", "f", (1, 1), 9, TableShape.VISIT),),
        (
            column(0, State.SURE, WEIGHT),
            column(1, State.PROPOSED, SLEEP),
            column(2, State.UNMAPPED),
            column(3, State.LEFT_OUT, Target("visit.key", Part.KEY)),
        ),
        (
            value(1, "godt", State.PROPOSED, "c1"),
            value(1, "-", State.SURE, missing="unknown"),
            value(1, "?", State.UNMAPPED),
        ),
    )


def test_what_is_asked_more_of_is_not_approved(proposal: Proposal) -> None:
    start = Target("visit.start", Part.START)
    unknown = replace(column(1, State.PROPOSED, start), evidence=(Evidence("date-order-unknown"),))
    asked = replace(proposal, columns=(proposal.columns[0], unknown, *proposal.columns[2:]))
    assert decisions.approve(asked, [unknown], NURSE).columns[1].state is State.PROPOSED
    answered = decisions.choose_order(asked, unknown, DateForm.DAY_FIRST, NURSE).columns[1]
    assert (answered.state, answered.target) == (State.KNOWN, replace(start, order=DateForm.DAY_FIRST))
    assert decisions.choose_order(asked, asked.columns[2], DateForm.DAY_FIRST, NURSE) is asked


def states(proposal: Proposal) -> list[State]:
    return [link.state for link in proposal.links]


def test_what_waits_is_what_is_proposed_or_unmapped(proposal: Proposal) -> None:
    assert [link.place for link in proposal.waiting()] == [
        proposal.columns[1].place, proposal.columns[2].place, proposal.values[0].place, proposal.values[2].place
    ]  # fmt: skip


def test_approved_links_are_known_and_tell_who_said_so(proposal: Proposal) -> None:
    after = decisions.approve(proposal, proposal.links, NURSE)
    assert states(after) == [
        State.KNOWN, State.KNOWN, State.UNMAPPED, State.LEFT_OUT, State.KNOWN, State.KNOWN, State.UNMAPPED
    ]  # fmt: skip
    assert [link.approval for link in after.columns] == [NURSE, NURSE, None, None]


def test_all_that_is_sure_is_approved_at_once(proposal: Proposal) -> None:
    after = decisions.approve_sure(proposal, NURSE)
    assert [link.state for link in after.links if link.approval] == [State.KNOWN, State.KNOWN]
    assert after.columns[1].state is State.PROPOSED


def test_rejected_links_mean_nothing(proposal: Proposal) -> None:
    after = decisions.reject(proposal, [proposal.columns[1], proposal.values[0]])
    assert after.columns[1].target is None
    assert after.columns[1].state is State.UNMAPPED
    assert not after.values[0].has_meaning
    assert after.columns[0] == proposal.columns[0]


def test_a_column_and_a_text_are_left_out_by_somebody(proposal: Proposal) -> None:
    after = decisions.leave_out(proposal, [proposal.columns[2], proposal.values[2]], NURSE)
    assert (after.columns[2].state, after.columns[2].approval) == (State.LEFT_OUT, NURSE)
    assert (after.values[2].state, after.values[2].approval) == (State.LEFT_OUT, NURSE)
    assert after.waiting() == (proposal.columns[1], proposal.values[0])


def test_texts_of_a_column_that_holds_another_variable_now_mean_nothing(proposal: Proposal) -> None:
    after = decisions.choose(proposal, proposal.columns[1], Target("motor-function"), NURSE)
    assert (after.columns[1].state, after.columns[1].target) == (State.KNOWN, Target("motor-function"))
    assert {(each.variable, each.state, each.has_meaning) for each in after.values} == {
        ("motor-function", State.UNMAPPED, False)
    }


def test_texts_keep_their_meaning_where_only_the_subject_is_another(proposal: Proposal) -> None:
    after = decisions.choose(proposal, proposal.columns[1], Target("sleep"), NURSE)
    assert after.values == proposal.values
    assert after.columns[1].target == Target("sleep")


def test_a_meaning_is_chosen_for_a_text(proposal: Proposal) -> None:
    after = decisions.choose_meaning(proposal, proposal.values[2], NURSE, missing="unknown")
    assert (after.values[2].state, after.values[2].missing) == (State.KNOWN, "unknown")
    assert after.values[:2] == proposal.values[:2]


def test_a_constant_is_set_once_and_taken_back(proposal: Proposal) -> None:
    table = proposal.tables[0]
    once = decisions.set_constant(proposal, table, "visit.class", "HH", NURSE)
    again = decisions.set_constant(once, once.tables[0], "visit.class", "AMB", NURSE)
    assert again.tables[0].constants == (Constant("visit.class", "AMB", NURSE),)
    assert decisions.set_constant(again, again.tables[0], "visit.class", "", NURSE) == proposal


def test_what_is_not_meant_stays(proposal: Proposal) -> None:
    other = TableLink("g.csv", "g", (1, 1), 9, TableShape.VISIT)
    assert decisions.set_constant(proposal, other, "visit.class", "HH", NURSE) == proposal
    assert proposal.columns[0].table == proposal.values[0].table == proposal.tables[0].place


def test_texts_that_are_read_as_one_are_decided_as_one(proposal: Proposal) -> None:
    alike = replace(proposal, values=(*proposal.values, value(1, "  GODT ", State.PROPOSED, "c1")))
    approved = decisions.approve(alike, [alike.values[0]], NURSE)
    assert [each.state for each in approved.values] == [State.KNOWN, State.SURE, State.UNMAPPED, State.KNOWN]
    chosen = decisions.choose_meaning(alike, alike.values[3], NURSE, code="c2")
    assert (chosen.values[0].code, chosen.values[3].code) == ("c2", "c2")
