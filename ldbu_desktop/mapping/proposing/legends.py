"""Codes that are explained in passing: by a column's own header, or by notes above and below a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_TEXT = r"(?P<text>[^\s,;/()\[\]=][^,;/()\[\]=]*?)"
_PAIR = re.compile(
    r"(?:(?<=[\s(\[,;/:])|^)(?:(?P<code>[^\W_]{1,3}|-\d)\s*=|(?P<number>-?\d{1,2})\s*(?:=|:(?=\s*[^\W\d])|\s[-–](?=\s+[^\W\d])))\s*"
    + _TEXT
    + r"(?=\s*(?:[,;/)\]]|$)|\s+(?:[^\W_]{1,3}\s*=|-?\d{1,2}\s*(?:[:=]|\s[-–]\s)))"
)
_NOTED = re.compile(
    r"(?:(?<=[\s(\[,;/:])|^)(?P<code>[^\W_][\w.+-]{0,7}|[+-]\d?)\s*=\s*" + _TEXT + r"(?=\s*(?:[,;/)\]]|$))"
)
"""In a note codes may be longer than in a header, which has no room for them."""
_CODE = re.compile(r"[^\W_][\w.+-]{0,7}|[+-]\d{0,2}")
_WORD = re.compile(r"[^\W\d_]{2}")
_MOST_CELLS = 3
_FEWEST = 2
_LONGEST_NAME = 60
_EMPTY_BRACKETS = re.compile(r"[(\[][\s,;/.:]*[)\]]|[\s,;/:]+$")


def legend_of(header: str) -> tuple[str, dict[str, str]]:
    """The header without what it explains, and the texts of the codes; no codes where there are not two.

    "Søvn (1=normal, 2=let forstyrret, 9=uoplyst)" is such a header.
    """
    codes = {found["code"] or found["number"]: found["text"].strip() for found in _PAIR.finditer(header)}
    if len(codes) < _FEWEST:
        return header, {}
    return _EMPTY_BRACKETS.sub(" ", _PAIR.sub("", header)).strip(), codes


def legends_in(notes: Iterable[Sequence[str]]) -> dict[str, dict[str, str]]:
    """The texts of codes that the filled cells of notes explain, by the name before them or in the line above.

    "Søvn: N = normal, L = let forstyrret" explains two, and so do two cells of a code and its text. Codes that no name
    stands before are by the empty name.
    """
    found: dict[str, dict[str, str]] = {}
    name = ""
    for cells in notes:
        if (told := _told_by_cells(cells)) is not None:
            name = told[0] or name
            found.setdefault(name, {}).setdefault(*told[1:])
            continue
        line = " ".join(cells)
        pairs = [*_PAIR.finditer(line), *_NOTED.finditer(line)]
        before = line[: min((pair.start() for pair in pairs), default=len(line))].strip(" \t:;,-–(*•")
        if before or not pairs:
            name = before if len(before) <= _LONGEST_NAME else ""
        for pair in pairs:
            groups = pair.groupdict()
            code = groups["code"] or groups["number"]
            found.setdefault(name, {}).setdefault(code, pair["text"].strip())
    return {name: codes for name, codes in found.items() if len(codes) >= _FEWEST}


def _told_by_cells(cells: Sequence[str]) -> tuple[str, str, str] | None:
    """The name, if any, the code and the text that stand in cells beside each other; None where they say else."""
    if not 2 <= len(cells) <= _MOST_CELLS or any("=" in cell for cell in cells):
        return None
    *names, code, text = cells
    is_code = _CODE.fullmatch(code) is not None and _WORD.search(text) is not None
    return (names[0] if names else "", code, text) if is_code else None
