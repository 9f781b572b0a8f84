"""Coded values against the value sets that they are bound to, and codes without a binding against their code system."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ldbu_desktop.conformance.checks.run import Run
from ldbu_desktop.conformance.profiles.known_systems import known_systems
from ldbu_desktop.conformance.profiles.terminology import CodeMembership, Terminology
from ldbu_desktop.conformance.profiles.trees import ElementNode
from ldbu_desktop.conformance.reading.places import Place
from ldbu_desktop.conformance.reading.primitives import is_system, text_of
from ldbu_desktop.conformance.verdict.problems import PASSED_ON
from ldbu_desktop.standard.profiles import Binding

_BOUND_PRIMITIVES: Final = frozenset({"code", "string", "uri", "url", "canonical"})

Json = Mapping[str, Any]


def check_coded_primitive(
    terminology: Terminology, node: ElementNode, kind: str, text: str, place: Place, run: Run
) -> None:
    """A code, string or URI with a binding."""
    binding = node.element.binding
    if binding is None or binding.strength == "example" or kind not in _BOUND_PRIMITIVES:
        return
    if not terminology.knows_value_set(binding.value_set):
        _tell_unknown(binding, place, run)
        return
    weighed = terminology.in_value_set(binding.value_set, "", text, is_inferred=True)
    _pass_on(weighed, binding, text, place, run, node)
    if weighed.is_ok:
        return
    if binding.strength == "required":
        _outside("Terminology_TX_NoValid_16", binding, text, place, run, node)
    elif binding.strength == "extensible" and binding.max_set and terminology.knows_value_set(binding.max_set):
        largest = terminology.in_value_set(binding.max_set, "", text, is_inferred=True)
        if not largest.is_ok:
            _outside("Terminology_TX_NoValid_11", binding, text, place, run, node)


def check_coded(terminology: Terminology, node: ElementNode, kind: str, value: Json, place: Place, run: Run) -> None:
    """A concept, coding or quantity, with or without a binding."""
    binding = node.element.binding
    if kind == "CodeableConcept":
        _check_concept(terminology, node, value, place, run)
        return
    if kind == "Coding" and binding is None and _is_within_concept(node):
        return
    system, code = value.get("system"), value.get("code")
    if not isinstance(system, str) or not isinstance(code, str) or not system or not code:
        return
    if binding is not None and binding.strength != "example" and terminology.knows_value_set(binding.value_set):
        _check_bound(terminology, node, binding, system, code, place, run)
    else:
        _tell_unknown(binding, place, run)
        _check_unbound(terminology, node, system, code, place, run)


def _is_within_concept(node: ElementNode) -> bool:
    """Whether a coding is one of a concept's: the concept as a whole is checked instead."""
    return node.element.path.endswith(".coding")


def _check_concept(terminology: Terminology, node: ElementNode, value: Json, place: Place, run: Run) -> None:
    binding = node.element.binding
    codings = [one for one in value.get("coding") or () if isinstance(one, dict)]
    if binding is not None and binding.value_set and terminology.knows_value_set(binding.value_set):
        if not codings:
            if binding.strength == "required" or (binding.strength == "extensible" and binding.max_set):
                _outside("Terminology_TX_Code_ValueSet", binding, "", place, run, node)
            return
        if binding.strength != "example":
            _check_bound_concept(terminology, node, binding, codings, place, run)
            return
    else:
        _tell_unknown(binding, place, run)
    weighed = [terminology.in_code_system(_text(one, "system"), _code(one)) for one in codings]
    for one, coding in zip(weighed, codings, strict=True):
        if one.is_unknown_code:
            run.problem(place, PASSED_ON, "unknown-code", _told(coding), profile=node.profile.url)


def _tell_unknown(binding: Binding | None, place: Place, run: Run) -> None:
    """A value set that is not known but must be kept to: the official validator passes over it with a warning."""
    if binding is not None and (binding.strength == "required" or binding.max_set):
        run.problem(place, "Terminology_TX_ValueSet_NotFound", "value-set-not-known", binding.value_set)


