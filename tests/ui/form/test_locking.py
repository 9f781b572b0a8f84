"""A window that was left: after a while it shows nothing of the families, and asks for the passphrase."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from ldbu_desktop.faults import FileFault
from ldbu_desktop.journal.where import Where
from ldbu_desktop.ui.form.case_dialog import CaseDialog
from ldbu_desktop.ui.idle_lock import IdleLock
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.settings import Settings
from ldbu_desktop.use_cases.cases import try_out
from tests.ui.form.hand import PASSPHRASE, waiting


def shown(window: MainWindow) -> str:
    """All texts that the window and its dialogs show."""
    parts = [window.windowTitle()]
    for label in window.findChildren(QLabel):
        parts += [label.text()] if label.isVisible() else []
    for line in window.findChildren(QLineEdit):
        parts += [line.text()] if line.isVisible() else []
    return "\n".join(parts)


def test_a_locked_window_shows_nothing_and_asks(window: MainWindow, qtbot: QtBot, case: Where, case_path: Path) -> None:
    session = window.session
    before, seen = session.journal, session.selection
    other = QDialog(window)
    other.open()
    window.commands.files.lock()
    assert not session.is_open
    assert not other.isVisible()
    dialog = window.findChild(CaseDialog)
    assert dialog is not None
    assert dialog.path == case_path
    assert dialog.passphrase.text() == ""
    qtbot.waitUntil(lambda: window.pages.page("start").isVisible())
    assert "5250" not in shown(window)
    dialog.passphrase.setText(PASSPHRASE)
    dialog.go.click()
    waiting(window, qtbot)
    assert session.journal == before
    assert session.selection.visit == seen.visit
    session.close()


def test_what_can_not_be_saved_is_not_locked_away(
    window: MainWindow, case: Where, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = window.session.work.file
    assert file is not None
    with monkeypatch.context() as broken:
        broken.setattr(type(file), "is_saved", property(lambda _file: False))
        window.commands.files.lock()
        assert window.session.is_open
    window.session.close()
    window.commands.files.lock()
    assert window.findChild(CaseDialog) is None


def test_it_locks_by_itself_when_nobody_is_there(qtbot: QtBot, qapp: QApplication) -> None:
    locked: list[int] = []
    lock = IdleLock(lambda: locked.append(1), 0, qapp)
    assert lock.remaining == -1
    lock.wait_for(5)
    first = lock.remaining
    assert 0 < first <= 6 * 60_000  # a coarse timer may be a little late
    QApplication.sendEvent(qapp, QEvent(QEvent.Type.User))
    lock.eventFilter(qapp, QKeyEvent(QEvent.Type.KeyPress, 0, QApplication.keyboardModifiers()))
    assert lock.remaining > 0
    lock.wait_for(0)
    assert lock.remaining == -1
    assert locked == []
    lock.deleteLater()


def test_the_time_is_chosen_and_off_at_first(tmp_path: Path, window: MainWindow) -> None:
    settings = Settings(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
    assert settings.lock_after == 0
    settings.lock_after = 15
    assert settings.lock_after == 15
    for odd in ("-7", "7", "9" * 5000, "²"):
        store = QSettings(str(tmp_path / "t.ini"), QSettings.Format.IniFormat)
        store.setValue("lockAfter", odd)
        assert Settings(store).lock_after == 0
    window.commands.files.lock_after(5)
    assert window.commands.files.idle_lock.remaining > 0
    window.commands.files.lock_after(0)
    assert window.commands.files.idle_lock.remaining == -1


# --- what the dialog tells of a passphrase, and of a damaged file


def test_a_new_passphrase_is_weighed_as_it_is_typed(window: MainWindow, qtbot: QtBot) -> None:
    window.commands.files.ask_case()
    dialog = window.findChild(CaseDialog)
    assert dialog is not None
    told: list[str] = []
    for typed in ("", "kort", "sundhedsplejerske", "korrekt hest batteri hæfteklamme"):
        before = dialog.strength.text()
        dialog.passphrase.setText(typed)
        qtbot.waitUntil(lambda before=before, typed=typed: not typed or dialog.strength.text() != before)
        told.append(dialog.strength.text())
    assert len(set(told[1:])) == 3
    dialog.reject()


def test_a_damaged_file_is_rescued(
    window: MainWindow, qtbot: QtBot, case: Where, case_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.session.close()
    content = bytearray(case_path.read_bytes())
    content[5 * 4096 + 9] ^= 1
    case_path.write_bytes(content)
    window.commands.files.ask_case(case_path)
    dialog = window.findChild(CaseDialog)
    assert dialog is not None
    assert not dialog.rescue.isVisible()
    dialog.passphrase.setText(PASSPHRASE)
    dialog.go.click()
    qtbot.waitUntil(dialog.rescue.isVisible, timeout=20_000)
    target = case_path.with_name("reddet.ldbu")
    monkeypatch.setattr(
        "ldbu_desktop.ui.form.case_dialog.QFileDialog.getSaveFileName", lambda *_words: (str(target), "")
    )
    dialog.rescue.click()
    waiting(window, qtbot)
    assert window.session.path == target
    assert window.message.isVisible()
    window.session.close()


def test_a_case_that_lacks_something_says_so(window: MainWindow, qtbot: QtBot) -> None:
    work = try_out(window.session.standard)
    work.warning = FileFault("case-not-closed", file="sag.ldbu", last="28-11-2026 12:00")
    window.session.show_work(work)
    waiting(window, qtbot)
    assert "28-11-2026 12:00" in window.message.text.text()
