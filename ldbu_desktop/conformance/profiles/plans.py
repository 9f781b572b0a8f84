"""What is asked of an object, worked out once: for each key how it is written and what the profiles say about it."""

from __future__ import annotations

from ldbu_desktop.conformance.profiles.trees import ElementNode, ElementSlices, has_effect, says_the_same
from ldbu_desktop.conformance.reading.shapes import Property, TypeShape
from ldbu_desktop.standard.profiles import Definitions


class Slot:
    """What is asked of one key of an object: how it is written, and the groups of its profiles."""

    __slots__ = ("choice", "companion", "field", "groups")

    def __init__(self, key: str, one: Property, groups: tuple[ElementSlices, ...]) -> None:
        self.field = one
        self.groups = groups
        self.companion = f"_{key}"
        self.choice = one.choice


class Plan:
    """What is asked of an object: of a resource by its profiles, of a data type, or of a part of a resource."""

    __slots__ = ("required", "roots", "shape", "slots")

    def __init__(self, shape: TypeShape, roots: tuple[ElementNode, ...], definitions: Definitions) -> None:
        self.shape = shape
        self.roots = tuple(root for root in roots if root.invariants or root.unknown or root.report_rules)
        self.slots = {key: Slot(key, one, _groups_for(one, roots, definitions)) for key, one in shape.fields.items()}
        self.required = tuple(one for root in roots for one in required_of(root))


def _groups_for(one: Property, roots: tuple[ElementNode, ...], definitions: Definitions) -> tuple[ElementSlices, ...]:
    found: list[ElementSlices] = []
    for root in roots:
        group = root.groups.get(one.name)
        if one.type == "Reference" and root is not roots[-1] and _is_narrowed(one.name, root, roots[-1], definitions):
            continue
        if (
            group is not None
            and has_effect(group, one.type, is_list=one.is_list)
            and not any(says_the_same(group, other) for other in found)
        ):
            found.append(group)
    return tuple(found)


def _is_narrowed(name: str, root: ElementNode, last: ElementNode, definitions: Definitions) -> bool:
    """Whether the last profile lets a reference lead only where ``root`` does too, so that asking it is enough."""
    wide, narrow = root.groups.get(name), last.groups.get(name)
    if wide is None or narrow is None or wide.slices or narrow.slices or wide.node.element.max == 0:
        return False
    allowed, fewer = _target_types(wide.node, definitions), _target_types(narrow.node, definitions)
    return bool(fewer) and fewer <= allowed and not wide.node.invariants


def _target_types(node: ElementNode, definitions: Definitions) -> set[str]:
    urls = [url for one in node.element.types for url in one.targets]
    return {found.type for url in urls if (found := definitions.profile(url)) is not None}


Required = tuple[str, str, str, ElementNode]
"""The key of an element that must be there, its companion's, the stem of a choice, and its definition."""


def required_of(node: ElementNode) -> tuple[Required, ...]:
    """Elements that must be there, and slices of elements that need not be."""
    found: list[Required] = []
    for group in node.groups.values():
        stem = group.name.removesuffix("[x]") if group.name.endswith("[x]") else ""
        for one in (group.node, *(node for _, node in group.slices)):
            if one.element.min > 0:
                found.append((group.name, f"_{group.name}", stem, one))
    return tuple(found)
