"""Findings: the place that is marked, what they mean, F7, and what is ours kept apart from the verdict."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ldbu_desktop.conformance.model import CheckedReport, Verdict
from ldbu_desktop.findings.model import Follower
from ldbu_desktop.findings.model import Severity as Sign
from ldbu_desktop.ui.findings.model import Role as CauseRole
from ldbu_desktop.ui.reports import report_lines
from ldbu_desktop.ui.reports.page import ReportsPage
from ldbu_desktop.ui.reports.reports_model import Role
from ldbu_desktop.ui.reports.words import ReportStatus
from ldbu_desktop.ui.theme import ColourScheme
from tests.ui.reports.checked_reports import (
    check_and_wait,
    finding,
    many,
    marked_line,
    names,
    pick,
    press,
    sample,
    wait,
)


def test_the_first_rejected_report_is_shown_with_its_line_marked(checked: ReportsPage) -> None:
    assert checked.checking.number == 0
    assert checked.reports.list.currentIndex().row() == 0
    assert '"type": "transaction"' in marked_line(checked)
    error = checked.checking.finding
    assert error is not None
    assert error.line is not None
    assert checked.text.view.marked == range(error.line - 1, error.line)
    told = checked.findings.explanation.toPlainText()
    assert f"linje {error.line}" in told
    assert "standarden for børn 2.1.0" in told


def test_a_report_on_one_line_is_shown_indented(checked: ReportsPage, qtbot: QtBot) -> None:
    pick(checked, qtbot, "b-two.json")
    found = set()
    for _ in range(2):
        assert checked.checking.number == 1
        found.add(marked_line(checked).strip())
        checked.findings.next.click()
    assert '"type": "transaction",' in found
    assert len(found) == 2
    assert "linjenumrene" in checked.text.note.text() or checked.checking.number != 1


def test_f7_goes_round_the_findings_of_the_reports_that_are_shown(checked: ReportsPage, qtbot: QtBot) -> None:
    expected = [(number, error) for number in (0, 1, 4) for error in checked.checking.findings(number)]
    assert len(expected) >= 4
    seen = [(checked.checking.number, checked.checking.finding)]
    for _ in expected[1:]:
        assert press(checked, Qt.Key.Key_F7)
        seen.append((checked.checking.number, checked.checking.finding))
    assert seen == expected
    press(checked, Qt.Key.Key_F7)
    assert (checked.checking.number, checked.checking.finding) == seen[0]
    checked.findings.previous.click()
    assert (checked.checking.number, checked.checking.finding) == seen[-1]
    press(checked, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert (checked.checking.number, checked.checking.finding) == seen[-2]
    pick(checked, qtbot, "c-valid.json")
    press(checked, Qt.Key.Key_F7)
    assert checked.checking.number == 4
    wait(checked, qtbot)
    checked.reports.filter.choose(ReportStatus.CLEAR)
    assert names(checked) == ["c-valid.json", "d-050520-••••.json"]
    assert not checked.step(1)
    checked.reports.filter.choose(ReportStatus.REJECTED)
    checked.checking.select(2)
    checked.step(-1)
    assert checked.checking.number == 4
    wait(checked, qtbot)


def test_a_file_that_can_not_be_read_is_told(checked: ReportsPage, qtbot: QtBot) -> None:
    pick(checked, qtbot, "f-empty.json")
    assert checked.text.stack.currentWidget() is checked.text.none
    assert "f-empty.json" in checked.text.none.text.text()
    assert checked.findings.stack.currentWidget() is checked.findings.unchecked
    assert "Ikke kontrolleret" in checked.findings.explanation.toPlainText()


def test_a_receipt_beside_reports_is_known_as_one_and_never_looked_at_first(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    parts = {"program": {}, "standard": {}, "counts": {}, "files": [], "left_out": []}
    (tmp_path / "kvittering.json").write_text(json.dumps(parts), encoding="utf-8")
    (tmp_path / "kvittering-som-ligner.json").write_text("{}", encoding="utf-8")
    check_and_wait(page, qtbot, tmp_path)
    assert names(page)[page.checking.number] == "kvittering-som-ligner.json"
    (tmp_path / "kvittering-som-ligner.json").unlink()
    (tmp_path / "rapport.json").write_text(json.dumps(sample("maternity")), encoding="utf-8")
    check_and_wait(page, qtbot, tmp_path)
    assert names(page)[page.checking.number] == "rapport.json"
    pick(page, qtbot, "kvittering.json")
    assert page.findings.stack.currentWidget() is page.findings.no_report
    assert "kvitteringen for en eksport" in page.findings.explanation.toPlainText()
    (tmp_path / "rapport.json").unlink()
    check_and_wait(page, qtbot, tmp_path)
    assert names(page)[page.checking.number] == "kvittering.json"


def test_a_valid_report_says_what_was_checked_and_what_was_not(checked: ReportsPage, qtbot: QtBot) -> None:
    pick(checked, qtbot, "c-valid.json")
    told = checked.findings.explanation.toPlainText()
    assert checked.findings.stack.currentWidget() is checked.findings.clear
    assert "Ingen fejl" in told
    assert "Kontrolleret:" in told
    assert "Ikke kontrolleret:" in told
    assert "KL Gateway afgør" in told
    assert checked.text.view.marked is None
    checked.checking.select(-1)
    assert checked.findings.stack.currentWidget() is checked.findings.none
    assert "Kontrolleret:" in checked.findings.explanation.toPlainText()
    assert checked.text.stack.currentWidget() is checked.text.none


def test_the_errors_of_all_reports_by_cause(checked: ReportsPage, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    pane = checked.findings
    pane.scope.choose("whole")
    model = pane.model
    qtmodeltester.check(model)
    first = model.index(0, 0)
    assert first.data(CauseRole.COUNT) == 2
    assert model.rowCount(first) == 2
    assert "2 rapporter" in first.data(CauseRole.SECOND_LINE)
    place = model.index(1, 0, first)
    assert "b-two.json" in place.data(CauseRole.SECOND_LINE)
    assert place.data(CauseRole.COUNT) == 0
    assert place.data(CauseRole.SEVERITY) is None
    assert place.data() in place.data(Qt.ItemDataRole.AccessibleTextRole)
    assert place.data(Qt.ItemDataRole.DecorationRole) is None
    assert first.data() in first.data(Qt.ItemDataRole.AccessibleTextRole)
    assert first.data(Qt.ItemDataRole.DecorationRole) is None
    assert model.data(QModelIndex()) is None
    assert not model.index(9, 9).isValid()
    pane.list.expand(first)
    pane.list.setCurrentIndex(place)
    pane.list.activated.emit(place)
    wait(checked, qtbot)
    assert checked.checking.number == 1
    assert '"type": "transaction"' in marked_line(checked)
    checked.step(1)
    assert pane.list.currentIndex().data()
    checked.checking.causes_changed.emit()
    pane.scope.choose("here")
    assert pane.count.text() == str(len(checked.checking.findings(checked.checking.number)))
    wait(checked, qtbot)


def test_remarks_and_our_own_stand_apart(
    page: ReportsPage,
    qtbot: QtBot,
    reports: Path,
    invented: Callable[[Sequence[CheckedReport]], None],
    qtmodeltester: ModelTester,
) -> None:
    remark = finding("Bundle.entry[1]", 3, "invariant-not-checked")
    own = [finding(f"Bundle.entry[{at}]", 4, "several-visits") for at in (2, 3)]
    many = tuple(Follower("url#gateway-children-report-1", f"Bundle.entry[{at}]") for at in range(9))
    wrong = finding("Bundle.entry[0]", None, followers=many)
    nearest = finding(
        "Bundle",
        2,
        code="fits-no-profile",
        obstacles=(finding("Bundle.entry[5].resource.subject", 5, code="too-many", found="Observation.subject x 2"),),
        expected="http://x.dk/StructureDefinition/klgateway-children-exam-result",
        profile="http://x.dk/StructureDefinition/report",
    )
    file = "c-valid.json"
    invented(
        [
            CheckedReport(file, Verdict((wrong, nearest), (remark, *own))),
            CheckedReport(file, Verdict((), (own[0],))),
            CheckedReport(file, Verdict((), (remark, remark, own[0]))),
        ]
    )
    check_and_wait(page, qtbot, reports / file)
    rows = page.findings.model
    qtmodeltester.check(rows)
    headings = [row for row in range(rows.rowCount()) if rows.index(row, 0).data(CauseRole.IS_HEADING)]
    assert headings == [0, 3, 5]
    assert "ikke en del af dommen" in rows.index(5, 0).data()
    assert rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == rows.index(0, 0).data()
    assert not rows.index(5, 0).flags() & Qt.ItemFlag.ItemIsSelectable
    assert rows.rowCount(rows.index(5, 0)) == 0
    page.findings.list.clicked.emit(rows.index(5, 0))
    assert (
        page.findings.list.visualRect(rows.index(5, 0)).height()
        < page.findings.list.visualRect(rows.index(6, 0)).height()
    )
    assert rows.index(6, 0).data(CauseRole.SEVERITY) == Sign.INFO
    assert rows.index(6, 0).data(CauseRole.COUNT) == 2

    page.checking.select(0, wrong)
    told = page.findings.explanation.toPlainText()
    assert "Følger heraf" in told
    assert "gateway-children-report-1" in told
    assert "… og 3 til" in told
    assert page.text.view.marked is None
    page.checking.select(0, nearest)
    told = page.findings.explanation.toPlainText()
    assert "klgateway-children-exam-result" in told
    assert "Bundle.entry[5].resource.subject" in told
    page.checking.select(0, own[1])
    assert "ikke en del af dommen" in page.findings.explanation.toPlainText()
    assert page.text.view.marked == range(3, 4)
    assert page.findings.list.currentIndex().parent() == rows.index(6, 0)
    page.checking.select(0, remark)
    assert "afviser ikke" in page.findings.explanation.toPlainText()

    model = page.reports.model
    assert [model.index(row, 0).data(Role.SEVERITY) for row in range(3)] == [Sign.REJECTED, Sign.INFO, Sign.LOOK_AT]
    assert "1 eget fund" in model.index(1, 0).data(Role.SECOND_LINE)
    assert "2 at se efter" in model.index(2, 0).data(Role.SECOND_LINE)
    page.reports.filter.choose(ReportStatus.LOOK_AT)
    assert model.rowCount() == 2
    page.checking.select(1)
    assert "Vælg et fund" in page.findings.explanation.toPlainText()
    wait(page, qtbot)
    page.window().commands.choose_look(ColourScheme.DARK)  # type: ignore[attr-defined]
    page.window().commands.choose_look(ColourScheme.LIGHT)  # type: ignore[attr-defined]


def test_files_of_the_same_name_keep_their_own_texts(page: ReportsPage, qtbot: QtBot, tmp_path: Path) -> None:
    paths = []
    for at, type_ in enumerate(("transaction", "batch")):
        folder = tmp_path / str(at)
        folder.mkdir()
        path = folder / "same.json"
        path.write_text(json.dumps(sample("maternity") | {"type": type_}, indent=1), encoding="utf-8")
        paths.append(path)
    lines = many(tmp_path, 3)
    check_and_wait(page, qtbot, *paths, lines, tmp_path / "0")
    assert [report.given for report in page.checking.reports] == [*paths, lines, lines, lines, tmp_path / "0"]
    marked = []
    for number in range(2):
        page.checking.select(number, page.checking.findings(number)[0])
        wait(page, qtbot)
        marked.append(marked_line(page).strip())
    assert marked == ['"type": "transaction",', '"type": "batch",']


def test_a_file_that_is_gone_in_the_meantime(checked: ReportsPage, qtbot: QtBot, reports: Path) -> None:
    (reports / "c-valid.json").unlink()
    pick(checked, qtbot, "c-valid.json")
    assert checked.text.stack.currentWidget() is checked.text.none
    assert "c-valid.json" in checked.text.none.text.text()
    pick(checked, qtbot, "b-two.json")
    assert checked.text.stack.currentWidget() is not checked.text.none


def test_cpr_numbers_are_covered_until_they_are_asked_for(checked: ReportsPage, qtbot: QtBot) -> None:
    pick(checked, qtbot, "c-valid.json")
    view = checked.text.view
    assert "0505209996" not in view.toPlainText()
    assert "050520-••••" in view.toPlainText()
    checked.checking.session.unmask(True)
    assert "0505209996" in view.toPlainText()
    assert "dækket" not in checked.text.note.text()
    checked.checking.session.unmask(False)
    assert "0505209996" not in view.toPlainText()


def test_a_long_report_is_shown_in_parts(checked: ReportsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_lines, "MOST_LINES", 20)
    pick(checked, qtbot, "b-two.json")
    pane = checked.text
    assert pane.view.blockCount() == 20
    assert pane.back.isVisible()
    assert "Linje" in pane.note.text()
    for error in checked.checking.findings(1):
        checked.checking.select(1, error)
        assert ('"type"' if error.code == "other-value" else "{") in marked_line(checked)
    for _ in range(3):
        before = pane.view.toPlainText()
        pane.forth.click()
        assert pane.view.toPlainText() != before
    assert pane.view.marked is None
    pane.back.click()
    before = pane.view.toPlainText()
    pane.back.click()
    assert pane.view.toPlainText() != before
