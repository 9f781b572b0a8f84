"""What changed between two editions of the standard: profiles, elements, rules, value sets, terms and questionnaires.

An edition is filled from an official package or from what ships. Only what is checked is compared, so that a change of
a description or a newer tool is no change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

import msgspec

from ldbu_desktop.standard.profiles import FHIR_TYPES, UNBOUNDED, Constraint, Demand, Element, Profile, TypeRef

Concept = tuple[str, str]
"""A code: its system and the code itself."""


class DriftAspect(StrEnum):
    """What a change is about, in the order that it is told."""

    PROFILE = "profile"
    RULE = "rule"
    CARDINALITY = "cardinality"
    TYPE = "type"
    VALUE = "value"
    BINDING = "binding"
    SLICE = "slice"
    VALUE_SET = "value-set"
    CODE = "code"
    TERM = "term"
    QUESTIONNAIRE = "questionnaire"
    QUESTION = "question"


class DriftKind(StrEnum):
    """What happened."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class DriftChange:
    """One change. ``subject`` is the id of the profile, value set or questionnaire; ``place`` is within it.

    ``before`` and ``after`` are facts in short: a cardinality, codes, a term. Both are empty where there is nothing
    short to tell, and then the change lies in a rule's expression or in a question's wording, which is not shown.
    """

    aspect: DriftAspect
    kind: DriftKind
    subject: str
    place: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class QuestionItem:
    """What a questionnaire asks for by link id. ``wording`` is only compared; None where it is not known."""

    type: str
    min: int | None = None
    max: int | None = None
    options: tuple[str, ...] = ()
    wording: str | None = None

    @property
    def told(self) -> str:
        """The question's facts in short."""
        low, high = ("" if limit is None else str(limit) for limit in (self.min, self.max))
        limits = f"{low}..{high}" if low or high else ""
        return " ".join(part for part in (self.type, limits, " | ".join(self.options)) if part)


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the standard. ``canonical`` is what the URLs of its own profiles and rules begin with.

    ``value_sets`` are expanded; one that can't be (a filter on a system that is not there) is None. ``terms`` are those
    that are known.
    """

    name: str
    canonical: str
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    value_sets: Mapping[str, frozenset[Concept] | None] = field(default_factory=dict)
    terms: Mapping[Concept, str] = field(default_factory=dict)
    questionnaires: Mapping[str, Mapping[str, QuestionItem]] = field(default_factory=dict)


def drift(before: Edition, after: Edition) -> tuple[DriftChange, ...]:
    """Every change from one edition to another, by aspect and then by what it is about."""
    changes = [
        *_profile_changes(before, after),
        *_value_set_changes(before, after),
        *_term_changes(before, after),
        *_questionnaire_changes(before, after),
    ]
    return tuple(sorted(changes, key=_order))


def _order(change: DriftChange) -> tuple[int, str, str, str]:
    """By aspect and what it is about; codes, which say nothing themselves, by what happened and by their terms."""
    told = ("+" if change.kind is DriftKind.ADDED else "", change.before or change.after or change.place)
    if change.aspect is not DriftAspect.CODE:
        told = (change.place, change.kind.value)
    return (list(DriftAspect).index(change.aspect), change.subject, *told)


Value = TypeVar("Value")


def _pairs(before: Mapping[str, Value], after: Mapping[str, Value]) -> Iterator[tuple[str, Value, Value]]:
    for key in before.keys() & after.keys():
        yield key, before[key], after[key]


def _came_and_went(
    aspect: DriftAspect, before: Iterable[str], after: Iterable[str], subject: str | None = None
) -> Iterator[DriftChange]:
    old, new = set(before), set(after)
    for kind, keys in ((DriftKind.REMOVED, old - new), (DriftKind.ADDED, new - old)):
        for key in keys:
            yield DriftChange(aspect, kind, _id(key)) if subject is None else DriftChange(aspect, kind, subject, key)


def _id(url: str) -> str:
    return url.rpartition("/")[2]


def _profile_changes(before: Edition, after: Edition) -> Iterator[DriftChange]:
    yield from _came_and_went(DriftAspect.PROFILE, before.profiles, after.profiles)
    names = {code: term for edition in (before, after) for (_, code), term in edition.terms.items()}
    for url, old, new in _pairs(before.profiles, after.profiles):
        yield from _rule_changes(_id(url), _own_rules(old), _own_rules(new), names)
        yield from _element_changes(_id(url), old, new, names)


def _own_rules(profile: Profile) -> dict[str, Constraint]:
    """The rules of this standard and of the profiles it builds on: FHIR's own are the same in all editions."""
    return {
        constraint.key if "." not in element.key else f"{constraint.key} ({element.key})": constraint
        for element in profile.elements
        for constraint in element.constraints
        if constraint.source and not constraint.source.startswith(FHIR_TYPES)
    }


