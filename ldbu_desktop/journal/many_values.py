"""How a journal is made quickly: it is many small values and no cycles."""

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
