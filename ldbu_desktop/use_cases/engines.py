"""The engine for the standard that is checked against: by its own profiles, or by an official package's."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from ldbu_desktop.conformance.engine import Engine
from ldbu_desktop.conformance.model import Verdict
from ldbu_desktop.json_text import JsonLimits
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.standard.profiles import definitions_of


@lru_cache(maxsize=8)
def engine_for(standard: Standard, package: Path | None = None) -> Engine:
    """The engine of ``standard``, by the official package at a path with what it depends on; else by its own profiles.

    Raises :class:`FileFault` or :class:`CatalogueFault` for a package that can't be used.
    """
    if package is None:
        return Engine(definitions_of(standard), standard)
    from ldbu_desktop.conformance.profiles.package_facts import definitions_at  # the shipped profiles do not need it

    return Engine(definitions_at(package, standard.header.profiles["delivery-report"]), standard)


_LIMITS = JsonLimits()


class _Gateway(Engine):
    """An engine that looks only for what the gateway would reject, in two thirds of the time."""

    def check(self, data: bytes, *, limits: JsonLimits = _LIMITS, with_ours: bool = False) -> Verdict:
        """The verdict as the official validator would give it; see :meth:`Engine.check`."""
        return super().check(data, limits=limits, with_ours=with_ours)


@lru_cache(maxsize=4)
def gateway_for(standard: Standard) -> Engine:
    """The engine that tells whether the gateway would take what is to be sent, and nothing else."""
    return _Gateway(definitions_of(standard), standard)
