"""The content of a resource in one form: what may be written in two ways without telling two things is written in one.

Times are told in UTC, numbers without zeros at their ends, references by type and id; the order in lists is nobody's
news. Status, profile, narrative and display are no content (KL's note on correcting errors).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import blake2b
from typing import Any, Final

import msgspec

from ldbu_desktop.json_text import Written

_BESIDE: Final = frozenset(("resourceType", "id", "status", "active", "meta", "text"))
_SIZE: Final = 12
in_one_form: Final = msgspec.json.Encoder(order="sorted").encode
"""JSON whose names are in order: the same of values that are the same."""


def content(resource: Mapping[str, Any]) -> dict[str, Any]:
    """What a resource tells, each element in one form."""
    return {name: plain(value) for name, value in resource.items() if name not in _BESIDE and name[:1] != "_"}


def plain(value: Any) -> Any:
    """A value in one form, without its displays."""
    kind = value.__class__
    if kind is str:
        return _in_utc(value) if len(value) > _DATE_LENGTH and value[10] == "T" and value[4] == "-" else value
    if kind is dict:
        told = {}
        for name, one in value.items():
            if name == "display":
                continue
            is_plain = one.__class__ is str and (len(one) <= _DATE_LENGTH or one[10] != "T")
            told[name] = one if is_plain else plain(one)
        if isinstance(target := told.get("reference"), str):
            told["reference"] = target_of(target)
        return told
    if kind is list:
        if len(value) == 1:
            return [plain(value[0])]
        return sorted(map(plain, value), key=in_one_form)
    if kind is Written:
        number = Decimal(value.text)
        if abs(number.adjusted()) > _MOST_DIGITS:
            return value.text
        return int(number) if number == number.to_integral_value() and abs(number) < _MOST else str(number.normalize())
    return value


_DATE_LENGTH = 15
_MOST = 10**15
_MOST_DIGITS = 1000
"""A number with more before or behind its point is told as it is written: Python counts no further than some."""


def target_of(reference: str) -> str:
    """What a reference is to, as ``Type/id``: without the server, and without a version."""
    if reference.count("/") == 1:
        return reference
    return "/".join(reference.partition("/_history")[0].split("/")[-2:])


def _in_utc(text: str) -> str:
    moment = moment_of(text)
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone(UTC).isoformat()
    return text


def moment_of(text: object) -> date | datetime | None:
    """A day or a moment as FHIR writes it; None for what is neither, or only a month or a year."""
    if not isinstance(text, str):
        return None
    try:
        if len(text) <= len("2024-01-01"):
            return date.fromisoformat(text) if len(text) == len("2024-01-01") else None
        moment = datetime.fromisoformat(text)
        moment.timestamp()
    except (ValueError, OverflowError, OSError):
        return None
    return moment


def digest(*values: Any) -> bytes:
    """A digest of values, which tells whether others are the same."""
    return digest_of(in_one_form(values))


def digest_of(text: bytes) -> bytes:
    """A digest of values that are in one form."""
    return blake2b(text, digest_size=_SIZE).digest()


def codes_in(concepts: Any) -> tuple[str, ...]:
    """The codes of a concept or of several, without their systems."""
    return tuple(code for _, code in codings_in(concepts))


def codings_in(concepts: Any) -> tuple[tuple[str, str], ...]:
    """The codings of a concept or of several: system and code, in their order."""
    found = []
    for concept in concepts if isinstance(concepts, list) else [concepts]:
        for coding in dicts(concept.get("coding")) if isinstance(concept, dict) else ():
            if isinstance(code := coding.get("code"), str):
                found.append((str(coding.get("system", "")), code))
    return tuple(found)


def dicts(value: Any) -> Iterable[dict[str, Any]]:
    """The objects in a list; none where there is no list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else ()
