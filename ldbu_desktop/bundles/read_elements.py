"""Parts of resources as entries of the journal: what stands there, and its value where it can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.journal.model import EMPTY, Entry, Moment
from ldbu_desktop.json_text import Written
from ldbu_desktop.standard.model import Concept

_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d))?")
_DATE_LENGTH: Final = len("2020-01-01")
_LARGEST_EXPONENT: Final = 20


def at(value: Any, *path: str | int) -> Any:
    """What stands at ``path``, None where nothing does or where something else is in the way."""
    for step in path:
        if isinstance(step, str):
            value = value.get(step) if isinstance(value, dict) else None
        else:
            value = value[step] if isinstance(value, list) and len(value) > step else None
    return value


def elements(value: Any) -> Iterator[Any]:
    """The elements of a list, none where there is no list."""
    return iter(value if isinstance(value, list) else ())


def raw(value: Any) -> str:
    """What stands there, as text."""
    if value is None or isinstance(value, str):
        return value or ""
    return str(value) if isinstance(value, Written) else json_text(value).decode()


def text_entry(value: Any) -> Entry[str]:
    """A text."""
    return Entry(value, value) if isinstance(value, str) and value else Entry(None, raw(value))


def boolean_entry(value: Any) -> Entry[bool]:
    """A yes or no."""
    return Entry(value if isinstance(value, bool) else None, raw(value))


def moment_entry(value: Any) -> Entry[Moment]:
    """A day or a point in time; less than a day, as FHIR also has it, can't be read."""
    text = raw(value)
    if not isinstance(value, str) or not _MOMENT.fullmatch(text):
        return Entry(None, text)
    try:
        read = date.fromisoformat(text) if len(text) == _DATE_LENGTH else datetime.fromisoformat(text)
    except ValueError:
        return Entry(None, text)
    return Entry(read, text)


def decimal_entry(value: Any) -> Entry[Decimal | str]:
    """A number in the form that it was written."""
    text = raw(value)
    if isinstance(value, bool) or not isinstance(value, int | Written):
        return Entry(None, text)
    try:
        number = Decimal(text)
    except InvalidOperation:  # what a tolerant reader takes for a number
        return Entry(None, text)
    return Entry(number if abs(number.adjusted()) < _LARGEST_EXPONENT else None, text)


def code_entry(codes: Mapping[str, Concept], value: Any) -> Entry[str]:
    """A plain code of a value set."""
    text = raw(value)
    return Entry(text if isinstance(value, str) and text in codes else None, text)


def coding_entry(codes: Mapping[str, Concept], codings: Any) -> Entry[str]:
    """The first of ``codings`` that is in the value set, else what the first says and can't be read."""
    first = ""
    for coding in elements(codings):
        system, code = at(coding, "system"), at(coding, "code")
        known = codes.get(code) if isinstance(code, str) else None
        if known is not None and known.system == system:
            return Entry(known.code, known.code)
        # The code alone tells what was meant only if its system is the one that is expected.
        is_expected = any(concept.system == system for concept in codes.values())
        first = first or (raw(code) if is_expected else f"{raw(system)}|{raw(code)}")
    return Entry(None, first) if first else EMPTY


def concept_entry(codes: Mapping[str, Concept], value: Any) -> Entry[str]:
    """A codeable concept of a value set."""
    found = coding_entry(codes, at(value, "coding"))
    return Entry(None, raw(value)) if found.is_empty and value is not None else found


def identifier_entry(system: str, value: Any) -> Entry[str]:
    """The value of the identifier of ``system`` among identifiers, or of one alone."""
    identifiers = list(elements(value)) if isinstance(value, list) else [value]
    for one in identifiers:
        if at(one, "system") == system:
            return text_entry(at(one, "value"))
    return Entry(None, raw(at(identifiers, 0, "value")))


def extension_values(url: str, name: str, value: Any) -> Iterator[Any]:
    """The values of the extensions of ``url``."""
    return (at(one, name) for one in elements(at(value, "extension")) if at(one, "url") == url)
