"""A mapping of many, of which a few can be other without a copy of all: what is found by family, after an edit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

Value = TypeVar("Value")

_FEW, _SHARE = 500, 8
"""So many at most lie over the others, and no more than one for so many of them: then all are copied."""


class Layers(Mapping[str, Value]):
    """``others`` in the place of those of ``all`` with the same keys, and behind them where there are none."""

    __slots__ = ("_all", "_others")

    def __init__(self, all_: Mapping[str, Value], others: Mapping[str, Value]) -> None:
        self._all, self._others = all_, others

    def __getitem__(self, key: str) -> Value:
        return self._others[key] if key in self._others else self._all[key]

    def __contains__(self, key: object) -> bool:
        return key in self._others or key in self._all

    def __iter__(self) -> Iterator[str]:
        yield from self._all
        yield from (key for key in self._others if key not in self._all)

    def __len__(self) -> int:
        return len(self._all) + sum(1 for key in self._others if key not in self._all)

    def with_others(self, changed: Mapping[str, Value]) -> Mapping[str, Value]:
        """The same with some that are other by now."""
        others = {**self._others, **changed}
        if len(others) > min(_FEW, len(self._all) // _SHARE):
            return {**self._all, **others}
        return Layers(self._all, others)


def with_others(before: Mapping[str, Value], changed: Mapping[str, Value]) -> Mapping[str, Value]:
    """``before`` with those of ``changed`` in the place of others, or behind them; what was before stays as it is."""
    return (before if isinstance(before, Layers) else Layers(before, {})).with_others(changed)
