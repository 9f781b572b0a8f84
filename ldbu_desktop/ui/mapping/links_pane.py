"""The pane of the links: a search, which of them are shown, and the list, in which everything is done by keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from ldbu_desktop.journal.mask import without_cpr
from ldbu_desktop.language import tr
from ldbu_desktop.mapping.links import Link, Place, ValueLink
from ldbu_desktop.rendering.words import count_words
from ldbu_desktop.ui.kit.search_line import SearchLine
from ldbu_desktop.ui.kit.table import TableView
from ldbu_desktop.ui.kit.widgets import Pane, Segments, button, column, label, row
from ldbu_desktop.ui.mapping.desk import MappingDesk, awaits_yes
from ldbu_desktop.ui.mapping.lines import ColumnLine, Line, Shown, ValueLine, column_of, lines_of
from ldbu_desktop.ui.mapping.links_delegate import LinksDelegate, height_of
from ldbu_desktop.ui.mapping.links_model import LinksModel
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID, scaled


class LinksTable(TableView[Line]):
    """``typed`` tells a key that is a letter or a digit, to search with; ``folded`` that a line opens or closes."""

    typed = Signal(str)
    folded = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right fold; what can be read begins a search; the rest is the list's or the page's."""
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self.folded.emit(event.key() == Qt.Key.Key_Right)
            return
        none = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if not none and event.text().isalnum():
            self.typed.emit(event.text())
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            event.ignore()  # the page's own
            return
        super().keyPressEvent(event)


