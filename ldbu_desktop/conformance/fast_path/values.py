"""Tests of single values that are certainly right, and what definitions ask that can be told without a value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

import msgspec

from ldbu_desktop.conformance.checks.values import is_chosen
from ldbu_desktop.conformance.invariants.registry import Invariant, Surroundings
from ldbu_desktop.conformance.profiles.plans import required_of
from ldbu_desktop.conformance.profiles.trees import UNTYPED, ElementNode, ElementSlices
from ldbu_desktop.conformance.reading.places import Place
from ldbu_desktop.conformance.reading.primitives import (
    FORMS,
    JSON_KINDS,
    SYSTEM_OF_URIS,
    SYSTEM_OF_UUIDS,
    is_id,
    is_system,
    text_of,
)
from ldbu_desktop.json_text import Written

Test = Callable[[Any, Surroundings], bool]
"""Whether a value is certainly right, in the resource that it stands in."""

_MOST_RECALLED: Final = 1_000

_encode: Final = msgspec.json.Encoder(enc_hook=lambda one: msgspec.Raw(one.text.encode())).encode


def anything(_value: Any, _around: Surroundings) -> bool:
    """The test of what is judged elsewhere."""
    return True


def packed(value: Any) -> bytes:
    """A value as its text; nothing for one that has none."""
    try:
        return _encode(value)
    except RecursionError:
        return b""


def nothing(_value: Any, _around: Surroundings) -> bool:
    """The test of what is never certain."""
    return False


def all_of(tests: Sequence[Test]) -> Test:
    """Several tests as one."""
    if len(tests) == 1:
        return tests[0]

    def are_passed(value: Any, around: Surroundings) -> bool:
        for test in tests:  # noqa: SIM110 - asked so often that a generator would be felt
            if not test(value, around):
                return False
        return True

    return are_passed


def of_primitive(kind: str, nodes: Iterable[ElementNode]) -> Test:
    """A scalar by the form of its type and by its definitions, which may not bind it."""
    if kind == "xhtml":
        return nothing
    tests = [_of_form(kind)]
    for node in nodes:
        element = node.element
        if element.max_length:
            tests.append(_no_longer_than(element.max_length))
        tests.extend(_written_as(text_of(one.value)) for one in (element.fixed, element.pattern) if one is not None)
        tests.extend(holds for _, holds, _ in node.invariants)
    return all_of(tests)


def _no_longer_than(most: int) -> Test:
    return lambda value, _: len(text_of(value)) <= most


def _written_as(wanted: str) -> Test:
    return lambda value, _: text_of(value) == wanted


def _of_form(kind: str) -> Test:
    form = FORMS[kind]
    if kind == "boolean":
        return lambda value, _: value.__class__ is bool
    if kind in JSON_KINDS:
        return lambda value, _: value.__class__ in (int, Written) and form(text_of(value)) is None

    def is_well_written(text: str) -> bool:
        return text != "" and not text.isspace() and form(text) is None

    if kind == "dateTime":  # all that was recorded at a visit has the visit's time
        is_well_written = lru_cache(_MOST_RECALLED)(is_well_written)
    return lambda value, _: value.__class__ is str and is_well_written(value)


def has_usable_system(value: Any, _: Surroundings) -> bool:
    """An identifier whose system, where it has one, is written as one, and says nothing of how its value is written."""
    system = value.get("system")
    return "system" not in value or (is_system(system) and system not in {SYSTEM_OF_URIS, SYSTEM_OF_UUIDS})


def says_nothing_of_its_data(value: Any, _: Surroundings) -> bool:
    """An attachment without a size and a hash that its data must have."""
    return "size" not in value and "hash" not in value


def of_id_or_resource(name: str, groups: Sequence[ElementSlices], place: Place) -> Test:
    """The id of a resource; a resource in an entry, which is tested with its entry. Other ids are not ordinary."""
    if name != "id":
        return anything if place.key == "entry" else nothing
    if place.parent is not None or any(_asks_for_more(one.node) for one in groups):
        return nothing
    return lambda value, _: value.__class__ is str and is_id(value)


def _asks_for_more(node: ElementNode) -> bool:
    element = node.element
    return bool(node.invariants or element.fixed or element.pattern or element.max_length or element.max == 0)


def is_bound(node: ElementNode) -> bool:
    """Whether the codes that a definition allows are told by a value set."""
    binding = node.element.binding
    return binding is not None and binding.strength != "example"


def fits(node: ElementNode, kind: str) -> bool:
    """Whether a definition certainly allows a value of this type."""
    return not node.types or kind in node.types or kind in UNTYPED


def has_required(node: ElementNode, keys: tuple[str, ...]) -> bool:
    """Whether all that a definition requires is among the keys of an object."""
    return all(
        name in keys or (stem and is_chosen(stem, dict.fromkeys(keys))) for name, _, stem, _ in required_of(node)
    )


def invariants_of(nodes: Iterable[ElementNode], keys: tuple[str, ...]) -> tuple[Invariant, ...]:
    """The invariants that must be asked of objects with these keys, each once."""
    asked = [holds for node in nodes for _, holds, without in node.invariants if not without or without in keys]
    return tuple(dict.fromkeys(asked))


def slices_of(group: ElementSlices, kind: str) -> list[ElementNode] | None:
    """The slices by type that a single value of this type is of; None where it can't be said or must not be there."""
    if not group.slices:
        return []
    slicing = group.node.element.slicing
    matched = [node for is_of, node in group.slices if is_of(None, kind)]
    others = [node for is_of, node in group.slices if not is_of(None, kind)]
    is_certain = (
        slicing is not None
        and all(one.type == "type" for one in slicing.discriminators)
        and (matched or not group.is_closed)
        and all(node.element.max != 0 for node in matched)
        and all(node.element.min == 0 for node in others)
    )
    return matched[-1:] if is_certain else None


def is_settled(group: ElementSlices) -> bool:
    """Whether nothing in a definition, or below it, needs an expression to be evaluated on the whole resource."""
    return all(
        not node.unknown and all(map(is_settled, node.groups.values()))
        for node in (group.node, *(node for _, node in group.slices))
    )
