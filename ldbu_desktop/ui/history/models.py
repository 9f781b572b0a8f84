"""The findings of a history and the timeline of a citizen, a row each."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QIcon

from ldbu_desktop.deliveries.model import HistoryFinding, TimelineEvent
from ldbu_desktop.findings.text import rendered
from ldbu_desktop.journal.mask import cpr_masked
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.history import EVENTS, event_day, resource_word
from ldbu_desktop.rendering.words import severity_word
from ldbu_desktop.ui.icons import icon
from ldbu_desktop.ui.kit.table_model import Column, TableModel, Width
from ldbu_desktop.ui.order_keys import weight_key
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.severity import colour_of, icon_of
from ldbu_desktop.ui.theme import colour, font

_LOUD = frozenset(("changed", "voided", "voided-again", "voided-unknown", "revived", "failed"))
"""Events that are news: what is told first, or again, is not."""


class HistoryFindingsModel(TableModel[HistoryFinding]):
    """What is wrong, with the later report and the earlier one."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(
            (
                Column(
                    "severity",
                    lambda: tr("Alvor"),
                    lambda one: severity_word(one.severity),
                    width=31,
                    roles={Qt.ItemDataRole.DecorationRole: self._icon, Qt.ItemDataRole.ForegroundRole: self._ink},
                    key=lambda one: weight_key(one.severity),
                ),
                Column(
                    "what",
                    lambda: tr("Hvad er galt"),
                    lambda one: rendered(one, chosen(), session.standard).title,
                    width=Width.REST,
                    tip=lambda one: rendered(one, chosen(), session.standard).message,
                ),
                Column("later", lambda: tr("I rapporten"), lambda one: cpr_masked(one.later.file), width=30),
                Column("earlier", lambda: tr("Mod"), lambda one: cpr_masked(one.earlier.file), width=30),
            ),
            parent,
            session.order,
        )

    def _icon(self, one: HistoryFinding) -> QIcon:
        return icon(icon_of(one.severity), colour_of(one.severity), 16)

    def _ink(self, one: HistoryFinding) -> QColor:
        return colour(colour_of(one.severity))


class TimelineModel(TableModel[TimelineEvent]):
    """What each report did to each resource of a citizen."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(
            (
                Column("day", lambda: tr("Rapport fra"), event_day, width=33, key=lambda one: one.time),
                Column(
                    "event",
                    lambda: tr("Hændelse"),
                    lambda one: EVENTS[one.kind](),
                    width=33,
                    roles={Qt.ItemDataRole.FontRole: lambda one: font(bold=one.kind in _LOUD)},
                ),
                Column("type", lambda: tr("Hvad"), self._what, width=Width.REST),
                Column("file", lambda: tr("Fil"), lambda one: cpr_masked(one.place.file), width=31),
            ),
            parent,
            session.order,
        )
        self._session = session

    def _what(self, one: TimelineEvent) -> str:
        return resource_word(one, self._session.standard)
