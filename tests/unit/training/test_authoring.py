"""A case from a family that is filled: it is the case again, and what is changed becomes its key."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.editing.answers import answered, where_of
from ldbu_desktop.editing.visits import with_visit
from ldbu_desktop.journal.model import Entry, Journal, QuestionnaireResponse, Visit
from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.training.authoring import case_of
from ldbu_desktop.training.comparison import Outcome, compared
from ldbu_desktop.training.journals import Part, journal_of, start_of, with_answer
from ldbu_desktop.training.loader import case_in, shipped_cases
from ldbu_desktop.training.model import Case
from ldbu_desktop.use_cases.write_case import TOLD_BY_THE_STORY, write_case

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


def test_a_family_without_answers_has_no_key_and_nothing_is_written(tmp_path: Path) -> None:
    written = write_case(replace(CASES[0], visits=()), tmp_path, STANDARD)
    assert [one.key for one in written.faults] == ["case-without-key"]
    assert written.path is None
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("case", "keys"),
    [
        (replace(CASES[0], title=Text(" ", "")), ["case-title-missing"]),
        (
            replace(CASES[0], trains=Text("", "\n"), story=Text("\n", "\n")),
            ["case-trains-missing", "case-story-missing"],
        ),
        (replace(CASES[0], people=(replace(CASES[0].people[0], name=""),)), ["case-person-unfinished"]),
        (replace(CASES[0], people=(replace(CASES[0].people[0], cpr=" "),)), ["case-person-unfinished"]),
    ],
)
def test_words_that_are_missing_are_asked_for(case: Case, keys: list[str], tmp_path: Path) -> None:
    written = write_case(case, tmp_path, STANDARD)
    assert written.path is None
    assert [fault.key for fault in written.faults] == keys
    assert not list(tmp_path.iterdir())


def test_what_is_said_in_one_language_is_said_so_in_both_and_an_answer_without_a_why_is_told_by_the_story(
    tmp_path: Path,
) -> None:
    case = next(one for one in CASES if one.id == "opfoelgning-telefon")
    visit = case.visits[0]
    first, second, *rest = visit.key
    key = (replace(first, why=Text("", "")), replace(second, why=Text("Derfor.", "")), *rest)
    visits = (replace(visit, key=key, why=Text("Sådan.", "")), *case.visits[1:])
    written = write_case(replace(case, story=Text("Historien", "\n"), visits=visits), tmp_path, STANDARD)
    assert written.path is not None
    read, faults = case_in(written.path.read_bytes(), "a.yaml", STANDARD)
    assert faults == ()
    assert read is not None
    assert (read.story.en, read.visits[0].why) == ("Historien", Text("Sådan.", "Sådan."))
    assert [answer.why for answer in read.visits[0].key[:2]] == [TOLD_BY_THE_STORY, Text("Derfor.", "Derfor.")]


def test_another_case_of_the_same_name_stays(tmp_path: Path) -> None:
    first, second = CASES[0], replace(CASES[1], id=CASES[0].id)
    one = write_case(first, tmp_path, STANDARD)
    other = write_case(second, tmp_path, STANDARD)
    assert one.path is not None
    assert other.path is not None
    assert [one.path.name, other.path.name] == [f"{first.id}.yaml", f"{first.id}-2.yaml"]
    assert case_in(one.path.read_bytes(), one.path.name, STANDARD) == (first, ())
    again = write_case(replace(second, minutes=3), tmp_path, STANDARD, other.path.stem)
    assert again.path == tmp_path / f"{first.id}-2.yaml"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_case_whose_key_says_two_things_of_one_is_not_written(tmp_path: Path) -> None:
    case = next(one for one in CASES if one.id == "barselsbesoeg")
    visit = case.visits[0]
    answer = next(one for one in visit.key if one.asked == "weight")
    twice = replace(visit, key=(*visit.key, replace(answer, answer="2900 g")))
    written = write_case(replace(case, visits=(twice, *case.visits[1:])), tmp_path, STANDARD)
    assert [(one.key, written.path) for one in written.faults] == [("case-key-unclear", None)]
    assert not list(tmp_path.iterdir())


def test_what_is_answered_beside_the_key_is_of_the_case_without_a_mark() -> None:
    case = next(one for one in CASES if one.id == "barselsbesoeg")
    journal = journal_of(case, STANDARD, Part.ALL)
    where = where_of(Where(case.id, case.visits[0].id, subject=case.visits[0].about), "head-circumference")
    assert "head-circumference" not in {one.asked for one in case.visits[0].key}
    journal = answered(journal, where, "35", STANDARD)
    (made,) = (one for one in case_of(journal, case, STANDARD).visits[0].key if one.asked == "head-circumference")
    assert (made.answer, made.why) == ("35", Text("", ""))


def changed(case: Case, change: Callable[[Visit], Visit], known: Case | None = None) -> Case:
    """The case that is made where its first visit is changed; of ``known``, else of itself."""
    journal = journal_of(case, STANDARD, Part.ALL)
    (family,) = journal.families
    visits = tuple(change(one) if one.key == case.visits[0].id else one for one in family.visits)
    return case_of(replace(journal, families=(replace(family, visits=visits),)), known or case, STANDARD)


def test_a_unit_that_stands_by_itself_is_told_where_it_is_not_the_first() -> None:
    case = next(one for one in CASES if any(answer.asked == "weight" for answer in one.visits[0].key))
    units = [one.code for one in STANDARD.variable["weight"].units]

    def told_in(unit: str) -> list[str]:
        def change(visit: Visit) -> Visit:
            weights = tuple(
                replace(one, value=Entry(Decimal(3500), "3500"), unit=Entry(unit, unit))
                for one in visit.observations
                if one.variable.value == "weight"
            )
            return replace(visit, observations=weights)

        made = changed(case, change)
        return [one.answer for one in made.visits[0].key if one.asked == "weight"]

    assert told_in(units[0]) == ["3500"]
    assert told_in(units[1]) == [f"3500 {units[1]}"]


def test_a_moment_that_can_not_be_read_stays_as_it_was_typed() -> None:
    case = CASES[0]
    without = replace(case, visits=())
    made = changed(case, lambda visit: replace(visit, start=Entry(None, "en mandag")), without)
    assert {one.id: one.start for one in made.visits}[case.visits[0].id] == "en mandag"


def test_a_questionnaire_without_answers_is_no_answer() -> None:
    case = CASES[0]
    empty = QuestionnaireResponse("R", questionnaire=Entry("epds", "epds"))
    made = changed(case, lambda visit: replace(visit, responses=(empty,)))
    assert "epds" not in {one.questionnaire for one in made.visits[0].key}
