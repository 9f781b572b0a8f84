"""The standard that is worked by where nobody names another."""

from __future__ import annotations

from ldbu_desktop.standard.catalogue import shipped_standard as _shipped
from ldbu_desktop.standard.model import Standard


def shipped_standard() -> Standard:
    """What ships with the program, read once."""
    return _shipped()
