"""Findings that only follow from another one about the same element, or about one just inside or around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ldbu_desktop.conformance.verdict.problems import WRONG
from ldbu_desktop.conformance.verdict.verdict import ConformanceError
from ldbu_desktop.json_text import Path

Key = tuple[str, str]
"""A finding: its official key and where it is."""

_FORMS: Final = frozenset(
    f"wrong-{kind}"
    for kind in ("boolean", "date", "date-time", "decimal", "form", "id", "instant", "integer", "time", "uri")
)
_BROKEN: Final = frozenset(
    ["empty-array", "empty-object", "not-a-value", "not-an-array", "not-an-object", "wrong-narrative"]
)
_OF_PERSON: Final = frozenset({"observation-of-another-person", "subject-of-another-visit"})

_AT_THE_SAME: Final[Mapping[str, frozenset[str]]] = {
    "cpr": frozenset({"too-long"}),
    "demanded-observation-missing": frozenset({"demanded-observation-missing"}),
    "empty-object": frozenset({"missing"}),
    "empty-value": frozenset({"display-differs"}),
    "full-url-missing": frozenset({"full-url-missing", "unresolved-reference"}),
    "missing": frozenset({"missing"}),
    "not-an-array": frozenset({"not-an-object"}),
    "not-in-value-set": frozenset({"unknown-code"}),
    "obs-2": frozenset({"obs-1"}),
    "other-value": frozenset({"display-differs", "not-in-value-set"}),
    "several-targets": _OF_PERSON | {"wrong-target"},
    "unresolved-reference": _OF_PERSON,
    "wrong-json-type": _FORMS | {"not-in-value-set"},
    "wrong-target": _OF_PERSON,
    "wrong-type": frozenset({"no-slice"}),
}
"""By the kind or rule of a finding: what follows from it at the same place."""

_AROUND: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(_BROKEN, frozenset({"ext-1", "missing", "obs-2"})),
    **dict.fromkeys(["no-slice", "wrong-type"], frozenset({"dk-core-observation-mandatory-units", "obs-1"})),
    **dict.fromkeys(["wrong-date-time", "wrong-json-type"], frozenset({"per-1"})),
    "not-in-value-set": frozenset({"unknown-code"}),
    "other-value": frozenset({"bdl-3", "bdl-4", "not-in-value-set", "unknown-code"}),
    "unquoted-value": frozenset({"obs-1"}),
}
"""What follows from it in the element around it."""

_INSIDE: Final[Mapping[str, frozenset[str]]] = {
    "not-in-value-set": frozenset({"display-differs"}),
    "unknown-code": frozenset({"display-differs"}),
    "wrong-type": frozenset({"not-allowed"}),
}
"""What follows from it directly inside the element."""

_OF_A_NAME: Final = frozenset({"duplicate-key", "unquoted-value"})
"""Kinds that are told of an object, with the name in it whose value is meant: all about that value follows."""


def causes_of(findings: Mapping[Key, ConformanceError]) -> dict[Key, Key]:
    """For each finding that only follows from another: the one that it comes from in the end."""
    by_path: dict[Path, list[Key]] = {}
    for key, one in findings.items():
        by_path.setdefault(one.path, []).append(key)
        if one.code in _OF_A_NAME:
            by_path.setdefault((*one.path, one.found), []).append(key)
    by_holder: dict[Path, list[Key]] = {}
    for key, one in findings.items():
        by_holder.setdefault(_around(one.path), []).append(key)
    found: dict[Key, Key] = {}
    for key, one in findings.items():
        for other in _candidates(one, by_path, by_holder):
            if other != key and _last(found, other) != key and _follows(one, findings[other]):
                found[key] = other
                break
    return {key: _last(found, other) for key, other in found.items()}


def _candidates(
    one: ConformanceError, by_path: Mapping[Path, list[Key]], by_holder: Mapping[Path, list[Key]]
) -> Iterator[Key]:
    yield from by_path.get(one.path, ())
    yield from by_holder.get(one.path, ())
    yield from by_path.get(_around(one.path), ())


def _last(found: Mapping[Key, Key], key: Key) -> Key:
    while key in found:
        key = found[key]
    return key


def _follows(one: ConformanceError, other: ConformanceError) -> bool:
    """Whether ``one`` comes from ``other``, which is about the same element or one just inside or around it."""
    if (one.severity in WRONG and other.severity not in WRONG) or (other.ours and not one.ours):
        return False
    if other.code in _OF_A_NAME and one.path == (*other.path, other.found):
        return one.code not in _OF_A_NAME
    if one.path == other.path:
        return bool(_from(_AT_THE_SAME, other) & {one.code, one.rule}) and _is_about_the_same(one, other)
    if one.path == _around(other.path):
        is_named = one.code != "missing" or _name(other.path) == _asked(one)
        return is_named and bool(_from(_AROUND, other) & {one.code, one.rule})
    return one.code in _from(_INSIDE, other)


def _from(table: Mapping[str, frozenset[str]], other: ConformanceError) -> frozenset[str]:
    return table.get(other.code) or table.get(other.rule) or frozenset()


def _is_about_the_same(one: ConformanceError, other: ConformanceError) -> bool:
    """Rules that demand the same observation are one cause, and an element with the slices of it that are missing; of
    other kinds there is one at a place.
    """
    if one.code == other.code == "missing":
        return one.expected.startswith(f"{other.expected}:")
    return one.code != "demanded-observation-missing" or one.expected == other.expected


def _around(path: Path) -> Path:
    """The path of the element that holds another, past its number in a list."""
    return path[:-2] if path and isinstance(path[-1], int) else path[:-1]


def _name(path: Path) -> str:
    return str(path[-2] if isinstance(path[-1], int) else path[-1])


def _asked(one: ConformanceError) -> str:
    """The name of an element that is missing, as it stands in JSON."""
    return one.expected.rpartition(".")[2].rpartition(":")[2].removesuffix("[x]")
