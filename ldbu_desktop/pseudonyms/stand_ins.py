"""What stands instead of a value that may be somebody's: it names nobody, and is read and found fault with alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from ldbu_desktop.mapping.proposing.answer_book import answer_book_of
from ldbu_desktop.mapping.proposing.answer_words import answer_words
from ldbu_desktop.mapping.proposing.answers import NOTHING, Match
from ldbu_desktop.nearest import nearest
from ldbu_desktop.pseudonyms.secret import Secret
from ldbu_desktop.standard.model import Concept, Standard

_MORE: Final = "".join(one + other for one in "qxzwvjk" for other in "qxzwvjk")
"""No word: a term with letters of it behind is still like that term, and the more of them, the less near to it."""
_LONGER: Final = (4, 8, 16, 24, 40)
_TRIED: Final = 8
"""A letter or two may say something by chance."""


class _Told(NamedTuple):
    """What is made of a value: as what it is read, and the code of the term that it is nearest to."""

    match: Match
    code: str | None
    missing: str | None
    candidates: tuple[str, ...]
    nearest: str | None


class StandIns:
    """Finds what stands instead of values of the variables of a standard."""

    def __init__(self, standard: Standard, secret: Secret) -> None:
        self._standard, self._answers, self._secret = standard, answer_book_of(standard), secret
        self._terms: dict[str, dict[str, str]] = {}
        self._made: dict[str, dict[str, str]] = {}
        """What stands for each text of a variable."""

    def of(self, variable: str, text: str) -> str:
        """What stands instead of a value: the same for the same, another for another."""
        made = self._made.setdefault(variable, {})
        if text not in made:
            told, given = self._told(variable, text), set(made.values())
            unlike = [self._unlike(text, number) for number in range(_TRIED)]
            fitting = (
                each
                for each in (*unlike, *self._like(variable, told))
                if each not in given and self._told(variable, each) == told
            )
            made[text] = next(fitting, unlike[0])
        return made[text]

    def _unlike(self, text: str, number: int) -> str:
        """As many letters and so many more, of which no word is made, and as many digits."""
        made = self._secret.unknown_word(text + "x" * number)
        return "".join("9" if each.isdigit() else each for each in made)

    def _like(self, variable: str, told: _Told) -> Iterator[str]:
        """What may be a term or another word for a code, or as like one as a text is; no misspelling of anybody's."""
        for question in answer_words().questions:
            yield from question.words if question.variable == variable else ()
        for code in dict.fromkeys((told.code, told.nearest)):
            for text in self._texts(variable, code):
                yield from (text, f"{text}/{text}", f"{text}{text[-1:]}")
                yield from (f"{text} {_MORE[:length]}" for length in _LONGER)
                yield from (f"{denial} {word}" for denial in answer_words().denials for word in (text, *text.split()))

    def _texts(self, variable: str, code: str | None) -> Iterator[str]:
        concept = self._concepts(variable).get(code or "")
        if concept is not None:
            yield from (concept.term, concept.english)
            yield from answer_words().answers.get(variable, {}).get(concept.code, ())

    def _told(self, variable: str, text: str) -> _Told:
        answers = self._answers.of(variable)
        answer = answers.match(text) if answers is not None else NOTHING
        terms = self._terms_of(variable)
        near = nearest(text, terms)
        return _Told(
            answer.match, answer.code, answer.missing, answer.candidates, terms[near] if near is not None else None
        )

    def _terms_of(self, variable: str) -> dict[str, str]:
        """The codes of a variable by what a misspelling of them is looked for among."""
        if variable not in self._terms:
            self._terms[variable] = {
                term: each.code
                for each in self._concepts(variable).values()
                for term in (each.term, each.english, each.code)
            }
        return self._terms[variable]

    def _concepts(self, variable_id: str) -> dict[str, Concept]:
        variable = self._standard.variable.get(variable_id)
        return dict(self._standard.concepts(variable)) if variable is not None else {}
