"""What a value that was read says beyond the one that we would build, so that writing it again says the same.

A difference is plain data, and None where there is none:

- ``{"is": …, "was": …}``: the value that was read, and the one that was built then. It is laid over what is built now
  only where that is still the same: an edit always shows. Without ``was`` it is added, without ``is`` left out.
- ``{"in": {key: difference}, "order": [key …]}``: within an object.
- ``{"slots": [[index, difference] …], "was": […]}``: within a list; the index counts in the list that was built, and is
  None for an element that only the list that was read has.

Codings, concepts, quantities, identifiers and references are one value each: when a code is edited, a text or another
coding beside the old one must not stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

ReportDifference = Mapping[str, Any]

_ABSENT: Final = object()
_CHOICES: Final = ("value", "effective")
"""Elements that FHIR has once, under one of several names."""


def difference(read: Any, built: Any) -> ReportDifference | None:
    """What turns ``built`` into ``read``, keys in the same order; both are JSON values."""
    if _same(read, built):
        return None
    if isinstance(read, dict) and isinstance(built, dict) and not _is_one_value(built):
        return _within_object(read, built)
    if isinstance(read, list) and isinstance(built, list):
        return _within_list(read, built)
    return {"is": read, "was": built}


def laid_over(found: ReportDifference | None, built: Any) -> Any:
    """``built`` with ``found`` laid over it, wherever it is still what it was when the difference was made."""
    return built if found is None else _laid(found, built)


def _is_one_value(built: Mapping[str, Any]) -> bool:
    return "coding" in built or "system" in built or "reference" in built


def _same(one: Any, other: Any) -> bool:
    """The same JSON value with keys in the same order; ``true`` is not ``1``.

    How Python tells JSON values says their types and the order of keys too, and is by far the quickest walk over them.
    """
    return one is other or repr(one) == repr(other)


def _within_object(read: Mapping[str, Any], built: Mapping[str, Any]) -> ReportDifference:
    inside: dict[str, Any] = {}
    for key, value in read.items():
        found = difference(value, built[key]) if key in built else {"is": value}
        if found is not None:
            inside[key] = found
    inside.update({key: {"was": value} for key, value in built.items() if key not in read})
    if list(read) != list(built):
        return {"in": inside, "order": list(read)}
    return {"in": inside}


def _within_list(read: Sequence[Any], built: Sequence[Any]) -> ReportDifference:
    partners = _partners(read, built)
    slots: list[list[Any]] = []
    for value, index in zip(read, partners, strict=True):
        slots.append([None, value] if index is None else [index, difference(value, built[index])])
    return {"slots": slots, "was": list(built)}


def _partners(values: Sequence[Any], others: Sequence[Any], *, by_place: bool = True) -> list[int | None]:
    """For each value the index of its partner in ``others``: an equal one, one of its name, or one in its place."""
    free = dict.fromkeys(range(len(others)))
    found: list[int | None] = [None] * len(values)

    def take(fits: Any) -> None:
        for place, value in enumerate(values):
            if found[place] is None:
                found[place] = next((index for index in free if fits(place, value, index, others[index])), None)
                free.pop(found[place], None)  # type: ignore[arg-type]

    take(lambda place, value, index, other: _same(value, other))
    take(lambda place, value, index, other: _name(value) is not None and _name(value) == _name(other))
    if by_place:
        take(lambda place, value, index, other: place == index and type(value) is type(other))
    return found


def _name(value: Any) -> Any:
    """What an element of a list is known by, where it is known by anything."""
    return (value.get("url") or value.get("linkId")) if isinstance(value, dict) else None


def _laid(found: ReportDifference, built: Any) -> Any:
    if "in" in found:
        return _laid_on_object(found, built) if isinstance(built, dict) else built
    if "slots" in found:
        return _laid_on_list(found, built) if isinstance(built, list) else built
    if "was" not in found:
        return found["is"] if built is _ABSENT else built
    return found.get("is", _ABSENT) if built is not _ABSENT and _same(built, found["was"]) else built


def _laid_on_object(found: ReportDifference, built: Mapping[str, Any]) -> dict[str, Any]:
    laid = dict(built)
    order = found.get("order", ())
    new = [key for key in built if key not in order and key not in found["in"]] if order else []
    for key, inner in found["in"].items():
        if "in" not in inner and "was" not in inner and any(_is_other_choice(key, other) for other in new):
            continue
        value = _laid(inner, laid.get(key, _ABSENT))
        if value is _ABSENT:
            laid.pop(key, None)
        else:
            laid[key] = value
    return {key: laid[key] for key in dict.fromkeys((*order, *laid)) if key in laid}


def _is_other_choice(key: str, other: str) -> bool:
    """Whether both are the same element under two names: ``valueString`` and ``valueQuantity``."""
    return any(key.startswith(choice) and other.startswith(choice) for choice in _CHOICES)


def _laid_on_list(found: ReportDifference, built: Sequence[Any]) -> list[Any]:
    was: Sequence[Any] = found["was"]
    places = _partners(was, built, by_place=len(was) == len(built))
    laid: list[Any] = []
    for index, inner in found["slots"]:
        if index is None:
            laid.append(inner)
        elif (place := places[index]) is not None:
            laid.append(laid_over(inner, built[place]))
    told = {places[index] for index, _ in found["slots"] if index is not None}
    dropped = {
        place for place, value in zip(places, was, strict=True) if place is not None and _same(built[place], value)
    }
    return [*laid, *(value for place, value in enumerate(built) if place not in told | dropped)]
