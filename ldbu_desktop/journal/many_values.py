"""How a journal is made and left quickly: it is many small values and no cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Don't look for garbage while a journal is made, and not in what was made later either."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            # What was loaded stays: it need not be looked through at every later collection.
            gc.freeze()
            gc.enable()


def left_to_the_system(value: object) -> None:
    """Have ``value`` never be taken apart: the system takes back all memory at once when the process ends.

    Only for what is needed as long as the process lives: taking apart 10^6 rows and their findings takes half a second.
    """
    holding: list[object] = [value]
    holding.append(holding)
    gc.freeze()
