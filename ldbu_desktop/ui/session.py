"""What is open in the window: a workspace, what of it is looked at, and the signals that carry what changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ldbu_desktop import __version__
from ldbu_desktop.faults import CallFault, Fault
from ldbu_desktop.journal.where import WHOLE_JOURNAL, Where
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.ui.autosave import Autosave
from ldbu_desktop.ui.jobs import Jobs, Work
from ldbu_desktop.ui.pace import after_opening, when_settled
from ldbu_desktop.ui.visit_forms import VisitForms
from ldbu_desktop.work import Cancellation, Progress
from ldbu_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:
    from ldbu_desktop.bundles.preview import Preview
    from ldbu_desktop.bundles.receipt import Receipt
    from ldbu_desktop.editing.change import Change
    from ldbu_desktop.editing.operations import Operation
    from ldbu_desktop.findings.model import Finding, Severity
    from ldbu_desktop.findings.summary import Findings
    from ldbu_desktop.findings.text import RenderedFinding
    from ldbu_desktop.journal.model import Family, Journal, Visit
    from ldbu_desktop.standard.model import Standard
    from ldbu_desktop.use_cases.casefile import CaseFile
    from ldbu_desktop.workspace.deliveries import Awaiting

Refused = Callable[[Fault], None]
"""Hears of a fault in place of the window: a passphrase that is wrong."""


class Session(QObject):
    """Runs what takes long in the background, and tells what became of it.

    ``opened``: other work is there, or none. ``judged``: the whole of it was checked. ``changed``: what it carries is
    other than before, or other things are told of it. ``selected``: something else is looked at. ``saved``: what is
    filled lies in its case file. ``failed``: a fault, for people. ``number_asked``: a place, and the CPR number typed
    there for a citizen who was delivered under another.
    """

    opened = Signal()
    judged = Signal()
    changed = Signal(object)
    saved = Signal()
    selected = Signal()
    unmasked = Signal()
    failed = Signal(object)
    number_asked = Signal(object, str)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs = jobs
        self.work = self._nothing()
        self.paths: tuple[Path, ...] = ()
        self.path: Path | None = None
        self.opening: tuple[Path, ...] = ()
        self.selection = WHOLE_JOURNAL
        self.finding: Finding | None = None
        self.shows_cpr = False
        self.forms = VisitForms(jobs, lambda: self.standard, self)
        self.forms.failed.connect(self.failed)
        self.autosave = Autosave(jobs, self)
        self.autosave.saved.connect(self.saved)
        self.autosave.failed.connect(self.failed)

    @property
    def standard(self) -> Standard:
        """The standard that is used; read when it is first asked for."""
        from ldbu_desktop.standard.catalogue import shipped_standard

        return shipped_standard()

    def _nothing(self) -> Workspace:
        return Workspace(lambda: self.standard, _judged_again)

    # --- what is open

    @property
    def is_open(self) -> bool:
        """Whether something is open."""
        return self.work.is_open

    @property
    def is_filled(self) -> bool:
        """Whether what is open is filled in the form, rather than read from an export."""
        return self.work.is_filled

    @property
    def journal(self) -> Journal:
        """What is open; an empty journal where nothing is."""
        return self.work.journal

    @property
    def findings(self) -> Findings | None:
        """What was found in it; None until it was checked."""
        return self.work.findings

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

    def open(self, paths: Sequence[Path]) -> None:
        """Read files and check them, in the background. What is open stays until the new is read."""
        self.opening = tuple(paths)

        def work(progress: Progress, cancellation: Cancellation) -> Workspace:
            from ldbu_desktop.use_cases.load import load

            return self._indexed(load(list(paths), self.standard, progress, cancellation))

        def then(read: Workspace) -> None:
            self.show_work(read, self.opening)

        self.jobs.start("open", lambda: tr("Læser"), work, then, self._fail, stays=True)

    def try_out(self) -> None:
        """Fill a case that is kept nowhere."""
        from ldbu_desktop.editing.families import new_case

        self.show_work(self._indexed(new_case(), is_filled=True))

    def create(
        self,
        path: Path,
        passphrase: str,
        refused: Refused | None = None,
        *,
        from_open: bool = False,
        is_remembered: bool = False,
    ) -> None:
        """Make a case file, empty or with what is open, and fill it. Its key is made in the background.

        ``is_remembered`` keeps the key in the system's place for secrets, so that it is not asked for here again.
        """
        journal = self.journal if from_open else None
        selection = self.selection if from_open else None

        def make() -> CaseFile:
            from ldbu_desktop.editing.families import new_case
            from ldbu_desktop.use_cases.casefile import CaseFile

            return CaseFile.create(path, passphrase, journal if journal is not None else new_case())

        self._start(tr("Opretter sagsfilen"), path, make, selection, refused, is_remembered=is_remembered)

    def open_case(
        self, path: Path, passphrase: str, refused: Refused | None = None, *, is_remembered: bool = False
    ) -> None:
        """Open a case file and fill it further."""

        def make() -> CaseFile:
            from ldbu_desktop.use_cases.casefile import CaseFile

            return CaseFile.open(path, passphrase)

        self._start(tr("Åbner sagsfilen"), path, make, None, refused, is_remembered=is_remembered)

    def open_remembered(self, path: Path, otherwise: Callable[[], None]) -> None:
        """Open a case file whose key this computer remembers; where it does not, do ``otherwise``."""

        def work(_progress: Progress, _cancellation: Cancellation) -> Workspace | None:
            from ldbu_desktop.use_cases.casefile import CaseFile

            file = CaseFile.open_remembered(path)
            return None if file is None else self._indexed(file.journal, is_filled=True, file=file)

        def then(found: Workspace | None) -> None:
            if found is None:
                otherwise()
            else:
                self.show_work(found, path=path)

        words = tr("Åbner sagsfilen")
        self.jobs.start("open", lambda: words, work, then, self.failed.emit, stays=True)

    def look(self, path: Path, passphrase: str, refused: Refused) -> None:
        """Open a copy of a case file that is kept nowhere: the file may lie where nothing can be written."""

        def work(_progress: Progress, _cancellation: Cancellation) -> Workspace:
            from ldbu_desktop.use_cases.casefile import journal_of

            return self._indexed(journal_of(path, passphrase), is_filled=True)

        words = tr("Åbner sagsfilen")
        self.jobs.start("open", lambda: words, work, self.show_work, refused, stays=True)

    def _start(
        self,
        words: str,
        path: Path,
        make: Callable[[], CaseFile],
        selection: Where | None,
        refused: Refused | None,
        *,
        is_remembered: bool,
    ) -> None:
        def work(_progress: Progress, _cancellation: Cancellation) -> tuple[Workspace, CaseFile]:
            file = make()
            return self._indexed(file.journal, is_filled=True, file=file), file

        def then(made: tuple[Workspace, CaseFile]) -> None:
            self.show_work(made[0], path=path)
            if selection is not None:
                self.select(selection)
            if is_remembered:
                self._remember(made[1])

        self.jobs.start("open", lambda: words, work, then, refused or self.failed.emit, stays=True)

    def _remember(self, file: CaseFile) -> None:
        """Keep the key in the system's place for secrets, in the background: it may have to be unlocked first."""

        def work(_progress: Progress, _cancellation: Cancellation) -> None:
            file.remember_key()

        self.jobs.start("keyring", lambda: tr("Husker nøglen"), work, lambda _done: None, self.failed.emit)

    def _indexed(self, journal: Journal, *, is_filled: bool = False, file: CaseFile | None = None) -> Workspace:
        """The work on a journal, made in the background with what takes time for a large one."""
        from ldbu_desktop.workspace.index import index_of

        return Workspace(
            lambda: self.standard, _judged_again, journal, index_of(journal), is_filled=is_filled, file=file
        )

    def show_work(self, work: Workspace, paths: tuple[Path, ...] = (), path: Path | None = None) -> None:
        """Have other work open, read from ``paths`` or kept in the case file ``path``, and check it."""
        self._let_go()
        self.work, self.paths, self.opening, self.path = work, paths, (), path
        self.autosave.begin(work.file_history)
        self.shows_cpr = False
        self.opened.emit()
        after_opening(self, self.judge)

    def _let_go(self) -> None:
        """Give up what was open, piece by piece and in the background: freeing it at once would halt the window."""
        self.autosave.leave()
        findings = self.findings
        pieces: list[object] = [*self.journal.families, *(findings.by_family.values() if findings else ())]
        self.work, self.selection, self.finding, self.path = self._nothing(), WHOLE_JOURNAL, None, None
        if pieces:
            when_settled(self, lambda: self._free(pieces))

    def _free(self, pieces: list[object]) -> None:
        line = f"let go {id(pieces)}"
        self.jobs.start(line, lambda: "", _emptied(pieces), lambda _: None, self.failed.emit, quiet=True)

    def judge(self) -> None:
        """Check the whole journal, in the background."""
        if not self.is_open:
            return
        work = self.work
        journal = work.journal

        def check(progress: Progress, cancellation: Cancellation) -> Findings:
            from ldbu_desktop.use_cases.validate import validate

            findings = validate(journal, self.standard, date.today(), progress, cancellation)
            _work_out(findings)
            return findings

        self.jobs.start("judge", lambda: tr("Kontrollerer"), check, self._judge, self._fail, stays=True)

    def _judge(self, findings: Findings) -> None:
        if not self.work.judge(findings):  # something was filled meanwhile
            self.judge()
            return
        self.judged.emit()

    def _fail(self, fault: Fault) -> None:
        self.opening = ()
        self.failed.emit(fault)

    def close(self) -> None:
        """Leave what is open. The files are untouched, as they always are."""
        for line in ("open", "judge"):
            self.jobs.cancel(line)
        self._let_go()
        self.paths = ()
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

        if self.findings is None:
            return
        if self.work.must_ask_about(where, raw):
            self.number_asked.emit(where, raw)
        else:
            self.do(EditValue(where, raw))

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
        findings = self.findings
        if self.finding is not None and findings is not None and self.finding not in self._found_beside():
            self.finding = None
        self.changed.emit(change)
        self.autosave.wait()
        if findings is None:  # done before the first check was: all is checked again
            self.judge()

    def _found_beside(self) -> tuple[Finding, ...]:
        return self.work.findings_at(Where(self.selection.family))

    # --- what is looked at

    def select(self, where: Where, finding: Finding | None = None) -> None:
        """Look at another place, and at a finding there. A visit brings its family."""
        if where.visit and not where.family and (family := self.family_of(where.visit)):
            where = where._replace(family=family.key)
        if (where, finding) != (self.selection, self.finding):
            self.selection, self.finding = where, finding
            self.selected.emit()

    def select_finding(self, finding: Finding) -> None:
        """Look at a finding, at the place where it is."""
        self.select(finding.location.where, finding)

    def unmask(self, shown: bool) -> None:
        """Show CPR numbers, or cover them again. It holds for what is open now, never for the next file."""
        if shown != self.shows_cpr:
            self.shows_cpr = shown
            self.unmasked.emit()

    # --- what is made of it

    def preview(self, visit: str, then: Callable[[Preview], None], fault: Refused) -> None:
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
        deliveries = self.work.deliveries
        if deliveries is None:
            return False

        def work(_progress: Progress, cancellation: Cancellation) -> Awaiting:
            now = datetime.now(UTC)
            return deliveries.awaiting(now, only_new=only_new, send_anyway=send_anyway, cancellation=cancellation)

        self.jobs.start("awaiting", lambda: "", work, then, self.failed.emit, quiet=True)
        return True

    def deliver(
        self, folder: Path, options: Mapping[str, Any], then: Callable[[Receipt], None], *, only_new: bool = False
    ) -> None:
        """Write the delivery reports of what is ready, in the background; ``only_new``: of what was not delivered so.

        A case file remembers what was delivered.
        """
        findings, deliveries = self.findings, self.work.deliveries
        if findings is None:
            return

        def work(progress: Progress, cancellation: Cancellation) -> Receipt:
            from ldbu_desktop.bundles.delivery import ExportOptions
            from ldbu_desktop.use_cases.export import export

            now, visits = datetime.now(UTC), None
            chosen = ExportOptions(**options)
            if deliveries is not None:
                anyway = chosen.send_anyway
                found = deliveries.awaiting(now, only_new=only_new, send_anyway=anyway, cancellation=cancellation)
                visits = found.ready | found.rejected
            receipt = export(findings, self.standard, folder, chosen, now, progress, cancellation, visits)
            if deliveries is not None:
                deliveries.remember([visit for file in receipt.written for visit in file.visits], now)
            return receipt

        self.jobs.start("deliver", lambda: tr("Skriver"), work, then, self.failed.emit)

    # --- in words

    def words(self, finding: Finding) -> RenderedFinding:
        """A finding in words, in the language in use."""
        from ldbu_desktop.findings.text import rendered

        return rendered(finding, chosen(), self.standard)

    def severity(self, finding: Finding) -> Severity:
        """How much a finding weighs."""
        from ldbu_desktop.findings.catalogue import type_of

        return type_of(finding).severity

    def standard_words(self) -> str:
        """Which standard is used."""
        return tr("Standard {version}", version=self.standard.header.version)

    def version_words(self) -> str:
        """What was checked, and with what."""
        return tr(
            "Forkontrol efter {package} {version} med LDBU Desktop {program}. Gatewayen afgør.",
            package=self.standard.header.package,
            version=self.standard.header.version,
            program=__version__,
        )


def _judged_again(findings: Findings, journal: Journal, families: Collection[str]) -> Findings:
    from ldbu_desktop.use_cases.validate import revalidated

    return revalidated(findings, journal, families)


def _work_out(findings: Findings) -> None:
    """Work out here, in the background, what the window will ask for first."""
    _ = findings.counts, findings.causes, findings.rejected_visits


def _emptied(pieces: list[object]) -> Work[None]:
    """Work that gives up ``pieces`` one by one, so that the window is let in between."""

    def work(_progress: Progress, _cancellation: Cancellation) -> None:
        while pieces:
            pieces.pop()

    return work
