"""Every page and dialog as a room sees it, on pictures of three sizes: nothing is cut, hidden, or lies over another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import Language
from ldbu_desktop.ui.burden.page import BurdenPage
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.coverage.page import CoveragePage
from ldbu_desktop.ui.delivery.page import DeliveryPage
from ldbu_desktop.ui.form.case_dialog import NEW, OPEN, CaseDialog
from ldbu_desktop.ui.history.page import HistoryPage
from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.mapping.page import MappingPage
from ldbu_desktop.ui.pages import (
    BURDEN,
    CHILDREN,
    COVERAGE,
    DELIVERY,
    HISTORY,
    MAPPING,
    PAGES,
    PRACTICE,
    REPORTS,
)
from ldbu_desktop.ui.practice.page import PracticePage
from ldbu_desktop.ui.practice.practice import Way
from ldbu_desktop.ui.projector import LETTER, LINES, Projector
from ldbu_desktop.ui.reports.page import ReportsPage
from ldbu_desktop.ui.theme import enlarge
from tests.profiles import IS_QUICK
from tests.ui.form.hand import child_of, cpr_of_age, filling_of, name_people
from tests.ui.hand import activate
from tests.ui.legible import illegible
from tests.ui.mapping.made import foreign
from tests.ui.practice.test_faults import hunted
from tests.ui.practice.test_page import begun, handed_over
from tests.ui.reports.checked_reports import broken_type, check_and_wait, sample

PICTURES = [(1024, 768)] if IS_QUICK else [(1024, 768), (1280, 720), (1920, 1080)]
"""The picture that has least room, and the others: each is a walk of some seconds through all of the window."""


@pytest.fixture(autouse=True)
def near_again() -> Iterator[None]:
    """What comes after a test that fails is of the usual size."""
    yield
    enlarge(1)


def settle(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until nothing is worked on, and everything stands where it is to stand."""
    qtbot.waitUntil(lambda: not window.jobs.is_busy(), timeout=20_000)
    for _ in range(5):
        QApplication.processEvents()


def exercises(window: MainWindow, qtbot: QtBot, folder: Path) -> Iterator[str]:
    """The page of exercises in all its states."""
    page = window.pages.page(PRACTICE)
    assert isinstance(page, PracticePage)
    window.pages.go(PRACTICE)
    yield "choice"
    begun(page, qtbot, Way.SHOW, "to-maaneder-epds")
    page.practice.step(1)
    yield "shown"
    page.leave()
    begun(page, qtbot, Way.ALONE)
    yield "alone"
    page.work.finish.click()
    yield "answers"
    page.leave()
    with qtbot.waitSignal(page.practice.session.judged, timeout=20_000):
        page.choice.write.click()
    page.work.finish.click()
    yield "own case"
    page.work.author.view.choose("key")
    yield "own case's key"
    page.leave()
    if window.session.current_family is not None:
        page.write_from(window.session)
        yield "own case from a family"
        page.family.back.click()
    page.show_faults()
    yield "kinds of faults"
    hunted(page, qtbot, "unit-slip", "weight-drop")
    yield "export with faults"
    page.work.finish.click()
    yield "faults"
    page.leave()
    page.faults.back.click()
    page.show_room()
    yield "no results"
    (folder / "damaged.ldbusvar").write_bytes(b"{")
    answers = handed_over(folder, ["Ammes primært"] * 3 + ["Fuldamning, inklusiv modermælk på flaske"])
    page.room.add_up([*answers, folder / "damaged.ldbusvar"])
    yield "room"
    page.room.back.click()


