"""What differs between two tellings of a resource, field by field.

A field is a path in the resource without indexes, since the order in lists is nobody's news: an extension is known by
its URL and an answered item by its link id (``item:5.answer.valueInteger``). A coding, quantity, identifier or
reference is one value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ldbu_desktop.deliveries.content import content, in_one_form, plain

Json = Mapping[str, Any]

_ONE_VALUE: Final = frozenset(
    ("system", "code", "value", "unit", "reference", "use", "version", "userSelected", "type")
)
_KNOWN_BY: Final = ("url", "linkId")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field whose values differ: those of the one telling that the other lacks, and the other way round."""

    path: str
    before: tuple[Any, ...]
    after: tuple[Any, ...]


def comparable(resource: Json) -> dict[str, Any]:
    """All that a resource says: its content, its status and the profiles it names, each in one form."""
    told = content(resource)
    told |= {name: resource[name] for name in ("status", "active") if name in resource}
    meta = resource.get("meta")
    if isinstance(meta, Mapping) and "profile" in meta:
        told["meta"] = {"profile": plain(meta["profile"])}
    return told


def field_changes(before: Json, after: Json) -> tuple[FieldChange, ...]:
    """The fields in which two tellings differ, in the order of their paths."""
    was, now = _fields(before), _fields(after)
    found = []
    for path in sorted({*was, *now}):
        old, new = was.get(path, []), now.get(path, [])
        gone, come = _without(old, new), _without(new, old)
        if gone or come:
            found.append(FieldChange(path, gone, come))
    return tuple(found)


def _fields(resource: Json) -> dict[str, list[Any]]:
    fields: dict[str, list[Any]] = {}
    for path, value in _values(resource, ""):
        fields.setdefault(path, []).append(value)
    return fields


def _values(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from _values(one, path)
    elif isinstance(value, Mapping) and not _is_one_value(value):
        known_by = next((str(value[name]) for name in _KNOWN_BY if isinstance(value.get(name), str)), "")
        place = f"{path}:{known_by}" if known_by else path
        inner = {name: one for name, one in value.items() if not (known_by and name in _KNOWN_BY)}
        if known_by and not inner:
            yield place, True
        for name, one in inner.items():
            yield from _values(one, _within(place, name))
    else:
        yield path, value


def _within(path: str, name: str) -> str:
    """The path of a member; a concept's codings and a reference's identifier stand for it."""
    if not path:
        return name
    return path if name == "coding" else f"{path}.{name}"


def _is_one_value(value: Mapping[str, Any]) -> bool:
    return value.keys() <= _ONE_VALUE and not any(isinstance(one, list | Mapping) for one in value.values())


def _without(values: list[Any], others: list[Any]) -> tuple[Any, ...]:
    """The values that are not among the others, each as often as it is left over."""
    left = [in_one_form(one) for one in others]
    found = []
    for value in values:
        said = in_one_form(value)
        if said in left:
            left.remove(said)
        else:
            found.append(value)
    return tuple(found)
