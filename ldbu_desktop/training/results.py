"""What a learner answered, in a file without names (``.ldbusvar``), and what a room of learners answered together."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from ldbu_desktop.faults import FileFault
from ldbu_desktop.json_text import NOT_READABLE
from ldbu_desktop.training.agreement import Agreement, Spread, agreement, spreads
from ldbu_desktop.training.comparison import UNREAD, Compared
from ldbu_desktop.training.fault_hunt import FaultHunt, HuntResult
from ldbu_desktop.training.model import Case

ENDING = ".ldbusvar"
VERSION = 2
_READ = frozenset((1, VERSION))
"""Versions that are read: the first has no id."""
RESULT_BYTES = 256 * 1024
_MOST_THINGS, _MOST_LETTERS = 500, 4000
"""More than any case asks, and more than any answer says: what has more adds nothing to a room but harm."""
_PARTS = 3
"""What a thing is: of a visit, of a person, and what is asked."""


class Result(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What one learner answered in a case: by ``visit|person|thing`` the answers, each in one form. No names.

    ``id`` is drawn when it is written, so that a copy of the file is known for one: it says nothing of who it was.
    """

    ldbusvar: int
    case: str
    answers: dict[str, tuple[str, ...]]
    id: str = ""


class _Version(msgspec.Struct, frozen=True):
    """What every result says, whichever version wrote it."""

    ldbusvar: int


class Room(NamedTuple):
    """The answers of a room to a case: where they differ most first, and how alike they are over all."""

    case: str
    results: int
    spreads: tuple[Spread, ...]
    agreement: Agreement | None


def result_of(case: Case, compared: Iterable[Compared]) -> Result:
    """What a learner answered, of what the key asks for and beside it."""
    answers: dict[str, list[str]] = {}
    for one in compared:
        told = answers.setdefault("|".join((one.visit, one.subject, one.asked)), [])
        if one.found:
            told.append(UNREAD.strip() if UNREAD in one.found else one.found)  # what was typed may be anything
    return Result(VERSION, case.id, {thing: tuple(sorted(told)) for thing, told in answers.items()})


def result_of_hunt(hunt: FaultHunt, results: Iterable[HuntResult]) -> Result:
    """What a learner made of each fault that was to be found, by its family and kind."""
    told: dict[str, tuple[str, ...]] = {
        f"{one.family}||{one.fault.code}": (one.mended.value,) for one in results if one.fault is not None
    }
    return Result(VERSION, hunt.choice.id, told)


def with_new_id(result: Result) -> Result:
    """The result with an id of its own, as it is handed over."""
    return msgspec.structs.replace(result, id=secrets.token_hex(8))


def result_text(result: Result) -> bytes:
    """The file that a learner hands over."""
    return msgspec.json.format(msgspec.json.encode(result), indent=1) + b"\n"


def read_result(path: Path) -> Result:
    """A learner's file. Raises :class:`FileFault` where it is none."""
    try:
        with path.open("rb") as file:
            data = file.read(RESULT_BYTES + 1)
    except OSError as error:
        raise FileFault("file-not-readable", file=path.name) from error
    try:
        version = msgspec.json.decode(data[:RESULT_BYTES], type=_Version).ldbusvar
        if version not in _READ:
            raise FileFault("result-version-unknown", file=path.name, version=version)
        result = msgspec.json.decode(data[:RESULT_BYTES], type=Result)
    except NOT_READABLE as error:
        raise FileFault("result-not-a-result", file=path.name) from error
    if len(result.answers) > _MOST_THINGS or not all(map(_is_plain, result.answers.items())):
        raise FileFault("result-not-a-result", file=path.name)
    return result


def _is_plain(answered: tuple[str, tuple[str, ...]]) -> bool:
    """Whether it is said of a visit, a person and a thing, and no longer than an answer is."""
    thing, told = answered
    return thing.count("|") >= _PARTS - 1 and len(thing) + sum(map(len, told)) <= _MOST_LETTERS


def room_of(results: Iterable[Result]) -> Room:
    """Results of one case added up. What somebody did not answer is an empty answer.

    Raises :class:`FileFault` where there are none, or they are of several cases.
    """
    handed = list(results)
    cases = sorted({one.case for one in handed})
    if len(cases) != 1:
        raise FileFault("result-cases-differ", file=", ".join(cases) or "-")
    things = dict.fromkeys(thing for one in handed for thing in one.answers)
    answers = {thing: [" + ".join(one.answers.get(thing, ())) for one in handed] for thing in things}
    alike = agreement(answers) if len(handed) > 1 and answers else None
    return Room(cases[0], len(handed), spreads(answers), alike)
