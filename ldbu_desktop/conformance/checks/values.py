"""What profiles ask of values that are well formed: how many, which, of which type, and that their invariants hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from ldbu_desktop.conformance.checks.attachments import check_attachment
from ldbu_desktop.conformance.checks.codes import check_coded, check_coded_primitive
from ldbu_desktop.conformance.checks.extensions import check_extension
from ldbu_desktop.conformance.checks.references import check_reference
from ldbu_desktop.conformance.checks.report_rules import check_report_rules
from ldbu_desktop.conformance.checks.run import Run
from ldbu_desktop.conformance.invariants.registry import Surroundings
from ldbu_desktop.conformance.profiles.given_values import differences
from ldbu_desktop.conformance.profiles.plans import Required, required_of
from ldbu_desktop.conformance.profiles.profile_set import ProfileSet
from ldbu_desktop.conformance.profiles.trees import ElementNode, ElementSlices
from ldbu_desktop.conformance.reading.places import Place
from ldbu_desktop.conformance.reading.primitives import (
    SYSTEM_OF_URIS,
    SYSTEM_OF_UUIDS,
    has_scheme,
    is_blank,
    is_system,
    is_uuid,
    text_of,
)
from ldbu_desktop.conformance.reading.shapes import PRIMITIVES
from ldbu_desktop.standard.profiles import FHIR_TYPES, UNBOUNDED, Constraint

Json = Mapping[str, Any]
Valued = tuple[Any, Place]
"""A well-formed value of an element, and where it is."""

Resources = Callable[[Json, Place, Run, ElementNode], None]
"""What to do with a resource within a resource, by the definition of the element that holds it."""

_CODED: Final = frozenset({"CodeableConcept", "Coding", "Quantity"})


class ValueChecker:
    """Checks values by the definitions of one version of the standard."""

    def __init__(self, profiles: ProfileSet, resources: Resources) -> None:
        self.profiles = profiles
        self._resources = resources
        self._required_by_node: dict[int, tuple[Required, ...]] = {}

    def check_profile(self, profile: ElementNode, value: Json, place: Place, run: Run) -> None:
        """A well-formed value by a profile: its parts and its invariants."""
        self.check_children(profile, value, place, run)
        self.check_invariants(profile, value, place, run)

    def check_invariants(self, node: ElementNode, value: Any, place: Place, run: Run) -> None:
        """The invariants of an element, on its value."""
        around = Surroundings(run.scope.resource, run.root)
        for inv, holds, unless_without in node.invariants:
            if (not unless_without or unless_without in value) and not holds(value, around):
                self._tell_broken(inv, node, place, run)
        for inv in node.unknown:
            from ldbu_desktop.conformance.checks.expressions import evaluate  # the shipped profiles do not need it

            holds_there = evaluate(self, inv.expression, value, run)
            if holds_there is None:
                run.problem(place, inv.key, "invariant-not-checked", profile=inv.source)
            elif not holds_there:
                self._tell_broken(inv, node, place, run)
        if node.report_rules:
            check_report_rules(self, node, value, place, run)

    @staticmethod
    def _tell_broken(inv: Constraint, node: ElementNode, place: Place, run: Run) -> None:
        code = "invariant" if inv.severity == "error" else "recommendation"
        run.problem(place, inv.key, code, profile=inv.source or node.profile.url)

    def check_group(self, group: ElementSlices, kind: str, values: list[Valued], place: Place, run: Run) -> None:
        """The values of one element name against its definition and slices."""
        node = group.node
        highest = node.element.max
        if highest != UNBOUNDED and len(values) > highest:
            _too_many(node, len(values), place, run)
        if not group.slices:
            if group.is_closed:
                for _, step in values:
                    _no_slice(group, step, run)
            for value, step in values:
                self.check_node(node, kind, value, step, run)
            return
        counts = [0] * len(group.slices)
        for value, step in values:
            matched: ElementNode | None = None
            for index, (is_of, candidate) in enumerate(group.slices):
                if is_of(value, kind):
                    counts[index] += 1
                    matched = candidate
            if matched is not None:
                self.check_node(matched, kind, value, step, run)
            elif group.is_closed:
                _no_slice(group, step, run)
            self.check_node(node, kind, value, step, run)
        for count, (_, candidate) in zip(counts, group.slices, strict=True):
            if values and count < candidate.element.min:
                tell_missing(candidate, place, run)
            if candidate.element.max != UNBOUNDED and count > candidate.element.max:
                _too_many(candidate, count, place, run)

    def check_node(self, node: ElementNode, kind: str, value: Any, place: Place, run: Run) -> None:
        """One value against one definition."""
        element = node.element
        if element.types and kind not in node.types and not self._fits(node, kind, value, place, run):
            return
        if value is None or (value == "" and kind in PRIMITIVES):
            self._check_absent(node, place, run)
            self.check_invariants(node, "", place, run)
            return
        if node.invariants or node.unknown:
            self.check_invariants(node, value, place, run)
        if element.fixed is not None or element.pattern is not None:
            self._check_given(node, value, place, run)
        if kind in PRIMITIVES:
            self._check_primitive(node, kind, value, place, run)
        elif kind in _CODED:
            check_coded(self.profiles.terminology, node, kind, value, place, run)
        elif kind == "Reference":
            check_reference(self.profiles, node, value, place, run)
        elif kind == "Extension":
            check_extension(self, value, place, run)
        elif kind == "Identifier":
            _check_identifier(value, place, run)
        elif kind == "Attachment":
            check_attachment(value, place, run)
        elif kind == "Resource":
            self._resources(value, place, run, node)
            return
        if node.has_type_profiles:
            self._check_type_profiles(node, kind, value, place, run)
        if node.groups and isinstance(value, dict):
            self.check_children(node, value, place, run)

    @staticmethod
    def _check_given(node: ElementNode, value: Any, place: Place, run: Run) -> None:
        """What the profile fixes, and the pattern that the value must hold."""
        element = node.element
        for given, is_pattern in ((element.fixed, False), (element.pattern, True)):
            if given is not None:
                for one in differences(given, value, is_pattern=is_pattern):
                    where = _deeper(place, one.step)
                    run.problem(where, one.key, "other-value", one.found, one.expected, node.profile.url)

    def _fits(self, node: ElementNode, kind: str, value: Any, place: Place, run: Run) -> bool:
        """Whether the value's type is one that the definition allows; what follows from another is told too."""
        if kind in {"", "Resource", "BackboneElement", "Element"} or node.types & {
            "Resource",
            "Element",
            "BackboneElement",
        }:
            return True
        if {"string", "id"} >= node.types and kind in {"string", "id"}:
            return True
        wanted = " ".join(sorted(node.types))
        if len(node.types) == 1:
            self.check_other_type(kind, wanted, value, place, node.profile.url, run)
        else:
            holder = place.parent or place
            run.problem(holder, "Validation_VAL_Profile_NoType", "wrong-type", kind, wanted, node.profile.url)
        return False

    def check_other_type(self, kind: str, wanted: str, value: Any, place: Place, url: str, run: Run) -> None:
        """A value of type ``kind`` by a profile that wants another: what that type does not have is not allowed."""
        run.problem(place, "Extension_PROF_Type", "wrong-type", kind, wanted, url)
        shape = self.profiles.shapes.shape(wanted)
        if shape is None or wanted in PRIMITIVES or not isinstance(value, dict):
            return
        for key in value:
            if key not in shape.fields:
                items = value[key] if isinstance(value[key], list) else [None]
                for index, _ in enumerate(items):
                    step = Place(place, key, key, index if isinstance(value[key], list) else None)
                    run.problem(
                        step, "Validation_VAL_Profile_NotAllowed", "not-allowed", key, wanted, FHIR_TYPES + wanted
                    )

    def _check_absent(self, node: ElementNode, place: Place, run: Run) -> None:
        """A primitive that has only extensions, or nothing in it: a required code is missing then."""
        binding = node.element.binding
        if binding is not None and binding.strength == "required":
            run.problem(
                place, "Terminology_TX_Code_ValueSet_MISSING", "code-missing", "", binding.value_set, node.profile.url
            )

    def _check_primitive(self, node: ElementNode, kind: str, value: Any, place: Place, run: Run) -> None:
        element = node.element
        text = value if value.__class__ is str else text_of(value)
        if is_blank(text):
            self._check_absent(node, place, run)
            return
        if element.max_length and len(text) > element.max_length:
            run.problem(
                place,
                "Type_Specific_Checks_DT_Primitive_Length",
                "too-long",
                text,
                element.max_length,
                node.profile.url,
            )
        if element.binding is not None:
            check_coded_primitive(self.profiles.terminology, node, kind, text, place, run)

    def _check_type_profiles(self, node: ElementNode, kind: str, value: Any, place: Place, run: Run) -> None:
        """Profiles of the type itself, as an identifier's: one of them must fit."""
        for one in node.element.types:
            if one.code != kind or not one.profiles:
                continue
            trees = [tree for url in one.profiles if (tree := self.profiles.trees.tree(url)) is not None]
            if len(trees) == 1:
                self.check_profile(trees[0], value, place, run)

    def check_children(self, node: ElementNode, value: Json, place: Place, run: Run) -> None:
        """What a definition says about the parts of a well-formed value."""
        groups = node.groups
        fields = node.fields
        if fields is None:
            fields = node.fields = self.profiles.fields_of(node)
        for key, one in value.items():
            field = fields.get(key)
            if field is None:
                field = fields.get(key[1:]) if key[:1] == "_" and key[1:] not in value else None
                if field is None:
                    continue
                one = None
            group = groups.get(field.name)
            if group is None:
                continue
            if group.node.element.fixed is not None and "extension" in (value.get(f"_{key}") or ()):
                check_not_extended(group, Place(place, field.label, key, None), run)
            if group.is_simple and one.__class__ is not list:
                self.check_node(group.node, field.type, one, Place(place, field.label, key, None), run)
                continue
            if isinstance(one, list):
                values = [(item, Place(place, field.label, key, index)) for index, item in enumerate(one)]
            else:
                values = [(one, Place(place, field.label, key, None))]
            self.check_group(group, field.type, values, place, run)
        for name, companion, stem, candidate in self._required(node):
            if name not in value and companion not in value and not (stem and is_chosen(stem, value)):
                tell_missing(candidate, place, run)

    def _required(self, node: ElementNode) -> tuple[Required, ...]:
        found = self._required_by_node.get(id(node))
        if found is None:
            found = self._required_by_node[id(node)] = required_of(node)
        return found


