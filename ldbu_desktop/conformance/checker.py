"""Checks resources: first how they are written, then what their profiles ask of them.

Each key of a resource is read once. What is written wrongly is told and left out, so that the profiles see only what is
well formed. A coded value that was found faultless is remembered by its text, since few codes make up most of a report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from ldbu_desktop.conformance.coded import check_coded, check_coded_primitive
from ldbu_desktop.conformance.extensions import check_extension
from ldbu_desktop.conformance.invariants import Surroundings
from ldbu_desktop.conformance.narrative import check_narrative
from ldbu_desktop.conformance.nodes import Group, Node, Trees, has_effect, says_the_same
from ldbu_desktop.conformance.path_expressions import evaluate
from ldbu_desktop.conformance.places import Place
from ldbu_desktop.conformance.primitives import FORMS, JSON_KINDS, is_blank, is_id, text_of
from ldbu_desktop.conformance.problems import Run
from ldbu_desktop.conformance.references import check_reference
from ldbu_desktop.conformance.report_rules import check_report_rules
from ldbu_desktop.conformance.shapes import PRIMITIVES, Field, Shape, Shapes
from ldbu_desktop.conformance.terminology import Terminology
from ldbu_desktop.conformance.values import differences
from ldbu_desktop.conformance.verdict import Severity
from ldbu_desktop.standard.profiles import FHIR_TYPES, UNBOUNDED, Definitions

Json = Mapping[str, Any]
Valued = tuple[Any, Place]
"""A well-formed value of an element, and where it is."""

Resources = Callable[[Json, Place, Run, Node], None]
"""What to do with a resource within a resource, by the definition of the element that holds it."""

_REMEMBERED: Final = frozenset({"CodeableConcept", "Coding", "Meta"})
_MOST_REMEMBERED: Final = 20_000
_DEEPEST: Final = 250
_encode: Final = msgspec.json.Encoder().encode
_CODED: Final = frozenset({"CodeableConcept", "Coding", "Quantity"})
_NO_SUCH_RESOURCE: Final = "Contained_resource_does_not_appear_to_be_a_FHIR_resource_unknown_name_"


class Slot:
    """What is asked of one key of an object: how it is written, and the groups of its profiles."""

    __slots__ = ("choice", "companion", "field", "groups", "memo", "memo_text", "plain")

    def __init__(self, key: str, one: Field, groups: tuple[Group, ...]) -> None:
        self.field = one
        self.groups = groups
        self.companion = f"_{key}"
        self.choice = one.choice
        is_text = one.is_primitive and not one.is_list and one.type not in JSON_KINDS and one.type != "xhtml"
        form = _any_form if one.name == "id" else FORMS.get(one.type, _any_form)
        self.plain = form if is_text and not groups else None
        self.memo: set[bytes] | None = set() if one.type in _REMEMBERED else None
        self.memo_text: set[str] | None = set() if one.type == "code" and not one.is_list else None


def _any_form(_: str) -> None:
    """Ids are checked with their resources, and those of elements may be anything."""


class Plan:
    """What is asked of an object: of a resource by its profiles, of a data type, or of a part of a resource."""

    __slots__ = ("required", "roots", "shape", "slots")

    def __init__(self, shape: Shape, roots: tuple[Node, ...], definitions: Definitions) -> None:
        self.shape = shape
        self.roots = tuple(root for root in roots if root.invariants or root.unknown or root.report_rules)
        self.slots = {key: Slot(key, one, _groups_for(one, roots, definitions)) for key, one in shape.fields.items()}
        self.required = tuple(one for root in roots for one in required_of(root))


def _groups_for(one: Field, roots: tuple[Node, ...], definitions: Definitions) -> tuple[Group, ...]:
    found: list[Group] = []
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


def _is_narrowed(name: str, root: Node, last: Node, definitions: Definitions) -> bool:
    """Whether the last profile lets a reference lead only where ``root`` does too, so that asking it is enough."""
    wide, narrow = root.groups.get(name), last.groups.get(name)
    if wide is None or narrow is None or wide.slices or narrow.slices or wide.node.element.max == 0:
        return False
    allowed, fewer = _target_types(wide.node, definitions), _target_types(narrow.node, definitions)
    return bool(fewer) and fewer <= allowed and not wide.node.invariants


def _target_types(node: Node, definitions: Definitions) -> set[str]:
    urls = [url for one in node.element.types for url in one.targets]
    return {found.type for url in urls if (found := definitions.profile(url)) is not None}


Required = tuple[str, str, str, Node]
"""The key of an element that must be there, its companion's, the stem of a choice, and its definition."""


