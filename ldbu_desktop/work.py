"""How long work tells how far it is and how it is stopped: the same for the window and the command line."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import NamedTuple

from ldbu_desktop.faults import Cancelled


class Step(NamedTuple):
    """How far the work is: ``done`` of ``total`` (None where that is not known), in ``unit`` (``visit``, ``row`` …).

    ``share`` is how much of the work that is, from 0 to 1, where that is known otherwise: of bytes that hold the rows.
    """

    done: int
    total: int | None
    unit: str
    share: float | None = None


Progress = Callable[[Step], None]

GoesOn = Callable[[int], bool]
"""Whether a table is read on, of which so many rows were read: without it, all tables are read to their end."""


def no_progress(step: Step) -> None:
    """A listener that does not listen."""


class Cancellation:
    """Asked of by the work now and then; set by whoever started it, from any thread."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at the next place where it can."""
        self._asked.set()

    @property
    def is_asked(self) -> bool:
        """Whether somebody asked the work to stop."""
        return self._asked.is_set()

    def check(self) -> None:
        """Raise :class:`Cancelled` if somebody asked the work to stop."""
        if self._asked.is_set():
            raise Cancelled
