"""What is found while a document is checked, before causes are told from what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from ldbu_desktop.conformance.reading.places import Place
from ldbu_desktop.findings.catalogue import codes_where

PASSED_ON: Final = "Terminology_PassThrough_TX_Message"
"""The official validator's message about a code that its terminology server does not know."""

MOST_PROBLEMS = 5_000
"""How many problems of one document are told; the verdict is clear long before."""

REJECTING: Final = codes_where(lambda one: one.rejects)
"""Codes of what makes a document invalid."""

MISWRITTEN: Final = codes_where(lambda one: one.is_miswritten)
"""Codes of what is told while a document is read, before its profiles are asked."""

FOLLOWED: Final = codes_where(lambda one: one.rejects and one.is_followed)
"""Codes of what makes a resource invalid, so that a reference to it fails as well."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not conform at ``place``."""

    place: Place
    key: str
    code: str
    found: str = ""
    expected: str = ""
    profile: str = ""
    path_place: Place | None = None
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
