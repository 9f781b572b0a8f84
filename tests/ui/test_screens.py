"""The window's pages, by mouse and keyboard: what is shown follows what is done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenuBar, QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import Language
from ldbu_desktop.ui.children.page import NARROW, ChildrenPage
from ldbu_desktop.ui.children.tree_model import Shown
from ldbu_desktop.ui.children.values_model import VALUE
from ldbu_desktop.ui.delivery.page import DeliveryPage
from ldbu_desktop.ui.finder import Finder
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pages import CHILDREN, DELIVERY, PAGES, START
from ldbu_desktop.ui.start.page import StartPage
from ldbu_desktop.ui.theme import Look


def activate(window: MainWindow, qtbot: QtBot) -> None:
    """Give the window the keyboard; without a window manager it must be asked for and waited for."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def dialog(window: MainWindow, name: str) -> QWidget:
    """The dialog that is open."""
    return next(one for one in window.findChildren(QWidget, name) if one.isVisible())


def test_the_start_page_has_its_doors_and_recent_files(window: MainWindow, qtbot: QtBot, export: Path) -> None:
    start = window.pages.page(START)
    assert isinstance(start, StartPage)
    assert not start.forget.isVisible()
    window.settings.remember(export)
    window.pages.go(START)
    recent = window.findChild(QWidget, "recent-0")
    assert recent is not None
    with qtbot.waitSignal(window.session.judged, timeout=20_000):
        qtbot.mouseClick(recent, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.jobs.is_busy())
    assert window.session.is_open
    window.pages.go(START)
    start.forget.click()
    assert window.settings.recent == []


def test_files_that_are_dropped_are_opened(window: MainWindow, qtbot: QtBot, export: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(export))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDropEvent(QPointF(5, 5), copy, data, left, none, QEvent.Type.DragEnter)
    window.dragEnterEvent(enter)  # type: ignore[arg-type]
    assert enter.isAccepted()
    with qtbot.waitSignal(window.session.judged, timeout=20_000):
        window.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
    qtbot.waitUntil(lambda: not window.jobs.is_busy())
    assert "3 kontakter" in window.status.state.text()


def test_the_other_pages_are_prepared_while_one_looks_at_the_first(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(window.findChildren(QWidget, "page")) == len(PAGES), timeout=10_000)
    assert window.pages.currentWidget() is window.pages.page(START)


