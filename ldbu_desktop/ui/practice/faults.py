"""The choice of faults that are to be found: of which kinds, how many, and the number that they are drawn by."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QSpinBox

from ldbu_desktop.language import chosen, tr
from ldbu_desktop.training.fault_hunt import FaultChoice, FaultKind
from ldbu_desktop.ui.kit.table import TableView
from ldbu_desktop.ui.kit.table_model import READABLE, TICKABLE, Column, TableModel, Width
from ldbu_desktop.ui.kit.widgets import Pane, button, column, keep_line, label, row
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.settings import Settings
from ldbu_desktop.use_cases.fault_kinds import LAST_NUMBER, MOST_FAULTS, fault_kinds

_USUAL = 5


class KindsModel(TableModel[FaultKind]):
    """The kinds of faults, each ticked or not; ``ticked`` are the codes of those that are."""

    def __init__(self, ticked: Callable[[], None], parent: QObject | None = None) -> None:
        self.ticked = set[str]()
        self._tell = ticked
        tick = Qt.ItemDataRole.CheckStateRole
        super().__init__(
            (
                Column(
                    "kind",
                    lambda: tr("Slags fejl"),
                    lambda kind: kind.title[chosen()],
                    width=Width.REST,
                    roles={
                        tick: lambda kind: (
                            Qt.CheckState.Checked if kind.code in self.ticked else Qt.CheckState.Unchecked
                        )
                    },
                    flags=lambda _kind: TICKABLE,
                    edit=self._take,
                ),
                Column(
                    "example",
                    lambda: tr("Eksempel"),
                    lambda kind: kind.example[chosen()],
                    width=Width.REST,
                    flags=lambda _kind: READABLE,
                ),
            ),
            parent,
        )

    def _take(self, kind: FaultKind, value: object, role: int) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        is_ticked = Qt.CheckState(value) is Qt.CheckState.Checked
        (self.ticked.add if is_ticked else self.ticked.discard)(kind.code)
        self._tell()
        return True

    def tick(self, codes: frozenset[str]) -> None:
        """Tick these, and no others."""
        self.ticked = set(codes)
        self.retell()
        self._tell()


class FaultsPane(Pane):
    """``begun``: faults are chosen and are to be found; ``prints``: they are to be printed; ``left``: back to the
    choice of exercises. What is chosen is remembered."""

    begun = Signal(object)
    prints = Signal(object)
    left = Signal()

    def __init__(self, settings: Settings, live: Retranslation) -> None:
        super().__init__()
        self._settings = settings
        self.kinds = KindsModel(self._follow, self)
        self.table = TableView("faultKinds", live, lambda: tr("Slags fejl"), self.kinds, wraps=True, sorts=True)
        about = label(
            "faultsAbout",
            live,
            lambda: tr(
                "Vælg, hvilke slags fejl der skal findes, og hvor mange. Samme valg og samme nummer giver alle i "
                "rummet de samme fejl."
            ),
            "muted",
        )
        about.setWordWrap(True)
        keep_line(about, live)
        self.count = self._number("faultsCount", live, lambda: tr("Antal fejl"), MOST_FAULTS)
        self.number = self._number("faultsNumber", live, lambda: tr("Nummer"), LAST_NUMBER)
        self.all = button("faultsAll", live, lambda: tr("Vælg alle"), kind="link")
        self.none = button("faultsNone", live, lambda: tr("Vælg ingen"), kind="link")
        self.chosen = label("faultsChosen", tone="muted")
        self.go = button("faultsGo", live, lambda: tr("Find fejlene"), kind="primary")
        self.print = button("faultsPrint", live, lambda: tr("Udskriv …"), icon="print")
        self.back = button("faultsLeave", live, lambda: tr("Til øvelserne"), icon="close")
        lines = column(self, 4, 2)
        lines.addWidget(label("faultsHeading", live, lambda: tr("Find fejl af udvalgte slags"), "title"))
        lines.addWidget(about)
        lines.addLayout(
            row(
                self._told("faultsCountLabel", live, self.count),
                self.count,
                self._told("faultsNumberLabel", live, self.number),
                self.number,
                self.go,
                self.print,
                1,
                self.back,
            )
        )
        lines.addLayout(row(self.all, self.none, self.chosen, 1))
        lines.addWidget(self.table, 1)
        self.all.clicked.connect(lambda: self.kinds.tick(frozenset(kind.code for kind in self.kinds.rows)))
        self.none.clicked.connect(lambda: self.kinds.tick(frozenset()))
        self.go.clicked.connect(lambda: self.begun.emit(self.choice))
        self.print.clicked.connect(lambda: self.prints.emit(self.choice))
        self.back.clicked.connect(self.left)
        live.also(self._retell)

    def _number(self, name: str, live: Retranslation, text: Callable[[], str], most: int) -> QSpinBox:
        made = QSpinBox()
        made.setObjectName(name)
        made.setRange(1, most)
        live.name(made, text)
        return made

    def _told(self, name: str, live: Retranslation, of: QSpinBox) -> QLabel:
        told = label(name, tone="muted")
        live.say(told.setText, of.accessibleName)
        told.setBuddy(of)
        return told

    def arrive(self) -> None:
        """Show the kinds, with what was chosen last: at first all of them."""
        if not self.kinds.rows:
            self.kinds.show(fault_kinds())
            known = frozenset(kind.code for kind in self.kinds.rows)
            last = self._settings.fault_choice
            self.kinds.tick(known & frozenset(last.kinds) if last is not None else known)
            self.count.setValue(min(last.total, MOST_FAULTS) if last is not None else _USUAL)
            self.number.setValue(min(last.number, LAST_NUMBER) if last is not None else 1)
            self.table.selectRow(0)
        self.table.setFocus()

    @property
    def choice(self) -> FaultChoice:
        """What is chosen."""
        kinds = tuple(kind.code for kind in self.kinds.given if kind.code in self.kinds.ticked)
        return FaultChoice(kinds, self.count.value(), self.number.value())

    def keep(self) -> None:
        """Remember what is chosen."""
        self._settings.fault_choice = self.choice

    def _retell(self) -> None:
        self.kinds.retell()
        self._follow()

    def _follow(self) -> None:
        count = len(self.kinds.ticked)
        self.chosen.setText(tr("{count, plural, one {# slags er valgt} other {# slags er valgt}}", count=count))
        for part in (self.go, self.print):
            part.setEnabled(count > 0)
