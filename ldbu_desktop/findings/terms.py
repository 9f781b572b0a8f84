"""What codes, profiles and rules of a standard are called, for the facts of findings that name them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.language import Language
from ldbu_desktop.standard.model import Standard

_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_CODE = re.compile(r"(?:(?P<system>[a-z]+:[^\s#»«,]+)#|#)?(?P<code>[\w.-]+)")
_SHORT = 8


class Terms:
    """The words of one standard; :func:`terms_of` keeps them."""

    def __init__(self, standard: Standard) -> None:
        self._terms = _terms(standard)
        self._variables = {standard.header.profiles[one.profile]: one.label for one in standard.observed}
        self._rules = {
            rule.invariant: tuple(standard.variable[one].label for one in rule.variables)
            for rule in standard.gateway_rules
        }

    def codes(self, text: str, language: Language) -> str:
        """Every code in a text with its term: ``Motorik (e04f2ca1…)``; one without a known term stays as it is."""
        return ", ".join(self._term(part, language) for part in text.split(", "))

    def profile(self, url: str, language: Language) -> str:
        """What a profile is of, by the label of its variable; else the last part of its URL."""
        label = self._variables.get(url.partition("|")[0])
        return label[language] if label is not None else url.rpartition("/")[2].partition("|")[0]

    def rule(self, rule: str, language: Language) -> str:
        """What a rule of the gateway demands, by the labels of its variables; else the rule's own name."""
        labels = self._rules.get(rule.rpartition("#")[2], ())
        return ", ".join(label[language] for label in labels) or rule

    def _term(self, part: str, language: Language) -> str:
        matched = _CODE.fullmatch(part)
        if matched is None:
            return part
        code = matched["code"]
        label = self._terms.get(code)
        shown = f"{code[:_SHORT]}…" if _UUID.fullmatch(code) else code
        if label is None:
            return shown if matched["system"] is None else part
        return f"{label[language]} ({shown})"


def _terms(standard: Standard) -> Mapping[str, Text]:
    """The term of every code of the standard; codes of several systems do not clash."""
    found: dict[str, Text] = {}
    for variable in standard.variables:
        for coding in variable.codings:
            found.setdefault(coding.code, variable.label)
    for value_set in standard.value_sets:
        for concept in value_set.concepts:
            found.setdefault(concept.code, Text(da=concept.term, en=concept.english))
    return found


@lru_cache(maxsize=8)
def terms_of(standard: Standard) -> Terms:
    """The words of a standard, worked out once."""
    return Terms(standard)
