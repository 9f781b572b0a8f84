"""What the official kind of check finds, told to people: message, reason, remedy and the standard's contradictions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import msgspec

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.findings.catalogue import FindingType, finding_types, type_of, types_by_level
from ldbu_desktop.findings.model import Finding, Level
from ldbu_desktop.language import Language, Text, chosen, filled
from ldbu_desktop.rendering.conformance_words import coded_in_words, variable_of_profile, variables_of_rule
from ldbu_desktop.standard.model import Contradiction


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``words`` are what people call technical things, ``scope`` is what a check covers and does not."""

    words: dict[str, Text]
    scope: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A finding told in one language, with CPR numbers masked."""

    message: str
    why: str
    remedy: str
    contradictions: tuple[str, ...] = ()


@cache
def _words() -> _Words:
    return msgspec.json.decode(resource("messages", "conformance.json").read_bytes(), type=_Words)


@cache
def _contradictions() -> dict[int, Contradiction]:
    data = resource("standard", "contradictions.json").read_bytes()
    return {one.number: one for one in msgspec.json.decode(data, type=tuple[Contradiction, ...])}


def message(error: Finding, language: Language) -> str:
    """What is wrong, in a line."""
    return _filled(_telling(error).message[language], error, language)


def told(error: Finding, language: Language) -> Told:
    """All that is to be said about a finding."""
    telling = _telling(error)
    return Told(
        message=_filled(telling.message[language], error, language),
        why=_filled(telling.why[language], error, language),
        remedy=_filled(telling.remedy[language], error, language),
        contradictions=_struck(telling, error.rule, language),
    )


@cache
def _official() -> dict[str, tuple[FindingType, ...]]:
    """The official validator's kinds of message, each with the types that it is told as."""
    told: dict[str, tuple[FindingType, ...]] = {}
    for one in types_by_level()[Level.CONFORMANCE]:
        for kind in one.official:
            told[kind] = (*told.get(kind, ()), one)
    return told


def codes() -> tuple[str, ...]:
    """Every code that a check or a receipt may show: our codes, rules, official kinds of message, and reasons."""
    levels = types_by_level()
    ours = (one.code for level in (Level.CONFORMANCE, Level.RULE) for one in levels[level])
    return (*ours, *_official(), *(one.code for one in levels[Level.EXPORT]))


def meanings(code: str, language: Language) -> tuple[Told, ...]:
    """What a code may mean; nothing for one that no check shows. Facts that only a report has are left open."""
    if code in _official():
        return tuple(_open(code, one, language) for one in _official()[code])
    return (_open(code, finding_types()[code], language),) if code in codes() else ()


def _open(code: str, telling: FindingType, language: Language) -> Told:
    def text(one: Text) -> str:
        return filled(one[language], {**_OPEN, "key": code}, language)

    return Told(text(telling.message), text(telling.why), text(telling.remedy), _struck(telling, code, language))


def _struck(telling: FindingType, rule: str, language: Language) -> tuple[str, ...]:
    """The standard's contradictions that strike here."""
    numbers = dict.fromkeys(telling.contradictions)
    numbers.update(dict.fromkeys(n for n, one in _contradictions().items() if rule in one.invariants))
    return tuple(_contradictions()[n].text[language] for n in numbers if n in _contradictions())


def _telling(error: Finding) -> FindingType:
    """The type whose texts are told: of the rule or of the element where these have texts of their own."""
    types, own = finding_types(), type_of(error)
    rule = types.get(error.rule) if own.texts_by == "rule" else None
    return rule or types.get(f"{own.code}.{_element(error.location.origin.path)}") or own


def found_at(error: Finding, language: Language | None = None) -> str:
    """What stood there, as it may be shown; in the language in use where none is named."""
    return _clean(_fact(error, error.found, language or chosen()))


def expected_at(error: Finding, language: Language | None = None) -> str:
    """What should stand there, as it may be shown."""
    return _clean(_fact(error, error.expected, language or chosen()))


def _fact(error: Finding, fact: str, language: Language) -> str:
    """A fact of a finding in words: a code with its term, a technical kind by what people call it."""
    facts = type_of(error).facts
    if facts == "technical" and fact in _words().words:
        return _words().words[fact][language]
    if _IDENTIFIER.search(error.location.origin.path) and fact == error.found:
        return hidden(fact)
    plain = masked(fact)
    match facts:
        case "codes":
            return coded_in_words(_short(plain), language)
        case "types":
            return plain.replace(" ", ", ")
        case "options":
            return plain.replace(" | ", ", ")
        case "quoted":
            return plain.replace(" | ", _BETWEEN[language])
        case "profile":
            return variable_of_profile(plain, language)
        case "rule":
            return variables_of_rule(plain, language)
    return _short(plain)


_BETWEEN = Text(da="« eller »", en="” or “")
"""What stands between alternatives, each of which is quoted."""


def _filled(text: str, error: Finding, language: Language) -> str:
    if "{" not in text:
        return text
    facts = {
        "found": found_at(error, language),
        "expected": _fact(error, error.expected, language),
        "element": _element(error.location.origin.path),
        "obstacles": " ".join(message(one, language) for one in error.obstacles),
        "key": error.rule,
    }
    return _clean(filled(text, facts, language).replace(" ()", ""))


_OPEN = dict.fromkeys(("found", "expected", "element", "obstacles"), "…")
_IDENTIFIER = re.compile(r"\bidentifier\[\d+\](\.value)?$")
_CPR = re.compile(r"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d[- ]?(\d{4})(?!\d)")
_URL = re.compile(r"https?://\S+/StructureDefinition/\S+|https?://\S+/(?:ValueSet|CodeSystem)/\S+")
_CHOICE = re.compile(r"\w+\[x\]:(\w+)")
_TIMES = re.compile(r" x (\d+)$")
_INDEX = re.compile(r"\[\d+\]|\.ofType\(\w+\)")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_LONGEST = 200


def follower_words(key: str, language: Language) -> str:
    """What follows from a finding, by its rule or official kind of message: in words where it often does."""
    word = _words().words.get(key)
    return f"{word[language]} ({key})" if word else key


def checked_and_not() -> tuple[str, ...]:
    """What the check covers, what it leaves out, and who decides: said wherever a verdict is shown to people."""
    return tuple(text[chosen()] for text in _words().scope)


def masked(text: str) -> str:
    """``text`` with every CPR number in it masked but for its last four digits."""
    return _CPR.sub(r"••••••-\1", text)


def hidden(value: str) -> str:
    """A value that identifies a person, well formed or not: only its last four characters."""
    return f"••••••-{value[-4:]}" if len(value) > 4 else value


def _clean(text: str) -> str:
    """A text of one line and bearable length, without what turns a terminal's or a page's writing around."""
    text = _UNSEEN.sub(" ", text)
    return text if len(text) <= _LONGEST * 2 else text[: _LONGEST * 2 - 1] + "…"


def _short(text: str) -> str:
    """Facts as people know them: a URL by its last part, ``value[x]:valueX`` by what is written."""
    if _URL.fullmatch(text):
        return text.rpartition("/")[2].partition("|")[0]
    return _TIMES.sub(r" × \1", _CHOICE.sub(r"\1", text)).removesuffix(" × 1")


def _element(at: str) -> str:
    """The name of an element by its FHIRPath, as a person would look for it in the file."""
    return _INDEX.sub("", at).rpartition(".")[2] or "Bundle"
