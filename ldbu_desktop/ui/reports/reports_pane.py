"""The pane at the left: search, filters with counts, a choice of cause, and the reports."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView

from ldbu_desktop.journal.mask import without_cpr
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.words import count_words
from ldbu_desktop.ui.kit.search_line import SearchLine
from ldbu_desktop.ui.kit.widgets import Pane, Segments, column, label, row
from ldbu_desktop.ui.reports.cause_choice import CauseChoice
from ldbu_desktop.ui.reports.checking import Checking
from ldbu_desktop.ui.reports.reports_delegate import ReportsDelegate
from ldbu_desktop.ui.reports.reports_model import ReportsModel
from ldbu_desktop.ui.reports.words import ReportStatus, reports_words
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID

_ALL = "all"


class ReportsPane(Pane):
    """Selecting a row selects the report, at the first thing found in it."""

    def __init__(self, checking: Checking, live: Retranslation) -> None:
        super().__init__()
        self._checking = checking
        self._is_following = False
        live.name(self, lambda: tr("Rapporter"))
        self.model = ReportsModel(checking, self)
        self.heading = label("reportsListHeading", live, lambda: tr("Rapporter"), "heading")
        self.count = label("reportsCount", tone="muted")
        self.search = SearchLine(
            "reportsSearch",
            live,
            lambda: tr("Søg efter filnavn"),
            lambda: tr("Søg blandt rapporterne efter filnavn"),
            without_cpr,
        )
        self.filter = Segments(
            "reportsFilter",
            live,
            lambda: tr("Hvilke rapporter der vises"),
            (
                (_ALL, lambda: tr("Alle")),
                (ReportStatus.REJECTED, lambda: tr("Afvises")),
                (ReportStatus.LOOK_AT, lambda: tr("Se efter")),
                (ReportStatus.CLEAR, lambda: tr("Klar")),
                (ReportStatus.UNCHECKED, lambda: tr("Ulæst")),
            ),
        )
        tips = {
            ReportStatus.REJECTED: lambda: tr("Rapporter, som ville blive afvist"),
            ReportStatus.LOOK_AT: lambda: tr("Rapporter, som ikke afvises, men har noget at se efter"),
            ReportStatus.CLEAR: lambda: tr("Rapporter, som der intet er at bemærke til"),
            ReportStatus.UNCHECKED: lambda: tr("Filer, som ikke kunne læses og derfor ikke er kontrolleret"),
        }
        for key, tip in tips.items():
            live.say(self.filter.button(key).setToolTip, tip)
        self.cause = CauseChoice(checking, live)
        self.list = self._list(live)
        self.none = label("reportsListNone", live, lambda: tr("Ingen rapporter svarer til filteret."), "muted")
        self.none.setWordWrap(True)
        self.none.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 0)
        self._lay_out()
        self.search.searched.connect(self._apply)
        self.search.returnPressed.connect(self._to_first)
        self.filter.chosen.connect(lambda _key: self._apply())
        self.cause.activated.connect(lambda _at: self._apply())
        self.list.selectionModel().selectionChanged.connect(self._select)
        checking.began.connect(self._begin)
        checking.told.connect(self._tell)
        checking.causes_changed.connect(self.cause.refresh)
        checking.selected.connect(self._follow)
        live.also(self._retell)

    def _lay_out(self) -> None:
        self.heading.setMinimumHeight(8 * GRID)
        stack = column(self)
        top = row(self.heading, self.count, 1)
        top.setContentsMargins(4 * GRID, 2 * GRID, 3 * GRID, GRID)
        stack.addLayout(top)
        for part in (self.search, self.cause, self.filter):
            line = row(part)
            line.setContentsMargins(3 * GRID, 0, 3 * GRID, 2 * GRID)
            stack.addLayout(line)
        stack.addWidget(self.none)
        stack.addWidget(self.list, 1)

    def _list(self, live: Retranslation) -> QListView:
        made = QListView()
        made.setObjectName("reportsList")
        live.name(made, lambda: tr("Rapporter"))
        made.setModel(self.model)
        made.setItemDelegate(ReportsDelegate(made))
        made.setUniformItemSizes(True)
        made.setMouseTracking(True)
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return made

    def _begin(self) -> None:
        self.cause.clear_choice()
        self.filter.choose(_ALL)
        self.search.clear()
        self._apply()

    def _apply(self) -> None:
        key = self.filter.choice
        self.model.filter(None if key == _ALL else ReportStatus(key), self.cause.cause, self.search.typed)
        self._tell()
        self._follow()

    def _tell(self) -> None:
        counts, total = self._checking.counts, len(self._checking.reports)
        words = {
            _ALL: tr("Alle"),
            ReportStatus.REJECTED: tr("Afvises"),
            ReportStatus.LOOK_AT: tr("Se efter"),
            ReportStatus.CLEAR: tr("Klar"),
            ReportStatus.UNCHECKED: tr("Ulæst"),
        }
        for key, word in words.items():
            number = total if key == _ALL else counts[ReportStatus(key)]
            told = f"{word} {count_words(number)}" if number and key != _ALL else word
            if (made := self.filter.button(key)).text() != told:  # each time it is laid out anew
                made.setText(told)
            made.setAccessibleName(f"{word}, {reports_words(number)}")
        self.filter.button(ReportStatus.UNCHECKED).setVisible(counts[ReportStatus.UNCHECKED] > 0)
        self.filter.button(ReportStatus.LOOK_AT).setVisible(counts[ReportStatus.LOOK_AT] > 0)
        shown = len(self.model.numbers)
        of = tr("{shown} af {total}", shown=count_words(shown), total=count_words(total))
        self.count.setText(count_words(total) if shown == total else of)
        self.none.setVisible(total > 0 and shown == 0)

    def _retell(self) -> None:
        self.model.retell()
        self._tell()

    def _to_first(self) -> None:
        self.search.settle()
        if self.model.numbers:
            self.list.setCurrentIndex(self.model.index(0, 0))
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _select(self, chosen_rows: QItemSelection, _left: QItemSelection) -> None:
        indexes = chosen_rows.indexes()
        if not indexes or self._is_following:
            return
        number = self.model.numbers[indexes[0].row()]
        if number == self._checking.number:
            return
        errors = self._checking.findings(number)
        cause = self.cause.cause
        of_cause = [place.finding for place in cause.places if place.file == str(number)] if cause else []
        self._checking.select(number, next(iter(of_cause or errors), None))

    def _follow(self) -> None:
        self._is_following = True
        index = self.model.index_of(self._checking.number)
        if not index.isValid():
            self.list.clearSelection()
            self.list.setCurrentIndex(QModelIndex())
        elif index != self.list.currentIndex() or not self.list.selectionModel().isSelected(index):
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
        self._is_following = False
