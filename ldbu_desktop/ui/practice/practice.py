"""An exercise under way: its case, the way it is worked on, how far it is shown, and what the key says of an answer."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ldbu_desktop.journal.fields import INTERVENTION_CODE
from ldbu_desktop.journal.where import Where
from ldbu_desktop.training.comparison import Compared, Outcome, compared
from ldbu_desktop.training.fault_hunt import FaultHunt, HuntResult
from ldbu_desktop.training.journals import RUNNING, Part
from ldbu_desktop.training.mending import FaultCompared, faults_compared
from ldbu_desktop.training.model import Case, CaseVisit, KeyAnswer
from ldbu_desktop.ui.jobs import Jobs
from ldbu_desktop.ui.practice.session import PracticeSession
from ldbu_desktop.ui.session import Session
from ldbu_desktop.use_cases.exercises import practice_work, shown_case, write_result
from ldbu_desktop.use_cases.fault_hunts import hunt_results, hunt_work, write_hunt_result


class Way(StrEnum):
    """How a case is worked on."""

    SHOW = "show"
    """Solved answer by answer, and nothing can be changed."""
    COMPLETE = "complete"
    ALONE = "alone"
    FAULTS = "faults"
    WRITE = "write"
    """The solved case is changed, and becomes another case."""


_PARTS = {Way.COMPLETE: Part.HALF, Way.ALONE: Part.NOTHING, Way.FAULTS: Part.FAULTS, Way.WRITE: Part.ALL}


class Practice(QObject):
    """``changed``: another exercise is worked on, or none. ``stepped``: another answer is shown.

    What is worked on is a ``case``, or a ``hunt``: an export with faults of chosen kinds. ``answered``: something was
    answered, with what the key says of it; ``mended``: it goes otherwise with faults, which those are; ``at_once`` is
    whether that is told. ``is_afar`` tells that a room looks on, to which no CPR number is shown.
    """

    changed = Signal()
    stepped = Signal()
    answered = Signal(object)
    mended = Signal(object)

    def __init__(self, opened: Session, parent: QObject) -> None:
        super().__init__(parent)
        self.session = PracticeSession(Jobs(self), self)
        self.session.failed.connect(opened.failed)
        self.session.noted.connect(opened.noted)
        self.session.jobs.broke.connect(opened.jobs.broke)
        self.session.changed.connect(self._follow)
        self.case: Case | None = None
        self.hunt: FaultHunt | None = None
        self.way = Way.ALONE
        self.at_once = True
        self.is_afar = False
        self.answers: tuple[tuple[CaseVisit, KeyAnswer], ...] = ()
        self.at = 0
        self._told: tuple[Compared, ...] = ()
        self._results: tuple[HuntResult, ...] = ()

    @property
    def is_under_way(self) -> bool:
        """Whether something is worked on."""
        return self.case is not None or self.hunt is not None

    @property
    def is_shown(self) -> bool:
        """Whether a case is shown, so that nothing can be changed."""
        return self.case is not None and self.way is Way.SHOW

    def begin(self, case: Case, way: Way) -> None:
        """Begin with a case, from its beginning."""
        self.case, self.hunt, self.way, self.at, self.answers = case, None, way, 0, ()
        standard = self.session.standard
        if way is Way.SHOW:
            work, self.answers = shown_case(case, standard)
        else:
            work = practice_work(case, standard, _PARTS[way])
        self.session.is_locked = way is Way.SHOW
        self.session.show_work(work)
        self.session.unmask(not self.is_afar)  # nobody in a case is real, and its story calls them by their names
        self._told = self.compared()
        self.changed.emit()
        first = case.visits[0]
        self.session.select(work.nearest(Where(case.id, first.id) if first.begun else Where(case.id)))

    def begin_hunt(self, hunt: FaultHunt) -> None:
        """Begin with an export with chosen faults, from its beginning."""
        self.case, self.hunt, self.way, self.at, self.answers = None, hunt, Way.FAULTS, 0, ()
        self.session.is_locked = False
        self.session.show_work(hunt_work(hunt, self.session.standard))
        self.session.unmask(not self.is_afar)  # nobody in it is real, and a fault may be in a number
        self._results = self.hunt_results()
        self.changed.emit()

    def reset(self) -> None:
        """Begin with the same exercise again: it is as it was."""
        if self.case is not None:
            self.begin(self.case, self.way)
        elif self.hunt is not None:
            self.begin_hunt(self.hunt)

    def leave(self) -> None:
        """Leave the exercise; nothing of it is kept."""
        self.case = self.hunt = None
        self.session.close()
        self.changed.emit()

    # --- showing

    @property
    def shown(self) -> tuple[CaseVisit, KeyAnswer] | None:
        """The answer that is shown last, with the visit that it belongs to; None before the first."""
        return self.answers[self.at - 1] if self.at else None

    def step(self, by: int) -> bool:
        """Show one answer more (``by`` 1) or one less (-1); False where there is none."""
        if not self.is_shown or not 0 <= self.at + by <= len(self.answers):
            return False
        self.at += by
        self.session.step(by)
        self.stepped.emit()
        return True

    # --- the key

    def compared(self) -> tuple[Compared, ...]:
        """All that is answered beside the key."""
        return compared(self.case, self.session.journal, self.session.standard) if self.case is not None else ()

    def faults(self) -> tuple[FaultCompared, ...]:
        """What became of the faults that were to be found."""
        return faults_compared(self.case, self.session.journal, self.session.standard) if self.case is not None else ()

    def hunt_results(self) -> tuple[HuntResult, ...]:
        """What became of the chosen faults that were to be found."""
        return hunt_results(self.hunt, self.session.work) if self.hunt is not None else ()

    def key_at(self, visit: str, subject: str, asked: str) -> tuple[Compared, ...]:
        """What the key says of one thing, beside what is answered."""
        things = {asked, *(RUNNING if asked == INTERVENTION_CODE else ())}  # one field has all about interventions
        return tuple(
            one
            for one in self.compared()
            if one.outcome is not Outcome.TOO_MUCH
            and (one.visit, one.subject) == (visit, subject)
            and one.asked in things
        )

    def write_result(self, path: Path) -> None:
        """Write what is answered, without names. Raises :class:`~ldbu_desktop.faults.OutputFault`."""
        if self.case is not None:
            write_result(self.case, self.compared(), path)
        elif self.hunt is not None:
            write_hunt_result(self.hunt, self.hunt_results(), path)

    def _follow(self) -> None:
        """Tell what the key says of what was answered just now."""
        if self.hunt is not None:
            results, self._results = self._results, self.hunt_results()
            changed = tuple(one for one in self._results if one not in results)
            if changed and self.at_once:
                self.mended.emit(changed)
        if self.case is None or self.way in (Way.SHOW, Way.WRITE):
            return
        before, self._told = self._told, self.compared()
        were = Counter(before)
        news = [one for one in self._told if one not in were and one.outcome is not Outcome.MISSING]
        if news and self.at_once:
            self.answered.emit(tuple(news))