def required_of(node: Node) -> tuple[Required, ...]:
    """Elements that must be there, and slices of elements that need not be."""
    found: list[Required] = []
    for group in node.groups.values():
        stem = group.name.removesuffix("[x]") if group.name.endswith("[x]") else ""
        for one in (group.node, *(node for _, node in group.slices)):
            if one.element.min > 0:
                found.append((group.name, f"_{group.name}", stem, one))
    return tuple(found)


class Checker:
    """The profiles of one version of the standard, ready to check documents."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.terminology = Terminology(definitions)
        self.trees = Trees(definitions, self.terminology)
        self.shapes = Shapes(definitions)
        self.resources: Resources | None = None
        self._required_by_node: dict[int, tuple[Required, ...]] = {}
        self._profile_codes: dict[str, frozenset[str]] = {}
        self._plans: dict[tuple[str, tuple[str, ...]], Plan | None] = {}

    def plan(self, path: str, profiles: tuple[str, ...]) -> Plan | None:
        """The plan for a type or part of one with these profiles; None for a type that does not exist."""
        key = (path, profiles)
        if key not in self._plans:
            shape = self.shapes.shape(path)
            roots = tuple(root for url in profiles if (root := self.trees.tree(url)) is not None)
            self._plans[key] = Plan(shape, roots, self.definitions) if shape is not None else None
        return self._plans[key]

    def type_plan(self, name: str) -> Plan | None:
        """The plan for a data type by its own definition."""
        return self.plan(name, (FHIR_TYPES + name,))

    def check_object(self, plan: Plan, value: Json, place: Place, run: Run) -> Json:
        """Check ``value`` by ``plan``; gives it without what is malformed."""
        run.depth += 1
        if run.depth > _DEEPEST:
            run.depth -= 1
            run.problem(place, "JsonSyntaxException", "too-deep")
            return {}
        if not value:
            run.problem(place, "Object_must_have_some_content", "empty-object")
        clean: dict[str, Any] | None = None
        choices: dict[str, str] | None = None
        slots = plan.slots
        for key, one in value.items():
            slot = slots.get(key)
            if slot is None:
                replaced = self._unplanned(plan, key, value, place, run)
            else:
                if slot.choice:
                    choices = {} if choices is None else choices
                    if choices.setdefault(slot.choice, key) != key:
                        run.problem(place, "Unrecognised_property_", "unknown-property", key)
                        clean = _without(key, value, clean)
                        continue
                packed = None
                if slot.companion not in value:
                    if one.__class__ is str:
                        if slot.memo_text is not None and one in slot.memo_text:
                            continue
                        if slot.plain is not None and one and not one.isspace() and slot.plain(one) is None:
                            continue
                    elif slot.memo is not None:
                        packed = _packed(one)
                        if packed in slot.memo:
                            continue
                replaced = self._check_slot(slot, key, one, value, place, run, packed)
            if replaced is not one:
                clean = _without(key, value, clean)
                if replaced is not None:
                    clean[key] = replaced
        made = value if clean is None else clean
        self._check_whole(plan, made, place, run)
        run.depth -= 1
        return made

    def _check_whole(self, plan: Plan, value: Json, place: Place, run: Run) -> None:
        """What can be said only when all keys have been read: what is missing, and the invariants."""
        for name, companion, stem, node in plan.required:
            if name not in value and companion not in value and not (stem and _is_chosen(stem, value)):
                _missing(node, place, run)
        for root in plan.roots:
            self.check_invariants(root, value, place, run)

    def check_invariants(self, node: Node, value: Any, place: Place, run: Run) -> None:
        """The invariants of an element, on its value."""
        around = Surroundings(run.scope.resource, run.root)
        for inv, holds, unless_without in node.invariants:
            if (not unless_without or unless_without in value) and not holds(value, around):
                run.problem(place, inv.key, "invariant", profile=inv.source or node.profile.url)
        for inv in node.unknown:
            holds_there = evaluate(self, inv.expression, value, run)
            if holds_there is None:
                run.problem(place, inv.key, "invariant-not-checked", profile=inv.source, severity=Severity.INFORMATION)
            elif not holds_there:
                run.problem(place, inv.key, "invariant", profile=inv.source or node.profile.url)
        if node.report_rules:
            check_report_rules(self, node, value, place, run)

    def _unplanned(self, plan: Plan, key: str, value: Json, place: Place, run: Run) -> Any:
        """A key that is no element: the resource's type, the extensions of a primitive, or a mistake."""
        if key == "resourceType" and plan.shape.is_resource:
            return value[key]
        slot = plan.slots.get(key[1:]) if key.startswith("_") else None
        if slot is not None and slot.field.is_primitive:
            return self._check_companion(slot, key, value, place, run)
        run.problem(place, "Unrecognised_property_", "unknown-property", key)
        return None

    def _check_slot(
        self, slot: Slot, key: str, value: Any, holder: Json, place: Place, run: Run, packed: bytes | None
    ) -> Any:
        """Check the value of one key; gives it, without what is malformed, or None where nothing is left."""
        has_more = slot.companion in holder
        before = len(run.problems)
        one = slot.field
        if one.is_list:
            valued, replaced = self._read_list(one, key, value, holder, place, run)
        else:
            step = Place(place, one.label, key, None)
            made = self.read_one(one, value, step, run, has_more)
            if has_more and one.is_primitive and self._is_dropped(one, key, holder, None):
                made = None
            valued, replaced = ([] if made is None else [(made, step)]), made
        for group in slot.groups:
            if group.is_simple and len(valued) == 1:
                self.check_node(group.node, one.type, valued[0][0], valued[0][1], run)
            else:
                self.check_group(group, one.type, valued, place, run)
        if not has_more and len(run.problems) == before:
            self._remember(slot, packed, value)
        return replaced

    @staticmethod
    def _remember(slot: Slot, packed: bytes | None, value: Any) -> None:
        if slot.memo is not None and packed and b'"extension"' not in packed and b'"id"' not in packed:
            if len(slot.memo) >= _MOST_REMEMBERED:
                slot.memo.clear()
            slot.memo.add(packed)
        elif slot.memo_text is not None and isinstance(value, str):
            if len(slot.memo_text) >= _MOST_REMEMBERED:
                slot.memo_text.clear()
            slot.memo_text.add(value)

    def _read_list(
        self, one: Field, key: str, value: Any, holder: Json, place: Place, run: Run
    ) -> tuple[list[Valued], Any]:
        """The well-formed items of an array; an object where an array should be counts as its only item."""
        here = Place(place, one.label, key, None)
        if not isinstance(value, list):
            run.problem(here, "This_property_must_be_an_Array_not_", "not-an-array", _kind(value))
            if one.is_primitive or not isinstance(value, dict):
                if not one.is_primitive:
                    run.problem(here, "This_property_must_be__not_", "not-an-object", _kind(value))
                return [], None
            value = [value]
        elif not value and not one.is_primitive:
            run.problem(here, "ARRAY_CANNOT_BE_EMPTY", "empty-array")
        companions = holder.get(f"_{key}") if one.is_primitive else None
        found: list[Valued] = []
        is_whole = True
        for index, item in enumerate(value):
            step = Place(place, one.label, key, index)
            has_more = companions is not None and _has_companion(companions, index)
            if item is None and one.is_primitive:
                run.is_broken = run.is_broken or not has_more
                continue
            made = self.read_one(one, item, step, run, has_more)
            if companions is not None and self._is_dropped(one, key, holder, index):
                made = None
            is_whole = is_whole and made is item
            if made is not None:
                found.append((made, step))
        if is_whole and len(found) == len(value) > 0:
            return found, value
        return found, [made for made, _ in found] or None

    def read_one(self, one: Field, value: Any, place: Place, run: Run, has_extensions: bool) -> Any:
        """One value as its type has it; None where it can't be read at all."""
        if one.is_primitive:
            return self._read_primitive(one, value, place, run, has_extensions)
        if not isinstance(value, dict):
            run.problem(place, "This_property_must_be__not_", "not-an-object", _kind(value))
            return None
        if one.is_resource:
            return self._readable_resource(value, place, run)
        if one.type == "Reference" and _is_ordinary_reference(value):
            return value
        plan = one.plan
        if plan is None:
            plan = one.plan = self.plan(one.backbone, ()) if one.backbone else self.type_plan(one.type)
            if plan is None:
                return value
        if "id" in value:
            self._note_id(value["id"], place, run)
        return self.check_object(plan, value, place, run)

    def _readable_resource(self, value: Json, place: Place, run: Run) -> Json:
        """The resource if it says which type it is of, else nothing but an empty one."""
        kind = value.get("resourceType")
        if isinstance(kind, str) and self.shapes.shape(kind) is not None:
            return value
        if not value:
            run.problem(place, "Object_must_have_some_content", "empty-object")
        if kind == "":
            run.is_broken = True
        elif kind is None:
            run.problem(place, "Unable_to_find_resourceType_property", "resource-type-missing", severity=Severity.FATAL)
        elif not isinstance(kind, str):
            run.problem(place, "RESOURCETYPE_PROPERTY_WRONG_TYPE", "resource-type-missing", severity=Severity.FATAL)
        else:
            run.problem(place, _NO_SUCH_RESOURCE, "unknown-resource", kind, severity=Severity.FATAL)
        return {}

    @staticmethod
    def _note_id(value: Any, place: Place, run: Run) -> None:
        if isinstance(value, str) and value:
            if value in run.ids:
                run.problem(place, "DUPLICATE_ID", "duplicate-id", value)
            run.ids.add(value)

    def _read_primitive(self, one: Field, value: Any, place: Place, run: Run, has_extensions: bool) -> Any:
        if value is None or isinstance(value, (dict, list)):
            run.problem(place, "This_property_must_be_an_simple_value_not_", "not-a-value", _kind(value))
            return None
        wanted = JSON_KINDS.get(one.type, str)
        if not isinstance(value, wanted) or (value.__class__ is bool and one.type != "boolean"):
            key = {"boolean": "boolean", "decimal": "number", "integer": "number"}.get(one.type, "string")
            place_of_name = place._replace(number=None)
            run.problem(
                place_of_name, f"Error_parsing_JSON_the_primitive_value_must_be_a_{key}", "wrong-json-type", _kind(value)
            )
            value = text_of(value)
        text = value if value.__class__ is str else text_of(value)
        if not text or is_blank(text):
            if not text and not has_extensions:
                run.problem(place, "Type_Specific_Checks_DT_Primitive_NotEmpty", "empty-value")
            return value
        if one.type == "xhtml":
            check_narrative(text, place, run)
            return value
        if one.name == "id" and place.parent is not None and one.type in {"string", "id"}:
            return value
        wrong = FORMS[one.type](text)
        if wrong is not None:
            run.problem(place, wrong.key, wrong.code, text, one.type)
        return value

    def _check_companion(self, slot: Slot, key: str, holder: Json, place: Place, run: Run) -> Any:
        """The extensions of a primitive, which stand beside it under ``_`` and its name."""
        one, value = slot.field, holder[key]
        name = key[1:]
        here = Place(place, one.label, key, None)
        if one.is_list != isinstance(value, list):
            run.problem(here, "This_base_property_must_be_an_Array_not_", "not-an-array", _kind(value))
            return None
        values = holder.get(name)
        for index, item in enumerate(value if one.is_list else [value]):
            step = Place(place, one.label, key, index if one.is_list else None)
            if item is None and one.is_list:
                continue
            if not isinstance(item, dict):
                run.problem(step, "This_property_must_be_an_object_not_", "not-an-object", _kind(item))
                return None
            has_value = name in holder and (not one.is_list or (isinstance(values, list) and index < len(values)))
            self._check_element(item, step, run, has_value)
            if has_value and "extension" in item:
                for group in slot.groups:
                    _check_not_extended(group, step, run)
            if not has_value:
                self._check_valueless(slot, name, step, place, run)
        return value

    def _check_valueless(self, slot: Slot, name: str, step: Place, place: Place, run: Run) -> None:
        """A primitive that has extensions and no value."""
        if name in {"fullUrl", "profile"} and slot.field.type in {"uri", "canonical"}:
            run.is_broken = True
        for group in slot.groups:
            self.check_group(group, slot.field.type, [(None, step)], place, run)

    def _check_element(self, value: Json, place: Place, run: Run, has_value: bool) -> None:
        """The id and the extensions that any element may have."""
        for key in value:
            if key not in {"id", "extension"}:
                run.problem(place, "Unrecognised_property_", "unknown-property", key)
        if "extension" in value:
            one = Field("extension", "extension", "Extension", is_list=True)
            extensions, _ = self._read_list(one, "extension", value["extension"], value, place, run)
            for extension, step in extensions:
                check_extension(self, extension, step, run)
        elif "id" in value and not has_value:
            run.problem(place, "ele-1", "empty-element", profile=f"{FHIR_TYPES}Element")
        if not value:
            run.problem(place, "Object_must_have_some_content", "empty-object")

    @staticmethod
    def _is_dropped(one: Field, key: str, holder: Json, index: int | None) -> bool:
        """Whether a primitive falls with its companion: one that is not an object takes the value with it."""
        companion = holder.get(f"_{key}")
        if f"_{key}" not in holder or one.is_list != isinstance(companion, list):
            return f"_{key}" in holder
        if index is None or not isinstance(companion, list):
            return not isinstance(companion, dict)
        return index < len(companion) and companion[index] is not None and not isinstance(companion[index], dict)

    def check_group(
        self, group: Group, kind: str, values: list[Valued], place: Place, run: Run
    ) -> None:
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
            matched: Node | None = None
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
                _missing(candidate, place, run)
            if candidate.element.max != UNBOUNDED and count > candidate.element.max:
                _too_many(candidate, count, place, run)

    def check_node(self, node: Node, kind: str, value: Any, place: Place, run: Run) -> None:
        """One value against one definition."""
        element = node.element
        if element.types and kind not in node.types and not self._fits(node, kind, value, place, run):
            return
        if value is None or (value == "" and kind in PRIMITIVES):
            self._check_absent(node, value, place, run)
            return
        if node.invariants or node.unknown:
            self.check_invariants(node, value, place, run)
        if element.fixed is not None or element.pattern is not None:
            self._check_given(node, value, place, run)
        if kind in PRIMITIVES:
            self._check_primitive(node, kind, value, place, run)
        elif kind in _CODED:
            check_coded(self.terminology, node, kind, value, place, run)
        elif kind == "Reference":
            check_reference(self, node, value, place, run)
        elif kind == "Extension":
            check_extension(self, value, place, run)
        elif kind == "Identifier":
            _check_identifier(value, place, run)
        elif kind == "Resource":
            if self.resources is not None:
                self.resources(value, place, run, node)
            return
        if node.has_type_profiles:
            self._check_type_profiles(node, kind, value, place, run)
        if node.groups and isinstance(value, dict):
            self.check_children(node, value, place, run)

    @staticmethod
    def _check_given(node: Node, value: Any, place: Place, run: Run) -> None:
        """What the profile fixes, and the pattern that the value must hold."""
        element = node.element
        for given, is_pattern in ((element.fixed, False), (element.pattern, True)):
            if given is not None:
                for one in differences(given, value, is_pattern=is_pattern):
                    where = _deeper(place, one.step)
                    run.problem(where, one.key, "other-value", one.found, one.expected, node.profile.url)

    def _fits(self, node: Node, kind: str, value: Any, place: Place, run: Run) -> bool:
        """Whether the value's type is one that the definition allows; what follows from another is told too."""
        if kind in {"", "Resource", "BackboneElement", "Element"} or node.types & {"Resource", "Element", "BackboneElement"}:
            return True
        if {"string", "id"} >= node.types and kind in {"string", "id"}:
            return True
        wanted = " ".join(sorted(node.types))
        if len(node.types) == 1:
            run.problem(place, "Extension_PROF_Type", "wrong-type", kind, wanted, node.profile.url)
            self._check_as(next(iter(node.types)), value, place, run)
        elif place.parent is not None:
            run.problem(place.parent, "Validation_VAL_Profile_NoType", "wrong-type", kind, wanted, node.profile.url)
        return False

    def _check_as(self, kind: str, value: Any, place: Place, run: Run) -> None:
        """The value as if it were of another type: what that type does not have, and what it must have."""
        shape = self.shapes.shape(kind)
        if shape is None or kind in PRIMITIVES or not isinstance(value, dict):
            return
        for key in value:
            if key not in shape.fields:
                items = value[key] if isinstance(value[key], list) else [None]
                for index, _ in enumerate(items):
                    step = Place(place, key, key, index if isinstance(value[key], list) else None)
                    run.problem(step, "Validation_VAL_Profile_NotAllowed", "not-allowed", key, kind, FHIR_TYPES + kind)

    def _check_absent(self, node: Node, value: Any, place: Place, run: Run) -> None:
        """A primitive that has only extensions, or nothing in it: a required code is missing then."""
        binding = node.element.binding
        if binding is not None and binding.strength == "required":
            run.problem(
                place, "Terminology_TX_Code_ValueSet_MISSING", "code-missing", "", binding.value_set, node.profile.url
            )

    def _check_primitive(self, node: Node, kind: str, value: Any, place: Place, run: Run) -> None:
        element = node.element
        text = value if value.__class__ is str else text_of(value)
        if is_blank(text):
            self._check_absent(node, value, place, run)
            return
        if element.max_length and len(text) > element.max_length:
            run.problem(
                place, "Type_Specific_Checks_DT_Primitive_Length", "too-long", text, element.max_length, node.profile.url
            )
        if element.binding is not None:
            check_coded_primitive(self.terminology, node, kind, text, place, run)

    def _check_type_profiles(self, node: Node, kind: str, value: Any, place: Place, run: Run) -> None:
        """Profiles of the type itself, as an identifier's: one of them must fit."""
        for one in node.element.types:
            if one.code != kind or not one.profiles:
                continue
            trees = [tree for url in one.profiles if (tree := self.trees.tree(url)) is not None]
            if len(trees) == 1:
                self.check_children(trees[0], value, place, run)
                self.check_invariants(trees[0], value, place, run)

    def check_children(self, node: Node, value: Json, place: Place, run: Run) -> None:
        """What a definition says about the parts of a well-formed value."""
        groups = node.groups
        fields = node.fields
        if fields is None:
            fields = node.fields = self._fields_of(node)
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
                _check_not_extended(group, Place(place, field.label, key, None), run)
            if group.is_simple and one.__class__ is not list:
                self.check_node(group.node, field.type, one, Place(place, field.label, key, None), run)
                continue
            if isinstance(one, list):
                values = [(item, Place(place, field.label, key, index)) for index, item in enumerate(one)]
            else:
                values = [(one, Place(place, field.label, key, None))]
            self.check_group(group, field.type, values, place, run)
        for name, companion, stem, candidate in self._required(node):
            if name not in value and companion not in value and not (stem and _is_chosen(stem, value)):
                _missing(candidate, place, run)

    def _required(self, node: Node) -> tuple[Required, ...]:
        found = self._required_by_node.get(id(node))
        if found is None:
            found = self._required_by_node[id(node)] = required_of(node)
        return found

    def _fields_of(self, node: Node) -> dict[str, Field]:
        """The properties of the type that a node is of."""
        element = node.element
        path = element.content or element.path
        if "." not in element.path:
            path = node.profile.type
        elif element.types and element.types[0].code not in {"BackboneElement", "Element"}:
            path = element.types[0].code
        shape = self.shapes.shape(path)
        return shape.fields if shape is not None else {}

    def candidates(self, resource: Json, urls: tuple[str, ...]) -> list[str]:
        """The profiles, those first whose codes the resource has."""
        concept = resource.get("code")
        codings = concept.get("coding") if isinstance(concept, dict) else None
        own = {one.get("code") for one in codings if isinstance(one, dict)} if isinstance(codings, list) else set()
        return sorted(urls, key=lambda url: own.isdisjoint(self._codes_of(url)))

    def _codes_of(self, url: str) -> frozenset[str]:
        """The codes that a profile's slices of ``code.coding`` have as patterns."""
        if url not in self._profile_codes:
            profile = self.definitions.profile(url)
            elements = profile.elements if profile is not None else ()
            givens = [one.pattern or one.fixed for one in elements if one.path.endswith(".code.coding")]
            values = [given.value for given in givens if given is not None and isinstance(given.value, Mapping)]
            self._profile_codes[url] = frozenset(str(value["code"]) for value in values if "code" in value)
        return self._profile_codes[url]

    def check_resource_id(self, value: Json, place: Place, run: Run) -> None:
        """The id of a resource: letters, digits, hyphen and full stop, 64 at most."""
        one = value.get("id")
        if one is None or isinstance(one, (dict, list)):
            return
        text = text_of(one)
        if not is_id(text):
            kind = "Length" if len(text) > 64 else "Chars"
            run.problem(Place(place, "id", "id", None), f"Resource_RES_ID_Malformed_{kind}", "wrong-id", text)


