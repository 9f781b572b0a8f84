"""Cells under headers that describe a column: the kind of its values, the form they are written in, their codes."""

from __future__ import annotations

import re
from functools import cache

from ldbu_desktop.mapping.columns import comparable
from ldbu_desktop.mapping.proposing.legends import legend_of
from ldbu_desktop.mapping.proposing.lexicon import synonyms

_RUNS = r"d{1,2}|m{1,2}|y{2}|y{4}|å{2}|å{4}|a{2}|a{4}|t{2}|h{1,2}|s{2}|x{2,6}|#{2,}"
_FORM = re.compile(rf"(?=.{{4}})(?=.*(?:dd|mm|yy|åå|aa|tt|hh|xx|##))(?:(?:{_RUNS})[-./:, ]*)+", re.IGNORECASE)
"""How a date, a time or a number is to be written: "dd-mm-åååå", "ddmmåå-xxxx"."""
_CHOICES = re.compile(r"[^\W_]{1,12}(?:\s*[/|]\s*[^\W_]{1,12})+")
"""Answers beside each other: "ja/nej", "1/2/3"."""
_OF_LENGTH = re.compile(r"\s*\(\s*\d+(?:\s*[,.]\s*\d+)?\s*\)$")
"""How long a value may be, behind its kind: "varchar(10)"."""
_ASIDE = re.compile(r"[(\[<][^()\[\]<>]{1,30}[)\]>]")
_BRACKETS = "()[]<>"


@cache
def _kinds() -> frozenset[str]:
    return frozenset(map(comparable, synonyms().value_kinds))


def is_kind_or_form(cell: str) -> bool:
    """Whether a cell names a kind of values or the form that they are written in, in brackets or without."""
    bare = _OF_LENGTH.sub("", cell.strip()).strip(_BRACKETS).strip()
    return comparable(bare) in _kinds() or _FORM.fullmatch(bare) is not None


def is_aside(cell: str) -> bool:
    """Whether a cell may stand beside those: it tells which answers there are, or all of it is in brackets."""
    text = cell.strip()
    return _CHOICES.fullmatch(text) is not None or _ASIDE.fullmatch(text) is not None or explains_codes(cell)


def explains_codes(cell: str) -> bool:
    """Whether a cell says what codes mean: "1=god 2=middel"."""
    return bool(legend_of(cell)[1])