def filled_pages(window: MainWindow, qtbot: QtBot, folder: Path) -> Iterator[str]:
    """Pages with something in them."""
    children = window.pages.page(CHILDREN)
    assert isinstance(children, ChildrenPage)
    window.session.select(Where(window.session.journal.families[0].key))
    yield "family"
    window.session.select(Where(visit=window.session.journal.families[0].visits[0].key))
    yield "visit"
    burden = window.pages.page(BURDEN)
    assert isinstance(burden, BurdenPage)
    window.pages.go(BURDEN)
    burden.desk.choose(["2-months"])
    for view in ("compare", "edit", "data", "measured"):
        burden.view.choose(view)
        yield f"burden {view}"
    history = window.pages.page(HISTORY)
    assert isinstance(history, HistoryPage)
    window.pages.go(HISTORY)
    history.look_at([resource("samples") / "historier" / "history-dependent-left.zip"])
    yield "history"
    coverage = window.pages.page(COVERAGE)
    assert isinstance(coverage, CoveragePage)
    window.pages.go(COVERAGE)
    coverage.look_at([resource("samples") / "historier" / "ren.zip"])
    yield "coverage"
    delivery = window.pages.page(DELIVERY)
    assert isinstance(delivery, DeliveryPage)
    window.pages.go(DELIVERY)
    delivery.options.folder_line.setText(str(folder))
    delivery.start()
    yield "receipt"


def columns_and_reports(window: MainWindow, qtbot: QtBot, folder: Path) -> Iterator[str]:
    """The columns of an export that nobody knows, and reports that are checked."""
    mapping = window.pages.page(MAPPING)
    assert isinstance(mapping, MappingPage)
    window.pages.go(MAPPING)
    mapping.desk.show([], foreign())
    yield "columns"
    reports = window.pages.page(REPORTS)
    assert isinstance(reports, ReportsPage)
    window.pages.go(REPORTS)
    settle(window, qtbot)
    (folder / "a.json").write_text(json.dumps(broken_type(sample("maternity")), indent=1), encoding="utf-8")
    (folder / "b.json").write_text(json.dumps(sample("pregnancy")), encoding="utf-8")
    check_and_wait(reports, qtbot, folder)
    assert reports.findings.list.isVisible()
    yield "reports"
    reports.findings.list.setCurrentIndex(reports.findings.list.model().index(0, 0))
    yield "a finding in a report"


def filled_case(window: MainWindow, qtbot: QtBot) -> Iterator[str]:
    """A family that is filled, and a visit to it."""
    window.commands.files.opening.trial()
    qtbot.waitUntil(lambda: window.session.findings is not None, timeout=20_000)
    window.pages.go(CHILDREN)
    filling = filling_of(window)
    filling.begin_family()
    settle(window, qtbot)
    name_people(window, cpr_of_age(60))
    yield "filled family"
    filling.begin_visit("2-months", child_of(window))
    qtbot.waitUntil(lambda: filling.currentWidget() is filling.form_page and filling.form_page.field is not None)
    yield "filled form"
    form = filling.form_page.form
    filling.form_page.go_to([field for field in form.order if field.row.isVisible()][-1])
    yield "the end of a form"


