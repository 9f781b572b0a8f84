"""Findings by cause, so that they are understood, and often mended, together: counts, and where each cause strikes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from msgspec import Struct
from msgspec import field as made

from ldbu_desktop.findings.catalogue import finding_types, type_of, types_by_level
from ldbu_desktop.findings.model import Finding, Level, Severity
from ldbu_desktop.findings.unread_columns import UnreadColumns

_WEIGHT = {severity: weight for weight, severity in enumerate(Severity)}
_INDEX = re.compile(r"\[[^\]]*\]|\.ofType\(\w+\)")
_WITHIN = re.compile(r"^Bundle\.entry\.resource\.")
_TIMES = re.compile(r" x \d+$")
_MOST_ELEMENTS = 3
_MOST = 2000
"""So many causes are told apart by what they are about; a file made to have more must not fill the memory."""


AnyFinding = TypeVar("AnyFinding", bound=Finding)


class Occurrence(NamedTuple, Generic[AnyFinding]):
    """Where a cause strikes: the file, by the name that it was counted under, and the finding itself."""

    file: str
    finding: AnyFinding


class Cause(Struct, Generic[AnyFinding]):
    """Findings that have one cause.

    ``elements`` are where in FHIR it strikes, without positions; ``followers`` counts what follows, by official rule or
    kind of message; ``files`` in how many files it strikes. ``places`` and ``findings`` are those that were kept.
    ``following`` are findings of their own that would not be there without these; ``followers`` counts them by code.
    """

    first: AnyFinding
    found: str = ""
    elements: Counter[str] = made(default_factory=Counter)
    places: list[Occurrence[AnyFinding]] = made(default_factory=list)
    findings: list[AnyFinding] = made(default_factory=list)
    count: int = 0
    files: int = 0
    followers: Counter[str] = made(default_factory=Counter)
    following: list[AnyFinding] = made(default_factory=list)
    _last_file: str | None = None

    def add(self, file: str, finding: AnyFinding, limit: int | None) -> None:
        """Count one more place; it is only kept while there are fewer than ``limit``."""
        self.count += 1
        if finding.location.origin.path:
            self.elements[element_of(finding)] += 1
        if file != self._last_file:
            self.files += 1
            self._last_file = file
        if limit is None or self.count <= limit:
            self.places.append(Occurrence(file, finding))
            self.findings.append(finding)
        if finding.followers:
            self.followers.update(follower.key.rpartition("#")[2] for follower in finding.followers)

    def follow(self, finding: AnyFinding) -> None:
        """Count a finding that follows from this cause."""
        self.following.append(finding)
        self.followers[finding.code] += 1

    @property
    def code(self) -> str:
        """The code of all of them."""
        return self.first.code

    @property
    def severity(self) -> Severity:
        """How much each of them weighs, or the heaviest of what follows."""
        own = type_of(self.first).severity
        return min((own, *(type_of(each).severity for each in self.following)), key=_WEIGHT.__getitem__)

    @property
    def variable(self) -> str:
        """What is observed where it strikes, if that is one and the same."""
        return _variable(self.first)

    @property
    def field(self) -> str:
        """The part of the record where it strikes."""
        return self.first.location.field

    @property
    def element(self) -> str:
        """Where in FHIR it strikes, the most frequent first, up to a few."""
        named = [name for name, _ in self.elements.most_common(_MOST_ELEMENTS)]
        return ", ".join(named) + (" …" if len(self.elements) > len(named) else "")


class Causes(Generic[AnyFinding]):
    """Collects findings as they come; memory grows with the number of causes, not with what is found.

    ``limit`` is how many places of each cause are kept; None keeps all.
    """

    def __init__(self, limit: int | None = None) -> None:
        self._limit = limit
        self._causes: dict[tuple[str, str, str, str], Cause[AnyFinding]] = {}

    def add(self, file: str, finding: AnyFinding) -> None:
        """Count one finding."""
        about = _about(finding) if len(self._causes) < _MOST else ""
        key = (finding.code, _variable(finding), _where(finding), about)
        cause = self._causes.get(key)
        if cause is None:
            cause = self._causes[key] = Cause(finding, about)
        cause.add(file, finding, self._limit)

    def __iter__(self) -> Iterator[Cause[AnyFinding]]:
        """All causes, in the order of their first findings."""
        return iter(self._causes.values())


def causes(findings: Iterable[AnyFinding]) -> tuple[Cause[AnyFinding], ...]:
    """Findings grouped by cause: heaviest first, those of whole files before what follows from them, then by number.

    What is missing because a column was not read stands with the column, and is no cause of its own.
    """
    findings = tuple(findings)
    unread = UnreadColumns(findings)
    found: Causes[AnyFinding] = Causes()
    following: list[tuple[Finding, AnyFinding]] = []
    for finding in findings:
        cause = unread.cause_of(finding) if unread else None
        if cause is not None:
            following.append((cause, finding))
        else:
            found.add(finding.location.origin.file, finding)
    if following:
        _follow(found, following)
    of_files = frozenset(one.code for one in types_by_level()[Level.FILE])
    return tuple(sorted(found, key=lambda cause: (_WEIGHT[cause.severity], cause.code not in of_files, -cause.count)))


def _follow(found: Causes[AnyFinding], following: Iterable[tuple[Finding, AnyFinding]]) -> None:
    """Give what follows to the causes that it follows from; those may follow from others."""
    heads = {id(finding): finding for finding, _ in following}
    cause_of = {id(each): cause for cause in found for each in cause.findings if id(each) in heads}
    of_follower = {id(finding): head for head, finding in following}
    for head, finding in following:
        while id(head) in of_follower:
            head = of_follower[id(head)]
        cause_of[id(head)].follow(finding)


def worst_of(findings: Iterable[Finding]) -> Severity | None:
    """The heaviest severity among ``findings``; None where there are none."""
    types = finding_types()
    return min((types[finding.code].severity for finding in findings), key=_WEIGHT.__getitem__, default=None)


def element_of(finding: Finding) -> str:
    """Where in FHIR it strikes, without positions and types of a choice."""
    return _WITHIN.sub("", _INDEX.sub("", finding.location.origin.path))


def _variable(finding: Finding) -> str:
    # A response that is wrong is mostly wrong in all its answers: that is one cause, whatever the questions.
    at = finding.location
    return "" if at.field.startswith("answer.") else at.variable


def _where(finding: Finding) -> str:
    """The part of a record, or the element of a report; nothing where that makes no difference."""
    if finding.location.field:
        return finding.location.field
    return element_of(finding) if type_of(finding).is_by_element else ""


def _about(finding: Finding) -> str:
    """What two findings share beside the code to have one cause."""
    match type_of(finding).cause_by:
        case "found":
            return _TIMES.sub("", finding.found)
        case "rule":
            reasons = (one.found for one in finding.obstacles if type_of(one).stands_for == "all")
            return " ".join((finding.rule, *reasons))
        case "code":
            return ""
        case fact:
            return str(finding.facts.get(fact, ""))
