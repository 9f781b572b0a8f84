"""What is left of a visit is told as it is filled; it is measured only where the user agreed, and names no one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from ldbu_desktop.burden.measurements import MeasurementFile, Measurements
from ldbu_desktop.editing.operations import AnswerField
from ldbu_desktop.journal.where import Where
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.file_commands import FileCommands
from ldbu_desktop.ui.form import effort
from ldbu_desktop.ui.inspector.inspector import TIME
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pages import CHILDREN, DELIVERY
from tests.ui.form.hand import settled

CPR = "0505209996"


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> MeasurementFile:
    """Measurements of this test only."""
    file = MeasurementFile(tmp_path / "measured")
    monkeypatch.setattr(effort, "MeasurementFile", lambda: file)
    return file


def begun(window: MainWindow, qtbot: QtBot) -> tuple[ChildrenPage, str]:
    """A 2-months visit that is begun, and the child's key."""
    window.commands.files.opening.trial()
    qtbot.waitUntil(lambda: window.session.is_filled and window.session.findings is not None, timeout=20_000)
    settled(qtbot, window)
    window.pages.go(CHILDREN)
    page = window.pages.page(CHILDREN)
    assert isinstance(page, ChildrenPage)
    page.filling.begin_family()
    session = window.session
    [family] = session.journal.families
    child = next(citizen.key for citizen in family.citizens if citizen.is_child)
    session.edit(Where(family.key, "", child, "citizen.cpr"), CPR)
    page.filling.begin_visit("2-months", child)
    qtbot.waitUntil(lambda: bool(page.filling.form_page.form.order), timeout=20_000)
    settled(qtbot, window)
    return page, child


def answer(page: ChildrenPage, window: MainWindow, subject: str, variable: str, raw: str) -> None:
    """Answer a field of the visit."""
    [family] = window.session.journal.families
    window.session.do(AnswerField(Where(family.key, family.visits[0].key, variable=variable, subject=subject), raw))


def fill(page: ChildrenPage, window: MainWindow, child: str) -> None:
    """Answer two fields, each when it has the keyboard."""
    form = page.filling.form_page.form
    for variable, raw in (("weight", "5250"), ("height", "57,5")):
        field = next(one for one in form.order if one.at.field.variable == variable)
        page.filling.form_page.go_to(field)
        form.came.emit(field)
        answer(page, window, child, variable, raw)
        page.filling.effort.tell()


def test_what_is_left_gets_less_as_fields_are_filled(window: MainWindow, qtbot: QtBot, kept: MeasurementFile) -> None:
    page, child = begun(window, qtbot)
    page.inspector.show_view(TIME)
    assert page.inspector.reading is page.inspector.standing
    shown = page.inspector.standing
    qtbot.waitUntil(lambda: shown.standing is not None)
    before = shown.standing
    answer(page, window, child, "weight", "5250")
    qtbot.waitUntil(lambda: shown.standing != before)
    after = shown.standing
    assert before is not None
    assert after is not None
    assert after.left.typical < before.left.typical
    assert after.spent.typical > before.spent.typical
    assert after.left_fields == before.left_fields - 1
    assert shown.left.text()
    window.session.select(Where(window.session.journal.families[0].key))
    assert shown.standing is None
    assert shown.fields.isHidden()
    settled(qtbot, window)


@pytest.mark.parametrize("consent", [True, False])
def test_a_visit_is_measured_only_with_consent(
    window: MainWindow, qtbot: QtBot, kept: MeasurementFile, consent: bool
) -> None:
    kept.save(Measurements(consent=consent))
    page, child = begun(window, qtbot)
    fill(page, window, child)
    window.session.select(Where(window.session.journal.families[0].key))
    settled(qtbot, window)
    told = kept.path.read_text(encoding="utf-8")
    assert bool(kept.load().all_forms) is consent
    assert ("2-months" in told) is consent
    assert CPR not in told


def test_damaged_measurements_are_told(window: MainWindow, qtbot: QtBot, kept: MeasurementFile) -> None:
    kept.path.parent.mkdir()
    kept.path.write_text("{", encoding="utf-8")
    with qtbot.waitSignal(window.session.failed, timeout=20_000) as failed:
        begun(window, qtbot)
    assert failed.args[0].key == "measurements-unreadable"


def test_what_happens_out_of_sight_is_told_when_the_form_is_seen_again(
    window: MainWindow, qtbot: QtBot, kept: MeasurementFile
) -> None:
    page, child = begun(window, qtbot)
    shown = page.inspector.standing
    qtbot.waitUntil(lambda: shown.standing is not None)
    before = shown.standing
    window.pages.go(DELIVERY)
    answer(page, window, child, "weight", "5250")
    settled(qtbot, window)
    assert not page.isVisible()
    assert shown.standing == before
    window.pages.go(CHILDREN)
    qtbot.waitUntil(lambda: shown.standing != before)
    after = shown.standing
    assert before is not None
    assert after is not None
    assert after.left_fields == before.left_fields - 1
    settled(qtbot, window)


def test_nothing_is_estimated_in_a_window_that_was_closed(
    window: MainWindow, qtbot: QtBot, kept: MeasurementFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, _ = begun(window, qtbot)
    monkeypatch.setattr(FileCommands, "must_ask", False)
    assert window.close()
    window.session.judged.emit()
    running = [timer.objectName() for timer in page.filling.findChildren(QTimer) if timer.isActive()]
    assert running == []


def test_closing_a_case_ends_the_measurement_at_once(window: MainWindow, qtbot: QtBot, kept: MeasurementFile) -> None:
    kept.save(Measurements(consent=True))
    page, child = begun(window, qtbot)
    fill(page, window, child)
    window.session.close()
    assert "2-months" in kept.path.read_text(encoding="utf-8")
    assert page.inspector.standing.standing is None
    settled(qtbot, window)
