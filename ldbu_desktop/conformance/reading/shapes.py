"""How a FHIR type is written as JSON: which properties, of which types, alone or in an array."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from ldbu_desktop.conformance.reading.primitives import FORMS
from ldbu_desktop.standard.profiles import Definitions, Element, Profile

PRIMITIVES: Final = frozenset(FORMS)
_BACKBONES: Final = frozenset({"BackboneElement", "Element"})


@dataclass(slots=True)
class Property:
    """A property of a type. ``name`` is the element's, ``label`` the FHIRPath step, ``backbone`` the path of a part.

    ``choice`` is the common part of the names of an element with a choice of types, else nothing. ``is_primitive``:
    it is written as a JSON scalar; ``is_resource``: it holds a whole resource. ``plan`` keeps how it is checked.
    """

    name: str
    label: str
    type: str
    is_list: bool
    choice: str = ""
    backbone: str = ""
    is_primitive: bool = False
    is_resource: bool = False
    plan: Any = None

    def __post_init__(self) -> None:
        self.is_primitive = self.type in PRIMITIVES
        self.is_resource = self.type == "Resource"


@dataclass(slots=True)
class TypeShape:
    """The properties of a type, or of a part of one, by JSON key."""

    path: str
    fields: dict[str, Property] = field(default_factory=dict)
    is_resource: bool = False


class TypeShapes:
    """The shapes of all types, made when they are first asked for."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._shapes: dict[str, TypeShape | None] = {}

    def shape(self, path: str) -> TypeShape | None:
        """The shape of a type (``Period``) or of a part of one (``Bundle.entry``); None where there is none."""
        if path not in self._shapes:
            self._shapes[path] = self._made(path)
        return self._shapes[path]

    def _made(self, path: str) -> TypeShape | None:
        profile = self._definitions.fhir_type(path.partition(".")[0])
        if (
            profile is None
            or profile.is_constraint
            or (profile.is_abstract and "." not in path and path not in _BACKBONES)
        ):
            return None
        made = TypeShape(path, is_resource=profile.kind == "resource" and "." not in path)
        for element in _children(profile, path):
            for one in _fields(profile, element):
                made.fields[one[0]] = one[1]
        return made


def _children(profile: Profile, path: str) -> Iterator[Element]:
    prefix = f"{path}."
    for element in profile.elements:
        if element.path.startswith(prefix) and "." not in element.path[len(prefix) :]:
            yield element


def _fields(profile: Profile, element: Element) -> Iterator[tuple[str, Property]]:
    name = element.path.rpartition(".")[2]
    is_list = element.max != 1
    if name.endswith("[x]"):
        stem = name.removesuffix("[x]")
        for one in element.types:
            label = f"{stem}.ofType({one.code})"
            yield stem + one.code[0].upper() + one.code[1:], Property(name, label, one.code, is_list, choice=stem)
    elif element.content:
        yield name, Property(name, name, "", is_list, backbone=element.content)
    else:
        code = element.types[0].code if element.types else ""
        backbone = element.path if code in _BACKBONES and _has_parts(profile, element.path) else ""
        yield name, Property(name, name, code, is_list, backbone=backbone)


def _has_parts(profile: Profile, path: str) -> bool:
    return any(one.path.startswith(f"{path}.") for one in profile.elements)
