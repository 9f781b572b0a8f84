"""Corrections to what was read from files, kept by themselves: what was done, in the order that it was done.

What was done is kept rather than what came of it: done again to the same files it gives the same, with the way back
to each value that the files said.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from msgspec import Struct

from ldbu_desktop.casefile.encoding import decoded, encoded
from ldbu_desktop.casefile.work_file import SavedCase, WorkFile
from ldbu_desktop.editing.change import Change, change_between
from ldbu_desktop.editing.operations import (
    AcceptFindings,
    AnswerField,
    EditValue,
    MendValues,
    Operation,
    TakeBackAcceptances,
)
from ldbu_desktop.faults import CallFault
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.workspace.steps import Step
from ldbu_desktop.workspace.workspace import Workspace


class Kept(NamedTuple):
    """Something that was done, and when."""

    at: datetime
    operation: Operation


class _Entry(Struct, frozen=True):
    """What was done, of whichever kind it is."""

    at: datetime
    edit: EditValue | None = None
    answer: AnswerField | None = None
    mend: MendValues | None = None
    accept: AcceptFindings | None = None
    take_back: TakeBackAcceptances | None = None


def entry_of(step: Step) -> bytes:
    """What is kept of a step. Raises :class:`TypeError` where an import has no use for what was done."""
    match step.operation:
        case EditValue() as edit:
            return encoded(_Entry(step.at, edit=edit))
        case AnswerField() as answer:
            return encoded(_Entry(step.at, answer=answer))
        case MendValues() as mend:
            return encoded(_Entry(step.at, mend=mend))
        case AcceptFindings() as accept:
            return encoded(_Entry(step.at, accept=accept))
        case TakeBackAcceptances() as take_back:
            return encoded(_Entry(step.at, take_back=take_back))
        case other:
            raise TypeError(type(other).__name__)


def kept_of(data: bytes) -> Kept:
    """What was done, of what :func:`entry_of` gave."""
    entry = decoded(data, _Entry)
    for operation in (entry.edit, entry.answer, entry.mend, entry.accept, entry.take_back):
        if operation is not None:
            return Kept(entry.at, operation)
    raise TypeError(data)


@dataclass(frozen=True, slots=True)
class Fetched:
    """Earlier corrections done again: the work with them, and what is other in it than in the work as it was.

    ``unfitting`` are those that can't be done any more, as where the files are read by another map.
    """

    work: Workspace
    before: Journal
    change: Change
    findings: Findings | None
    unfitting: tuple[bytes, ...]


class KeptCorrections:
    """What keeps the corrections of the open work in its work file.

    ``earlier`` are those of another day that are not fetched yet: they stay in the file, before what is done now.
    """

    def __init__(self, work: Workspace, file: WorkFile) -> None:
        self._work = work
        self.file = file
        self._turn = threading.RLock()
        self._earlier = file.entries
        self._saved: tuple[Step, ...] = ()
        self._answered: tuple[Step, ...] = ()
        self._thrown_away: tuple[Step, ...] | None = None

    @property
    def earlier(self) -> tuple[Kept, ...]:
        """What was done another day and is not fetched yet."""
        return tuple(map(kept_of, self._earlier))

    @property
    def earlier_case(self) -> str:
        """The name of the case file that all of that was saved as too; nothing where there is none."""
        case = self.file.case
        return case.name if case is not None and all(one.at <= case.until for one in self.earlier) else ""

    def also_in(self, name: str) -> None:
        """Remember that all that was done is in a case file of that name too, unless some of it is not fetched.

        Raises :class:`~ldbu_desktop.faults.OutputFault` where that can't be saved.
        """
        self.save()
        if not self._earlier:
            self.file.note_case(SavedCase(name, datetime.now(UTC)))

    @property
    def is_waiting(self) -> bool:
        """Whether something was done or undone that :meth:`save` has not saved yet."""
        return self._work.steps.done not in (self._saved, self._thrown_away)

    @property
    def has_news(self) -> bool:
        """Whether other corrections stand than those that were fetched, or thrown away."""
        return self._work.steps.done != self._answered

    def save(self) -> None:
        """Save what was done. Raises :class:`~ldbu_desktop.faults.OutputFault`: then it waits in the work file."""
        with self._turn:
            done = self._work.steps.done
            shorter = min(len(done), len(self._saved))
            same = next((at for at in range(shorter) if done[at] is not self._saved[at]), shorter)
            self.file.keep(len(self._earlier) + same, [entry_of(step) for step in done[same:]])
            self._saved = done

    def fetched(self) -> Fetched:
        """What was done another day, done again before what was done now. It may be asked for from any thread."""
        work = self._work
        before, findings = work.journal, work.found
        again = Workspace(lambda: work.standard, work.judged_again, work.as_read)
        again.paths = work.paths
        unfitting = []
        for data in self._earlier:
            kept = kept_of(data)
            if not _does_again(again, kept):
                unfitting.append(data)
        for step in work.steps.done:
            _does_again(again, Kept(step.at, step.operation))
        change = change_between(before, again.journal)
        judged = work.judged_again(findings, again.journal, change.families, None) if findings is not None else None
        return Fetched(again, before, change, judged, tuple(unfitting))

    def fetch(self, fetched: Fetched) -> Change | None:
        """Take what was done again; None where something else was done meanwhile, or what was found is not known."""
        if not self._work.become(fetched.work, fetched.before, fetched.findings):
            return None
        self._rewrite(fetched.unfitting)
        self._answered = self._saved
        return fetched.change

    def _rewrite(self, earlier: tuple[bytes, ...]) -> None:
        with self._turn:
            self._earlier, self._saved = earlier, self._work.steps.done
            self.file.keep(0, [*earlier, *map(entry_of, self._saved)])

    def throw_away_earlier(self) -> tuple[bytes, ...]:
        """Throw away what was done another day; returned is what :meth:`take_back` takes."""
        thrown = self._earlier
        self._rewrite(())
        return thrown

    def take_back(self, thrown: tuple[bytes, ...]) -> None:
        """Have again what was thrown away."""
        self._rewrite(thrown)

    def throw_away(self) -> None:
        """Keep nothing of what was done now; what was done another day and not fetched stays."""
        with self._turn:
            self._saved, self._answered = (), self._work.steps.done
            self._thrown_away = self._answered
            self.file.keep(len(self._earlier), ())


def _does_again(work: Workspace, kept: Kept) -> bool:
    """Whether something can be done again."""
    try:
        return not work.do(kept.operation, kept.at).is_nothing
    except CallFault:
        return False
