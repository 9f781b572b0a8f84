"""The choice of an exercise: what each trains, its story, and the ways to work on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QPushButton

from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.training import level_word
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.training.model import Case, Level
from ldbu_desktop.ui.findings.explanation import TextPage, heading, line, part
from ldbu_desktop.ui.icons import icon
from ldbu_desktop.ui.kit.menus import PopupMenu
from ldbu_desktop.ui.kit.table import TableView
from ldbu_desktop.ui.kit.table_model import Column, TableModel, Width
from ldbu_desktop.ui.kit.widgets import Pane, button, column, divided, keep_line, keep_pane, label, row
from ldbu_desktop.ui.practice.practice import Way
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.settings import Settings


class CasesModel(TableModel[Case]):
    """The exercises, from easy to hard."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(
            (
                Column("title", lambda: tr("Øvelse"), lambda case: case.title[chosen()], width=Width.REST),
                Column(
                    "level",
                    lambda: tr("Niveau"),
                    lambda case: level_word(case.level),
                    key=lambda case: [*Level].index(case.level),
                ),
                Column("minutes", lambda: tr("Minutter"), lambda case: str(case.minutes), is_number=True),
                Column(
                    "done",
                    lambda: tr("Gjort her"),
                    lambda case: tr("ja") if case.id in settings.cases_done else "",
                    tip=lambda case: tr("Om øvelsen er gjort på denne computer; ingen navne gemmes."),
                    roles={
                        Qt.ItemDataRole.DecorationRole: lambda case: (
                            icon("clear", "clear", 16) if case.id in settings.cases_done else None
                        )
                    },
                ),
            )
        )


