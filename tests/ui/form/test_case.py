"""Case files in the window: made, opened again, undone across days, delivered once, and what goes wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ldbu_desktop.casefile import remembered_keys
from ldbu_desktop.casefile.key import CaseKey
from ldbu_desktop.editing.operations import AnswerField
from ldbu_desktop.faults import OutputFault
from ldbu_desktop.journal.model import Visit
from ldbu_desktop.journal.where import Where
from ldbu_desktop.ui.children.growth_page import GrowthPage
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.delivery.page import DeliveryPage
from ldbu_desktop.ui.form.case_dialog import NEW, OPEN, CaseDialog
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.use_cases import cases
from ldbu_desktop.workspace.deliveries import Awaiting
from tests.ui.form.hand import PASSPHRASE, delivered, settled, waiting


def weight_in(window: MainWindow) -> str:
    """The weight that the journal has; nothing where it has none."""
    visit = window.session.journal.families[0].visits[0]
    return next((str(one.value.value) for one in visit.observations), "")


def test_what_is_filled_is_there_again_and_can_be_undone_later(
    window: MainWindow, qtbot: QtBot, case: Where, case_path: Path
) -> None:
    session = window.session
    assert session.autosave.saved_at is not None
    assert window.status.edits.text().startswith("gemt")
    session.close()
    assert not session.is_filled
    window.commands.files.opening.case(case_path, PASSPHRASE)
    waiting(window, qtbot)
    assert weight_in(window) == "5250"
    assert session.can_undo
    session.undo()
    assert weight_in(window) == ""
    assert session.can_redo
    session.redo()
    assert weight_in(window) == "5250"
    assert session.selection.variable == "weight"
    while session.can_undo:
        session.undo()
    assert session.journal.families == ()
    session.close()


def test_only_what_is_new_is_delivered_again(window: MainWindow, qtbot: QtBot, case: Where, tmp_path: Path) -> None:
    session = window.session

    assert not session.work.has_delivered
    assert delivered(window, qtbot, tmp_path / "a", only_new=True) == 1
    assert session.work.has_delivered
    assert delivered(window, qtbot, tmp_path / "b", only_new=True) == 0
    session.do(AnswerField(case, "5300"))
    assert delivered(window, qtbot, tmp_path / "c", only_new=True) == 1
    assert delivered(window, qtbot, tmp_path / "d", only_new=False) == 1
    window.pages.go("delivery")
    page = window.pages.page("delivery")
    assert page.options.only_new.isVisible()  # type: ignore[attr-defined]
    assert page.options.only_new.isChecked()  # type: ignore[attr-defined]
    session.close()


def test_what_was_delivered_is_corrected_and_never_just_gone(
    window: MainWindow, qtbot: QtBot, case: Where, tmp_path: Path
) -> None:
    session = window.session
    delivered(window, qtbot, tmp_path / "first")
    session.do(AnswerField(case, ""))
    [weight] = [one for one in visit_of(window).observations if one.variable.value == "weight"]
    assert weight.status.value == "entered-in-error"
    session.select(Where(visit=case.visit))
    window.actions_["remove-visit"].trigger()
    waiting(window, qtbot)
    assert visit_of(window).status.value == "entered-in-error"
    session.undo()
    waiting(window, qtbot)
    assert visit_of(window).status.value != "entered-in-error"


def test_a_visit_that_nobody_received_is_removed_and_brought_back(
    window: MainWindow, qtbot: QtBot, case: Where
) -> None:
    session = window.session
    session.select(Where(visit=case.visit))
    window.actions_["remove-visit"].trigger()
    waiting(window, qtbot)
    assert session.journal.visit_count == 0
    assert session.selection == Where(case.family)
    session.undo()
    waiting(window, qtbot)
    assert session.journal.visit_count == 1


def visit_of(window: MainWindow) -> Visit:
    """The only visit of the case."""
    [visit] = [visit for family in window.session.journal.families for visit in family.visits]
    return visit


def test_an_export_is_saved_as_a_case_and_mended_in_the_form(opened: MainWindow, qtbot: QtBot, case_path: Path) -> None:
    opened.session.select(Where(visit="K1"))
    page = opened.pages.page("children")
    assert isinstance(page, ChildrenPage)
    assert page.middle.currentWidget() is page.visit_page
    before = opened.session.findings.counts  # type: ignore[union-attr]
    dialog = CaseDialog(
        opened.session, opened.commands.files.opening, opened.settings, opened, NEW, case_path, saves_open=True
    )
    dialog.open()
    dialog.passphrase.setText(PASSPHRASE)
    dialog.again.setText(PASSPHRASE)
    dialog.go.click()
    qtbot.waitUntil(lambda: opened.session.is_filled, timeout=20_000)
    waiting(opened, qtbot)
    assert opened.session.selection.visit == "K1"
    assert page.middle.currentWidget() is page.filling
    assert opened.session.findings.counts == before  # type: ignore[union-attr]
    assert opened.settings.recent[0].name == case_path.name
    opened.session.select(Where())
    family_page = page.filling.family_page
    assert family_page.none.isVisible()
    assert family_page.none.heading.text() == "Ingen familie er valgt"
    assert family_page.heading.text() == ""
    opened.session.close()


@pytest.mark.parametrize(
    ("mode", "has_path", "how", "said"),
    [
        (NEW, False, {}, "Udfyld en kontakt"),
        (OPEN, False, {}, "Udfyld en kontakt"),
        (OPEN, True, {}, "Åbn en sagsfil"),
        (OPEN, True, {"is_locked": True}, "Sagsfilen er låst"),
        (NEW, True, {"saves_open": True}, "Gem som sagsfil"),
    ],
)
def test_the_dialog_is_called_what_it_is_for(
    window: MainWindow, case_path: Path, mode: str, has_path: bool, how: dict[str, bool], said: str
) -> None:
    opening, path = window.commands.files.opening, case_path if has_path else None
    dialog = CaseDialog(window.session, opening, window.settings, window, mode, path, **how)
    heading = dialog.findChild(QLabel, "caseHeading")
    assert heading is not None
    assert (dialog.windowTitle(), dialog.accessibleName(), heading.text()) == (said, said, said)
    dialog.reject()


def test_a_name_is_proposed_that_no_case_file_has(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(tmp_path))
    for name in ("sag.ldbu", "sag-2.ldbu"):
        dialog = CaseDialog(window.session, window.commands.files.opening, window.settings, window)
        dialog.open()
        assert dialog.path == tmp_path / name
        assert dialog.path_line.selectedText() == str(tmp_path / name)
        dialog.mode.choose(OPEN)
        assert dialog.path is None
        dialog.mode.choose(NEW)
        assert dialog.path == tmp_path / name
        dialog.reject()
        (tmp_path / name).touch()


def test_the_dialog_says_what_is_wrong(window: MainWindow, qtbot: QtBot, case_path: Path, tmp_path: Path) -> None:
    dialog = CaseDialog(window.session, window.commands.files.opening, window.settings, window)
    dialog.open()
    dialog.path_line.clear()
    dialog.go.click()
    assert dialog.path is None
    told = {dialog.told.text()}
    dialog.path_line.setText(str(tmp_path / "050520-9996"))
    dialog.go.click()
    told.add(dialog.told.text())
    dialog.path_line.setText(str(case_path.with_suffix("")))
    assert dialog.path == case_path
    dialog.passphrase.setText("kort")
    dialog.go.click()
    told.add(dialog.told.text())
    dialog.passphrase.setText(PASSPHRASE)
    dialog.again.setText("noget andet")
    dialog.go.click()
    told.add(dialog.told.text())
    assert len(told) == 4
    dialog.reveal.setChecked(True)
    assert dialog.passphrase.echoMode() is dialog.passphrase.EchoMode.Normal
    dialog.mode.choose(OPEN)
    dialog.go.click()
    qtbot.waitUntil(lambda: not window.jobs.is_busy() and dialog.go.isEnabled(), timeout=20_000)
    assert dialog.told.text() not in told
    assert not window.session.is_filled
    dialog.try_out.click()
    assert window.session.is_filled
    assert window.session.path is None
    assert window.status.edits.text() == "gemmes ikke"
    waiting(window, qtbot)


def test_a_wrong_passphrase_is_told_in_the_dialog(
    window: MainWindow, qtbot: QtBot, case: Where, case_path: Path
) -> None:
    window.session.close()
    window.open([case_path])
    qtbot.waitUntil(lambda: window.findChild(CaseDialog) is not None, timeout=20_000)
    dialog = window.findChild(CaseDialog)
    assert dialog is not None
    dialog.passphrase.setText("en helt anden")
    dialog.go.click()
    qtbot.waitUntil(lambda: not window.jobs.is_busy() and dialog.go.isEnabled(), timeout=20_000)
    assert not window.session.is_filled
    assert dialog.isVisible()
    dialog.passphrase.setText(PASSPHRASE)
    dialog.go.click()
    waiting(window, qtbot)
    assert weight_in(window) == "5250"
    window.session.close()


def test_a_file_that_has_gone_is_told_and_nothing_is_lost(
    window: MainWindow, qtbot: QtBot, case: Where, case_path: Path
) -> None:
    case_path.unlink()
    with qtbot.waitSignal(window.session.failed, timeout=10_000) as failed:
        window.session.do(AnswerField(case, "5400"))
    assert failed.args[0].key == "case-file-gone"
    assert weight_in(window) == "5400"
    window.session.close()


def growth_shown(window: MainWindow, qtbot: QtBot) -> GrowthPage:
    """The growth of the selected child, which is built when it is first asked for."""
    window.actions_["growth"].trigger()
    page = window.pages.page("children")
    assert isinstance(page, ChildrenPage)
    qtbot.waitUntil(lambda: isinstance(page.middle.currentWidget(), GrowthPage))
    assert page.growth is not None
    return page.growth


def test_the_child_grows_in_the_middle(window: MainWindow, qtbot: QtBot, case: Where) -> None:
    growth = growth_shown(window, qtbot)
    page = window.pages.page("children")
    assert isinstance(page, ChildrenPage)
    qtbot.waitUntil(lambda: growth.pane.growth is not None)
    qtbot.keyClick(growth, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert page.middle.currentWidget() is page.filling
    settled(qtbot, window)
    window.session.close()


def test_a_key_that_is_remembered_is_not_asked_for(
    window: MainWindow, qtbot: QtBot, case: Where, case_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[str, CaseKey] = {}
    monkeypatch.setattr(remembered_keys, "remember", lambda key: kept.update({key.salt.hex(): key}))
    monkeypatch.setattr(remembered_keys, "remembered", lambda salt: kept.get(salt.hex()))
    window.session.close()
    window.commands.files.opening.case(case_path, PASSPHRASE, is_remembered=True)
    qtbot.waitUntil(lambda: bool(kept), timeout=20_000)
    waiting(window, qtbot)
    window.session.close()
    window.open([case_path])
    qtbot.waitUntil(lambda: window.session.is_filled, timeout=20_000)
    waiting(window, qtbot)
    assert window.findChild(CaseDialog) is None
    assert weight_in(window) == "5250"


def test_a_key_that_can_not_be_remembered_is_told_and_the_case_is_open(
    window: MainWindow, qtbot: QtBot, case: Where, case_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_key: object) -> None:
        raise OutputFault("case-keyring-refused")

    monkeypatch.setattr(remembered_keys, "remember", refused)
    window.session.close()
    with qtbot.waitSignal(window.session.failed, timeout=20_000) as failed:
        window.commands.files.opening.case(case_path, PASSPHRASE, is_remembered=True)
    waiting(window, qtbot)
    assert failed.args[0].key == "case-keyring-refused"
    assert window.session.is_filled


def test_remembering_is_offered_only_where_there_is_a_place_for_it(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("", "Seahorse"):
        monkeypatch.setattr(cases, "place_for_keys", lambda place=place: place)
        dialog = CaseDialog(window.session, window.commands.files.opening, window.settings, window)
        dialog.show()
        settled(qtbot, window)
        assert dialog.remember.isVisible() is bool(place)
        dialog.reject()


def test_a_child_born_early_stays_so_in_the_case_file(
    window: MainWindow, qtbot: QtBot, case: Where, case_path: Path
) -> None:
    pane = growth_shown(window, qtbot).pane
    settled(qtbot, window)
    line = pane.gestation
    for _ in range(2):
        line.setText("31+4")
        line.editingFinished.emit()
        settled(qtbot, window)
    growth = pane.growth
    assert growth is not None
    assert str(growth.gestation) == "31+4"
    window.session.undo()
    settled(qtbot, window)
    assert line.text() == ""
    window.session.redo()
    window.session.close()
    window.commands.files.opening.case(case_path, PASSPHRASE)
    waiting(window, qtbot)
    child = next(one for one in window.session.journal.families[0].citizens if one.is_child)
    assert child.gestation.value == "31+4"
    window.session.close()


def test_what_is_saved_comes_into_the_file_itself_in_a_pause(
    window: MainWindow, qtbot: QtBot, case: Where, case_path: Path
) -> None:
    saving, log = window.session.autosave, case_path.with_name(case_path.name + "-wal")
    idle = saving.findChild(QTimer, "puttingAway")
    assert idle is not None
    assert log.stat().st_size
    idle.start(0)
    qtbot.waitUntil(lambda: not log.stat().st_size and not window.jobs.is_busy("put-away"), timeout=10_000)
    window.session.do(AnswerField(case, "5300"))
    saving.settle()
    assert idle.isActive()
    window.session.close()
    assert not idle.isActive()
    idle.timeout.emit()
    assert not window.jobs.is_busy("put-away")


def test_what_awaits_delivery_is_told_before_it_is_delivered(
    window: MainWindow, qtbot: QtBot, case: Where, tmp_path: Path
) -> None:
    session = window.session
    window.pages.go("delivery")
    page = window.pages.page("delivery")
    assert isinstance(page, DeliveryPage)

    def told() -> str:
        page.options.changed.emit()
        settled(qtbot, window)
        return page.sent.text.text() + page.sent.more.text()

    first = told()
    assert page.none.text.text() == "Alt, der skal skrives, er klar."
    assert page.awaiting == Awaiting(frozenset({case.visit}), frozenset(), frozenset())
    assert delivered(window, qtbot, tmp_path / "a") == 1
    page.options.only_new.setChecked(True)
    assert told() != first
    assert page.awaiting == Awaiting(frozenset(), frozenset(), frozenset(), frozenset({case.visit}))
    session.do(AnswerField(case._replace(variable="", field="visit.status", subject=""), "in-progress"))
    assert told()
    assert page.awaiting == Awaiting(frozenset(), frozenset(), frozenset({case.visit}))
    session.do(AnswerField(case, "zzz"))
    session.do(AnswerField(case._replace(variable="", field="visit.status", subject=""), ""))
    assert told()
    assert page.awaiting == Awaiting(frozenset(), frozenset({case.visit}), frozenset())
    assert page.model.rowCount() == 1
    session.close()
