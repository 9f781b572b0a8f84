"""The constants of the estimate: each with its source, date and limits, and what the user has set instead.

Read strictly from ``resources/burden/assumptions.json``. One without a default counts nothing until it is set.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.burden.model import NOTHING, Band
from ldbu_desktop.characters import plain
from ldbu_desktop.faults import CallFault, CatalogueFault
from ldbu_desktop.journal.readings import number
from ldbu_desktop.json_text import NOT_READABLE
from ldbu_desktop.nearest import nearest

Basis = Literal["sourced", "derived", "proposed"]
AssumptionGroup = Literal["operators", "reading", "errors", "working", "uncounted", "municipality"]

_SECONDS_A_MINUTE = 60.0


class Assumption(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One constant. ``low``, ``typical`` and ``high`` are scenarios of time: reading is slow in the high one.

    ``typical`` is None where there is no default. ``is_switch`` is for what is either so (1) or not (0).
    """

    id: str
    group: AssumptionGroup
    label: Text
    unit: Text
    typical: float | None
    minimum: float
    maximum: float
    basis: Basis
    source: Text
    date: str
    low: float | None = None
    high: float | None = None
    is_switch: bool = False

    @property
    def default(self) -> Band | None:
        """The value in three scenarios; None where nothing holds until it is set."""
        if self.typical is None:
            return None
        low = self.typical if self.low is None else self.low
        return Band(low, self.typical, self.typical if self.high is None else self.high)

    def accepts(self, value: Band) -> bool:
        """Whether ``value`` is within the limits in all three scenarios."""
        return all(
            math.isfinite(each) and self.minimum <= each <= self.maximum
            for each in (value.low, value.typical, value.high)
        )


def read_assumptions(path: Path) -> dict[str, Assumption]:
    """The assumptions of a file by id, in its order.

    Raises :class:`CatalogueFault` for an unknown key, a wrong type, an id that stands twice or a default that is
    outside of its limits.
    """
    try:
        listed = msgspec.json.decode(path.read_bytes(), type=tuple[Assumption, ...])
    except (OSError, *NOT_READABLE) as error:
        raise CatalogueFault("catalogue-unreadable", file=path.name, why=str(error)) from error
    found: dict[str, Assumption] = {}
    for each in listed:
        if each.id in found or (each.default is not None and not each.accepts(each.default)):
            raise CatalogueFault("catalogue-unreadable", file=path.name, why=each.id)
        found[each.id] = each
    return found


@cache
def shipped_assumptions() -> dict[str, Assumption]:
    """The assumptions that ship with the program, read once."""
    return read_assumptions(resource("burden", "assumptions.json"))


class Assumptions:
    """The constants that an estimate is made with: those that ship, and those that the user has set instead.

    It never changes; to set or reset one gives new assumptions.
    """

    def __init__(self, changed: Mapping[str, Band] | None = None) -> None:
        self._known = shipped_assumptions()
        self._changed = dict(changed or {})
        value = {key: self._changed.get(key, each.default) for key, each in self._known.items()}
        self._value = {key: each or NOTHING for key, each in value.items()}
        self._set = frozenset(key for key, each in value.items() if each is not None)
        pace = self["words_per_minute"]
        self.word = Band(*(_SECONDS_A_MINUTE / each for each in (pace.low, pace.typical, pace.high)))
        """Seconds to read a word."""

    def __getitem__(self, key: str) -> Band:
        """The value of ``key``; nothing where it has no default and was not set."""
        return self._value[key]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Assumptions) and self._changed == other._changed

    def __hash__(self) -> int:
        return hash(frozenset(self._changed.items()))

    @property
    def changed(self) -> dict[str, Band]:
        """What the user has set, by id."""
        return dict(self._changed)

    def is_set(self, key: str) -> bool:
        """Whether ``key`` has a value: a default, or one that the user has set."""
        return key in self._set

    def is_on(self, key: str) -> bool:
        """Whether a switch is on."""
        return self[key].typical > 0

    def with_value(self, key: str, value: Band) -> Assumptions:
        """These, with ``value`` for ``key``.

        Raises :class:`CallFault` for a key that there is not and for a value outside of the limits.
        """
        if key not in self._known:
            proposed = nearest(key, self._known) or next(iter(self._known))
            raise CallFault("assumption-unknown", name=key, nearest=proposed)
        known = self._known[key]
        if not known.accepts(value):
            raise CallFault(
                "assumption-outside", name=known.label, low=_number(known.minimum), high=_number(known.maximum)
            )
        return Assumptions({**self._changed, key: value})

    def reset(self, key: str) -> Assumptions:
        """These, with the default of ``key`` again."""
        return Assumptions({name: value for name, value in self._changed.items() if name != key})


_AS_WRITTEN = (1, 3)
"""How many numbers a value is written with."""


def _number(value: float) -> str:
    return f"{value:g}"


def read_value(text: str) -> Band:
    """A value as it is written: one number for all scenarios, or low/typical/high. Comma or point.

    Raises :class:`CallFault` where it can't be read, or in several ways: ``1.000`` is a thousand to most, and one.
    """
    numbers = [float(read) for each in text.split("/") if (read := number(plain(each))) is not None]
    if len(numbers) != text.count("/") + 1 or len(numbers) not in _AS_WRITTEN:
        raise CallFault("assumption-unreadable", value=text)
    low, typical, high = numbers * 3 if len(numbers) == 1 else numbers
    return Band(low, typical, high)
