"""The way back and forth: the same for work that is kept nowhere and for a case file, which remembers it itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from ldbu_desktop.editing.change import Change
from ldbu_desktop.journal.model import Journal

if TYPE_CHECKING:
    from ldbu_desktop.casefile.case_file import CaseFile
    from ldbu_desktop.findings.summary import Findings

CHECKED_AGAIN = 40
"""So many are checked again while nobody notices."""


class JournalState(NamedTuple):
    """A journal as it was or becomes again, how it differs from what it takes the place of, and what is found in it.

    Both are None where they have to be worked out.
    """

    journal: Journal
    change: Change | None = None
    findings: Findings | None = None


class History(Protocol):
    """The steps from one journal to another."""

    @property
    def can_undo(self) -> bool:
        """Whether there is a step that can be taken back."""
        ...

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back that can be taken again."""
        ...

    def add(self, before: Journal, after: Journal, change: Change, findings: Findings | None = None) -> None:
        """Remember a step, and what was found before it; what was undone can't be done again then."""
        ...

    def undo(self, now: Journal, findings: Findings | None = None) -> JournalState | None:
        """The journal before the last step; None where there is none. ``findings`` are those of ``now``."""
        ...

    def redo(self, now: Journal, findings: Findings | None = None) -> JournalState | None:
        """The journal with the step that was undone last; None where there is none."""
        ...


class MemoryHistory:
    """The steps of work that is kept nowhere.

    Of a step that bears on many families it keeps what was found too: to check them again would halt the window.
    """

    def __init__(self) -> None:
        self._past: list[JournalState] = []
        self._future: list[JournalState] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is a step that can be taken back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back that can be taken again."""
        return bool(self._future)

    def add(self, before: Journal, _after: Journal, change: Change, findings: Findings | None = None) -> None:
        """Remember a step."""
        self._past.append(_state(before, change, findings))
        self._future.clear()

    def undo(self, now: Journal, findings: Findings | None = None) -> JournalState | None:
        """The journal before the last step."""
        return _step(self._past, self._future, now, findings)

    def redo(self, now: Journal, findings: Findings | None = None) -> JournalState | None:
        """The journal with the step that was undone last."""
        return _step(self._future, self._past, now, findings)


def _state(journal: Journal, change: Change | None, findings: Findings | None) -> JournalState:
    """What is remembered of a journal: what is found in it where that is all, and much of it would be found anew."""
    is_kept = findings is not None and findings.is_whole and change is not None and len(change.families) > CHECKED_AGAIN
    return JournalState(journal, change, findings if is_kept else None)


def _step(
    source: list[JournalState], target: list[JournalState], now: Journal, findings: Findings | None
) -> JournalState | None:
    if not source:
        return None
    state = source.pop()
    target.append(_state(now, state.change, findings))
    return state


class FileHistory:
    """The steps that a case file remembers, also those of earlier days.

    Saving takes some milliseconds: what was done waits until :meth:`save`, and what is done in one breath is one step.
    """

    def __init__(self, file: CaseFile) -> None:
        self.file = file
        self._waiting: tuple[Journal, str] | None = None

    @property
    def can_undo(self) -> bool:
        """Whether there is a step that can be taken back."""
        return self._waiting is not None or self.file.to_undo is not None

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back that can be taken again."""
        return self._waiting is None and self.file.to_redo is not None

    @property
    def is_waiting(self) -> bool:
        """Whether something was done that :meth:`save` has not saved yet."""
        return self._waiting is not None

    def add(self, _before: Journal, after: Journal, change: Change, _findings: Findings | None = None) -> None:
        """Remember a step, which waits to be saved."""
        self._waiting = after, change.where.variable or change.where.field

    def save(self) -> None:
        """Save what waits. Raises :class:`~ldbu_desktop.faults.OutputFault`: then it waits in the case file."""
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self.file.save(*waiting)
        else:
            self.file.save_again()

    def undo(self, _now: Journal, _findings: Findings | None = None) -> JournalState | None:
        """The journal before the last step. Raises :class:`~ldbu_desktop.faults.OutputFault`."""
        self.save()
        return _stepped(self.file.undo())

    def redo(self, _now: Journal, _findings: Findings | None = None) -> JournalState | None:
        """The journal with the step that was undone last. Raises :class:`~ldbu_desktop.faults.OutputFault`."""
        self.save()
        return _stepped(self.file.redo())


def _stepped(journal: Journal | None) -> JournalState | None:
    return None if journal is None else JournalState(journal)
