"""The invariants of resources and data types as native functions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from ldbu_desktop.conformance.invariants.moments import at_most, quantity_at_most
from ldbu_desktop.conformance.invariants.registry import Rules, Surroundings, Value, choice, each, has, holds
from ldbu_desktop.conformance.reading.primitives import text_of

RULES: Final[Rules] = {}
"""The native functions of this file."""


def _codings(value: Mapping[str, Any], name: str) -> list[Any]:
    return [coding for concept in each(value, name) for coding in each(concept, "coding")]


@holds(RULES, "obs-1", "ef52a2b74135")
def _at_most_one_decimal(value: Value, _: Surroundings) -> bool:
    quantity = value.get("valueQuantity")
    if not isinstance(quantity, dict) or "value" not in quantity:
        return False
    return _ONE_DECIMAL.search(text_of(quantity["value"])) is not None


_ONE_DECIMAL: Final = re.compile(r"^[0-9]*.?[0-9]\Z", re.DOTALL)


@holds(RULES, "obs-2", "643f6cc8324a")
def _value_or_reason(value: Value, _: Surroundings) -> bool:
    return bool(choice(value, "value")) or has(value, "dataAbsentReason")


@holds(RULES, "obs-6", "52accf655ec6", "dataAbsentReason")
def _not_value_and_reason(value: Value, _: Surroundings) -> bool:
    return not has(value, "dataAbsentReason") or not choice(value, "value")


@holds(RULES, "obs-7", "f3b320179cbd", "component")
def _no_component_with_the_own_code(value: Value, around: Surroundings) -> bool:
    components = each(value, "component")
    if not components or not choice(value, "value"):
        return True
    own = _codings(around.resource, "code")
    return not any(coding in own for component in components for coding in _codings(component, "code"))


@holds(RULES, "vs-1", "7db40d7ca41d")
def _at_least_a_day(value: Value, _: Surroundings) -> bool:
    return isinstance(value, str) and len(value) >= 8


@holds(RULES, "vs-2", "1b029a4f9911")
def _value_reason_or_parts(value: Value, _: Surroundings) -> bool:
    has_parts = has(value, "component") or has(value, "hasMember")
    return has_parts or has(value, "dataAbsentReason") or bool(choice(value, "value"))


@holds(RULES, "vs-3", "505907fee817")
def _part_has_value_or_reason(value: Value, _: Surroundings) -> bool:
    return has(value, "dataAbsentReason") or bool(choice(value, "value"))


@holds(RULES, "obs-3", "2fd64b9a403c")
def _range_says_something(value: Value, _: Surroundings) -> bool:
    return has(value, "low") or has(value, "high") or has(value, "text")


@holds(RULES, "dk-core-observation-mandatory-units", "809a36f45d9a", "valueQuantity")
def _quantity_has_unit(value: Value, _: Surroundings) -> bool:
    quantity = value.get("valueQuantity")
    if not isinstance(quantity, dict) or not has(quantity, "value"):
        return True
    return has(quantity, "unit") or has(quantity, "code")


@holds(RULES, "dom-2", "f0704c44af3a", "contained")
def _nothing_contained_twice(value: Value, _: Surroundings) -> bool:
    return not any(has(one, "contained") for one in each(value, "contained"))


@holds(RULES, "dom-4", "ae24fe110acc", "contained")
def _contained_without_version(value: Value, _: Surroundings) -> bool:
    metas = [one.get("meta", {}) for one in each(value, "contained")]
    return not any(has(meta, "versionId") or has(meta, "lastUpdated") for meta in metas)


@holds(RULES, "dom-5", "00f10df034e2", "contained")
def _contained_without_security(value: Value, _: Surroundings) -> bool:
    return not any(has(one.get("meta", {}), "security") for one in each(value, "contained"))


@holds(RULES, "per-1", "1e893b258e0d", "start")
def _starts_before_it_ends(value: Value, _: Surroundings) -> bool:
    if "start" not in value or "end" not in value:
        return True
    return at_most(text_of(value["start"]), text_of(value["end"])) is True


@holds(RULES, "rng-2", "cb366a567657", "low")
def _low_before_high(value: Value, _: Surroundings) -> bool:
    if "low" not in value or "high" not in value:
        return True
    return quantity_at_most(value["low"], value["high"]) is True


@holds(RULES, "qty-3", "b6cd76fce22c")
def _code_has_system(value: Value, _: Surroundings) -> bool:
    return not has(value, "code") or has(value, "system")


@holds(RULES, "sqty-1", "c463ccd7736e")
def _no_comparator(value: Value, _: Surroundings) -> bool:
    return not has(value, "comparator")


@holds(RULES, "rat-1", "d5b628bbbec7")
def _both_parts_or_extension(value: Value, _: Surroundings) -> bool:
    numerator, denominator = has(value, "numerator"), has(value, "denominator")
    return numerator == denominator and (numerator or has(value, "extension"))


@holds(RULES, "att-1", "da2ed0c9728e")
def _data_has_content_type(value: Value, _: Surroundings) -> bool:
    return not has(value, "data") or has(value, "contentType")


@holds(RULES, "cpt-2", "9fbfbd7b30bf")
def _contact_has_system(value: Value, _: Surroundings) -> bool:
    return not has(value, "value") or has(value, "system")


@holds(RULES, "ref-1", "136606a25e00", "reference")
def _contained_is_there(value: Value, around: Surroundings) -> bool:
    reference = value.get("reference")
    if not isinstance(reference, str) or not reference.startswith("#") or reference == "#":
        return True
    contained = (*each(around.root, "contained"), *each(around.resource, "contained"))
    return any(isinstance(one, Mapping) and reference[1:] == one.get("id") for one in contained)


@holds(RULES, "cpl-3", "a42ec2660dc3", "reference")
def _detail_or_reference(value: Value, _: Surroundings) -> bool:
    return not has(value, "detail") or not has(value, "reference")


@holds(RULES, "qrs-1", "c61822534274", "item")
def _answer_or_item(value: Value, _: Surroundings) -> bool:
    return not (has(value, "answer") and has(value, "item"))


@holds(RULES, "pat-1", "acd3431bfe30")
def _contact_says_something(value: Value, _: Surroundings) -> bool:
    return any(has(value, name) for name in ("name", "telecom", "address", "organization"))


@holds(RULES, "questionnaire-response-string-length", "bd8f78784719")
def _one_to_thirty_characters(value: Value, _: Surroundings) -> bool:
    return 1 <= len(text_of(value)) <= 30


@holds(RULES, "cpr", "eeafabb3479d")
def _is_cpr(value: Value, _: Surroundings) -> bool:
    return _CPR.search(text_of(value)) is not None


_DAY: Final = (
    r"((((0[1-9]|1[0-9]|2[0-9]|3[0-1])(01|03|05|07|08|10|12))|((0[1-9]|1[0-9]|2[0-9]|30)(04|06|09|11))"
    r"|((0[1-9]|1[0-9]|2[0-9])(02)))"
)
_CPR: Final = re.compile(rf"^{_DAY}[0-9]{{6}})\Z")
_D_ECPR: Final = re.compile(rf"^{_DAY}([0-9]{{2}})((0|5|6){{1}})([A-Z]{{2}})([0-9]{{1}}))\Z")
_X_ECPR: Final = re.compile(rf"^{_DAY}([0-9]{{2}})((1|7){{1}})([A-Z]{{2}})([0-9]{{1}}))\Z")
_SOR: Final = re.compile(r"^[0-9]{11,}\Z")
_CVR: Final = re.compile(r"^[0-9]{8}\Z")
_GLN: Final = re.compile(r"^[0-9]{13}\Z")
_AUTHORISATION: Final = re.compile(r"^[b-df-hj-np-tv-zB-DF-HJ-NP-TV-Z0-9]{5}\Z")
_ANY_UUID: Final = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@holds(RULES, "d-ecpr", "25a14aa9da4c")
def _is_d_ecpr(value: Value, _: Surroundings) -> bool:
    return _matches(value, _D_ECPR)


@holds(RULES, "x-ecpr", "eed973aa51e8")
def _is_x_ecpr(value: Value, _: Surroundings) -> bool:
    return _matches(value, _X_ECPR)


def _matches(value: Value, pattern: re.Pattern[str]) -> bool:
    """These two ask a string for its own ``value``, which is the string itself."""
    return pattern.search(text_of(value)) is not None


@holds(RULES, "min-digits-sor", "2abc7a5b6440")
def _is_sor(value: Value, _: Surroundings) -> bool:
    return _SOR.search(text_of(value)) is not None


@holds(RULES, "CVR-length", "a638b94fc9a0")
def _is_cvr(value: Value, _: Surroundings) -> bool:
    return _CVR.search(text_of(value)) is not None


@holds(RULES, "gln-length", "d4416b151da1")
def _is_gln(value: Value, _: Surroundings) -> bool:
    return _GLN.search(text_of(value)) is not None


@holds(RULES, "authorization-id-format", "06d3ce867c9b")
def _is_authorisation(value: Value, _: Surroundings) -> bool:
    return _AUTHORISATION.search(text_of(value)) is not None


@holds(RULES, "uuid", "0c5d9ef64679")
def _has_uuid(value: Value, _: Surroundings) -> bool:
    return _ANY_UUID.search(text_of(value)) is not None


def _tim(form: str, key: str, name: str, needed: str) -> None:
    @holds(RULES, key, form)
    def needs(value: Value, _: Surroundings) -> bool:
        return not has(value, name) or has(value, needed)


_tim("61f6c6838b04", "tim-1", "duration", "durationUnit")
_tim("54df17acd9cd", "tim-2", "period", "periodUnit")
_tim("a583ee820ad2", "tim-6", "periodMax", "period")
_tim("20472d2e067f", "tim-7", "durationMax", "duration")
_tim("ccc554381272", "tim-8", "countMax", "count")


@holds(RULES, "tim-4", "fbf149c4b426")
def _duration_not_negative(value: Value, _: Surroundings) -> bool:
    return not text_of(value.get("duration", "")).startswith("-")


@holds(RULES, "tim-5", "31662fffea10")
def _period_not_negative(value: Value, _: Surroundings) -> bool:
    return not text_of(value.get("period", "")).startswith("-")


@holds(RULES, "tim-9", "ac2315eaecf9")
def _offset_with_a_meal_or_the_like(value: Value, _: Surroundings) -> bool:
    when = each(value, "when")
    return not has(value, "offset") or (bool(when) and not any(one in {"C", "CM", "CD", "CV"} for one in when))


@holds(RULES, "tim-10", "b6824fdfce4b")
def _time_of_day_or_when(value: Value, _: Surroundings) -> bool:
    return not has(value, "timeOfDay") or not has(value, "when")
