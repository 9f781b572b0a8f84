"""What a bundle holds before it is read: its entries with their type, id and place, and what is only kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from msgspec.structs import replace

from ldbu_desktop.bundles.elements import JsonElement
from ldbu_desktop.bundles.identity import RESOURCE_TYPE
from ldbu_desktop.bundles.read_elements import at, elements, raw
from ldbu_desktop.journal.model import Origin

_TYPES: Final = frozenset(RESOURCE_TYPE.values())
_RESOURCE: Final = re.compile(rb'(?<!\\)"resource"\s*:\s*\{')
"""The key before an object: after no backslash a quotation mark can only begin a name here, or the text is no JSON."""


@dataclass(frozen=True, slots=True)
class EntryPart:
    """An entry with a resource that the journal models; id and URL are empty where none stands."""

    index: int
    entry: JsonElement
    resource: JsonElement
    origin: Origin

    @property
    def resource_type(self) -> str:
        """The type of the resource."""
        return str(self.resource["resourceType"])

    @property
    def resource_id(self) -> str:
        """The id of the resource."""
        return _text(self.resource.get("id"))

    @property
    def full_url(self) -> str:
        """The entry's own URL."""
        return _text(self.entry.get("fullUrl"))


@dataclass(frozen=True, slots=True)
class BundlePart:
    """A bundle that may be a delivery report: its entries that are modelled, and the others by index."""

    bundle: JsonElement
    origin: Origin
    parts: tuple[EntryPart, ...]
    own: dict[int, Any]

    @property
    def bundle_id(self) -> str:
        """The bundle's id."""
        return _text(self.bundle.get("id"))

    @classmethod
    def of(cls, bundle: JsonElement, origin: Origin, lines: Iterator[int]) -> BundlePart:
        """The entries of ``bundle``; ``lines`` are those where the next resources stand."""
        parts: list[EntryPart] = []
        own: dict[int, Any] = {}
        for index, entry in enumerate(elements(bundle.get("entry"))):
            resource = at(entry, "resource")
            line = next(lines, origin.line) if isinstance(resource, dict) else origin.line
            if _text(at(resource, "resourceType")) in _TYPES:
                place = replace(origin, path=f"{origin.path}.entry[{index}].resource", line=line)
                parts.append(EntryPart(index, entry, resource, place))
            else:
                own[index] = entry
        return cls(bundle, origin, tuple(parts), own)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def is_bundle(value: Any) -> bool:
    """Whether ``value`` is a FHIR bundle."""
    return raw(at(value, "resourceType")) == "Bundle"


def resource_lines(data: bytes, first: int) -> Iterator[int]:
    """The line of every object that stands under the key ``resource``, in their order; ``first`` is the text's line.

    Nothing for a text of one line.
    """
    if b"\n" not in data:
        return
    line, counted = first, 0
    for found in _RESOURCE.finditer(data):
        line += data.count(b"\n", counted, found.end())
        counted = found.end()
        yield line
