"""Questionnaires: the official validator holds no response against its questionnaire, so this does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.findings.checks.check import Check, check
from ldbu_desktop.findings.checks.scopes import VisitScope
from ldbu_desktop.findings.model import Finding, Level
from ldbu_desktop.journal.dates import age_text, day_of
from ldbu_desktop.journal.fields import (
    ANSWER_LINK_ID,
    ANSWER_VALUE,
    RESPONSE_AUTHORED,
    RESPONSE_QUESTIONNAIRE,
    RESPONSE_SUBJECT,
)
from ldbu_desktop.journal.model import Answer, QuestionnaireResponse
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR
from ldbu_desktop.standard.model import Item, Questionnaire

_MOST_ANSWERS = 36
_LONGEST_ANSWER = 30
_OPTIONS_SHOWN = 6


def _question(item: Item) -> Text:
    return item.label


def _at(
    scope: VisitScope, response: QuestionnaireResponse, answer: Answer, code: str, nth: int | None = None, **facts: Any
) -> Finding:
    """A finding at one answer, its ``nth``; its question's link id takes the place of the observed variable."""
    at_question = code.startswith("question-")
    return scope.finding(
        code,
        response,
        answer.link_id if at_question else answer.value,
        part=ANSWER_LINK_ID if at_question else ANSWER_VALUE,
        nth=nth,
        variable=answer.link_id.value or "",
        origin=answer.origin,
        **facts,
    )


@check(
    Level.VARIABLE, "questionnaire-missing", "questionnaire-unknown", "too-many-answers", "question-missing",
    "question-unknown", "question-duplicate", "answer-missing", "answer-wrong-type", "answer-out-of-limits",
    "answer-not-an-option", "answer-too-long", looks_at=("responses",),
)  # fmt: skip
def answers_fit_their_questions(scope: VisitScope) -> Iterator[Finding]:
    """Each answer is to a question of its questionnaire, once, of the right type and within its limits."""
    for response in scope.visit.responses:
        entry = response.questionnaire
        questionnaire = scope.rules.standard.questionnaire.get(entry.value or "")
        if questionnaire is None:
            code = "questionnaire-missing" if entry.is_empty else "questionnaire-unknown"
            known = tuple(each.label for each in scope.rules.standard.questionnaires)
            yield scope.finding(code, response, entry, part=RESPONSE_QUESTIONNAIRE, options=known)
            continue
        if len(response.answers) > _MOST_ANSWERS:
            number = len(response.answers)
            yield scope.finding("too-many-answers", response, part=RESPONSE_QUESTIONNAIRE, number=number)
        yield from _answers(scope, response, questionnaire)


def _answers(scope: VisitScope, response: QuestionnaireResponse, questionnaire: Questionnaire) -> Iterator[Finding]:
    items = questionnaire.by_link_id
    seen: set[str] = set()
    name = questionnaire.label
    for nth, answer in enumerate(response.answers):
        link_id = answer.link_id.value
        if link_id is None:
            code = "question-missing" if answer.link_id.is_empty else "question-unknown"
            yield _at(scope, response, answer, code, nth, name=name)
            continue
        item = items.get(link_id)
        if item is None:
            yield _at(scope, response, answer, "question-unknown", nth, name=name)
            continue
        if link_id in seen:
            yield _at(scope, response, answer, "question-duplicate", nth, name=name, question=_question(item))
        seen.add(link_id)
        yield from _answer(scope, response, nth, item, name)


def _answer(scope: VisitScope, response: QuestionnaireResponse, nth: int, item: Item, name: Text) -> Iterator[Finding]:
    answer = response.answers[nth]
    value = answer.value.value
    facts: dict[str, Any] = {"name": name, "question": _question(item)}
    if answer.value.is_empty:
        yield _at(scope, response, answer, "answer-missing", nth, **facts)
    elif item.type == "choice":
        if isinstance(value, str) and len(value) > _LONGEST_ANSWER:
            yield _at(
                scope, response, answer, "answer-too-long", nth, length=len(value),
                longest=_LONGEST_ANSWER, **facts,
            )  # fmt: skip
        elif value not in item.options:
            options = tuple(Text(da=option, en=option) for option in item.options[:_OPTIONS_SHOWN])
            yield _at(scope, response, answer, "answer-not-an-option", nth, options=options, **facts)
    elif item.type == "boolean":
        if not isinstance(value, bool):
            yield _at(scope, response, answer, "answer-wrong-type", nth, **facts)
    elif not isinstance(value, int) or isinstance(value, bool):
        yield _at(scope, response, answer, "answer-wrong-type", nth, **facts)
    elif (item.min is not None and value < item.min) or (item.max is not None and value > item.max):
        low, high = ("" if limit is None else limit for limit in (item.min, item.max))
        yield _at(scope, response, answer, "answer-out-of-limits", nth, low=low, high=high, **facts)


