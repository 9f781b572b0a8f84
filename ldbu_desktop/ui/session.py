"""What is open in the window: the journal, its findings, what is selected and what was mended; told by signals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from ldbu_desktop.faults import Fault
from ldbu_desktop.language import tr
from ldbu_desktop.ui.jobs import Jobs, Work
from ldbu_desktop.ui.judged import Judged, Places, is_regrouped, places_of
from ldbu_desktop.work import Cancellation, Progress

if TYPE_CHECKING:
    from ldbu_desktop.bundles.preview import Preview
    from ldbu_desktop.bundles.receipt import Receipt
    from ldbu_desktop.editing.values import Address
    from ldbu_desktop.findings.model import Finding
    from ldbu_desktop.findings.summary import Findings
    from ldbu_desktop.journal.model import Journal
    from ldbu_desktop.ui.case import Case
    from ldbu_desktop.workspace.deliveries import Awaiting


@dataclass(frozen=True, slots=True)
class Selection:
    """What the user looks at, by key: nothing (the whole file), a family, or a visit, and there a record and a field.

    ``variable`` is what the field is about, ``finding`` the finding that is explained.
    """

    family: str = ""
    visit: str = ""
    record: str = ""
    field: str = ""
    variable: str = ""
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class _State:
    """The journal and its findings at one time; what undo goes back to."""

    journal: Journal
    findings: Findings
    where: Selection


_PAINT, _SETTLE = 120, 4000
"""Milliseconds until the window has painted a new file, and until it is likely to have settled down."""


class Session(Judged):
    """Opens, keeps and mends a journal. All that the pages show, they get from here.

    ``opened``: another journal is there, or none. ``judged``: its findings are there. ``mended``: one value was
    changed, and the findings with it. ``regrouped``: families or visits came or went. ``selected``: the selection.
    ``saved``: what is filled lies in its case file. ``failed``: a fault, for people. ``number_asked``: a place, and the
    CPR number typed there for a citizen who was delivered under another.
    """

    opened = Signal()
    judged = Signal()
    mended = Signal()
    regrouped = Signal()
    saved = Signal()
    selected = Signal()
    unmasked = Signal()
    failed = Signal(object)
    number_asked = Signal(object, str)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs = jobs
        self.paths: tuple[Path, ...] = ()
        self.is_open = False
        self.selection = Selection()
        self.shows_cpr = False
        self.opening: tuple[Path, ...] = ()
        self._past: list[_State] = []
        self._future: list[_State] = []
        self._case: Case | None = None

    @property
    def case(self) -> Case:
        """The case that is filled, if one is; made when it is first asked for."""
        if self._case is None:
            from ldbu_desktop.ui.case import Case

            self._case = Case(self)
        return self._case

    @property
    def is_filled(self) -> bool:
        """Whether what is open is filled in the form, rather than read from an export."""
        return self._case is not None and self._case.is_filled

    @property
    def is_kept(self) -> bool:
        """Whether a case file keeps what is filled, and the way back."""
        return self._case is not None and self._case.file is not None

    @property
    def is_quiet(self) -> bool:
        """Whether what is missing at some visits is not told yet: while they are filled."""
        return self.is_filled

    def asks(self, place: str) -> bool:
        """Whether what is missing at a visit or a family, by its key, is told at its fields."""
        return self._case is None or not self.is_filled or self._case.asks(place)

    def open(self, paths: Sequence[Path]) -> None:
        """Read files and check them, in the background. What is open stays until the new is read."""
        self.opening = tuple(paths)

        def work(progress: Progress, cancellation: Cancellation) -> tuple[Journal, Places]:
            from ldbu_desktop.use_cases.load import load

            journal = load(list(paths), self.standard, progress, cancellation)
            return journal, places_of(journal)

        self.jobs.start("open", lambda: tr("Læser"), work, self._show_read, self._fail, stays=True)

    def _show_read(self, read: tuple[Journal, Places]) -> None:
        if self._case is not None:
            self._case.leave()
        self.paths, self.opening = self.opening, ()
        self.show_journal(*read)

    def show_journal(self, journal: Journal, places: Places) -> None:
        """Have another journal open, and check it."""
        self._let_go()
        self._journal, (self._families, self._visits) = journal, places
        self.is_open = True
        self.visit_count = len(self._visits)
        self.shows_cpr = False
        self.opened.emit()
        # After the window has painted: work that runs beside it at once would make that take twice as long.
        QTimer.singleShot(_PAINT, self, self.judge)

    def _let_go(self) -> None:
        """Give up what was open, piece by piece and in the background: freeing it at once would halt the window."""
        pieces: list[object] = [*self.journal.families, *(self.findings.by_family.values() if self.findings else ())]
        self._past.clear()
        self._future.clear()
        self._journal, self.findings, self.selection = None, None, Selection()
        self._families, self._visits = {}, {}
        if pieces:
            QTimer.singleShot(_SETTLE, self, lambda: self._free(pieces))

    def _free(self, pieces: list[object]) -> None:
        line = f"let go {id(pieces)}"
        self.jobs.start(line, lambda: "", _emptied(pieces), lambda _: None, self.failed.emit, quiet=True)

    def judge(self) -> None:
        """Check the whole journal, in the background."""
        if not self.is_open:
            return
        journal = self.journal

        def work(progress: Progress, cancellation: Cancellation) -> Findings:
            from ldbu_desktop.use_cases.validate import validate

            findings = validate(journal, self.standard, date.today(), progress, cancellation)
            _work_out(findings)
            return findings

        self.jobs.start("judge", lambda: tr("Kontrollerer"), work, self._judge, self._fail, stays=True)

    def _judge(self, findings: Findings) -> None:
        if findings.journal is not self._journal:  # something was filled meanwhile
            self.judge()
            return
        self.findings = findings
        self.judged.emit()

    def _fail(self, fault: Fault) -> None:
        self.opening = ()
        self.failed.emit(fault)

    def close(self) -> None:
        """Leave what is open. The files are untouched, as they always are."""
        for line in ("open", "judge"):
            self.jobs.cancel(line)
        if self._case is not None:
            self._case.leave()
        self._let_go()
        self.paths, self.is_open = (), False
        self.opened.emit()

    def select(self, selection: Selection) -> None:
        """Look at something else. A visit brings its family."""
        if selection.visit and not selection.family and (family := self.family_of(selection.visit)):
            selection = replace(selection, family=family.key)
        if selection != self.selection:
            self.selection = selection
            self.selected.emit()

    def select_finding(self, finding: Finding) -> None:
        """Look at a finding, at the place where it is."""
        at = finding.location
        self.select(Selection(at.family, at.visit, at.record, at.field, at.variable, finding))

    def preview(self, visit: str, then: Callable[[Preview], None], fault: Callable[[Fault], None]) -> None:
        """Build what would be sent for a visit, in the background."""
        findings = self.findings
        if findings is None:
            return

        def work(_progress: Progress, _cancellation: Cancellation) -> Preview:
            from ldbu_desktop.use_cases.preview import preview

            return preview(findings, self.standard, visit, datetime.now(UTC))

        self.jobs.start("preview", lambda: "", work, then, fault, quiet=True)

    def await_delivery(self, then: Callable[[Awaiting], None], *, only_new: bool, send_anyway: bool) -> bool:
        """Find out in the background what awaits delivery; False where no case file remembers deliveries."""
        memory = self.case.delivery_memory if self.is_kept else None
        if memory is None:
            return False

        def work(_progress: Progress, cancellation: Cancellation) -> Awaiting:
            now = datetime.now(UTC)
            return memory.awaiting(now, only_new=only_new, send_anyway=send_anyway, cancellation=cancellation)

        self.jobs.start("awaiting", lambda: "", work, then, self.failed.emit, quiet=True)
        return True

    def deliver(
        self, folder: Path, options: Mapping[str, Any], then: Callable[[Receipt], None], *, only_new: bool = False
    ) -> None:
        """Write the delivery reports of what is ready, in the background; ``only_new``: of what was not delivered so.

        A case file remembers what was delivered.
        """
        findings = self.findings
        if findings is None:
            return
        memory = self.case.delivery_memory if self.is_kept else None

        def work(progress: Progress, cancellation: Cancellation) -> Receipt:
            from ldbu_desktop.use_cases.export import ExportOptions, export

            now, visits = datetime.now(UTC), None
            chosen = ExportOptions(**options)
            if memory is not None:
                anyway = chosen.send_anyway
                found = memory.awaiting(now, only_new=only_new, send_anyway=anyway, cancellation=cancellation)
                visits = found.ready | found.rejected
            receipt = export(findings, self.standard, folder, chosen, now, progress, cancellation, visits)
            if memory is not None:
                memory.remember([visit for file in receipt.written for visit in file.visits], now)
            return receipt

        self.jobs.start("deliver", lambda: tr("Skriver"), work, then, self.failed.emit)

    def unmask(self, shown: bool) -> None:
        """Show CPR numbers, or cover them again. It holds for what is open now, never for the next file."""
        if shown != self.shows_cpr:
            self.shows_cpr = shown
            self.unmasked.emit()

    def mend(self, place: Address, raw: str) -> None:
        """Read ``raw`` as the value at ``place`` and check again what it bears on."""
        if self.findings is None or (self.is_kept and self.case.asks_about(place, raw)):
            return
        from ldbu_desktop.editing.values import edited

        try:
            journal = edited(self.journal, place, raw, self.standard)
        except Fault as fault:
            self.failed.emit(fault)
            return
        self.change(journal, Selection(place.family, place.visit, place.record, place.field, place.variable))

    def change(self, journal: Journal, where: Selection) -> None:
        """Go on with another journal, which differs from this one in the family of ``where`` only.

        Until the first check is done there are no findings to go on from: then everything is checked again.
        """
        if self.findings is None:
            self.replace_journal(journal)
            self.judge()
            return
        from ldbu_desktop.use_cases.validate import revalidated

        findings = revalidated(self.findings, journal, where.family)
        if not self.is_kept:  # a case file remembers the way back itself
            self._past.append(_State(self.journal, self.findings, where))
        self._future.clear()
        self._take(_State(journal, findings, where))

    @property
    def edit_count(self) -> int:
        """How many values were mended and not undone."""
        return len(self._past)

    @property
    def can_undo(self) -> bool:
        """Whether something was done that can be undone."""
        return self.case.can_undo if self.is_kept else bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether something was undone that can be done again."""
        return self.case.can_redo if self.is_kept else bool(self._future)

    def go_to(self, journal: Journal) -> None:
        """Go to an earlier or a later state of the same journal, at what differs."""
        if self.findings is None:
            self.replace_journal(journal)
            self.judge()
            return
        from ldbu_desktop.ui.changes import place_of_change
        from ldbu_desktop.use_cases.validate import revalidated

        before = {id(family) for family in self.journal.families}
        after = {id(family) for family in journal.families}
        changed = [family.key for family in journal.families if id(family) not in before]
        gone = [family.key for family in self.journal.families if id(family) not in after]
        findings = self.findings
        for key in dict.fromkeys((*changed, *gone)):
            findings = revalidated(findings, journal, key)
        where = place_of_change(self.journal, journal)
        self._take(_State(journal, findings, where))
        self.select(where)

    def undo(self) -> None:
        """Go back to before the last value was mended."""
        if self.is_kept:
            self.case.undo()
            return
        self._step(self._past, self._future)

    def redo(self) -> None:
        """Mend again what was undone last."""
        if self.is_kept:
            self.case.redo()
            return
        self._step(self._future, self._past)

    def _step(self, source: list[_State], target: list[_State]) -> None:
        if not source or self.findings is None:
            return
        state = source.pop()
        target.append(_State(self.journal, self.findings, state.where))
        self._take(state)
        where = state.where
        is_there = (not where.visit or where.visit in self._visits) and where.family in self._families
        self.select(where if is_there else Selection(where.family if where.family in self._families else ""))

    def _take(self, state: _State) -> None:
        self.findings = state.findings
        now = self.selection
        if now.finding is not None and now.finding not in self.findings.of_family(now.family):
            self.selection = replace(now, finding=None)
        self.replace_journal(state.journal)
        self.mended.emit()

    def replace_journal(self, journal: Journal) -> None:
        """Hold another state of the same journal; tell if families or visits came or went."""
        before, self._journal = self.journal, journal
        if is_regrouped(before, journal):
            self._families, self._visits = places_of(journal)
            self.visit_count = len(self._visits)
            self.regrouped.emit()


def _work_out(findings: Findings) -> None:
    """Work out here, in the background, what the window will ask for first."""
    _ = findings.counts, findings.causes, findings.rejected_visits


def _emptied(pieces: list[object]) -> Work[None]:
    """Work that gives up ``pieces`` one by one, so that the window is let in between."""

    def work(_progress: Progress, _cancellation: Cancellation) -> None:
        while pieces:
            pieces.pop()

    return work
