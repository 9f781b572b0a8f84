"""A delivery as values: how it is to be written, what was sent and left out, and a report as it would be sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from ldbu_desktop.bundles.parcels import Layout, WrittenFile
from ldbu_desktop.bundles.plan import ReportOf


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was left out, or what was sent knowingly: a code, the official rule if there is one, how often.

    ``variable`` is the id of that which it is about, where it is about one.
    """

    code: str
    rule: str = ""
    times: int = 1
    variable: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A visit that was not sent, by key, and why."""

    visit: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class NotRead:
    """Something that could not be read at all: the code of the finding, and the file and line where it stands."""

    code: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an export did. ``knowingly`` has what was sent against the standard's own constraint, by visit.

    ``folder`` is where the files lie.
    """

    time: datetime
    options: Mapping[str, Any]
    written: tuple[WrittenFile, ...]
    left_out: tuple[LeftOut, ...]
    knowingly: Mapping[str, tuple[Reason, ...]]
    not_read: tuple[NotRead, ...]
    unplaced: int
    is_cancelled: bool
    folder: Path = Path()

    @property
    def sent(self) -> int:
        """How many visits were sent."""
        return sum(len(file.visits) for file in self.written)

    @property
    def is_whole(self) -> bool:
        """Whether all that the files hold was sent: nothing was left out, and nothing could not be read."""
        return not (self.left_out or self.not_read or self.is_cancelled)

    @property
    def files(self) -> int:
        """How many files hold reports."""
        return len(self.written)


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How to deliver: a report of what, all in one incremental delivery or not, and the layout of files.

    ``send_anyway`` sends, knowingly, what the standard's text asks for and its own constraint rejects. ``base_url``
    begins the URLs of resources; it is the standard's own if it is empty.
    """

    report: str = ReportOf.VISIT
    incremental: bool = False
    layout: str = Layout.PRETTY
    send_anyway: bool = False
    base_url: str = ""


JsonStep = str | int


@dataclass(frozen=True, slots=True)
class Preview:
    """The text of a report. Ranges are of lines, from the first to after the last, counted from 0."""

    text: str
    lines: Mapping[tuple[str, str], range] = field(repr=False)

    def part(self, record: str, field_id: str = "") -> range | None:
        """Where a field of a record stands, else the whole record; None where the record is not in the report.

        ``record`` is the record's key; ``field_id`` a variable of the catalogue: what is observed, or a part of the
        record such as ``observation.start``.
        """
        return self.lines.get((record, field_id)) or self.lines.get((record, ""))

    def characters(self, lines: range) -> tuple[int, int]:
        """From the first character of ``lines`` to after their last."""
        told = self.text.split("\n")
        start = sum(len(line) + 1 for line in told[: lines.start])
        return start, start + sum(len(line) + 1 for line in told[lines.start : lines.stop]) - 1
