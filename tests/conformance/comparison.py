"""A verdict of ours beside the official validator's: equal or not, and whether the places agree.

The official validator repeats one cause many times; what only follows counts where nothing else is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ldbu_desktop.conformance.model import Verdict
from ldbu_desktop.conformance.verdict.causes import told_apart

_FOLLOWERS = re.compile(r"Reference_REF_CantMatchChoice|gateway-children-report-1$|Terminology_PassThrough_TX_Message")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CHOICE = re.compile(r"\.ofType\(\w+\)|\[x\]|:\w[\w-]*")
_TYPED = re.compile(r"\b(value|effective|onset|deceased)(?=[A-Z])\w*")


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two verdicts on one text stand to each other."""

    is_equal: bool
    is_invalid: bool = False
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()


def compared(ours: Verdict, official: Mapping[str, Any]) -> Comparison:
    """Our verdict against a row of the official validator's: ``valid`` and ``errors`` with ``id`` and ``at``."""
    if ours.valid != official["valid"] or ours.valid:
        return Comparison(ours.valid == official["valid"])
    own = [one for one in official["errors"] if not _FOLLOWERS.search(str(one["id"]))] or official["errors"]
    told = {_place(one.at) for one in told_apart(ours.errors)}
    known = {_place(one["at"]) for one in official["errors"]}
    roots = {_place(one["at"]) for one in own}
    return Comparison(is_equal=True, is_invalid=True, missing=_far(roots, told), extra=_far(told, known))


def _far(places: Iterable[str], others: set[str]) -> tuple[str, ...]:
    return tuple(sorted(one for one in places if not any(_is_near(one, other) for other in others)))


def _place(at: str | None) -> str:
    plain = _TYPED.sub(r"\1", _CHOICE.sub("", _COMMENT.sub("", at or "")))
    return re.sub(r"\.+", ".", plain).strip(". ")


def _is_near(one: str, other: str) -> bool:
    """The same place, or one within the other by a step at most."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and re.sub(r"\[\d+\]", "", long[len(short) :]).count(".") <= 1