def _rule_changes(
    subject: str, before: Mapping[str, Constraint], after: Mapping[str, Constraint], names: Mapping[str, str]
) -> Iterator[DriftChange]:
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if old is None or new is None:
            kind = DriftKind.ADDED if old is None else DriftKind.REMOVED
            yield DriftChange(DriftAspect.RULE, kind, subject, key, _told(old, names), _told(new, names))
        elif (old.form, old.severity) != (new.form, new.severity):
            was, is_ = _said(old), _said(new)
            gone = "; ".join(names.get(code, _id(code)) for code in was if code not in is_)
            come = "; ".join(names.get(code, _id(code)) for code in is_ if code not in was)
            yield DriftChange(DriftAspect.RULE, DriftKind.CHANGED, subject, key, gone, come)


def _told(rule: Constraint | None, names: Mapping[str, str]) -> str:
    """What a rule asks for: the observation, and at which visits and classes; or the profiles to conform to."""
    if rule is None:
        return ""
    if rule.demand is None:
        return ", ".join(map(_id, rule.conforming))
    visits, codes = (", ".join(names.get(one, one) for one in part) for part in (rule.demand.visits, rule.demand.codes))
    return f"{codes}: {visits} ({', '.join(rule.demand.classes)})"


def _said(rule: Constraint) -> tuple[str, ...]:
    """What a rule names: how much it weighs, and the visits, classes, codes or profiles."""
    demand = rule.demand or Demand((), (), ())
    return (rule.severity, *demand.visits, *demand.classes, *demand.codes, *rule.conforming)


def _element_changes(subject: str, before: Profile, after: Profile, names: Mapping[str, str]) -> Iterator[DriftChange]:
    old_elements = {element.key: element for element in before.elements}
    new_elements = {element.key: element for element in after.elements}
    yield from _slice_changes(subject, old_elements, new_elements, names)
    for key, old, new in _pairs(old_elements, new_elements):
        if _is_within_forbidden(key, old_elements) or _is_within_forbidden(key, new_elements):
            continue
        for aspect, was, is_ in (
            (DriftAspect.CARDINALITY, _cardinality(old), _cardinality(new)),
            (DriftAspect.TYPE, _types(old), _types(new)),
            (DriftAspect.VALUE, _given(old, names), _given(new, names)),
            (DriftAspect.BINDING, _binding(old), _binding(new)),
        ):
            if was != is_ and (aspect is DriftAspect.CARDINALITY or (old.max and new.max)):
                yield DriftChange(aspect, DriftKind.CHANGED, subject, key, was, is_)


def _is_within_forbidden(key: str, elements: Mapping[str, Element]) -> bool:
    """Whether something around it may not be there, so that nothing else about it matters."""
    parts = key.split(".")
    around = (elements.get(".".join(parts[:end])) for end in range(1, len(parts)))
    return any(element is not None and element.max == 0 for element in around)


def _slice_changes(
    subject: str, before: Mapping[str, Element], after: Mapping[str, Element], names: Mapping[str, str]
) -> Iterator[DriftChange]:
    """Slices that came and went; what lies within them goes without saying, as do elements that are only spelt out."""
    for kind, here, there in ((DriftKind.REMOVED, before, after), (DriftKind.ADDED, after, before)):
        for key, element in here.items():
            if (
                element.slice_name
                and _says_something(element)
                and key not in there
                and _parent_is_known(key, there)
                and not _is_within_forbidden(key, there)
            ):
                parts = (_cardinality(element), _given(element, names), _binding(element))
                told = " ".join(part for part in parts if part)
                was, is_ = (told, "") if kind is DriftKind.REMOVED else ("", told)
                yield DriftChange(DriftAspect.SLICE, kind, subject, key, was, is_)


