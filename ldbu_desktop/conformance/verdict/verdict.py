"""What the engine says about a delivery report: values only; texts for people are made from them later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ldbu_desktop.findings.catalogue import type_of
from ldbu_desktop.findings.model import Finding, Follower, Location
from ldbu_desktop.journal.model import Origin
from ldbu_desktop.json_text import Path


@dataclass(frozen=True, slots=True)
class ConformanceFinding(Finding):
    """Something that keeps a report from conforming, or that is worth telling.

    ``key`` is the official constraint key (``obs-1``, behind the profile that defines it) or kind of message
    (``Validation_VAL_Profile_Minimum``), ``path`` the place in the JSON document.
    """

    key: str = ""
    path: Path = ()

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
        origin = self.location.origin._replace(line=line)
        return replace(self, location=self.location._replace(origin=origin, column=column - 1))


def conformance_finding(
    key: str,
    at: str,
    path: Path,
    code: str,
    found: str = "",
    expected: str = "",
    profile: str = "",
    followers: tuple[Follower, ...] = (),
    obstacles: Sequence[ConformanceFinding] = (),
) -> ConformanceFinding:
    """A finding at a FHIRPath and a place in the JSON document, whose line is not known yet.

    Its rule is the short key that people know it by: an invariant's without the profile that defines it.
    """
    return ConformanceFinding(
        code,
        Location(Origin(path=at)),
        found,
        key.rpartition("#")[2] or code,
        {name: fact for name, fact in (("expected", expected), ("profile", profile)) if fact},
        followers,
        tuple(obstacles),
        key,
        path,
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """``valid`` if there are no ``errors``; ``others`` are warnings, hints and findings of our own."""

    errors: tuple[ConformanceFinding, ...] = ()
    others: tuple[ConformanceFinding, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether the official validator would accept the report."""
        return not self.errors
