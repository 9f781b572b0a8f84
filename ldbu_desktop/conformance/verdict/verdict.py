"""What the engine says about a delivery report: values only; texts for people are made from them later."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ldbu_desktop.json_text import Path


class Severity(StrEnum):
    """How the official validator weighs it. Only ``FATAL`` and ``ERROR`` make a report invalid."""

    FATAL = "fatal"
    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Follower:
    """Something that fails only because something else does: by its official key and its FHIRPath."""

    key: str
    at: str


@dataclass(frozen=True, slots=True)
class ConformanceError:
    """Something that keeps a report from conforming, or that is worth telling.

    ``key`` is the official constraint key (``obs-1``) or kind of message (``Validation_VAL_Profile_Minimum``).
    ``at`` is a FHIRPath from ``Bundle`` with indexes; ``path`` the same place in the JSON document.
    ``code`` is our own stable kind, by which texts for people are found; ``found`` and ``expected`` fill them.
    ``profile`` is the URL of the profile that asks for it. ``line`` and ``column`` count from 1.
    ``ours`` marks what the official validator leaves out: it is never part of the verdict. ``because`` is what keeps
    an observation from fitting its nearest profile.
    """

    key: str
    at: str
    path: Path
    severity: Severity
    code: str
    found: str = ""
    expected: str = ""
    profile: str = ""
    followers: tuple[Follower, ...] = ()
    line: int | None = None
    column: int | None = None
    ours: bool = False
    because: tuple[ConformanceError, ...] = ()

    @property
    def rule(self) -> str:
        """The short key that people know it by: an invariant's without the profile that defines it."""
        return self.key.rpartition("#")[2] or self.code


@dataclass(frozen=True, slots=True)
class Verdict:
    """``valid`` if there are no ``errors``; ``others`` are warnings, hints and findings of our own."""

    errors: tuple[ConformanceError, ...] = ()
    others: tuple[ConformanceError, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether the official validator would accept the report."""
        return not self.errors
