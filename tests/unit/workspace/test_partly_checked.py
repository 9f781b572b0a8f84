"""Families are checked one after the other while one works: what is known at the end is what all of it gives, and
nothing that was found in a family as it was before stands beside what it is now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ldbu_desktop.editing.mending import Edit, Mend
from ldbu_desktop.editing.operations import AnswerField, MendValues
from ldbu_desktop.faults import CallFault
from ldbu_desktop.findings.summary import FamilyFindings, Findings
from ldbu_desktop.journal.mendings import Mending
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.journal.where import WHOLE_JOURNAL, Where
from ldbu_desktop.use_cases import validate as module
from ldbu_desktop.use_cases.revalidate import revalidated
from ldbu_desktop.use_cases.validate import begun, rest, validate
from ldbu_desktop.workspace import history
from ldbu_desktop.workspace.mending import preview
from ldbu_desktop.workspace.workspace import Workspace
from tests.unit.editing.filled_family import STANDARD, TODAY, place, visit_journal
from tests.unit.workspace.some_operations import Draw, operation

FAMILIES = 4
STEPS = st.lists(
    st.one_of(
        st.builds(Draw, st.integers(0, 15), st.integers(0, 999), st.integers(0, 999)),
        st.sampled_from(["piece", "undo", "redo"]),
        st.integers(0, FAMILIES - 1),
    ),
    max_size=14,
)
"""What is done: an operation, a piece that comes, the way back and forth, or a family that is looked at."""


@pytest.fixture(autouse=True)
def family_by_family(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every family is a piece of its own, and what was found before a step that bears on two is many."""
    monkeypatch.setattr(module, "PIECE", 0)
    monkeypatch.setattr(history, "CHECKED_AGAIN", 1)


def several(count: int = FAMILIES) -> Journal:
    """Families whose members have the same CPR numbers, so that what is done to one is told of all."""
    journal = visit_journal()
    family = journal.families[0]
    return replace(
        journal,
        families=tuple(
            replace(
                family,
                key=f"{family.key}-{number}",
                visits=tuple(replace(visit, key=f"{visit.key}-{number}") for visit in family.visits),
            )
            for number in range(count)
        ),
    )


def started(journal: Journal) -> tuple[Workspace, list[Mapping[str, FamilyFindings]]]:
    """Work of which nothing is checked yet, and the pieces that come of its check beside."""
    work = Workspace(lambda: STANDARD, revalidated, journal)
    findings = begun(journal, STANDARD, TODAY)
    assert work.judge(findings)
    return work, list(rest(findings))


def assert_same(findings: Findings | None, whole: Findings) -> None:
    """All that is known is the same."""
    assert findings is not None
    assert findings.all == whole.all
    assert findings.counts == whole.counts
    assert findings.rejected_count == whole.rejected_count
    assert findings.ready_visits == whole.ready_visits
    assert findings.rejected_visits == whole.rejected_visits


def assert_known_is_true(work: Workspace) -> None:
    """Of what is checked all that is told is so now, and nothing is told of the rest."""
    assert work.found is not None
    whole, found = validate(work.journal, STANDARD, TODAY), work.found
    assert found.journal is work.journal
    for family in work.journal.families:
        of_it = found.of_family(family.key)
        is_checked = work.is_checked(Where(family.key))
        assert of_it == (whole.of_family(family.key) if is_checked else ())
        for visit in family.visits:
            assert work.is_checked(Where(visit=visit.key)) is is_checked
            assert work.is_ready(visit.key) is (is_checked and whole.is_ready(visit.key))
            assert work.state(Where(visit=visit.key))[0] is (whole.worst_of_visit(visit.key) if is_checked else None)
    told = [visit for visit in whole.rejected_visits if found.is_checked(visit)]
    assert list(found.rejected_visits) == told
    assert found.rejected_count == len(told) == sum(work.rejected_visits(one.key) for one in work.journal.families)
    assert sum(found.counts.values()) == len(found.all)
    assert found.codes == Counter(one.code for one in found.all)
    assert found.accepted_count == len(found.accepted)
    unchecked = [visit for visit in found.family_of_visit if not found.is_checked(visit)]
    assert found.unchecked_count == len(unchecked)


@given(STEPS)
def test_whatever_is_done_meanwhile_nothing_old_is_told_and_the_end_is_the_whole(steps: list[Draw | str | int]) -> None:
    work, pieces = started(several())
    for step in steps:
        match step:
            case "piece":
                if pieces:
                    work.take_checked(pieces.pop(0), None)
            case "undo":
                work.undo()
            case "redo":
                work.redo()
            case int():
                work.check(f"{visit_journal().families[0].key}-{step}")
            case Draw() as draw:
                try:
                    work.do(operation(work.journal, draw))
                except CallFault:
                    continue
        assert_known_is_true(work)
    for piece in pieces:
        work.take_checked(piece, None)
    assert_same(work.findings, validate(work.journal, STANDARD, TODAY))


