"""The types of finding: what each code weighs, whose rule it is, what it blocks, its traits and what is said about it.

Read strictly from ``resources/messages/findings/<level>.json``; every text stands there in both languages, and every
trait of a code beside its texts: no other place knows a code by name but the check that gives it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.faults import CatalogueFault
from ldbu_desktop.findings.model import JOURNAL_LEVELS, Finding, Level, RuleSource, Severity
from ldbu_desktop.journal.mendings import Mending
from ldbu_desktop.json_text import NOT_READABLE
from ldbu_desktop.language import Language, placeholders

Blocked = Literal["nothing", "record", "visit", "family", "journal"]
InReceipt = Literal["", "read_by", "same_for_all"]
Tells = Literal["fault", "absence", "unfinished"]
CauseBy = Literal["code", "found", "expected", "rule", "profile"]
Facts = Literal["said", "plain", "technical", "types", "options", "quoted", "codes", "profile", "rule", "element"]
NOTHING = Text(da="", en="")


class Followed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The codes and official rules of what only follows from a finding, by where it is told.

    ``here`` is at the same element, ``around`` at the one that holds it, ``inside`` directly within it. ``here_if``
    limits what follows here to what has the same as expected, or a part of it.
    """

    here: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()
    here_if: Literal["always", "same-expected", "part-of-expected"] = "always"


class Remedy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mending that fits a finding.

    ``answer`` names the fact that tells what is right, where one does; ``choice`` is what is right for all of its code.
    """

    by: Mending
    answer: str = ""
    choice: str = ""


class OutOfTables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The texts of what stands in no table, since it was filled in a form or read from a report: no advice is of
    columns and rows there. Those that are empty are as in tables."""

    message: Text = NOTHING
    why: Text = NOTHING
    remedy: Text = NOTHING
    expected: Text = NOTHING


class FindingType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One type of finding.

    ``blocks`` is what is not exported because of it; only a rejecting type blocks. ``may_be_sent_anyway`` is for the
    rule in which the standard contradicts itself: then the user may choose, knowingly, to send. What blocks the journal
    is about files, and keeps back all that was read from any.

    ``rule`` is the official rule that is broken where it is always the same one. ``tells`` is what the finding is news
    of: a fault, something that is not there, or a visit that is not over. ``cause_by`` says what two of them share
    beside the code to be one cause (the same written text, say, so that one change in the exporting system clears them
    all), and ``is_by_element`` that the element of FHIR where it strikes makes a difference too: a program that writes
    a date wrongly writes all dates so, but what is missing is missing there.

    ``mends`` are the mendings that fit the value that it is about, the most fitting first.

    ``follows_unread`` are the parts of a journal for want of which it is told, where the column that they stand in was
    not read: ``field``, ``variable`` and ``parts`` stand for what the finding says itself, and such a column stands in
    its own table; ``text`` for what stood there, which waits for somebody to say what it means; the others, by their
    ids, in any table of the same export. ``asks`` is true of what waits so: as long as it does, not all is read.

    ``rest_decides`` is true of what the rest of the files may contradict: it is not told of their first rows alone.

    ``in_receipt`` is the list of a delivery's receipt that it is also told in: ``read_by`` by whose answers a file was
    read, ``same_for_all`` what no file said.

    ``is_across_reports``: the gateway, which judges each report alone, can't see it: its verdict says nothing of it.

    The others are for what is found in FHIR itself. ``official`` are the official validator's kinds of message that it
    is told as, ``contradictions`` the numbers of the standard's contradictions that strike here. ``is_ours``: the
    official validator leaves it out. ``is_fatal``: nothing behind it can be read. ``is_miswritten``: it is told while a
    document is read, before its profiles are asked. ``is_followed``: a reference to a resource with it fails as well.
    ``stands_for`` is what it is the one reason for and is told to people in place of: all that a report is rejected
    for, or all that is said of the element that it is about.
    ``tells_member``: it is told of an object with the name of a member in it, and is about the name or the value.
    ``facts`` is what its facts are, ``texts_by`` whether its rule has texts of its own, ``issue`` FHIR's type of issue.
    """

    code: str
    severity: Severity
    source: RuleSource
    blocks: Blocked
    message: Text
    why: Text
    remedy: Text
    title: Text = NOTHING
    example: Text = NOTHING
    expected: Text = NOTHING
    out_of_tables: OutOfTables = OutOfTables()
    rule: str = ""
    tells: Tells = "fault"
    cause_by: CauseBy = "code"
    is_by_element: bool = False
    mends: tuple[Remedy, ...] = ()
    may_be_sent_anyway: bool = False
    is_across_reports: bool = False
    follows_unread: tuple[str, ...] = ()
    asks: bool = False
    rest_decides: bool = False
    in_receipt: InReceipt = ""
    official: tuple[str, ...] = ()
    contradictions: tuple[int, ...] = ()
    is_ours: bool = False
    is_fatal: bool = False
    is_miswritten: bool = False
    is_followed: bool = True
    stands_for: Literal["", "all", "element"] = ""
    followed_by: Followed = Followed()
    tells_member: Literal["", "name", "value"] = ""
    facts: Facts = "said"
    texts_by: Literal["code", "rule"] = "code"
    issue: str = "value"

    @property
    def texts(self) -> tuple[Text, ...]:
        """The texts that facts are filled into."""
        elsewhere = self.out_of_tables
        in_tables = (self.title, self.message, self.why, self.remedy, self.expected)
        return (*in_tables, elsewhere.message, elsewhere.why, elsewhere.remedy, elsewhere.expected)

    @property
    def issue_severity(self) -> str:
        """FHIR's severity of an issue: ``fatal``, ``error``, ``warning`` or ``information``."""
        if self.rejects:
            return "fatal" if self.is_fatal else "error"
        return "warning" if self.severity is Severity.LOOK_AT else "information"

    @property
    def rejects(self) -> bool:
        """Whether the gateway would reject what has it."""
        return self.severity is Severity.REJECTED


