"""What is missing, a row each, the most urgent first: urgency is told by a word, a shape and a colour."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QIcon

from ldbu_desktop import clock
from ldbu_desktop.findings.deadlines import Deadline, Urgency
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.deadlines import URGENCIES, lacking_words, until_words
from ldbu_desktop.rendering.people import citizen_name
from ldbu_desktop.rendering.words import citizen_in, visit_day, visit_name
from ldbu_desktop.ui.icons import icon
from ldbu_desktop.ui.kit.table_model import Column, TableModel, Width
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.theme import colour, font

_MARKS = {
    Urgency.TOO_LATE: ("rejected", "rejected"),
    Urgency.TODAY: ("check", "check"),
    Urgency.TOMORROW: ("time", "muted"),
    Urgency.LATER: ("time", "muted"),
}
"""The icon of an urgency, and the name of its colour."""


class DeadlinesModel(TableModel[Deadline]):
    """A row for each mandatory observation that is missing."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(
            (
                Column(
                    "urgency",
                    lambda: tr("Frist"),
                    lambda one: URGENCIES[self.urgency(one)](),
                    width=30,
                    roles={
                        Qt.ItemDataRole.DecorationRole: self._icon,
                        Qt.ItemDataRole.ForegroundRole: self._ink,
                        Qt.ItemDataRole.FontRole: self._font,
                    },
                    key=lambda one: one.until,
                ),
                Column("until", lambda: tr("Senest"), until_words, width=44, key=lambda one: one.until),
                Column("missing", lambda: tr("Mangler"), lambda one: lacking_words(one, session.standard), width=50),
                Column("visit", lambda: tr("Kontakt"), self._visit, width=Width.REST),
                Column("citizen", lambda: tr("Borger"), self._citizen, width=Width.REST),
            ),
            parent,
            session.order,
        )
        self._session = session
        self.now = clock.now()

    def refill(self, found: tuple[Deadline, ...], now: datetime) -> None:
        """Show other deadlines, as seen at a moment."""
        self.now = now
        self.show(found)

    def urgency(self, one: Deadline) -> Urgency:
        """How urgent a row is."""
        return one.urgency(self.now)

    def _icon(self, one: Deadline) -> QIcon:
        return icon(*_MARKS[self.urgency(one)], 16)

    def _ink(self, one: Deadline) -> QColor | None:
        name = _MARKS[self.urgency(one)][1]
        return None if name == "muted" else colour(name)

    def _font(self, one: Deadline) -> QFont:
        return font(bold=self.urgency(one) in (Urgency.TOO_LATE, Urgency.TODAY))

    def _visit(self, one: Deadline) -> str:
        visit = self._session.visit(one.where.visit)
        return f"{visit_name(visit, self._session.standard)}, {visit_day(visit)}" if visit else ""

    def _citizen(self, one: Deadline) -> str:
        family, visit = self._session.family(one.where.family), self._session.visit(one.where.visit)
        citizen = citizen_in(family, visit.subject.value) if family and visit else None
        if family is None or citizen is None:
            return tr("Ukendt borger")
        return citizen_name(citizen, family, shown=self._session.shows_cpr)
