"""Keys that tell records apart."""

from __future__ import annotations

from collections.abc import Container


def free_key(wanted: str, taken: Container[str]) -> str:
    """``wanted``, or with a number where it is taken."""
    key, number = wanted, 1
    while key in taken:
        number += 1
        key = f"{wanted} ({number})"
    return key
