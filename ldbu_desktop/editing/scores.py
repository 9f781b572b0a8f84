"""What the answers to a questionnaire come to: the sum, how complete it is, and its published marks as facts."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from ldbu_desktop.journal.model import Answer, Entry, QuestionnaireResponse
from ldbu_desktop.standard.model import Mark, Questionnaire


@dataclass(frozen=True, slots=True)
class Score:
    """What the answers to a questionnaire come to. ``total`` is the sum of what is answered, None where none is.

    ``done`` of ``asked`` questions are answered; ``most`` is the largest sum. ``marks`` are those that are reached: by
    what is answered so far, or by the sum that was written.
    """

    done: int
    asked: int
    total: int | None
    most: int | None
    marks: tuple[Mark, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every question is answered."""
        return self.done == self.asked


def score_of(response: QuestionnaireResponse | None, questionnaire: Questionnaire) -> Score:
    """What the answers to ``questionnaire`` come to. Those that can't be read do not count."""
    values = _values(response)
    asked = [item for item in questionnaire.items if item.link_id != questionnaire.score]
    done = sum(item.link_id in values for item in asked)
    points = _points(response)
    numbers = [points[link] for link in questionnaire.summed if link in points]
    total = sum(numbers) if numbers else None
    limits = [questionnaire.by_link_id[link].max or 0 for link in questionnaire.summed]
    if questionnaire.score is not None and total is not None:
        points[questionnaire.score] = max(total, points.get(questionnaire.score, total))
    reached = tuple(mark for mark in questionnaire.marks if points.get(mark.item, mark.at_least - 1) >= mark.at_least)
    return Score(done, len(asked), total, sum(limits) if limits else None, reached)


def _values(response: QuestionnaireResponse | None) -> dict[str, int | bool | str]:
    return {
        answer.link_id.value: answer.value.value
        for answer in (response.answers if response else ())
        if answer.link_id.value is not None and answer.value.value is not None
    }


def _points(response: QuestionnaireResponse | None) -> dict[str, int]:
    values = _values(response)
    return {link: value for link, value in values.items() if isinstance(value, int) and not isinstance(value, bool)}


def scored(response: QuestionnaireResponse, questionnaire: Questionnaire) -> QuestionnaireResponse:
    """``response`` with the sum that follows from its answers, once all that are summed are there.

    A sum that was written stays, also where it is another: that is told, not mended.
    """
    score = questionnaire.score
    if score is None or any(one.link_id.value == score and one.value.raw for one in response.answers):
        return response
    points = _points(response)
    others = tuple(one for one in response.answers if one.link_id.value != score)
    if not questionnaire.summed or not all(link in points for link in questionnaire.summed):
        return replace(response, answers=others)
    total = sum(points[link] for link in questionnaire.summed)
    return replace(response, answers=(*others, Answer(Entry(score), Entry(total))))
