"""The line at the bottom: how far a job is, and how it is cancelled."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ldbu_desktop.bundles.model import ExportOptions
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import tr
from ldbu_desktop.mapping import export_files
from ldbu_desktop.rendering import journal_findings
from ldbu_desktop.ui.children.overview import Overview
from ldbu_desktop.ui.delivery.delivery_jobs import deliver
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pages import CHILDREN
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.revalidate import revalidated
from ldbu_desktop.work import Cancellation, Progress, Step
from ldbu_desktop.workspace.workspace import Workspace


def test_progress_is_shown_and_can_be_cancelled(window: MainWindow, qtbot: QtBot, export: Path) -> None:
    go = threading.Event()

    def work(progress: Progress, cancellation: Cancellation) -> None:
        progress(Step(1000, 4000, "row"))
        go.wait(10)
        cancellation.check()

    job = window.jobs.start("open", lambda: "Læser", work, lambda _: None, lambda _: None)
    job.started -= 10
    assert window.status.state.text() == ""  # not that nothing is open
    qtbot.waitUntil(lambda: "1.000 af 4.000 rækker" in window.status.job.text())
    qtbot.waitUntil(lambda: window.status.bar.value() == 250)
    qtbot.waitUntil(lambda: "tilbage" in window.status.job.text())
    assert window.status.cancel.text() == tr("Annullér")
    job.keeps = lambda: True
    qtbot.waitUntil(lambda: window.status.cancel.text() == tr("Stop"))  # what is read by now stays
    window.status.cancel.click()
    assert job.cancellation.is_asked
    assert not window.status.bar.isVisible()
    go.set()
    qtbot.waitUntil(lambda: not window.jobs.is_busy())
    assert not window.session.is_open
    assert window.status.state.text()


def test_what_was_not_read_to_its_end_is_not_told_to_be_rejected(
    window: MainWindow, qtbot: QtBot, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_files, "ROWS_A_STEP", 2)
    standard = window.session.standard
    work = Workspace(lambda: standard, revalidated, load([export], standard, goes_on=lambda _: False))
    with qtbot.waitSignal(window.session.judged, timeout=20_000):
        window.session.show_work(work)
    qtbot.waitUntil(lambda: not window.jobs.is_busy(), timeout=20_000)
    assert work.waits_as_a_whole()
    assert "afvises" not in window.status.state.text()
    assert "intet er klar" in window.status.state.text()
    page = window.pages.page(CHILDREN)
    overview = page.findChild(Overview)
    assert overview is not None
    overview.show_selected()
    assert "Intet er klar" in overview.verdict.text.text()
    assert "afvist" not in overview.verdict.text.text()


def test_it_tells_what_is_not_delivered_after_a_delivery(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    def told() -> str:
        return opened.status.edits.text()

    def correct(visit: str, value: str) -> None:
        found = opened.session.visit(visit)
        assert found is not None
        weight = next(one for one in found.observations if one.variable.value == "weight")
        opened.session.edit(Where("B1", visit, weight.key, variable="weight"), value)

    def write() -> None:
        with qtbot.waitSignal(opened.session.delivered, timeout=20_000):
            deliver(opened.session, tmp_path / "ud", ExportOptions(), lambda _: None)

    assert told() == ""
    write()
    qtbot.waitUntil(lambda: "1 kontakt ikke afleveret" in told())
    correct("K2", "5300")
    qtbot.waitUntil(lambda: "2 kontakter ikke afleveret" in told())
    opened.session.undo()
    qtbot.waitUntil(lambda: "1 kontakt ikke afleveret" in told())
    correct("K1", "3500")
    write()
    qtbot.waitUntil(lambda: "alt er afleveret" in told())
    opened.session.close()
    qtbot.waitUntil(lambda: told() == "")


def test_many_files_read_by_maps_are_told_in_one_word(opened: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    for used, told in ((("»a« er læst som N",), "»a« er læst som N"), (("»a«", "»b«", "»c«"), "3 filer er læst")):
        monkeypatch.setattr(journal_findings, "maps_used", lambda *_, used=used: used)
        opened.status.tell()
        assert told in opened.status.state.text()
