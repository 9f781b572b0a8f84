"""Numbers in words, as people say small ones: ``to``, ``fem``, ``en halv``, ``twelve``."""

from __future__ import annotations

import re

_WORDS = (
    ("en", "et", "én", "ét", "one", "a", "an"), ("to", "two"), ("tre", "three"), ("fire", "four"), ("fem", "five"),
    ("seks", "six"), ("syv", "seven"), ("otte", "eight"), ("ni", "nine"), ("ti", "ten"), ("elleve", "eleven"),
    ("tolv", "twelve"),
)  # fmt: skip
_NUMBERS = {word: str(number) for number, words in enumerate(_WORDS, start=1) for word in words}
_WORD = re.compile(r"[^\W\d_]+")
_AND_A_HALF = re.compile(r"(?<=[^\W_])\s+(?:(?:og|and)\s+)?(?:en|et|a)\s+(?:halv|halvt|half)\b")


def in_digits(text: str) -> str:
    """A text in small letters with the numbers up to twelve in words as digits, and ``og en halv`` as ``½``."""
    return _WORD.sub(lambda found: _NUMBERS.get(found[0], found[0]), _AND_A_HALF.sub(" ½", text))
