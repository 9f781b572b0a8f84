"""While large files are read, what is wrong in their first rows is told; reading can be ended with what is there."""

from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from ldbu_desktop.findings.causes import causes
from ldbu_desktop.findings.model import Finding, Location
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.use_cases.first_findings import FirstFindings
from ldbu_desktop.work import Cancellation, Progress, Step

FIRST = FirstFindings(6000, causes([Finding("value-negative", Location(), facts={"name": "Vægt"})] * 31))


def test_it_is_told_as_long_as_files_are_read(window: MainWindow, qtbot: QtBot) -> None:
    go = threading.Event()
    stops: list[bool] = []

    def work(progress: Progress, _cancellation: Cancellation) -> None:
        progress(Step(60_000, None, "row", 0.125))
        go.wait(10)

    def stop() -> bool:
        stops.append(not stops)
        return stops[-1]

    line, status = window.first_line, window.status
    window.session.first_found.emit(FIRST)
    assert not line.isVisible()
    job = window.jobs.start("open", lambda: "Læser", work, lambda _: None, lambda _: None, stop=stop)
    window.session.first_found.emit(FIRST)
    assert line.isVisible()
    assert "6.000" in line.text.text()
    assert "(31)" in line.text.text()
    window.session.first_found.emit(FirstFindings(6000, ()))
    assert "(31)" not in line.text.text()
    qtbot.waitUntil(lambda: "60.000 rækker  ·  12 %" in status.job.text())
    assert status.bar.value() == 125
    status.cancel.click()
    assert not job.cancellation.is_asked
    status.show_job(job)
    status.cancel.click()
    assert job.cancellation.is_asked
    assert stops == [True, False]
    go.set()
    qtbot.waitUntil(lambda: not line.isVisible())
