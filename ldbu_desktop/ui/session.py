"""What is open in the window: a workspace, what of it is looked at, and the signals that carry what changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from ldbu_desktop.faults import CallFault, Fault
from ldbu_desktop.journal.where import WHOLE_JOURNAL, Where
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.ui.autosave import Autosave
from ldbu_desktop.ui.checking import Checking
from ldbu_desktop.ui.jobs import Jobs, Work
from ldbu_desktop.ui.keeping import Keeping
from ldbu_desktop.ui.pace import Turns, after_opening, when_settled
from ldbu_desktop.ui.visit_forms import VisitForms
from ldbu_desktop.use_cases.opening import nothing
from ldbu_desktop.work import Cancellation, Progress

if TYPE_CHECKING:
    from ldbu_desktop.aside.reader import Aside
    from ldbu_desktop.editing.change import Change
    from ldbu_desktop.editing.operations import Operation
    from ldbu_desktop.findings.model import Finding, Severity
    from ldbu_desktop.findings.summary import Findings
    from ldbu_desktop.findings.text import RenderedFinding
    from ldbu_desktop.journal.model import Family, Journal, Visit
    from ldbu_desktop.mapping.links import Proposal
    from ldbu_desktop.standard.model import Standard
    from ldbu_desktop.workspace.facets import Chosen, FacetIndex, Narrowed
    from ldbu_desktop.workspace.mending_preview import MendingPreview
    from ldbu_desktop.workspace.workspace import Workspace

OPEN = "open"
"""The line of jobs that open something: closing stops it, and so does opening something else."""

_NARROW = "narrow"

_MOST_WORDS = 1000
"""Findings that are kept in words: those of a visit are asked for again and again while it is filled."""

_SOON = 500
"""So many visits are shown anew at once, when more of them is checked."""


class Asked(NamedTuple):
    """Files of which something waits for an answer before they are read, and what they are taken for."""

    paths: tuple[Path, ...]
    proposal: Proposal


class Session(QObject):
    """Runs what takes long in the background, and tells what became of it.

    ``opened``: other work is there, or none. ``checked``: more of it was checked, or checking was stopped.
    ``judged``: the whole of it was checked. ``changed``: what it carries is
    other than before, or other things are told of it. ``selected``: something else is looked at. ``narrowed_to``: other
    visits are left by the facets. ``saved``: what is filled lies in its case file. ``delivered``: reports were written.
    ``corrected``: other visits say something else than when they were delivered.
    ``wrote``: a file was written, with what gives words for that, and where it is.
    ``first_found``: what stands in the first rows of files while the rest is read, and nothing when that is over.
    ``mapping_asked``: files wait to be read until it is answered what they are. ``failed``: a fault, for people,
    and ``noted`` what gives a note for them to keep. ``number_asked``: a place, and the CPR number typed there for a
    citizen who was delivered under another.
    """

    opened = Signal()
    judged = Signal()
    changed = Signal(object)
    saved = Signal()
    delivered = Signal()
    corrected = Signal()
    wrote = Signal(object, object)
    selected = Signal()
    narrowed_to = Signal()
    unmasked = Signal()
    failed = Signal(object)
    noted = Signal(object)
    first_found = Signal(object)
    mapping_asked = Signal()
    number_asked = Signal(object, str)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs = jobs
        self.work = self._nothing()
        self.asked: Asked | None = None
        self.selection = WHOLE_JOURNAL
        self.finding: Finding | None = None
        self.narrowed: Narrowed | None = None
        self.shows_cpr = False
        self._words: dict[tuple[object, ...], RenderedFinding] = {}
        self.forms = VisitForms(jobs, lambda: self.standard, self)
        self.forms.failed.connect(self.failed)
        self.checking = Checking(jobs, self)
        self.checked = Turns(self, "tellingChecked")
        self.checking.advanced.connect(self._tell_checked)
        self.checking.ended.connect(self.judged)
        self.checking.failed.connect(self.failed)
        self.autosave = Autosave(jobs, self)
        self.autosave.saved.connect(self.saved)
        self.autosave.failed.connect(self.failed)
        self.keeping = Keeping(jobs, self.autosave, lambda: self.work, self)
        self.keeping.fetched.connect(self._tell)
        self.keeping.failed.connect(self.failed)
        # To make the key takes half a second of a processor: beside a check the window would wait for that too.
        self.judged.connect(lambda: after_opening(self, self.keeping.begin))
        self.changed.connect(lambda _: self.keeping.begin())

    @cached_property
    def standard(self) -> Standard:
        """The standard that is used; read when it is first asked for."""
        from ldbu_desktop.use_cases.standards import shipped_standard

        return shipped_standard()

    def _nothing(self) -> Workspace:
        return nothing(lambda: self.standard)

    # --- what is open

    @property
    def is_open(self) -> bool:
        """Whether something is open."""
        return self.work.is_open

    @property
    def is_filled(self) -> bool:
        """Whether what is open is filled in the form, rather than read from an export."""
        return self.work.is_filled

    def has_form(self, visit: str) -> bool:
        """Whether a visit is filled in a form, by its key: one of a type that nobody knows shows its values instead."""
        known = self.visit(visit)
        return self.is_filled and (known is None or known.type.value in self.standard.visit_type_by_code)

    @property
    def is_in_form(self) -> bool:
        """Whether what is selected is filled in a form."""
        return self.has_form(self.selection.visit)

    @property
    def path(self) -> Path | None:
        """The case file that keeps what is open; None where none does."""
        return self.work.file.path if self.work.file is not None else None

    @property
    def journal(self) -> Journal:
        """What is open; an empty journal where nothing is."""
        return self.work.journal

    @property
    def findings(self) -> Findings | None:
        """What was found in it; None until the whole of it was checked."""
        return self.work.findings

    @property
    def current_family(self) -> Family | None:
        """The family that is selected, or the only one there is; None where there are several and none is."""
        families = self.journal.families
        known = self.family_of(self.selection.visit) or self.family(self.selection.family)
        return known or (families[0] if len(families) == 1 else None)

    def family(self, key: str) -> Family | None:
        """A family by its key."""
        return self.work.family(key)

    def visit(self, key: str) -> Visit | None:
        """A visit by its key."""
        return self.work.visit(key)

    def family_of(self, visit: str) -> Family | None:
        """The family that a visit belongs to, by the visit's key."""
        return self.work.family_of(visit)

    # --- opening and closing

    def ask_mapping(self, paths: Sequence[Path], proposal: Proposal) -> None:
        """Have it asked what files are taken for; what is open stays until they are read."""
        self.asked = Asked(tuple(paths), proposal)
        self.mapping_asked.emit()

    def show_work(self, work: Workspace, aside: Aside | None = None) -> None:
        """Have other work open, and check it; ``aside`` is the process that has loaded it and checks it meanwhile."""
        self._let_go()
        self.work = work
        self._words.clear()
        self.autosave.begin(work.file_history)
        self.shows_cpr = False
        self.opened.emit()
        if work.warning is not None:
            self.failed.emit(work.warning)
        self.checking.open(work, aside)
        after_opening(self, self.judge)
        when_settled(self, self.keeping.begin)

    def _let_go(self) -> None:
        """Give up what was open, piece by piece and in the background: freeing it at once would halt the window."""
        self.autosave.leave()
        self.keeping.leave()
        self.checking.leave()
        findings = self.work.found
        pieces: list[object] = [*self.journal.families, *(findings.by_family.values() if findings else ())]
        self.jobs.cancel(_NARROW)
        self.work, self.selection, self.finding, self.narrowed = self._nothing(), WHOLE_JOURNAL, None, None
        if pieces:
            when_settled(self, lambda: self._free(pieces))

    def _free(self, pieces: list[object]) -> None:
        line = f"let go {id(pieces)}"
        self.jobs.start(line, lambda: "", _emptied(pieces), lambda _: None, self.failed.emit, quiet=True)

    @property
    def checked_words(self) -> str:
        """How much is checked, while some is not; nothing before the check begins, and when all is."""
        if self.work.found is None or self.work.is_checked():
            return ""
        from ldbu_desktop.rendering.words import checked_words

        return checked_words(*self.work.checked_families, goes_on=self.checking.is_busy)

    def judge(self) -> None:
        """Check what is not checked yet of the journal, in the background."""
        if self.is_open:
            self.checking.go_on()

    def _tell_checked(self) -> None:
        if self.work.visit_count <= _SOON:
            self.checked.tell()
        else:
            self.checked.tell_in_turns()

    def close(self) -> None:
        """Leave what is open. The files are untouched, as they always are."""
        self.jobs.cancel(OPEN)
        self._let_go()
        self.opened.emit()

    # --- what is done

    def do(self, operation: Operation) -> Change | None:
        """Do something to what is open; None where it can't be done, which is told."""
        try:
            change = self.work.do(operation)
        except Fault as fault:
            self.failed.emit(fault)
            return None
        self._tell(change)
        return change

    def edit(self, where: Where, raw: str) -> None:
        """Read ``raw`` as the value at ``where``; another number of somebody who was delivered is asked about first.

        ``where`` has the keys that :class:`~ldbu_desktop.editing.operations.EditValue` needs, that of the record among
        them; where there is no such value, ``failed`` tells it and nothing is changed. Nothing open: nothing is done.
        """
        from ldbu_desktop.editing.operations import EditValue

        if self.work.found is None:
            return
        if self.work.must_ask_about(where, raw):
            self.number_asked.emit(where, raw)
        else:
            self.do(EditValue(where, raw))

    def answer(self, where: Where, raw: str) -> None:
        """Read ``raw`` as the answer at ``where``, where nothing is recorded yet: a value, or why there is none."""
        from ldbu_desktop.editing.operations import AnswerField

        if self.work.found is not None:
            self.do(AnswerField(where, raw))

    def accept(self, findings: Sequence[Finding], reason: str, role: str) -> Fault | None:
        """Accept findings for a reason; what stands in the way of that, if something does."""
        from ldbu_desktop.use_cases.acceptances import accepting_all

        try:
            operation = accepting_all(self.work, findings, reason, role, datetime.now(UTC))
        except CallFault as fault:
            return fault
        self.do(operation)
        return None

    def take_back(self, finding: Finding) -> None:
        """Have a finding again that was accepted."""
        from ldbu_desktop.editing.operations import TakeBackAcceptances

        if (acceptance := self.work.acceptance_of(finding)) is not None:
            self.do(TakeBackAcceptances((acceptance,)))

    def take(self, seen: MendingPreview) -> bool:
        """Do a mending as it was seen before; False where something else was done since, so that it may differ."""
        change = self.work.take(seen)
        if change is None:
            return False
        self._tell(change)
        return True

    def ask(self, *places: str) -> None:
        """Tell from now on what is missing at these visits and families, by their keys."""
        self.changed.emit(self.work.ask(*places))

    @property
    def can_undo(self) -> bool:
        """Whether something was done that can be undone."""
        return self.is_open and self.work.history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether something was undone that can be done again."""
        return self.is_open and self.work.history.can_redo

    def undo(self) -> None:
        """Go back one step, in a case file also to an earlier day, and look at what differs."""
        self._go(self.work.undo)

    def redo(self) -> None:
        """Take again the step that was undone last."""
        self._go(self.work.redo)

    def _go(self, step: Callable[[], Change | None]) -> None:
        self.autosave.settle()
        before = self.journal
        try:
            change = step()
        except Fault as fault:
            self.failed.emit(fault)
            return
        if change is None:
            return
        self._tell(change)
        self.select(self.work.nearest(change.where))
        if self.work.has_lost(before, change):
            self.failed.emit(CallFault("case-undone-delivered"))

    def _tell(self, change: Change) -> None:
        if change.is_nothing:
            return
        found = self.work.found
        if self.finding is not None and found is not None and self.finding not in self._found_beside():
            self.finding = None
        self.changed.emit(change)
        self.autosave.wait()
        if found is None and not self.checking.is_busy:
            self.judge()

    def _found_beside(self) -> tuple[Finding, ...]:
        at = Where(self.selection.family)
        return (*self.work.findings_at(at), *(one.finding for one in self.work.accepted_at(at)))

    # --- what is looked at

    def select(self, where: Where, finding: Finding | None = None) -> None:
        """Look at another place, and at a finding there. A visit brings its family."""
        if where.visit and not where.family and (family := self.family_of(where.visit)):
            where = where._replace(family=family.key)
        self.checking.check_first(where.family)
        if (where, finding) != (self.selection, self.finding):
            self.selection, self.finding = where, finding
            self.selected.emit()

    def select_finding(self, finding: Finding) -> None:
        """Look at a finding, at the place where it is."""
        self.select(finding.location.where, finding)

    @property
    def finding_here(self) -> Finding | None:
        """The finding that is looked at, or the first that is told where one is."""
        if self.finding is not None:
            return self.finding
        at = self.selection
        if not at.visit or not (at.record or at.field or at.variable):
            return None
        found = self.work.told(self.work.findings_at(Where(visit=at.visit)))
        return next((one for one in found if _is_at(one, at)), None)

    def narrow(self, chosen: Chosen) -> None:
        """Find out in the background which visits are left by what is chosen of the facets, and what is found there."""
        work = self.work
        if work.findings is None:
            return

        def look(_progress: Progress, cancellation: Cancellation) -> tuple[FacetIndex, Narrowed] | None:
            from ldbu_desktop.workspace.facets import narrowed

            facets = work.facets(cancellation)
            return (facets, narrowed(facets, chosen)) if facets is not None else None

        def then(found: tuple[FacetIndex, Narrowed] | None) -> None:
            if found is None or work is not self.work:
                return
            if not work.keep_facets(found[0]):  # something was done meanwhile
                self.narrow(chosen)
                return
            self.narrowed = found[1]
            self.narrowed_to.emit()

        self.jobs.start(_NARROW, lambda: "", look, then, self.failed.emit, quiet=True)

    def unmask(self, shown: bool) -> None:
        """Show CPR numbers, or cover them again. It holds for what is open now, never for the next file."""
        if shown != self.shows_cpr:
            self.shows_cpr = shown
            self.unmasked.emit()

    def order(self, work: Work[Sequence[int]], then: Callable[[Sequence[int]], None]) -> None:
        """Order the rows of a long table in the background."""
        self.jobs.start("order", lambda: tr("Sorterer"), work, then, self.failed.emit)

    # --- in words

    def delivered_words(self, visit: str) -> str:
        """The day that a visit was delivered, by its key, and whether it was corrected since; else nothing."""
        from ldbu_desktop.rendering.words import delivered_words

        return delivered_words(self.work.delivered_on(visit), is_corrected=visit in self.work.corrected)

    def words(self, finding: Finding) -> RenderedFinding:
        """A finding in words, in the language in use."""
        language = chosen()
        key = None
        if not (finding.followers or finding.obstacles):
            key = language, finding.code, finding.location, finding.found, finding.rule, tuple(finding.facts.items())
            if (known := self._words.get(key)) is not None:
                return known
        from ldbu_desktop.findings.text import rendered

        told = rendered(finding, language, self.standard)
        if key is not None:
            if len(self._words) >= _MOST_WORDS:
                self._words.clear()
            self._words[key] = told
        return told

    def severity(self, finding: Finding) -> Severity:
        """How much a finding weighs."""
        from ldbu_desktop.findings.catalogue import type_of

        return type_of(finding).severity


def _is_at(finding: Finding, at: Where) -> bool:
    """Whether a finding is about the value at a place."""
    location = finding.location
    if at.record and location.record:
        return location.record == at.record and at.field in ("", location.field, location.variable)
    return bool({at.field, at.variable} & {location.field, location.variable} - {""})


def _emptied(pieces: list[object]) -> Work[None]:
    """Work that gives up ``pieces`` one by one, so that the window is let in between."""

    def work(_progress: Progress, _cancellation: Cancellation) -> None:
        while pieces:
            pieces.pop()

    return work
