"""Since which version of the program there is a code, and which version of its source a rule is taken from.

Read strictly from ``resources/messages/code_versions.json``. A code that no released version has is new in the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.faults import CatalogueFault
from ldbu_desktop.findings.catalogue import FindingType
from ldbu_desktop.findings.model import Level, RuleSource
from ldbu_desktop.json_text import NOT_READABLE
from ldbu_desktop.standard.model import Standard

NEXT = "next"
"""The version that is not released yet."""

_OF_STANDARD = frozenset((RuleSource.GATEWAY, RuleSource.GUIDE, RuleSource.STANDARD, RuleSource.QUESTIONNAIRE))


class CodeVersions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``since`` has the codes that came with each released version, ``sources`` the versions of other sources."""

    since: dict[str, frozenset[str]]
    sources: dict[RuleSource, str]

    def since_when(self, code: str) -> str:
        """The first released version that has a code, or :data:`NEXT`."""
        return next((version for version, codes in self.since.items() if code in codes), NEXT)

    def source_version(self, type: FindingType, standard: Standard) -> str:
        """The version of what a type's rule is taken from; empty for common sense and for files as such."""
        if type.source in _OF_STANDARD:
            return f"{standard.header.package}#{standard.header.version}"
        return self.sources.get(type.source, "")


@dataclass(frozen=True, slots=True)
class KnownCode:
    """A code and its facts. ``rule`` is the official rule where it is always the same one, else empty.

    ``source_version`` is the version of what the rule is taken from, empty where that has none; ``since`` the version
    of the program that the code came with, ``next`` where none of those that are released has it.
    """

    type: FindingType
    level: Level
    rule: str
    source_version: str
    since: str


def read_code_versions(path: Path) -> CodeVersions:
    """The versions in a file. Raises :class:`CatalogueFault` where it is not as described, or a code stands twice."""
    try:
        read = msgspec.json.decode(path.read_bytes(), type=CodeVersions)
    except NOT_READABLE as error:
        raise CatalogueFault("catalogue-unreadable", file=path.name, why=str(error)) from error
    told = [code for codes in read.since.values() for code in codes]
    if len(told) != len(set(told)):
        twice = sorted({code for code in told if told.count(code) > 1})
        raise CatalogueFault("catalogue-unreadable", file=path.name, why=", ".join(twice))
    return read


@cache
def code_versions() -> CodeVersions:
    """The versions that ship with the program."""
    return read_code_versions(resource("messages", "code_versions.json"))
