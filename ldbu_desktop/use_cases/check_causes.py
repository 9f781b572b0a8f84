"""Findings of many reports by cause, so that one correction can clear them all: counts, and a few places of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from ldbu_desktop.conformance.verdict import ConformanceError, Severity
from ldbu_desktop.faults import Fault
from ldbu_desktop.use_cases.check import CheckedReport
from ldbu_desktop.use_cases.check_texts import rule_of

_INDEX = re.compile(r"\[\d+\]")
_WITHIN = re.compile(r"^Bundle\.entry\.resource\.")
_TIMES = re.compile(r" x \d+$")
_BY_FOUND = frozenset({"too-many", "not-allowed-here", "unknown-property", "foreign-resource", "unknown-profile"})
_BY_EXPECTED = frozenset({"missing", "other-value", "not-in-value-set", "code-missing", "wrong-type", "no-slice"})
"""Kinds that are one cause only where they are about the same thing; the others are one cause wherever they strike."""
_MOST = 2000
"""So many causes are told apart by what they are about; a file made to have more must not fill the memory."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cause strikes: the file and the finding itself."""

    file: str
    error: ConformanceError


@dataclass(slots=True)
class Cause:
    """One cause. ``element`` is where it strikes, without positions; ``followers`` counts what follows, by key."""

    first: ConformanceError
    element: str
    places: list[Place] = field(default_factory=list)
    count: int = 0
    reports: int = 0
    followers: Counter[str] = field(default_factory=Counter)
    _last_file: str | None = None

    def add(self, file: str, error: ConformanceError, limit: int | None) -> None:
        """Count one more place; it is only kept while there are fewer than ``limit``."""
        self.count += 1
        if file != self._last_file:
            self.reports += 1
            self._last_file = file
        if limit is None or len(self.places) < limit:
            self.places.append(Place(file, error))
        self.followers.update(follower.key.rpartition("#")[2] for follower in error.followers)


class Causes:
    """Collects reports as they are checked; memory grows with the kinds of cause, not with the reports.

    ``limit`` is how many places of each cause are kept; None keeps all.
    """

    def __init__(self, limit: int | None) -> None:
        self._limit = limit
        self._causes: dict[tuple[str, str, str, str, bool, bool], Cause] = {}
        self.valid = self.rejected = self.unchecked = 0
        self.faults: list[tuple[str, Fault]] = []

    @property
    def reports(self) -> int:
        """How many reports there were."""
        return self.valid + self.rejected + self.unchecked

    def add(self, checked: CheckedReport) -> None:
        """Count one report and its findings."""
        if checked.fault is not None:
            self.unchecked += 1
            self.faults.append((checked.file, checked.fault))
            return
        if checked.verdict.valid:
            self.valid += 1
        else:
            self.rejected += 1
        for error in (*checked.verdict.errors, *checked.verdict.others):
            element = _WITHIN.sub("", _INDEX.sub("", error.at))
            about = _about(error) if len(self._causes) < _MOST else ""
            key = (error.key, error.code, element, about, error.ours, _rejects(error))
            if key not in self._causes:
                self._causes[key] = Cause(error, element)
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
        return sorted(found, key=lambda cause: (-cause.reports, rule_of(cause.first), cause.element))


def _rejects(error: ConformanceError) -> bool:
    return error.severity in (Severity.FATAL, Severity.ERROR)


def _about(error: ConformanceError) -> str:
    if error.code in _BY_FOUND:
        return _TIMES.sub("", error.found)
    return error.expected if error.code in _BY_EXPECTED else ""
