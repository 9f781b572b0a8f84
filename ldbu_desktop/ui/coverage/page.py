"""The page itself: what is counted, the areas at the left, and what is in the one that is chosen at the right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from ldbu_desktop import __version__, clock
from ldbu_desktop.deliveries.coverage import Coverage
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.coverage import CoverageItem, Matrix, areas, items, matrix
from ldbu_desktop.rendering.left_out import beside_words, unread_words
from ldbu_desktop.rendering.occasion import Occasion
from ldbu_desktop.ui.coverage.models import MATRIX, Area, AreasModel, ItemsModel, MatrixModel
from ldbu_desktop.ui.delivered_reports import asked_files, asked_folder
from ldbu_desktop.ui.findings.verdict import VerdictBanner
from ldbu_desktop.ui.kit.buttons import CheckBox
from ldbu_desktop.ui.kit.stack import Stack
from ldbu_desktop.ui.kit.tab_order import tab_through
from ldbu_desktop.ui.kit.table import TableView
from ldbu_desktop.ui.kit.widgets import Divided, EmptyState, Pane, button, column, keep_line, label, row
from ldbu_desktop.ui.page import KeyedPage, PageContext
from ldbu_desktop.ui.theme import GRID
from ldbu_desktop.use_cases.read_reports import HistoryRun
from ldbu_desktop.work import Cancellation, Progress

Counted = tuple[Coverage, HistoryRun]
"""What was counted, and what was read for it."""
_IN_MATRIX = ("visit-types", "asked")
"""The areas that are told by visit type and variable."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CoveragePage(KeyedPage):
    """What is exercised. Enter opens the smallest case for what is not."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        session, live = context.session, context.live
        self._session, self._show_place = session, context.show
        self.takes_files = self.look_at
        self.coverage: Coverage | None = None
        self.run = HistoryRun()
        self.all_items: list[CoverageItem] = []
        self._crossings: Matrix | None = None
        self._asked: dict[tuple[str, str], CoverageItem] = {}
        live.name(self, lambda: tr("Dækning"))
        self.areas, self.items, self.matrix = AreasModel(self), ItemsModel(self), MatrixModel(parent=self)
        self.verdict = VerdictBanner("coverageVerdict", live)
        self.opened = button("coverageOpen", live, lambda: tr("Det, der er åbent"), kind="primary", icon="children")
        self.folder = button("coverageFolder", live, lambda: tr("Vælg en mappe …"), icon="folder")
        self.files = button("coverageFiles", live, lambda: tr("Vælg filer …"), icon="open")
        self.nothing = EmptyState(
            "coverageNothing",
            live,
            "table",
            lambda: tr("Intet er talt endnu"),
            lambda: tr(
                "Tæl det, der er åbent, eller vælg afleverede rapporter eller en eksport. Du kan trække dem herind."
            ),
        )
        self.areas_view = TableView("coverageAreas", live, lambda: tr("Områder"), self.areas, wraps=True, sorts=True)
        self.items_view = TableView(
            "coverageItems", live, lambda: tr("Det, der kan bruges"), self.items, wraps=True, sorts=True
        )
        self.matrix_view = TableView("coverageMatrix", live, lambda: tr("Variabler og kontakttyper"), self.matrix)
        self.stack = Stack()
        self.stack.setObjectName("coverageOfArea")
        self.missing = CheckBox()
        self.missing.setObjectName("coverageMissing")
        live.say(self.missing.setText, lambda: tr("Vis kun det, der ikke er brugt"))
        self.make = button("coverageMake", live, lambda: tr("Åbn det mindste tilfælde (Enter)"), icon="fill")
        self.refusal = label("coverageRefusal", live, self._refusal, "muted")
        self.refusal.setWordWrap(True)
        self._live = live
        self.opened.clicked.connect(self.count_open)
        self.folder.clicked.connect(self._ask_for_folder)
        self.files.clicked.connect(self._ask_for_files)
        self.missing.toggled.connect(lambda _on: self._choose_area())
        self.make.clicked.connect(self.open_smallest)
        for view in (self.items_view, self.matrix_view):
            view.activated.connect(lambda _index: self.open_smallest())
        self.areas_view.selectionModel().currentRowChanged.connect(lambda *_: self._choose_area())
        self.items_view.selectionModel().currentRowChanged.connect(lambda *_: self._offer())
        self.matrix_view.selectionModel().currentChanged.connect(lambda *_: self._offer())
        for signal in (session.opened, session.changed):
            signal.connect(lambda *_: self._offer())

    def lay_out(self) -> Iterator[None]:
        """Put the parts in their places and say what they say, in slices."""
        live = self._live
        about = label(
            "coverageAbout",
            live,
            lambda: tr(
                "Hvad af standarden er prøvet? Det, der ikke er brugt, er ikke forkert: det er blot ikke prøvet, og "
                "det mindste tilfælde, der ville prøve det, er ét tastetryk væk."
            ),
            "muted",
        )
        about.setWordWrap(True)
        keep_line(about, live)
        self.matrix_view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignBottom)
        self.matrix_view.horizontalHeader().setMinimumHeight(19 * GRID)
        self.matrix_view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.matrix_view.setWordWrap(False)
        right = QWidget()
        right.setObjectName("coverageRight")
        self.splitter = Divided("coverageSplitter")
        pane = Pane()
        whole = column(pane, 4, 3)
        whole.addWidget(label("coverageHeading", live, lambda: tr("Dækning af standarden"), "title"))
        whole.addWidget(about)
        line = row(self.opened, self.folder, self.files)
        line.addStretch(1)
        whole.addLayout(line)
        whole.addWidget(self.verdict)
        whole.addWidget(self.splitter, 1)
        whole.addWidget(self.nothing, 1)
        whole.addStretch(0)  # below what is told while neither is there
        self.verdict.hide()
        self.splitter.hide()
        column(self).addWidget(pane)
        yield
        yield from self.splitter.take((self.areas_view, right), (300, 740), (0, 1))
        lines = column(right, 0, 2)
        lines.setContentsMargins(2 * GRID, 0, 0, 0)
        lines.addWidget(self.missing)
        lines.addWidget(self.stack, 1)
        below = row(self.make, self.refusal, 0)
        below.setStretch(1, 1)
        lines.addLayout(below)
        yield
        for view in (self.items_view, self.matrix_view):
            self.stack.addWidget(view)
            yield
        tab_through(self.items_view, self.matrix_view, self.make)
        live.also(self._retell)
        self._offer()

    # --- what is counted

    def _ask_for_folder(self) -> None:
        if paths := asked_folder(self):
            self.look_at(paths)

    def _ask_for_files(self) -> None:
        if paths := asked_files(self):
            self.look_at(paths)

    def count_open(self) -> None:
        """Count what is open, visit by visit as it would be delivered now."""
        journal, standard = self._session.journal, self._session.standard

        def work(_progress: Progress, cancellation: Cancellation) -> Counted:
            from ldbu_desktop.use_cases.coverage import coverage_of_journal

            return coverage_of_journal(journal, standard, cancellation), HistoryRun()

        self._start(work)

    def look_at(self, paths: Sequence[Path]) -> None:
        """Count reports, or an export, in the background."""
        standard = self._session.standard

        def work(progress: Progress, cancellation: Cancellation) -> Counted:
            from ldbu_desktop.use_cases.coverage import coverage_of

            run = HistoryRun()
            return coverage_of(paths, standard, run, progress=progress, cancellation=cancellation), run

        self._start(work)

    def _start(self, work: Callable[[Progress, Cancellation], Counted]) -> None:
        self.nothing.hide()
        self.splitter.hide()
        self.verdict.show()
        self.verdict.wait(tr("Tæller …"), tr("Det vises, når alt er talt."))
        self._session.jobs.start(
            "coverage",
            lambda: tr("Tæller, hvad der er brugt"),
            work,
            self._show,
            self._session.failed.emit,
            stays=True,
            given_up=self._show_known,
        )

    def _show(self, counted: Counted) -> None:
        self.coverage, self.run = counted
        self._show_known()
        self.verdict.announce()
        if self.coverage.reports:
            self.areas_view.setFocus()

    def _show_known(self) -> None:
        """Show what was counted last, or that nothing was."""
        has_reports = self.coverage is not None and self.coverage.reports > 0
        self.splitter.setVisible(has_reports)
        self.nothing.setVisible(not has_reports)
        self.verdict.setVisible(has_reports or self.run.counts.unread > 0)
        self._retell()

    def _occasion(self) -> Occasion:
        standard = self._session.standard
        name = f"{standard.header.package} {standard.header.version}"
        return Occasion(name, standard, f"LDBU Desktop {__version__}", clock.now(), chosen())

    # --- what is shown

    def _retell(self) -> None:
        """Say everything anew, in the language in use; the area and the thing that are chosen stay."""
        if self.coverage is None:
            return
        if not self.coverage.reports:
            why = beside_words(self.run.counts, self.run.left_out, self._session.standard)
            self.verdict.tell(Severity.LOOK_AT, tr("Intet kunne tælles."), "\n\n".join(why))
            return
        area, thing = self.areas_view.currentIndex().row(), self.items_view.currentIndex().row()
        occasion = self._occasion()
        self.all_items = list(items(self.coverage, occasion))
        self._crossings = matrix(self.coverage, occasion)
        self._asked = {}
        for one in self.all_items:
            if one.area in _IN_MATRIX and one.case is not None:
                self._asked.setdefault((one.case.visit_type, one.case.variable), one)
        table = self._crossings.table
        self.matrix.show_table(table, lambda row, column: self._crossed(row, column) is not None)
        figures = [count for cells in self.matrix.rows[1:] for count in cells[1:] if count is not None]
        told = [Area(MATRIX, table.title, sum(map(bool, figures)), len(figures))]
        for own, title in areas().items():
            of_area = [one for one in self.all_items if one.area == own]
            told.append(Area(own, title, sum(one.count > 0 for one in of_area), len(of_area)))
        self.areas.show(told)
        self.areas_view.selectRow(max(area, 0))
        self._choose_area()
        if thing >= 0:
            self.items_view.selectRow(min(thing, len(self.items.rows) - 1))
        used = sum(one.count > 0 for one in self.all_items)
        more = tr(
            "{reports, plural, one {# rapport} other {# rapporter}}; ville blive afvist: {rejected}",
            reports=self.coverage.reports,
            rejected=self.coverage.rejected,
        )
        what = tr("Brugt: {used} af {total}", used=used, total=len(self.all_items))
        severity = Severity.INFO if used < len(self.all_items) else None
        if self.run.counts.unread:
            severity = Severity.LOOK_AT
            unread = unread_words(self.run.faults, self.run.counts.passed_over)
            more = f"{more}\n{unread or tr('Ikke alt er læst: åbn filen for at se hvad.')}"
        self.verdict.tell(severity, what, more)

    def _choose_area(self) -> None:
        index = self.areas_view.currentIndex()
        area = self.areas.rows[index.row()] if index.isValid() else None
        is_matrix = area is None or area.id == MATRIX
        self.stack.setCurrentWidget(self.matrix_view if is_matrix else self.items_view)
        self.missing.setVisible(not is_matrix)
        of_area = [one for one in self.all_items if area is not None and one.area == area.id]
        self.items.show([one for one in of_area if not (one.count and self.missing.isChecked())])
        if self.items.rows:
            first = next((at for at, one in enumerate(self.items.rows) if not one.count), 0)
            self.items_view.selectRow(first)
        self._offer()

    # --- the smallest case

    @property
    def chosen_item(self) -> CoverageItem | None:
        """What is chosen in an area, or in the matrix: there only what is asked for, and was not used."""
        if self._shown is self.matrix_view:
            return self._in_matrix(self.matrix_view.currentIndex())
        index: QModelIndex = self.items_view.currentIndex()
        return self.items.rows[index.row()] if index.isValid() else None

    def _in_matrix(self, index: QModelIndex) -> CoverageItem | None:
        if not index.isValid() or self.matrix.rows[index.row()][index.column()]:
            return None
        return self._crossed(index.row(), index.column())

    def _crossed(self, row: int, column: int) -> CoverageItem | None:
        """What is asked for where a row of the matrix and a column cross, if anything is."""
        return self._asked.get(self._crossings.crossed(row, column)) if self._crossings is not None else None

    def _offer(self) -> None:
        one = self.chosen_item
        self.opened.setEnabled(self._session.is_open)
        self.make.setVisible(one is not None)
        self.make.setEnabled(one is not None and one.case is not None and not self._refusal())
        self.refusal.setText(self._refusal())
        self.refusal.setVisible(bool(self._refusal()))

    def _refusal(self) -> str:
        """Why no smallest case can be opened, where none can."""
        one = self.chosen_item
        if one is None:
            is_all_used = self.missing.isChecked() and self.stack.currentWidget() is self.items_view
            return tr("Alt i området er brugt.") if is_all_used and self.all_items else ""
        if one.case is None:
            return tr("Det prøves ved at aflevere og rette: {smallest}", smallest=one.smallest)
        if self._session.can_undo and self._session.work.file is None:
            return tr("Gem først det, du har rettet eller udfyldt: et andet tilfælde tager dets plads.")
        return ""

    def doer(self, event: QKeyEvent) -> Callable[[], object] | None:
        """Enter goes from an area to what is in it, and from there to the smallest case."""
        if event.key() not in _ENTER or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return None
        if self.areas_view.hasFocus():
            return self._shown.setFocus
        return self.open_smallest if self._shown.hasFocus() and self.make.isEnabled() else None

    @property
    def _shown(self) -> QTableView:
        return self.matrix_view if self.stack.currentWidget() is self.matrix_view else self.items_view

    def open_smallest(self) -> None:
        """Open the smallest case for what is chosen, filled, and go to the place in it."""
        one = self.chosen_item
        if one is None or one.case is None or self._refusal():
            return
        from ldbu_desktop.use_cases.smallest_case import open_smallest

        work, where = open_smallest(one.case, self._session.standard, clock.today())
        self._session.show_work(work)
        self._show_place(where, None)
