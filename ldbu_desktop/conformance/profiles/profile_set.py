"""The profiles of one version of the standard, ready to be checked by: as trees, with their shapes and terminology."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ldbu_desktop.conformance.profiles.terminology import Terminology
from ldbu_desktop.conformance.profiles.trees import ElementNode, Trees
from ldbu_desktop.conformance.reading.shapes import Property, TypeShapes
from ldbu_desktop.standard.profiles import Definitions


class ProfileSet:
    """Definitions with what is worked out from them, each when it is first asked for."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.terminology = Terminology(definitions)
        self.trees = Trees(definitions, self.terminology)
        self.shapes = TypeShapes(definitions)
        self._codes: dict[str, frozenset[str]] = {}

    def fields_of(self, node: ElementNode) -> dict[str, Property]:
        """The properties of the type that a node is of."""
        element = node.element
        path = element.content or element.path
        if "." not in element.path:
            path = node.profile.type
        elif element.types and element.types[0].code not in {"BackboneElement", "Element"}:
            path = element.types[0].code
        shape = self.shapes.shape(path)
        return shape.fields if shape is not None else {}

    def candidates(self, resource: Mapping[str, Any], urls: tuple[str, ...]) -> Iterator[ElementNode]:
        """The profiles that are known, those first whose codes the resource has."""
        concept = resource.get("code")
        codings = concept.get("coding") if isinstance(concept, dict) else None
        own = {one.get("code") for one in codings if isinstance(one, dict)} if isinstance(codings, list) else set()
        ordered = sorted(urls, key=lambda url: own.isdisjoint(self._codes_of(url)))
        return (tree for url in ordered if (tree := self.trees.tree(url)) is not None)

    def _codes_of(self, url: str) -> frozenset[str]:
        """The codes that a profile's slices of ``code.coding`` have as patterns."""
        if url not in self._codes:
            profile = self.definitions.profile(url)
            elements = profile.elements if profile is not None else ()
            givens = [one.pattern or one.fixed for one in elements if one.path.endswith(".code.coding")]
            values = [given.value for given in givens if given is not None and isinstance(given.value, Mapping)]
            self._codes[url] = frozenset(str(value["code"]) for value in values if "code" in value)
        return self._codes[url]
