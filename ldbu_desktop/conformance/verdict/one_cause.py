"""Findings that only follow from another one about the same element, or about one just inside or around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ldbu_desktop.conformance.model import ConformanceFinding
from ldbu_desktop.findings.catalogue import Followed, codes_where, finding_types
from ldbu_desktop.json_text import JsonPath

Key = tuple[str, str]
"""A finding: its official key and where it is."""

_TYPES: Final = finding_types()
_UNKNOWN: Final = Followed()
_COVERS_A_MEMBER: Final = codes_where(lambda one: one.tells_member == "value")
"""Codes of what is told of an object with the name in it whose value is meant: all about that value follows."""


def causes_of(findings: Mapping[Key, ConformanceFinding]) -> dict[Key, Key]:
    """For each finding that only follows from another: the one that it comes from in the end."""
    by_path: dict[JsonPath, list[Key]] = {}
    for key, one in findings.items():
        by_path.setdefault(one.path, []).append(key)
        if one.code in _COVERS_A_MEMBER:
            by_path.setdefault((*one.path, one.found), []).append(key)
    by_holder: dict[JsonPath, list[Key]] = {}
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
    one: ConformanceFinding, by_path: Mapping[JsonPath, list[Key]], by_holder: Mapping[JsonPath, list[Key]]
) -> Iterator[Key]:
    yield from by_path.get(one.path, ())
    yield from by_holder.get(one.path, ())
    yield from by_path.get(_around(one.path), ())


def _last(found: Mapping[Key, Key], key: Key) -> Key:
    while key in found:
        key = found[key]
    return key


def _follows(one: ConformanceFinding, other: ConformanceFinding) -> bool:
    """Whether ``one`` comes from ``other``, which is about the same element or one just inside or around it."""
    if other.code in _COVERS_A_MEMBER and one.path == (*other.path, other.found):
        return one.code not in _COVERS_A_MEMBER
    followed, names = _followed(other), {one.code, one.rule}
    if one.path == other.path:
        return not names.isdisjoint(followed.here) and _is_about_the_same(one, other, followed)
    if one.path == _around(other.path):
        is_named = _TYPES[one.code].facts != "element" or _name(other.path) == _asked(one)
        return is_named and not names.isdisjoint(followed.around)
    return one.code in followed.inside


def _followed(other: ConformanceFinding) -> Followed:
    """What follows from a finding, by its code or else by its rule."""
    by_code = _TYPES[other.code].followed_by
    if by_code != _UNKNOWN:
        return by_code
    rule = _TYPES.get(other.rule)
    return rule.followed_by if rule is not None else _UNKNOWN


def _is_about_the_same(one: ConformanceFinding, other: ConformanceFinding, followed: Followed) -> bool:
    """Rules that demand the same observation are one cause, and an element with the slices of it that are missing; of
    other types there is one at a place.
    """
    if followed.here_if == "part-of-expected":
        return one.expected.startswith(f"{other.expected}:")
    return followed.here_if == "always" or one.expected == other.expected


def _around(path: JsonPath) -> JsonPath:
    """The path of the element that holds another, past its number in a list."""
    return path[:-2] if path and isinstance(path[-1], int) else path[:-1]


def _name(path: JsonPath) -> str:
    return str(path[-2] if isinstance(path[-1], int) else path[-1])


def _asked(one: ConformanceFinding) -> str:
    """The name of an element that is missing, as it stands in JSON."""
    return one.expected.rpartition(".")[2].rpartition(":")[2].removesuffix("[x]")
