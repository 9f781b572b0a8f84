"""The page of deliveries over time in a real window: findings, the citizen's timeline, and the JSON beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.language import Language
from ldbu_desktop.ui.history.page import HistoryPage
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pages import HISTORY
from tests.ui.hand import activate, announcements

SAMPLES = resource("samples") / "historier"


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> HistoryPage:
    """The page as it is gone to."""
    made = window.pages.page(HISTORY)
    assert isinstance(made, HistoryPage)
    activate(window, qtbot)
    window.pages.go(HISTORY)
    return made


def looked(page: HistoryPage, window: MainWindow, qtbot: QtBot, *paths: Path) -> None:
    """Look at reports, and wait until all is shown."""
    page.look_at(paths)
    settled(window, qtbot)


def settled(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until nothing is being found out."""
    qtbot.waitUntil(lambda: not window.jobs.is_busy(), timeout=30_000)
    QApplication.processEvents()


def test_what_was_found_is_said_to_a_screen_reader(
    page: HistoryPage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = announcements(monkeypatch)
    looked(page, window, qtbot, SAMPLES / "ren.zip")
    assert len(said) == 1
    assert said[0].startswith(page.verdict.text.text())


def test_a_finding_shows_its_place_in_the_timeline(page: HistoryPage, window: MainWindow, qtbot: QtBot) -> None:
    assert not page.nothing.isHidden()
    looked(page, window, qtbot, SAMPLES / "history-moment-changed.zip")
    settled(window, qtbot)
    assert [one.code for one in page.findings.rows] == ["history-moment-changed"]
    assert not page.splitter.isHidden()
    event = page.timeline.rows[page.told.currentIndex().row()]
    assert (event.kind, event.place) == ("changed", page.findings.rows[0].later)
    assert json.loads(page.json.toPlainText())["resourceType"] == "Observation"
    assert page.explanation.toPlainText()
    assert page.citizens.count() > 1


def test_a_finding_on_nobody_that_is_known_shows_the_timeline_of_whom_its_report_tells_of(
    page: HistoryPage, window: MainWindow, qtbot: QtBot
) -> None:
    looked(page, window, qtbot, SAMPLES / "ren.zip", SAMPLES / "history-report-id-reused.zip")
    at, finding = next((at, one) for at, one in enumerate(page.findings.rows) if one.code == "history-report-id-reused")
    assert page.history is not None
    assert finding.citizen not in page.history.timelines
    page.table.selectRow(at + 1)
    page.citizens.setCurrentIndex(page.citizens.count() - 1)
    assert finding.later.file not in {event.place.file for event in page.timeline.rows}
    page.table.selectRow(at)
    assert finding.later.file in {event.place.file for event in page.timeline.rows}


def test_a_finding_at_the_end_of_a_history_shows_what_was_never_ended(
    page: HistoryPage, window: MainWindow, qtbot: QtBot
) -> None:
    looked(page, window, qtbot, SAMPLES / "history-never-finished.zip")
    settled(window, qtbot)
    assert [one.code for one in page.findings.rows] == ["history-never-finished"]
    assert page.timeline.rows[page.told.currentIndex().row()].place == page.findings.rows[0].earlier


def test_reading_that_is_stopped_leaves_nothing_waiting(page: HistoryPage, window: MainWindow, qtbot: QtBot) -> None:
    page.look_at([SAMPLES / "ren.zip"])
    assert page.verdict.is_waiting
    assert page.nothing.isHidden()
    window.jobs.cancel("history")
    settled(window, qtbot)
    assert not page.nothing.isHidden()
    assert page.verdict.isHidden()
    looked(page, window, qtbot, SAMPLES / "history-moment-changed.zip")
    page.look_at([SAMPLES / "ren.zip"])
    window.jobs.cancel("history")
    settled(window, qtbot)
    assert [one.code for one in page.findings.rows] == ["history-moment-changed"]
    assert not page.verdict.is_waiting
    assert not page.splitter.isHidden()


def test_what_is_right_says_so_and_can_be_looked_at(page: HistoryPage, window: MainWindow, qtbot: QtBot) -> None:
    looked(page, window, qtbot, SAMPLES / "ren.zip")
    assert page.findings.rows == []
    kinds = set()
    for at in range(page.citizens.count()):
        page.citizens.setCurrentIndex(at)
        kinds |= {event.kind for event in page.timeline.rows}
    assert {"first", "again", "voided", "failed"} <= kinds
    page.citizens.setCurrentIndex(0)
    row = next(at for at, event in enumerate(page.timeline.rows) if event.type == "Patient")
    page.told.selectRow(row)
    settled(window, qtbot)
    assert "••••" in page.json.toPlainText()
    assert "••••" in page.citizens.currentText()
    window.actions_["unmask"].trigger()
    assert "••••" not in page.json.toPlainText()
    assert "••••" not in page.citizens.currentText()


def test_what_of_a_large_history_is_not_shown_is_told(
    page: HistoryPage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ldbu_desktop.use_cases.open_history.MOST_FINDINGS", 0)
    monkeypatch.setattr("ldbu_desktop.use_cases.open_history.MOST_CLEAN", 0)
    looked(page, window, qtbot, SAMPLES / "history-moment-changed.zip")
    assert page.history is not None
    assert (page.history.more, page.findings.rows) == (1, [])
    assert page.explanation.toPlainText().startswith("1 ")
    looked(page, window, qtbot, SAMPLES / "ren.zip")
    assert page.history.beside > 0
    assert str(page.history.beside) in page.explanation.toPlainText()


def test_the_models_hold(page: HistoryPage, window: MainWindow, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    looked(page, window, qtbot, SAMPLES / "history-dependent-left.zip")
    for model in (page.findings, page.timeline):
        qtmodeltester.check(model)
        assert all(model.index(0, at).data() for at in range(model.columnCount()))


def test_files_are_asked_for(
    page: HistoryPage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    page.folder.click()
    page.files.click()
    assert page.history is None
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(SAMPLES / "ren.zip")], ""))
    page.files.click()
    settled(window, qtbot)
    assert not page.splitter.isHidden()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    page.folder.click()
    settled(window, qtbot)
    assert page.splitter.isHidden()
    assert not page.nothing.isHidden()


def test_the_other_language_is_told_at_once(page: HistoryPage, window: MainWindow, qtbot: QtBot) -> None:
    looked(page, window, qtbot, SAMPLES / "history-told-twice.zip")
    before = page.explanation.toPlainText()
    window.commands.choose_language(Language.ENGLISH)
    assert page.explanation.toPlainText() not in ("", before)


def test_what_is_of_another_guide_or_not_read_is_said_and_nothing_old_stays(
    page: HistoryPage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    looked(page, window, qtbot, SAMPLES / "history-moment-changed.zip")
    before = page.explanation.toPlainText()
    report = min((resource("samples") / "rapporter").glob("*.json"))
    (tmp_path / "a.json").write_bytes(report.read_bytes())
    rehab = report.read_text(encoding="utf-8").replace("/children/StructureDefinition", "/rehab/StructureDefinition")
    (tmp_path / "b.json").write_text(rehab, encoding="utf-8")
    looked(page, window, qtbot, tmp_path)
    assert page.explanation.toPlainText() != before
    assert "kl.dk.fhir.rehab" in page.explanation.toPlainText()
    looked(page, window, qtbot, tmp_path / "b.json")
    assert (page.splitter.isHidden(), page.nothing.isHidden(), page.verdict.isHidden()) == (True, False, False)
    assert "kl.dk.fhir.rehab" in page.verdict.more.text()


def test_what_was_not_read_is_said_beside_what_is_wrong(
    page: HistoryPage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "notater.md").write_text("Ring til skolen.\n", encoding="utf-8")
    looked(page, window, qtbot, SAMPLES / "history-moment-changed.zip", tmp_path)
    assert [one.code for one in page.findings.rows] == ["history-moment-changed"]
    assert page.table.currentIndex().isValid()
    assert "Sprunget over: notater.md" in page.verdict.more.text()
    assert "Ikke læst: notater.md" not in page.verdict.more.text()
    assert "notater.md" in page.explanation.toPlainText()


def test_while_reports_are_read_the_top_of_the_page_stays_where_it_is(
    page: HistoryPage, window: MainWindow, qtbot: QtBot
) -> None:
    before = page.folder.pos()
    page.look_at([SAMPLES / "ren.zip"])
    QApplication.processEvents()
    assert page.verdict.is_waiting
    assert page.folder.pos() == before
    settled(window, qtbot)
    assert page.folder.pos() == before
