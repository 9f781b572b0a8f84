"""Reports: how they stand, filters and search, and how they stream in."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from time import sleep

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ldbu_desktop.conformance.model import CheckedReport, Verdict
from ldbu_desktop.faults import FileFault
from ldbu_desktop.findings.model import Severity as Sign
from ldbu_desktop.language import Language
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.reports.page import ReportsPage
from ldbu_desktop.ui.reports.reports_model import Role
from ldbu_desktop.ui.reports.words import ReportStatus
from ldbu_desktop.use_cases import check as use_case
from ldbu_desktop.work import Cancellation, Progress
from tests.ui.reports.checked_reports import (
    check_and_wait,
    many,
    names,
    pick,
    sample,
    wait,
)

_ALL = "all"


def test_reports_are_told_by_sign_word_and_count(checked: ReportsPage) -> None:
    assert names(checked) == [
        "a-type.json",
        "b-two.json",
        "c-valid.json",
        "d-050520-••••.json",
        "e-cut.json",
        "f-empty.json",
    ]
    model = checked.reports.model
    signs = [model.index(row, 0).data(Role.SEVERITY) for row in range(6)]
    assert signs == [Sign.REJECTED, Sign.REJECTED, None, None, Sign.REJECTED, Sign.NOT_CHECKED]
    words = [str(model.index(row, 0).data(Role.SECOND_LINE)) for row in range(6)]
    assert [word.split(" · ")[0] for word in words] == [
        "Ville blive afvist",
        "Ville blive afvist",
        "Uden fejl",
        "Uden fejl",
        "Ville blive afvist",
        "Ikke kontrolleret",
    ]
    assert f"{len(checked.checking.reports[1].checked.verdict.errors)} fejl" in words[1]
    assert "f-empty.json" in model.index(5, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "0505209996" not in str(model.index(3, 0).data(Qt.ItemDataRole.ToolTipRole))
    spoken = str(model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.startswith("Ville blive afvist")
    assert spoken.endswith(": a-type.json")
    assert model.index(0, 0).data(Qt.ItemDataRole.DecorationRole) is None
    assert model.data(QModelIndex()) is None
    assert checked.reports.filter.button(ReportStatus.REJECTED).text().endswith("3")
    assert checked.reports.filter.button(ReportStatus.UNCHECKED).isVisible()
    assert checked.head.verdict.text.text() == "3 af 6 rapporter ville blive afvist. Kunne ikke kontrolleres: 1."
    assert "orkontrol" in checked.head.verdict.more.text()


def test_search_and_filters(checked: ReportsPage, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    pane = checked.reports
    qtmodeltester.check(pane.model)
    pane.search.setText("0505")
    qtbot.waitUntil(lambda: names(checked) == ["d-050520-••••.json"])
    qtbot.keyClick(pane.search, Qt.Key.Key_Return)
    assert checked.checking.number == 3
    wait(checked, qtbot)
    assert pane.count.text() == "1 af 6"
    pane.search.setText("nothing")
    qtbot.waitUntil(pane.none.isVisible)
    qtbot.keyClick(pane.search, Qt.Key.Key_Return)
    assert not pane.list.selectionModel().hasSelection()
    pane.search.clear()
    qtbot.waitUntil(lambda: len(names(checked)) == 6)
    pane.filter.choose(ReportStatus.UNCHECKED)
    assert names(checked) == ["f-empty.json"]
    pane.filter.choose(ReportStatus.LOOK_AT)
    assert names(checked) == []
    pane.filter.choose(_ALL)
    qtmodeltester.check(pane.model)


def test_one_cause_shows_only_the_reports_it_strikes(checked: ReportsPage, qtbot: QtBot) -> None:
    choice = checked.reports.cause
    assert choice.words().startswith("Alle årsager")
    choice.setFocus()
    choice.fill()
    assert choice.count() == len(checked.checking.causes.rejecting) + 1
    of_two = next(at for at in range(1, choice.count()) if choice.itemText(at).startswith("2 ×"))
    choice.setCurrentIndex(of_two)
    choice.activated.emit(of_two)
    assert names(checked) == ["a-type.json", "b-two.json"]
    assert choice.words().startswith("2 rapporter")
    pick(checked, qtbot, "b-two.json")
    assert checked.checking.finding is not None
    assert checked.checking.finding.code == choice.cause.first.code  # type: ignore[union-attr]
    window = checked.window()
    assert isinstance(window, MainWindow)
    window.commands.choose_language(Language.ENGLISH)
    assert choice.words().startswith("2 reports")
    assert choice.itemText(0).startswith("All causes")
    choice.refresh()
    choice.showPopup()
    assert choice.view().isVisible()
    choice.hidePopup()
    choice.setCurrentIndex(0)
    choice.activated.emit(0)
    assert len(names(checked)) == 6


def test_nothing_wrong_at_all_is_said_clearly(page: ReportsPage, qtbot: QtBot, reports: Path) -> None:
    check_and_wait(page, qtbot, reports / "c-valid.json", reports / "d-0505209996.json")
    assert page.head.verdict.text.text() == "Ingen fejl i 2 rapporter."
    assert page.checking.number == 0
    assert not page.findings.next.isEnabled()
    page.findings.scope.choose("whole")
    assert page.findings.stack.currentWidget() is page.findings.all_clear


def test_nothing_to_check(
    page: ReportsPage, qtbot: QtBot, reports: Path, invented: Callable[[Sequence[CheckedReport]], None]
) -> None:
    invented([])
    check_and_wait(page, qtbot, reports)
    assert page.head.verdict.text.text() == "Der er ingen rapporter at kontrollere."
    invented([CheckedReport("x", Verdict(), FileFault("file-empty", file="x"))])
    check_and_wait(page, qtbot, reports)
    assert page.head.verdict.text.text() == "Kunne ikke kontrolleres: 1."


def test_reports_stream_in_and_a_cancel_keeps_what_is_done(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = use_case.check

    def endless(  # type: ignore[no-untyped-def]
        paths: Sequence[Path],
        standard: Standard,
        package: Path | None,
        jobs: int | None,
        progress: Progress,
        stop: Cancellation,
        *,
        aside: bool,
    ):
        yield from real(paths, standard, package, 1, progress, stop)
        while True:
            stop.check()
            sleep(0.005)

    monkeypatch.setattr(use_case, "check", endless)
    at_first: list[str] = []
    page.checking.began.connect(lambda: at_first.append(page.findings.explanation.toPlainText()))
    page.check([many(tmp_path, 40)])
    assert "Fundene kommer" in at_first[0]
    page.reports.filter.choose(ReportStatus.REJECTED)
    page.reports.cause.setFocus()
    qtbot.waitUntil(lambda: len(page.checking.reports) == 40, timeout=20_000)
    assert page.checking.is_running
    assert page.checking.number == 0
    window = page.window()
    assert isinstance(window, MainWindow)
    assert window.status.cancel.isVisible()
    assert page.head.verdict.text.text().startswith("Kontrollerer: 40 rapporter indtil nu. 4 af 40 rapporter")
    window.status.cancel.click()
    wait(page, qtbot)
    assert page.checking.is_cancelled
    assert len(page.checking.reports) == 40
    assert "stoppet" in page.head.verdict.more.text()
    assert page.reports.model.rowCount() == page.checking.counts[ReportStatus.REJECTED] == 4


def test_a_cause_that_is_chosen_takes_the_reports_that_come(page: ReportsPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.check([many(tmp_path, 600)])
    qtbot.waitUntil(lambda: bool(page.checking.causes.rejecting), timeout=20_000)
    choice = page.reports.cause
    choice.fill()
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    wait(page, qtbot)
    assert page.reports.model.rowCount() == 60


def test_a_new_check_puts_the_old_out_of_date(page: ReportsPage, qtbot: QtBot, reports: Path, tmp_path: Path) -> None:
    path = many(tmp_path, 300)
    page.check([path])
    page.check([reports])
    wait(page, qtbot)
    assert len(page.checking.reports) == 6
    page.check([path])
    page.checking.session.jobs.cancel("check")
    wait(page, qtbot)
    assert page.checking.is_cancelled


def test_what_lies_beside_reports_is_named_and_no_report(page: ReportsPage, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "mappe"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(sample("maternity")), encoding="utf-8")
    (folder / "læs.txt").write_text("Hej", encoding="utf-8")
    (folder / ".DS_Store").write_bytes(b"\0")
    check_and_wait(page, qtbot, folder)
    counts = page.checking.counts
    assert (counts[ReportStatus.NO_REPORT], counts[ReportStatus.UNCHECKED]) == (2, 0)
    model = page.reports.model
    told = {model.index(row, 0).data(): model.index(row, 0).data(Role.SEVERITY) for row in range(model.rowCount())}
    assert (told["a.json"], told["læs.txt"], told[".DS_Store"]) == (None, Sign.INFO, Sign.INFO)
    assert "Kunne ikke" not in page.head.verdict.text.text()
    assert "2" in page.head.verdict.text.text()
    pick(page, qtbot, "læs.txt")