@pytest.mark.parametrize("size", PICTURES, ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("language", [Language.DANISH] if IS_QUICK else Language)
def test_nothing_is_cut_where_something_is_filled_or_read(
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
    language: Language,
) -> None:
    monkeypatch.setattr(Projector, "picture", property(lambda _projector: QRect(0, 0, *size)))
    activate(window, qtbot)
    window.commands.choose_language(language)
    window.actions_["projector"].trigger()
    over = (window.projector.halo, window.projector.key)
    found: dict[str, list[str]] = {}
    (tmp_path / "rapporter").mkdir()
    for states in (columns_and_reports(window, qtbot, tmp_path / "rapporter"), filled_case(window, qtbot)):
        for state in states:
            settle(window, qtbot)
            if wrong := illegible(window, *filter(None, over)):
                found[state] = wrong
    for mode in (NEW, OPEN):
        dialog = CaseDialog(window.session, window.commands.files.opening, window.settings, window, mode)
        dialog.show()
        settle(window, qtbot)
        if wrong := illegible(dialog):
            found[f"case dialog {mode}"] = wrong
        assert dialog.width() <= size[0]
        assert dialog.height() <= size[1]
        dialog.close()
    window.actions_["projector"].trigger()
    assert found == {}


@pytest.mark.parametrize("size", PICTURES, ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("language", [Language.DANISH] if IS_QUICK else Language)
def test_nothing_is_cut(
    opened: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
    language: Language,
) -> None:
    window = opened
    monkeypatch.setattr(Projector, "picture", property(lambda _projector: QRect(0, 0, *size)))
    activate(window, qtbot)
    window.commands.choose_language(language)
    window.actions_["projector"].trigger()
    assert window.size().toTuple() == size
    over = (window.projector.halo, window.projector.key)
    found: dict[str, list[str]] = {}

    def look(whole: QWidget, where: str) -> None:
        settle(window, qtbot)
        wrong = illegible(whole, *filter(None, over))
        if wrong:
            found[where] = wrong

    for page in PAGES:
        window.pages.go(page.id)
        look(window, page.id)
    (tmp_path / "ud").mkdir()
    for states in (filled_pages(window, qtbot, tmp_path / "ud"), exercises(window, qtbot, tmp_path)):
        for state in states:
            look(window, state)
    for action in ("keys", "manual", "glossary", "commands", "about"):
        window.actions_[action].trigger()
        dialog = next(one for one in window.findChildren(QDialog) if one.isVisible())
        look(dialog, action)
        assert dialog.width() <= size[0]
        assert dialog.height() <= size[1]
        dialog.close()
    window.actions_["projector"].trigger()
    assert found == {}


def test_icons_grow_with_the_text(opened: MainWindow, qtbot: QtBot) -> None:
    window = opened
    activate(window, qtbot)
    page = window.pages.page(PRACTICE)
    assert isinstance(page, PracticePage)
    window.pages.go(PRACTICE)
    near = pixmap("print").width()
    near_of_button = page.choice.print.iconSize().width()
    near_of_table = page.choice.table.iconSize().width()
    window.actions_["projector"].trigger()
    letters = LETTER * window.projector.picture.height() / LINES
    assert pixmap("print").width() >= letters
    assert page.choice.print.iconSize().width() == pixmap("print").width()
    assert page.choice.table.iconSize().width() > near_of_table
    window.actions_["projector"].trigger()
    assert pixmap("print").width() == near
    assert page.choice.print.iconSize().width() == near_of_button


def ink_of(part: QLabel, within: QWidget) -> int:
    """How many lines of the picture of a label have ink where it says a capital."""
    part.setText("H")
    QApplication.processEvents()
    place = QRect(part.mapTo(within, QPoint(0, 0)), part.size())
    picture = within.grab(place).toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = [
        line
        for line in range(picture.height())
        if any(picture.pixelColor(at, line).lightness() < 128 for at in range(picture.width()))
    ]
    return rows[-1] - rows[0] + 1


@pytest.mark.parametrize("size", PICTURES, ids=lambda size: "x".join(map(str, size)))
def test_letters_in_the_picture_can_be_read_from_the_last_row(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setattr(Projector, "picture", property(lambda _projector: QRect(0, 0, *size)))
    activate(window, qtbot)
    page = window.pages.page(PRACTICE)
    assert isinstance(page, PracticePage)
    window.pages.go(PRACTICE)
    page.show_room()
    window.actions_["projector"].trigger()
    settle(window, qtbot)
    least = LETTER * size[1] / LINES - 1
    labels = [
        part for part in page.room.findChildren(QLabel) if part.isVisible() and part.text() and part.pixmap().isNull()
    ]
    assert len(labels) >= 3
    assert [part.objectName() for part in labels if ink_of(part, page.room) < least] == []
    window.actions_["projector"].trigger()


def test_the_field_that_is_current_is_in_sight(window: MainWindow, qtbot: QtBot) -> None:
    activate(window, qtbot)
    page = window.pages.page(PRACTICE)
    assert isinstance(page, PracticePage)
    window.pages.go(PRACTICE)
    begun(page, qtbot, Way.ALONE, "to-maaneder-epds")
    form = page.work.form.filling.form_page
    last = [field for field in form.form.order if field.row.isVisible()][-1]
    form.go_to(last)
    focus = QApplication.focusWidget()
    assert focus is not None
    for _ in range(2):
        window.actions_["projector"].trigger()
        settle(window, qtbot)
        assert QApplication.focusWidget() is focus
        seen = focus.visibleRegion().boundingRect()
        assert seen.width() * seen.height() > focus.width() * focus.height() // 2
