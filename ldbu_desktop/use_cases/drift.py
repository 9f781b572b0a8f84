"""Compare two editions of the standard: what ships, or an official package from where its user has it."""

from __future__ import annotations

from pathlib import Path

from ldbu_desktop.conformance.profiles.editions import (
    SHIPPED,
    EditionComparison,
    catalogue_edition,
    official_edition,
)
from ldbu_desktop.faults import CatalogueFault
from ldbu_desktop.standard.comparison import Difference, compare
from ldbu_desktop.standard.drift import drift
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.standard.official_package import OfficialPackage, find_packages, read_package
from ldbu_desktop.use_cases.packages import package_path


def compare_editions(before: str, after: str, standard: Standard) -> EditionComparison:
    """Compare two editions, each a package path, ``name#version`` or ``shipped``, which is ``standard``.

    Raises :class:`FileFault` or :class:`CatalogueFault` for a package that can't be read.
    """
    editions = []
    differences: tuple[Difference, ...] = ()
    for name, other in ((before, after), (after, before)):
        if name == SHIPPED:
            editions.append(catalogue_edition(standard))
            continue
        packages = _packages(package_path(name))
        editions.append(official_edition(packages))
        if other == SHIPPED:
            differences = compare(standard, packages)
    return EditionComparison(editions[0].name, editions[1].name, drift(*editions), differences)


def _packages(path: Path) -> tuple[OfficialPackage, ...]:
    """A package needs no other to be compared; those it builds on, where they are there, add terms and profiles."""
    try:
        return find_packages(path)
    except CatalogueFault as fault:
        if fault.key != "package-dependency-missing":
            raise
        return (read_package(path),)
