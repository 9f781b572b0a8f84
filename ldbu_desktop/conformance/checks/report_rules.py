"""What a delivery report as a whole must have: observations that conform, and those that its visits demand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ldbu_desktop.conformance.checks.references import entries_in, entries_of
from ldbu_desktop.conformance.checks.run import EntryScope, ProfileChecker, Run
from ldbu_desktop.conformance.invariants.registry import each
from ldbu_desktop.conformance.profiles.trees import ElementNode
from ldbu_desktop.conformance.reading.places import NOWHERE, Place, entry_of
from ldbu_desktop.conformance.verdict.problems import FOLLOWED, REJECTING, Follow, Problem
from ldbu_desktop.standard.profiles import Constraint, Demand

_MOST_OBSTACLES: Final = 3
Json = Mapping[str, Any]


def check_report_rules(checker: ProfileChecker, node: ElementNode, bundle: Json, place: Place, run: Run) -> None:
    """The rules that a profile of bundles has for the bundle as a whole."""
    resources = _resources(bundle, run)
    visits, codes = _visits(resources["Encounter"]), _observation_codes(resources["Observation"])
    for rule in node.report_rules:
        if rule.conforming:
            _check_conforming(checker, rule, node, bundle, resources["Observation"], place, run)
        elif rule.demand is not None and _is_unmet(rule.demand, visits, codes):
            asked = ", ".join(rule.demand.codes)
            run.problem(place, rule.key, "demanded-observation-missing", "", asked, node.profile.url)


def _is_unmet(demand: Demand, visits: list[tuple[str, str]], codes: set[str]) -> bool:
    for visit, kind in visits:  # asked so often that a generator would be felt
        if visit in demand.visits and kind in demand.classes:
            return codes.isdisjoint(demand.codes)
    return False


Numbered = tuple[int, Json]
"""A resource and the number of its entry."""


def _resources(bundle: Json, run: Run) -> dict[str, list[Numbered]]:
    """The encounters and the observations of a bundle."""
    found: dict[str, list[Numbered]] = {"Encounter": [], "Observation": []}
    for index, entry in enumerate(entries_of(bundle)):
        resource = entry.get("resource")
        if resource.__class__ is dict and (kind := resource.get("resourceType")).__class__ is str and kind in found:
            found[kind].append((index, run.cleaned.get(id(resource), resource)))
    return found


def _codes(resource: Json, name: str) -> list[Any]:
    """The codes of the concepts of an element."""
    return [  # asked so often that generators would be felt
        coding["code"]
        for concept in each(resource, name)
        if isinstance(concept, dict)
        for coding in each(concept, "coding")
        if isinstance(coding, dict) and "code" in coding
    ]


def _visits(encounters: list[Numbered]) -> list[tuple[str, str]]:
    """The type and class of each encounter. One with several codings of type is of none, as its equality has it."""
    found: list[tuple[str, str]] = []
    for _, encounter in encounters:
        codes = _codes(encounter, "type")
        kind = encounter.get("class")
        if len(codes) == 1 and isinstance(kind, dict) and isinstance(codes[0], str):
            found.append((codes[0], str(kind.get("code", ""))))
    return found


def _observation_codes(observations: list[Numbered]) -> set[str]:
    return {code for _, observation in observations for code in _codes(observation, "code") if isinstance(code, str)}


def _check_conforming(
    checker: ProfileChecker,
    rule: Constraint,
    node: ElementNode,
    bundle: Json,
    observations: list[Numbered],
    place: Place,
    run: Run,
) -> None:
    """Every observation must conform to one of the rule's profiles."""
    found = (problem for problem in run.problems if problem.code in FOLLOWED)
    faulty = {entry for problem in found if (entry := entry_of(problem.place)) is not None}
    for index, observation in observations:
        does_declare = _declares_one_of(observation, rule.conforming)
        if does_declare and not faulty:
            continue
        where = Place(Place(place, "entry", "entry", index), "resource", "resource", None)
        run.follows.append(Follow(rule.key, place, entry_of(where) or where))
        if not does_declare and entry_of(where) not in faulty:
            _try_profiles(checker, rule, node, bundle, observation, where, place, run)


def _declares_one_of(resource: Json, urls: tuple[str, ...]) -> bool:
    meta = resource.get("meta")
    declared = meta.get("profile") if meta.__class__ is dict else None
    if declared.__class__ is not list:
        return False
    for url in declared:  # noqa: SIM110 - asked so often that a generator would be felt
        if url.__class__ is str and url in urls:
            return True
    return False


def _try_profiles(
    checker: ProfileChecker,
    rule: Constraint,
    node: ElementNode,
    bundle: Json,
    observation: Json,
    where: Place,
    place: Place,
    run: Run,
) -> None:
    """An observation that says no profile: the first that fits, else the nearest and what keeps it from fitting."""
    entry = where.parent
    number = entry.number if entry is not None else None
    held = entries_in(bundle, run).held[number] if number is not None else None
    scope = EntryScope(bundle, place, held, entry, observation, None, where)
    nearest, obstacles = nearest_profile(checker, rule.conforming, observation, scope, run)
    if obstacles or nearest is None:
        url = nearest.profile.url if nearest is not None else ""
        told = tuple(obstacles[:_MOST_OBSTACLES])
        run.problem(place, rule.key, "fits-no-profile", "", url, node.profile.url, path_place=where, because=told)


def nearest_profile(
    checker: ProfileChecker, urls: tuple[str, ...], resource: Json, scope: EntryScope, run: Run
) -> tuple[ElementNode | None, list[Problem]]:
    """The first of these profiles that a resource fits; else the nearest one, and what keeps it from fitting."""
    nearest: tuple[ElementNode | None, list[Problem]] = (None, [])
    for tree in checker.profiles.candidates(resource, urls):
        trial = run.aside()
        trial.scope = scope
        checker.check_profile(tree, resource, scope.resource_place or NOWHERE, trial)
        found = [one for one in trial.problems if one.code in REJECTING]
        if not found:
            return tree, []
        if nearest[0] is None or len(found) < len(nearest[1]):
            nearest = (tree, found)
    return nearest
