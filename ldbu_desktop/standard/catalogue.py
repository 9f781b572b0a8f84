"""The catalogue that ships: read strictly from ``resources/standard`` into the typed model."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.faults import CatalogueFault
from ldbu_desktop.standard.model import Standard


@cache
def shipped_standard() -> Standard:
    """The standard that ships with the program, read once."""
    return read_standard(resource("standard"))


def read_standard(folder: Path) -> Standard:
    """Read a catalogue folder: one JSON file for each field of :class:`Standard`.

    Raises :class:`CatalogueFault` that names file and line for an unknown key, a wrong type, a duplicate or a
    reference to something that does not exist.
    """
    parts = {}
    for field in msgspec.structs.fields(Standard):
        path = folder / f"{field.name}.json"
        try:
            parts[field.name] = msgspec.json.decode(path.read_bytes(), type=field.type)
        except msgspec.DecodeError as error:
            raise CatalogueFault("catalogue-unreadable", file=path.name, why=str(error)) from error
    return Standard(**parts)
