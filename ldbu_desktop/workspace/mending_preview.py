"""What a mending will do, worked out before it is done: the values that a person looks at, and that are then taken."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from ldbu_desktop.editing.change import Change
from ldbu_desktop.editing.operations import MendValues
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.model import Entry, Journal
from ldbu_desktop.journal.values import ValueChange
from ldbu_desktop.journal.where import Where


class PreviewLine(NamedTuple):
    """One change before it is made: what stands there, what will, and whether that can be read then.

    ``name`` is the id of the variable or part.
    """

    finding: Finding
    where: Where
    name: str
    before: Entry[object]
    after: Entry[object]

    @property
    def is_read(self) -> bool:
        """Whether what will stand there can be read."""
        return not self.after.is_unreadable


@dataclass(frozen=True, slots=True)
class MendingPreview:
    """What a mending will do: its operation, every change, and the findings that it does not fit.

    ``before`` and ``after`` are the journals, ``change`` their difference, ``findings`` those of the second and
    ``values`` what is written otherwise in it: with them it is done without working it out again.
    ``gone`` and ``come`` count the findings, by code, that are no longer told then, and those that are told instead.
    ``ready`` is how many visits can be delivered more (or fewer) than now.
    """

    operation: MendValues
    before: Journal
    after: Journal
    change: Change
    findings: Findings | None
    values: tuple[ValueChange, ...]
    lines: tuple[PreviewLine, ...]
    left: tuple[Finding, ...]
    gone: Counter[str]
    come: Counter[str]
    ready: int

    @property
    def unread(self) -> int:
        """How many values can't be read afterwards either."""
        return sum(not line.is_read for line in self.lines)
