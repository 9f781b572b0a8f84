"""Acceptances in a file of their own, for the command line: written by the window, or by hand.

JSON, ``{"ldbu_accepted": 1, "accepted": [...]}``, in which each entry names a finding as ``ldbu validate`` tells it in
JSON: ``code``, ``visit``, ``variable`` and ``found``, where that leaves several also ``record``, and of what is
about a whole file ``file`` and ``sheet``; and says ``reason``, and ``by`` whom: a role. ``basis`` and ``at`` are what
the window writes too. What stands for a CPR number in ``found`` is a digest, so that the file names nobody.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from ldbu_desktop.faults import FileFault
from ldbu_desktop.findings.catalogue import finding_types
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.mask import without_cpr
from ldbu_desktop.json_text import NOT_READABLE
from ldbu_desktop.whole_files import read_whole, write_whole

VERSION: Final = 1
_NAMED: Final = re.compile("`([^`]*)`")
_MOST_BYTES: Final = 8 * 1024 * 1024


class AcceptedEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A finding that is accepted, as a file names it. What is left empty may be anything."""

    code: str
    found: str
    reason: str
    by: str
    visit: str = ""
    record: str = ""
    variable: str = ""
    file: str = ""
    sheet: str = ""
    basis: str = ""
    at: datetime | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ldbu_accepted: int
    accepted: tuple[AcceptedEntry, ...] = ()


def read_accepted(path: Path) -> tuple[AcceptedEntry, ...]:
    """The entries of a file.

    Raises :class:`FileFault` for a file that can't be read or is of another form, and for an entry that can't be
    accepted: of an unknown code, of what the gateway would reject, or without reason or role.
    """
    name = without_cpr(path.name)
    too_long = FileFault("accepted-too-large", file=name, kilobytes=_MOST_BYTES // 1024)
    data = read_whole(path, _MOST_BYTES, too_long)
    try:
        held = msgspec.json.decode(data, type=_File)
    except msgspec.ValidationError as error:
        raise FileFault("accepted-unreadable", file=name, where=_place_of(error)) from error
    except NOT_READABLE as error:
        raise FileFault("accepted-not-json", file=name) from error
    if held.ldbu_accepted != VERSION:
        raise FileFault("accepted-unreadable", file=name, where="$.ldbu_accepted")
    for entry in held.accepted:
        if entry.code not in finding_types():
            raise FileFault("accepted-unknown-code", file=name, code=entry.code)
        if finding_types()[entry.code].rejects:
            raise FileFault("accepted-rejects", file=name, code=entry.code)
        if not entry.reason.strip() or not entry.by.strip():
            raise FileFault("accepted-without-reason", file=name, code=entry.code)
    return held.accepted


def _place_of(error: msgspec.ValidationError) -> str:
    """The place in a file that is not as it should be: ``$.accepted[0].reason``."""
    named = _NAMED.findall(str(error))
    at = named[-1] if named and named[-1].startswith("$") else "$"
    return without_cpr(f"{at}.{named[0]}" if " field " in str(error) else at)


def write_accepted(findings: Findings, path: Path) -> int:
    """Write what is accepted to a file that only its owner can read; how many it is.

    Raises :class:`~ldbu_desktop.faults.OutputFault` where it can't be written.
    """
    entries = tuple(
        AcceptedEntry(
            one.finding.code, one.acceptance.value, one.acceptance.reason, one.acceptance.role,
            without_cpr(one.finding.location.visit), without_cpr(one.finding.location.record),
            one.finding.location.variable or one.finding.location.field,
            *_of_file(one.finding), one.acceptance.basis, one.acceptance.at,
        )
        for one in findings.accepted
    )  # fmt: skip
    text = msgspec.json.format(msgspec.json.encode(_File(VERSION, entries)), indent=1) + b"\n"
    write_whole(path, lambda aside: aside.write_bytes(text), is_private=True)
    return len(entries)


def _of_file(finding: Finding) -> tuple[str, str]:
    """The file and sheet of what is about those as a whole."""
    origin = finding.location.origin
    return ("", "") if finding.location.family else (without_cpr(origin.file), without_cpr(origin.sheet))