def _check_bound_concept(
    terminology: Terminology, node: ElementNode, binding: Binding, codings: Sequence[Json], place: Place, run: Run
) -> None:
    """Every coding must be in the value set for the concept to be."""
    found = [(one, terminology.in_value_set(binding.value_set, _text(one, "system"), _code(one))) for one in codings]
    if all(weighed.is_ok for _, weighed in found):
        return
    for coding, weighed in found:
        if not weighed.is_ok:
            _pass_on(weighed, binding, _told(coding), place, run, node)
    told = ", ".join(_told(one) for one in codings)
    if binding.strength == "required":
        _outside("Terminology_TX_NoValid_1_CC", binding, told, place, run, node)
    elif binding.strength == "extensible" and binding.max_set and terminology.knows_value_set(binding.max_set):
        largest = [terminology.in_value_set(binding.max_set, _text(one, "system"), _code(one)) for one in codings]
        if not all(one.is_ok for one in largest):
            _outside("Terminology_TX_NoValid_8", binding, told, place, run, node)


def _check_bound(
    terminology: Terminology, node: ElementNode, binding: Binding, system: str, code: str, place: Place, run: Run
) -> None:
    weighed = terminology.in_value_set(binding.value_set, system, code)
    _pass_on(weighed, binding, f"{system}#{code}", place, run, node)
    if weighed.is_ok:
        return
    if binding.strength == "required":
        _outside("Terminology_TX_NoValid_12", binding, f"{system}#{code}", place, run, node)
    elif (
        binding.strength == "extensible"
        and binding.max_set
        and terminology.knows_value_set(binding.max_set)
        and not terminology.in_value_set(binding.max_set, system, code).is_ok
    ):
        _outside("Terminology_TX_NoValid_7", binding, f"{system}#{code}", place, run, node)


def _check_unbound(terminology: Terminology, node: ElementNode, system: str, code: str, place: Place, run: Run) -> None:
    url = node.profile.url
    if not is_system(system):
        run.problem(place, "Terminology_TX_System_Relative", "relative-system", system, profile=url)
    elif terminology.knows_value_set(system):
        run.problem(place, "Terminology_TX_System_ValueSet2", "value-set-as-system", system, profile=url)
    elif terminology.supports(system):
        if terminology.in_code_system(system, code).is_unknown_code:
            run.problem(place, PASSED_ON, "unknown-code", f"{system}#{code}", profile=url)
    elif system.startswith(known_systems().of_hl7):
        if not terminology.knows_code_system(system):
            run.problem(place, "Terminology_TX_System_Unknown", "unknown-system", system, profile=url)
    elif any(system != one and system.startswith(one) for one in known_systems().well_known):
        run.problem(place, "Terminology_TX_System_Invalid", "unknown-system", system, profile=url)


def _pass_on(weighed: CodeMembership, binding: Binding, told: str, place: Place, run: Run, node: ElementNode) -> None:
    """What is wrong with the code itself, whatever it is bound to."""
    if weighed.is_unknown_code:
        run.problem(place, PASSED_ON, "unknown-code", told, profile=node.profile.url)
    elif weighed.is_unknown_system and binding.strength == "required":
        run.problem(place, PASSED_ON, "unknown-system", told, profile=node.profile.url)


def _outside(key: str, binding: Binding, told: str, place: Place, run: Run, node: ElementNode) -> None:
    run.problem(place, key, "not-in-value-set", told, binding.value_set, node.profile.url)


def _text(value: Json, name: str) -> str:
    found = value.get(name, "")
    return found if isinstance(found, str) else text_of(found)


def _code(coding: Json) -> str:
    """The code, or what a missing one is looked up as."""
    return _text(coding, "code") or "null"


def _told(coding: Json) -> str:
    return f"{_text(coding, 'system')}#{_text(coding, 'code')}"
