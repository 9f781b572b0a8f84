"""The catalogue that ships: read strictly from ``resources/standard`` into the typed model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.faults import CatalogueFault
from ldbu_desktop.json_text import NOT_READABLE, positions
from ldbu_desktop.standard.consistency import Flaw, KeyPath, flaws
from ldbu_desktop.standard.model import ANY_OBSERVATION, OWN_PROFILES, Standard

# What msgspec says: the byte of malformed JSON, or the path of a value that does not fit, with the key it stumbled on.
_BYTE = re.compile(r"\(byte (\d+)\)")
_PATH = re.compile(r" - at `\$([^`]*)`")
_STEP = re.compile(r"\[(\d+)\]|\.([^.\[\]]+)")
_UNKNOWN_KEY = re.compile(r"unknown field `([^`]*)`")


@cache
def shipped_standard() -> Standard:
    """The standard that ships with the program, read once; tests hold it against its profiles."""
    return _read(resource("standard"))


def read_standard(folder: Path) -> Standard:
    """Read a catalogue folder: one JSON file for each part of :class:`Standard`, with its profiles beside it.

    Raises :class:`CatalogueFault` that names file and line for an unknown key, a wrong type, a duplicate, a reference
    to something that does not exist, and what the catalogue and its profiles say differently or the other lacks.
    """
    from ldbu_desktop.standard.profile_agreement import profile_flaws

    standard = _read(folder)
    _refuse(folder, profile_flaws(standard))
    return standard


def _read(folder: Path) -> Standard:
    parts: dict[str, Any] = {}
    for field in msgspec.structs.fields(Standard):
        if not field.required:
            continue
        data = _contents(folder / f"{field.name}.json")
        try:
            parts[field.name] = msgspec.json.decode(data.decode(), type=field.type)
        except NOT_READABLE as error:
            line = _line_of_error(data, error)
            raise CatalogueFault("catalogue-misfit", file=f"{field.name}.json", line=line, why=str(error)) from error
    header, names = parts["header"], [one.profile for one in parts["variables"] if one.profile != ANY_OBSERVATION]
    observed = {name: f"{header.profile_base}{name}" for name in names}
    parts["header"] = msgspec.structs.replace(header, profiles={**observed, **header.profiles})
    standard = Standard(**parts, folder=str(folder.resolve()))
    standard.profiles_file(OWN_PROFILES)
    _refuse(folder, flaws(standard))
    return standard


def _refuse(folder: Path, found: Iterator[Flaw]) -> None:
    """Raise the first flaw, if there is one."""
    for flaw in found:
        data = _contents(folder / f"{flaw.file}.json")
        raise CatalogueFault(flaw.key, file=f"{flaw.file}.json", line=_line(data, flaw.place), what=flaw.what)


def _contents(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CatalogueFault("catalogue-unreadable", file=path.name, why=str(error.strerror)) from error


def _line_of_error(data: bytes, error: Exception) -> int:
    if isinstance(error, UnicodeDecodeError):
        return data.count(b"\n", 0, error.start) + 1
    why = str(error)
    if not isinstance(error, msgspec.ValidationError):
        byte = _BYTE.search(why)
        return data.count(b"\n", 0, int(byte[1]) if byte else len(data)) + 1
    path = _PATH.search(why)
    place: KeyPath = tuple(int(number) if number else name for number, name in _STEP.findall(path[1] if path else ""))
    unknown = _UNKNOWN_KEY.search(why)
    return _line(data, (*place, unknown[1]) if unknown else place)


def _line(data: bytes, place: KeyPath) -> int:
    """The line, counted from 1, where the value at ``place`` begins; the last one on the way that is there."""
    # Only an object has positions, and most catalogue files are lists: so each is read as the value of one key.
    found = positions(b'{"_":' + data + b"}", [("_", *place[:steps]) for steps in range(len(place) + 1)])
    return found[max(found, key=len)][0]
