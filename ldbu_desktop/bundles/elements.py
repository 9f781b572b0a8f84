"""Parts that resources are made of: times, numbers, codings, references, identifiers; what is not there is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from ldbu_desktop.journal.dates import DANISH_TIME
from ldbu_desktop.journal.model import Entry, Moment
from ldbu_desktop.standard.model import Coding, Concept, Standard

JsonElement = dict[str, Any]


def present(**parts: Any) -> JsonElement:
    """An object of the parts that are there."""
    return {name: part for name, part in parts.items() if part or part not in _NOTHING}


_NOTHING: Final[tuple[object, ...]] = (None, {}, [])


def moment(value: Moment | None) -> str | None:
    """A day, or a point in time with its offset, as FHIR writes it."""
    if value is None:
        return None
    if not isinstance(value, datetime):
        return value.isoformat()
    if value.tzinfo is not DANISH_TIME and (value.tzinfo is UTC or value.tzname() == "UTC"):
        return value.replace(tzinfo=None).isoformat() + "Z"
    return value.isoformat()


def instant(value: datetime) -> str:
    """A point in time to the millisecond; none are written where it is a whole second."""
    written = str(moment(value.replace(microsecond=value.microsecond // 1000 * 1000)))
    return written.replace("000Z", "Z").replace("000+", "+") if "." in written else written


def instant_of(entry: Entry[Moment]) -> str:
    """A point in time that was read; empty where there is none."""
    return instant(entry.value) if isinstance(entry.value, datetime) else ""


def period(start: Moment | None, end: Moment | None) -> JsonElement:
    """A period. Both ends get the same precision: a day beside a time can't be compared."""
    if start is not None and end is not None and isinstance(start, datetime) != isinstance(end, datetime):
        start, end = _day(start), _day(end)
    return present(start=moment(start), end=moment(end))


def _day(value: Moment) -> date:
    return value.date() if isinstance(value, datetime) else value


def coding(of: Coding | Concept) -> JsonElement:
    """A coding with its display."""
    return {"system": of.system, "code": of.code, "display": of.display if isinstance(of, Coding) else of.term}


def concept(concepts: Mapping[str, Concept], code: str | None) -> JsonElement:
    """A codeable concept of a code of a value set; empty where there is none."""
    return {"coding": [coding(concepts[code])]} if code is not None and code in concepts else {}


def concepts_of(standard: Standard, variable: str) -> Mapping[str, Concept]:
    """The concepts that a variable of the catalogue may have, by code."""
    return standard.concepts(standard.variable[variable])


def known(codes: Mapping[str, Concept], code: str | None) -> str | None:
    """``code`` where the value set has it: a plain code is sent only if it is one."""
    return code if code in codes else None


def identifier(system: str, value: str | None) -> JsonElement:
    """An official identifier; empty where there is none."""
    return {"use": "official", "system": system, "value": value} if value is not None else {}


def reference(resource_type: str, resource_id: str | None) -> JsonElement:
    """A reference within the bundle; empty where there is nothing to refer to."""
    return {"reference": f"{resource_type}/{resource_id}"} if resource_id else {}


def extensions(url: str, name: str, values: Iterable[JsonElement]) -> list[JsonElement]:
    """An extension for each value that is there."""
    return [{"url": url, name: value} for value in values if value]
