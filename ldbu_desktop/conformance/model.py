"""What a check of a report comes to, as values: findings, the verdict, and the report that was checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from msgspec import structs

from ldbu_desktop.faults import Fault
from ldbu_desktop.findings.catalogue import FindingType, type_of
from ldbu_desktop.findings.causes import Cause, Causes, Occurrence
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.json_text import JsonPath
from ldbu_desktop.sources.found import Left


class ConformanceFinding(Finding, frozen=True):
    """Something that keeps a report from conforming, or that is worth telling.

    ``key`` is the official constraint key (``obs-1``, behind the profile that defines it) or kind of message
    (``Validation_VAL_Profile_Minimum``), ``path`` the place in the JSON document.
    """

    key: str = ""
    path: JsonPath = ()

    @property
    def at(self) -> str:
        """The place as FHIRPath from ``Bundle``, with indexes."""
        return self.location.origin.path

    @property
    def line(self) -> int | None:
        """The line in the file, counted from 1."""
        return self.location.origin.line or None

    @property
    def column(self) -> int | None:
        """The place in the line, counted from 1."""
        return self.location.column + 1 if self.location.origin.line else None

    @property
    def profile(self) -> str:
        """The URL of the profile that asks for it."""
        return str(self.facts.get("profile", ""))

    @property
    def ours(self) -> bool:
        """Whether the official validator leaves it out: it is never part of the verdict."""
        return type_of(self).is_ours

    def moved(self, line: int, column: int) -> ConformanceFinding:
        """The same at a line and column, which count from 1."""
        origin = structs.replace(self.location.origin, line=line)
        return structs.replace(self, location=self.location._replace(origin=origin, column=column - 1))


@dataclass(frozen=True, slots=True)
class Verdict:
    """``valid`` if there are no ``errors``; ``others`` are warnings, hints and findings of our own."""

    errors: tuple[ConformanceFinding, ...] = ()
    others: tuple[ConformanceFinding, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether the official validator would accept the report."""
        return not self.errors

    @property
    def for_people(self) -> tuple[ConformanceFinding, ...]:
        """What people are told: everything, but what one reason stands for is told as that."""
        if self.reasons_for_all:
            return self.reasons_for_all
        return (*self.reasons, *(one for one in self.others if not type_of(one).stands_for))

    @property
    def reasons_for_all(self) -> tuple[ConformanceFinding, ...]:
        """The one reason for all that the report is rejected for, such as another edition; none where there is none."""
        return tuple(one for one in self.others if type_of(one).stands_for == "all")

    @property
    def reasons(self) -> tuple[ConformanceFinding, ...]:
        """Why the report is rejected, as people are told: errors, and what stands for others of them."""
        if self.reasons_for_all:
            return self.reasons_for_all
        left, standing = list(self.errors), []
        for one in self.others:
            if type_of(one).stands_for == "element":
                same = [error for error in left if _is_about(error, one.path[:-1])]
                left = [error for error in left if error not in same]
                followers = tuple(follower for error in same for follower in error.followers)
                standing.append(structs.replace(one, followers=followers))
        return (*left, *standing)


def _is_about(error: ConformanceFinding, element: JsonPath) -> bool:
    """Whether an error is about an element of a list, or about a slice of the list that is not there or must not be."""
    if error.path[: len(element)] == element:
        return True
    *holder, name, _ = element
    return error.path == tuple(holder) and any(f".{name}:" in text for text in (error.expected, error.found))


@dataclass(frozen=True, slots=True)
class CheckedReport:
    """A report, by its name within the folder or archive, and the verdict on it.

    ``fault`` says why there is no verdict, and then ``verdict`` is an empty one that must not be read as *valid*.
    ``sha256`` is of the report's text; it is empty where there is none. ``left`` is what a file without verdict is to
    whoever asked.
    """

    file: str
    verdict: Verdict
    fault: Fault | None = None
    sha256: str = ""
    left: Left = Left.NAMED

    @property
    def is_report(self) -> bool:
        """It is one of the reports that count: not another file that lay beside them and was not read."""
        return self.fault is None or self.left is Left.NAMED

    @property
    def is_passed_over(self) -> bool:
        """It is no report and nobody asked for it: it is named, and changes no answer."""
        return self.fault is not None and self.left is Left.FOREIGN

    @property
    def is_valid(self) -> bool:
        """The report was checked, and the official validator would accept it."""
        return self.fault is None and self.verdict.valid


ReportCause = Cause[ConformanceFinding]


ReportPlace = Occurrence[ConformanceFinding]


class ReportTally:
    """Collects reports as they are checked; memory grows with the number of causes, not with the reports.

    ``limit`` is how many places of each cause are kept; None keeps all.
    """

    def __init__(self, limit: int | None) -> None:
        self._causes = Causes[ConformanceFinding](limit)
        self.valid = self.rejected = self.unchecked = 0
        self.faults: list[tuple[str, Fault]] = []
        self.passed_over: list[tuple[str, Fault]] = []

    @property
    def reports(self) -> int:
        """How many reports there were."""
        return self.valid + self.rejected + self.unchecked

    def add(self, checked: CheckedReport) -> None:
        """Count one report and its findings."""
        if checked.fault is not None:
            self.unchecked += checked.is_report
            (self.passed_over if checked.is_passed_over else self.faults).append((checked.file, checked.fault))
            return
        if checked.verdict.valid:
            self.valid += 1
        else:
            self.rejected += 1
        for finding in checked.verdict.for_people:
            self._causes.add(checked.file, finding)

    @property
    def rejecting(self) -> list[ReportCause]:
        """What makes reports invalid, the most frequent first."""
        return self._sorted(lambda one: one.rejects)

    @property
    def to_look_at(self) -> list[ReportCause]:
        """What the official validator would remark on without rejecting."""
        return self._sorted(lambda one: not one.rejects and not one.is_ours)

    @property
    def own(self) -> list[ReportCause]:
        """What the official validator leaves out."""
        return self._sorted(lambda one: one.is_ours)

    def _sorted(self, wanted: Callable[[FindingType], bool]) -> list[ReportCause]:
        found = [cause for cause in self._causes if wanted(type_of(cause.first))]
        return sorted(found, key=lambda cause: (-cause.files, cause.first.rule, cause.element))
