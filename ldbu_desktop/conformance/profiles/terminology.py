"""Codes against value sets and code systems, weighed as the official validator does without a terminology server.

A code system that is a fragment never makes a code wrong, one that is not known makes it unknown. Where a value set
takes codes from a system whose concepts are known, only those concepts count.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from ldbu_desktop.conformance.profiles.known_systems import known_systems
from ldbu_desktop.conformance.profiles.units import is_unit
from ldbu_desktop.standard.profiles import CodeSystem, Definitions, Filter, Portion, ValueSet

_MOST_NESTED: Final = 50
LARGEST_CACHE: Final = 50_000


class CodeMembership(NamedTuple):
    """Whether a code is in a value set or code system; what else is to be told about it.

    ``is_unknown_code``: its code system is known and does not have it. ``is_unknown_system``: its system, or one that
    the value set needs, is not known.
    """

    is_ok: bool
    is_unknown_code: bool = False
    is_unknown_system: bool = False


OK: Final = CodeMembership(is_ok=True)
_UNKNOWN_CODE: Final = CodeMembership(is_ok=False, is_unknown_code=True)
_UNKNOWN_SYSTEM: Final = CodeMembership(is_ok=False, is_unknown_system=True)
_NO_ANSWER: Final = CodeMembership(is_ok=False)


class _SystemMissing(Exception):
    pass


_Codes = set[tuple[str, str]]
"""Codes as system and code."""


@dataclass(slots=True)
class _Asked:
    """What is looked for in a value set, and the value sets that were looked into: none twice, however they are nested.

    ``expanded`` has their codes by URL and version (None where a system is missing), empty as long as one is at work:
    a value set that includes itself adds nothing to itself.
    """

    system: str
    version: str
    code: str
    expanded: dict[tuple[str, str], _Codes | None] = field(default_factory=dict)
    depth: int = 0


class Terminology:
    """Answers about codes, each worked out once."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._known = known_systems()
        self._in_sets: dict[tuple[str, str, str, bool], CodeMembership] = {}
        self._in_systems: dict[tuple[str, str], CodeMembership] = {}
        self._codes: dict[str, frozenset[str]] = {}

    def knows_value_set(self, url: str) -> bool:
        """Whether there is a value set of this URL."""
        return self._definitions.value_set(url) is not None

    def knows_code_system(self, url: str) -> bool:
        """Whether there is a code system of this URL, whatever it holds."""
        return self._definitions.code_system(url) is not None

    def supports(self, system: str) -> bool:
        """Whether codes of this system can be checked."""
        if self._is_known(system):
            return True
        found = self._definitions.code_system(system)
        return found is not None and found.content != "not-present"

    def in_value_set(self, url: str, system: str, code: str, *, is_inferred: bool = False) -> CodeMembership:
        """Whether ``code`` of ``system`` is in the value set; ``is_inferred`` where only the code is told."""
        key = (url, system, code, is_inferred)
        found = self._in_sets.get(key)
        if found is None:
            found = self._in_value_set(url, system, code, is_inferred)
            if len(self._in_sets) >= LARGEST_CACHE:
                self._in_sets.clear()
            self._in_sets[key] = found
        return found

    def in_code_system(self, system: str, code: str) -> CodeMembership:
        """Whether ``system`` has ``code``; a missing system gives no answer."""
        key = (system, code)
        found = self._in_systems.get(key)
        if found is None:
            found = self._in_code_system(system, code)
            if len(self._in_systems) >= LARGEST_CACHE:
                self._in_systems.clear()
            self._in_systems[key] = found
        return found

    def _in_value_set(self, url: str, system: str, code: str, is_inferred: bool) -> CodeMembership:
        name = url.partition("|")[0]
        value_set = self._definitions.value_set(url)
        if is_inferred:
            system = _system_for(value_set, code) if value_set else ""
        answer = self._special_set(name, system, code) or self._expanded(value_set, system, code, is_inferred)
        if not system:
            return answer
        own = self.in_code_system(system, code)
        return CodeMembership(
            answer.is_ok,
            answer.is_unknown_code or own.is_unknown_code,
            answer.is_unknown_system or own.is_unknown_system,
        )

    def _special_set(self, name: str, system: str, code: str) -> CodeMembership | None:
        """Value sets that are answered by what their system allows, not by a list."""
        known = self._known
        ruled = next(
            (one for one in (known.languages, known.media_types, known.units) if name in {one.value_set, one.all}), None
        )
        listed = known.list_for(name)
        if listed is not None:
            expected, is_ok = listed.system, code in listed.codes
        elif ruled is None or not name:
            return None
        elif ruled is known.languages and name == ruled.value_set:
            usual = self._definitions.value_set(name)
            expected = ruled.system
            is_ok = usual is not None and any(code in portion.codes for portion in usual.include)
        else:
            expected, is_ok = ruled.system, self._by_rules(ruled.system, code).is_ok
        return OK if is_ok and system in {"", expected} else _UNKNOWN_CODE

    def _expanded(self, value_set: ValueSet | None, system: str, code: str, is_inferred: bool) -> CodeMembership:
        if value_set is None:
            return _NO_ANSWER
        name, _, version = system.partition("|")
        try:
            found = self._expansion(value_set, _Asked(name, version, code))
        except _SystemMissing:
            return _UNKNOWN_SYSTEM
        exact = is_inferred or self._is_case_sensitive(name)
        wanted = code if exact else code.casefold()
        for one_system, one_code in found:
            if (one_code if exact else one_code.casefold()) == wanted and (is_inferred or one_system == name):
                return OK
        return _NO_ANSWER

    def _is_case_sensitive(self, system: str) -> bool:
        found = self._definitions.code_system(system)
        return found is None or found.is_case_sensitive

    def _expansion(self, one: ValueSet, asked: _Asked) -> _Codes:
        """The codes of the value set that may be the one asked for."""
        key = (one.url, one.version)
        if key in asked.expanded:
            known = asked.expanded[key]
            if known is None:
                raise _SystemMissing
            return known
        found: _Codes = set()
        asked.expanded[key] = set()
        if asked.depth > _MOST_NESTED:
            return found
        asked.depth += 1
        try:
            self._gather(one.include, asked, found, is_include=True)
            self._gather(one.exclude, asked, found, is_include=False)
        except _SystemMissing:
            asked.expanded[key] = None
            raise
        finally:
            asked.depth -= 1
        asked.expanded[key] = found
        return found

    def _gather(self, portions: tuple[Portion, ...], asked: _Asked, found: _Codes, *, is_include: bool) -> None:
        is_missing = False
        for portion in portions:
            try:
                gathered = self._portion(portion, asked)
            except _SystemMissing:
                is_missing = True
                continue
            if gathered:
                (found.update if is_include else found.difference_update)(gathered)
                return
        if is_missing:
            raise _SystemMissing

    def _portion(self, portion: Portion, asked: _Asked) -> list[tuple[str, str]]:
        known: CodeSystem | None = None
        found: list[tuple[str, str]] = []
        system, version, code = asked.system, asked.version, asked.code
        if portion.system:
            if (system and system != portion.system) or (version and version != portion.version):
                return []
            known = self._definitions.code_system(portion.system)
            if known is None or known.content == "not-present":
                if known is not None and portion.filters:
                    raise _SystemMissing
                found = self._unlisted(portion, system, code)
            else:
                found = [(portion.system, one) for one in self._listed(known, code, portion.codes)]
        for url in portion.value_sets:
            included = self._definitions.value_set(url)
            if included is not None:
                found.extend(self._expansion(included, asked))
        if known is not None:
            wanted = code if known.is_case_sensitive else code.casefold()
            found = [
                (one_system, one)
                for one_system, one in found
                if (one if known.is_case_sensitive else one.casefold()) == wanted
                and all(_passes(known, condition, one) for condition in portion.filters)
            ]
        return found

    def _unlisted(self, portion: Portion, system: str, code: str) -> list[tuple[str, str]]:
        """From a system whose concepts are not known here: by its own rules, or by the codes that the portion lists."""
        if self.supports(portion.system):
            is_there = self._by_rules(portion.system, code).is_ok
        elif portion.codes and portion.system == system:
            is_there = code in portion.codes
        else:
            raise _SystemMissing
        return [(portion.system, code)] if is_there and (not portion.codes or code in portion.codes) else []

    def _listed(self, known: CodeSystem, code: str, only: tuple[str, ...]) -> list[str]:
        if known.is_case_sensitive:
            return [code] if code in self._codes_of(known) and (not only or code in only) else []
        wanted = code.casefold()
        return [one for one in known.codes if one.casefold() == wanted and (not only or one in only)]

    def _codes_of(self, known: CodeSystem) -> frozenset[str]:
        if known.url not in self._codes:
            self._codes[known.url] = frozenset(known.codes)
        return self._codes[known.url]

    def _in_code_system(self, system: str, code: str) -> CodeMembership:
        name, _, version = system.partition("|")
        if self._is_known(name) and not version:
            return self._by_rules(name, code)
        known = self._definitions.code_system(name)
        if known is None:
            return _UNKNOWN_SYSTEM if name else _NO_ANSWER
        if known.content == "not-present":
            return _NO_ANSWER
        if self._listed(known, code, ()):
            return OK
        return _NO_ANSWER if known.content == "fragment" else _UNKNOWN_CODE

    def _is_known(self, system: str) -> bool:
        """Whether the system is judged here, by rules or a list, and by no package."""
        known = self._known
        is_ruled = system in {known.units.system, known.languages.system, known.media_types.system}
        return is_ruled or known.list_of(system) is not None

    def _by_rules(self, system: str, code: str) -> CodeMembership:
        listed = self._known.list_of(system)
        if listed is not None:
            return OK if code in listed.codes else _UNKNOWN_CODE
        if system == self._known.units.system:
            return OK if is_unit(code) else _UNKNOWN_CODE
        if system == self._known.languages.system:
            return OK if _looks_like_a_language(code) else _UNKNOWN_SYSTEM
        return OK


