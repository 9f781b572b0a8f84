"""A header that explains its column's codes itself: "Søvn (1=normal, 2=let forstyrret, 9=uoplyst)"."""

from __future__ import annotations

import re

_PAIR = re.compile(
    r"(?:(?<=[\s(\[,;/:])|^)(?P<code>[^\W_]{1,3}|-\d)\s*=\s*(?P<text>[^\s,;/()\[\]=][^,;/()\[\]=]*?)"
    r"(?=\s*(?:[,;/)\]]|$)|\s+[^\W_]{1,3}\s*=)"
)
_FEWEST = 2
_EMPTY_BRACKETS = re.compile(r"[(\[][\s,;/.:]*[)\]]|[\s,;/:]+$")


def legend_of(header: str) -> tuple[str, dict[str, str]]:
    """The header without what it explains, and the texts of the codes; no codes where there are not two."""
    codes = {found["code"]: found["text"].strip() for found in _PAIR.finditer(header)}
    if len(codes) < _FEWEST:
        return header, {}
    return _EMPTY_BRACKETS.sub(" ", _PAIR.sub("", header)).strip(), codes
