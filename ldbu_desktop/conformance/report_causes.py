"""Findings of many reports by cause, so that one correction can clear them all: counts, and a few places of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from ldbu_desktop.conformance.checked_report import CheckedReport
from ldbu_desktop.conformance.verdict.verdict import ConformanceError, Severity
from ldbu_desktop.faults import Fault

_INDEX = re.compile(r"\[[^\]]*\]|\.ofType\(\w+\)")
_WITHIN = re.compile(r"^Bundle\.entry\.resource\.")
_TIMES = re.compile(r" x \d+$")
_BY_FOUND = frozenset({"too-many", "not-allowed-here", "unknown-property", "foreign-resource", "unknown-profile"})
_BY_EXPECTED = frozenset({"missing", "wrong-target"})
_BY_KEY = frozenset({"invariant", "demanded-observation-missing", "reason-answers-rule"})
_BY_PROFILE = frozenset({"not-allowed", "fits-no-profile"})
"""Kinds that are one cause only where they are about the same thing."""
_ANYWHERE = frozenset(
    """
    bad-escape comment control-character duplicate-key empty-array empty-element empty-object empty-value follows
    full-url-and-id-differ full-url-missing id-missing no-slice not-a-value not-allowed not-an-array not-an-object
    reason-answers-rule relative-full-url relative-system resource-type-missing several-targets trailing-comma
    unquoted-name unquoted-value unresolved-reference unused-contained white-space wrong-boolean wrong-date
    wrong-date-time wrong-decimal wrong-form wrong-id wrong-instant wrong-integer wrong-json-type wrong-narrative
    wrong-reference wrong-time wrong-uri zone-missing display-differs after-the-report
    """.split()  # noqa: SIM905 - a list of words
)
"""Kinds that are one cause in whatever element they strike: a program that writes one wrongly writes them all so."""
_MOST_ELEMENTS = 3
_MOST = 2000
"""So many causes are told apart by what they are about; a file made to have more must not fill the memory."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cause strikes: the file and the finding itself."""

    file: str
    error: ConformanceError


@dataclass(slots=True)
class Cause:
    """One cause. ``elements`` are where it strikes, without positions; ``followers`` counts what follows, by key."""

    first: ConformanceError
    elements: Counter[str] = field(default_factory=Counter)
    places: list[Place] = field(default_factory=list)
    count: int = 0
    reports: int = 0
    followers: Counter[str] = field(default_factory=Counter)
    _last_file: str | None = None

    def add(self, file: str, error: ConformanceError, limit: int | None) -> None:
        """Count one more place; it is only kept while there are fewer than ``limit``."""
        self.count += 1
        self.elements[element_of(error)] += 1
        if file != self._last_file:
            self.reports += 1
            self._last_file = file
        if limit is None or len(self.places) < limit:
            self.places.append(Place(file, error))
        self.followers.update(follower.key.rpartition("#")[2] for follower in error.followers)

    @property
    def element(self) -> str:
        """Where it strikes, the most frequent first, up to a few."""
        named = [name for name, _ in self.elements.most_common(_MOST_ELEMENTS)]
        return ", ".join(named) + (" …" if len(self.elements) > len(named) else "")


class Causes:
    """Collects reports as they are checked; memory grows with the kinds of cause, not with the reports.

    ``limit`` is how many places of each cause are kept; None keeps all.
    """

    def __init__(self, limit: int | None) -> None:
        self._limit = limit
        self._causes: dict[tuple[str, str, str, bool, bool], Cause] = {}
        self.valid = self.rejected = self.unchecked = 0
        self.faults: list[tuple[str, Fault]] = []

    @property
    def reports(self) -> int:
        """How many reports there were."""
        return self.valid + self.rejected + self.unchecked

    def add(self, checked: CheckedReport) -> None:
        """Count one report and its findings."""
        if checked.fault is not None:
            self.unchecked += checked.is_report
            self.faults.append((checked.file, checked.fault))
            return
        if checked.verdict.valid:
            self.valid += 1
        else:
            self.rejected += 1
        for error in (*checked.verdict.errors, *checked.verdict.others):
            element = "" if error.code in _ANYWHERE else element_of(error)
            about = _about(error) if len(self._causes) < _MOST else ""
            key = (error.code, element, about, error.ours, _rejects(error))
            if key not in self._causes:
                self._causes[key] = Cause(error)
            self._causes[key].add(checked.file, error, self._limit)

    @property
    def rejecting(self) -> list[Cause]:
        """What makes reports invalid, the most frequent first."""
        return self._sorted(lambda one: _rejects(one) and not one.ours)

    @property
    def remarks(self) -> list[Cause]:
        """What the official validator would remark on without rejecting."""
        return self._sorted(lambda one: not _rejects(one) and not one.ours)

    @property
    def own(self) -> list[Cause]:
        """What the official validator leaves out."""
        return self._sorted(lambda one: one.ours)

    def _sorted(self, wanted: Callable[[ConformanceError], bool]) -> list[Cause]:
        found = [cause for cause in self._causes.values() if wanted(cause.first)]
        return sorted(found, key=lambda cause: (-cause.reports, cause.first.rule, cause.element))


def _rejects(error: ConformanceError) -> bool:
    return error.severity in (Severity.FATAL, Severity.ERROR)


def element_of(error: ConformanceError) -> str:
    """Where it strikes, without positions and types of a choice."""
    return _WITHIN.sub("", _INDEX.sub("", error.at))


def _about(error: ConformanceError) -> str:
    if error.code in _BY_FOUND:
        return _TIMES.sub("", error.found)
    if error.code in _BY_EXPECTED:
        return error.expected
    if error.code in _BY_PROFILE:
        return error.profile if error.code == "not-allowed" else error.expected
    return error.key if error.code in _BY_KEY else ""
