"""What stands instead of a value that may be somebody's: it names nobody, and is read and found fault with alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from ldbu_desktop.findings.checks.rule_book import RuleBook
from ldbu_desktop.mapping.proposing.answer_book import answer_book_of
from ldbu_desktop.mapping.proposing.answer_words import answer_words
from ldbu_desktop.mapping.proposing.answers import NOTHING, Match
from ldbu_desktop.pseudonyms.secret import Secret

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

    def __init__(self, rules: RuleBook, secret: Secret) -> None:
        self._rules, self._answers, self._secret = rules, answer_book_of(rules.standard), secret
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
                for each in (*unlike, *self._not_done(text, told), *self._like(variable, told))
                if each not in given and self._told(variable, each) == told
            )
            made[text] = next(fitting, unlike[0])
        return made[text]

    def _unlike(self, text: str, number: int) -> str:
        """As many letters and so many more, of which no word is made, and as many digits."""
        made = self._secret.unknown_word(text + "x" * number)
        return "".join("9" if each.isdigit() else each for each in made)

    def _not_done(self, text: str, told: _Told) -> Iterator[str]:
        """What says that there is no value: in a word for that, or that something nobody knows was not done."""
        if told.missing is not None:
            words, other = answer_words(), self._secret.unknown_word("".join(filter(str.isalpha, text)).lower())
            yield from (word for word in words.missing.get(told.missing, ()) if any(map(str.isalpha, word)))
            yield from (f"{denial} {other}{ending}" for denial in words.not_done for ending in words.done)

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
        concept = self._rules.codes.get(variable, {}).get(code or "")
        if concept is not None:
            yield from (concept.term, concept.english)
            yield from answer_words().answers.get(variable, {}).get(concept.code, ())

    def _told(self, variable: str, text: str) -> _Told:
        answers = self._answers.of(variable)
        answer = answers.match(text) if answers is not None else NOTHING
        near = self._rules.nearest_concept(variable, text)
        return _Told(
            answer.match, answer.code, answer.missing, answer.candidates, near.code if near is not None else None
        )
