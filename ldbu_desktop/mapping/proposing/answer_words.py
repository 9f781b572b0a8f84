"""The words that clinics and journal systems have for answers, as facts that ship with the program."""

from __future__ import annotations

from functools import cache

import msgspec

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.standard.model import Fact


class Levels(Fact, frozen=True):
    """Words for how something is, that hold for many variables: ``of`` gives each variable's codes from good to bad.

    ``words`` are those of each level, ``asked`` those that may be of more than one. The others are beginnings of words
    that a level is put together from: something ``good``, or some ``trouble`` that is ``mild``, ``strong`` or ``none``.
    """

    of: dict[str, tuple[str, ...]]
    words: tuple[tuple[str, ...], ...]
    asked: tuple[str, ...]
    good: tuple[str, ...]
    mild: tuple[str, ...]
    trouble: tuple[str, ...]
    none: tuple[str, ...]
    strong: tuple[str, ...]


class Question(Fact, frozen=True):
    """Words of clinics that the standard splits: which of ``codes`` is meant, only a person can say."""

    variable: str
    codes: tuple[str, ...]
    words: tuple[str, ...]


class AnswerWords(Fact, frozen=True):
    """The words of values, by variable and code; ``missing`` by the reason why there is no value.

    ``common`` are answers that columns of anything may hold: they agree with a header, and tell nothing by themselves.
    ``joining`` are words that only join others, ``denials`` those that turn a text into its opposite, ``numbers`` words
    for numbers, ``alike`` words that mean the same wherever they stand, ``who`` those for who it is that declined.
    ``not_done`` and ``done`` are what a text begins and ends with that says only that nothing was done.
    """

    common: tuple[str, ...]
    joining: tuple[str, ...]
    denials: tuple[str, ...]
    who: tuple[str, ...]
    alike: tuple[tuple[str, ...], ...]
    answers: dict[str, dict[str, tuple[str, ...]]]
    levels: Levels
    questions: tuple[Question, ...]
    missing: dict[str, tuple[str, ...]]
    numbers: dict[str, tuple[str, ...]]
    not_done: tuple[str, ...]
    done: tuple[str, ...]
    numeric_missing: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    options: dict[str, tuple[str, ...]]


def is_reply(text: str) -> bool:
    """Whether a text is no more than a yes or a no."""
    words = answer_words()
    return text.strip().casefold() in (*words.yes, *words.no)


@cache
def answer_words() -> AnswerWords:
    """The words of values that ship with the program, read once."""
    return msgspec.json.decode(resource("mapping", "answers.json").read_bytes(), type=AnswerWords)
