"""Which encounters are one visit: a child's and its parents' that start together, each in a journal of its own.

So a visit at which both get an intervention is delivered (the standard's guide, examples 6 and 7).
"""

from __future__ import annotations

from collections.abc import Hashable

from msgspec import Struct, field


class _Occasion(Struct):
    people: set[str]
    has_child: bool


class Occasions(Struct):
    """Counts visits, an encounter at a time."""

    count: int = 0
    _at: dict[Hashable, list[_Occasion]] = field(default_factory=dict)

    def add(self, start: Hashable, citizen: str, *, is_child: bool) -> bool:
        """Count an encounter with ``citizen``; whether it is another visit. Without start or citizen it always is."""
        others = self._at.setdefault(start, []) if start and citizen else []
        for occasion in others:
            if citizen not in occasion.people and not (is_child and occasion.has_child):
                occasion.people.add(citizen)
                occasion.has_child |= is_child
                return False
        others.append(_Occasion({citizen}, is_child))
        self.count += 1
        return True
