"""What an open export shows of its registration: time by visit type and organisation, and never by person."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from ldbu_desktop.burden.model import Need, RegistrationTotals, VisitGroup
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.burden_words import band_words
from ldbu_desktop.rendering.words import count_words, visits_words
from ldbu_desktop.ui.burden.desk import BurdenDesk
from ldbu_desktop.ui.kit.table import TableView
from ldbu_desktop.ui.kit.table_model import Column, TableModel, Width
from ldbu_desktop.ui.kit.widgets import EmptyState, column, keep_line, label
from ldbu_desktop.ui.retranslation import Retranslation

_NARROW, _USUAL, _WIDE = 17, 22, 27
"""How wide columns of numbers are, in steps of the grid: so that all of them are seen in the smallest window."""


def _count(
    name: str, title: Callable[[], str], count: Callable[[RegistrationTotals], int], width: int
) -> Column[VisitGroup]:
    """A column that counts something in what was recorded."""
    return Column(name, title, lambda group: count_words(count(group.recorded)), is_number=True, width=width)


def _avoidable(group: VisitGroup) -> str:
    recorded = group.recorded
    return f"{recorded.of_need(Need.AVOIDABLE).typical / recorded.visits:.0f} s"


def _none_words(desk: BurdenDesk) -> str:
    """What is told where there are no figures."""
    return tr("Regner …") if desk.is_registering else tr("Åbn en journaleksport")


def _columns(desk: BurdenDesk) -> tuple[Column[VisitGroup], ...]:
    return (
        Column(
            "visit-type",
            lambda: tr("Kontakttype"),
            lambda one: desk.visit_type_words(one.visit_type),
            width=Width.REST,
        ),
        Column("organisation", lambda: tr("SOR-kode"), lambda group: group.organisation or tr("ukendt")),
        _count("visits", lambda: tr("Antal"), lambda recorded: recorded.visits, _NARROW),
        Column(
            "seconds",
            lambda: tr("Tid pr. kontakt"),
            lambda group: band_words(group.recorded.a_visit, "s"),
            is_number=True,
        ),
        _count("fields", lambda: tr("Felter"), lambda recorded: recorded.counts.filled, _NARROW),
        _count("repeats", lambda: tr("Gentaget"), lambda recorded: recorded.counts.repeats, _USUAL),
        _count("reasons", lambda: tr("Ikke oplyst"), lambda recorded: recorded.counts.missing_reasons, _USUAL),
        _count("text", lambda: tr("Fri tekst, tegn"), lambda recorded: recorded.counts.free_text_keys, _WIDE),
        Column("avoidable", lambda: tr("Kan undgås"), _avoidable, is_number=True, width=_USUAL),
    )


class DataView(QWidget):
    """The registration of what is open, as if each value had been entered once in our forms."""

    def __init__(self, desk: BurdenDesk, live: Retranslation) -> None:
        super().__init__()
        self.setObjectName("burdenData")
        self._desk = desk
        self.model = TableModel[VisitGroup](_columns(desk), self)
        self.heading = label("burdenDataHeading", tone="heading")
        self.about = label(
            "burdenDataAbout",
            live,
            lambda: tr(
                "Et skøn over indtastningen af det, eksporten viser. Tallene er pr. kontakttype og organisation, "
                "aldrig pr. person."
            ),
            "muted",
        )
        self.about.setWordWrap(True)
        keep_line(self.about, live)
        self.table = TableView(
            "burdenDataTable", live, lambda: tr("Registreringens tid"), self.model, wraps=True, sorts=True
        )
        self.none = EmptyState(
            "burdenDataNone",
            live,
            "table",
            lambda: _none_words(desk),
            lambda: tr("Så vises, hvor lang tid registreringen i den tager, og hvad der kunne undgås."),
        )
        self.whole = QWidget()
        self.whole.setObjectName("burdenDataWhole")
        lines = column(self.whole, 4, 3)
        lines.addWidget(self.heading)
        lines.addWidget(self.about)
        lines.addWidget(self.table, 1)
        stack = column(self)
        stack.addWidget(self.none, 1)
        stack.addWidget(self.whole, 1)
        desk.registered.connect(self.tell)
        live.also(self.tell)

    def showEvent(self, event: QShowEvent) -> None:
        """Have it worked out, where it is not known."""
        super().showEvent(event)
        self._desk.watch_registration(is_watched=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight, nothing is worked out."""
        super().hideEvent(event)
        self._desk.watch_registration(is_watched=False)

    def tell(self) -> None:
        """Show the registration as it is now."""
        found = self._desk.registration
        self.none.setVisible(found is None)
        self.none.heading.setText(_none_words(self._desk))
        self.whole.setVisible(found is not None)
        self.model.show(found.groups if found else ())
        organisations = {group.organisation for group in found.groups} if found else set()
        self.table.setColumnHidden(self.model.place_of("organisation"), len(organisations) <= 1)
        if found is not None:
            self.heading.setText(
                tr(
                    "{visits}: {seconds} pr. kontakt i gennemsnit",
                    visits=visits_words(found.all.visits),
                    seconds=band_words(found.all.a_visit, "s"),
                )
            )