def is_chosen(stem: str, value: Json) -> bool:
    """Whether an element with a choice of types is there, as one of them."""
    return any(key.startswith(stem) or key.startswith(f"_{stem}") for key in value)


def _deeper(place: Place, step: str) -> Place:
    for name in filter(None, step.split(".")):
        place = Place(place, name, name, None)
    return place


def tell_missing(node: ElementNode, place: Place, run: Run) -> None:
    element = node.element
    key = "Validation_VAL_Profile_Minimum_SLICE" if element.slice_name else "Validation_VAL_Profile_Minimum"
    run.problem(place, key, "missing", "", element.key, node.profile.url)


def check_not_extended(group: ElementSlices, place: Place, run: Run) -> None:
    """A value that a profile fixes may have no extensions."""
    if group.node.element.fixed is not None:
        run.problem(place, "Extension_EXT_Fixed_Banned", "extended-fixed-value", profile=group.node.profile.url)


def _too_many(node: ElementNode, count: int, place: Place, run: Run) -> None:
    element = node.element
    code = "not-allowed-here" if element.max == 0 else "too-many"
    run.problem(
        place, "Validation_VAL_Profile_Maximum", code, f"{element.key} x {count}", element.max, node.profile.url
    )


def _no_slice(group: ElementSlices, place: Place, run: Run) -> None:
    expected = ", ".join(node.element.slice_name for _, node in group.slices)
    run.problem(place, "Validation_VAL_Profile_NotSlice", "no-slice", "", expected, group.node.profile.url)


def _check_identifier(value: Json, place: Place, run: Run) -> None:
    system = value.get("system")
    if isinstance(system, str) and system and not is_system(system):
        run.problem(place, "Type_Specific_Checks_DT_Identifier_System", "relative-system", system)
    number = value.get("value")
    if not isinstance(number, str):
        return
    if system == SYSTEM_OF_URIS and not has_scheme(number):
        run.problem(place, "TYPE_SPECIFIC_CHECKS_DT_IDENTIFIER_IETF_SYSTEM_VALUE", "identifier-no-uri", number)
    elif system == SYSTEM_OF_UUIDS and not (number.startswith("urn:uuid:") or is_uuid(number)):
        run.problem(place, "TYPE_SPECIFIC_CHECKS_DT_IDENTIFIER_IETF_SYSTEM_WRONG_1", "identifier-no-uuid", number)
