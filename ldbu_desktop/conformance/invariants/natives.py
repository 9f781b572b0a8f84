"""Which invariants have native functions, by their key and the fingerprint of their expression."""

from __future__ import annotations

from typing import Final

from ldbu_desktop.conformance.invariants import bundles, data_types, elements
from ldbu_desktop.conformance.invariants.registry import Invariant, Rules

_NATIVE: Final[Rules] = bundles.RULES | data_types.RULES | elements.RULES


def is_native(key: str, form: str) -> bool:
    """Whether there is a native function for the invariant ``key`` with this expression."""
    return (key, form) in _NATIVE or form in IMPLIED


def native(key: str, form: str) -> tuple[Invariant, str] | None:
    """The native function, and the key without which it holds anyway (nothing where it must always be asked).

    None for an invariant that is checked otherwise or never by the official validator.
    """
    return _NATIVE.get((key, form))


RECOMMENDED: Final = {
    "46eb0bddb82e": ("dom-6",),
    "51abf1daf1f5": ("inv-0", "que-0"),
    "1c86c9d91bad": ("marital-status-unknown-usage",),
}
"""Fingerprints of recommendations, with their keys: they never make a report invalid, and are not told."""

IMPLIED: Final = frozenset(
    {
        "97b99a01740e",  # ele-1: checked with every element
        "32e4a8815b15",  # ext-1: checked with every extension
        "835750cefb5a",  # dom-3: the official validator checks contained resources by its own rule
        "bcaf87d2048e",  # txt-1, txt-2: checked with the narrative
        *RECOMMENDED,
    }
)
"""Fingerprints of invariants that are checked in other places, or that never make a report invalid."""