def test_selecting_in_any_pane_moves_the_others(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    session = opened.session
    assert page.middle.currentWidget() is page.overview
    tree = page.tree_pane.tree
    tree.setCurrentIndex(page.tree_pane.model.index_of(Where(session.family_of("K1").key, "K1")))  # type: ignore[union-attr]
    assert session.selection.visit == "K1"
    assert page.middle.currentWidget() is page.visit_page
    assert page.visit_page.heading.text() == "Barselsbesøg"
    weight = next(one for one in session.work.findings_at(Where(visit="K1")) if one.location.variable == "weight")
    causes = page.inspector
    causes.list.setCurrentIndex(causes.causes.index_of(weight))
    assert session.finding == weight
    values = page.visit_page.values
    assert values.currentIndex().siblingAtColumn(0).data() == "Vægt"
    assert session.words(weight).title in causes.explanation.toPlainText()
    assert session.words(weight).remedy in causes.explanation.toPlainText()
    row = next(row for row in range(values.values.rowCount()) if values.values.index(row, 0).data() == "Kontaktform")
    values.setCurrentIndex(values.values.cell(row, VALUE))
    assert session.selection.field == "visit.class"
    assert session.finding is None
    page.overview.table.activated.emit(page.overview.model.index(0, 0))


def test_f7_goes_round_the_findings(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    activate(opened, qtbot)
    seen = []
    assert opened.session.findings is not None
    for _ in range(opened.session.findings.count):
        qtbot.keyClick(opened, Qt.Key.Key_F7)
        seen.append(opened.session.finding)
    assert len({id(one) for one in seen}) == opened.session.findings.count
    qtbot.keyClick(opened, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert opened.session.finding == seen[-2 if len(seen) > 1 else -1]


def test_ctrl_enter_goes_to_the_next_visit_and_stops_at_the_last(
    opened: MainWindow, page: ChildrenPage, qtbot: QtBot
) -> None:
    activate(opened, qtbot)
    seen = []
    for _ in range(4):
        qtbot.keyClick(opened, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        seen.append(opened.session.selection.visit)
    assert seen == ["K1", "K2", "K3", "K3"]
    page.visit_page.previous.click()
    assert opened.session.selection.visit == "K2"


def test_typing_mends_a_value_and_goes_on(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    activate(opened, qtbot)
    session, values = opened.session, page.visit_page.values
    weight = next(one for one in session.work.findings_at(Where(visit="K1")) if one.location.variable == "weight")
    session.select_finding(weight)
    values.setFocus()
    qtbot.keyClick(values, Qt.Key.Key_Return)
    editor = values.findChild(QLineEdit, "valueEditor")
    assert editor is not None
    assert editor.selectedText() == "tre kilo"
    qtbot.keyClicks(editor, "3350")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert session.work.edit_count == 1
    assert weight not in session.work.findings_at(Where(visit="K1"))
    assert "Ingen fund" in page.visit_page.verdict.text.text() or session.work.findings_at(Where(visit="K1"))
    assert values.currentIndex().siblingAtColumn(0).data() != "Vægt"
    opened.actions_["undo"].trigger()
    assert session.work.edit_count == 0
    assert weight in session.work.findings_at(Where(visit="K1"))


@pytest.mark.parametrize(("key", "step"), [(Qt.Key.Key_Tab, 1), (Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, -1)])
def test_keys_leave_a_field_forward_and_back(
    opened: MainWindow, page: ChildrenPage, qtbot: QtBot, key: Qt.Key, step: int
) -> None:
    activate(opened, qtbot)
    session, values = opened.session, page.visit_page.values
    session.select(Where(visit="K1"))
    values.setFocus()
    values.setCurrentIndex(values.values.cell(3, VALUE))
    qtbot.keyClick(values, key)
    assert values.currentIndex().row() == 3 + step
    values.edit(values.currentIndex())
    editor = values.findChildren(QLineEdit, "valueEditor")[-1]
    qtbot.keyClick(editor, key)
    row = values.currentIndex().row()
    assert row == 3 + 2 * step or values.values.row(values.values.index(3 + 2 * step, 0)) is None
    assert session.work.edit_count == 0


def test_a_digit_chooses_an_answer(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    activate(opened, qtbot)
    session, values = opened.session, page.visit_page.values
    session.select(Where(visit="K2"))
    row = next(row for row in range(values.values.rowCount()) if values.values.index(row, 0).data() == "Søvn")
    values.setFocus()
    values.setCurrentIndex(values.values.cell(row, VALUE))
    choices = [choice.term for choice in values.values.choices(values.values.cell(row, VALUE))]
    values.edit(values.currentIndex())
    editor = values.findChildren(QLineEdit, "valueEditor")[-1]
    qtbot.keyClicks(editor, "2")
    assert editor.text() == choices[1]
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert values.values.cell(row, VALUE).data() == choices[1]


def test_f9_defines_the_field(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    activate(opened, qtbot)
    session = opened.session
    record = session.visit("K2").observations[0].key  # type: ignore[union-attr]
    session.select(Where("", "K2", record, "", "weight"))
    qtbot.keyClick(opened, Qt.Key.Key_F9)
    told = page.inspector.definition.toPlainText()
    variable = session.standard.variable["weight"]
    assert page.inspector.definition.isVisible()
    assert variable.label.da in told
    assert variable.explanation.da in told
    opened.commands.choose_language(Language.ENGLISH)
    assert variable.label.en in page.inspector.definition.toPlainText()
    for one in session.standard.variables:
        session.select(Where("", "K2", "", one.id, one.id))
        assert one.label.en in page.inspector.definition.toPlainText()
    for questionnaire in session.standard.questionnaires:
        session.select(Where("", "K2", "r", "none", questionnaire.id))
        assert questionnaire.label.en in page.inspector.definition.toPlainText()


def test_what_is_sent_marks_the_selected_field(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    session, preview = opened.session, page.inspector.preview
    page.inspector.show_view("preview")
    assert preview.stack.currentWidget() is preview.none
    record = session.visit("K2").observations[0].key  # type: ignore[union-attr]
    session.select(Where("", "K2", record, "", "weight"))
    qtbot.waitUntil(lambda: bool(preview.text.extraSelections()), timeout=10_000)
    assert json.loads(preview.text.toPlainText())["resourceType"] == "Bundle"
    opened.actions_["preview"].trigger()
    assert preview.isVisible()
    selections = preview.text.extraSelections()
    marked = selections[0].cursor.selectedText()
    assert "5250" in marked
    opened.commands.choose_look(Look.DARK)
    opened.commands.choose_look(Look.LIGHT)


def test_search_and_filter_by_keyboard(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    activate(opened, qtbot)
    qtbot.keyClick(opened, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.tree_pane.search.hasFocus()
    qtbot.keyClicks(page.tree_pane.search, "skole")
    qtbot.keyClick(page.tree_pane.search, Qt.Key.Key_Return)
    assert opened.session.selection.visit == "K3"
    page.tree_pane.search.setText("ingen")
    qtbot.waitUntil(page.tree_pane.none.isVisible)
    page.tree_pane.search.clear()
    qtbot.waitUntil(lambda: not page.tree_pane.none.isVisible())
    page.tree_pane.filter.choose(Shown.REJECTED)
    assert page.tree_pane.model.visit_keys() == ["K1"]


def test_f6_goes_round_the_panes(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    activate(opened, qtbot)
    page.tree_pane.tree.setFocus()
    seen = []
    for _ in range(4):
        qtbot.keyClick(opened, Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        seen.append(focused.objectName() if focused else "")
    assert seen == ["overviewTable", "causes", "explanation", "tree"]
    qtbot.keyClick(opened, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert page.inspector.explanation.hasFocus()


def test_a_narrow_window_shows_one_side_at_a_time(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    opened.resize(1360, 820)
    qtbot.waitUntil(page.tree_pane.isVisible)
    opened.resize(NARROW - 40, 700)
    qtbot.waitUntil(lambda: not page.tree_pane.isVisible())
    assert page.inspector.isVisible()
    opened.actions_["tree-pane"].trigger()
    assert page.tree_pane.isVisible()
    assert not page.inspector.isVisible()
    opened.actions_["explanation"].trigger()
    assert page.inspector.isVisible()
    opened.resize(1360, 820)
    qtbot.waitUntil(page.tree_pane.isVisible)
    opened.actions_["inspector"].trigger()
    assert not page.inspector.isVisible()


def test_the_finder_does_what_is_chosen(opened: MainWindow, qtbot: QtBot) -> None:
    opened.header.finder.click()
    finder = dialog(opened, "finder")
    assert isinstance(finder, Finder)
    qtbot.keyClicks(finder.line, "forebyggende")
    assert finder.model.rowCount() == 2
    qtbot.keyClick(finder, Qt.Key.Key_Down)
    qtbot.keyClick(finder, Qt.Key.Key_Up)
    qtbot.keyClick(finder, Qt.Key.Key_Down)
    qtbot.keyClick(finder.line, Qt.Key.Key_Return)
    assert opened.session.selection.visit == "K3"
    assert not finder.isVisible()


@pytest.mark.parametrize(("action", "name"), [("keys", "keySheet"), ("about", "about")])
def test_dialogs_open_and_close(opened: MainWindow, action: str, name: str) -> None:
    opened.actions_[action].trigger()
    shown = dialog(opened, name)
    shown.close()
    assert not shown.isVisible()


def test_language_and_colours_switch_while_all_is_open(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    opened.session.select(Where(visit="K1"))
    opened.header.language.click()
    assert opened.settings.language is Language.ENGLISH
    assert opened.actions_["english"].isChecked()
    assert page.visit_page.heading.text() == "Postnatal visit"
    assert opened.rail.buttons["children"].text() == "Children"
    assert opened.header.deliver.text() == "Deliver"
    opened.header.look.click()
    assert opened.settings.look is Look.DARK
    assert opened.actions_["look-dark"].isChecked()
    opened.actions_["look-light"].trigger()
    opened.actions_["look-system"].trigger()
    opened.actions_["danish"].trigger()
    assert page.visit_page.heading.text() == "Barselsbesøg"
    opened.actions_["look-light"].trigger()


def test_delivery_writes_what_is_ready_and_tells_the_rest(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    opened.actions_["deliver"].trigger()
    page = opened.pages.page(DELIVERY)
    assert isinstance(page, DeliveryPage)
    assert page.model.rowCount() == 1
    page.deliver.click()
    assert "mappe" in page.sent.text.text()
    folder = tmp_path / "out"
    page.options.folder_line.setText(str(folder))
    page.deliver.click()
    qtbot.waitUntil(page.open_folder.isVisible, timeout=20_000)
    assert len(list(folder.glob("*.json"))) == 3
    assert (folder / "kvittering.json").is_file()
    assert "2 kontakter" in page.sent.text.text()
    page.left.activated.emit(page.model.index(0, 0))
    assert opened.pages.currentWidget() is opened.pages.page(CHILDREN)
    assert opened.session.selection.visit == "K1"
    qtbot.waitUntil(lambda: not opened.jobs.is_busy())


def test_delivery_to_where_nothing_can_be_written_is_told(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    taken = tmp_path / "a file"
    taken.write_text("x", encoding="utf-8")
    opened.pages.go(DELIVERY)
    page = opened.pages.page(DELIVERY)
    assert isinstance(page, DeliveryPage)
    page.options.folder_line.setText(str(taken))
    with qtbot.waitSignal(opened.session.failed, timeout=10_000) as failed:
        page.start()
    assert failed.args[0].key.startswith("output-")
    assert opened.message.isVisible()


def test_progress_is_shown_and_can_be_cancelled(window: MainWindow, qtbot: QtBot, export: Path) -> None:
    import threading

    from ldbu_desktop.work import Cancellation, Progress, Step

    go = threading.Event()

    def work(progress: Progress, cancellation: Cancellation) -> None:
        progress(Step(1000, 4000, "row"))
        go.wait(10)
        cancellation.check()

    job = window.jobs.start("open", lambda: "Læser", work, lambda _: None, lambda _: None)
    job.started -= 10
    qtbot.waitUntil(lambda: "1.000 af 4.000 rækker" in window.status.job.text())
    qtbot.waitUntil(lambda: window.status.bar.value() == 250)
    qtbot.waitUntil(lambda: "tilbage" in window.status.job.text())
    window.status.cancel.click()
    assert job.cancellation.is_asked
    assert not window.status.bar.isVisible()
    go.set()
    qtbot.waitUntil(lambda: not window.jobs.is_busy())
    assert not window.session.is_open


def test_every_control_has_a_name_for_people_and_for_scripts(opened: MainWindow, page: ChildrenPage) -> None:
    opened.pages.page(DELIVERY)
    opened.session.select(Where(visit="K1"))
    opened.actions_["keys"].trigger()
    opened.actions_["about"].trigger()
    unnamed, unspoken = [], []
    for widget in opened.findChildren(QWidget):
        is_inner = widget.objectName().startswith("qt_") or type(widget).__name__ in ("QWidget", "QFrame", "QSizeGrip")
        if is_inner and widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        inside = type(widget.parent()).__name__
        if type(widget).__name__ in ("QToolButton", "QMenu") and isinstance(widget.parent(), QLineEdit | QMenuBar):
            continue
        if type(widget).__name__ in ("QScrollBar", "QSplitterHandle", "QLineEditIconButton", "QStackedWidget"):
            continue
        if not widget.objectName():
            unnamed.append(f"{type(widget).__name__} in {inside} {widget.parent().objectName()}")
        can_be_used = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not isinstance(widget, QLabel)
        if can_be_used and not (widget.accessibleName() or getattr(widget, "text", str)()):
            unspoken.append(f"{type(widget).__name__} {widget.objectName()} in {widget.parent().objectName()}")
    assert "\n".join(unnamed) == ""
    assert "\n".join(unspoken) == ""
