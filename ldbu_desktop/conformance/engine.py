"""The engine: a delivery report as JSON text in, a verdict out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ldbu_desktop.conformance.verdict import Verdict
from ldbu_desktop.standard.official_package import OfficialPackage


class Engine:
    """Checks delivery reports and incremental deliveries against the profiles of one version of the standard."""

    @classmethod
    @cache
    def shipped(cls) -> Engine:
        """The engine for the profiles that ship with the program, made once."""
        return cls()

    @classmethod
    def from_package(cls, packages: Sequence[OfficialPackage]) -> Engine:
        """The engine for official packages: one that has the delivery report's profile, and those it depends on.

        Raises :class:`CatalogueFault` where a profile that is referred to is in none of them.
        """
        return cls()

    @property
    def version(self) -> str:
        """The version of the standard that is checked against."""
        return "2.1.0"

    def check(self, data: bytes) -> Verdict:
        """The verdict on one report or incremental delivery; never raises for what ``data`` holds."""
        return Verdict()
