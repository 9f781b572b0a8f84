"""The pane at the left: search, filter by severity with counts, and the tree of families and visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QModelIndex, Qt, QTimer

from ldbu_desktop.editing.change import Change
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.journal.fields import VISIT_START
from ldbu_desktop.journal.mask import without_cpr
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.words import entry_words, severity_word, visits_words
from ldbu_desktop.ui.children.tree_delegate import TreeDelegate
from ldbu_desktop.ui.children.tree_model import TreeModel, VisitFilter, Wanted
from ldbu_desktop.ui.kit.search_line import SearchLine
from ldbu_desktop.ui.kit.stack import Stack
from ldbu_desktop.ui.kit.tree import Tree
from ldbu_desktop.ui.kit.widgets import Pane, Segments, button, column, label, row
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.theme import GRID
from ldbu_desktop.work import Cancellation, Progress

if TYPE_CHECKING:
    from ldbu_desktop.journal.model import Family, Visit
    from ldbu_desktop.ui.children.facets_pane import FacetsPane
    from ldbu_desktop.workspace.search import VisitTexts

_SEARCH = "search"
SOON = 1000
"""Among so many visits a search is over before the next key."""
_PAUSE = 150
"""Milliseconds in which nothing is typed, after which the facets count anew."""
_FEW = 40
"""Families that are shown with their visits from the start."""


class TreePane(Pane):
    """Selecting a row selects what it stands for, and the other way round."""

    def __init__(self, session: Session, live: Retranslation) -> None:
        super().__init__()
        self._session = session
        self._live = live
        self.model = TreeModel(session, self)
        self.search = SearchLine(
            "treeSearch",
            live,
            lambda: tr("Søg: kontakt, værdi, fund"),
            lambda: tr("Søg blandt børn og kontakter"),
            without_cpr,
        )
        live.say(self.search.setToolTip, lambda: tr("Søg i kontakter, værdier, alder, fund, id og CPR-numre"))
        self.filter = Segments(
            "treeFilter",
            live,
            lambda: tr("Hvilke kontakter der vises"),
            (
                (VisitFilter.ALL, lambda: tr("Alle")),
                (VisitFilter.REJECTED, lambda: tr("Afvises")),
                (VisitFilter.LOOK_AT, lambda: tr("Se efter")),
                (VisitFilter.CLEAR, lambda: tr("Klar")),
            ),
        )
        live.say(
            self.filter.button(VisitFilter.REJECTED).setToolTip, lambda: tr("Kontakter, som gatewayen ville afvise")
        )
        live.say(
            self.filter.button(VisitFilter.LOOK_AT).setToolTip,
            lambda: tr("Kontakter, som kan afleveres, men bør ses efter"),
        )
        live.say(self.filter.button(VisitFilter.CLEAR).setToolTip, lambda: tr("Kontakter, som kan afleveres"))
        self.tree = self._tree()
        self._texts: VisitTexts | None = None
        self.facets: FacetsPane | None = None
        self.filters = button("treeFilters", live, self._filter_words, kind="link")
        self.none = label("treeNone", live, lambda: tr("Ingen kontakter svarer til søgningen og filteret."), "muted")
        self.none.setWordWrap(True)
        self.none.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 0)
        self.none.hide()
        heading = label("treeHeading", live, lambda: tr("Børn og kontakter"), "heading")
        live.name(self, lambda: tr("Børn og kontakter"))
        stack = column(self)
        top = row(heading, 1)
        top.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 2 * GRID)
        stack.addLayout(top)
        for part in (self.search, self.filter):
            line = row(part)
            line.setContentsMargins(3 * GRID, 0, 3 * GRID, 2 * GRID)
            stack.addLayout(line)
        line = row(self.filters, 1)
        line.setContentsMargins(3 * GRID, 0, 3 * GRID, GRID)
        stack.addLayout(line)
        stack.addWidget(self.none)
        self.middle = Stack()
        self.middle.setObjectName("treeMiddle")
        self.middle.addWidget(self.tree)
        stack.addWidget(self.middle, 1)
        self._counting = QTimer(self, interval=_PAUSE, singleShot=True)
        self._counting.setObjectName("countingAgain")
        self._counting.timeout.connect(self._look_again)
        self.filters.clicked.connect(self._turn)
        session.opened.connect(self._forget)
        session.judged.connect(self._look_again)
        session.changed.connect(self._follow_change)
        session.narrowed_to.connect(self._narrow)
        for signal in (session.delivered, session.corrected):
            signal.connect(self._redeliver)
        self.search.searched.connect(self._apply)
        self.search.returnPressed.connect(self._to_first)
        self.filter.chosen.connect(lambda _key: self._apply())
        self.tree.selectionModel().selectionChanged.connect(self._select)
        self.model.modelReset.connect(self._refilled)
        self.model.given.connect(self._take_more)
        self.model.dataChanged.connect(self._redraw)
        session.selected.connect(self._follow)
        live.also(self.model.retell)
        self._refilled()
        self.tree.viewport()  # the first call makes Python's side of it, which takes a while

    def _tree(self) -> Tree:
        tree = Tree("tree")
        self._live.name(tree, lambda: tr("Børn og kontakter"))
        tree.setModel(self.model)
        tree.setItemDelegate(TreeDelegate(tree))
        tree.setUniformRowHeights(True)
        tree.setExpandsOnDoubleClick(True)
        return tree

    # --- facets

    def _turn(self) -> None:
        """Show the facets in the tree's place, or the tree again."""
        if self.facets is None:
            from ldbu_desktop.ui.children.facets_pane import FacetsPane

            self.facets = FacetsPane(self._session, self._live)
            self.facets.model.picked.connect(self._pick)
            self.facets.left.connect(self._turn)
            self.middle.addWidget(self.facets)
        is_open = self.middle.currentWidget() is self.facets
        self.middle.setCurrentWidget(self.tree if is_open else self.facets)
        (self.tree if is_open else self.facets.tree).setFocus(Qt.FocusReason.OtherFocusReason)
        self._say_filters()
        if not is_open:
            self._pick()

    def _pick(self) -> None:
        if self.facets is not None:
            self._session.narrow(self.facets.model.chosen)

    def _redeliver(self) -> None:
        """Something was delivered, or corrected since: that stands at its visits, and is a state to choose by."""
        self._session.work.forget_facets()
        self._texts = None
        self.model.retell()
        self._look_again()

    def _look_again(self) -> None:
        """What was done may leave other visits: the counts are of what is so now."""
        if self.facets is not None and (self.middle.currentWidget() is self.facets or self.facets.model.chosen_count):
            self._pick()

    def _follow_change(self, change: Change) -> None:
        """Count again when what is typed pauses: among many visits the next value would wait for it."""
        if change.is_regrouped:
            self._look_again()
        else:
            self._counting.start()

    def _forget(self) -> None:
        """Nothing is chosen in other work."""
        self._counting.stop()
        self._texts = None
        if self.facets is not None:
            self.facets.model.chosen = {}
            self.facets.model.refill()
            self.middle.setCurrentWidget(self.tree)
        self._say_filters()

    def _narrow(self) -> None:
        if self.facets is not None:
            self.facets.model.refill()
        self._say_filters()
        self._apply()

    def _say_filters(self) -> None:
        self.filters.setText(self._filter_words())

    def _filter_words(self) -> str:
        facets, told = self.facets, self._session.narrowed
        if facets is not None and self.middle.currentWidget() is facets:
            count = told.visits.count if told is not None else self._session.work.visit_count
            return tr("Vis {visits}", visits=visits_words(count))
        if facets is not None and told is not None and facets.model.chosen_count:
            return tr(
                "{count, plural, one {# filter} other {# filtre}}: {visits}",
                count=facets.model.chosen_count,
                visits=visits_words(told.visits.count),
            )
        return tr("Flere filtre …")

    # --- search

    def _apply(self) -> None:
        """Show what fits the search and the filters; among many visits it is looked for in the background."""
        sought, session = self.search.typed.strip(), self._session
        session.jobs.cancel(_SEARCH)
        if not sought:
            self._show("", {})
            return
        texts = self._texts
        if texts is None or texts.language is not chosen():
            from ldbu_desktop.workspace.search import VisitTexts

            texts = self._texts = VisitTexts(session.standard, chosen(), self._told)
        journal, findings = session.journal, session.findings
        if session.work.visit_count <= SOON:
            self._show(sought, texts.matching(journal, findings, sought))
            return

        def look(_progress: Progress, cancellation: Cancellation) -> dict[int, list[int]]:
            return texts.matching(journal, findings, sought, cancellation)

        session.jobs.start(
            _SEARCH, lambda: tr("Søger"), look, lambda found: self._show(sought, found), session.failed.emit
        )

    def _told(self, family: Family, visit: Visit) -> str:
        """What the tree and the page say of a visit, how it stands, and how much what was found there weighs."""
        from ldbu_desktop.ui.children.facets_model import STATES

        session, at = self._session, Where(visit=visit.key)
        weights = set(map(session.severity, session.work.findings_at(at))) - {Severity.REJECTED}  # which is a state
        stands = (STATES[state]() for state in session.work.visit_states(visit.key))
        begun = entry_words(visit.start, VISIT_START, session.standard, family, shown=True)
        is_lacking = any(not one.missing_reason.is_empty for one in visit.observations)
        lacking = tr("ikke oplyst") if is_lacking else ""
        kept_by = {one.organisation.value or "" for one in family.citizens}
        words = (*stands, *map(severity_word, weights))
        return " ".join((self.model.heading_of(family, visit), begun, lacking, *kept_by, *words))

    def _show(self, sought: str, found: dict[int, list[int]]) -> None:
        """Show what is wanted by now; among many visits that is looked through in the background."""
        session, told, facets = self._session, self._session.narrowed, self.facets
        left = told.visits if told is not None and facets is not None and facets.model.chosen_count else None
        wanted = Wanted(VisitFilter(self.filter.choice), sought.casefold(), found, left)
        if session.work.visit_count <= SOON or not wanted.leaves_out:
            self.model.filter(wanted)
            return
        journal = session.journal

        def look(_progress: Progress, cancellation: Cancellation) -> dict[int, tuple[int, ...]]:
            return self.model.kept(wanted, cancellation)

        def then(kept: dict[int, tuple[int, ...]]) -> None:
            if journal is session.journal:
                self.model.filter(wanted, kept)
            else:  # something was done meanwhile
                self._apply()

        session.jobs.start(_SEARCH, lambda: tr("Søger"), look, then, session.failed.emit, quiet=True)

    def _refilled(self) -> None:
        session = self._session
        families = self.model.rowCount() - 1
        self.none.setVisible(session.is_open and families == 0 and bool(session.journal.families))
        if 0 < families <= _FEW or (families > 0 and self.search.typed):
            for at in range(1, min(families, _FEW) + 1):
                self.tree.expand(self.model.index(at, 0))
        self._follow()

    def _take_more(self) -> None:
        """What is selected may be among the rows that came."""
        self.tree.take_more()
        self._follow()

    def _redraw(self, first: QModelIndex, last: QModelIndex) -> None:
        """Draw all anew where the top rows changed: what stands below them did too. The view draws a single row."""
        if first != last:
            self.tree.bands.draw()

    def _to_first(self) -> None:
        self.search.settle()
        keys = self.model.visit_keys()
        if keys:
            self._session.select(Where(visit=keys[0]))
            self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _select(self, picked: QItemSelection, _left: QItemSelection) -> None:
        indexes = picked.indexes()
        if indexes:
            where = self.model.where_at(indexes[0])
            now = self._session.selection
            if (where.family, where.visit) != (now.family, now.visit):
                self._session.select(where)

    def _follow(self) -> None:
        index = self.model.index_of(self._session.selection)
        if not index.isValid():
            self.tree.clearSelection()
            self.tree.setCurrentIndex(QModelIndex())
        elif index != self.tree.currentIndex() or not self.tree.selectionModel().isSelected(index):
            if index.parent().isValid():
                self.tree.expand(index.parent())
            self.tree.setCurrentIndex(index)
            self.tree.scrollTo(index)

    def step(self, by: int) -> bool:
        """Select the next visit (``by`` 1) or the one before (-1) among those that are shown; False at the end."""
        key = self.model.visit_beside(self._session.selection.visit, by)
        if key is not None:
            self._session.select(Where(visit=key))
        return key is not None
