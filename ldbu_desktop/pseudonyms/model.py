"""What is asked for of pseudonyms, and what is told of them, as values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ldbu_desktop.faults import FileFault


@dataclass(frozen=True, slots=True)
class Choices:
    """What of a person is kept: the sex, the year and month of birth."""

    sex: bool = True
    birth_month: bool = False


class EmptiedColumn(NamedTuple):
    """A column of which nobody knows what it holds: its file and sheet as they are written, and its number from 0."""

    file: str
    sheet: str
    column: int


@dataclass(slots=True)
class Pseudonymised:
    """What was written and what was not.

    ``maps`` are those that go along. ``emptied`` are how many cells of which columns were, ``unread`` the files and
    numbers of the columns of which nobody knows what they hold, ``dropped`` how many sheets are not written,
    ``not_read`` the files that are not written at all, ``converted`` the workbooks of other programs, ``months_left``
    the families whose months of birth could not be kept. ``came`` and ``went`` count the findings by code that there
    are after and not before, and the other way round, of ``findings`` before.
    """

    written: list[Path] = field(default_factory=list)
    maps: list[Path] = field(default_factory=list)
    emptied: Counter[EmptiedColumn] = field(default_factory=Counter)
    unread: set[tuple[str, int]] = field(default_factory=set)
    dropped: int = 0
    not_read: list[FileFault] = field(default_factory=list)
    converted: int = 0
    months_left: int = 0
    findings: int = 0
    came: Counter[str] = field(default_factory=Counter)
    went: Counter[str] = field(default_factory=Counter)

    @property
    def is_whole(self) -> bool:
        """Whether all was written, and the same is found in it."""
        return not (self.not_read or self.came or self.went)
