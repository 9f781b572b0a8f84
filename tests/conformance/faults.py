"""What changes of reports are made of: chance, what they draw from, and the resources of a bundle."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.conformance.values import Json

Change = Callable[["Lot", Json], str | None]
CHANGES: list[Change] = []
CPR = "urn:oid:1.2.208.176.1.2"


@dataclass(frozen=True)
class Lot:
    """What a change draws from: chance, other reports, and the codes and profiles of the standard."""

    random: random.Random
    bases: Sequence[Json]
    codes: Sequence[tuple[str, str]]
    profiles: Sequence[str]
    types: Sequence[str]

    def of(self, *values: Any) -> Any:
        """One of these, as a copy."""
        return copy.deepcopy(self.random.choice(values))

    def other(self, kind: str) -> Json | None:
        """A resource of this type from another report."""
        found = [
            one for base in self.random.sample(self.bases, k=min(4, len(self.bases))) for one in resources(base, kind)
        ]
        return self.of(*found) if found else None


def change(made: Change) -> Change:
    """Mark a function as a change of reports."""
    CHANGES.append(made)
    return made


def entries(bundle: Json) -> list[Json]:
    """The entries that are objects."""
    held = bundle.get("entry")
    return [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []


def resources(bundle: Json, kind: str = "") -> list[Json]:
    """The resources in the entries, of one type or of all."""
    found = [one["resource"] for one in entries(bundle) if isinstance(one.get("resource"), dict)]
    return [one for one in found if not kind or one.get("resourceType") == kind]


def within(value: Any) -> Iterator[Json]:
    """Every object in a value."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def one_of(lot: Lot, found: Sequence[Any]) -> Any:
    """One of what was found, itself; None where nothing was."""
    return lot.random.choice(found) if found else None
