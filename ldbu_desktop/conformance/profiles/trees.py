"""Profiles as trees: for each element the definitions below it, sliced where the profile slices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ldbu_desktop.conformance.invariants.natives import native
from ldbu_desktop.conformance.invariants.registry import Invariant
from ldbu_desktop.conformance.profiles.terminology import Terminology
from ldbu_desktop.conformance.reading.primitives import text_of
from ldbu_desktop.conformance.reading.shapes import PRIMITIVES
from ldbu_desktop.standard.profiles import FHIR_TYPES, UNBOUNDED, Constraint, Definitions, Element, Given, Profile

Predicate = Callable[[Any, str], bool]
"""Whether a value, of a type by name, is of a slice."""


@dataclass(slots=True)
class ElementNode:
    """An element of a profile with what is below it. ``groups`` are by the element's name, choices by ``value[x]``."""

    profile: Profile
    element: Element
    groups: dict[str, ElementSlices] = field(default_factory=dict)
    invariants: tuple[tuple[Constraint, Invariant, str], ...] = ()
    unknown: tuple[Constraint, ...] = ()
    report_rules: tuple[Constraint, ...] = ()
    types: frozenset[str] = frozenset()
    fields: Mapping[str, Any] | None = None
    has_type_profiles: bool = False


@dataclass(slots=True)
class ElementSlices:
    """The definitions of one element name: the element itself and its slices."""

    name: str
    node: ElementNode
    slices: list[tuple[Predicate, ElementNode]] = field(default_factory=list)
    is_closed: bool = False
    is_simple: bool = False


_PROFILED_ELSEWHERE: Final = frozenset({"Reference", "Extension"})
_NEVER: Final[Predicate] = lambda _value, _type: False  # noqa: E731


class Trees:
    """The trees of profiles, made when they are first asked for."""

    def __init__(self, definitions: Definitions, terminology: Terminology) -> None:
        self._definitions = definitions
        self._terminology = terminology
        self._trees: dict[str, ElementNode | None] = {}

    def tree(self, url: str) -> ElementNode | None:
        """The tree of the profile with this URL; None where there is none, as there is none of an empty version."""
        if url not in self._trees:
            self._trees[url] = None  # a profile that leads back to itself says no more there
            profile = self._definitions.profile(url) if not url.endswith("|") else None
            if profile is not None and profile.elements:
                self._trees[url] = self._made(profile)
        return self._trees[url]

    def _made(self, profile: Profile) -> ElementNode:
        children: dict[str, list[Element]] = {}
        for element in profile.elements[1:]:
            parent = element.key.rpartition(".")[0]
            children.setdefault(parent, []).append(element)
        return self._node(profile, profile.elements[0], children, {})

    def _node(
        self,
        profile: Profile,
        element: Element,
        children: Mapping[str, list[Element]],
        within: Mapping[str, ElementNode],
    ) -> ElementNode:
        native_ones = [(one, function) for one in element.constraints if (function := native(one.key, one.form))]
        node = ElementNode(
            profile,
            element,
            invariants=tuple((one, *function) for one, function in native_ones),
            unknown=tuple(one for one in element.constraints if one.expression),
            report_rules=tuple(one for one in element.constraints if one.demand or one.conforming),
            types=frozenset(one.code for one in element.types),
            has_type_profiles=any(one.profiles and one.code not in _PROFILED_ELSEWHERE for one in element.types),
        )
        source = element.key if element.key in children or not element.content else element.content
        if source in within:
            node.groups = within[source].groups
            return node
        for child in children.get(source, ()):
            self._add(profile, node, child, children, {**within, source: node})
        self._leave_out_what_the_type_says(node)
        return node

    def _leave_out_what_the_type_says(self, node: ElementNode) -> None:
        """Values of a data type are checked by its own definition; only what a profile adds is left to be checked."""
        if len(node.element.types) != 1 or not node.groups or "." not in node.element.path:
            return
        own = self.tree(FHIR_TYPES + node.element.types[0].code)
        if own is None or own.profile.kind == "resource" or own.profile.type in UNTYPED:
            return
        for name in list(node.groups):
            same = own.groups.get(name)
            if same is not None and says_the_same(node.groups[name], same):
                del node.groups[name]

    def _add(
        self,
        profile: Profile,
        node: ElementNode,
        child: Element,
        children: Mapping[str, list[Element]],
        within: Mapping[str, ElementNode],
    ) -> None:
        name = child.path.rpartition(".")[2]
        made = self._node(profile, child, children, within)
        group = node.groups.get(name)
        if group is None or not child.slice_name:
            closed = child.slicing is not None and child.slicing.rules == "closed"
            is_simple = not closed and child.max != 0
            node.groups[name] = ElementSlices(name, made, is_closed=closed, is_simple=is_simple)
        else:
            group.is_simple = False
            group.slices.append((self._predicate(group.node.element, made, children), made))

    def _predicate(self, slicer: Element, node: ElementNode, children: Mapping[str, list[Element]]) -> Predicate:
        if slicer.slicing is None or not slicer.slicing.discriminators:
            return _NEVER
        tests: list[Predicate] = []
        for discriminator in slicer.slicing.discriminators:
            if discriminator.type == "type":
                tests.append(_of_types(node.types))
                continue
            test = self._by_value(node, discriminator.path, children)
            if test is not None:
                tests.append(test)
        if not tests:
            return _NEVER
        return tests[0] if len(tests) == 1 else lambda value, kind: all(test(value, kind) for test in tests)

    def _by_value(self, node: ElementNode, path: str, children: Mapping[str, list[Element]]) -> Predicate | None:
        steps = [] if path == "$this" else path.split(".")
        for criterion in self._criteria(node, steps, children):
            if criterion.max == 0:
                return lambda value, _: _at(value, steps) is None
            given = criterion.fixed or criterion.pattern
            if given is not None:
                return _has(steps, given)
            if criterion.binding is not None and criterion.binding.strength == "required":
                return self._is_member(steps, criterion.binding.value_set)
        return None

    def _is_member(self, steps: list[str], value_set: str) -> Predicate:
        def is_member(value: Any, _: str) -> bool:
            code = _at(value, steps)
            return isinstance(code, str) and self._terminology.in_value_set(value_set, "", code, is_inferred=True).is_ok

        return is_member

    def _criteria(self, node: ElementNode, steps: list[str], children: Mapping[str, list[Element]]) -> list[Element]:
        """The elements that say what a slice has at a path: in the profile itself, then in the profile of its type."""
        found: list[Element] = []
        here = node.element
        if not steps:
            found.append(here)
        else:
            own = [e for e in children.get(here.key, ()) if e.path.rpartition(".")[2] == steps[0]]
            if own and len(steps) == 1:
                found.extend(own)
            elif own:
                deeper = ElementNode(node.profile, own[0])
                found.extend(self._criteria(deeper, steps[1:], children))
        for kind in here.types:
            for url in kind.profiles:
                tree = self.tree(url)
                if tree is not None:
                    found.extend(_below(tree, steps))
        return found


