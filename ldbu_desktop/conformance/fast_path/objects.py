"""Tests of objects that are certainly right: by their keys, and by the types and definitions of what is below these.

A test may say no to what conforms, never yes to what does not. Each is made once, where a value of its kind is first
met. What few values make up (codes, units, profiles) is tried with the checker itself, and remembered by its text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TypeVar

from ldbu_desktop.conformance.checks.extensions import definition_of_extension
from ldbu_desktop.conformance.checks.objects import ObjectChecker
from ldbu_desktop.conformance.checks.references import may_lead_to
from ldbu_desktop.conformance.checks.run import EntryScope, Run
from ldbu_desktop.conformance.fast_path.values import (
    Test,
    all_of,
    anything,
    fits,
    has_required,
    has_usable_system,
    invariants_of,
    is_bound,
    is_settled,
    nothing,
    of_id_or_resource,
    of_primitive,
    packed,
    says_nothing_of_its_data,
    slices_of,
)
from ldbu_desktop.conformance.invariants.registry import Invariant, Surroundings
from ldbu_desktop.conformance.profiles.plans import Slot
from ldbu_desktop.conformance.profiles.trees import ElementNode, ElementSlices, has_effect
from ldbu_desktop.conformance.reading.places import Place, json_path
from ldbu_desktop.conformance.reading.shapes import Property
from ldbu_desktop.standard.profiles import FHIR_TYPES, UNBOUNDED

Remembered = TypeVar("Remembered", bytes, str)
_RECURRING: Final = frozenset({"CodeableConcept", "Coding", "Meta", "Quantity"})
MOST_REMEMBERED: Final = 10_000
MOST_FORMS: Final = 1_000
_DEEPEST: Final = 20


class ObjectTests:
    """Makes the tests of one version of the standard."""

    def __init__(self, checker: ObjectChecker) -> None:
        self._checker = checker
        self._profiles = checker.profiles

    def of_object(self, path: str, nodes: tuple[ElementNode, ...], place: Place) -> Test:
        """The test of an object: its keys are judged once for all objects that have the same, then only its values."""
        known: dict[tuple[str, ...], _Form] = {}

        def is_ordinary(value: Any, around: Surroundings) -> bool:
            if value.__class__ is not dict:
                return False
            keys = tuple(value)
            form = known.get(keys)
            if form is None:
                form = self._form(path, nodes, keys, place)
                if form is None:
                    return False
                if len(known) >= MOST_FORMS:
                    known.clear()
                known[keys] = form
            tests, invariants = form
            for key, test in tests:
                if not test(value[key], around):
                    return False
            for holds in invariants:  # noqa: SIM110 - asked so often that a generator would be felt
                if not holds(value, around):
                    return False
            return True

        return is_ordinary

    def _form(self, path: str, nodes: tuple[ElementNode, ...], keys: tuple[str, ...], place: Place) -> _Form | None:
        """How the values below ``keys`` are tested; None where these keys are not certainly right together."""
        shape = self._profiles.shapes.shape(path)
        if shape is None or not keys:
            return None
        tests: list[tuple[str, Test]] = []
        choices: set[str] = set()
        for key in keys:
            if key == "resourceType" and shape.is_resource:
                continue
            field = shape.fields.get(key)
            if field is None or field.choice in choices:
                return None
            choices.update([field.choice] if field.choice else [])
            test = self._of_field(field, key, nodes, place)
            if test is not anything:
                tests.append((key, test))
        if any(node.unknown or not has_required(node, keys) for node in nodes):
            return None
        return tuple(tests), invariants_of(nodes, keys)

    def _of_field(self, field: Property, key: str, nodes: tuple[ElementNode, ...], place: Place) -> Test:
        found = [group for node in nodes if (group := node.groups.get(field.name)) is not None]
        if field.name == "id" or field.is_resource:
            return of_id_or_resource(field.name, found, place)
        groups = tuple(one for one in found if has_effect(one, field.type, is_list=field.is_list))
        if any(one.node.element.max == 0 or (one.is_closed and not one.slices) for one in groups):
            return nothing
        step = Place(place, field.label, key, 0 if field.is_list else None)
        if field.type in _RECURRING or (field.is_primitive and field.is_list):
            return self._remembered(Slot(key, field, groups), key, step)
        if field.is_list:
            return self._of_list(field, groups, step)
        applied = [one.node for one in groups]
        for group in groups:
            slices = slices_of(group, field.type)
            if slices is None:
                return nothing
            applied.extend(slices)
        if field.is_primitive and any(map(is_bound, applied)):
            return self._recalled(Slot(key, field, groups), key, step)
        return self._of_one(field, applied, step)

    def _of_one(self, field: Property, nodes: list[ElementNode], step: Place) -> Test:
        """One value by its type and by the definitions that apply to it."""
        if any(one.unknown or not fits(one, field.type) for one in nodes):
            return nothing
        if field.is_primitive:
            return of_primitive(field.type, nodes)
        if field.type == "Reference":
            return self._of_reference(field, nodes, step)
        if field.type == "Extension":
            return self._of_extension(nodes, step)
        return self._of_parts(field, nodes, step)

    def _of_parts(self, field: Property, nodes: list[ElementNode], step: Place) -> Test:
        """An object by its type, its definitions, and the profiles of the type that these ask for."""
        if len(json_path(step)) > _DEEPEST or any(one.element.fixed or one.element.pattern for one in nodes):
            return nothing
        tree = self._profiles.trees.tree(FHIR_TYPES + field.type) if not field.backbone else None
        every = [*([tree] if tree is not None else []), *nodes, *self._type_profiles(field.type, nodes)]
        tests = [self.of_object(field.backbone or field.type, tuple(every), step)]
        tests.extend(_OF_THE_WHOLE.get(field.type, ()))
        return all_of(tests)

    def _type_profiles(self, kind: str, nodes: Iterable[ElementNode]) -> list[ElementNode]:
        found: list[ElementNode] = []
        for one in (one for node in nodes for one in node.element.types if one.code == kind and node.has_type_profiles):
            trees = [tree for url in one.profiles if (tree := self._profiles.trees.tree(url)) is not None]
            found.extend(trees if len(trees) == 1 else [])
        return found

    def _of_list(self, field: Property, groups: tuple[ElementSlices, ...], step: Place) -> Test:
        each = self._of_one(field, [one.node for one in groups], step)
        highest = min((one.node.element.max for one in groups if one.node.element.max != UNBOUNDED), default=None)
        sliced = [self._of_slices(field, one, step) for one in groups if one.slices]

        def are_ordinary(values: Any, around: Surroundings) -> bool:
            if values.__class__ is not list or not values or (highest is not None and len(values) > highest):
                return False
            for value in values:
                if not each(value, around):
                    return False
            return all(test(values, around) for test in sliced) if sliced else True

        return are_ordinary

    def _of_slices(self, field: Property, group: ElementSlices, step: Place) -> Test:
        slices = [(is_of, node.element, self._of_one(field, [node], step)) for is_of, node in group.slices]
        kind = field.type

        def are_ordinary(values: Any, around: Surroundings) -> bool:
            counts = [0] * len(slices)
            for value in values:
                matched: Test = nothing if group.is_closed else anything
                for number, (is_of, _, test) in enumerate(slices):
                    if is_of(value, kind):
                        counts[number] += 1
                        matched = test
                if not matched(value, around):
                    return False
            return all(
                one.min <= count and (one.max == UNBOUNDED or count <= one.max)
                for count, (_, one, _) in zip(counts, slices, strict=True)
            )

        return are_ordinary

    def _of_reference(self, field: Property, nodes: list[ElementNode], step: Place) -> Test:
        """A plain reference to an entry of an allowed type; one by an identifier alone is tried and remembered."""
        other = self._remembered(
            Slot(step.key, field, tuple(ElementSlices(field.name, one) for one in nodes)), step.key, step
        )
        allowed: set[str] = set()
        is_plain = not any(one.groups or one.invariants for one in nodes)

        def is_ordinary(value: Any, around: Surroundings) -> bool:
            if value.__class__ is not dict:
                return False
            reference = value.get("reference")
            if reference is None:
                return "reference" not in value and other(value, around)
            if not is_plain or len(value) != 1 or reference.__class__ is not str or reference.count("/") != 1:
                return False
            kind = around.kinds.get(around.base + reference, "")
            if kind and kind not in allowed and all(may_lead_to(self._profiles, one, kind) for one in nodes):
                allowed.add(kind)
            return kind in allowed

        return is_ordinary

    def _of_extension(self, nodes: list[ElementNode], step: Place) -> Test:
        """An extension with a value, by the definition that its URL names; where it stands is judged once."""
        tree = self._profiles.trees.tree(f"{FHIR_TYPES}Extension")
        own = [*([tree] if tree is not None else []), *nodes]
        known: dict[tuple[str, ...], Test] = {}

        def is_ordinary(value: Any, around: Surroundings) -> bool:
            if value.__class__ is not dict or len(value) != 2 or value.get("url").__class__ is not str:
                return False
            key = (value["url"], *value)
            test = known.get(key)
            if test is None:
                trial = self._trial(step)
                definition = definition_of_extension(self._checker.values, value, step, trial)
                if trial.problems:
                    return False
                if len(known) >= MOST_FORMS:
                    known.clear()
                every = (*own, definition) if definition is not None else tuple(own)
                test = known[key] = self.of_object("Extension", every, step)
            return test(value, around)

        return is_ordinary

    def _remembered(self, slot: Slot, key: str, step: Place) -> Test:
        """Values that recur whatever the report, by their text."""
        known: set[bytes] = set()
        are_settled = all(map(is_settled, slot.groups))

        def is_ordinary(value: Any, _: Surroundings) -> bool:
            text = packed(value)
            if text in known:
                return True
            is_plain = text and not any(one in text for one in _OF_ITS_PLACE)
            if not are_settled or not is_plain or not self._is_faultless(slot, key, value, step):
                return False
            _remember(known, text)
            return True

        return is_ordinary

    def _recalled(self, slot: Slot, key: str, step: Place) -> Test:
        """Codes and the like, by themselves."""
        known: set[str] = set()
        are_settled = all(is_settled(one) and not one.node.invariants for one in slot.groups)

        def is_ordinary(value: Any, _: Surroundings) -> bool:
            if value.__class__ is not str:
                return False
            if value in known:
                return True
            if not (value and are_settled and self._is_faultless(slot, key, value, step)):
                return False
            _remember(known, value)
            return True

        return is_ordinary

    def _is_faultless(self, slot: Slot, key: str, value: Any, step: Place) -> bool:
        """What the checker says of the value of a key, where nothing around it matters."""
        trial = self._trial(step)
        self._checker.check_slot(slot, key, value, {key: value}, step.parent or step, trial)
        return not (trial.problems or trial.is_broken or trial.ids)

    @staticmethod
    def _trial(step: Place) -> Run:
        """A run for trying a value by itself, at a place in a resource of the type that its top is labelled with."""
        top = step
        while top.parent is not None:
            top = top.parent
        run = Run({"resourceType": top.label})
        run.scope = EntryScope(resource=run.root, resource_place=top)
        return run


_OF_ITS_PLACE: Final = (b'"extension"', b'"id"', b'"reference"', b'"security"')
"""Keys by which a value is judged by what stands around it."""

_OF_THE_WHOLE: Final = {"Attachment": (says_nothing_of_its_data,), "Identifier": (has_usable_system,)}
"""Tests of types that are judged by more than their elements."""

_Form = tuple[tuple[tuple[str, Test], ...], tuple[Invariant, ...]]
"""The tests of the values below keys, and the invariants that objects with just these keys must be asked for."""


def _remember(known: set[Remembered], value: Remembered) -> None:
    if len(known) >= MOST_REMEMBERED:
        known.clear()
    known.add(value)
