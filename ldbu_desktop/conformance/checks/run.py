"""The check of one document: what was found so far, and what was worked out once and for all on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from ldbu_desktop.conformance.checks.expression_bounds import Patience
from ldbu_desktop.conformance.profiles.profile_set import ProfileSet
from ldbu_desktop.conformance.profiles.trees import ElementNode
from ldbu_desktop.conformance.reading.places import Place
from ldbu_desktop.conformance.verdict.problems import MOST_PROBLEMS, REJECTING, Follow, Link, Problem


class EnoughProblems(Exception):
    """As many faults as are told were found: looking for more is no use."""


class BundleEntries(NamedTuple):
    """The entries of a bundle that can be read, and their numbers by full URL."""

    held: list[Any]
    numbers: Mapping[str, list[int]]


@dataclass(slots=True)
class EntryScope:
    """The bundle entry whose resource is being checked: what references are resolved from."""

    bundle: Mapping[str, Any] | None = None
    bundle_place: Place | None = None
    entry: Mapping[str, Any] | None = None
    entry_place: Place | None = None
    resource: Mapping[str, Any] = field(default_factory=dict)
    container: Mapping[str, Any] | None = None
    resource_place: Place | None = None
    base: str | None = None
    entries: BundleEntries | None = None


class Run:
    """One check of one document. ``settled`` are the resources, by identity, of which there is nothing to tell.

    A trial tries something out; only a run that is none ends early. ``has_all``: what is referred to must be there.
    """

    __slots__ = (
        "bundles",
        "cleaned",
        "depth",
        "errors",
        "follows",
        "has_all",
        "ids",
        "is_broken",
        "is_trial",
        "links",
        "noted",
        "patience",
        "plain",
        "problems",
        "root",
        "scope",
        "settled",
    )

    def __init__(self, root: Mapping[str, Any], *, is_trial: bool = True) -> None:
        self.root = root
        self.is_trial = is_trial
        self.errors = 0
        self.problems: list[Problem] = []
        self.links: list[Link] = []
        self.scope = EntryScope()
        self.has_all = True
        self.ids: set[str] = set()
        self.depth = 0
        self.is_broken = False
        self.cleaned: dict[int, Mapping[str, Any]] = {}
        self.bundles: dict[int, tuple[Mapping[str, Any], BundleEntries]] = {}
        self.follows: list[Follow] = []
        self.noted: set[tuple[str, Place]] = set()
        self.settled: set[int] = set()
        self.plain: dict[int, tuple[Mapping[str, Any], Any]] = {}
        self.patience = Patience()

    def problem(
        self,
        place: Place,
        key: str,
        code: str,
        found: object = "",
        expected: object = "",
        profile: str = "",
        path_place: Place | None = None,
        because: tuple[Problem, ...] = (),
    ) -> None:
        """Note what does not conform; ``path_place`` where the JSON document shows it better than ``place``.

        Raises :class:`EnoughProblems` where enough were told.
        """
        is_wrong = code in REJECTING
        others = len(self.problems) - self.errors
        if (self.errors if is_wrong else others) >= MOST_PROBLEMS:
            if is_wrong and not self.is_trial:
                raise EnoughProblems
            return
        self.errors += is_wrong
        self.problems.append(
            Problem(place, key, code, str(found)[:200], str(expected)[:200], profile, path_place, because)
        )

    def aside(self) -> Run:
        """A run for trying something out: the same document, no problems."""
        other = Run(self.root)
        other.scope = self.scope
        other.has_all = self.has_all
        other.cleaned = self.cleaned
        other.bundles = self.bundles
        other.plain = self.plain
        other.patience = self.patience
        return other


class ProfileChecker(Protocol):
    """Checks values by whole profiles: what checks of extensions, expressions and reports ask of others."""

    @property
    def profiles(self) -> ProfileSet:
        """The profiles that are checked by."""

    def check_profile(self, profile: ElementNode, value: Mapping[str, Any], place: Place, run: Run) -> None:
        """A well-formed value by a profile: its parts and its invariants."""