class ChoicePane(Pane):
    """``begun``: a case is to be worked on, in a way.

    The others ask for a case on paper, a quick card by its visit type, faults to be chosen, a room's results added up,
    a case from the family that is open, and a site's own folder.
    """

    begun = Signal(object, object)
    prints = Signal(object)
    prints_card = Signal(str)
    chooses_faults = Signal()
    adds_up = Signal()
    writes_family = Signal()
    chooses_folder = Signal()

    def __init__(self, settings: Settings, live: Retranslation, standard: Callable[[], Standard]) -> None:
        super().__init__()
        self._standard = standard
        self.cases = CasesModel(settings)
        self.table = TableView("practiceCases", live, lambda: tr("Øvelserne"), self.cases, wraps=True, sorts=True)
        self.about = TextPage("practiceAbout", live, lambda: tr("Om øvelsen"))
        told = label(
            "practiceTold",
            live,
            lambda: tr(
                "En øvelse udfyldes i samme skema og kontrolleres som rigtigt arbejde. Intet gemmes eller "
                "afleveres, og det, du har åbent, røres ikke."
            ),
            "muted",
        )
        told.setObjectName("practiceIntroduction")
        self.introduction = told
        told.setWordWrap(True)
        keep_line(told, live)
        self._tips: dict[Way, Callable[[], str]] = {}
        self.ways = {
            Way.SHOW: self._way(live, Way.SHOW, lambda: tr("Vis"), lambda: tr("Låst, svar for svar, til et rum")),
            Way.COMPLETE: self._way(
                live, Way.COMPLETE, lambda: tr("Udfyld resten"), lambda: tr("Det halve er udfyldt på forhånd")
            ),
            Way.ALONE: self._way(live, Way.ALONE, lambda: tr("Alene"), lambda: tr("Fra et tomt skema")),
            Way.FAULTS: self._way(
                live, Way.FAULTS, lambda: tr("Find fejlene"), lambda: tr("En eksport med fejl, der skal findes")
            ),
        }
        self.print = button("practicePrint", live, lambda: tr("Udskriv øvelsen …"), kind="link", icon="print")
        self.card = button("practiceCard", live, lambda: tr("Huskekort …"), kind="link", icon="print")
        self.faults = button(
            "practiceFaults", live, lambda: tr("Find fejl af udvalgte slags …"), kind="link", icon="search"
        )
        self.room = button("practiceRoom", live, lambda: tr("Læg rummets svar sammen …"), kind="link", icon="table")
        self.write = button(
            "practiceWrite", live, lambda: tr("Skriv en øvelse ud fra denne …"), kind="link", icon="edit"
        )
        self.write_family = button(
            "practiceWriteFamily",
            live,
            lambda: tr("Skriv ud fra den åbne familie …"),
            kind="link",
            icon="family",
        )
        self.folder = button("practiceFolder", live, lambda: tr("Mappe med egne øvelser …"), kind="link", icon="folder")
        right = Pane()
        lines = column(right, 0, 2)
        lines.addWidget(self.about, 1)
        lines.addLayout(row(*self.ways.values(), 1, margin=2, wraps=True))
        lines.addLayout(row(self.print, self.card, 1, margin=1))
        keep_pane(right, live, 80)
        whole = column(self, 4, 2)
        whole.addWidget(label("practiceHeading", live, lambda: tr("Øvelser"), "title"))
        whole.addWidget(told)
        whole.addWidget(divided("practiceChoice", (self.table, right), (560, 560), (1, 1)), 1)
        whole.addLayout(row(self.faults, self.room, self.write, self.write_family, self.folder, 1, wraps=True))
        self.table.selectionModel().currentRowChanged.connect(self._tell)
        self.table.activated.connect(lambda _index: self._begin(Way.SHOW))
        self.print.clicked.connect(lambda: self._tell_chosen(self.prints.emit))
        self.card.clicked.connect(self._offer_cards)
        self.faults.clicked.connect(self.chooses_faults)
        self.room.clicked.connect(self.adds_up)
        self.write.clicked.connect(lambda: self._begin(Way.WRITE))
        self.write_family.clicked.connect(self.writes_family)
        self.folder.clicked.connect(self.chooses_folder)
        live.also(self._retell)

    def _way(self, live: Retranslation, way: Way, text: Callable[[], str], tip: Callable[[], str]) -> QPushButton:
        made = button(f"practice-{way}", live, text, kind="primary" if way is Way.SHOW else "")
        self._tips[way] = tip
        made.clicked.connect(lambda: self._begin(way))
        return made

    def show_afar(self, is_afar: bool) -> None:
        """Show to a room what has room in large letters: what else there is stands beside the list."""
        for name in ("level", "minutes", "done"):
            self.table.setColumnHidden(self.cases.place_of(name), is_afar)
        self.introduction.setVisible(not is_afar)

    def offer_family(self, is_there: bool) -> None:
        """Offer to write a case from the family that is open, where there is one."""
        told = "" if is_there else tr("Åbn eller udfyld en familie, og gå til den, før der skrives ud fra den.")
        self.write_family.setEnabled(is_there)
        self.write_family.setToolTip(told)
        self.write_family.setAccessibleDescription(told)

    # --- which

    def show_cases(self, cases: Sequence[Case]) -> None:
        """Show the exercises; the one that was chosen stays."""
        known = self.case
        self.cases.show(cases)
        at = next((at for at, case in enumerate(cases) if known is not None and case.id == known.id), 0)
        if cases:
            self.table.selectRow(at)
        self._tell()

    @property
    def case(self) -> Case | None:
        """The case that is chosen."""
        index = self.table.currentIndex()
        return self.cases.rows[index.row()] if index.isValid() else None

    def choose(self, id: str) -> None:
        """Choose a case by its id."""
        at = next((at for at, case in enumerate(self.cases.rows) if case.id == id), None)
        if at is not None:
            self.table.selectRow(at)

    def _begin(self, way: Way) -> None:
        if (case := self.case) is not None and (way is not Way.FAULTS or case.has_faults):
            self.begun.emit(case, way)

    def _tell_chosen(self, tell: Callable[[Case], object]) -> None:
        if self.case is not None:
            tell(self.case)

    def _offer_cards(self) -> None:
        """Offer a quick card of each visit type."""
        menu = PopupMenu(self, "practiceCards", tr("Huskekort"))
        for visit_type in self._standard().visit_types:
            menu.add(visit_type.label[chosen()], partial(self.prints_card.emit, visit_type.id))
        menu.offer_below(self.card)

    def _retell(self) -> None:
        self.cases.retell()
        self._tell()

    def _tell(self, _index: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        case, language = self.case, chosen()
        for way, made in self.ways.items():
            lacks_faults = way is Way.FAULTS and case is not None and not case.has_faults
            told = tr("Øvelsen har ingen eksport med fejl; vælg selv, hvilke slags der skal findes.")
            made.setEnabled(case is not None and not lacks_faults)
            made.setToolTip(told if lacks_faults else self._tips[way]())
            made.setAccessibleDescription(made.toolTip())
        if case is None:
            self.about.show_page("")
            return
        minutes = tr("{count, plural, one {# minut} other {# minutter}}", count=case.minutes)
        self.about.show_page(
            heading(case.title[language])
            + line(f"{level_word(case.level)}, {minutes}", "muted")
            + part(tr("Træner"), case.trains[language])
            + part(tr("Historien"), *case.story[language].splitlines())
        )