def _is_ordinary_reference(value: Json) -> bool:
    """Whether it is nothing but a reference to another resource, about which its type has nothing to say."""
    reference = value.get("reference")
    return len(value) == 1 and reference.__class__ is str and reference[:1].isalpha()


def _has_companion(companions: Any, index: int) -> bool:
    return isinstance(companions, list) and index < len(companions) and companions[index] is not None


def _packed(value: Any) -> bytes:
    """The value as a key to remember it by; nothing for one that holds a number in a form of its own."""
    try:
        return _encode(value)
    except (TypeError, RecursionError, UnicodeError):
        return b""


def _without(key: str, value: Json, clean: dict[str, Any] | None) -> dict[str, Any]:
    """A copy of ``value`` to change, made once, without ``key``."""
    made = dict(value) if clean is None else clean
    made.pop(key, None)
    return made


def _is_chosen(stem: str, value: Json) -> bool:
    """Whether an element with a choice of types is there, as one of them."""
    return any(key.startswith(stem) or key.startswith(f"_{stem}") for key in value)


def _deeper(place: Place, step: str) -> Place:
    for name in filter(None, step.split(".")):
        place = Place(place, name, name, None)
    return place


def _missing(node: Node, place: Place, run: Run) -> None:
    element = node.element
    key = "Validation_VAL_Profile_Minimum_SLICE" if element.slice_name else "Validation_VAL_Profile_Minimum"
    run.problem(place, key, "missing", "", element.key, node.profile.url)


def _check_not_extended(group: Group, place: Place, run: Run) -> None:
    """A value that a profile fixes may have no extensions."""
    if group.node.element.fixed is not None:
        run.problem(place, "Extension_EXT_Fixed_Banned", "extended-fixed-value", profile=group.node.profile.url)


def _too_many(node: Node, count: int, place: Place, run: Run) -> None:
    element = node.element
    code = "not-allowed-here" if element.max == 0 else "too-many"
    run.problem(place, "Validation_VAL_Profile_Maximum", code, f"{element.key} x {count}", element.max, node.profile.url)


def _no_slice(group: Group, place: Place, run: Run) -> None:
    expected = ", ".join(node.element.slice_name for _, node in group.slices)
    run.problem(place, "Validation_VAL_Profile_NotSlice", "no-slice", "", expected, group.node.profile.url)


def _check_identifier(value: Json, place: Place, run: Run) -> None:
    system = value.get("system")
    if isinstance(system, str) and system and not system.startswith(("http:", "https:", "urn:")):
        run.problem(place, "Type_Specific_Checks_DT_Identifier_System", "relative-system", system)


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    if isinstance(value, list):
        return "array"
    return "object" if isinstance(value, dict) else "number"
