"""From everything that was found to what is told: each cause once, with what only follows from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from ldbu_desktop.conformance.model import ConformanceFinding
from ldbu_desktop.conformance.reading.places import Place, entry_of, fhir_path, json_path
from ldbu_desktop.conformance.verdict.one_cause import Key, causes_of
from ldbu_desktop.conformance.verdict.problems import (
    FOLLOWED,
    MISWRITTEN,
    MOST_PROBLEMS,
    PASSED_ON,
    REJECTING,
    Follow,
    Link,
    Problem,
)
from ldbu_desktop.conformance.verdict.verdict import conformance_finding
from ldbu_desktop.findings.model import Follower

_CANT_MATCH = "Reference_REF_CantMatchChoice"
_AT_THE_TOP_OF_ENTRIES = frozenset(
    {"BUNDLE_ENTRY_URL_MATCHES_TYPE_ID", "BUNDLE_ENTRY_URL_MATCHES_NO_ID", "BUNDLE_ENTRY_URL_ABSOLUTE"}
)

_Followers = defaultdict[Key, dict[Follower, None]]
"""What follows from each cause, in order and each once."""


def told(problems: Sequence[Problem], links: Sequence[Link], follows: Sequence[Follow]) -> list[ConformanceFinding]:
    """The problems as they are told, in the order of the document; what follows is told with its cause."""
    causes: dict[Key, ConformanceFinding] = {}
    by_entry: dict[Place, list[Key]] = {}
    for problem in problems:
        at = _at(problem)
        if (problem.key, at) in causes:
            continue
        causes[problem.key, at] = _error(problem, at)
        entry = entry_of(problem.place)
        if entry is not None and problem.code in FOLLOWED:
            by_entry.setdefault(entry, []).append((problem.key, at))
    followers: _Followers = defaultdict(dict)
    moved = _attach_same(causes, followers)
    cause_of = {
        entry: known[0]
        for entry, keys in by_entry.items()
        if (known := [moved.get(key, key) for key in keys if key in causes or key in moved])
    }
    _attach_links(cause_of, links, followers)
    for one in follows:
        if one.cause in cause_of:
            followers[cause_of[one.cause]][Follower(one.key, fhir_path(one.place))] = None
    return [replace(one, followers=tuple(followers[key])) if key in followers else one for key, one in causes.items()]


def _at(problem: Problem) -> str:
    """The place as FHIRPath. Faults of full URLs stand, as officially, with the entries as a whole."""
    if problem.key in _AT_THE_TOP_OF_ENTRIES:
        return fhir_path(problem.place._replace(number=None))
    return fhir_path(problem.place, is_as_written=problem.code in MISWRITTEN)


def _error(problem: Problem, at: str) -> ConformanceFinding:
    return conformance_finding(
        key=problem.key,
        at=at,
        path=json_path(problem.path_place or problem.place),
        code=problem.code,
        found=problem.found,
        expected=problem.expected,
        profile=problem.profile,
        obstacles=tuple(_error(one, _at(one)) for one in problem.because),
    )


def _attach_same(causes: dict[Key, ConformanceFinding], followers: _Followers) -> dict[Key, Key]:
    """What only says in other words what another finding says is told with it."""
    moved = causes_of(causes)
    for key, cause in moved.items():
        followers[cause].update(followers.pop(key, {}))
        followers[cause][Follower(*key)] = None
        del causes[key]
    return moved


def _attach_links(cause_of: dict[Place, Key], links: Sequence[Link], followers: _Followers) -> None:
    """Every reference to a faulty resource fails as well, and makes its own resource faulty in turn."""
    waiting: defaultdict[Place, list[tuple[int, Link]]] = defaultdict(list)
    for number, link in enumerate(links):
        waiting[link.target].append((number, link))
    reached = list(cause_of)
    told = 0
    while reached:
        failing = sorted(one for place in reached for one in waiting.pop(place, ()))
        reached = []
        for _, link in failing:
            cause = cause_of[link.target]
            if told < MOST_PROBLEMS:
                followers[cause][Follower(_CANT_MATCH, fhir_path(link.place))] = None
                told += 1
            holder = entry_of(link.place)
            if holder is not None and holder not in cause_of:
                cause_of[holder] = cause
                reached.append(holder)


def is_error(one: ConformanceFinding) -> bool:
    """Whether it makes the report invalid."""
    return one.code in REJECTING


def told_apart(errors: Sequence[ConformanceFinding]) -> list[ConformanceFinding]:
    """The errors, with what follows from them as errors of their own where nothing but unknown codes is said.

    The official validator's message about an unknown code usually goes with another about its value set. Alone it
    counts no more than what follows from it, and those who compare verdicts look for all of them then.
    """
    if any(one.key != PASSED_ON for one in errors):
        return list(errors)
    return [
        *errors,
        *(_alone(follower, one) for one in errors for follower in one.followers),
    ]


def _alone(follower: Follower, cause: ConformanceFinding) -> ConformanceFinding:
    """What follows, as a finding of its own at the line of its cause."""
    one = conformance_finding(follower.key, follower.at, cause.path, "follows", cause.at)
    return one.moved(cause.line, cause.column) if cause.line and cause.column else one
