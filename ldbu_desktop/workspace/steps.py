"""The journal of changes: what was changed in what was read from files, step by step, and what the files said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from ldbu_desktop.editing.mending import Mend
from ldbu_desktop.editing.operations import MendValues, Operation
from ldbu_desktop.journal.model import Entry
from ldbu_desktop.journal.values import ValueChange, place_of
from ldbu_desktop.journal.where import Where


@dataclass(frozen=True, slots=True)
class Step:
    """What was done at a time, with every value that it changed.

    ``operation`` does it again.
    """

    at: datetime
    changes: tuple[ValueChange, ...]
    operation: Operation

    @property
    def how(self) -> Mend | None:
        """The mending that it was; None where it was typed at its place."""
        return self.operation.how if isinstance(self.operation, MendValues) else None

    @property
    def code(self) -> str:
        """The code of the findings that a mending was for."""
        return self.operation.code if isinstance(self.operation, MendValues) else ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A value that no longer says what its file said: ``change`` from that to what it says now, and the last step."""

    change: ValueChange
    step: Step


class Steps:
    """A value: another one for each thing that is done, undone or done again."""

    def __init__(self, done: tuple[Step, ...] = (), undone: tuple[Step, ...] = ()) -> None:
        self.done, self._undone = done, undone

    def with_step(self, step: Step) -> Steps:
        """The steps and one more; what was undone can't be done again then."""
        return Steps((*self.done, step))

    def undo(self) -> Steps:
        """The steps without the last."""
        return Steps(self.done[:-1], (*self._undone, *self.done[-1:]))

    def redo(self) -> Steps:
        """The steps with the one that was undone last."""
        return Steps((*self.done, *self._undone[-1:]), self._undone[:-1])

    @cached_property
    def _by_place(self) -> dict[Where, Correction]:
        """What was changed at each place, from what was read to what stands there now."""
        by_place: dict[Where, Correction] = {}
        for step in self.done:
            for change in step.changes:
                earlier = by_place.get(change.where)
                if earlier is not None:
                    change = change._replace(before=earlier.change.before, origin=earlier.change.origin)
                by_place[change.where] = Correction(change, step)
        return by_place

    @property
    def corrections(self) -> Iterator[Correction]:
        """Every value that says something else than was read, in the order of what was done first."""
        return (one for one in self._by_place.values() if one.change.before.raw != one.change.after.raw)

    def is_added(self, where: Where) -> bool:
        """Whether what stands at a place was written here, and no file says it."""
        found = self._by_place.get(place_of(where))
        return found is not None and found.change.is_added and bool(found.change.after.raw)

    def as_read(self, where: Where, now: Entry[Any]) -> Entry[Any]:
        """What was read at a place where ``now`` stands."""
        found = self._by_place.get(place_of(where))
        return now if found is None else found.change.before