@check(
    Level.VARIABLE, "questionnaire-incomplete", "score-not-the-sum", "mark-reached", "answer-needs-attention",
    looks_at=("responses",),
)  # fmt: skip
def scores_add_up(scope: VisitScope) -> Iterator[Finding]:
    """All questions are answered, the score is their sum, and published limits are told as facts."""
    for response in scope.visit.responses:
        questionnaire = scope.rules.standard.questionnaire.get(response.questionnaire.value or "")
        if questionnaire is None or response.status.value == ENTERED_IN_ERROR:
            continue
        answers = {answer.link_id.value: answer for answer in response.answers}
        missing = [item.label for item in questionnaire.items if item.link_id not in answers]
        facts: dict[str, Any] = {"name": questionnaire.label}
        if missing:
            yield scope.finding(
                "questionnaire-incomplete", response, part=RESPONSE_QUESTIONNAIRE, number=len(missing),
                questions=tuple(missing[:_OPTIONS_SHOWN]), **facts,
            )  # fmt: skip
        points = {name: answer.value.value for name, answer in answers.items() if type(answer.value.value) is int}
        summed = [points.get(name) for name in questionnaire.summed]
        score = points.get(questionnaire.score)
        total = sum(point or 0 for point in summed)
        if score is not None and summed and None not in summed and total != score:
            answer = answers[questionnaire.score]
            yield _at(scope, response, answer, "score-not-the-sum", score=score, total=total, **facts)
        for mark in questionnaire.marks:
            reached = points.get(mark.item)
            if reached is not None and reached >= mark.at_least:
                code = "mark-reached" if mark.item == questionnaire.score else "answer-needs-attention"
                yield _at(
                    scope, response, answers[mark.item], code, points=reached, at_least=mark.at_least,
                    question=_question(questionnaire.by_link_id[mark.item]), mark=mark.text, mark_source=mark.source,
                    **facts,
                )  # fmt: skip


@check(
    Level.VARIABLE, "questionnaire-on-child", "questionnaire-on-parent", "questionnaire-unusual-age",
    looks_at=("responses",),
)  # fmt: skip
def questionnaires_fit_the_citizen(scope: VisitScope) -> Iterator[Finding]:
    """A questionnaire is about a child or a parent, and for children of certain ages."""
    for response in scope.visit.responses:
        questionnaire = scope.rules.standard.questionnaire.get(response.questionnaire.value or "")
        citizen = scope.within.citizens.get(response.subject.value or "")
        if questionnaire is None or citizen is None:
            continue
        name = questionnaire.label
        if questionnaire.subject != "either" and citizen.is_child != (questionnaire.subject == "child"):
            code = "questionnaire-on-child" if citizen.is_child else "questionnaire-on-parent"
            yield scope.finding(code, response, response.subject, part=RESPONSE_SUBJECT, name=name)
            continue
        birth = scope.within.births[citizen.key]
        authored = response.authored.value
        from_days, to_days = questionnaire.from_days, questionnaire.to_days
        if not citizen.is_child or birth is None or authored is None or from_days is None or to_days is None:
            continue
        age = (day_of(authored) - birth).days
        if not from_days <= age < to_days:
            yield scope.finding(
                "questionnaire-unusual-age", response, response.authored, part=RESPONSE_AUTHORED, name=name,
                age=age_text(max(age, 0)), from_age=age_text(from_days), to_age=age_text(to_days),
            )  # fmt: skip


VISIT_CHECKS: tuple[Check[VisitScope], ...] = (
    answers_fit_their_questions,
    scores_add_up,
    questionnaires_fit_the_citizen,
)
