"""What stands in the middle when the file or a family is selected: a verdict in words, and its visits as a table."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from ldbu_desktop import __version__
from ldbu_desktop.editing.change import Change
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.journal.mask import without_cpr
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.people import family_name
from ldbu_desktop.rendering.words import count_words, families_words, files_words, findings_words, visits_words
from ldbu_desktop.ui.children.overview_model import OverviewModel, Place
from ldbu_desktop.ui.findings.verdict import VerdictBanner
from ldbu_desktop.ui.kit.table import TableView
from ldbu_desktop.ui.kit.widgets import Pane, column, label
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.theme import GRID, scaled

_NAMED = 3
"""So many files are named; more are counted, as in the header."""
_HEAD = 10 * GRID
"""How high the headings are: two lines."""
_ROW = 10 * GRID
"""How high a row is: two lines, for the longest types of visits. All are, so that none of a million is measured."""


class Overview(Pane):
    """A double click, or Enter, opens a visit."""

    def __init__(self, session: Session, live: Retranslation) -> None:
        super().__init__()
        self._session = session
        self._is_stale = False
        self.model = OverviewModel(session, self)
        self.heading = label("overviewHeading", tone="title")
        self.about = label("overviewAbout", tone="muted")
        self.about.setWordWrap(True)
        self.verdict = VerdictBanner("overviewVerdict", live)
        self.table = self._table(live)
        stack = column(self)
        top = QWidget()
        top.setObjectName("overviewTop")
        lines = column(top, 0, 1)
        lines.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 3 * GRID)
        lines.addWidget(self.heading)
        lines.addWidget(self.about)
        lines.addSpacing(2 * GRID)
        lines.addWidget(self.verdict)
        stack.addWidget(top)
        stack.addWidget(self.table, 1)
        live.also(self.tell)
        session.checked.connect(self.tell)
        session.unmasked.connect(self.tell)
        session.changed.connect(self._follow_change)

    def _table(self, live: Retranslation) -> TableView[Place]:
        table = TableView("overviewTable", live, lambda: tr("Kontakter"), self.model, sorts=True)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(scaled(_ROW))
        table.horizontalHeader().setMinimumHeight(_HEAD)
        table.activated.connect(self._open)
        live.also(self.model.retell)
        return table

    def _open(self, index: QModelIndex) -> None:
        self._session.select(self.model.where_at(index))

    def show_selected(self) -> None:
        """Show the file or the family that is selected; its table is laid out before it is drawn."""
        self.model.refill()
        self.table.doItemsLayout()
        self.table.scrollToTop()
        self.tell()

    def _follow_change(self, change: Change) -> None:
        family = self._session.selection.family
        if not family or change.is_about(family):
            self._is_stale = True
            self._tell_stale()

    def showEvent(self, event: QShowEvent) -> None:
        """Say how it stands after what was done meanwhile."""
        super().showEvent(event)
        self._tell_stale()

    def _tell_stale(self) -> None:
        if self._is_stale and self.isVisible():
            self.tell()

    def tell(self) -> None:
        """Say what this is, and how it stands."""
        self._is_stale = False
        session = self._session
        journal = session.journal
        if not session.is_open:
            return
        family = session.family(session.selection.family)
        sources = [without_cpr(source.name) for source in journal.sources]
        names = ", ".join(sources) if len(sources) <= _NAMED else files_words(len(sources))
        name = family_name(family, shown=session.shows_cpr) if family else tr("Alle børn og kontakter")
        self.heading.setText(name)
        count = len(family.visits) if family else session.work.visit_count
        families, visits = families_words(len(journal.families)), visits_words(count)
        self.about.setText(" · ".join(filter(None, (names, visits) if family else (names, families, visits))))
        if not session.work.is_checked(Where(family.key) if family else Where()):
            self._tell_part()
            return
        severity, found = session.work.state(Where(family.key)) if family else session.work.state()
        rejected = session.work.rejected_visits(family.key if family else "")
        if session.work.waits_as_a_whole():
            text = tr(
                "{found}. Intet er klar til aflevering, for filerne er ikke læst, som de skal.",
                found=findings_words(found),
            )
        elif severity is None:
            text = tr("Ingen fund. {visits} klar til aflevering.", visits=visits)
        elif severity is Severity.REJECTED:
            text = tr(
                "{found}. {rejected} ville blive afvist, {ready} er klar til aflevering.",
                found=findings_words(found),
                rejected=visits_words(rejected),
                ready=count_words(count - rejected),
            )
        else:
            text = tr(
                "{found}, men intet afvises. {visits} klar til aflevering.", found=findings_words(found), visits=visits
            )
        self.verdict.tell(severity, text, _version_words(session))

    def _tell_part(self) -> None:
        """Say what is known by now, which is not all: nothing tells that something is in order."""
        session, work = self._session, self._session.work
        if work.found is None:
            self.verdict.wait()
            return
        _, found = work.state()
        told = tr(
            "Indtil nu {found}. {rejected} ville blive afvist.",
            found=findings_words(found),
            rejected=visits_words(work.rejected_visits()),
        )
        self.verdict.tell_waiting(told if found else tr("Ingen fund indtil nu."), f"{session.checked_words}.")


def _version_words(session: Session) -> str:
    """What was checked, and with what."""
    return tr(
        "Forkontrol efter {package} {version} med LDBU Desktop {program}. Gatewayen afgør.",
        package=session.standard.header.package,
        version=session.standard.header.version,
        program=__version__,
    )
