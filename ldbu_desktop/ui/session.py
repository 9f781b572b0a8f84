"""What is open in the window: the journal, its findings, what is selected and what was mended; told by signals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from ldbu_desktop import __version__
from ldbu_desktop.faults import Fault
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.ui.jobs import Jobs, Work
from ldbu_desktop.work import Cancellation, Progress

if TYPE_CHECKING:
    from ldbu_desktop.bundles.preview import Preview
    from ldbu_desktop.bundles.receipt import Receipt
    from ldbu_desktop.findings.model import Finding, Severity
    from ldbu_desktop.findings.summary import Cause, Findings
    from ldbu_desktop.findings.text import RenderedFinding
    from ldbu_desktop.journal.model import Family, Journal, Visit
    from ldbu_desktop.standard.model import Standard
    from ldbu_desktop.use_cases.edit import Address


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
    edited: Address | None = None


_PAINT, _SETTLE = 120, 4000
"""Milliseconds until the window has painted a new file, and until it is likely to have settled down."""


class Session(QObject):
    """Opens, keeps and mends a journal. All that the pages show, they get from here.

    ``opened``: another journal is there, or none. ``judged``: its findings are there. ``mended``: one value was
    changed, and the findings with it. ``selected``: the selection. ``failed``: a fault, for people.
    """

    opened = Signal()
    judged = Signal()
    mended = Signal()
    selected = Signal()
    unmasked = Signal()
    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs = jobs
        self.paths: tuple[Path, ...] = ()
        self._journal: Journal | None = None
        self.visit_count = 0
        self.is_open = False
        self.findings: Findings | None = None
        self.selection = Selection()
        self.shows_cpr = False
        self.opening: tuple[Path, ...] = ()
        self._past: list[_State] = []
        self._future: list[_State] = []
        self._families: dict[str, int] = {}
        self._visits: dict[str, tuple[int, int]] = {}

    @property
    def standard(self) -> Standard:
        """The standard that is used; read when it is first asked for."""
        from ldbu_desktop.standard.catalogue import shipped_standard

        return shipped_standard()

    @property
    def journal(self) -> Journal:
        """What is open; an empty journal where nothing is."""
        if self._journal is None:
            from ldbu_desktop.journal.model import Journal

            self._journal = Journal()
        return self._journal

    def open(self, paths: Sequence[Path]) -> None:
        """Read files and check them, in the background. What is open stays until the new is read."""
        self.opening = tuple(paths)

        def work(
            progress: Progress, cancellation: Cancellation
        ) -> tuple[Journal, dict[str, int], dict[str, tuple[int, int]]]:
            from ldbu_desktop.use_cases.load import load

            journal = load(list(paths), self.standard, progress, cancellation)
            families = {family.key: at for at, family in enumerate(journal.families)}
            visits = {
                visit.key: (at, of)
                for at, family in enumerate(journal.families)
                for of, visit in enumerate(family.visits)
            }
            return journal, families, visits

        self.jobs.start("open", lambda: tr("Læser"), work, self._show, self._fail, stays=True)

    def _show(self, read: tuple[Journal, dict[str, int], dict[str, tuple[int, int]]]) -> None:
        self._let_go()
        self.paths, self.opening = self.opening, ()
        self._journal, self._families, self._visits = read
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
        self.findings = findings
        self.judged.emit()

    def _fail(self, fault: Fault) -> None:
        self.opening = ()
        self.failed.emit(fault)

    def close(self) -> None:
        """Leave what is open. The files are untouched, as they always are."""
        for line in ("open", "judge"):
            self.jobs.cancel(line)
        self._let_go()
        self.paths, self.is_open = (), False
        self.opened.emit()

    def family(self, key: str) -> Family | None:
        """The family by its key."""
        at = self._families.get(key)
        return self.journal.families[at] if at is not None else None

    def visit(self, key: str) -> Visit | None:
        """The visit by its key."""
        at = self._visits.get(key)
        return self.journal.families[at[0]].visits[at[1]] if at is not None else None

    def family_of(self, visit: str) -> Family | None:
        """The family that a visit belongs to, by the visit's key."""
        at = self._visits.get(visit)
        return self.journal.families[at[0]] if at is not None else None

    def place_of_family(self, key: str) -> int | None:
        """Which family of the journal it is, by its key."""
        return self._families.get(key)

    def words(self, finding: Finding) -> RenderedFinding:
        """A finding in words, in the language in use."""
        from ldbu_desktop.findings.text import rendered

        return rendered(finding, chosen(), self.standard)

    def severity(self, finding: Finding) -> Severity:
        """How much a finding weighs."""
        from ldbu_desktop.findings.summary import kind_of

        return kind_of(finding).severity

    def causes(self, family: str, visit: str) -> tuple[Cause, ...]:
        """The findings by cause: of a visit, of a family without a visit, of the file without either."""
        from ldbu_desktop.findings.summary import causes

        if self.findings is None:
            return ()
        if not family and not visit:
            return self.findings.causes
        return causes(self.findings.of_visit(visit) if visit else self.findings.of_family(family))

    def findings_of_visit(self, visit: str) -> tuple[Finding, ...]:
        """The findings at a visit."""
        return self.findings.of_visit(visit) if self.findings else ()

    def state_of_visit(self, visit: str) -> tuple[Severity | None, int]:
        """How a visit stands: the heaviest severity, and how many findings."""
        if self.findings is None:
            return None, 0
        return self.findings.worst_of_visit(visit), self.findings.count_of_visit(visit)

    def state_of_family(self, family: str) -> tuple[Severity | None, int]:
        """How a family stands."""
        if self.findings is None:
            return None, 0
        return self.findings.worst_of_family(family), self.findings.count_of_family(family)

    @property
    def state(self) -> tuple[Severity | None, int]:
        """How the whole file stands."""
        return (self.findings.worst, self.findings.count) if self.findings else (None, 0)

    def severity_at(self, visit: str, record: str) -> Severity | None:
        """The heaviest severity at one record of a visit."""
        from ldbu_desktop.findings.summary import worst_of

        return worst_of(one for one in self.findings_of_visit(visit) if one.location.record == record)

    def rejected_visits(self, family: str = "") -> int:
        """How many visits would be rejected, in the file or in a family."""
        if self.findings is None:
            return 0
        if not family:
            return len(self.findings.rejected_visits)
        of_family = self.family(family)
        return sum(not self.findings.is_ready(visit.key) for visit in of_family.visits) if of_family else 0

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

    def is_ready(self, visit: str) -> bool:
        """Whether a visit can be delivered."""
        return self.findings is not None and self.findings.is_ready(visit)

    def has_contradicted(self) -> bool:
        """Whether something is rejected only because the standard contradicts itself."""
        from ldbu_desktop.findings.kinds import shipped_kinds

        codes = (code for code, kind in shipped_kinds().items() if kind.may_be_sent_anyway)
        return self.findings is not None and any(code in self.findings.by_code for code in codes)

    def deliver(self, folder: Path, options: Mapping[str, Any], then: Callable[[Receipt], None]) -> None:
        """Write the delivery reports of what is ready, in the background."""
        findings = self.findings
        if findings is None:
            return

        def work(progress: Progress, cancellation: Cancellation) -> Receipt:
            from ldbu_desktop.use_cases.export import ExportOptions, export

            now = datetime.now(UTC)
            return export(findings, self.standard, folder, ExportOptions(**options), now, progress, cancellation)

        self.jobs.start("deliver", lambda: tr("Skriver"), work, then, self.failed.emit)

    def unmask(self, shown: bool) -> None:
        """Show CPR numbers, or cover them again. It holds for what is open now, never for the next file."""
        if shown != self.shows_cpr:
            self.shows_cpr = shown
            self.unmasked.emit()

    def mend(self, place: Address, raw: str) -> None:
        """Read ``raw`` as the value at ``place`` and check again what it bears on."""
        if self.findings is None:
            return
        from ldbu_desktop.use_cases.edit import edited
        from ldbu_desktop.use_cases.validate import revalidated

        try:
            journal = edited(self.journal, place, raw, self.standard)
        except Fault as fault:
            self.failed.emit(fault)
            return
        findings = revalidated(self.findings, journal, place.family)
        self._past.append(_State(self.journal, self.findings, place))
        self._future.clear()
        self._take(_State(journal, findings, place))

    @property
    def edit_count(self) -> int:
        """How many values were mended and not undone."""
        return len(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether something was undone that can be done again."""
        return bool(self._future)

    def undo(self) -> None:
        """Go back to before the last value was mended."""
        self._step(self._past, self._future)

    def redo(self) -> None:
        """Mend again what was undone last."""
        self._step(self._future, self._past)

    def _step(self, source: list[_State], target: list[_State]) -> None:
        if not source or self.findings is None:
            return
        state = source.pop()
        target.append(_State(self.journal, self.findings, state.edited))
        self._take(state)
        if (place := state.edited) is not None:
            self.select(Selection(place.family, place.visit, place.record, place.field, place.variable))

    def _take(self, state: _State) -> None:
        self._journal, self.findings = state.journal, state.findings
        now = self.selection
        if now.finding is not None and now.finding not in self.findings.of_family(now.family):
            self.selection = replace(now, finding=None)
        self.mended.emit()


def _work_out(findings: Findings) -> None:
    """Work out here, in the background, what the window will ask for first."""
    _ = findings.counts, findings.causes, findings.rejected_visits


def _emptied(pieces: list[object]) -> Work[None]:
    """Work that gives up ``pieces`` one by one, so that the window is let in between."""

    def work(_progress: Progress, _cancellation: Cancellation) -> None:
        while pieces:
            pieces.pop()

    return work
