"""What a check is: a level, the codes that it may give, and a function from a scope to findings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Generic, TypeVar

from msgspec import Struct

from ldbu_desktop.findings.model import Finding, Level

Scope = TypeVar("Scope")


class Check(Struct, Generic[Scope], frozen=True):
    """A small declared check. ``scope`` says what it looks at: a visit, a family or the whole journal.

    ``looks_at`` are the parts of a visit (:data:`~ldbu_desktop.findings.checks.scopes.PARTS`) outside of which it finds
    nothing: it is not asked about a visit that has none of them. None are named where it looks at the visit itself.
    """

    level: Level
    codes: frozenset[str]
    function: Callable[[Scope], Iterator[Finding]]
    looks_at: frozenset[str] = frozenset()


def check(
    level: Level, *codes: str, looks_at: Collection[str] = ()
) -> Callable[[Callable[[Scope], Iterator[Finding]]], Check[Scope]]:
    """Declare a function as a check of ``level`` that gives no other codes than ``codes``, at certain parts alone."""

    def declared(function: Callable[[Scope], Iterator[Finding]]) -> Check[Scope]:
        return Check(level, frozenset(codes), function, frozenset(looks_at))

    return declared
