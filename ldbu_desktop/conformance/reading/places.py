"""Where in a document something is: a chain from the place to the top, cheap to make, spelt out only for findings."""

from __future__ import annotations

from typing import Final, NamedTuple

from ldbu_desktop.json_text import JsonPath


class Place(NamedTuple):
    """A step from ``parent``: ``label`` as FHIRPath spells it, ``key`` as JSON does, ``number`` where it repeats.

    ``written`` is the place in the JSON array where that differs, since what is malformed before it does not count.
    """

    parent: Place | None
    label: str
    key: str
    number: int | None
    written: int | None = None


def top(resource_type: str) -> Place:
    """The place of the whole document."""
    return Place(None, resource_type, "", None)


def fhir_path(place: Place, *, is_as_written: bool = False) -> str:
    """The place as FHIRPath: ``Bundle.entry[3].resource.value.ofType(Quantity)``.

    ``is_as_written``: with the numbers of the JSON arrays, where what is malformed counts too.
    """
    parts: list[str] = []
    here: Place | None = place
    while here is not None:
        number = here.written if is_as_written and here.written is not None else here.number
        parts.append(here.label if number is None else f"{here.label}[{number}]")
        here = here.parent
    return ".".join(reversed(parts))


def json_path(place: Place) -> JsonPath:
    """The place as keys and indexes from the top of the JSON document."""
    parts: list[str | int] = []
    here: Place | None = place
    while here is not None and here.key:
        if here.number is not None:
            parts.append(here.number if here.written is None else here.written)
        parts.append(here.key)
        here = here.parent
    return tuple(reversed(parts))


def entry_of(place: Place) -> Place | None:
    """The resource of a bundle entry that the place is within, the outermost one; None outside all."""
    found: Place | None = None
    here: Place | None = place
    while here is not None:
        if here.key == "resource" and here.parent is not None and here.parent.key == "entry":
            found = here
        here = here.parent
    return found


NOWHERE: Final = top("Bundle")
"""The top of a document that could not be read."""
