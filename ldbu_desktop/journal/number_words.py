"""Numbers in words, as people say those below a hundred: ``to``, ``treogtyve``, ``en halv``, ``twelve``."""

from __future__ import annotations

import re

_WORDS = (
    ("en", "et", "én", "ét", "one", "a", "an"), ("to", "two"), ("tre", "three"), ("fire", "four"), ("fem", "five"),
    ("seks", "six"), ("syv", "seven"), ("otte", "eight"), ("ni", "nine"), ("ti", "ten"), ("elleve", "eleven"),
    ("tolv", "twelve"), ("tretten", "thirteen"), ("fjorten", "fourteen"), ("femten", "fifteen"),
    ("seksten", "sixteen"), ("sytten", "seventeen"), ("atten", "eighteen"), ("nitten", "nineteen"),
)  # fmt: skip
_TENS = (
    ("tyve", "twenty"), ("tredive", "thirty"), ("fyrre", "forty"), ("halvtreds", "fifty"), ("tres", "sixty"),
    ("halvfjerds", "seventy"), ("firs", "eighty"), ("halvfems", "ninety"),
)  # fmt: skip
_NUMBERS = {
    **{word: str(number) for number, words in enumerate(_WORDS, start=1) for word in words},
    **{word: f"{tens}0" for tens, words in enumerate(_TENS, start=2) for word in words},
    **{
        f"{word}og{danish}": f"{tens}{number}"
        for tens, (danish, _english) in enumerate(_TENS, start=2)
        for number, words in enumerate(_WORDS[:9], start=1)
        for word in words
    },
}
"""Digits by their words; in Danish the ones stand before the tens and are written with them."""
_WORD = re.compile(r"[^\W\d_]+")
_COMMA = re.compile(r"(?<=\d)\s+(?:komma|point)\s+(?=\d)")
_AND_A_HALF = re.compile(r"(?<=[^\W_])\s+(?:(?:og|and)\s+)?(?:en|et|a)\s+(?:halv|halvt|half)\b")


def in_digits(text: str) -> str:
    """A text in small letters with the numbers below a hundred in words as digits, ``og en halv`` as ``½``, and
    ``komma`` between digits as the mark."""
    digits = _WORD.sub(lambda found: _NUMBERS.get(found[0], found[0]), _AND_A_HALF.sub(" ½", text))
    return _COMMA.sub(",", digits)
