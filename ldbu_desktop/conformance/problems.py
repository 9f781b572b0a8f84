"""What is found while a document is checked, before causes are told from what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from ldbu_desktop.conformance.path_bounds import Patience
from ldbu_desktop.conformance.places import Place
from ldbu_desktop.conformance.verdict import Severity

MOST_PROBLEMS = 5_000
"""How many problems of one document are told; the verdict is clear long before."""

WRONG = frozenset({Severity.ERROR, Severity.FATAL})
"""The severities that make a document invalid."""


class EnoughProblems(Exception):
    """As many faults as are told were found: looking for more is no use."""


MISWRITTEN: Final = frozenset(
    [
        "unknown-property",
        "not-an-array",
        "not-an-object",
        "not-a-value",
        "empty-array",
        "empty-object",
        "wrong-json-type",
        "resource-type-missing",
        "unknown-resource",
    ]
)
"""Codes of what is told while a document is read, before its profiles are asked."""

FOLLOWED_BY_NOTHING: Final = MISWRITTEN | {
    "comment",
    "duplicate-key",
    "trailing-comma",
    "extended-fixed-value",
    "unknown-profile",
    "unused-contained",
    "unquoted-name",
    "unquoted-value",
}
"""Codes of what concerns the text or one check alone: a reference to such a resource does not fail."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not conform at ``place``."""

    place: Place
    key: str
    code: str
    found: str = ""
    expected: str = ""
    profile: str = ""
    severity: Severity = Severity.ERROR
    path_place: Place | None = None
    is_ours: bool = False
    because: tuple[Problem, ...] = ()


class Link(NamedTuple):
    """A reference that was resolved within the bundle, to a resource that must conform."""

    place: Place
    target: Place


@dataclass(frozen=True, slots=True)
class Follow:
    """Something at ``place`` that fails if the resource at ``cause`` does."""

    key: str
    place: Place
    cause: Place


class Entries(NamedTuple):
    """The entries of a bundle that can be read, and their numbers by full URL."""

    held: list[Any]
    numbers: Mapping[str, list[int]]


@dataclass(slots=True)
class Scope:
    """The bundle entry whose resource is being checked: what references are resolved from."""

    bundle: Mapping[str, Any] | None = None
    bundle_place: Place | None = None
    entry: Mapping[str, Any] | None = None
    entry_place: Place | None = None
    resource: Mapping[str, Any] = field(default_factory=dict)
    container: Mapping[str, Any] | None = None
    resource_place: Place | None = None
    base: str | None = None
    entries: Entries | None = None


class Run:
    """One check of one document. ``settled`` are the resources, by identity, of which there is nothing to tell.

    A trial tries something out; only a run that is none ends early.
    """

    __slots__ = (
        "bundles",
        "cleaned",
        "depth",
        "errors",
        "follows",
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
        self.scope = Scope()
        self.ids: set[str] = set()
        self.depth = 0
        self.is_broken = False
        self.cleaned: dict[int, Mapping[str, Any]] = {}
        self.bundles: dict[int, tuple[Mapping[str, Any], Entries]] = {}
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
        severity: Severity = Severity.ERROR,
        path_place: Place | None = None,
        is_ours: bool = False,
        because: tuple[Problem, ...] = (),
    ) -> None:
        """Note what does not conform; ``path_place`` where the JSON document shows it better than ``place``.

        ``is_ours`` marks what the official validator leaves out. Raises :class:`EnoughProblems` where enough were told.
        """
        is_wrong = severity in WRONG
        others = len(self.problems) - self.errors
        if (self.errors if is_wrong else others) >= MOST_PROBLEMS:
            if is_wrong and not self.is_trial:
                raise EnoughProblems
            return
        self.errors += is_wrong
        self.problems.append(
            Problem(
                place, key, code, str(found)[:200], str(expected)[:200], profile, severity, path_place, is_ours, because
            )
        )

    def aside(self) -> Run:
        """A run for trying something out: the same document, no problems."""
        other = Run(self.root)
        other.scope = self.scope
        other.cleaned = self.cleaned
        other.bundles = self.bundles
        other.plain = self.plain
        other.patience = self.patience
        return other