def _fault_in(type: FindingType, level: Level) -> str | None:
    """What is wrong with a type whose parts are of the right types."""
    if (type.blocks != "nothing") != type.rejects:
        return "blocks"
    if type.may_be_sent_anyway and not type.rejects:
        return "may_be_sent_anyway"
    if type.followed_by != Followed() and not type.rejects:
        return "followed_by"
    asked = ("message", "why", "remedy") if level in (Level.CONFORMANCE, Level.RULE) else ASKED
    for name in asked:
        if not all(getattr(type, name)[language].strip() for language in Language):
            return name
    for text in type.texts:
        if placeholders(text.da) != placeholders(text.en) or bool(text.da) != bool(text.en):
            return text.da
    return None


ASKED = ("title", "message", "why", "remedy", "example")
"""The texts of a type. What is found in FHIR needs no title and no example: its message says what stands there."""


def read_types(folder: Path) -> dict[Level, tuple[FindingType, ...]]:
    """The types of each level.

    Raises :class:`CatalogueFault` that names file and code for an unknown key, a wrong type, a code that stands twice,
    an empty text, a fact that only one language asks for, or a code that would follow and that there is not.
    """
    levels: dict[Level, tuple[FindingType, ...]] = {}
    seen: set[str] = set()
    for level in Level:
        levels[level] = _read(folder, level)
        for one in levels[level]:
            fault = "code" if one.code in seen else _fault_in(one, level)
            if fault is not None:
                raise CatalogueFault("catalogue-unreadable", file=f"{level}.json", why=f"{one.code}: {fault}")
            seen.add(one.code)
    for level, types in levels.items():
        for one in types:
            following = one.followed_by.here | one.followed_by.around | one.followed_by.inside
            if following - seen:
                why = f"{one.code}: {', '.join(sorted(following - seen))}"
                raise CatalogueFault("catalogue-unreadable", file=f"{level}.json", why=why)
    return levels


def _read(folder: Path, level: Level) -> tuple[FindingType, ...]:
    path = folder / f"{level}.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=tuple[FindingType, ...])
    except NOT_READABLE as error:
        raise CatalogueFault("catalogue-unreadable", file=path.name, why=str(error)) from error


@cache
def types_by_level() -> dict[Level, tuple[FindingType, ...]]:
    """The types that ship with the program by level, read once.

    That :func:`read_types` has nothing to say of them is tested: it takes longer than to read them, at each start.
    """
    folder = resource("messages", "findings")
    return {level: _read(folder, level) for level in Level}


@cache
def finding_types() -> dict[str, FindingType]:
    """The types that ship with the program by code, in the order of their levels."""
    return {one.code: one for types in types_by_level().values() for one in types}


@cache
def journal_types() -> dict[str, FindingType]:
    """The types of what is found in a journal by code, in the order of their levels."""
    return {one.code: one for level in JOURNAL_LEVELS for one in types_by_level()[level]}


def codes_where(holds: Callable[[FindingType], bool]) -> frozenset[str]:
    """The codes of the types of which something holds."""
    return frozenset(code for code, one in finding_types().items() if holds(one))


@cache
def type_out_of_tables(code: str) -> FindingType:
    """The type of a code with the texts for what stands in no table."""
    one = finding_types()[code]
    others = msgspec.structs.asdict(one.out_of_tables)
    return msgspec.structs.replace(one, **{name: text for name, text in others.items() if text != NOTHING})


def type_of(finding: Finding) -> FindingType:
    """The type of ``finding``."""
    return finding_types()[finding.code]


def tells_absence(finding: Finding) -> bool:
    """Whether it tells what is not there yet: quiet while a case is filled, until it is asked for."""
    return type_of(finding).tells == "absence"


def tells_unfinished(finding: Finding) -> bool:
    """Whether it tells that a visit is not over, so that it is not due for delivery."""
    return type_of(finding).tells == "unfinished"
