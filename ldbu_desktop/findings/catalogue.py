"""The types of finding: what each code weighs, whose rule it is, what it blocks, its traits and what is said about it.

Read strictly from ``resources/messages/findings/<level>.json``; every text stands there in both languages, and every
trait of a code beside its texts: no other place knows a code by name but the check that gives it.
"""

from __future__ import annotations

import string
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.faults import CatalogueFault
from ldbu_desktop.findings.model import Finding, Level, RuleSource, Severity
from ldbu_desktop.language import Language, Text

Blocked = Literal["nothing", "record", "visit", "family"]
Tells = Literal["fault", "absence", "unfinished"]
CauseBy = Literal["code", "found"]


class FindingType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One type of finding.

    ``blocks`` is what is not exported because of it; only a rejecting type blocks. ``may_be_sent_anyway`` is for the
    rule in which the standard contradicts itself: then the user may choose, knowingly, to send.

    ``rule`` is the official rule that is broken where it is always the same one. ``tells`` is what the finding is news
    of: a fault, something that is not there yet, or a visit that is not over. ``cause_by`` says what makes two of them
    one cause: the code alone, or the same written text too, so that one change in the exporting system clears them all.
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
    rule: str = ""
    tells: Tells = "fault"
    cause_by: CauseBy = "code"
    may_be_sent_anyway: bool = False

    @property
    def texts(self) -> tuple[Text, ...]:
        """The texts that facts are filled into."""
        return (self.title, self.message, self.why, self.remedy, self.expected)


def placeholders(text: str) -> frozenset[str]:
    """The names of the facts that ``text`` asks for."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def _fault_in(type: FindingType) -> str | None:
    """What is wrong with a type whose parts are of the right types."""
    if (type.blocks != "nothing") != (type.severity is Severity.REJECTED):
        return "blocks"
    if type.may_be_sent_anyway and type.severity is not Severity.REJECTED:
        return "may_be_sent_anyway"
    for name in ("title", "message", "why", "remedy", "example"):
        if not all(getattr(type, name)[language].strip() for language in Language):
            return name
    for text in type.texts:
        if placeholders(text.da) != placeholders(text.en) or bool(text.da) != bool(text.en):
            return text.da
    return None


def read_types(folder: Path) -> dict[Level, tuple[FindingType, ...]]:
    """The types of each level.

    Raises :class:`CatalogueFault` that names file and code for an unknown key, a wrong type, a code that stands twice,
    an empty text, or a fact that only one language asks for.
    """
    levels: dict[Level, tuple[FindingType, ...]] = {}
    seen: set[str] = set()
    for level in Level:
        path = folder / f"{level}.json"
        try:
            levels[level] = msgspec.json.decode(path.read_bytes(), type=tuple[FindingType, ...])
        except msgspec.DecodeError as error:
            raise CatalogueFault("catalogue-unreadable", file=path.name, why=str(error)) from error
        for one in levels[level]:
            fault = "code" if one.code in seen else _fault_in(one)
            if fault is not None:
                raise CatalogueFault("catalogue-unreadable", file=path.name, why=f"{one.code}: {fault}")
            seen.add(one.code)
    return levels


@cache
def types_by_level() -> dict[Level, tuple[FindingType, ...]]:
    """The types that ship with the program by level, read once."""
    return read_types(resource("messages", "findings"))


@cache
def finding_types() -> dict[str, FindingType]:
    """The types that ship with the program by code, in the order of their levels."""
    return {one.code: one for types in types_by_level().values() for one in types}


def type_of(finding: Finding) -> FindingType:
    """The type of ``finding``."""
    return finding_types()[finding.code]


def tells_absence(finding: Finding) -> bool:
    """Whether it tells what is not there yet: quiet while a case is filled, until it is asked for."""
    return type_of(finding).tells == "absence"


def tells_unfinished(finding: Finding) -> bool:
    """Whether it tells that a visit is not over, so that it is not due for delivery."""
    return type_of(finding).tells == "unfinished"
