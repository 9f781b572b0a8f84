"""The kinds of finding: what each code weighs, whose rule it is, what it blocks and what is said about it.

Read strictly from ``resources/messages/findings/<level>.json``; every text stands there in both languages.
"""

from __future__ import annotations

import string
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.faults import CatalogueFault
from ldbu_desktop.findings.model import Level, RuleSource, Severity
from ldbu_desktop.language import Language, Text

Blocked = Literal["nothing", "record", "visit", "family"]


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """One kind of finding.

    ``blocks`` is what is not exported because of it; only a rejecting kind blocks. ``may_be_sent_anyway`` is for the
    rule in which the standard contradicts itself: then the user may choose, knowingly, to send.
    """

    code: str
    severity: Severity
    source: RuleSource
    blocks: Blocked
    title: Text
    message: Text
    why: Text
    remedy: Text
    example: Text
    expected: Text = Text(da="", en="")
    may_be_sent_anyway: bool = False

    @property
    def texts(self) -> tuple[Text, ...]:
        """The texts that facts are filled into."""
        return (self.title, self.message, self.why, self.remedy, self.expected)


def placeholders(text: str) -> frozenset[str]:
    """The names of the facts that ``text`` asks for."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def _fault_in(kind: Kind) -> str | None:
    """What is wrong with a kind that has the right types."""
    if (kind.blocks != "nothing") != (kind.severity is Severity.REJECTED):
        return "blocks"
    if kind.may_be_sent_anyway and kind.severity is not Severity.REJECTED:
        return "may_be_sent_anyway"
    for name in ("title", "message", "why", "remedy", "example"):
        if not all(getattr(kind, name)[language].strip() for language in Language):
            return name
    for text in kind.texts:
        if placeholders(text.da) != placeholders(text.en) or bool(text.da) != bool(text.en):
            return text.da
    return None


def read_kinds(folder: Path) -> dict[Level, tuple[Kind, ...]]:
    """The kinds of each level.

    Raises :class:`CatalogueFault` that names file and code for an unknown key, a wrong type, a code that stands twice,
    an empty text, or a fact that only one language asks for.
    """
    kinds: dict[Level, tuple[Kind, ...]] = {}
    seen: set[str] = set()
    for level in Level:
        path = folder / f"{level}.json"
        try:
            kinds[level] = msgspec.json.decode(path.read_bytes(), type=tuple[Kind, ...])
        except msgspec.DecodeError as error:
            raise CatalogueFault("catalogue-unreadable", file=path.name, why=str(error)) from error
        for kind in kinds[level]:
            fault = "code" if kind.code in seen else _fault_in(kind)
            if fault is not None:
                raise CatalogueFault("catalogue-unreadable", file=path.name, why=f"{kind.code}: {fault}")
            seen.add(kind.code)
    return kinds


@cache
def shipped_levels() -> dict[Level, tuple[Kind, ...]]:
    """The kinds that ship with the program by level, read once."""
    return read_kinds(resource("messages", "findings"))


@cache
def shipped_kinds() -> dict[str, Kind]:
    """The kinds that ship with the program by code, in the order of their levels."""
    return {kind.code: kind for kinds in shipped_levels().values() for kind in kinds}
