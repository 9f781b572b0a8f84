"""The page of coverage in a real window: what is counted, area by area, and one key to the smallest case."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.language import Language
from ldbu_desktop.ui.coverage.models import MATRIX
from ldbu_desktop.ui.coverage.page import CoveragePage
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pages import COVERAGE
from tests.ui.hand import activate, announcements

SAMPLES = resource("samples")


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> CoveragePage:
    """The page as it is gone to."""
    made = window.pages.page(COVERAGE)
    assert isinstance(made, CoveragePage)
    activate(window, qtbot)
    window.pages.go(COVERAGE)
    return made


def settled(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until nothing is being found out."""
    qtbot.waitUntil(lambda: not window.jobs.is_busy(), timeout=30_000)
    QApplication.processEvents()


def test_what_was_counted_is_said_to_a_screen_reader(
    page: CoveragePage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = announcements(monkeypatch)
    page.look_at([SAMPLES / "historier" / "ren.zip"])
    settled(window, qtbot)
    assert len(said) == 1
    assert said[0].startswith(page.verdict.text.text())


def choose(page: CoveragePage, area: str) -> None:
    """Choose an area by its id."""
    page.areas_view.selectRow([one.id for one in page.areas.rows].index(area))


def test_counting_that_is_stopped_or_fails_leaves_nothing_waiting(
    page: CoveragePage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page.look_at([SAMPLES / "historier" / "ren.zip"])
    assert page.verdict.is_waiting
    window.jobs.cancel("coverage")
    settled(window, qtbot)
    assert not page.nothing.isHidden()
    assert page.verdict.isHidden()
    page.look_at([tmp_path / "væk"])
    settled(window, qtbot)
    assert not page.nothing.isHidden()
    assert page.verdict.isHidden()


def test_a_history_is_counted_area_by_area(page: CoveragePage, window: MainWindow, qtbot: QtBot) -> None:
    assert not page.nothing.isHidden()
    page.look_at([SAMPLES / "historier" / "ren.zip"])
    settled(window, qtbot)
    assert page.coverage is not None
    assert page.coverage.reports > 0
    assert page.areas.rows[0].id == MATRIX
    assert page.stack.currentWidget() is page.matrix_view
    assert page.matrix.rows[0][0]
    choose(page, "corrections")
    used = {one.code for one in page.items.rows if one.count}
    assert used
    heard = [
        page.items.index(row, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "ikke brugt"
        for row in range(page.items.rowCount())
    ]
    assert heard == [not one.count for one in page.items.rows]
    page.missing.setChecked(True)
    assert {one.code for one in page.items.rows} == {
        one.code for one in page.all_items if one.area == "corrections"
    } - used
    assert not page.make.isEnabled()
    assert page.refusal.text()


def test_an_area_of_which_all_is_used_says_so(page: CoveragePage, window: MainWindow, qtbot: QtBot) -> None:
    page.look_at([SAMPLES / "historier" / "ren.zip"])
    settled(window, qtbot)
    page.all_items = [one for one in page.all_items if one.area != "corrections" or one.count]
    choose(page, "corrections")
    assert page.refusal.isHidden() or page.refusal.text()
    page.missing.setChecked(True)
    assert page.items.rows == []
    assert page.make.isHidden()
    assert not page.refusal.isHidden()
    assert page.refusal.text()
    choose(page, MATRIX)
    assert page.refusal.isHidden()


def test_one_key_opens_the_smallest_case(page: CoveragePage, window: MainWindow, qtbot: QtBot) -> None:
    window.open([SAMPLES / "familie.xlsx"])
    settled(window, qtbot)
    window.pages.go(COVERAGE)
    page.opened.click()
    settled(window, qtbot)
    choose(page, "visit-types")
    page.items_view.setFocus()
    one = page.chosen_item
    assert one is not None
    assert one.count == 0
    qtbot.keyClick(page.items_view, Qt.Key.Key_Return)
    settled(window, qtbot)
    (family,) = window.session.journal.families
    (visit,) = family.visits
    assert f"{visit.type.value} {visit.visit_class.value}" == one.code
    assert window.session.work.is_filled


def test_what_was_filled_is_never_lost_for_it(page: CoveragePage, window: MainWindow, qtbot: QtBot) -> None:
    page.look_at([SAMPLES / "rapporter"])
    settled(window, qtbot)
    choose(page, "interventions")
    page.open_smallest()
    settled(window, qtbot)
    family = window.session.journal.families[0]
    from ldbu_desktop.editing.operations import RemoveVisit
    from ldbu_desktop.journal.where import Where

    window.session.do(RemoveVisit(Where(family.key, family.visits[0].key)))
    window.pages.go(COVERAGE)
    page.open_smallest()
    assert window.session.journal.families[0].key == family.key
    assert page.refusal.text()


def test_the_models_hold(page: CoveragePage, window: MainWindow, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    page.look_at([SAMPLES / "rapporter"])
    settled(window, qtbot)
    choose(page, "values")
    for model in (page.areas, page.items, page.matrix):
        qtmodeltester.check(model)
    window.commands.choose_language(Language.ENGLISH)
    assert page.areas.rows[1].title == "Visit types"


def test_files_are_asked_for(
    page: CoveragePage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    page.folder.click()
    page.files.click()
    assert page.coverage is None
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(SAMPLES / "historier" / "ren.zip")], ""))
    page.files.click()
    settled(window, qtbot)
    assert not page.splitter.isHidden()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(SAMPLES / "rapporter"))
    page.folder.click()
    settled(window, qtbot)
    assert not page.splitter.isHidden()


def test_what_was_not_read_is_said(page: CoveragePage, window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "notater.md").write_text("Ring til skolen.\n", encoding="utf-8")
    page.look_at([SAMPLES / "historier" / "ren.zip", tmp_path])
    settled(window, qtbot)
    assert not page.splitter.isHidden()
    assert "notater.md" in page.verdict.more.text()
    (tmp_path / "andet.json").write_text('{"resourceType": "Basic"}', encoding="utf-8")
    page.look_at([tmp_path])
    settled(window, qtbot)
    assert page.splitter.isHidden()
    assert not page.nothing.isHidden()
    assert not page.verdict.isHidden()
    assert "andet.json" in page.verdict.more.text()


def test_that_an_export_was_not_wholly_read_is_said(page: CoveragePage, window: MainWindow, qtbot: QtBot) -> None:
    page.look_at([SAMPLES / "familie.xlsx"])
    settled(window, qtbot)
    whole = page.verdict.more.text()
    page.look_at([SAMPLES / "alle-fejl" / "fremmed.xlsx"])
    settled(window, qtbot)
    assert "\n" in page.verdict.more.text()
    assert "\n" not in whole


def test_while_it_is_counted_the_top_of_the_page_stays_where_it_is(
    page: CoveragePage, window: MainWindow, qtbot: QtBot
) -> None:
    before = page.folder.pos()
    page.look_at([SAMPLES / "historier" / "ren.zip"])
    QApplication.processEvents()
    assert page.verdict.is_waiting
    assert page.folder.pos() == before
    settled(window, qtbot)


def test_what_is_asked_for_and_not_used_is_told_from_what_is_not_asked_for(
    page: CoveragePage, window: MainWindow, qtbot: QtBot
) -> None:
    page.look_at([SAMPLES / "rapporter"])
    settled(window, qtbot)
    standard = window.session.standard
    row = 1 + [one.id for one in standard.observed].index("hearing")
    column = [one.id for one in standard.visit_types].index
    told = {
        type: (
            (cell := page.matrix.index(row, 1 + column(type))).data(),
            cell.data(Qt.ItemDataRole.AccessibleTextRole),
        )
        for type in ("school-leaving", "pregnancy")
    }
    assert told == {"school-leaving": ("–", "ikke brugt"), "pregnancy": ("", "ikke bedt om")}
    figures = [cell for cells in page.matrix.rows[1:] for cell in cells[1:]]
    assert page.areas.rows[0].total == len(figures) - figures.count(None) < len(figures)


def test_the_keyboard_goes_from_an_area_into_it_and_to_the_smallest_case(
    page: CoveragePage, window: MainWindow, qtbot: QtBot
) -> None:
    page.look_at([SAMPLES / "rapporter"])
    settled(window, qtbot)
    assert page.areas_view.hasFocus()
    choose(page, "visit-types")
    qtbot.keyClick(page.areas_view, Qt.Key.Key_Return)
    assert page.items_view.hasFocus()
    choose(page, MATRIX)
    page.areas_view.setFocus()
    qtbot.keyClick(page.areas_view, Qt.Key.Key_Return)
    assert page.matrix_view.hasFocus()
    standard = window.session.standard
    asked = next(one for one in page.all_items if one.area == "asked" and not one.count)
    assert asked.case is not None
    row = 1 + [one.id for one in standard.observed].index(asked.case.variable)
    column = 1 + [one.id for one in standard.visit_types].index(asked.case.visit_type)
    page.matrix_view.setCurrentIndex(page.matrix.index(row, 0))
    assert page.chosen_item is None
    page.matrix_view.setCurrentIndex(page.matrix.index(row, column))
    assert page.chosen_item == asked
    assert page.make.isEnabled()
    qtbot.keyClick(page.matrix_view, Qt.Key.Key_Return)
    settled(window, qtbot)
    (visit,) = window.session.journal.families[0].visits
    assert asked.case.variable in {one.variable.value for one in visit.observations}
