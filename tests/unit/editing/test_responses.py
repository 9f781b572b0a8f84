"""Questionnaires: answers by link id, the sum that follows, and what it comes to."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.editing.answers import answer_at, answered
from ldbu_desktop.editing.scores import score_of, scored
from ldbu_desktop.journal.model import Journal, QuestionnaireResponse
from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.model import Questionnaire
from ldbu_desktop.use_cases.validate import validate
from tests.unit.editing.filled_family import (
    CHILD,
    OTHER_PARENT,
    PARENT,
    STANDARD,
    START,
    TODAY,
    codes_of,
    place,
    visit_journal,
    visit_of,
    with_answers,
)

EPDS = STANDARD.questionnaire["epds"]
HARM = "10harm"


def at(link_id: str, questionnaire: str = "epds", subject: str = PARENT) -> Where:
    return place("", subject, questionnaire=questionnaire, link_id=link_id)


def epds(*points: int) -> Journal:
    return with_answers(
        visit_journal(), *((at(link), str(one)) for link, one in zip(EPDS.summed, points, strict=False))
    )


def response_of(journal: Journal) -> QuestionnaireResponse:
    (response,) = visit_of(journal).responses
    return response


def marks(journal: Journal) -> set[str]:
    return {mark.item for mark in score_of(response_of(journal), EPDS).marks}


def test_a_response_is_made_read_changed_and_taken_away() -> None:
    journal = with_answers(visit_journal(), (at("3blame"), "2"), (at("1humor"), "1"), (at("3blame"), "0"))
    response = response_of(journal)
    assert (response.subject.value, response.authored.value, response.status.value) == (PARENT, START, "completed")
    assert [(one.link_id.value, one.value.value) for one in response.answers] == [("1humor", 1), ("3blame", 0)]
    assert answer_at(journal, at("1humor")).value == 1
    assert answer_at(journal, at("")).value == "epds"
    assert answer_at(journal, at("9cry")).is_empty
    assert answer_at(journal, at("1humor", subject=OTHER_PARENT)).is_empty
    assert answer_at(journal, at("1humor")._replace(record=response.key)).value == 1
    journal = with_answers(journal, (at("1humor"), ""), (at("3blame"), " "))
    assert visit_of(journal).responses == ()
    assert with_answers(journal, (at("1humor"), "")) == journal


def test_each_parent_has_a_response_of_their_own() -> None:
    journal = with_answers(visit_journal(), (at("1humor"), "1"), (at("1humor", subject=OTHER_PARENT), "2"))
    journal = with_answers(
        journal, (at("1facialExpression", "adbb", CHILD), "2"), (at("2eyeContact", "adbb", CHILD), "1")
    )
    assert [one.subject.value for one in visit_of(journal).responses] == [PARENT, OTHER_PARENT, CHILD]
    assert len({one.key for one in visit_of(journal).responses}) == 3
    fewer = with_answers(journal, (at("1humor"), ""))
    assert [one.subject.value for one in visit_of(fewer).responses] == [OTHER_PARENT, CHILD]


def test_who_told_and_when() -> None:
    informer, authored = (place(f"response.{part}", PARENT, questionnaire="epds") for part in ("informer", "authored"))
    code = codes_of("response.informer")[0]
    journal = with_answers(epds(1), (informer, code), (authored, "06-07-2020"))
    assert answer_at(journal, informer).value == code
    assert answer_at(journal, authored).value == date(2020, 7, 6)
    journal = with_answers(journal, (informer, ""), (authored, ""))
    assert answer_at(journal, informer).is_empty
    assert answer_at(journal, authored).value == START
    first = with_answers(visit_journal(), (informer, code))
    assert response_of(first).informer.value == code
    assert visit_of(with_answers(first, (informer, ""))).responses == ()
    moved = with_answers(epds(1), (place("visit.start", ""), "05-07-2020"))
    assert answer_at(moved, authored).value == date(2020, 7, 5)


def test_the_sum_is_put_in_when_all_is_answered_and_goes_when_something_is_taken_away() -> None:
    points = (0, 1, 2, 3, 0, 1, 2, 3, 0, 0)
    for answered_so_far in range(1, 10):
        assert answer_at(epds(*points[:answered_so_far]), at("score")).is_empty
    journal = epds(*points)
    assert (answer_at(journal, at("score")).value, answer_at(journal, at("score")).raw) == (12, "")
    assert [one.link_id.value for one in response_of(journal).answers] == [item.link_id for item in EPDS.items]
    assert answer_at(with_answers(journal, (at("1humor"), "3")), at("score")).value == 15
    assert answer_at(with_answers(journal, (at("1humor"), "")), at("score")).is_empty
    assert answer_at(with_answers(journal, (at("1humor"), "zzz")), at("score")).is_empty
    found = validate(journal, STANDARD, TODAY).by_code
    assert not {"questionnaire-incomplete", "score-not-the-sum"} & set(found)


def test_a_sum_that_was_typed_stays_the_users() -> None:
    journal = with_answers(epds(*[1] * 10), (at("score"), "12"))
    assert answer_at(with_answers(journal, (at("1humor"), "2")), at("score")).value == 12
    assert "score-not-the-sum" in validate(journal, STANDARD, TODAY).by_code
    assert answer_at(with_answers(journal, (at("score"), "")), at("score")).value == 10


def test_a_questionnaire_without_a_sum_gets_none() -> None:
    puf = STANDARD.questionnaire["puf"]
    journal = with_answers(visit_journal(), *((at(item.link_id, "puf", CHILD), "ja") for item in puf.items[:-1]))
    assert len(response_of(journal).answers) == 27
    assert score_of(response_of(journal), puf).total is None
    from msgspec.structs import replace

    unsummed = replace(EPDS, summed=())
    assert scored(response_of(epds(1)), unsummed) == response_of(epds(1))


def test_how_it_stands() -> None:
    nothing = score_of(None, EPDS)
    assert (nothing.done, nothing.asked, nothing.total, nothing.most, nothing.marks) == (0, 10, None, 30, ())
    assert not nothing.is_complete
    journal = with_answers(epds(2, 3), (at("3blame"), "zzz"))
    some = score_of(response_of(journal), EPDS)
    assert (some.done, some.total) == (2, 5)
    assert score_of(response_of(epds(*[0] * 10)), EPDS).is_complete


def test_marks_are_facts_at_the_published_limits() -> None:
    assert marks(epds(3, 3, 3, 1)) == set()
    assert marks(epds(3, 3, 3, 2)) == {"score"}
    mark = next(mark for mark in EPDS.marks if mark.item == "score")
    assert mark.at_least == 11
    assert mark.source


@pytest.mark.parametrize("points", [1, 2, 3])
def test_the_tenth_question_is_always_raised(points: int) -> None:
    assert marks(with_answers(visit_journal(), (at(HARM), str(points)))) == {HARM}
    assert HARM in marks(epds(*[0] * 9, points))
    assert "answer-needs-attention" in validate(epds(*[0] * 9, points), STANDARD, TODAY).by_code


def test_a_sum_that_was_written_is_marked_whatever_the_answers_come_to() -> None:
    assert marks(with_answers(visit_journal(), (at("score"), "11"))) == {"score"}
    assert marks(with_answers(epds(*[0] * 10), (at("score"), "11"))) == {"score"}
    assert marks(with_answers(epds(*[3] * 9), (at("score"), "2"))) == {"score"}


@given(st.lists(st.integers(0, 3), min_size=10, max_size=10))
def test_the_running_sum_is_that_of_the_answers(points: list[int]) -> None:
    stands = score_of(response_of(epds(*points)), EPDS)
    assert (stands.total, stands.done) == (sum(points), 10)
    assert {mark.item for mark in stands.marks} == {
        *(["score"] if sum(points) >= 11 else []),
        *([HARM] if points[9] else []),
    }


@pytest.mark.parametrize("questionnaire", STANDARD.questionnaires, ids=lambda each: each.id)
def test_every_question_answered_is_whole_and_summed(questionnaire: Questionnaire) -> None:
    subject = PARENT if questionnaire.subject == "parent" else CHILD
    journal = visit_journal()
    for item in questionnaire.items:
        if item.link_id != questionnaire.score:
            raw = {"boolean": "ja", "choice": next(iter(item.options), "")}.get(item.type, "1")
            journal = answered(journal, at(item.link_id, questionnaire.id, subject), raw, STANDARD)
    (response,) = visit_of(journal).responses
    assert score_of(response, questionnaire).is_complete
    assert "questionnaire-incomplete" not in validate(journal, STANDARD, TODAY).by_code
    assert "score-not-the-sum" not in validate(journal, STANDARD, TODAY).by_code


def test_answers_that_are_not_right_are_kept_and_told() -> None:
    journal = with_answers(visit_journal(), (at("1humor"), "9"), (at("2happiness"), "to"), (at("unknown"), "1"))
    assert [one.value.raw for one in response_of(journal).answers] == ["9", "to", "1"]
    found = set(validate(journal, STANDARD, TODAY).by_code)
    assert {"answer-out-of-limits", "answer-wrong-type", "question-unknown"} <= found
    assert answered(journal, at("unknown"), "", STANDARD) != journal
