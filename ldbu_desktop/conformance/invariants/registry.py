"""What a native function of an invariant is: how it is told of, and what it asks values for.

A function gets the value and its surroundings and says whether the invariant holds. As with the official validator, an
expression that evaluates to nothing has not held.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

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

Rules = dict[tuple[str, str], tuple[Invariant, str]]
"""Native functions by the invariant's key and the fingerprint of its expression, each with the key of the value without
which the invariant holds anyway (nothing where it must always be asked).
"""


def holds(rules: Rules, key: str, form: str, unless_without: str = "") -> Callable[[Invariant], Invariant]:
    """Make a function the native one among ``rules`` for ``key`` with the expression of fingerprint ``form``.

    ``unless_without``: where this key is not there, the invariant holds.
    """

    def registered(function: Invariant) -> Invariant:
        rules[key, form] = (function, unless_without)
        return function

    return registered


def has(value: Mapping[str, Any], name: str) -> bool:
    """Whether an element is there and says something, with a value or with extensions alone."""
    found = value.get(name)
    if found is not None and (found.__class__ is str or not is_empty(found)):
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
    for one in value:
        kind = one.__class__
        if kind is not dict and kind is not list:
            if one is not None:
                return False
        elif not is_empty(one):
            return False
    return True


def each(value: Mapping[str, Any], name: str) -> list[Any]:
    """The items of an element, whether it repeats or not."""
    found = value.get(name)
    if found is None:
        return []
    return found if isinstance(found, list) else [found]
