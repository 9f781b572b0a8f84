"""The engine for the standard that is checked against: what ships, or an official package."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ldbu_desktop.conformance.engine import Engine
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.profiles import shipped_definitions


@cache
def engine_for(standard_package: Path | None) -> Engine:
    """The engine for the official package at a path, with what it depends on; for the shipped profiles if None.

    Raises :class:`FileFault` or :class:`CatalogueFault` for a package that can't be used.
    """
    standard = shipped_standard()
    if standard_package is None:
        return Engine(shipped_definitions(), standard)
    from ldbu_desktop.conformance.profiles.package_facts import definitions_at  # the shipped profiles do not need it

    return Engine(definitions_at(standard_package, standard.header.profiles["delivery-report"]), standard)
