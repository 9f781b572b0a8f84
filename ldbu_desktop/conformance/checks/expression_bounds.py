"""Bounds of FHIRPath: an expression in a package may make texts, numbers or collections grow, or go on, without end."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic
from types import TracebackType
from typing import Any, Final

SECONDS: Final = 10.0
SECONDS_EACH: Final = 0.05
"""How long the expressions of one document may take: so much, and so much more for each."""
_LONGEST_TEXT: Final = 100_000
_MOST_ITEMS: Final = 5_000
_MOST_BITS: Final = 4_096
_PATIENCE: Final = "patience"


class TooFar(Exception):
    """An expression that goes on too long, or makes something too large."""


class Patience:
    """How long the expressions of one document have taken together; expressions within others do not count twice."""

    __slots__ = ("_begun", "_depth", "_evaluated", "_spent")

    def __init__(self) -> None:
        self._spent = self._begun = 0.0
        self._depth = self._evaluated = 0

    def __enter__(self) -> None:
        if not self._depth:
            self._evaluated += 1
            self._begun = monotonic()
        self._depth += 1

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._depth -= 1
        if not self._depth:
            self._spent += monotonic() - self._begun

    def check(self) -> None:
        """Raise :class:`TooFar` when it is at an end. Only within an expression."""
        if self._spent + monotonic() - self._begun > SECONDS + SECONDS_EACH * self._evaluated:
            raise TooFar


def variables(resource: Any, root: Any, patience: Patience) -> Mapping[str, Any]:
    """What an expression may refer to by ``%`` and a name, and how long it may take."""
    return {"resource": resource, "rootResource": root, _PATIENCE: patience}


def bound_steps() -> None:
    """Have the evaluator look after each step whether it may go on: it has no bounds of its own. To be called once."""
    from fhirpathpy import engine

    step = engine.do_eval

    def bounded(ctx: Any, data: Any, node: Any) -> Any:
        found = step(ctx, data, node)  # type: ignore[no-untyped-call]
        ctx["vars"][_PATIENCE].check()
        return within(found)

    engine.do_eval = bounded


def within(found: Any) -> Any:
    """What a step gives, unless it is too large."""
    if isinstance(found, list):
        if len(found) > _MOST_ITEMS:
            raise TooFar
        if len(found) == 1:
            only = found[0]
            if isinstance(only, str) and len(only) > _LONGEST_TEXT:
                raise TooFar
            if isinstance(only, int) and only.bit_length() > _MOST_BITS:
                raise TooFar
    return found


def exchanged(text: str, old: str, new: str) -> str:
    """``text`` with ``new`` for every ``old``; between and around all characters where ``old`` is empty."""
    if (len(text) + 1) * max(len(new), 1) > _LONGEST_TEXT:
        raise TooFar
    return text.replace(old, new)


def joined(texts: list[str], between: str) -> str:
    """The texts, with ``between`` between them."""
    if sum(map(len, texts)) + len(texts) * len(between) > _LONGEST_TEXT:
        raise TooFar
    return between.join(texts)
