"""The line at the bottom: how far a job is, and how it is cancelled."""

from __future__ import annotations

import threading
from pathlib import Path

from pytestqt.qtbot import QtBot

from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.work import Cancellation, Progress, Step


def test_progress_is_shown_and_can_be_cancelled(window: MainWindow, qtbot: QtBot, export: Path) -> None:
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
