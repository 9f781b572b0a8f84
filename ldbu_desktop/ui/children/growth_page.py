"""The growth of the child of the selected visit, in the middle in place of the visit itself; Esc goes back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ldbu_desktop.editing.change import Change
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.people import citizen_name
from ldbu_desktop.rendering.words import citizen_in
from ldbu_desktop.ui.growth.pane import GrowthPane
from ldbu_desktop.ui.kit.widgets import Pane, column, label, row, tool
from ldbu_desktop.ui.pace import Slices
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.theme import GRID
from ldbu_desktop.work import Cancellation, Progress

if TYPE_CHECKING:
    from ldbu_desktop.growth.model import Gestation, Growth


class GrowthPage(Pane):
    """Makes the child's growth anew when something is mended. ``left`` asks for the visit again."""

    left = Signal()

    def __init__(self, session: Session, live: Retranslation) -> None:
        super().__init__()
        self._session = session
        self._child = ""
        self.heading = label("growthHeading", tone="title")
        self.back = tool("growthBack", live, lambda: tr("Tilbage til kontakten (Esc)"), "close")
        self.back.clicked.connect(self.left)
        self.pane = GrowthPane(live, session.standard)
        self.pane.visit_wanted.connect(self._go_to_visit)
        self.pane.gestation_given.connect(self._correct)
        top = QWidget()
        top.setObjectName("growthTop")
        heads = row(self.heading, self.back, spacing=1)
        heads.setStretch(0, 1)
        heads.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, GRID)
        top.setLayout(heads)
        self._live = live
        self._lines = column(self)
        self._lines.addWidget(top)

    def lay_out(self) -> Slices[None]:
        """Put the pane in its place, and follow what is open from now on."""
        self._lines.addWidget(self.pane, 1)
        yield
        yield from self.pane.lay_out()
        self._session.changed.connect(self._follow_change)
        self._session.unmasked.connect(self._refresh)
        self._live.also(self._refresh)

    def show_selected(self) -> None:
        """Show the child of the visit, or the only child of the family, that is selected."""
        child = self._wanted()
        if child != self._child:
            self._child = child
            self.pane.wait(is_coming=bool(child))
        self._refresh()
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _wanted(self) -> str:
        session = self._session
        now = session.selection
        family = session.family(now.family)
        if family is None:
            return ""
        visit = session.visit(now.visit)
        subject = citizen_in(family, visit.subject.value) if visit else None
        if subject is not None and subject.is_child:
            return subject.key
        return next((one.key for one in family.citizens if one.is_child), "")

    def _follow_change(self, change: Change) -> None:
        if change.is_about(self._session.selection.family):
            self._refresh()

    def _refresh(self) -> None:
        session, child = self._session, self._child
        family = session.family(session.selection.family)
        citizen = citizen_in(family, child) if family else None
        name = citizen_name(citizen, family, shown=session.shows_cpr) if family and citizen else tr("Vækst")
        self.heading.setText(name)
        if family is None or not child or self.isHidden():
            return

        def work(_progress: Progress, _cancellation: Cancellation) -> Growth:
            from ldbu_desktop.growth.series import growth_of

            return growth_of(family, child, session.standard)

        session.jobs.start("growth", lambda: "", work, self.pane.show_growth, session.failed.emit, quiet=True)

    def _correct(self, gestation: Gestation | None) -> None:
        """Keep with the child how long the pregnancy was; the growth is made anew by that."""
        from ldbu_desktop.editing.operations import SetGestation

        session = self._session
        family = session.family(session.selection.family)
        child = citizen_in(family, self._child) if family is not None else None
        if family is not None and child is not None and child.gestation.value != (str(gestation or "") or None):
            session.do(SetGestation(Where(family.key, "", child.key), str(gestation or "")))

    def _go_to_visit(self, visit: str) -> None:
        self._session.select(Where(visit=visit))
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
