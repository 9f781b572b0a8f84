"""A resource by a profile, with as much in it as is wanted: what it must have, and what was added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import NAMESPACE_URL

from ldbu_desktop.bundles.identity import name_id
from ldbu_desktop.standard.profiles import ANY_RESOURCE, FHIR_TYPES, Binding, Definitions, Profile, TypeRef
from ldbu_desktop.synthetic.examples.parts import Part, PartGroup, Parts, is_primitive, json_name
from ldbu_desktop.synthetic.examples.values import Code, Codes, ExampleValues

_DEEPEST: Final = 6
_BOUND: Final = ("code", "uri")
_CODED: Final = frozenset(("CodeableConcept", "Coding", "Quantity", "SimpleQuantity", "Duration", "Age"))


@dataclass(slots=True)
class Wanted:
    """What is wanted in an example, by addresses: how often an element stands, which of the values at its limit it has
    (counted from 0), and which of its types or codes it is (counted from 0)."""

    counts: dict[str, int] = field(default_factory=dict)
    edges: dict[str, int] = field(default_factory=dict)
    picks: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Made:
    """An example with what more could be in it: the groups that were looked into, by the addresses of their parts, and
    the simple values with how many others there are at the limit."""

    resource: dict[str, Any]
    groups: dict[str, PartGroup]
    limits: dict[str, int]
    choices: dict[str, int]


def example_id(url: str) -> str:
    """The id of the example of a profile."""
    return name_id(_SPACE, url)


_SPACE: Final = bytes.fromhex(NAMESPACE_URL.hex)


class ResourceMaker:
    """Makes resources of one profile."""

    def __init__(self, definitions: Definitions, values: ExampleValues) -> None:
        self._definitions = definitions
        self._values = values
        self._codes = Codes(definitions)
        self._parts = Parts(definitions)

    def made(self, profile: Profile, wanted: Wanted) -> Made:
        """The resource with what is wanted in it."""
        making = _Making(self._definitions, self._parts, self._codes, self._values, wanted)
        told = making.object(self._parts.root(profile), None, None)
        own = {"resourceType": profile.type, "id": example_id(profile.url), "meta": {"profile": [profile.url]}}
        return Made(own | {name: one for name, one in told.items() if name != "meta"}, *making.seen)


class _Making:
    def __init__(
        self, definitions: Definitions, parts: Parts, codes: Codes, values: ExampleValues, wanted: Wanted
    ) -> None:
        self._definitions = definitions
        self._parts = parts
        self._codes = codes
        self._values = values
        self._wanted = wanted
        self._groups: dict[str, PartGroup] = {}
        self._limits: dict[str, int] = {}
        self._choices: dict[str, int] = {}

    @property
    def seen(self) -> tuple[dict[str, PartGroup], dict[str, int], dict[str, int]]:
        """The groups, limits and choices that were met."""
        return self._groups, self._limits, self._choices

    def object(self, part: Part, of_type: TypeRef | None, coded: Code | None) -> dict[str, Any]:
        """What is in a part that holds others."""
        made: dict[str, Any] = {}
        leading = self._values.leading.get(of_type.code, ()) if of_type is not None else ()
        for group in self._parts.groups(part, of_type):
            items = [
                (json_name(one, told.code), value)
                for one in group.all
                for number in range(self._count(one, group, leading))
                for told, value in (self._one(one, number, coded),)
            ]
            for one in group.all:
                self._note(one, group)
            for name, value in items:
                if group.is_list:
                    made.setdefault(name, []).append(value)
                else:
                    made.setdefault(name, value)
        return made

    def _count(self, one: Part, group: PartGroup, leading: Sequence[str]) -> int:
        if one is not group.general:
            return self._wanted.counts.get(one.address, one.element.min)
        of_slices = sum(self._wanted.counts.get(each.address, each.element.min) for each in group.slices)
        least = 1 if one.name in leading else one.element.min
        return self._wanted.counts.get(one.address, max(0, least - of_slices))

    def _note(self, one: Part, group: PartGroup) -> None:
        is_free = one is group.general and self._values.left_out >= {one.name}
        if not is_free and one.address.count(".") < _DEEPEST:
            self._groups[one.address] = group

    def _one(self, part: Part, number: int, coded: Code | None) -> tuple[TypeRef, Any]:
        """One value of a part, with the type that it has; ``coded`` is the code that it is part of."""
        types = part.one_of or (TypeRef("BackboneElement"),)
        self._choices.setdefault(part.address, len(types))
        of_type = types[min(self._wanted.picks.get(part.address, 0), len(types) - 1)]
        given = part.element.fixed or part.element.pattern
        if part.element.fixed is not None:
            return of_type, part.element.fixed.value
        if is_primitive(of_type.code):
            return of_type, given.value if given is not None else self._simple(part, of_type, number, coded)
        own = self._coded(part, of_type, number, coded)
        made = self.object(part, of_type, own)
        if "reference" in made:
            made["reference"] = self._reference(part, of_type)
            if "type" in made:
                made["type"] = made["reference"].partition("/")[0]
        return of_type, merged(given.value, made) if given is not None else made

    def _reference(self, part: Part, of_type: TypeRef) -> str:
        """The address of the example of a profile that may be referred to."""
        self._choices[f"{part.address}#target"] = len(of_type.targets)
        targets = of_type.targets or (ANY_RESOURCE,)
        target = targets[min(self._wanted.picks.get(f"{part.address}#target", 0), len(targets) - 1)]
        if target == ANY_RESOURCE:
            target = f"{FHIR_TYPES}Patient"
        profile = self._definitions.profile(target)
        return f"{profile.type if profile is not None else target.rpartition('/')[2]}/{example_id(target)}"

    def _coded(self, part: Part, of_type: TypeRef, number: int, around: Code | None) -> Code | None:
        """The code that is told in a part, if one is."""
        if of_type.code not in _CODED:
            return None
        binding: Binding | None = part.element.binding
        allowed = self._codes.allowed(binding) if binding is not None else ()
        system = self._fixed_system(part, of_type)
        allowed = tuple(one for one in allowed if not system or one[0] == system)
        self._choices[f"{part.address}#code"] = len(allowed)
        if allowed:
            return allowed[(self._wanted.picks.get(f"{part.address}#code", 0) + number) % len(allowed)]
        if system:
            return system, self._codes.of_system(system) or self._values.usual["code"]
        return around

    def _fixed_system(self, part: Part, of_type: TypeRef) -> str:
        for group in self._parts.groups(part, of_type):
            if group.general.name == "system" and group.general.element.fixed is not None:
                return str(group.general.element.fixed.value)
        return ""

    def _simple(self, part: Part, of_type: TypeRef, number: int, coded: Code | None) -> Any:
        if coded is not None and part.name in ("system", "code"):
            return coded[part.name == "code"]
        element = part.element
        if of_type.code in _BOUND and element.binding is not None:
            allowed = self._codes.allowed(element.binding)
            self._choices[f"{part.address}#code"] = len(allowed)
            if allowed:
                return allowed[(self._wanted.picks.get(f"{part.address}#code", 0) + number) % len(allowed)][1]
        limits = self._values.at_edge(of_type.code, element)
        self._limits[part.address] = len(limits)
        at = self._wanted.edges.get(part.address)
        return self._values.simple(of_type.code, element) if at is None else limits[at]


def merged(given: Any, made: Any) -> Any:
    """What is made with what has to be there laid over it."""
    if isinstance(given, Mapping) and isinstance(made, Mapping):
        return {**made, **{name: merged(value, made.get(name)) for name, value in given.items()}}
    if isinstance(given, list) and isinstance(made, list):
        kept = [one for one in made if one not in given][len(given) :]
        return [merged(one, made[at] if at < len(made) else None) for at, one in enumerate(given)] + kept
    return given
