"""Opens the window with the sample and saves a picture of every page and state. Called by ``screenshots.sh``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.editing.operations import AnswerField
from ldbu_desktop.faults import FileFault
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import Language
from ldbu_desktop.ui.application import start
from ldbu_desktop.ui.burden.page import BurdenPage
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.children.values_model import VALUE
from ldbu_desktop.ui.coverage.page import CoveragePage
from ldbu_desktop.ui.delivery.page import DeliveryPage
from ldbu_desktop.ui.file_commands import sample_path
from ldbu_desktop.ui.history.page import HistoryPage
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.mapping.page import MappingPage
from ldbu_desktop.ui.pages import BURDEN, CHILDREN, COVERAGE, DELIVERY, HISTORY, MAPPING, PAGES, PRACTICE, REPORTS
from ldbu_desktop.ui.practice.page import PracticePage
from ldbu_desktop.ui.practice.practice import Way
from ldbu_desktop.ui.reports.page import ReportsPage
from ldbu_desktop.ui.settings import Settings
from ldbu_desktop.ui.theme import ColourScheme

_SETTLE = 250


class Photographer:
    """Takes the pictures of one window."""

    def __init__(self, application: QApplication, window: MainWindow, folder: Path, name: str) -> None:
        self._application = application
        self._window = window
        self._folder = folder
        self._name = name
        self._number = 0

    def wait(self) -> None:
        """Let the window finish what it does."""
        while True:
            loop = QEventLoop()
            QTimer.singleShot(_SETTLE, loop.quit)
            loop.exec()
            if not self._window.jobs.is_busy():
                return

    def take(self, what: str) -> None:
        """Save a picture of the window, or of the dialog that is open. Raises OSError where it can't be saved."""
        self.wait()
        dialog = next((one for one in self._window.findChildren(QDialog) if one.isVisible()), None)
        self._number += 1
        path = self._folder / f"{self._number:02}-{what}-{self._name}.png"
        if not (dialog or self._window).grab().save(str(path)):
            raise OSError(f"{path} could not be written")
        sys.stdout.write(f"{path.name}\n")
        if dialog:
            dialog.close()

    def take_all(self) -> None:
        """Every page and state, as a user meets them."""
        window, do = self._window, self._window.actions_
        self.take("start")
        window.settings.remember(sample_path())
        window.settings.remember(resource("samples"))
        window.pages.go("start")
        self.take("start-recent")
        window.message.show_fault(FileFault("file-damaged", file="eksport.xlsx"))
        self.take("message")
        window.open([sample_path()])
        self.take("file")
        states = {
            CHILDREN: self._take_children,
            DELIVERY: self._take_delivery,
            HISTORY: self._take_history,
            COVERAGE: self._take_coverage,
            REPORTS: self._take_reports,
            BURDEN: self._take_burden,
            MAPPING: self._take_mapping,
            PRACTICE: self._take_practice,
        }
        for page in PAGES:
            window.pages.go(page.id)
            self.take(f"page-{page.id}")
            if page.id in states:
                states[page.id]()
        for action in ("keys", "commands", "about"):
            do[action].trigger()
            self.take(action)
        window.open([next(path for path in sorted(resource("samples").iterdir()) if _is_clean(path))])
        self.take("clean-file")
        window.session.select(Where(visit=window.pages.page(CHILDREN).tree_pane.model.visit_keys()[-1]))  # type: ignore[attr-defined]
        self.take("clean-visit")
        self._take_filling()

    def _take_children(self) -> None:
        window, do = self._window, self._window.actions_
        page = window.pages.page(CHILDREN)
        if not isinstance(page, ChildrenPage):
            raise TypeError
        family = window.session.journal.families[0]
        window.session.select(Where(family.key))
        self.take("family")
        for _ in range(2):
            do["next-finding"].trigger()
        self.take("finding")
        do["definition"].trigger()
        self.take("definition")
        do["preview"].trigger()
        self.take("preview")
        do["explanation"].trigger()
        keys = page.tree_pane.model.visit_keys()
        fullest = max(keys, key=lambda key: len(window.session.visit(key).observations))  # type: ignore[union-attr]
        window.session.select(Where(visit=fullest))
        self.take("visit")
        values = page.visit_page.values
        rows = (values.values.cell(row, VALUE) for row in range(values.values.rowCount()))
        place = next(index for index in rows if values.values.choices(index) and index.row() > _BELOW_THE_VISIT)
        values.setFocus()
        values.setCurrentIndex(place)
        values.edit(place)
        self.take("editing")
        values.setFocus()
        do["unmask"].trigger()
        self.take("unmasked")
        do["unmask"].trigger()
        page.tree_pane.filter.choose("rejected")
        page.tree_pane.search.setText("xyz")
        self.take("nothing-found")
        page.tree_pane.search.clear()
        page.tree_pane.filter.choose("all")

    def _take_mapping(self) -> None:
        """An export that the program does not know: what it is taken for, its rows, and the choices."""
        page = self._window.pages.page(MAPPING)
        if not isinstance(page, MappingPage):
            raise TypeError
        with tempfile.TemporaryDirectory() as folder:
            export = Path(folder, "udtraek.csv")
            export.write_text("\n".join(_FOREIGN), encoding="utf-8")
            self._window.open([export])
            self.take("mapping")
            page.turn_view()
            self.take("mapping-rows")
            page.turn_view()
            page.choose("v")
            self.take("mapping-choices")
            page.save()
            self.take("mapping-saving")

    def _take_reports(self) -> None:
        page = self._window.pages.page(REPORTS)
        if not isinstance(page, ReportsPage):
            raise TypeError
        page.check([resource("samples", "alle-fejl", "rapporter")])
        self.take("reports")
        page.step(1)
        self.take("reports-error")

    def _take_burden(self) -> None:
        page = self._window.pages.page(BURDEN)
        if not isinstance(page, BurdenPage):
            raise TypeError
        page.desk.choose(["2-months"])
        page.desk.select("2-months")
        self.take("burden")
        page.desk.make_variant()
        page.desk.remove("head-circumference")
        self.take("burden-variants")
        page.view.choose("edit")
        self.take("burden-editor")
        page.view.choose("data")
        self.take("burden-export")
        page.view.choose("measured")
        self.take("burden-measured")
        page.view.choose("compare")

    def _take_filling(self) -> None:
        """A trial: its family, the choice of a visit, and the form in the states that one meets."""
        window, do = self._window, self._window.actions_
        do["fill"].trigger()
        self.take("case-dialog")
        session = window.session
        window.commands.files.opening.trial()
        self.take("case-empty")
        page = window.pages.page(CHILDREN)
        if not isinstance(page, ChildrenPage):
            raise TypeError
        filling = page.filling
        filling.begin_family()
        family = session.journal.families[0]
        born = date.today() - timedelta(days=_TWO_MONTHS)
        for citizen in family.citizens:
            cpr = f"{born:%d%m%y}5996" if citizen.is_child else "2911829996"
            session.edit(Where(family.key, "", citizen.key, "citizen.cpr"), cpr)
            session.edit(Where(family.key, "", citizen.key, "citizen.organisation"), "451000016003")
        self.take("case-family")
        filling.choose_visit()
        self.take("new-visit")
        filling.begin_visit("2-months", next(one.key for one in family.citizens if one.is_child))
        self.take("form")
        form = filling.form_page.form
        for field in form.order:
            if field.at.field.variable in _FILLED:
                session.do(AnswerField(field.at.where, _FILLED[field.at.field.variable]))
        fields = {field.at.field.variable: field for field in form.order}
        filling.form_page.go_to(fields["weight"])
        self.take("form-finding")
        filling.form_page.go_to(fields["sleep"])
        do["not-obtained"].trigger()
        self.take("form-not-obtained")
        do["validate"].trigger()
        self.take("form-checked")
        head = next(field for field in form.order if field.at.field.questionnaire == "epds")
        filling.form_page.go_to(head)
        head.input.open(True)  # type: ignore[attr-defined]
        for field in form.order:
            if field.at.field.link_id and field.at.field.link_id != "score":
                session.do(AnswerField(field.at.where, "2"))
        filling.form_page.go_to(next(field for field in form.order if field.at.field.link_id == "10harm"))
        self.take("form-instrument")
        do["growth"].trigger()
        self.take("growth")

    def _take_history(self) -> None:
        """Deliveries over time, with a fault in them."""
        page = self._window.pages.page(HISTORY)
        if not isinstance(page, HistoryPage):
            raise TypeError
        page.look_at([resource("samples") / "historier" / "history-dependent-left.zip"])
        self.take("history")

    def _take_coverage(self) -> None:
        """What a history exercises, as a matrix and by area."""
        page = self._window.pages.page(COVERAGE)
        if not isinstance(page, CoveragePage):
            raise TypeError
        page.look_at([resource("samples") / "historier" / "ren.zip"])
        self.take("coverage")
        page.areas_view.selectRow(3)
        self.take("coverage-values")

    def _take_practice(self) -> None:
        """An exercise shown answer by answer, to one at a desk and to a room; and done alone."""
        page, do = self._window.pages.page(PRACTICE), self._window.actions_
        if not isinstance(page, PracticePage):
            raise TypeError
        page.choice.choose("barselsbesoeg")
        page.choice.ways[Way.SHOW].click()
        self.wait()
        for _ in range(3):
            page.practice.step(1)
        self.take("practice-shown")
        do["projector"].trigger()
        self.take("practice-in-a-room")
        do["projector"].trigger()
        page.leave()
        page.choice.ways[Way.ALONE].click()
        self.take("practice-alone")
        page.leave()

    def _take_delivery(self) -> None:
        page = self._window.pages.page(DELIVERY)
        if not isinstance(page, DeliveryPage):
            raise TypeError
        with tempfile.TemporaryDirectory() as folder:
            page.options.folder_line.setText(folder)
            page.start()
            self.take("receipt")


