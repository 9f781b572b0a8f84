"""Texts as Qt counts them: a sign beyond the first 65 536 of Unicode, as a picture is, counts twice."""

from __future__ import annotations

from typing import Final

_UNITS: Final = "utf-16-le"


def part_of(text: str, begin: int, end: int | None = None) -> str:
    """What stands between two places that Qt told."""
    units = text.encode(_UNITS, "surrogatepass")
    return units[2 * begin : None if end is None else 2 * end].decode(_UNITS, "surrogatepass")
