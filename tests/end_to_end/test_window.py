"""From a file with faults to delivery reports on the disk, by keyboard alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton, QTextBrowser, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.ui.main_window import MainWindow


def part(window: MainWindow, kind: type[QWidget], name: str) -> QWidget:
    """A part of the window, by the name that scripts know it by."""
    found = window.findChild(kind, name)
    assert found is not None, name
    return found


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key, wherever the keyboard is."""
    target = QApplication.focusWidget()
    assert target is not None
    qtbot.keyClick(target, key, modifier)


def open_sample(window: MainWindow, qtbot: QtBot) -> None:
    """Choose the sample on the start page, and wait until it is checked."""
    part(window, QPushButton, "doorSample").setFocus()
    with qtbot.waitSignal(window.session.judged, timeout=30_000):
        press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not window.jobs.is_busy() and part(window, QTreeView, "causes").isVisible())
    window.activateWindow()
    window.setFocus()


def test_from_the_sample_to_reports(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    open_sample(window, qtbot)
    session = window.session
    assert session.findings is not None
    before = len(session.findings.rejected_visits)
    assert before > 0

    # go to a rejecting finding that a mended value clears, and read what to do
    for _ in range(session.findings.count):
        press(qtbot, Qt.Key.Key_F7)
        finding = session.finding
        if finding is not None and finding.code == "code-misspelled":
            break
    assert finding is not None
    assert session.severity(finding) is Severity.REJECTED
    explanation = part(window, QTextBrowser, "explanation")
    assert isinstance(explanation, QTextBrowser)
    assert session.words(finding).remedy in explanation.toPlainText()

    # mend it: the nearest answer is the first of the list that fits what is typed
    values = part(window, QTreeView, "values")
    values.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    editor = values.findChildren(QLineEdit, "valueEditor")[-1]
    qtbot.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(editor, Qt.Key.Key_1)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert finding not in session.findings.of_visit(finding.location.visit)
    press(qtbot, Qt.Key.Key_Escape)

    # deliver
    window.setFocus()
    press(qtbot, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    folder = part(window, QLineEdit, "deliveryFolder")
    folder.setFocus()
    out = tmp_path / "aflevering"
    qtbot.keyClicks(folder, str(out))
    ready = len(session.findings.ready_visits)
    part(window, QPushButton, "deliveryStart").setFocus()
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil((out / "kvittering.json").is_file, timeout=30_000)
    qtbot.waitUntil(lambda: not window.jobs.is_busy())
    receipt = json.loads((out / "kvittering.json").read_text(encoding="utf-8"))
    assert receipt["counts"]["sent"] == ready
    assert receipt["counts"]["left_out"] == len(session.findings.rejected_visits)
    reports = [path for path in out.iterdir() if path.name != "kvittering.json"]
    assert len(reports) == ready
    for path in reports:
        assert json.loads(path.read_text(encoding="utf-8"))["resourceType"] == "Bundle"
        assert not any(cpr in path.name for cpr in ("0505209996", "0505159995"))


def test_what_is_sent_anyway_is_a_choice(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    open_sample(window, qtbot)
    session = window.session
    assert session.findings is not None
    press(qtbot, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    anyway = part(window, QCheckBox, "deliveryAnyway")
    assert isinstance(anyway, QCheckBox)
    assert anyway.isVisible()
    assert not anyway.isChecked()
    anyway.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    folder = part(window, QLineEdit, "deliveryFolder")
    folder.setFocus()
    qtbot.keyClicks(folder, str(tmp_path / "ud"))
    part(window, QPushButton, "deliveryStart").setFocus()
    press(qtbot, Qt.Key.Key_Space)
    receipt_file = tmp_path / "ud" / "kvittering.json"
    qtbot.waitUntil(receipt_file.is_file, timeout=30_000)
    qtbot.waitUntil(lambda: not window.jobs.is_busy())
    receipt = json.loads(receipt_file.read_text(encoding="utf-8"))
    assert receipt["options"]["send_anyway"] is True
    assert receipt["counts"]["sent"] == len(session.findings.ready_visits) + 1


def test_reports_that_were_delivered_open_in_the_same_window(window: MainWindow, qtbot: QtBot) -> None:
    reports = sorted(resource("samples", "rapporter").glob("*.json"))
    assert len(reports) > 3
    with qtbot.waitSignal(window.session.judged, timeout=30_000):
        window.open(reports[:3])
    qtbot.waitUntil(lambda: not window.jobs.is_busy())
    assert len(window.session.journal.reports) == 3
    assert window.session.work.visit_count >= 3


def test_the_program_starts_with_a_file_and_ends(screen: None, tmp_path: Path) -> None:
    program = (
        "from PySide6.QtCore import QTimer\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from pathlib import Path\n"
        "import sys\n"
        "application = QApplication([])\n"
        "from ldbu_desktop.ui.application import run\n"
        "def look():\n"
        "    window = next(one for one in application.topLevelWidgets() if one.objectName() == 'window')\n"
        "    if window.session.findings is not None and not window.jobs.is_busy():\n"
        "        print(window.session.work.visit_count)\n"
        "        timer.stop()\n"
        "        window.close()\n"
        "timer = QTimer(interval=50)\n"
        "timer.timeout.connect(look)\n"
        "timer.start()\n"
        "sys.exit(run([Path(sys.argv[1])]))\n"
    )
    environment = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path)}
    sample = str(resource("samples", "familie.xlsx"))
    done = subprocess.run(
        [sys.executable, "-c", program, sample],
        capture_output=True,
        text=True,
        timeout=60,
        env=environment,
        check=False,
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "11", "")