_FOREIGN = (
    "Barnets CPR;Besøgsdato;Besøgstype;Vgt (g);Amning;Søvn;Distrikt",
    *(
        f"{day:02}0520-5{day:02}6;{day:02}-07-2020;2 mdr;{5000 + 20 * day};{feeding};Søvn med normale variationer;Nord"
        for day, feeding in enumerate(("Fuld amning", "Delvis", "MME", "-") * 6, 1)
    ),
)
"""An export of seven columns in words of a clinic."""

_BELOW_THE_VISIT = 8
_TWO_MONTHS = 60
_FILLED = {
    "visit.class": "HH",
    "weight": "525",
    "height": "57,5",
    "parent-relationship": "Velfungerende forældre-barn-relation",
}
"""What is typed into the form, with a slip."""


def _is_clean(path: Path) -> bool:
    return path != sample_path() and path.suffix == ".xlsx"


def main() -> int:
    """Take the pictures that the call asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--language", type=Language, default=Language.DANISH)
    parser.add_argument("--look", type=ColourScheme, default=ColourScheme.LIGHT)
    parser.add_argument("--suffix", default="")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(QSettings(str(Path(folder, "settings.ini")), QSettings.Format.IniFormat))
        settings.language, settings.look = asked.language, asked.look
        window = start(application, settings)
        window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        width, height = map(int, asked.size.split("x"))
        window.resize(width, height)
        window.show()
        name = "-".join(filter(None, (asked.language, asked.look, asked.size, asked.suffix)))
        Photographer(application, window, asked.folder, name).take_all()
        window.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
