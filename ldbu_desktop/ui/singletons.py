"""Keeps ``None``, ``True`` and ``False`` alive beside PySide6 6.12.0, which forgets to count its references to them.

Its wheels return them as if no Python counted references to them any more. From Python 3.12 on none does; in 3.11 every
signal that is emitted takes one reference from ``True`` and every call without a result one from ``None``, until Python
ends with "deallocating None". PySide6 6.11.3 does not do it.
"""

from __future__ import annotations

import sys

_MANY = 1 << 40
_MORTAL_BEFORE = (3, 12)


def keep_singletons() -> None:
    """Give the singletons more references than any session can take, where they are counted."""
    if sys.version_info >= _MORTAL_BEFORE or sys.implementation.name != "cpython":
        return
    import ctypes

    for singleton in (None, True, False, NotImplemented, Ellipsis):
        count = ctypes.c_ssize_t.from_address(id(singleton))
        if count.value < _MANY:
            count.value += _MANY
