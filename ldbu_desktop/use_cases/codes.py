"""Every code of a finding with its rule, whose rule it is in which version, how much it weighs, and since when."""

from __future__ import annotations

from ldbu_desktop.findings.catalogue import types_by_level
from ldbu_desktop.findings.code_versions import KnownCode, code_versions
from ldbu_desktop.findings.model import Level
from ldbu_desktop.standard.model import Standard


def all_codes(standard: Standard) -> tuple[KnownCode, ...]:
    """All codes, level by level in the order of the catalogue of messages."""
    versions = code_versions()
    return tuple(
        KnownCode(
            one,
            level,
            one.rule or (one.code if level is Level.RULE else ""),
            versions.source_version(one, standard),
            versions.since_when(one.code),
        )
        for level, types in types_by_level().items()
        for one in types
    )
