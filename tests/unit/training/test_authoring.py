"""A case from a family that is filled: it is the case again, and what is changed becomes its key."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from ldbu_desktop.editing.visits import with_visit
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.language import Text
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.training.authoring import case_of
from ldbu_desktop.training.comparison import Outcome, compared
from ldbu_desktop.training.journals import Part, journal_of, start_of, with_answer
from ldbu_desktop.training.loader import case_in, shipped_cases
from ldbu_desktop.training.model import Case
from ldbu_desktop.use_cases.exercises import write_case

STANDARD = shipped_standard()
CASES = shipped_cases(STANDARD).cases

each = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)


@each
def test_the_key_that_is_filled_is_the_key_again(case: Case, tmp_path: Path) -> None:
    journal = journal_of(case, STANDARD, Part.ALL)
    made = case_of(journal, case, STANDARD)
    assert {one.outcome for one in compared(made, journal, STANDARD)} == {Outcome.RIGHT}
    assert {one.why for visit in made.visits for one in visit.key} == {
        one.why for visit in case.visits for one in visit.key
    }
    written = write_case(made, tmp_path, STANDARD)
    assert written.faults == ()
    assert written.path is not None
    again, faults = case_in(written.path.read_bytes(), written.path.name, STANDARD)
    assert (again, faults) == (made, ())


def test_a_visit_that_is_begun_is_one_of_the_case() -> None:
    case = next(one for one in CASES if one.id == "barselsbesoeg")
    visit = case.visits[0]
    journal, key = with_visit(
        journal_of(case, STANDARD, Part.ALL), case.id, "second-within-first-month", visit.about, "",
        start_of(visit, STANDARD), STANDARD,
    )  # fmt: skip
    assert [one.id for one in case_of(journal, case, STANDARD).visits] == [visit.id]  # nothing is answered there
    weight = next(one for one in visit.key if one.asked == "visit.class")
    more = replace(visit, id=key)
    journal = with_answer(journal, case, more, weight, weight.answer, STANDARD)
    made = case_of(journal, case, STANDARD)
    assert [one.id for one in made.visits] == [visit.id, key]
    assert made.visits[1].type == "second-within-first-month"
    assert made.visits[1].key[0].why == Text("", "")


def test_without_its_family_nothing_is_changed() -> None:
    assert case_of(Journal(), CASES[0], STANDARD) is CASES[0]


def test_what_does_not_fit_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    case = CASES[0]
    visit = case.visits[0]
    wrong = replace(visit, key=(replace(visit.key[0], answer="what nobody reads"), *visit.key[1:]))
    written = write_case(replace(case, visits=(wrong, *case.visits[1:])), tmp_path, STANDARD)
    assert written.path is None
    assert written.faults
    assert not list(tmp_path.iterdir())
