"""The way back and forth: the same for work that is kept nowhere and for a case file, which remembers it itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from ldbu_desktop.editing.change import Change
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.journal.where import Where

if TYPE_CHECKING:
    from ldbu_desktop.casefile.case_file import CaseFile


class JournalState(NamedTuple):
    """A journal as it was or becomes again, and where it differs from what it takes the place of, if that is known."""

    journal: Journal
    where: Where | None


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

    def add(self, before: Journal, after: Journal, change: Change) -> None:
        """Remember a step; what was undone can't be done again then."""
        ...

    def undo(self, now: Journal) -> JournalState | None:
        """The journal before the last step; None where there is none."""
        ...

    def redo(self, now: Journal) -> JournalState | None:
        """The journal with the step that was undone last; None where there is none."""
        ...


class MemoryHistory:
    """The steps of work that is kept nowhere."""

    def __init__(self) -> None:
        self._past: list[tuple[Journal, Where]] = []
        self._future: list[tuple[Journal, Where]] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is a step that can be taken back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back that can be taken again."""
        return bool(self._future)

    def add(self, before: Journal, _after: Journal, change: Change) -> None:
        """Remember a step."""
        self._past.append((before, change.where))
        self._future.clear()

    def undo(self, now: Journal) -> JournalState | None:
        """The journal before the last step."""
        return _step(self._past, self._future, now)

    def redo(self, now: Journal) -> JournalState | None:
        """The journal with the step that was undone last."""
        return _step(self._future, self._past, now)


def _step(
    source: list[tuple[Journal, Where]], target: list[tuple[Journal, Where]], now: Journal
) -> JournalState | None:
    if not source:
        return None
    journal, where = source.pop()
    target.append((now, where))
    return JournalState(journal, where)


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

    def add(self, _before: Journal, after: Journal, change: Change) -> None:
        """Remember a step, which waits to be saved."""
        self._waiting = after, change.where.variable or change.where.field

    def save(self) -> None:
        """Save what waits. Raises :class:`~ldbu_desktop.faults.OutputFault`: then it waits in the case file."""
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self.file.save(*waiting)
        else:
            self.file.save_again()

    def undo(self, _now: Journal) -> JournalState | None:
        """The journal before the last step. Raises :class:`~ldbu_desktop.faults.OutputFault`."""
        self.save()
        return _stepped(self.file.undo())

    def redo(self, _now: Journal) -> JournalState | None:
        """The journal with the step that was undone last. Raises :class:`~ldbu_desktop.faults.OutputFault`."""
        self.save()
        return _stepped(self.file.redo())


def _stepped(journal: Journal | None) -> JournalState | None:
    return None if journal is None else JournalState(journal, None)
