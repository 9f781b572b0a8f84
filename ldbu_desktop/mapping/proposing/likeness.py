"""How near the words of two texts are, whatever order and form they stand in, and what level they come to."""

from __future__ import annotations

from collections import Counter
from functools import cache

from ldbu_desktop.mapping.proposing.answer_words import answer_words
from ldbu_desktop.mapping.proposing.lexicon import words_of
from ldbu_desktop.mapping.proposing.value_texts import value_key

_SHORT = 4
"""Words so short join others, and say nothing of a level."""
STEM = 4
"""So many letters of a word tell it from others, where endings and shortenings differ."""
_UNKNOWN = 0.5
"""What a word tells that no text of a code has."""
_PREFIX_FROM = 2


def telling(words: list[str]) -> list[str]:
    """The words that tell something by themselves: not those that join others or deny them."""
    return [word for word in words if word not in joining() and not denies([word])]


def core_of(text: str) -> str:
    """What a text says, whichever of several words for the same it says it in, and whatever joins them."""
    return " ".join(_alike().get(word, word) for word in words_of(text) if word not in joining())


def denies(words: list[str]) -> bool:
    return any(
        word == denial or (len(denial) > STEM and word.startswith(denial)) for word in words for denial in _denials()
    )


def numbers_in(words: list[str]) -> str:
    return " ".join(word for word in words if word.isdecimal())


def nearness_of(words: list[str], known: list[str], said: Counter[str]) -> float:
    """How much of what is told by either text is told by both: 0 to 1. A word that many codes have tells little."""

    def weight(word: str) -> float:
        times = said[word[:STEM]]
        return (1 / times if times else _UNKNOWN) if not word.isdecimal() else 0.0

    one = sum(weight(word) for word in words if any(_is_alike(word, each) for each in known))
    other = sum(weight(word) for word in known if any(_is_alike(word, each) for each in words))
    total = sum(map(weight, words)) + sum(map(weight, known))
    return (one + other) / total if total else 0.0


def _is_alike(one: str, other: str) -> bool:
    """Whether two words begin alike, so far as the shorter one goes but for an ending."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short[: max(STEM, len(short) - 2)]) if len(short) >= STEM else one == other


def level_of(words: list[str]) -> int | None:
    """The level that words come to: 0 is good, 1 some trouble, 2 trouble; None where not all of them are known."""
    grades = answer_words().levels
    words = [_alike().get(word, word) for word in words]
    kinds = {
        name
        for word in words
        for name in ("good", "mild", "trouble", "none", "strong")
        if word.startswith(getattr(grades, name))
    }
    if not all(any(word.startswith(getattr(grades, name)) for name in kinds) or len(word) < _SHORT for word in words):
        return None
    return {
        frozenset({"good"}): 0,
        frozenset({"none", "trouble"}): 0,
        frozenset({"mild", "trouble"}): 1,
        frozenset({"trouble"}): 2,
        frozenset({"strong", "trouble"}): 2,
    }.get(frozenset(kinds))


def shortens(words: list[str], known: list[str]) -> bool:
    """Whether each word is the beginning of one of a known text, in order."""
    return (
        len(words) == len(known)
        and words != known
        and all(
            full.startswith(word) and (len(word) > _PREFIX_FROM or word == full)
            for word, full in zip(words, known, strict=True)
        )
    )


@cache
def joining() -> frozenset[str]:
    """Words that only join others."""
    return frozenset(map(value_key, answer_words().joining))


@cache
def _alike() -> dict[str, str]:
    """Words by the first of those that mean the same, here and in our neighbours' languages."""
    return {value_key(word): value_key(words[0]) for words in answer_words().alike for word in words[1:]}


@cache
def _denials() -> tuple[str, ...]:
    """Words that turn a text into its opposite."""
    return tuple(map(value_key, answer_words().denials))
