"""One inspector everywhere: the findings of what is selected by cause, and below what the selected one means."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from ldbu_desktop.editing.change import Change
from ldbu_desktop.findings.causes import Cause
from ldbu_desktop.findings.causes import causes as causes_of
from ldbu_desktop.findings.model import Accepted, Finding
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.mask import without_cpr
from ldbu_desktop.journal.where import WHOLE_JOURNAL, Where
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.words import count_words
from ldbu_desktop.ui.burden.time_left import TimeLeftPane
from ldbu_desktop.ui.findings.explanation import TextPage, hint
from ldbu_desktop.ui.findings.model import FindingsModel, Heading
from ldbu_desktop.ui.findings.view import FindingsView
from ldbu_desktop.ui.inspector.causes import JournalCauses
from ldbu_desktop.ui.inspector.explanation import definition_page, journal_finding_page
from ldbu_desktop.ui.inspector.preview import PreviewPane
from ldbu_desktop.ui.kit.stack import Stack
from ldbu_desktop.ui.kit.widgets import EmptyState, Pane, Segments, button, column, divided, label, row, tool
from ldbu_desktop.ui.kit.wrapping_row import WrappingRow
from ldbu_desktop.ui.pace import after_paint
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.theme import GRID
from ldbu_desktop.work import Cancellation, Progress
from ldbu_desktop.workspace.facets import Narrowed

EXPLANATION, DEFINITION, PREVIEW, TIME = "explanation", "definition", "preview", "time"
_HERE, _WHOLE = "here", "whole"
_KNOWN = "known-answer"
_CAUSES = "causes"
_FOLLOW = 60
"""Milliseconds until the findings follow what is done: the value has been painted, and no key waits for them."""
_SHORT = 18
"""Characters of a known answer that stand on a button that has others beside it."""


class Inspector(Pane):
    """Selecting a finding selects its place everywhere; selecting a place shows its finding here."""

    def __init__(self, session: Session, live: Retranslation, preview: PreviewPane) -> None:
        super().__init__()
        self._session = session
        live.name(self, lambda: tr("Fund og forklaring"))
        self.causes = FindingsModel[Cause[Finding], Finding](JournalCauses(session), self)
        self.heading = label("findingsHeading", live, lambda: tr("Fund"), "heading")
        self.count = label("findingsCount", tone="muted")
        self.scope = Segments(
            "findingsScope",
            live,
            lambda: tr("Hvilke fund der vises"),
            ((_HERE, lambda: tr("Her")), (_WHOLE, lambda: tr("Alt"))),
        )
        self.list = FindingsView("causes", live, lambda: tr("Fund efter årsag"), self.causes)
        self.none = EmptyState("findingsNone", live, "clear", self._nothing_here, self._nothing)
        self.findings = Stack()
        self.findings.setObjectName("findings")
        self.findings.addWidget(self.none)
        self.findings.addWidget(self.list)
        self.view = Segments(
            "inspectorView",
            live,
            lambda: tr("Visning"),
            (
                (EXPLANATION, lambda: tr("Forklaring")),
                (DEFINITION, lambda: tr("Definition")),
                (PREVIEW, lambda: tr("Rapporten")),
                (TIME, lambda: tr("Tid")),
            ),
        )
        self.explanation = TextPage("explanation", live, lambda: tr("Forklaring"))
        self.definition = TextPage("definition", live, lambda: tr("Definition"))
        self.preview = preview
        self.standing = TimeLeftPane(live)
        self.pages = Stack()
        self.pages.setObjectName("inspectorPages")
        for page in (self.explanation, self.definition, self.preview, self.standing):
            self.pages.addWidget(page)
        self.mending = QWidget()
        self.mend = button("mendFinding", live, lambda: tr("Ret …"), icon="edit")
        self.mend.setToolTip("Alt+Enter")
        self.mend_all = button("mendAll", live, lambda: tr("Ret alle …"))
        self.mend_all.setToolTip("Alt+Shift+Enter")
        self.accept = button("acceptFinding", live, lambda: tr("Acceptér …"))
        self.accept.setToolTip("Ctrl+Shift+A")
        self._known, self._count = "", 0
        self._shown: tuple[Cause[Finding], ...] = ()
        self._held: tuple[Cause[Finding], ...] = ()
        self._asked: Findings | None = None
        self._lay_out(live)
        self.list.selected_others.connect(self._offer_mending)
        self.scope.chosen.connect(self._rescope)
        self.view.chosen.connect(self._turn)
        self.list.picked.connect(self._pick)
        session.selected.connect(self._follow)
        self._following = QTimer(self, interval=_FOLLOW, singleShot=True)
        self._following.setObjectName("followingFindings")
        self._following.timeout.connect(self._refresh)
        session.changed.connect(self._follow_change)
        session.narrowed_to.connect(self._refresh)
        for signal in (session.opened, session.checked):
            signal.connect(lambda: after_paint(self, self._refresh))

    def begin(self, live: Retranslation) -> None:
        """Say what is found by now: a turn of its own, as it brings much that the window has not used before."""
        live.also(self._retell)
        self._refresh()

    def _lay_out(self, live: Retranslation) -> None:
        above, below = QWidget(), QWidget()
        above.setObjectName("inspectorAbove")
        below.setObjectName("inspectorBelow")
        self.previous = tool("findingPrevious", live, lambda: tr("Forrige fund (Shift+F7)"), "previous")
        self.next = tool("findingNext", live, lambda: tr("Næste fund (F7)"), "next")
        top = row(self.heading, self.count, 1, self.scope, self.previous, self.next, spacing=1)
        top.setContentsMargins(4 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        lines = column(above)
        lines.addLayout(top)
        lines.addWidget(self.findings, 1)
        self.mending.setObjectName("mending")
        beside = WrappingRow(always=True)
        beside.setSpacing(2 * GRID)
        for each in (self.mend, self.mend_all, self.accept):
            beside.addWidget(each)
        beside.addStretch(1)
        beside.setContentsMargins(3 * GRID, GRID, 2 * GRID, 2 * GRID)
        self.mending.setLayout(beside)
        lines.addWidget(self.mending)
        tabs = row(self.view, 1, spacing=0)
        tabs.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        lines = column(below)
        lines.addLayout(tabs)
        lines.addWidget(self.pages, 1)
        self.splitter = divided("inspectorSplitter", (above, below), (260, 400), (2, 3), Qt.Orientation.Vertical)
        column(self).addWidget(self.splitter)

    @property
    def _looks_at(self) -> Where:
        """What the list of findings is about."""
        return self._session.selection if self.scope.choice == _HERE else Where()

    def _nothing_here(self) -> str:
        if not self._session.work.is_checked(self._looks_at):
            return tr("Kontrolleres stadig") if self._session.checking.is_busy else tr("Ikke kontrolleret endnu")
        return tr("Ingen fund her") if self.scope.choice == _HERE else tr("Ingen fund")

    def _nothing(self) -> str:
        session = self._session
        at = self._looks_at
        if not session.work.is_checked(at):
            return (
                f"{session.checked_words}." if session.checked_words else tr("Fundene kommer, når der er kontrolleret.")
            )
        if self._narrowed is not None:
            return tr("Intet svarer til filtrene.")
        family, visit = session.work.state(Where(at.family)), session.work.state(Where(visit=at.visit))
        _, left = visit if at.visit else family if at.family else session.work.state()
        if left:
            return tr("Det, der er skrevet, er kontrolleret. Noget mangler endnu.")
        if not session.work.visit_count:
            return tr("Der er ingen kontakter endnu.")
        if at.visit:
            return tr("Kontakten er kontrolleret, og der er ikke noget at rette.")
        return tr("Alt er kontrolleret, og der er ikke noget at rette. Det er en forkontrol; gatewayen afgør.")

    @property
    def reading(self) -> QWidget:
        """What is read at the bottom now: the explanation, the definition, what is sent or the time that is left."""
        return (self.explanation, self.definition, self.preview.text, self.standing)[self.pages.currentIndex()]

    def show_view(self, view: str) -> None:
        """Turn to the explanation, the definition or what is sent."""
        self.view.choose(view)

    def _turn(self, view: str) -> None:
        self.pages.setCurrentIndex((EXPLANATION, DEFINITION, PREVIEW, TIME).index(view))
        if view == PREVIEW:
            self.preview.show_visit()

    def _rescope(self, _scope: str) -> None:
        self._refresh()

    @property
    def _narrows(self) -> bool:
        """Whether something is chosen of the facets."""
        narrowed = self._session.narrowed
        return narrowed is not None and any(narrowed.chosen.values())

    @property
    def _narrowed(self) -> Narrowed | None:
        """What is left by the facets, where all is shown and something is chosen of them."""
        return self._session.narrowed if self.scope.choice == _WHOLE and self._narrows else None

    def _refill(self) -> None:
        """Show the causes of what is selected now; those that are the same as before stay as they are."""
        now, is_whole = self._session.selection, self.scope.choice == _WHOLE
        at = self._looks_at
        if (narrowed := self._narrowed) is not None:
            causes = narrowed.causes
        elif not (at.family or at.visit) and not self._has_causes():
            return  # what was found before stays until they come
        else:
            causes = self._session.work.causes(WHOLE_JOURNAL if is_whole else now)
        held = causes_of(one.finding for one in self._accepted(now, is_whole=is_whole))
        if (causes, held) != (self._shown, self._held):
            self._shown, self._held = causes, held
            self.causes.show((*causes, Heading(tr("Accepteret")), *held) if held else causes)

    def _accepted(self, at: Where, *, is_whole: bool) -> tuple[Accepted, ...]:
        return self._session.work.accepted_at(WHOLE_JOURNAL if is_whole else at)

    def _has_causes(self) -> bool:
        """Whether what is found in the whole is known by cause; else that is worked out beside the window first."""
        session, work, found = self._session, self._session.work, self._session.work.found
        if work.has_causes:
            return True
        if found is self._asked:
            return False
        self._asked = found

        def look(_progress: Progress, _cancellation: Cancellation) -> None:
            work.causes()

        session.jobs.start(_CAUSES, lambda: "", look, lambda _: self._refresh(), session.failed.emit, quiet=True)
        return False

    def _retell(self) -> None:
        self.causes.retell()
        self._tell()

    def _follow_change(self, change: Change) -> None:
        family = self._session.selection.family
        if self.scope.choice != _HERE or not family or change.is_about(family):
            self._following.start()

    def _refresh(self) -> None:
        self.view.button(TIME).setVisible(self._session.is_filled)
        if self.view.choice == TIME and not self._session.is_filled:
            self.show_view(EXPLANATION)
        self._refill()
        self._tell()
        if self.pages.currentWidget() is self.preview:
            self.preview.show_visit()

    def _tell(self) -> None:
        causes = self.causes.causes
        count = sum(len(cause.findings) + len(cause.following) for cause in self._shown)
        self.count.setText(count_words(count) if count else "")
        self.findings.setCurrentWidget(self.list if causes else self.none)
        room = self.mending.sizePolicy()
        room.setRetainSizeWhenHidden(bool(causes))  # the list stays as tall as it is, and what is marked in sight
        self.mending.setSizePolicy(room)
        self.none.heading.setText(self._nothing_here())
        self.none.show_icon("clear" if self._session.work.is_checked(self._looks_at) else "recent")
        self.none.text.setText(self._nothing())
        self._explain()
        self.list.mark(self._session.finding)
        self._offer_mending()

    def _explain(self) -> None:
        now = self._session.selection
        if self._session.finding is not None:
            self.explanation.show_page(journal_finding_page(self._session.finding, self._session))
        else:
            self.explanation.show_page(hint(tr("Vælg et fund for at se, hvad det betyder, og hvad man gør.")))
        told = definition_page(now.field or now.variable, now.variable, self._session) if self._session.is_open else ""
        none = tr("Vælg et felt for at se, hvad standarden siger om det.")
        self.definition.show_page(told or hint(none))

    def _follow(self) -> None:
        self._refill()
        self._tell()
        if self.pages.currentWidget() is self.preview:
            self.preview.show_visit()

    def _pick(self, finding: Finding) -> None:
        if finding != self._session.finding:
            self._session.select_finding(finding)

    # --- mending

    def to_mend(self) -> list[Finding]:
        """What is selected in the list, or else all with the cause of the finding that is looked at.

        Where filters are set, it is all that they leave of the cause: nothing is mended that they hide.
        """
        selected = self.list.selected()
        if len(selected) > 1:
            return selected
        finding = self._session.finding_here
        narrowed = self._session.narrowed
        for cause in narrowed.causes if narrowed is not None and self._narrows else self._session.work.causes():
            if finding is not None and finding in cause.findings:
                return list(cause.findings)
        return [finding] if finding is not None else []

    def _offer_mending(self) -> None:
        """Show what can be done about the finding that is looked at; whether its answer is known comes later."""
        from ldbu_desktop.workspace.mending import remedies

        session = self._session
        finding = session.finding_here if session.work.found is not None else None
        is_held = finding is not None and session.work.acceptance_of(finding) is not None
        may_accept = is_held or (finding is not None and session.work.may_accept(finding))
        can_be = finding is not None and not is_held and bool(remedies([finding]))
        held = QApplication.focusWidget()
        if not (can_be or may_accept) and held is not None and self.mending.isAncestorOf(held):
            (self.list if self.list.isVisible() else self).setFocus(Qt.FocusReason.OtherFocusReason)
        self.mending.setVisible(can_be or may_accept)
        self.mend.setVisible(can_be)
        self.accept.setVisible(may_accept)
        self.accept.setText(tr("Tag accepten tilbage") if is_held else tr("Acceptér …"))
        session.jobs.cancel(_KNOWN)
        if finding is None or not can_be:
            self.mend_all.hide()
            return
        self._known = ""
        findings = self.to_mend() if self._narrows or self._has_causes() else [finding]
        self.mend_all.setVisible(len(findings) > 1 and bool(remedies(findings)))
        self._count = len(findings)
        self._say_mending()
        work = session.work

        def look(_progress: Progress, _cancellation: Cancellation) -> str:
            from ldbu_desktop.workspace.mending import known_preview

            seen = known_preview(work, finding)
            return seen.lines[0].after.raw if seen is not None else ""

        session.jobs.start(_KNOWN, lambda: "", look, self._take_known, session.failed.emit, quiet=True)

    def _take_known(self, raw: str) -> None:
        self._known = without_cpr(raw)
        self._say_mending()

    def _known_short(self) -> str:
        """As much of a known answer as its button has room for."""
        if not (self.mend_all.isHidden() and self.accept.isHidden()):
            return self._known if len(self._known) <= _SHORT else f"{self._known[: _SHORT - 1]}…"
        self.mend.setText(tr("Ret til »{value}«", value=""))
        room = self.mending.contentsRect().width() - self.mend.sizeHint().width() - 5 * GRID
        return self.mend.fontMetrics().elidedText(self._known, Qt.TextElideMode.ElideRight, room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write as much on a button as it has room for."""
        super().resizeEvent(event)
        self._say_mending()

    def _say_mending(self) -> None:
        self.mend.setText(tr("Ret til »{value}«", value=self._known_short()) if self._known else tr("Ret …"))
        self.mend.setToolTip(" · ".join(filter(None, (self._known, "Alt+Enter"))))
        self.mend_all.setText(tr("Ret alle {count} …", count=count_words(self._count)))
        after_paint(self, lambda: self.list.scrollTo(self.list.currentIndex()))  # buttons may take another line
