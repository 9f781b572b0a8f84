"""The words of a finding, made when they are shown: from its code's texts and its facts, in the reader's language."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from msgspec import Struct

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.characters import visible
from ldbu_desktop.column_letters import column_letters
from ldbu_desktop.findings.catalogue import FindingType, finding_types, type_of, type_out_of_tables
from ldbu_desktop.findings.model import FactValue, Finding, Location, RuleSource, Severity
from ldbu_desktop.findings.technical_words import technical_words
from ldbu_desktop.findings.terms import terms_of
from ldbu_desktop.journal.dates import moment_text
from ldbu_desktop.journal.mask import cpr_masked, masked, repeated_without_cpr, without_cpr
from ldbu_desktop.journal.model import NO_COLUMN
from ldbu_desktop.language import Language, filled, told_fact
from ldbu_desktop.standard.model import Standard

_OR = Text(da="eller", en="or")
_ROW = Text(da="række {row}", en="row {row}")
_LINE = Text(da="linje {line}", en="line {line}")
_FORM = Text(da="skemaet", en="the form")
_ASIDE = " ({place})"
"""Where something is that was filled in the form stands in no file, and need not be told beside."""


class RenderedFinding(Struct, frozen=True):
    """A finding in words. ``place`` is where it is in the file: ``Observationer!F122``, or a line and a FHIRPath.

    ``contradictions`` are those of the standard itself that may be the reason. What is found in FHIR has no title of
    its own: that is then its message.
    """

    code: str
    severity: Severity
    source: RuleSource
    title: str
    message: str
    why: str
    remedy: str
    found: str
    expected: str
    place: str
    rule: str
    contradictions: tuple[str, ...] = ()


def rendered(finding: Finding, language: Language, standard: Standard) -> RenderedFinding:
    """``finding`` in ``language``; CPR numbers are masked whatever the facts hold."""
    own, type = type_of(finding), _told_as(finding)
    words = _Words(finding, language, standard)
    message = words.told(type.message)
    return RenderedFinding(
        own.code,
        own.severity,
        own.source,
        words.told(type.title) or message,
        message,
        words.told(type.why),
        words.told(type.remedy),
        words.facts["found"],
        words.told(type.expected) or words.facts["expected"],
        words.place,
        finding.rule,
        contradictions_of(type, finding.rule, language, standard),
    )


def message_of(finding: Finding, language: Language, standard: Standard) -> str:
    """What is wrong, in a line."""
    return _Words(finding, language, standard).told(_told_as(finding).message)


def found_text(finding: Finding, language: Language, standard: Standard) -> str:
    """What stood there, as it may be shown."""
    if finding.obstacles and type_of(finding).facts == "said":
        return found_text(finding.obstacles[0], language, standard)
    return _fact_in_fhir(finding, finding.found, language, standard)


def expected_text(finding: Finding, language: Language, standard: Standard) -> str:
    """What should stand there, as it may be shown, where a fact says it."""
    return _fact_in_fhir(finding, finding.expected, language, standard)


def contradictions_of(type: FindingType, rule: str, language: Language, standard: Standard) -> tuple[str, ...]:
    """The standard's contradictions that strike at a type or a rule."""
    if not (type.contradictions or rule):
        return ()
    known = {one.number: one for one in standard.contradictions}
    numbers = dict.fromkeys(type.contradictions)
    numbers.update(dict.fromkeys(number for number, one in known.items() if rule in one.invariants))
    return tuple(known[number].text[language] for number in numbers if number in known)


def _told_as(finding: Finding) -> FindingType:
    """The type whose texts are told: as they are out of tables where it stands in none, and of the rule or of the
    element where these have texts of their own."""
    own = type_of(finding)
    if own.facts == "said":
        return own if finding.location.origin.row else type_out_of_tables(own.code)
    types = finding_types()
    rule = types.get(finding.rule) if own.texts_by == "rule" else None
    return rule or types.get(f"{own.code}.{element_name(finding.location.origin.path)}") or own


def variable_label(standard: Standard, variable_id: str) -> Text:
    """What a variable, or a questionnaire's question as ``epds/score``, is called; its id where it is not known."""
    variable = standard.variable.get(variable_id)
    if variable is not None:
        return variable.label
    questionnaire, _, question = variable_id.partition("/")
    filled_form = standard.questionnaire.get(questionnaire)
    item = filled_form.by_link_id.get(question) if filled_form is not None else None
    if filled_form is None or item is None:
        return Text(da=variable_id, en=variable_id)
    return Text(*(f"{filled_form.label[language]}: {item.label[language]}" for language in Language))