def _says_something(element: Element) -> bool:
    """A slice that may be there, once or more, and hold anything, changes nothing."""
    is_free = element.min == 0 and element.max != 0
    return not is_free or bool(_given(element, {}) or _binding(element) or _types(element).endswith(")"))


def _parent_is_known(key: str, elements: Mapping[str, Element]) -> bool:
    parts = key.split(".")[:-1]
    return all(".".join(parts[: n + 1]) in elements for n, part in enumerate(parts) if ":" in part)


def _cardinality(element: Element) -> str:
    return f"{element.min}..{'*' if element.max == UNBOUNDED else element.max}"


def _types(element: Element) -> str:
    return ", ".join(sorted(map(_type, element.types)))


def _type(one: TypeRef) -> str:
    within = "|".join(sorted(_id(url) for url in (*one.profiles, *one.targets)))
    bundled = " " + "+".join(one.aggregation) if one.aggregation else ""
    return f"{one.code}({within}){bundled}" if within else one.code + bundled


def _given(element: Element, names: Mapping[str, str]) -> str:
    given = element.fixed or element.pattern
    return "" if given is None else _value(given.value, names)


def _value(value: Any, names: Mapping[str, str]) -> str:
    """A given value in short: a code by its system and term, a text as it is, anything else as JSON."""
    if isinstance(value, Mapping) and isinstance(value.get("code"), str):
        system, code = value.get("system", ""), value["code"]
        return " ".join(part for part in (f"{_id(system)}#{code}", names.get(code, "")) if part)
    if isinstance(value, Mapping) and isinstance(value.get("coding"), list):
        return ", ".join(_value(one, names) for one in value["coding"])
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _binding(element: Element) -> str:
    """The value set that is bound to firmly; without its version, since the codes themselves are compared."""
    binding = element.binding
    if binding is None or binding.strength in {"example", "preferred"}:
        return ""
    return f"{_id(binding.value_set.partition('|')[0])} ({binding.strength})"


def _value_set_changes(before: Edition, after: Edition) -> Iterator[DriftChange]:
    yield from _came_and_went(DriftAspect.VALUE_SET, before.value_sets, after.value_sets)
    for url, old, new in _pairs(before.value_sets, after.value_sets):
        if old is None or new is None:
            continue
        for concept in old - new:
            yield DriftChange(
                DriftAspect.CODE, DriftKind.REMOVED, _id(url), concept[1], before=before.terms.get(concept, "")
            )
        for concept in new - old:
            yield DriftChange(
                DriftAspect.CODE, DriftKind.ADDED, _id(url), concept[1], after=after.terms.get(concept, "")
            )


def _term_changes(before: Edition, after: Edition) -> Iterator[DriftChange]:
    """Terms of codes that both editions use in a value set."""
    in_use = _concepts(before) & _concepts(after)
    for concept in in_use & before.terms.keys() & after.terms.keys():
        if before.terms[concept] != after.terms[concept]:
            system, code = concept
            yield DriftChange(
                DriftAspect.TERM, DriftKind.CHANGED, _id(system), code, before.terms[concept], after.terms[concept]
            )


def _concepts(edition: Edition) -> set[Concept]:
    return {concept for concepts in edition.value_sets.values() for concept in concepts or ()}


def _questionnaire_changes(before: Edition, after: Edition) -> Iterator[DriftChange]:
    yield from _came_and_went(DriftAspect.QUESTIONNAIRE, before.questionnaires, after.questionnaires)
    for url, old, new in _pairs(before.questionnaires, after.questionnaires):
        subject = _id(url)
        yield from _came_and_went(DriftAspect.QUESTION, old, new, subject)
        for link_id, was, is_ in _pairs(old, new):
            if was.told != is_.told:
                yield DriftChange(DriftAspect.QUESTION, DriftKind.CHANGED, subject, link_id, was.told, is_.told)
            elif None not in (was.wording, is_.wording) and was.wording != is_.wording:
                yield DriftChange(DriftAspect.QUESTION, DriftKind.CHANGED, subject, link_id)
