"""What is found while a document is checked, before causes are told from what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from ldbu_desktop.conformance.reading.places import Place
from ldbu_desktop.conformance.verdict.verdict import Severity

MOST_PROBLEMS = 5_000
"""How many problems of one document are told; the verdict is clear long before."""

WRONG = frozenset({Severity.ERROR, Severity.FATAL})
"""The severities that make a document invalid."""


MISWRITTEN: Final = frozenset(
    [
        "unknown-property",
        "not-an-array",
        "not-an-object",
        "not-a-value",
        "empty-array",
        "empty-object",
        "wrong-json-type",
        "resource-type-missing",
        "unknown-resource",
    ]
)
"""Codes of what is told while a document is read, before its profiles are asked."""

FOLLOWED_BY_NOTHING: Final = MISWRITTEN | {
    "comment",
    "duplicate-key",
    "trailing-comma",
    "extended-fixed-value",
    "unknown-profile",
    "unused-contained",
    "unquoted-name",
    "unquoted-value",
}
"""Codes of what concerns the text or one check alone: a reference to such a resource does not fail."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not conform at ``place``."""

    place: Place
    key: str
    code: str
    found: str = ""
    expected: str = ""
    profile: str = ""
    severity: Severity = Severity.ERROR
    path_place: Place | None = None
    is_ours: bool = False
    because: tuple[Problem, ...] = ()


class Link(NamedTuple):
    """A reference that was resolved within the bundle, to a resource that must conform."""

    place: Place
    target: Place


@dataclass(frozen=True, slots=True)
class Follow:
    """Something at ``place`` that fails if the resource at ``cause`` does."""

    key: str
    place: Place
    cause: Place
