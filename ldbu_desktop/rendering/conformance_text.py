"""What the official kind of check finds, told to people: message, reason, remedy and the standard's contradictions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import msgspec

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.conformance.verdict.verdict import ConformanceError
from ldbu_desktop.language import Language, Text, chosen
from ldbu_desktop.rendering.conformance_words import coded_in_words, variable_of_profile, variables_of_rule
from ldbu_desktop.standard.model import Contradiction


class _Telling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The texts of one kind or rule; ``contradictions`` are the numbers of those that strike here."""

    message: Text
    why: Text
    remedy: Text
    contradictions: tuple[int, ...] = ()


class _Tellings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The texts by rule (the last part of an invariant's key), else by our own kind; ``words`` for technical ones.

    A kind may have texts of its own for one element: ``kind.element``.

    ``messages`` are the official validator's kinds of message, each with our kinds that it is told as; ``left_out``
    are the reasons for which an export leaves a report out after all, ``scope`` what a check covers and does not.
    """

    kinds: dict[str, _Telling]
    rules: dict[str, _Telling]
    words: dict[str, Text]
    messages: dict[str, tuple[str, ...]]
    left_out: dict[str, _Telling]
    scope: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A finding told in one language, with CPR numbers masked."""

    message: str
    why: str
    remedy: str
    contradictions: tuple[str, ...] = ()


@cache
def _tellings() -> _Tellings:
    return msgspec.json.decode(resource("messages", "conformance.json").read_bytes(), type=_Tellings)


@cache
def _contradictions() -> dict[int, Contradiction]:
    data = resource("standard", "contradictions.json").read_bytes()
    return {one.number: one for one in msgspec.json.decode(data, type=tuple[Contradiction, ...])}


def message(error: ConformanceError, language: Language) -> str:
    """What is wrong, in a line."""
    return _filled(_telling(error).message[language], error, language)


def told(error: ConformanceError, language: Language) -> Told:
    """All that is to be said about a finding."""
    telling = _telling(error)
    return Told(
        message=_filled(telling.message[language], error, language),
        why=_filled(telling.why[language], error, language),
        remedy=_filled(telling.remedy[language], error, language),
        contradictions=_struck(telling, error.rule, language),
    )


def codes() -> tuple[str, ...]:
    """Every code that a check or a receipt may show: our kinds, rules, official kinds of message, and reasons."""
    tellings = _tellings()
    return (*tellings.kinds, *tellings.rules, *tellings.messages, *tellings.left_out)


def meanings(code: str, language: Language) -> tuple[Told, ...]:
    """What a code may mean; nothing for one that no check shows. Facts that only a report has are left open."""
    tellings = _tellings()
    if code in tellings.messages:
        return tuple(_open(code, tellings.kinds[kind], language) for kind in tellings.messages[code])
    telling = tellings.rules.get(code) or tellings.kinds.get(code) or tellings.left_out.get(code)
    return (_open(code, telling, language),) if telling else ()


def _open(code: str, telling: _Telling, language: Language) -> Told:
    def text(one: Text) -> str:
        return _FACT.sub(lambda fact: code if fact[1] == "key" else "…", one[language])

    return Told(text(telling.message), text(telling.why), text(telling.remedy), _struck(telling, code, language))


def _struck(telling: _Telling, rule: str, language: Language) -> tuple[str, ...]:
    """The standard's contradictions that strike here."""
    numbers = dict.fromkeys(telling.contradictions)
    numbers.update(dict.fromkeys(n for n, one in _contradictions().items() if rule in one.invariants))
    return tuple(_contradictions()[n].text[language] for n in numbers if n in _contradictions())


def _telling(error: ConformanceError) -> _Telling:
    tellings = _tellings()
    rule = tellings.rules.get(error.rule) if error.code in _RULES else None
    of_element = tellings.kinds.get(f"{error.code}.{_element(error.at)}")
    return rule or of_element or tellings.kinds.get(error.code) or tellings.kinds["unknown"]


_RULES = frozenset({"demanded-observation-missing", "invariant", "wrong-narrative"})
"""The kinds under which rules are found; each rule has texts of its own."""


def found_at(error: ConformanceError, language: Language | None = None) -> str:
    """What stood there, as it may be shown; in the language in use where none is named."""
    return _clean(_fact(error, error.found, language or chosen()))


def expected_at(error: ConformanceError, language: Language | None = None) -> str:
    """What should stand there, as it may be shown."""
    return _clean(_fact(error, error.expected, language or chosen()))


def _fact(error: ConformanceError, fact: str, language: Language) -> str:
    """A fact of a finding in words: a code with its term, a technical kind by what people call it."""
    if error.code in _KINDS and fact in _tellings().words:
        return _tellings().words[fact][language]
    if _IDENTIFIER.search(error.at) and fact == error.found:
        return hidden(fact)
    plain = masked(fact)
    if error.code in _CODED:
        return coded_in_words(_short(plain), language)
    if error.code in _LISTED:
        return plain.replace(" ", ", ")
    if error.code in _SEPARATED:
        return plain.replace(" | ", _SEPARATED[error.code][language])
    if error.code == "fits-no-profile":
        return variable_of_profile(plain, language)
    if error.code == "reason-answers-rule":
        return variables_of_rule(plain, language)
    return _short(plain)


_KINDS = frozenset(
    [
        "answer-of-wrong-type",
        "not-a-value",
        "not-an-array",
        "not-an-object",
        "observation-of-another-person",
        "wrong-aggregation",
        "wrong-json-type",
    ]
)
"""The kinds whose facts are kinds of JSON, of answers or of persons."""
_LISTED = frozenset({"foreign-resource", "wrong-target", "wrong-type"})
"""The kinds whose facts are several types."""
_SEPARATED = {
    "answer-not-an-option": Text(da=", ", en=", "),
    "display-differs": Text(da="« eller »", en="” or “"),
    "unknown-question": Text(da=", ", en=", "),
}
"""The kinds whose facts are alternatives, and what stands between them."""
_CODED = frozenset({"demanded-observation-missing", "not-in-value-set", "other-value", "unknown-code"})
"""The kinds whose facts are codes."""


def _filled(text: str, error: ConformanceError, language: Language) -> str:
    if "{" not in text:
        return text
    facts = {
        "found": found_at(error, language),
        "expected": _fact(error, error.expected, language),
        "element": _element(error.at),
        "obstacles": " ".join(message(one, language) for one in error.because),
        "key": error.rule,
    }
    return _clean(_FACT.sub(lambda fact: facts[fact[1]], text).replace(" ()", ""))


_FACT = re.compile(r"\{(found|expected|element|obstacles|key)\}")
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
    word = _tellings().words.get(key)
    return f"{word[language]} ({key})" if word else key


def checked_and_not() -> tuple[str, ...]:
    """What the check covers, what it leaves out, and who decides: said wherever a verdict is shown to people."""
    return tuple(text[chosen()] for text in _tellings().scope)


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
