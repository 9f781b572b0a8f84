"""Invariants as native functions, found by their key and the fingerprint of their expression.

A function gets the value and its surroundings and says whether the invariant holds. As with the official validator, an
expression that evaluates to nothing has not held.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

Value = Any
"""An element as JSON: an object, or the scalar of a primitive."""


class Surroundings(NamedTuple):
    """The resource that the value stands in, and the outermost resource that is checked.

    ``base`` is what the full URL of the resource's entry begins with; ``kinds`` the types of all entries by full URL.
    """

    resource: Mapping[str, Any]
    root: Mapping[str, Any]
    base: str = ""
    kinds: Mapping[str, str] = {}


Invariant = Callable[[Value, Surroundings], bool]

_NATIVE: dict[tuple[str, str], tuple[Invariant, str]] = {}


def is_native(key: str, form: str) -> bool:
    """Whether there is a native function for the invariant ``key`` with this expression."""
    return (key, form) in _NATIVE or form in IMPLIED


def native(key: str, form: str) -> tuple[Invariant, str] | None:
    """The native function, and the key without which it holds anyway (nothing where it must always be asked).

    None for an invariant that is checked otherwise or never by the official validator.
    """
    return _NATIVE.get((key, form))


IMPLIED: Final = frozenset(
    {
        "97b99a01740e",  # ele-1: checked with every element
        "32e4a8815b15",  # ext-1: checked with every extension
        "835750cefb5a",  # dom-3: the official validator checks contained resources by its own rule
        "bcaf87d2048e",  # txt-1, txt-2: checked with the narrative
        "46eb0bddb82e",  # dom-6: a recommendation
        "51abf1daf1f5",  # inv-0, que-0: a recommendation
        "1c86c9d91bad",  # marital-status-unknown-usage: a recommendation
    }
)
"""Fingerprints of invariants that are checked in other places, or that never make a report invalid."""


def holds(key: str, form: str, unless_without: str = "") -> Callable[[Invariant], Invariant]:
    """Make a function the native one for ``key`` with the expression of fingerprint ``form``.

    ``unless_without``: where this key is not there, the invariant holds.
    """

    def registered(function: Invariant) -> Invariant:
        _NATIVE[key, form] = (function, unless_without)
        return function

    return registered


def has(value: Mapping[str, Any], name: str) -> bool:
    """Whether an element is there and says something, with a value or with extensions alone."""
    found = value.get(name)
    if found is not None and not is_empty(found):
        return True
    return not is_empty(value.get(f"_{name}"))


def choice(value: Mapping[str, Any], name: str) -> str:
    """The key of an element with a choice of types (``valueQuantity`` for ``value``), or nothing."""
    for key in value:
        if name in key and key.lstrip("_").startswith(name) and not is_empty(value[key]):
            return key
    return ""


def is_empty(value: Any) -> bool:
    """Whether there is nothing in a value, however deep: an object of empty objects says nothing."""
    kind = value.__class__
    if kind is dict:
        value = value.values()
    elif kind is not list:
        return value is None
    for one in value:  # noqa: SIM110 - asked so often that a generator would be felt
        if not is_empty(one):
            return False
    return True


def each(value: Mapping[str, Any], name: str) -> list[Any]:
    """The items of an element, whether it repeats or not."""
    found = value.get(name)
    if found is None:
        return []
    return found if isinstance(found, list) else [found]
