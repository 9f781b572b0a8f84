"""From everything that was found to what is told: each cause once, with what only follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ldbu_desktop.conformance.places import Place, entry_of, fhir_path, json_path
from ldbu_desktop.conformance.problems import FOLLOWED_BY_NOTHING, MISWRITTEN, Follow, Link, Problem
from ldbu_desktop.conformance.verdict import ConformanceError, Follower, Severity

_WRONG = frozenset({Severity.ERROR, Severity.FATAL})
_CANT_MATCH = "Reference_REF_CantMatchChoice"
_PASSED_ON = "Terminology_PassThrough_TX_Message"
_AT_THE_TOP_OF_ENTRIES = frozenset(
    {"BUNDLE_ENTRY_URL_MATCHES_TYPE_ID", "BUNDLE_ENTRY_URL_MATCHES_NO_ID", "BUNDLE_ENTRY_URL_ABSOLUTE"}
)


def told(problems: Sequence[Problem], links: Sequence[Link], follows: Sequence[Follow]) -> list[ConformanceError]:
    """The problems as they are told, in the order of the document; what follows is told with its cause."""
    causes: dict[tuple[str, str], ConformanceError] = {}
    by_entry: dict[Place, list[tuple[str, str]]] = {}
    at_place: dict[str, list[tuple[str, str]]] = {}
    for problem in problems:
        at = _at(problem)
        if (problem.key, at) in causes:
            continue
        causes[problem.key, at] = _error(problem, at)
        at_place.setdefault(at, []).append((problem.key, at))
        entry = entry_of(problem.place)
        if entry is not None and problem.severity in _WRONG and problem.code not in FOLLOWED_BY_NOTHING:
            by_entry.setdefault(entry, []).append((problem.key, at))
    _attach_passed_on(causes, at_place)
    cause_of = {
        entry: known[0] for entry, keys in by_entry.items() if (known := [key for key in keys if key in causes])
    }
    _attach_links(causes, cause_of, links)
    for one in follows:
        if one.cause in cause_of:
            _follow(causes, cause_of[one.cause], [Follower(one.key, fhir_path(one.place))])
    return list(causes.values())


def _at(problem: Problem) -> str:
    """The place as FHIRPath. Faults of full URLs stand, as officially, with the entries as a whole."""
    if problem.key in _AT_THE_TOP_OF_ENTRIES:
        return fhir_path(problem.place._replace(number=None))
    return fhir_path(problem.place, is_as_written=problem.code in MISWRITTEN)


def _error(problem: Problem, at: str) -> ConformanceError:
    return ConformanceError(
        key=problem.key,
        at=at,
        path=json_path(problem.path_place or problem.place),
        severity=problem.severity,
        code=problem.code,
        found=problem.found,
        expected=problem.expected,
        profile=problem.profile,
        ours=problem.is_ours,
    )


def _attach_passed_on(
    causes: dict[tuple[str, str], ConformanceError], at_place: dict[str, list[tuple[str, str]]]
) -> None:
    """A code that does not exist is not in its value set either: one cause."""
    for at, keys in at_place.items():
        if (_PASSED_ON, at) in causes and len(keys) > 1:
            others = [key for key in keys if key[0] != _PASSED_ON and causes[key].code == "not-in-value-set"]
            if others:
                del causes[_PASSED_ON, at]
                _follow(causes, others[0], [Follower(_PASSED_ON, at)])


def _attach_links(
    causes: dict[tuple[str, str], ConformanceError], cause_of: dict[Place, tuple[str, str]], links: Sequence[Link]
) -> None:
    """Every reference to a faulty resource fails as well, and makes its own resource faulty in turn."""
    waiting = list(links)
    while True:
        failing = [one for one in waiting if one.target in cause_of]
        if not failing:
            return
        waiting = [one for one in waiting if one.target not in cause_of]
        for one in failing:
            cause = cause_of[one.target]
            _follow(causes, cause, [Follower(_CANT_MATCH, fhir_path(one.place))])
            holder = entry_of(one.place)
            if holder is not None:
                cause_of.setdefault(holder, cause)


def _follow(
    causes: dict[tuple[str, str], ConformanceError], cause: tuple[str, str], followers: Iterable[Follower]
) -> None:
    one = causes[cause]
    causes[cause] = replace(one, followers=tuple(dict.fromkeys((*one.followers, *followers))))


def is_error(one: ConformanceError) -> bool:
    """Whether it makes the report invalid."""
    return one.severity in _WRONG


def told_apart(errors: Sequence[ConformanceError]) -> list[ConformanceError]:
    """The errors, with what follows from them as errors of their own where nothing but unknown codes is said.

    The official validator's message about an unknown code usually goes with another about its value set. Alone it
    counts no more than what follows from it, and those who compare verdicts look for all of them then.
    """
    if any(one.key != _PASSED_ON for one in errors):
        return list(errors)
    return [
        *errors,
        *(
            replace(one, key=follower.key, at=follower.at, code="follows", found=one.at, followers=())
            for one in errors
            for follower in one.followers
        ),
    ]
