"""The steps from state to state that a case file remembers, so that they can be undone after it was closed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Final, NamedTuple

import msgspec

from ldbu_desktop.casefile.database import Database

MOST_STEPS: Final = 500
"""How many steps can be undone …"""
MOST_BYTES: Final = 64 * 1024 * 1024
"""… and how much they may take together: a step may be a correction of ten thousand visits. The last one stays."""


class HistoryStep(NamedTuple):
    """What was done: ``label`` is what whoever saved called it, ``time`` when it was saved, in UTC."""

    number: int
    label: str
    time: datetime


class Steps:
    """The steps of an open case file. Steps are told apart by number: the clock may be set back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, root: int) -> None:
        """Remember the first state, that nothing comes before."""
        self._add(0, root, "", (), (), 0)
        self._database.execute("INSERT INTO at_step VALUES (1, 0)")

    def add(self, root: int, label: str, added: Collection[int], replaced: Collection[int], size: int) -> None:
        """Remember a new state after the one that is now; what was undone can't be done again then."""
        at, first, last, taken = self._database.row(
            "SELECT at_step.number, min(step.number), max(step.number), sum(step.size) FROM at_step, step"
        )
        if last > at:
            undone = self._database.execute("SELECT added, size FROM step WHERE number > ?", (at,))
            self._forget_pieces((pieces,) for pieces, _ in undone)
            self._database.execute("DELETE FROM step WHERE number > ?", (at,))
            taken -= sum(undone_size for _, undone_size in undone)
        self._add(at + 1, root, label, added, replaced, size)
        self.go(at + 1)
        kept = max(at + 1 - MOST_STEPS, self._first_that_fits(first, taken + size, at))
        if kept > first:
            self._forget_before(kept)

    def _add(
        self, number: int, root: int, label: str, added: Collection[int], replaced: Collection[int], size: int
    ) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        pieces = (msgspec.msgpack.encode(list(added)), msgspec.msgpack.encode(list(replaced)))
        step = (number, root, label, now, *pieces, size)
        self._database.execute("INSERT INTO step VALUES (?, ?, ?, ?, ?, ?, ?)", step)

    def _first_that_fits(self, first: int, taken: int, before: int) -> int:
        """The first step after which all steps fit into what they may take; at the latest the one ``before`` the last.

        All take ``taken``, and ``first`` is the first of them now. The pieces that a state brought are needed for as
        long as the state after it can be undone.
        """
        if taken <= MOST_BYTES:
            return first
        older = self._database.execute("SELECT number, size FROM step WHERE number <= ? ORDER BY number", (before,))
        for number, size in older:
            if taken <= MOST_BYTES:
                break
            first, taken = number, taken - size
        return first

    def _forget_before(self, first: int) -> None:
        """Forget the states before step ``first``, and the pieces that no later state has."""
        gone = self._database.execute(
            "SELECT replaced FROM step WHERE number <= ? AND number > (SELECT min(number) FROM step)", (first,)
        )
        self._forget_pieces(gone)
        self._database.execute("DELETE FROM step WHERE number < ?", (first,))

    def _forget_pieces(self, lists: Iterable[tuple[bytes]]) -> None:
        pieces = ((piece,) for (data,) in lists for piece in msgspec.msgpack.decode(data, type=list[int]))
        self._database.execute_many("DELETE FROM piece WHERE id = ?", pieces)

    def _at(self) -> int:
        return int(self._database.row("SELECT number FROM at_step")[0])

    def go(self, number: int) -> None:
        """Let the state of step ``number`` be the one that is now."""
        self._database.execute("UPDATE at_step SET number = ?", (number,))

    def root(self, number: int | None = None) -> int:
        """The piece that the state of a step hangs on; of the state that is now if none is named."""
        number = self._at() if number is None else number
        return int(self._database.row("SELECT root FROM step WHERE number = ?", (number,))[0])

    def roots(self) -> list[int]:
        """The pieces that all states hang on that are remembered, the latest first."""
        return [root for (root,) in self._database.execute("SELECT root FROM step ORDER BY number DESC")]

    @property
    def latest(self) -> datetime:
        """When the latest state was saved."""
        return datetime.fromisoformat(self._database.row("SELECT time FROM step ORDER BY number DESC LIMIT 1")[0])

    @property
    def last(self) -> HistoryStep | None:
        """The step that undo takes back; None where there is none."""
        found = self._database.execute(
            "SELECT number, label, time FROM step, (SELECT number AS at FROM at_step) "
            "WHERE number = at AND number > (SELECT min(number) FROM step)"
        )
        return _step(found)

    @property
    def next(self) -> HistoryStep | None:
        """The step that redo takes again; None where there is none."""
        return _step(
            self._database.execute(
                "SELECT number, label, time FROM step, (SELECT number AS at FROM at_step) WHERE number = at + 1"
            )
        )


def _step(found: list[tuple[int, str, str]]) -> HistoryStep | None:
    return next((HistoryStep(number, label, datetime.fromisoformat(time)) for number, label, time in found), None)
