"""What the answers to a questionnaire come to: the sum, how complete it is, and its published marks as facts."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from ldbu_desktop.journal.model import Answer, Entry, QuestionnaireResponse
from ldbu_desktop.standard.model import Mark, Questionnaire


@dataclass(frozen=True, slots=True)
class Standing:
    """How a questionnaire stands. ``total`` is the sum of what is answered, None where nothing is summed.

    ``done`` of ``asked`` questions are answered; ``most`` is the largest sum. ``marks`` are those that are reached.
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


def standing(response: QuestionnaireResponse | None, questionnaire: Questionnaire) -> Standing:
    """How the answers to ``questionnaire`` stand."""
    values = _values(response)
    asked = [item for item in questionnaire.items if item.link_id != questionnaire.score]
    done = sum(item.link_id in values for item in asked)
    numbers = [values[link] for link in questionnaire.summed if isinstance(values.get(link), int)]
    total = sum(map(int, numbers)) if numbers else None
    limits = [questionnaire.by_link_id[link].max or 0 for link in questionnaire.summed]
    reached = tuple(mark for mark in questionnaire.marks if _is_reached(mark, values, total, questionnaire))
    return Standing(done, len(asked), total, sum(limits) if limits else None, reached)


def _values(response: QuestionnaireResponse | None) -> dict[str, int | bool | str]:
    return {
        answer.link_id.value: answer.value.value
        for answer in (response.answers if response else ())
        if answer.link_id.value is not None and answer.value.value is not None
    }


def _is_reached(
    mark: Mark, values: dict[str, int | bool | str], total: int | None, questionnaire: Questionnaire
) -> bool:
    value = values.get(mark.item)
    if mark.item == questionnaire.score and total is not None:
        value = total
    return isinstance(value, int) and value >= mark.at_least


def scored(response: QuestionnaireResponse, questionnaire: Questionnaire) -> QuestionnaireResponse:
    """``response`` with the sum that follows from its answers, once all that are summed are there.

    A sum that was written stays, also where it is another: that is told, not mended.
    """
    score = questionnaire.score
    if score is None or not questionnaire.summed:
        return response
    written = next((one for one in response.answers if one.link_id.value == score), None)
    if written is not None and written.value.raw:
        return response
    values = _values(response)
    others = tuple(one for one in response.answers if one.link_id.value != score)
    if not all(isinstance(values.get(link), int) for link in questionnaire.summed):
        return replace(response, answers=others)
    total = sum(int(values[link]) for link in questionnaire.summed)
    return replace(response, answers=(*others, Answer(Entry(score), Entry(total))))
