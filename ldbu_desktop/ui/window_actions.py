"""What the window's actions do, by the ids in :data:`~ldbu_desktop.ui.actions.ACTIONS`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.casefile import ENDING
from ldbu_desktop.faults import Fault
from ldbu_desktop.language import Language, chosen, tr
from ldbu_desktop.ui.pages import BURDEN, CHECK, CHILDREN, DELIVERY, START
from ldbu_desktop.ui.theme import Look, is_dark

if TYPE_CHECKING:
    from ldbu_desktop.ui.children.page import ChildrenPage
    from ldbu_desktop.ui.main_window import MainWindow


def sample_path() -> Path:
    """The sample that the start page and the menu open: the one with something to find."""
    return resource("samples", "familie-med-fejl.xlsx")


class WindowActions:
    """Knows the window and its pages; every action has its doer here."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.doers: dict[str, Callable[[], object]] = {
            "open": window.choose_files,
            "open-folder": window.choose_folder,
            "open-sample": lambda: window.open([sample_path()]),
            "fill": lambda: self.ask_case(),
            "save": self._save,
            "save-as": lambda: self.ask_case(saves_open=True),
            "print": self._print,
            "forms-folder": self._choose_forms,
            "wording": self._choose_wording,
            "new-visit": lambda: self._on_children().filling.choose_visit(),
            "remove-visit": lambda: self._on_children().filling.remove_visit(),
            "move-visit": lambda: self._on_children().filling.move_visit(),
            "remove-person": lambda: self._on_children().filling.remove_person(),
            "new-beside": lambda: self._on_children().filling.begin_beside(),
            "new-family": lambda: self._on_children().filling.begin_family(),
            "not-obtained": lambda: self._children().filling.form_page.not_obtained(),
            "validate": self._validate,
            "growth": lambda: self._on_children().show_growth(),
            "deliver": lambda: window.go(DELIVERY),
            "close": window.session.close,
            "quit": window.close,
            "undo": window.session.undo,
            "redo": window.session.redo,
            "search": self._search,
            "commands": self._find,
            "next-finding": lambda: self._step_finding(1),
            "previous-finding": lambda: self._step_finding(-1),
            "next-visit": lambda: self._on_children().tree_pane.step(1),
            "previous-visit": lambda: self._on_children().tree_pane.step(-1),
            "definition": lambda: self._inspect("definition"),
            "explanation": lambda: self._inspect("explanation"),
            "preview": lambda: self._inspect("preview"),
            "next-pane": lambda: self._on_children().step_pane(1),
            "previous-pane": lambda: self._on_children().step_pane(-1),
            "page-start": lambda: window.go(START),
            "page-children": lambda: window.go(CHILDREN),
            "page-check": lambda: window.go(CHECK),
            "page-burden": lambda: window.go(BURDEN),
            "page-deliver": lambda: window.go(DELIVERY),
            "tree-pane": lambda: self._show_pane("tree-pane"),
            "inspector": lambda: self._show_pane("inspector"),
            "unmask": lambda: window.session.unmask(window.actions_["unmask"].isChecked()),
            "look-system": lambda: window.choose_look(Look.SYSTEM),
            "look-light": lambda: window.choose_look(Look.LIGHT),
            "look-dark": lambda: window.choose_look(Look.DARK),
            "danish": lambda: window.choose_language(Language.DANISH),
            "english": lambda: window.choose_language(Language.ENGLISH),
            "keys": self._show_keys,
            "about": self._show_about,
        }
        window.actions_.connect(self.doers)
        for pane in ("tree-pane", "inspector"):
            window.actions_[pane].setChecked(True)
        window.header.look.clicked.connect(lambda: window.choose_look(Look.LIGHT if is_dark() else Look.DARK))
        window.header.language.clicked.connect(
            lambda: window.choose_language(Language.ENGLISH if chosen() is Language.DANISH else Language.DANISH)
        )

    def connect_page(self, name: str, page: QWidget) -> None:
        """Let a page that was just built ask the window for what it can't do by itself."""
        from ldbu_desktop.ui.start.page import StartPage

        window = self._window
        if isinstance(page, StartPage):
            page.wants_files.connect(window.choose_files)
            page.wants_reports.connect(self.doers["page-check"])
            page.wants_sample.connect(self.doers["open-sample"])
            page.wants_fill.connect(self.doers["fill"])
            page.wants_path.connect(lambda path: window.open([path]))
        elif name == CHILDREN:
            children: ChildrenPage = page  # type: ignore[assignment]
            children.visit_page.previous.clicked.connect(window.actions_["previous-visit"].trigger)
            children.visit_page.next.clicked.connect(window.actions_["next-visit"].trigger)
            children.inspector.previous.clicked.connect(window.actions_["previous-finding"].trigger)
            children.inspector.next.clicked.connect(window.actions_["next-finding"].trigger)
            window.session.selected.connect(self._come_to_children)

    def ask_case(self, path: Path | None = None, *, saves_open: bool = False) -> None:
        """Ask which case to fill; for ``path`` its passphrase only, with ``saves_open`` where to keep what is open."""
        from ldbu_desktop.ui.form.case_dialog import NEW, OPEN, CaseDialog

        window = self._window
        window.session.case.forms_folder = window.settings.forms_folder
        known = any(one.suffix == ENDING for one in window.settings.recent)
        mode = OPEN if path is not None or (known and not saves_open) else NEW
        CaseDialog(window.session, window.settings, window, mode, path, saves_open=saves_open).open()

    def _save(self) -> None:
        case = self._window.session.case
        if case.file is None:
            self.ask_case(saves_open=True)
            return
        self._children().filling.settle()
        case.settle()
        case.save()

    def _validate(self) -> None:
        """Tell what is missing too, at the visit that is filled or in the whole file."""
        session = self._window.session
        if not session.is_filled:
            session.judge()
            return
        self._on_children().filling.settle()
        visit = session.selection.visit
        family = session.family_of(visit)
        session.case.ask(*((family.key, visit) if family else (*session.family_keys, *session.visit_keys)))

    def _choose_forms(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        window = self._window
        start = str(window.settings.forms_folder or "")
        if name := QFileDialog.getExistingDirectory(window, tr("Mappen med egne skemaer"), start):
            window.settings.forms_folder = Path(name)
            window.session.case.use_forms_of(Path(name))

    def _choose_wording(self) -> None:
        """Ask for the package, and whether the user holds the rights; without a yes nothing is read."""
        from PySide6.QtWidgets import QFileDialog, QMessageBox

        window = self._window
        name, _ = QFileDialog.getOpenFileName(
            window, tr("Vælg den officielle pakke med spørgeskemaerne"), "", tr("FHIR-pakker (*.tgz)")
        )
        if not name:
            return
        asked = QMessageBox(window)
        asked.setObjectName("rights")
        asked.setText(tr("Har I rettighederne til spørgeskemaernes ordlyd?"))
        asked.setInformativeText(
            tr(
                "Ordlyden tilhører dem, der har lavet skemaerne; nogle må kun bruges af uddannede eller med "
                "tilladelse. Den vises kun, til vinduet lukkes, og kommer aldrig i sagsfilen eller rapporterne."
            )
        )
        no = asked.addButton(tr("Nej"), QMessageBox.ButtonRole.RejectRole)
        yes = asked.addButton(tr("Ja, vis ordlyden"), QMessageBox.ButtonRole.AcceptRole)
        no.setObjectName("rightsNo")
        yes.setObjectName("rightsYes")
        asked.setDefaultButton(no)
        asked.exec()
        if asked.clickedButton() is yes:
            window.session.case.show_wording(Path(name))

    def _print(self) -> None:
        """Ask where to, and write the visit on one page."""
        from ldbu_desktop.ui.printing.pdf import choose_and_write
        from ldbu_desktop.ui.printing.summary import file_name, visit_summary

        session, today = self._window.session, date.today()
        visit, family = session.visit(session.selection.visit), session.family_of(session.selection.visit)
        if visit is None or family is None:
            return
        found = session.findings_of_visit(visit.key) if session.findings else None
        summary = visit_summary(family, visit, session.standard, found, today, shows_cpr=session.shows_cpr)
        try:
            choose_and_write(self._window, summary, file_name(visit, session.standard, today))
        except Fault as fault:
            session.failed.emit(fault)

    def _children(self) -> ChildrenPage:
        return self._window.page(CHILDREN)  # type: ignore[return-value]

    def _on_children(self) -> ChildrenPage:
        self._window.go(CHILDREN)
        return self._children()

    def _come_to_children(self) -> None:
        if self._window.session.selection.visit:
            self._window.go(CHILDREN)

    def _search(self) -> None:
        page = self._on_children()
        self._window.actions_["tree-pane"].setChecked(True)
        page.show_pane("tree", True)
        page.tree_pane.focus_search()

    def _step_finding(self, by: int) -> None:
        self._on_children().inspector.step(by)

    def _inspect(self, view: str) -> None:
        page = self._on_children()
        self._window.actions_["inspector"].setChecked(True)
        page.show_pane("inspector", True)
        page.inspector.show_view(view)

    def _show_pane(self, action: str) -> None:
        self._on_children().show_pane(action.removesuffix("-pane"), self._window.actions_[action].isChecked())

    def _find(self) -> None:
        from ldbu_desktop.ui.finder import Finder

        Finder(self._window.session, self._window.actions_, self._window).open()

    def _show_keys(self) -> None:
        from ldbu_desktop.ui.keys import KeySheet

        KeySheet(self._window).open()

    def _show_about(self) -> None:
        from ldbu_desktop.ui.about import About

        About(self._window.session, self._window).open()
