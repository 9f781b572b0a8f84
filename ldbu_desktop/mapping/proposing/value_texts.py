"""The texts of values: without what does not tell values apart, and where one only says that there is no value."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ldbu_desktop.journal.readings import folded
from ldbu_desktop.mapping.proposing.answer_words import answer_words
from ldbu_desktop.mapping.proposing.lexicon import words_of

_NUMBERED = re.compile(r"\s*\(?[0-9]{1,3}[a-z]?(?:\s*[-–:.,)=]+\s*|\s+)(?=[^\W\d])", re.IGNORECASE)
_LETTERED = re.compile(r"\s*[A-ZÆØÅ]{1,4}\s*(?:[:=]|\s[-–]\s)\s*(?=\w)")
_ARM = re.compile(r"_arm_\d{1,2}$", re.IGNORECASE)
"""The part of a study that a survey's events are of, behind each one's name: "barsel_arm_1"."""
_BRACKETS = re.compile(r"\s*[(\[]([^)\]]*)[)\]]\s*")
_AGE_OR_CODE = re.compile(
    r"(?:(?:ca|dag|uge|måned|mdr|nr|kode|værdi|code|day|week|month)\b\.?\s*)*\d[\d\s.,/–-]*"
    r"(?:d|u|m|dage?s?|uger?s?|mdr?s?|måneder?s?|års?|days?|weeks?|months?|years?)?\.?|[^\W\d_a-zæøå]{1,3}\d{0,3}",
)
"""What in brackets adds nothing to the name of a visit, or to an answer: an age, a number, a code."""
_SCHOOL_CLASS = re.compile(
    r"\b(?:\d{1,2}\.?\s*[-–/]\s*)?\d{1,2}\.?\s*(?:kl|klasse|grade)\b\.?|\b(?:class|grade)\s+\d{1,2}\b", re.IGNORECASE
)
"""The class in which an examination is held, beside its name."""
_ZEROS = re.compile(r"0+[.,]0+|00+")
_NUMBERS = re.compile(r"[\W_]*\d[\W\d_]*")
_OF_SOMEBODY = frozenset(("asked-declined", "not-performed"))
"""Reasons that are somebody's: what is unknown is so by itself."""
_KEPT = 65_536
"""So many texts are understood once only: several columns and passes meet the same."""


@lru_cache(maxsize=_KEPT)
def value_key(text: str) -> str:
    """A value without what does not tell values apart; marks count where there is nothing else."""
    return " ".join(words_of(text)) or folded(text)


def forms_of(text: str) -> list[str]:
    """A value as it stands, and without what is often written with one: its number, its code, a class at school."""
    forms = [text]
    for pattern in (_NUMBERED, _LETTERED):
        if found := pattern.match(text):
            forms.append(text[found.end() :])
    if _SCHOOL_CLASS.search(text) and (without := _SCHOOL_CLASS.sub(" ", text).strip()):
        forms.append(without)
    if (without := _ARM.sub("", text)) != text:
        forms.append(without)
    words = words_of(text)
    if any(word in _number_words() for word in words):
        forms.append(" ".join(_number_words().get(word, word) for word in words))
    return forms


def in_brackets(text: str) -> tuple[str, list[str]]:
    """A value without what stands in brackets, and what stands there, apart from an age, a number and a code."""
    inside = [found.strip() for found in _BRACKETS.findall(text)]
    return _BRACKETS.sub(" ", text).strip(), [found for found in inside if not _AGE_OR_CODE.fullmatch(found)]


@cache
def _number_words() -> dict[str, str]:
    """Numbers by the words for them."""
    return {value_key(word): number for number, words in answer_words().numbers.items() for word in words}


def is_not_done(text: str) -> bool:
    """Whether a text says no more than that something was not done, whatever it was."""
    words = words_of(text)
    return len(words) == 2 and words[0] in answer_words().not_done and words[1].endswith(answer_words().done)


@cache
def _missing() -> dict[str, str]:
    words = answer_words()
    return {value_key(text): reason for reason, texts in words.missing.items() for text in texts}


@lru_cache(maxsize=_KEPT)
def missing_reason(text: str) -> str | None:
    """Why there is no value, where a text says that; a number never says so by itself, and no date."""
    if _NUMBERS.fullmatch(text):
        return None
    key = value_key(text)
    return _missing().get(key) or _reason_of_somebody(key)


def _reason_of_somebody(key: str) -> str | None:
    """Why there is no value, where a text says first who it was that had none: "the parents declined"."""
    who, _, rest = key.partition(" ")
    found = _missing().get(rest) if who in _who() else None
    return found if found in _OF_SOMEBODY else None


@cache
def _who() -> frozenset[str]:
    return frozenset(map(value_key, answer_words().who))


def numeric_missing(text: str) -> bool:
    """Whether a number is one that is written where there is none: 9999, -1, 00,0."""
    return folded(text) in answer_words().numeric_missing or _ZEROS.fullmatch(text.strip()) is not None