def _system_for(value_set: ValueSet, code: str) -> str:
    """The system that a code without one is of: that of the only portion, or of the portion that lists it."""
    if len(value_set.include) == 1:
        return _versioned(value_set.include[0])
    for portion in value_set.include:
        if portion.system and code in portion.codes:
            return _versioned(portion)
    return ""


def _versioned(portion: Portion) -> str:
    return f"{portion.system}|{portion.version}" if portion.system and portion.version else portion.system


def _looks_like_a_language(code: str) -> bool:
    language, _, region = code.replace("_", "-").partition("-")
    is_language = 2 <= len(language) <= 3 and language.isascii() and language.isalpha()
    return is_language and (not region or (region.isascii() and region.isalnum() and len(region) in {2, 3}))


def _passes(known: CodeSystem, condition: Filter, code: str) -> bool:
    """Whether a concept of ``known`` passes a filter; a filter on anything but code or term lets none pass."""
    if condition.property.lower() not in {"concept", "code"}:
        return False
    value = condition.value

    def same(one: str, other: str) -> bool:
        return one == other if known.is_case_sensitive else one.casefold() == other.casefold()

    if condition.op == "=":
        return same(value, code)
    if condition.op in {"in", "not-in"}:
        return any(same(part.strip(), code) for part in value.split(",")) == (condition.op == "in")
    if not any(same(value, one) for one in known.codes):
        return False
    ancestors = _ancestors(known, code)
    is_below = any(same(value, one) for one in ancestors)
    return {
        "is-a": is_below or same(value, code),
        "descendent-of": is_below,
        "is-not-a": not is_below and not same(value, code),
        "child-of": any(same(value, one) for one in known.parents.get(code, ())),
        "generalizes": same(value, code) or any(same(code, one) for one in _ancestors(known, value)),
    }.get(condition.op, False)


def _ancestors(known: CodeSystem, code: str) -> set[str]:
    found: set[str] = set()
    waiting = list(known.parents.get(code, ()))
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(known.parents.get(one, ()))
    return found
