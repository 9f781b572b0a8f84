"""The invariants of data types that only extensions carry as native functions."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Final

from ldbu_desktop.conformance.invariants.registry import Rules, Surroundings, Value, choice, has, holds
from ldbu_desktop.conformance.reading.primitives import text_of

RULES: Final[Rules] = {}
"""The native functions of this file."""

_UCUM: Final = "http://unitsofmeasure.org"
_CURRENCIES: Final = "urn:iso:std:iso:4217"


def _has_code_and_system(value: Value, system: str) -> bool:
    """A value has a code, and what system there is must be this one."""
    return (has(value, "code") or not has(value, "value")) and _is_of(value, system)


def _is_of(value: Value, system: str) -> bool:
    return not has(value, "system") or value.get("system") == system


def _number(value: Value) -> Decimal | None:
    try:
        return Decimal(text_of(value["value"]))
    except (KeyError, InvalidOperation):
        return None


@holds(RULES, "age-1", "b1bca5cb39cd")
def _is_age(value: Value, _: Surroundings) -> bool:
    number = _number(value)
    return _has_code_and_system(value, _UCUM) and (number is None or number > 0)


@holds(RULES, "cnt-3", "9314cb6eb579")
def _is_count(value: Value, _: Surroundings) -> bool:
    is_one = not has(value, "code") or value.get("code") == "1"
    is_whole = "." not in text_of(value.get("value", ""))
    return _has_code_and_system(value, _UCUM) and is_one and is_whole


@holds(RULES, "dis-1", "6d549be5bc65")
def _is_distance(value: Value, _: Surroundings) -> bool:
    return _has_code_and_system(value, _UCUM)


@holds(RULES, "drt-1", "060cae22aebe")
def _is_duration(value: Value, _: Surroundings) -> bool:
    return not has(value, "code") or (value.get("system") == _UCUM and has(value, "value"))


@holds(RULES, "mqty-1", "5b5f5993c27f")
def _is_amount(value: Value, _: Surroundings) -> bool:
    return _has_code_and_system(value, _CURRENCIES)


@holds(RULES, "drq-1", "d4b71a9176ef")
def _filters_codes_by_one(value: Value, _: Surroundings) -> bool:
    return has(value, "path") != has(value, "searchParam")


@holds(RULES, "drq-2", "d4b71a9176ef")
def _filters_dates_by_one(value: Value, _: Surroundings) -> bool:
    return has(value, "path") != has(value, "searchParam")


@holds(RULES, "exp-1", "da01d44c8875")
def _expression_is_there(value: Value, _: Surroundings) -> bool:
    return has(value, "expression") or has(value, "reference")


@holds(RULES, "trd-1", "e52b4e51aeac")
def _data_or_timing(value: Value, _: Surroundings) -> bool:
    return not has(value, "data") or not choice(value, "timing")


@holds(RULES, "trd-2", "5d3f7481ab32", "condition")
def _condition_on_data(value: Value, _: Surroundings) -> bool:
    return not has(value, "condition") or has(value, "data")


@holds(RULES, "trd-3", "63b50c492af3")
def _says_what_its_type_needs(value: Value, _: Surroundings) -> bool:
    kind = text_of(value.get("type", ""))
    if kind == "named-event":
        return has(value, "name")
    if kind == "periodic":
        return bool(choice(value, "timing"))
    return not kind.startswith("data-") or has(value, "data")