@given(st.integers(0, FAMILIES))
def test_what_is_left_is_checked_later(count: int) -> None:
    """Stopped after any family: what was done by then stands, and the rest makes it the whole."""
    work, pieces = started(several())
    for piece in pieces[:count]:
        work.take_checked(piece, None)
    assert work.found is not None
    assert work.checked_families == (count, FAMILIES)
    assert len(work.found.by_family) == count
    assert (work.findings is None) is (count < FAMILIES)
    assert work.is_checked() is (count == FAMILIES)
    later = list(rest(work.found))
    assert [[*piece] for piece in later] == [[*piece] for piece in pieces[count:]]
    for piece in later:
        work.take_checked(piece, None)
    assert_same(work.findings, validate(work.journal, STANDARD, TODAY))


def test_what_was_worked_out_beside_is_taken_as_it_is() -> None:
    work, pieces = started(several())
    before = work.found
    assert before is not None
    after = before.with_checked(pieces[0])
    work.take_checked(pieces[0], (before, after))
    assert work.found is after
    work.do(AnswerField(place("weight")._replace(family=f"{place('weight').family}-1", visit=_visit(work, 1)), "x"))
    edited = work.found
    work.take_checked(pieces[1], (after, after.with_checked(pieces[1])))
    assert work.found is edited  # nothing in it was unknown
    assert_known_is_true(work)


def test_before_it_begins_nothing_is_taken() -> None:
    journal = several()
    work = Workspace(lambda: STANDARD, revalidated, journal)
    assert work.has_causes
    work.take_checked(dict(validate(journal, STANDARD, TODAY).by_family), None)
    assert work.found is None
    assert not work.check(journal.families[0].key)
    assert not work.is_checked(Where(journal.families[0].key))
    assert work.checked_families == (0, FAMILIES)
    assert work.is_checked(WHOLE_JOURNAL) is False


def test_no_family_is_whole_at_once() -> None:
    work, pieces = started(replace(visit_journal(), families=()))
    assert not pieces
    assert work.findings is work.found is not None


def test_families_with_one_key_come_together() -> None:
    journal = several(2)
    twice = replace(journal, families=(*journal.families, replace(journal.families[0], visits=())))
    work, pieces = started(twice)
    assert [[*piece] for piece in pieces] == [[twice.families[0].key], [twice.families[1].key]]
    for piece in pieces:
        work.take_checked(piece, None)
    assert_same(work.findings, validate(twice, STANDARD, TODAY))


def test_a_mending_worked_out_beside_keeps_what_was_checked_meanwhile() -> None:
    work, pieces = started(several())
    work.take_checked(pieces[0], None)
    broken = place("weight")._replace(family=work.journal.families[0].key, visit=_visit(work, 0))
    work.do(AnswerField(broken, "52x50"))
    finding = next(one for one in work.findings_at(Where(visit=broken.visit)) if one.found == "52x50")
    seen = preview(work, [finding], Mend(Mending.VALUE, "5250"))
    work.take_checked(pieces[1], None)
    assert work.take(seen) is not None
    assert work.is_checked(Where(work.journal.families[1].key))
    assert_known_is_true(work)


def test_corrections_of_another_day_keep_what_was_checked_meanwhile() -> None:
    work, pieces = started(several())
    journal, findings = work.journal, work.found
    assert findings is not None
    other = Workspace(lambda: STANDARD, revalidated, journal)
    edited = place("weight")._replace(family=journal.families[0].key, visit=_visit(work, 0))
    change = other.do(AnswerField(edited, "52x50"))
    judged = revalidated(findings, other.journal, change.families)
    work.take_checked(pieces[0], None)
    work.take_checked(pieces[1], None)
    assert work.become(other, journal, judged)
    assert work.is_checked(Where(journal.families[1].key))
    assert_known_is_true(work)
    for piece in pieces:
        work.take_checked(piece, None)
    assert_same(work.findings, validate(work.journal, STANDARD, TODAY))
    assert not work.become(other, work.journal, None)


def _visit(work: Workspace, number: int) -> str:
    return work.journal.families[number].visits[0].key


def test_a_step_that_bears_on_many_families_is_undone_without_a_check() -> None:
    """What was found before it, and with it, is known; on another day it is checked all the same."""
    work, pieces = started(several())
    for piece in pieces:
        work.take_checked(piece, None)
    before = work.found
    assert before is not None
    assert work.has_causes is before.has_causes is True
    edits = tuple(
        Edit(place("weight")._replace(family=family.key, visit=family.visits[0].key, record=""), "52x50")
        for family in work.journal.families[:2]
    )
    assert len(work.do(MendValues(edits, Mend(Mending.VALUE, "52x50"))).families) == 2
    after = work.found
    assert after is not before
    work.undo()
    assert work.found is before
    work.redo()
    assert work.found is after
    assert work.judge(validate(work.journal, STANDARD, TODAY + timedelta(1)))
    work.undo()
    assert work.found is not None
    assert (work.found.today, work.found.journal) == (TODAY + timedelta(1), work.journal)
    assert_same(work.found, validate(work.journal, STANDARD, TODAY + timedelta(1)))
