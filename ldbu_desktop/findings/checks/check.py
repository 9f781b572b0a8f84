"""What a check is: a level, the codes that it may give, and a function from a scope to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from ldbu_desktop.findings.model import Finding, Level

Scope = TypeVar("Scope")


@dataclass(frozen=True, slots=True)
class Check(Generic[Scope]):
    """A small declared check. ``scope`` says what it looks at: a visit, a family or the whole journal."""

    level: Level
    codes: frozenset[str]
    function: Callable[[Scope], Iterator[Finding]]


def check(level: Level, *codes: str) -> Callable[[Callable[[Scope], Iterator[Finding]]], Check[Scope]]:
    """Declare a function as a check of ``level`` that gives no other codes than ``codes``."""

    def declared(function: Callable[[Scope], Iterator[Finding]]) -> Check[Scope]:
        return Check(level, frozenset(codes), function)

    return declared
