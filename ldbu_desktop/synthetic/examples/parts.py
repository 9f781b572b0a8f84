"""What a profile says of the elements of a resource, as parts that hold parts: through data types and slices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ldbu_desktop.conformance.reading.primitives import FORMS
from ldbu_desktop.standard.profiles import Definitions, Element, Profile, TypeRef

_BACKBONES: Final = ("BackboneElement", "Element")
CHOICE: Final = "[x]"


@dataclass(frozen=True, slots=True)
class Part:
    """An element at a place in a resource.

    ``address`` tells the way to it, with names of slices; ``base`` is the path by which FHIR itself defines it;
    ``one_of`` are the types that it may have.
    """

    address: str
    base: str
    profile: Profile
    element: Element

    @property
    def name(self) -> str:
        """The element's name; of a choice of types it ends in ``[x]``."""
        return self.element.path.rpartition(".")[2]

    @property
    def one_of(self) -> tuple[TypeRef, ...]:
        """The types that it may have."""
        return self.element.types

    @property
    def most(self) -> int:
        """How often it may stand; -1 where nothing limits it."""
        return self.element.max


@dataclass(frozen=True, slots=True)
class PartGroup:
    """The parts of one name: the element itself and its slices."""

    general: Part
    slices: tuple[Part, ...]
    is_list: bool

    @property
    def all(self) -> tuple[Part, ...]:
        """Slices first: what is in none of them comes after them."""
        return (*self.slices, self.general)


class Parts:
    """The parts of profiles, looked up in their definitions."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._below: dict[str, dict[str, list[Element]]] = {}

    def root(self, profile: Profile, address: str = "") -> Part:
        """A resource or data type as a whole."""
        return Part(address or profile.type, profile.type, profile, profile.elements[0])

    def groups(self, part: Part, of_type: TypeRef | None = None) -> Iterator[PartGroup]:
        """What is in a part that has a type; those that may not stand are left out."""
        profile, elements, base = self._inside(part, of_type)
        by_name: dict[str, list[Element]] = {}
        for element in elements:
            by_name.setdefault(element.path.rpartition(".")[2], []).append(element)
        for name, (first, *others) in by_name.items():
            if first.max == 0:
                continue
            at = f"{base}.{name}"
            parts = [
                Part(f"{part.address}.{element.key.rpartition('.')[2]}", at, profile, element)
                for element in (first, *others)
            ]
            slices = tuple(one for one in parts[1:] if one.most != 0 and "/" not in one.element.slice_name)
            yield PartGroup(parts[0], slices, self._is_list(at, first))

    def _inside(self, part: Part, of_type: TypeRef | None) -> tuple[Profile, Sequence[Element], str]:
        """The profile that tells what is in a part, the elements there, and the path that FHIR has for it."""
        element = part.element
        if element.content:
            path = element.content.partition("#")[2]
            return part.profile, self._children(part.profile).get(path, ()), path
        code = of_type.code if of_type is not None else part.profile.type
        is_backbone = code in _BACKBONES or of_type is None
        own = self._children(part.profile).get(element.key, ())
        if own:
            return part.profile, own, part.base if is_backbone else code
        url = of_type.profiles[0] if of_type is not None and of_type.profiles else ""
        profile = self._definitions.profile(url) if url else self._definitions.fhir_type(code)
        if profile is None:
            return part.profile, (), code
        return profile, self._children(profile).get(profile.elements[0].key, ()), code

    def _children(self, profile: Profile) -> dict[str, list[Element]]:
        """The elements of a profile by the key of the one that they are in."""
        known = self._below.get(profile.url)
        if known is None:
            known = self._below[profile.url] = {}
            for element in profile.elements[1:]:
                known.setdefault(element.key.rpartition(".")[0], []).append(element)
        return known

    def _is_list(self, base: str, element: Element) -> bool:
        """Whether FHIR writes an element as an array, however often a profile lets it stand."""
        defined = self._definitions.fhir_type(base.partition(".")[0])
        known = next((one for one in defined.elements if one.path == base), element) if defined else element
        return known.max != 1


def is_primitive(code: str) -> bool:
    """Whether a type is written as a single value."""
    return code in FORMS


def json_name(part: Part, code: str) -> str:
    """The name under which a part of a type is written."""
    return part.name.removesuffix(CHOICE) + code[:1].upper() + code[1:] if part.name.endswith(CHOICE) else part.name
