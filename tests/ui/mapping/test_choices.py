"""What can be chosen is found by any of its words, in both languages."""

from __future__ import annotations

import pytest

from ldbu_desktop.mapping.links import NOT_THIS_ANSWER, Part, Subject, TableShape, Target
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.ui.mapping.choices import Choice, code_choices, found, target_choices

STANDARD = shipped_standard()


def first(words: str, shape: TableShape = TableShape.VISIT) -> Target | str:
    """What is found first by words."""
    return found(target_choices(STANDARD, shape), words)[0].what


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("vægt", Target("weight", Part.VALUE, Subject.CHILD, unit="g")),
        ("vægt kg", Target("weight", Part.VALUE, Subject.CHILD, unit="kg")),
        ("weight", Target("weight", Part.VALUE, Subject.CHILD, unit="g")),
        ("vægt enhed", Target("weight", Part.UNIT, Subject.CHILD)),
        ("mor cpr", Target("citizen.cpr", Part.CPR, Subject.PARENT_1)),
        ("epds samlet mor", Target("epds/score", subject=Subject.PARENT_1)),
        ("kontakttype", Target("visit.type")),
        ("klok start", Target("visit.start", Part.TIME)),
    ],
)
def test_a_variable_is_found_by_any_of_its_words(words: str, target: Target) -> None:
    assert first(words) == target


def test_nothing_is_found_by_what_is_in_none_of_its_words() -> None:
    assert found(target_choices(STANDARD, TableShape.VISIT), "vægt qqq") == []


def test_where_a_row_is_a_child_a_column_may_be_of_one_visit() -> None:
    [establishment] = [one.code for one in STANDARD.visit_types if one.id == "establishment"]
    assert first("vægt etabl", TableShape.CHILD) == Target("weight", Part.VALUE, Subject.CHILD, establishment, "g")
    assert {one.what.visit for one in target_choices(STANDARD, TableShape.VISIT) if isinstance(one.what, Target)} == {
        None
    }


def test_where_a_row_is_an_observation_a_column_may_name_it() -> None:
    assert first("hvad der er obs", TableShape.OBSERVATION) == Target("observation.variable", Part.NAME)
    assert "weight" in [one.what for one in code_choices("observation.variable", STANDARD)]


def test_where_a_row_is_an_observation_a_column_may_tell_whom_it_is_about() -> None:
    assert first("hvem observationen", TableShape.OBSERVATION) == Target("observation.subject")
    choices = code_choices("observation.subject", STANDARD)
    assert [one.what for one in choices] == [*Subject]
    assert found(choices, "mor")[0].what == Subject.PARENT_1


def test_every_target_can_be_chosen_once() -> None:
    for shape in TableShape:
        targets = [one.what for one in target_choices(STANDARD, shape)]
        assert len(targets) == len(set(targets))


def test_a_text_may_mean_a_code_or_that_there_is_no_value() -> None:
    feeding = code_choices("feeding", STANDARD)
    codes = [one.what for one in feeding if not one.is_missing]
    assert codes == list(STANDARD.concepts(STANDARD.variable["feeding"]))
    assert "unknown" in [one.what for one in feeding if one.is_missing]
    assert not [one for one in code_choices("visit.type", STANDARD) if one.is_missing]


def test_a_column_may_be_of_one_answer() -> None:
    targets = [one.what for one in target_choices(STANDARD, TableShape.VISIT) if isinstance(one.what, Target)]
    apart = {target.variable for target in targets if target.part is Part.ANSWER}
    assert {"feeding", "visit.class", "visit.type"} <= apart
    assert not apart & {"weight", "exam-result", "citizen.cpr", "intervention.code"}
    assert first("ernæring et af svarene", TableShape.VISIT) == Target("feeding", Part.ANSWER, Subject.CHILD)


def test_a_text_in_a_column_of_one_answer_may_say_that_it_is_not_that_one() -> None:
    choices = code_choices("sleep", STANDARD, is_answer=True)
    assert not any(one.is_missing for one in choices)
    assert [one.what for one in choices] == [*STANDARD.concepts(STANDARD.variable["sleep"]), NOT_THIS_ANSWER]
    assert choices[-1].words == "Nej"


def test_answers_of_questionnaires_and_of_yes_and_no_can_be_chosen() -> None:
    item = STANDARD.questionnaire["sdq4-10"].items[0]
    assert [one.what for one in code_choices(f"sdq4-10/{item.link_id}", STANDARD)] == list(item.options)
    assert [one.what for one in code_choices("citizen.active", STANDARD)] == ["true", "false"]
    assert code_choices("sdq4-10/nothing", STANDARD) == code_choices("nothing", STANDARD) == []


def test_what_begins_with_the_words_comes_first() -> None:
    choices = [Choice("b", "Anden vægt", "", "anden vægt"), Choice("a", "Vægt", "", "vægt")]
    assert [one.what for one in found(choices, "vægt")] == ["a", "b"]
    assert found(choices, "") == choices
