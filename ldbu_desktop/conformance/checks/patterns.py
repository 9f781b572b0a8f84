"""Regular expressions out of packages: searched for only where that certainly ends soon."""

from __future__ import annotations

import re
from typing import Final

_MOST_WAYS: Final = 10_000_000
"""In how many ways a pattern may be tried on a text: a second's work, about."""

_HIGHEST_POWER: Final = 60
_PART: Final = re.compile(
    r"(?P<class>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<open>\((?:\?(?:[:=!>]|<[=!]|P?<\w+>))?)|(?P<close>\))|(?P<or>\|)"
    r"|(?P<times>(?:[*+?]|\{(?P<low>\d{0,9})(?P<to>,(?P<high>\d{0,9}))?\})[?+]?)|(?P<one>\\.|.)",
    re.DOTALL,
)
_TIMES: Final = {"*": (0, None), "+": (1, None), "?": (0, 1)}


class SlowPattern(Exception):
    """A pattern that might take too long on a text."""


def searched(pattern: str, text: str) -> re.Match[str] | None:
    """The first place in ``text`` that the pattern fits. Raises :class:`SlowPattern`, and :class:`re.error`."""
    return _compiled(pattern, text).search(text)


def replaced(pattern: str, by: str, text: str) -> str:
    """``text`` with every fitting place replaced, ``$1`` standing for the first group. Raises as :func:`searched`."""
    return _compiled(pattern, text).sub(re.sub(r"\$(\d+)", r"\\\1", by), text)


def _compiled(pattern: str, text: str) -> re.Pattern[str]:
    if ways(pattern, len(text)) * (len(text) + 1) > _MOST_WAYS:
        raise SlowPattern
    return re.compile(pattern, re.DOTALL)


class _Group:
    """A group that is being read: the ways of its alternatives, of the one at hand, and of its last part."""

    __slots__ = ("here", "last", "others")

    def __init__(self) -> None:
        self.others = 0.0
        self.here = self.last = 1.0

    def part(self, ways: float) -> None:
        self.here *= self.last
        self.last = ways

    @property
    def ways(self) -> float:
        return self.others + self.here * self.last


def ways(pattern: str, length: int) -> float:
    """In how many ways at most the pattern may be tried from one place in a text of this length."""
    groups = [_Group()]
    for found in _PART.finditer(pattern):
        kind, group = found.lastgroup, groups[-1]
        if kind == "open":
            groups.append(_Group())
        elif kind == "close" and len(groups) > 1:
            groups.pop()
            groups[-1].part(group.ways)
        elif kind == "or":
            group.others, group.here, group.last = group.ways, 1.0, 1.0
        elif kind == "times":
            group.last = _repeated(group.last, *_times(found), length)
        else:
            group.part(1.0)
    return groups[0].ways


def _times(found: re.Match[str]) -> tuple[int, int | None]:
    """How often at least and at most; None where there is no end."""
    if found["times"][0] in _TIMES:
        return _TIMES[found["times"][0]]
    low = int(found["low"] or 0)
    if not found["to"]:
        return low, low
    return low, int(found["high"]) if found["high"] else None


def _repeated(one: float, low: int, high: int | None, length: int) -> float:
    most = min(length, _MOST_WAYS) if high is None else high
    if one == 1:
        return max(most - low, 0) + 1
    return float("inf") if most > _HIGHEST_POWER else sum(one**times for times in range(low, max(most, low) + 1))
