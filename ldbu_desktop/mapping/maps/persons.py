"""What may name a person, or be told of one: no map holds it."""

from __future__ import annotations

import re

from ldbu_desktop.journal.mask import without_cpr

_LONGEST = 100
_NAME = re.compile(r"[^\W\d_a-zæøå][a-zæøåéäöü]+(?:[ -][^\W\d_a-zæøå][a-zæøåéäöü.]*)+")
_MANY_DIGITS = re.compile(r"\d(?:[ .\-/]?\d){7,}")


def identifies(text: str) -> bool:
    """Whether a text holds what may be a CPR number, a telephone number or an address of mail."""
    return without_cpr(text) != text or "@" in text or _MANY_DIGITS.search(text) is not None


def may_be_personal(text: str) -> bool:
    """Whether a text that means nothing known may be a name, or something that was told of somebody."""
    return identifies(text) or len(text) > _LONGEST or _NAME.fullmatch(text.strip()) is not None
