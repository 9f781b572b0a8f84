"""What the texts of coded columns mean by their links, and which of them are not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ldbu_desktop.journal.fields import OBSERVATION_SUBJECT
from ldbu_desktop.journal.readings import folded
from ldbu_desktop.mapping.links import (
    NOT_THIS_ANSWER,
    OBSERVATION_VARIABLE,
    READ_BY,
    Part,
    State,
    Subject,
    ValueLink,
)
from ldbu_desktop.mapping.vocabulary import Vocabulary

VALUE_LEFT_OUT = "file-value-left-out"
WAITING = {State.PROPOSED: "file-value-waits", State.UNMAPPED: "file-value-unmapped"}
"""What tells a text that nobody has said the meaning of, by the state of its link."""


class Fate(NamedTuple):
    """What becomes of a text that is no value: the code that tells why it is not read, or why there is no value."""

    not_read: str = ""
    missing: str = ""


class Meanings(Mapping[str, object]):
    """The texts of one column that links tell of, with their values; None for one that waits for somebody to say it.

    ``fates`` are of the texts that are no values, ``waiting`` the links of those that wait, by the code that tells it.
    Texts are told apart as everywhere: case and spaces make no difference.
    """

    def __init__(self, vocabulary: Vocabulary, links: Iterable[ValueLink], part: Part) -> None:
        self._values: dict[str, object] = {}
        self.fates: dict[str, Fate] = {}
        self.waiting: list[tuple[str, ValueLink]] = []
        for link in links:
            text = folded(link.value)
            if link.state is State.LEFT_OUT:
                self.fates[text] = Fate(VALUE_LEFT_OUT)
            elif link.state not in READ_BY:
                self._wait(text, link, WAITING[link.state])
            elif part is Part.ANSWER and link.code == NOT_THIS_ANSWER:
                self._values[text] = NOT_THIS_ANSWER
            elif part is Part.MISSING_REASON:
                self._values[text] = link.missing or link.code
            elif link.missing is not None and part is not Part.ANSWER:
                self.fates[text] = Fate(missing=link.missing)
            else:
                value = link.code if part is Part.UNIT else meaning(vocabulary, link.variable, link.code or "")
                self._values[text] = value
                if value is None:
                    # The standard has no such code: nothing is known of the text.
                    self._wait(text, link, WAITING[State.UNMAPPED])

    def _wait(self, text: str, link: ValueLink, code: str) -> None:
        self._values[text] = None
        self.waiting.append((code, link))

    def fate(self, raw: str) -> Fate | None:
        """What becomes of a text that is no value; None where it is read as one."""
        return self.fates.get(folded(raw))

    def __getitem__(self, raw: str) -> object:
        return self._values[folded(raw)]

    def __contains__(self, raw: object) -> bool:
        return folded(str(raw)) in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def meaning(vocabulary: Vocabulary, variable_id: str, code: str) -> object:
    """The value that a code of the standard is for a variable, or an answer; None where it is none."""
    if variable_id == OBSERVATION_VARIABLE:
        return code if _is_observed(vocabulary, code) else None
    if variable_id == OBSERVATION_SUBJECT:
        return code if code in set(Subject) else None
    questionnaire, is_answer, question = variable_id.partition("/")
    if is_answer:
        return vocabulary.answer(questionnaire, question, code)
    return vocabulary.reading(variable_id)(code)


def _is_observed(vocabulary: Vocabulary, code: str) -> bool:
    questionnaire, is_answer, question = code.partition("/")
    if is_answer:
        filled = vocabulary.standard.questionnaire.get(questionnaire)
        return filled is not None and question in filled.by_link_id
    return any(variable.id == code for variable in vocabulary.standard.observed)
