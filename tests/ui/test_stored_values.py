"""Values are written by a thread of their own: the window does not wait for the disk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings, QThread
from PySide6.QtWidgets import QApplication

from ldbu_desktop.ui import stored_values
from ldbu_desktop.ui.stored_values import StoredValues


def store(path: Path) -> QSettings:
    return QSettings(str(path), QSettings.Format.IniFormat)


def test_a_change_is_known_at_once_and_written_in_its_turn(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "s.ini"
    values = StoredValues(store(path))
    values.set("recent", ["a", "b"])
    values.set("state/window", QByteArray(b"\x00\x01"))
    values.set("look", "dark")
    values.set("look", None)
    assert (values.value("recent"), values.value("look")) == (["a", "b"], None)
    values.settle()
    again = StoredValues(store(path))
    assert again.value("recent") == ["a", "b"]
    assert again.value("state/window") == QByteArray(b"\x00\x01")
    assert again.value("look") is None
    values.set("look", "light")  # after everything was written once
    values.settle()
    assert StoredValues(store(path)).value("look") == "light"


def test_the_store_lives_in_another_thread(qapp: QApplication, tmp_path: Path) -> None:
    kept = store(tmp_path / "s.ini")
    values = StoredValues(kept)
    assert kept.thread() is not QThread.currentThread()
    values.settle()  # nothing was changed, so nothing is waited for
    assert not (tmp_path / "s.ini").exists()


_ENDS = """
import sys
import tempfile

folder = tempfile.TemporaryDirectory()  # which is told of the end before Qt is
from PySide6.QtCore import QCoreApplication, QSettings
from ldbu_desktop.ui.stored_values import StoredValues

application = {application}
values = StoredValues(QSettings(sys.argv[1], QSettings.Format.IniFormat))
values.set("look", "dark")
"""


@pytest.mark.parametrize("application", ["QCoreApplication([])", "None"])
def test_a_program_that_ends_has_written_what_was_changed(application: str, tmp_path: Path) -> None:
    path = tmp_path / "s.ini"
    program = _ENDS.format(application=application)
    subprocess.run([sys.executable, "-c", program, str(path)], check=True, timeout=60)
    assert store(path).value("look") == "dark"


def test_without_an_application_a_value_is_written_where_it_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored_values.QCoreApplication, "instance", lambda: None)
    kept = store(tmp_path / "s.ini")
    values = StoredValues(kept)
    values.set("look", "dark")
    assert kept.value("look") == "dark"
    values.set("look", None)
    assert kept.value("look") is None
    assert kept.thread() is QThread.currentThread()
