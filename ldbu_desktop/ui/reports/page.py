"""The page of the file check: reports, their text and what is wrong, beside each other, below the verdict on it all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ldbu_desktop.language import tr
from ldbu_desktop.ui.kit.stack import Stack
from ldbu_desktop.ui.kit.widgets import Divided, EmptyState, button, column, keep_pane, row
from ldbu_desktop.ui.page import INSPECTOR, NARROW, TREE, KeyedPage, SavesFindings
from ldbu_desktop.ui.reports.checking import Checking
from ldbu_desktop.ui.reports.findings_pane import FindingsPane
from ldbu_desktop.ui.reports.head import ReportsHead
from ldbu_desktop.ui.reports.reports_pane import ReportsPane
from ldbu_desktop.ui.reports.text_pane import TextPane
from ldbu_desktop.ui.reports.words import ReportStatus, standard_words, status_of
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID

_SIZES = [340, 560, 400]


class ReportsPage(KeyedPage):
    """Drop or choose files; the reports stream in. The keys of findings and panes are the page's own here."""

    def __init__(
        self, checking: Checking, live: Retranslation, parts: tuple[ReportsHead, ReportsPane, TextPane, FindingsPane]
    ) -> None:
        super().__init__()
        self.takes_files = self.check
        live.name(self, lambda: tr("Rapporter"))
        self.checking = checking
        self.head, self.reports, self.text, self.findings = parts
        self._has_chosen = False
        self._had_reports = False
        checking.told.connect(self._tell_found)
        self._keys: dict[tuple[Qt.Key, bool], Callable[[], object]] = {
            (Qt.Key.Key_F7, False): lambda: self.step(1),
            (Qt.Key.Key_F7, True): lambda: self.step(-1),
            (Qt.Key.Key_F6, False): lambda: self.step_pane(1),
            (Qt.Key.Key_F6, True): lambda: self.step_pane(-1),
        }
        self.none = self._nothing(live)
        self._panes = self.reports, self.text, self.findings
        self.sides, self.shown_afar = {TREE: self.reports, INSPECTOR: self.findings}, frozenset({INSPECTOR})
        for part, least in zip(self._panes, (84, 80, 80), strict=True):
            keep_pane(part, live, least)
        self.splitter = Divided("reportsPanes")
        self.stack = Stack()
        self.stack.setObjectName("reportsStack")
        self.head.wants.connect(self.check)
        self.findings.previous.clicked.connect(lambda: self.step(-1))
        self.findings.next.clicked.connect(lambda: self.step(1))
        checking.began.connect(self._begin)
        checking.told.connect(self._choose_first)

    def lay_out(self) -> Iterator[None]:
        """Put the parts in their places, in slices: the style looks at all that is in one."""
        lines = column(self)
        lines.addWidget(self.head)
        lines.addWidget(self.stack, 1)
        yield
        for part in (self.none, self.splitter):
            self.stack.addWidget(part)
        yield
        yield from self.splitter.take(self._panes, _SIZES, (0, 1, 0))

    def _nothing(self, live: Retranslation) -> EmptyState:
        made = EmptyState(
            "reportsNone",
            live,
            "report",
            lambda: tr("Træk afleveringsrapporter herind"),
            lambda: tr(
                "JSON, NDJSON, ZIP eller en hel mappe. Du ser straks, hvad KL Gateway ville afvise, hvor det står, "
                "hvorfor, og hvad man gør. Filerne bliver på denne computer og ændres ikke."
            ),
        )
        self.choose_files = button("reportsNoneFiles", live, lambda: tr("Vælg filer …"), kind="primary", icon="open")
        self.choose_folder = button("reportsNoneFolder", live, lambda: tr("Vælg en mappe …"), icon="folder")
        self.choose_files.clicked.connect(self.head.choose_files)
        self.choose_folder.clicked.connect(self.head.choose_folder)
        lines = cast(QVBoxLayout, made.layout())
        lines.insertSpacing(lines.count() - 1, 2 * GRID)
        lines.insertLayout(lines.count() - 1, row(1, self.choose_files, self.choose_folder, 1))
        return made

    def check(self, paths: Sequence[Path]) -> None:
        """Check files, folders and archives."""
        self.checking.start(paths)

    def _begin(self) -> None:
        self._has_chosen = False
        self.stack.setCurrentWidget(self.splitter)

    def _choose_first(self) -> None:
        """Look at the first report that would be rejected as soon as it is there; at the first where there is none.

        What lies beside the reports is looked at only where there is nothing else.
        """
        checking = self.checking
        if self._has_chosen or checking.number >= 0:
            self._has_chosen = self._has_chosen or checking.number >= 0
            return
        stand = (status_of(one.checked) for one in checking.reports)
        if checking.counts[ReportStatus.REJECTED]:
            number = next(at for at, how in enumerate(stand) if how is ReportStatus.REJECTED)
        elif checking.reports and not checking.is_running:
            number = next((at for at, how in enumerate(stand) if how is not ReportStatus.NO_REPORT), 0)
        else:
            return
        self._has_chosen = True
        checking.select(number, next(iter(checking.findings(number)), None))

    def step(self, by: int) -> bool:
        """Go to the next finding (``by`` 1) or the one before (-1) in the reports that are shown."""
        return self.checking.step(self.reports.model.numbers, by)

    def _tell_found(self) -> None:
        if self._had_reports is not bool(self.checking.reports):
            self._had_reports = not self._had_reports
            self.found_changed.emit()

    @property
    def found(self) -> SavesFindings | None:
        """The verdicts that have come."""
        checking = self.checking
        if not checking.reports:
            return None
        return SavesFindings(
            [report.checked for report in checking.reports],
            standard_words(checking.version),
            checking.paths,
            not (checking.is_running or checking.is_cancelled),
        )

    def step_pane(self, by: int) -> None:
        """Give the next pane (``by`` 1) or the one before (-1) the keyboard: reports, text, errors, explanation."""
        panes: list[QWidget] = [self.reports.list, self.text.view, self.findings.list, self.findings.explanation]
        shown = [pane for pane in panes if pane.isVisible()] or [self.choose_files]
        now = next((at for at, pane in enumerate(shown) if pane.hasFocus()), -1 if by > 0 else 0)
        shown[(now + by) % len(shown)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def doer(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key does: the keys of findings and panes, and the search."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_F:
            return self.reports.search.take_keyboard
        if modifiers not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            return None
        return self._keys.get((Qt.Key(event.key()), modifiers == Qt.KeyboardModifier.ShiftModifier))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the text away where there is too little room: reports and errors tell more."""
        super().resizeEvent(event)
        self.text.setVisible(self.window().width() >= NARROW)

    def showEvent(self, event: QShowEvent) -> None:
        """Give the page the keyboard, and learn which standard is used."""
        super().showEvent(event)
        if not self.checking.version and not self.checking.is_running:
            self.checking.learn_version()
        (self.choose_files if self.checking.is_empty else self.reports.list).setFocus(Qt.FocusReason.OtherFocusReason)