class _Words:
    """The facts of one finding in words."""

    def __init__(self, finding: Finding, language: Language, standard: Standard) -> None:
        self._language = language
        self.place = place_text(finding.location, language)
        self._is_said = type_of(finding).facts == "said"
        self.facts: dict[str, str] = {
            name: _short(fact_text(fact, language)) if isinstance(fact, str) else _fact_text(name, fact, language)
            for name, fact in finding.facts.items()
        }
        if "variable" in self.facts:
            self.facts["variable"] = variable_label(standard, self.facts["variable"])[language]
        known = standard.variable.get(finding.location.variable)
        self.facts |= {
            "instead": technical_words()[f"instead-{known.missing_reason}"][language] if known is not None else "",
            "found": found_text(finding, language, standard),
            "place": self.place or _FORM[language],
            "rule": finding.rule,
            "version": f"{standard.header.package} {standard.header.version}",
        }
        if self._is_said:
            self.facts.setdefault("expected", "")
            for one in finding.obstacles:
                passed_on = rendered(one, language, standard)
                self.facts |= {"said": passed_on.message, "because": passed_on.why, "do": passed_on.remedy}
            return
        self.facts |= {
            "expected": expected_text(finding, language, standard),
            "element": element_name(finding.location.origin.path),
            "obstacles": _short(" ".join(message_of(one, language, standard) for one in finding.obstacles)),
            "key": finding.rule,
        }

    def told(self, text: Text) -> str:
        """A text of its type, filled."""
        words = text[self._language]
        if not self._is_said:
            return filled(words, self.facts, self._language).replace(_EMPTY, "")
        if not self.place:
            words = words.replace(_ASIDE, "")
        if "{" not in words:
            return repeated_without_cpr(words)
        return without_cpr(filled(words, self.facts, self._language))


def _fact_in_fhir(finding: Finding, fact: str, language: Language, standard: Standard) -> str:
    """A fact of a finding in words: a code with its term, a technical word by what people call it."""
    if not fact:
        return ""
    facts = type_of(finding).facts
    if facts == "said":
        return _short(repeated_without_cpr(fact))
    if facts == "technical" and fact in technical_words():
        return technical_words()[fact][language]
    if fact == finding.found and is_identifier(finding.location):
        return masked(fact)
    plain = cpr_masked(fact)
    match facts:
        case "codes":
            plain = terms_of(standard).codes(_by_name(plain), language)
        case "types":
            plain = plain.replace(" ", ", ")
        case "options":
            plain = plain.replace(" | ", ", ")
        case "quoted":
            plain = plain.replace(" | ", _BETWEEN[language])
        case "profile":
            plain = terms_of(standard).profile(plain, language)
        case "rule":
            plain = terms_of(standard).rule(plain, language)
        case _:
            plain = _by_name(plain)
    return _short(plain)


_BETWEEN = Text(da="« eller »", en="” or “")
"""What stands between alternatives, each of which is quoted."""

_EMPTY = " ()"
_IDENTIFIER = re.compile(r"\bidentifier\[\d+\](\.value)?$")
_URL = re.compile(r"https?://\S+/StructureDefinition/\S+|https?://\S+/(?:ValueSet|CodeSystem)/\S+")
_CHOICE = re.compile(r"\w+\[x\]:(\w+)")
_TIMES = re.compile(r" x (\d+)$")
_INDEX = re.compile(r"\[\d+\]|\.ofType\(\w+\)")
_LONGEST = 400


def is_identifier(location: Location) -> bool:
    """Whether what stands there identifies a person."""
    return _IDENTIFIER.search(location.origin.path) is not None


def _short(text: str) -> str:
    """A text of one line and bearable length; what can't be seen, or turns writing around, stands by its code."""
    text = visible(text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _by_name(text: str) -> str:
    """Facts as people know them: a URL by its last part, ``value[x]:valueX`` by what is written."""
    if text.startswith("http") and _URL.fullmatch(text):
        return text.rpartition("/")[2].partition("|")[0]
    return _TIMES.sub(r" × \1", _CHOICE.sub(r"\1", text)).removesuffix(" × 1")


def element_name(at: str) -> str:
    """The name of an element by its FHIRPath, as a person would look for it in the file."""
    return _INDEX.sub("", at).rpartition(".")[2] or "Bundle"


def _fact_text(name: str, fact: FactValue, language: Language) -> str:
    """A fact by its name as people write it: a count with its marks."""
    return told_fact(name, fact, language) if isinstance(fact, int) else fact_text(fact, language)


def fact_text(fact: FactValue, language: Language) -> str:
    """A fact as people write it: ``5,25``, ``7. juli 2020``, terms in the reader's language, nothing unseen in it."""
    if isinstance(fact, Text):
        return visible(cpr_masked(fact[language]))
    if isinstance(fact, tuple):
        told = [visible(each[language]) for each in fact]
        if len(told) < 2:
            return "".join(told)
        return f"{', '.join(told[:-1])} {_OR[language]} {told[-1]}"
    if isinstance(fact, Decimal):
        number = format(fact, "f")
        return number.replace(".", ",") if language is Language.DANISH else number
    return moment_text(fact, language) if isinstance(fact, date) else visible(cpr_masked(str(fact)))


def place_text(location: Location, language: Language) -> str:
    """Where in the file a finding is; the file's name where there is no closer place."""
    origin = location.origin
    if origin.row:
        table = visible(origin.sheet or origin.file)
        if location.column == NO_COLUMN:
            return without_cpr(f"{table}, {_ROW[language].format(row=origin.row)}")
        return without_cpr(f"{table}!{column_letters(location.column)}{origin.row}")
    if origin.line:
        line = _LINE[language].format(line=origin.line)
        return f"{line} · {visible(without_cpr(origin.path))}" if origin.path else line
    return visible(without_cpr(origin.path or origin.sheet or origin.file))