class LinksPane(Pane):
    """Selecting a line looks at it, on the whole page."""

    def __init__(self, desk: MappingDesk, live: Retranslation) -> None:
        super().__init__()
        self._desk = desk
        self._opened: set[Place] = set()
        self._is_following = False
        live.name(self, lambda: tr("Kolonner og værdier"))
        self.model = LinksModel(desk, self)
        self.search = SearchLine(
            "mappingSearch",
            live,
            lambda: tr("Søg i kolonner og værdier"),
            lambda: tr("Søg i filens kolonner"),
            without_cpr,
        )
        self.filter = Segments(
            "mappingFilter",
            live,
            lambda: tr("Hvilke kolonner der vises"),
            [(shown.value, text) for shown, text in _FILTERS.items()],
        )
        self.list = self._table(live)
        self.none = label("mappingNothing", live, lambda: tr("Ingen kolonner svarer til det, der søges."), "muted")
        self.none.setWordWrap(True)
        self.none.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 0)
        live.also(lambda: self.search.setMinimumWidth(scaled(58 * GRID)))
        self.approve = button("mappingApproveShown", live, lambda: tr("Godkend de viste"), kind="link")
        live.say(self.approve.setToolTip, lambda: tr("Sig ja til alle forslag, der vises her (Ctrl+Shift+Enter)"))
        top = row(self.filter, 1, self.approve, self.search)
        top.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        lines = column(self)
        lines.addLayout(top)
        lines.addWidget(self.none)
        lines.addWidget(self.list, 1)
        self.keys = label("mappingKeysHint", live, _keys_words, "small")
        self.keys.setWordWrap(True)
        self.keys.setContentsMargins(4 * GRID, GRID, 4 * GRID, GRID)
        lines.addWidget(self.keys)
        self.search.searched.connect(self._tell)
        self.search.returnPressed.connect(self._to_list)
        self.filter.chosen.connect(lambda _key: self._tell())
        self.list.folded.connect(self.fold)
        self.list.selectionModel().currentRowChanged.connect(self._select)
        desk.proposed.connect(self._begin)
        desk.changed.connect(self._tell)
        desk.selected.connect(self._follow)
        desk.session.unmasked.connect(self.model.retell)
        live.also(self._retell)
        live.also(lambda: self._size(self.model.rows))
        if not desk.is_empty:  # the page may be made when the proposal is there
            self._begin()

    def _table(self, live: Retranslation) -> LinksTable:
        made = LinksTable("mappingLinks", live, lambda: tr("Filens kolonner og værdier"), self.model)
        made.setItemDelegate(LinksDelegate(made))
        made.setWordWrap(False)
        made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.clicked.connect(self._click)
        return made

    def _begin(self) -> None:
        self._opened.clear()
        self.search.clear()
        self.filter.choose(Shown.ALL)
        self._open_waiting()
        self._tell()
        self._follow()

    def _open_waiting(self) -> None:
        """Open the columns of which texts wait for an answer."""
        self._opened.update(column_of(link.place) for link in self._desk.links.waiting() if isinstance(link, ValueLink))

    @property
    def shown(self) -> Shown:
        """Which lines are shown."""
        return Shown(self.filter.choice)

    def _tell(self) -> None:
        desk = self._desk
        lines = lines_of(desk.links, self.shown, self._opened, desk.constants, self.search.typed)
        self.model.show_lines(lines)
        self._size(lines)
        self.none.setVisible(not lines and not desk.is_empty)
        self._tell_counts()
        self._tell_approve()
        self._follow()

    def _size(self, lines: Sequence[Line]) -> None:
        rows = self.list.verticalHeader()
        for at, line in enumerate(lines):
            if rows.sectionSize(at) != (height := height_of(line)):
                rows.resizeSection(at, height)

    @property
    def proposed(self) -> list[Link]:
        """What is shown and only waits for a yes."""
        lines = (line for line in self.model.rows if isinstance(line, ColumnLine | ValueLine))
        return [line.link for line in lines if awaits_yes(line.link)]

    def _tell_approve(self) -> None:
        count = len(self.proposed)
        self.approve.setVisible(count > 1)
        self.approve.setText(tr("Godkend de viste: {count}", count=count_words(count)))

    def _tell_counts(self) -> None:
        counts = self._desk.links.counts()
        for shown, text in _FILTERS.items():
            told = f"{text()} {count_words(counts[shown])}"
            if (made := self.filter.button(shown)).text() != told:  # each time it is laid out anew
                made.setText(told)
            made.setAccessibleName(told)

    def _retell(self) -> None:
        self.model.retell()
        self._tell_counts()
        self._tell_approve()

    def _select(self, index: QModelIndex, _before: QModelIndex) -> None:
        if not self._is_following and index.isValid():
            self._desk.select(self.model.rows[index.row()].place)

    def _follow(self) -> None:
        """Mark the line that is looked at; it is shown where its column was closed."""
        place = self._desk.place
        if place is not None and place.value is not None and not self.model.index_of(place).isValid():
            at = column_of(place)
            if at not in self._opened:
                self._opened.add(at)
                self._tell()
                return
        self._is_following = True
        index = self.model.index_of(place)
        if index.isValid():
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
        else:
            self.list.clearSelection()
        self._is_following = False

    def fold(self, is_open: bool) -> None:
        """Show the texts of the column that is looked at, or hide them."""
        place = self._desk.place
        if place is None or place.column < 0:
            return
        at = column_of(place)
        if is_open:
            self._opened.add(at)
        else:
            self._opened.discard(at)
            self._desk.select(at)
        self._tell()

    def _click(self, index: QModelIndex) -> None:
        line = self.model.rows[index.row()]
        if isinstance(line, ColumnLine) and line.values and index.column() == 0:
            self.fold(not line.is_open)

    def _to_list(self) -> None:
        self.search.settle()
        first = next((line.place for line in self.model.rows if isinstance(line, ColumnLine | ValueLine)), None)
        if first is not None:
            self._desk.select(first)
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _keys_words() -> str:
    """The keys of the list, in a line."""
    return "   ·   ".join(
        (
            tr("Enter: godkend"),
            tr("Shift+Enter: alle af samme slags"),
            tr("F2 eller bogstaver: vælg"),
            tr("Delete: udelad"),
            tr("F7: næste"),
            tr("Ctrl+Z: fortryd"),
        )
    )


_FILTERS: dict[Shown, Callable[[], str]] = {
    Shown.ALL: lambda: tr("Alle"),
    Shown.WAITING: lambda: tr("Venter"),
    Shown.READ: lambda: tr("Læses"),
    Shown.LEFT_OUT: lambda: tr("Udeladt"),
}
