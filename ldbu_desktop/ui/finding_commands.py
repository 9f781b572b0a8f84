"""What is done about findings: go to one, mend it or all alike, accept it with a reason, keep what is accepted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ldbu_desktop.faults import Fault
from ldbu_desktop.language import tr
from ldbu_desktop.ui.at_work import AtWork
from ldbu_desktop.ui.message import Message
from ldbu_desktop.ui.settings import Settings

if TYPE_CHECKING:
    from ldbu_desktop.findings.model import Finding


class FindingCommands:
    """A method a thing that can be done about the findings of what is worked on, and a question what must hold."""

    def __init__(self, at: AtWork, settings: Settings, message: Message, window: QWidget) -> None:
        self._at, self._settings, self._message, self._window = at, settings, message, window

    def can_mend(self) -> bool:
        """Whether something can be done about the finding that is looked at."""
        finding = self._at.session.finding_here if self.has_findings() else None
        if finding is None:
            return False
        from ldbu_desktop.workspace.mending import remedies

        return bool(remedies([finding]))

    def can_accept(self) -> bool:
        """Whether the finding that is looked at can be accepted, or is, so that it can be taken back."""
        finding = self._at.session.finding_here if self._at.session.work.found is not None else None
        work = self._at.session.work
        return finding is not None and (work.may_accept(finding) or work.acceptance_of(finding) is not None)

    def has_accepted(self) -> bool:
        """Whether something is accepted."""
        findings = self._at.opened.findings
        return self._at.is_real and findings is not None and findings.accepted_count > 0

    def has_findings(self) -> bool:
        """Whether something was found."""
        found = self._at.session.work.found
        return found is not None and found.count > 0

    def step_finding(self, by: int) -> None:
        """Go to the next finding (``by`` 1) or the one before (-1), with the keyboard in its value."""
        self._at.leave_field()
        from ldbu_desktop.ui.inspector.next_finding import next_finding

        page, session = self._at.children, self._at.session
        tree = page.tree_pane.model
        finding = next_finding(session, by, tree.visits_of_family if tree.is_filtered else None)
        if finding is not None:
            session.select_finding(finding)
            page.take_keyboard()
        elif tree.is_filtered:
            self._message.show_note(lambda: tr("Der er ingen fund ved de kontakter, der er søgt eller filtreret frem."))

    def mend(self) -> None:
        """Mend the finding that is looked at where its answer is known; else ask how."""
        from ldbu_desktop.workspace.mending import known_preview

        self._at.leave_field()
        finding = self._at.session.finding_here
        if finding is None:
            return
        seen = known_preview(self._at.session.work, finding)
        if seen is None or not self._at.session.take(seen):
            self._ask_mending([finding])

    def mend_all(self) -> None:
        """Ask how to mend all that is selected in the list of findings, or all with the cause that is looked at."""
        self._at.leave_field()
        if findings := self._at.children.inspector.to_mend():
            self._ask_mending(findings)

    def accept(self) -> None:
        """Ask why the finding that is looked at is right as it is; one that is accepted is taken back."""
        self._at.leave_field()
        session, finding = self._at.session, self._at.session.finding_here
        if finding is None:
            return
        if session.work.acceptance_of(finding) is not None:
            session.take_back(finding)
            return
        alike = [one for one in self._at.children.inspector.to_mend() if one != finding]
        if session.work.may_accept(finding):
            from ldbu_desktop.ui.inspector.accept_dialog import AcceptDialog

            AcceptDialog(session, self._settings, [finding, *alike], self._window).open()

    def save_accepted(self) -> None:
        """Ask where to, and write what is accepted: for the command line, and for the next export."""
        from ldbu_desktop.ui.saving import FileKind, ask_where

        self._at.leave_field()
        findings, paths = self._at.opened.findings, self._at.opened.work.paths
        if findings is None:
            return
        name_ = f"{tr('accepteret')}.json"
        proposed = str(paths[0].with_name(name_)) if paths else name_
        kinds = (FileKind(lambda: tr("Accepterede fund"), ".json"),)
        asked = ask_where(self._window, tr("Gem de accepterede fund"), proposed, kinds)
        if asked is None:
            return
        from ldbu_desktop.use_cases.acceptances import write_accepted

        try:
            count = write_accepted(findings, asked[0])
        except Fault as fault:
            self._at.opened.failed.emit(fault)
            return
        self._message.show_note(
            lambda: tr("{count, plural, one {# accepteret fund} other {# accepterede fund}} er gemt.", count=count),
            lambda: tr("»ldbu validate --accepted« læser filen: {file}", file=asked[0]),
        )

    def _ask_mending(self, findings: Sequence[Finding]) -> None:
        from ldbu_desktop.ui.mending.dialog import MendingDialog

        MendingDialog(self._at.session, findings, self._window).open()
