"""Keys of what is filled: those of families are drawn, all others follow from what they are about, and never change.

No key is made of a CPR number. The same answer at the same visit has the same key, so that one that is taken away and
given again is the same resource where it is received.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

NewKey = Callable[[], str]
"""Gives a key that nothing else has."""

_LETTERS = "bcdfghjkmnpqrstvwxz"
"""No vowels, so that no words come of it, and no digits, so that nothing looks like a CPR number."""


def drawn_letters() -> str:
    """Five letters: two copies of a case that both begin with another family do not give it the same key."""
    return _drawn(5)


def drawn_case() -> str:
    """Letters enough that no two cases anywhere have the same."""
    return _drawn(24)


def _drawn(count: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(count))
