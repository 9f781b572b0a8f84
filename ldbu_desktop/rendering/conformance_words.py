"""Facts of findings in words: codes by their terms, profiles and rules by what they are of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from ldbu_desktop.language import Language, Text
from ldbu_desktop.standard.catalogue import shipped_standard

_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_CODE = re.compile(r"(?:(?P<system>[a-z]+:[^\s#»«,]+)#|#)?(?P<code>[\w.-]+)")
_PROFILE = re.compile(r"http://fhir\.kl\.dk/children/StructureDefinition/klgateway-children-(?P<name>[\w-]+)(?:\|\S*)?")
_SHORT = 8


def coded_in_words(text: str, language: Language) -> str:
    """Every code in a text with its term: ``Motorik (e04f2ca1…)``; codes without a known term stay, without system."""
    return ", ".join(_term(part, language) for part in text.split(", "))


def variable_of_profile(url: str, language: Language) -> str:
    """What a profile is of, by the label of its variable; else the last part of its URL."""
    matched = _PROFILE.fullmatch(url)
    label = _labels().get(matched["name"]) if matched else None
    return label[language] if label is not None else url.rpartition("/")[2].partition("|")[0]


def variables_of_rule(rule: str, language: Language) -> str:
    """What a rule of the gateway demands, by the labels of its variables; else the rule's own name."""
    labels = _rules().get(rule.rpartition("#")[2], ())
    return ", ".join(label[language] for label in labels) or rule


def _term(part: str, language: Language) -> str:
    matched = _CODE.fullmatch(part)
    if matched is None:
        return part
    code = matched["code"]
    label = _terms().get(code)
    shown = f"{code[:_SHORT]}…" if _UUID.fullmatch(code) else code
    if label is None:
        return shown if matched["system"] is None else part
    return f"{label[language]} ({shown})"


@cache
def _terms() -> Mapping[str, Text]:
    """The term of every code of the standard; codes of several systems do not clash."""
    standard = shipped_standard()
    found: dict[str, Text] = {}
    for variable in standard.variables:
        for coding in variable.codings:
            found.setdefault(coding.code, variable.label)
    for value_set in standard.value_sets:
        for concept in value_set.concepts:
            found.setdefault(concept.code, Text(da=concept.term, en=concept.english))
    return found


@cache
def _labels() -> Mapping[str, Text]:
    return {variable.profile: variable.label for variable in shipped_standard().observed}


@cache
def _rules() -> Mapping[str, tuple[Text, ...]]:
    standard = shipped_standard()
    return {
        rule.invariant: tuple(standard.variable[one].label for one in rule.variables) for rule in standard.gateway_rules
    }