def _below(tree: ElementNode, steps: list[str]) -> list[Element]:
    here: ElementNode | None = tree
    for step in steps:
        group = here.groups.get(step) if here is not None else None
        here = group.node if group is not None else None
    return [here.element] if here is not None else []


def _of_types(types: frozenset[str]) -> Predicate:
    return lambda _value, kind: kind in types


def _at(value: Any, steps: list[str]) -> Any:
    for step in steps:
        if isinstance(value, list):
            value = value[0] if len(value) == 1 else None
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _has(steps: list[str], given: Given) -> Predicate:
    if isinstance(given.value, Mapping):
        wanted = given.value
        return lambda value, _: _contains(_at(value, steps), wanted)
    text = text_of(given.value)
    if len(steps) == 1:
        step = steps[0]
        return lambda value, _: isinstance(value, dict) and value.get(step) == text
    return lambda value, _: _at(value, steps) == text


def _contains(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, Mapping):
        return isinstance(value, Mapping) and all(_contains(value.get(name), one) for name, one in wanted.items())
    if isinstance(wanted, list):
        return isinstance(value, list) and all(any(_contains(one, item) for one in value) for item in wanted)
    return value is not None and text_of(value) == text_of(wanted)


def says_the_same(one: ElementSlices, other: ElementSlices) -> bool:
    """Whether two groups ask for the same, so that checking one of them is enough."""
    if one.slices or other.slices or one.node.groups or other.node.groups:
        return False
    a, b = one.node.element, other.node.element
    return (
        a.min == b.min
        and a.max == b.max
        and a.types == b.types
        and a.fixed == b.fixed
        and a.pattern == b.pattern
        and a.binding == b.binding
        and a.max_length == b.max_length
        and a.constraints == b.constraints
    )


def has_effect(group: ElementSlices, kind: str, *, is_list: bool) -> bool:
    """Whether a group asks anything of a well-formed value of a type that is there."""
    if group.slices or group.is_closed or group.node.groups:
        return True
    node, element = group.node, group.node.element
    if element.max == 0 or (is_list and element.max != UNBOUNDED):
        return True
    if node.invariants or node.unknown or element.fixed or element.pattern or element.max_length:
        return True
    if element.types and kind not in node.types and kind not in UNTYPED:
        return True
    if kind in PRIMITIVES:
        return element.binding is not None and element.binding.strength != "example"
    return kind not in _PLAIN_TYPES or any(one.profiles for one in element.types)


UNTYPED: Final = frozenset({"", "BackboneElement", "Element"})
"""Types of parts that have no definition of their own."""
_PLAIN_TYPES: Final = frozenset(
    {"Meta", "Period", "Range", "Ratio", "Narrative", "HumanName", "Address", "ContactPoint"}
)
