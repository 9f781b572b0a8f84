"""Checks resources: first how they are written, then what their profiles ask of them.

Each key of a resource is read once. What is written wrongly is told and left out, so that the profiles see only what is
well formed.
"""

from __future__ import annotations

from typing import Any, Final

from ldbu_desktop.conformance.checks.extensions import check_extension
from ldbu_desktop.conformance.checks.run import Run
from ldbu_desktop.conformance.checks.values import (
    Json,
    ValueChecker,
    Valued,
    check_not_extended,
    is_chosen,
    tell_missing,
)
from ldbu_desktop.conformance.profiles.plans import Plan, Slot
from ldbu_desktop.conformance.reading.places import Place
from ldbu_desktop.conformance.reading.primitives import FORMS, JSON_KINDS, is_blank, is_id, text_of
from ldbu_desktop.conformance.reading.shapes import Property
from ldbu_desktop.standard.profiles import FHIR_TYPES

_OF_ELEMENTS: Final = {
    "id": Property("id", "id", "string", is_list=False),
    "extension": Property("extension", "extension", "Extension", is_list=True),
}
_DEEPEST: Final = 120
_NO_SUCH_RESOURCE: Final = "Contained_resource_does_not_appear_to_be_a_FHIR_resource_unknown_name_"


class ObjectChecker:
    """Checks objects: how each key is written, and then its values by a checker of values."""

    def __init__(self, values: ValueChecker) -> None:
        self.values = values
        self.profiles = values.profiles
        self._plans: dict[tuple[str, tuple[str, ...]], Plan | None] = {}

    def plan(self, path: str, profiles: tuple[str, ...]) -> Plan | None:
        """The plan for a type or part of one with these profiles; None for a type that does not exist."""
        key = (path, profiles)
        if key not in self._plans:
            shape = self.profiles.shapes.shape(path)
            roots = tuple(root for url in profiles if (root := self.profiles.trees.tree(url)) is not None)
            self._plans[key] = Plan(shape, roots, self.profiles.definitions) if shape is not None else None
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
                replaced = self.check_slot(slot, key, one, value, place, run)
            if replaced is not one or one is None:
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
            if name not in value and companion not in value and not (stem and is_chosen(stem, value)):
                tell_missing(node, place, run)
        for root in plan.roots:
            self.values.check_invariants(root, value, place, run)

    def _unplanned(self, plan: Plan, key: str, value: Json, place: Place, run: Run) -> Any:
        """A key that is no element: the resource's type, the extensions of a primitive, or a mistake."""
        if key == "resourceType" and plan.shape.is_resource:
            return value[key]
        slot = plan.slots.get(key[1:]) if key.startswith("_") else None
        if slot is not None and slot.field.is_primitive:
            return self._check_companion(slot, key, value, place, run)
        run.problem(place, "Unrecognised_property_", "unknown-property", key)
        return None

    def check_slot(self, slot: Slot, key: str, value: Any, holder: Json, place: Place, run: Run) -> Any:
        """Check the value of one key; gives it, without what is malformed, or None where nothing is left."""
        has_more = slot.companion in holder
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
            self.values.check_group(group, one.type, valued, place, run)
        return replaced

    def _read_list(
        self, one: Property, key: str, value: Any, holder: Json, place: Place, run: Run
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
            count = len(found)
            step = Place(place, one.label, key, count, None if count == index else index)
            has_more = companions is not None and _has_companion(companions, index)
            if item is None and one.is_primitive:
                run.is_broken = run.is_broken or not has_more or _is_address(one)
                continue
            if not one.is_primitive and item.__class__ is not dict:
                step = Place(place, one.label, key, index)
            made = self.read_one(one, item, step, run, has_more)
            if companions is not None and self._is_dropped(one, key, holder, index):
                made = None
            is_whole = is_whole and made is item
            if made is not None:
                found.append((made, step))
        if is_whole and len(found) == len(value) > 0:
            return found, value
        return found, [made for made, _ in found] or None

    def read_one(self, one: Property, value: Any, place: Place, run: Run, has_extensions: bool) -> Any:
        """One value as its type has it; None where it can't be read at all."""
        if one.is_primitive:
            return self._read_primitive(one, value, place, run, has_extensions)
        if not isinstance(value, dict):
            run.problem(place, "This_property_must_be__not_", "not-an-object", _kind(value))
            return None
        if one.is_resource:
            return self._readable_resource(value, place, run)
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
        if isinstance(kind, str) and self.profiles.shapes.shape(kind) is not None:
            return value
        if not value:
            run.problem(place, "Object_must_have_some_content", "empty-object")
        if kind == "":
            run.is_broken = True
        elif kind is None:
            run.problem(place, "Unable_to_find_resourceType_property", "resource-type-missing")
        elif not isinstance(kind, str):
            run.problem(place, "RESOURCETYPE_PROPERTY_WRONG_TYPE", "resource-type-missing")
        else:
            run.problem(place, _NO_SUCH_RESOURCE, "unknown-resource", kind)
        return {}

    @staticmethod
    def _note_id(value: Any, place: Place, run: Run) -> None:
        if isinstance(value, str) and value:
            if value in run.ids:
                run.problem(place, "DUPLICATE_ID", "duplicate-id", value)
            run.ids.add(value)

    def _read_primitive(self, one: Property, value: Any, place: Place, run: Run, has_extensions: bool) -> Any:
        if value is None or isinstance(value, (dict, list)):
            run.problem(place, "This_property_must_be_an_simple_value_not_", "not-a-value", _kind(value))
            return None
        wanted = JSON_KINDS.get(one.type, str)
        if not isinstance(value, wanted) or (value.__class__ is bool and one.type != "boolean"):
            key = {"boolean": "boolean", "decimal": "number", "integer": "number"}.get(one.type, "string")
            place_of_name = place._replace(number=None)
            run.problem(
                place_of_name,
                f"Error_parsing_JSON_the_primitive_value_must_be_a_{key}",
                "wrong-json-type",
                _kind(value),
                _wanted(wanted),
            )
            value = text_of(value)
        text = value if value.__class__ is str else text_of(value)
        if is_blank(text):
            if not text and not has_extensions:
                run.problem(place, "Type_Specific_Checks_DT_Primitive_NotEmpty", "empty-value")
            return value
        if one.type == "xhtml":
            from ldbu_desktop.conformance.checks.narratives import check_narrative  # few reports have any

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
            run.is_broken = run.is_broken or (one.is_list and name not in holder)
            run.problem(here, "This_base_property_must_be_an_Array_not_", "not-an-array", _kind(value))
            return None
        values = holder.get(name)
        for index, item in enumerate(value if one.is_list else [value]):
            step = Place(place, one.label, key, index if one.is_list else None)
            has_value = name in holder and (not one.is_list or (isinstance(values, list) and index < len(values)))
            if item is None and one.is_list:
                run.is_broken = run.is_broken or not (has_value or isinstance(values, (str, dict)))
                continue
            if not isinstance(item, dict):
                run.problem(step, "This_property_must_be_an_object_not_", "not-an-object", _kind(item))
                return None
            self._check_element(slot, item, step, run, has_value)
            if has_value and "extension" in item:
                for group in slot.groups:
                    check_not_extended(group, step, run)
            if not has_value:
                self._check_valueless(slot, step, place, run)
        return value

    def _check_valueless(self, slot: Slot, step: Place, place: Place, run: Run) -> None:
        """A primitive that has extensions and no value."""
        run.is_broken = run.is_broken or _is_address(slot.field)
        for group in slot.groups:
            self.values.check_group(group, slot.field.type, [(None, step)], place, run)

    def _check_element(self, slot: Slot, value: Json, place: Place, run: Run, has_value: bool) -> None:
        """The id and the extensions that any element but XHTML may have."""
        may_have = _OF_ELEMENTS if slot.field.type != "xhtml" else {}
        for key in value:
            if key not in may_have:
                run.problem(place, "Unrecognised_property_", "unknown-property", key)
        if not value:
            run.problem(place, "Object_must_have_some_content", "empty-object")
        if not may_have:
            return
        if "id" in value:
            self.read_one(may_have["id"], value["id"], Place(place, "id", "id", None), run, "_id" in value)
        if "extension" in value:
            extensions, _ = self._read_list(may_have["extension"], "extension", value["extension"], value, place, run)
            for extension, step in extensions:
                check_extension(self.values, extension, step, run)
        elif "id" in value and not has_value:
            run.problem(place, "ele-1", "empty-element", profile=f"{FHIR_TYPES}Element")

    @staticmethod
    def _is_dropped(one: Property, key: str, holder: Json, index: int | None) -> bool:
        """Whether a primitive falls with its companion: one that is not an object takes the value with it."""
        companion = holder.get(f"_{key}")
        if f"_{key}" not in holder or one.is_list != isinstance(companion, list):
            return f"_{key}" in holder
        if index is None or not isinstance(companion, list):
            return not isinstance(companion, dict)
        return index < len(companion) and companion[index] is not None and not isinstance(companion[index], dict)

    def check_resource_id(self, value: Json, place: Place, run: Run) -> None:
        """The id of a resource: letters, digits, hyphen and full stop, 64 at most."""
        one = value.get("id")
        if isinstance(one, (dict, list)) or (one is None and not isinstance(value.get("_id"), dict)):
            return
        text = "" if one is None else text_of(one)
        if not is_id(text):
            kind = "Length" if len(text) > 64 else "Chars"
            run.problem(Place(place, "id", "id", None), f"Resource_RES_ID_Malformed_{kind}", "wrong-id", text)


def _is_address(one: Property) -> bool:
    """A profile or full URL, without whose value the official validator gives up."""
    return (one.name, one.type) in {("fullUrl", "uri"), ("profile", "canonical")}


def _has_companion(companions: Any, index: int) -> bool:
    return isinstance(companions, list) and index < len(companions) and companions[index] is not None


def _without(key: str, value: Json, clean: dict[str, Any] | None) -> dict[str, Any]:
    """A copy of ``value`` to change, made once, without ``key``."""
    made = dict(value) if clean is None else clean
    made.pop(key, None)
    return made


def _wanted(kinds: type | tuple[type, ...]) -> str:
    """The kind of JSON value that a primitive is written as."""
    return {bool: "boolean", str: "string"}.get(kinds, "number") if isinstance(kinds, type) else "number"


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
