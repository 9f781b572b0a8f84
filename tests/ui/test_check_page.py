"""The page of the file check on real reports: they stream in, are filtered, looked at, and told in both languages."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.conformance.verdict import ConformanceError, Follower, Severity, Verdict
from ldbu_desktop.faults import Fault, FileFault
from ldbu_desktop.findings.model import Severity as Sign
from ldbu_desktop.language import Language
from ldbu_desktop.ui.check import shown_text
from ldbu_desktop.ui.check.errors_model import HeadingRole
from ldbu_desktop.ui.check.page import NARROW, CheckPage
from ldbu_desktop.ui.check.reports_model import Role
from ldbu_desktop.ui.check.told import Standing
from ldbu_desktop.ui.inspector.causes_model import Role as CauseRole
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pages import CHECK
from ldbu_desktop.ui.theme import Look
from ldbu_desktop.use_cases import check as use_case
from ldbu_desktop.use_cases.check import CheckedReport
from ldbu_desktop.work import Cancellation, Progress

SAMPLES = sorted(resource("samples", "rapporter").iterdir())
_ALL = "all"


def sample(kind: str) -> dict[str, Any]:
    """A valid report of a kind of visit."""
    path = next(path for path in SAMPLES if path.name.startswith(kind))
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return report


def broken_type(report: dict[str, Any]) -> dict[str, Any]:
    """The report with a type that it may not have."""
    return report | {"type": "transaction"}


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder: two reports with the same fault, one of them with another; two valid; one cut off, one empty."""
    folder = tmp_path / "aflevering 0505209996"
    folder.mkdir()
    two = broken_type(sample("pregnancy"))
    two["entry"][0]["resource"]["unknown"] = "x"
    for name, told in {
        "a-type.json": json.dumps(broken_type(sample("maternity")), indent=2),
        "b-two.json": json.dumps(two),
        "c-valid.json": json.dumps(sample("maternity"), indent=1),
        "d-0505209996.json": json.dumps(sample("pregnancy")),
        "e-cut.json": json.dumps(sample("maternity"), indent=1)[:700],
        "f-empty.json": "",
    }.items():
        (folder / name).write_text(told, encoding="utf-8")
    return folder


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> CheckPage:
    """The page, gone to, with nothing on it yet."""
    window.resize(1300, 800)
    window.go(CHECK)
    made = window.page(CHECK)
    assert isinstance(made, CheckPage)
    qtbot.waitUntil(lambda: bool(made.checking.version) and not made.checking.is_running, timeout=20_000)
    return made


def check_and_wait(page: CheckPage, qtbot: QtBot, *paths: Path) -> None:
    """Check paths and wait until all is checked and shown."""
    page.check(paths)
    wait(page, qtbot)


def wait(page: CheckPage, qtbot: QtBot) -> None:
    """Wait until nothing runs any more."""
    jobs = page.checking.session.jobs
    qtbot.waitUntil(lambda: not page.checking.is_running and not jobs.is_busy(), timeout=60_000)


@pytest.fixture
def checked(page: CheckPage, qtbot: QtBot, reports: Path) -> CheckPage:
    """The page with the folder checked."""
    check_and_wait(page, qtbot, reports)
    return page


def names(page: CheckPage) -> list[str]:
    """The reports that are shown."""
    model = page.reports.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def pick(page: CheckPage, qtbot: QtBot, name: str) -> None:
    """Select a report by clicking it."""
    page.reports.list.setCurrentIndex(page.reports.model.index(names(page).index(name), 0))
    wait(page, qtbot)


def marked_line(page: CheckPage) -> str:
    """What stands on the line that is marked."""
    assert page.text.view.marked is not None
    return page.text.view.document().findBlockByNumber(page.text.view.marked).text()


def press(page: CheckPage, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> bool:
    """Press a key as the window would see it: first as what may become a shortcut. True if the page took it."""
    ask = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifier)
    ask.ignore()
    page.event(ask)
    if ask.isAccepted():
        page.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, modifier))
    return ask.isAccepted()


def test_an_empty_page_says_what_to_do(page: CheckPage) -> None:
    assert page.stack.currentWidget() is page.none
    assert page.window().focusWidget() is page.choose_files
    assert not page.head.files.isVisible()
    assert "2.1.0" in page.head.standard.text()
    page.check([])
    assert page.checking.is_empty
    assert not page.step(1)
    page.head.standard.setFocus()
    page.step_pane(1)
    assert page.window().focusWidget() is page.choose_files


def test_reports_are_told_by_sign_word_and_count(checked: CheckPage) -> None:
    assert names(checked) == [
        "a-type.json",
        "b-two.json",
        "c-valid.json",
        "d-••••••-9996.json",
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
    assert checked.reports.filter[Standing.REJECTED].text().endswith("3")
    assert checked.reports.filter[Standing.UNCHECKED].isVisible()
    assert checked.head.verdict.text.text() == "3 af 6 rapporter ville blive afvist. Kunne ikke kontrolleres: 1."
    assert "orkontrol" in checked.head.verdict.more.text()


def test_the_first_rejected_report_is_shown_with_its_line_marked(checked: CheckPage) -> None:
    assert checked.checking.number == 0
    assert checked.reports.list.currentIndex().row() == 0
    assert '"type": "transaction"' in marked_line(checked)
    error = checked.checking.error
    assert error is not None
    assert error.line is not None
    assert checked.text.view.marked == error.line - 1
    told = checked.errors.explanation.toPlainText()
    assert f"linje {error.line}" in told
    assert "standarden for børn 2.1.0" in told


def test_a_report_on_one_line_is_shown_indented(checked: CheckPage, qtbot: QtBot) -> None:
    pick(checked, qtbot, "b-two.json")
    found = set()
    for _ in range(2):
        assert checked.checking.number == 1
        found.add(marked_line(checked).strip())
        checked.errors.next.click()
    assert '"type": "transaction",' in found
    assert len(found) == 2
    assert "linjenumrene" in checked.text.note.text() or checked.checking.number != 1


def test_f7_goes_round_the_findings_of_the_reports_that_are_shown(checked: CheckPage, qtbot: QtBot) -> None:
    expected = [(number, error) for number in (0, 1, 4) for error in checked.checking.findings(number)]
    assert len(expected) >= 4
    seen = [(checked.checking.number, checked.checking.error)]
    for _ in expected[1:]:
        assert press(checked, Qt.Key.Key_F7)
        seen.append((checked.checking.number, checked.checking.error))
    assert seen == expected
    press(checked, Qt.Key.Key_F7)
    assert (checked.checking.number, checked.checking.error) == seen[0]
    checked.errors.previous.click()
    assert (checked.checking.number, checked.checking.error) == seen[-1]
    press(checked, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert (checked.checking.number, checked.checking.error) == seen[-2]
    pick(checked, qtbot, "c-valid.json")
    press(checked, Qt.Key.Key_F7)
    assert checked.checking.number == 4
    wait(checked, qtbot)
    checked.reports.filter.choose(Standing.CLEAR)
    assert names(checked) == ["c-valid.json", "d-••••••-9996.json"]
    assert not checked.step(1)
    checked.reports.filter.choose(Standing.REJECTED)
    checked.checking.select(2)
    checked.step(-1)
    assert checked.checking.number == 4
    wait(checked, qtbot)


def test_the_pages_own_keys_and_no_others(checked: CheckPage, qtbot: QtBot) -> None:
    checked.window().activateWindow()
    qtbot.waitUntil(checked.window().isActiveWindow)
    checked.reports.list.setFocus()
    seen = []
    for _ in range(4):
        assert press(checked, Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        seen.append(focused.objectName() if focused else "")
    assert seen == ["checkText", "checkErrors", "checkExplanation", "checkReports"]
    press(checked, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert checked.errors.explanation.hasFocus()
    checked.head.standard.setFocus()
    press(checked, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert checked.errors.explanation.hasFocus()
    assert press(checked, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert checked.reports.search.hasFocus()
    assert not press(checked, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert not press(checked, Qt.Key.Key_F5)
    checked.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier))


def test_search_and_filters(checked: CheckPage, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    pane = checked.reports
    qtmodeltester.check(pane.model)
    pane.search.setText("0505")
    qtbot.waitUntil(lambda: names(checked) == ["d-••••••-9996.json"])
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
    pane.filter.choose(Standing.UNCHECKED)
    assert names(checked) == ["f-empty.json"]
    pane.filter.choose(Standing.REMARKS)
    assert names(checked) == []
    pane.filter.choose(_ALL)
    qtmodeltester.check(pane.model)


def test_one_cause_shows_only_the_reports_it_strikes(checked: CheckPage, qtbot: QtBot) -> None:
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
    assert checked.checking.error is not None
    assert checked.checking.error.code == choice.cause.first.code  # type: ignore[union-attr]
    window = checked.window()
    assert isinstance(window, MainWindow)
    window.choose_language(Language.ENGLISH)
    assert choice.words().startswith("2 reports")
    assert choice.itemText(0).startswith("All causes")
    choice.refresh()
    choice.showPopup()
    assert choice.view().isVisible()
    choice.hidePopup()
    choice.setCurrentIndex(0)
    choice.activated.emit(0)
    assert len(names(checked)) == 6


def test_a_file_that_can_not_be_read_is_told(checked: CheckPage, qtbot: QtBot) -> None:
    pick(checked, qtbot, "f-empty.json")
    assert checked.text.stack.currentWidget() is checked.text.none
    assert "f-empty.json" in checked.text.none.text.text()
    assert checked.errors.stack.currentWidget() is checked.errors.unchecked
    assert "Ikke kontrolleret" in checked.errors.explanation.toPlainText()


def test_a_valid_report_says_what_was_checked_and_what_was_not(checked: CheckPage, qtbot: QtBot) -> None:
    pick(checked, qtbot, "c-valid.json")
    told = checked.errors.explanation.toPlainText()
    assert checked.errors.stack.currentWidget() is checked.errors.clear
    assert "Ingen fejl" in told
    assert "Kontrolleret:" in told
    assert "Ikke kontrolleret:" in told
    assert "KL Gateway afgør" in told
    assert checked.text.view.marked is None
    checked.checking.select(-1)
    assert checked.errors.stack.currentWidget() is checked.errors.none
    assert "Kontrolleret:" in checked.errors.explanation.toPlainText()
    assert checked.text.stack.currentWidget() is checked.text.none


def test_nothing_wrong_at_all_is_said_clearly(page: CheckPage, qtbot: QtBot, reports: Path) -> None:
    check_and_wait(page, qtbot, reports / "c-valid.json", reports / "d-0505209996.json")
    assert page.head.verdict.text.text() == "Ingen fejl i 2 rapporter."
    assert page.checking.number == 0
    assert not page.errors.next.isEnabled()
    page.errors.scope.choose("whole")
    assert page.errors.stack.currentWidget() is page.errors.all_clear


def test_the_errors_of_all_reports_by_cause(checked: CheckPage, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    pane = checked.errors
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
    assert pane.count.text() == str(len(checked.checking.findings(1)))
    wait(checked, qtbot)


@pytest.fixture
def invented(monkeypatch: pytest.MonkeyPatch) -> Callable[[Sequence[CheckedReport]], None]:
    """Lets a check give verdicts that are rare in real reports."""

    def give(verdicts: Sequence[CheckedReport]) -> None:
        def stand_in(*_: object) -> Iterator[CheckedReport]:
            yield from verdicts

        monkeypatch.setattr(use_case, "check", stand_in)

    return give


def finding(at: str, line: int | None, severity: Severity = Severity.ERROR, **more: Any) -> ConformanceError:
    """A finding."""
    return ConformanceError("url#obs-6", at, (), severity, more.pop("code", "invariant"), line=line, column=2, **more)


def test_remarks_and_our_own_stand_apart(
    page: CheckPage,
    qtbot: QtBot,
    reports: Path,
    invented: Callable[[Sequence[CheckedReport]], None],
    qtmodeltester: ModelTester,
) -> None:
    remark = finding("Bundle.entry[1]", 3, Severity.WARNING)
    own = [finding(f"Bundle.entry[{at}]", 4, Severity.INFORMATION, ours=True) for at in (2, 3)]
    many = tuple(Follower("url#gateway-children-report-1", f"Bundle.entry[{at}]") for at in range(9))
    wrong = finding("Bundle.entry[0]", None, followers=many)
    nearest = finding(
        "Bundle",
        2,
        code="fits-no-profile",
        found="missing Bundle.entry[5].resource.code; too-many Bundle.entry[5].resource.subject",
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
    rows = page.errors.model
    qtmodeltester.check(rows)
    headings = [row for row in range(rows.rowCount()) if rows.index(row, 0).data(HeadingRole.IS_HEADING)]
    assert headings == [0, 3, 5]
    assert "ikke en del af dommen" in rows.index(5, 0).data()
    assert rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == rows.index(0, 0).data()
    assert not rows.index(5, 0).flags() & Qt.ItemFlag.ItemIsSelectable
    assert rows.rowCount(rows.index(5, 0)) == 0
    page.errors.list.clicked.emit(rows.index(5, 0))
    assert (
        page.errors.list.visualRect(rows.index(5, 0)).height() < page.errors.list.visualRect(rows.index(6, 0)).height()
    )
    assert rows.index(6, 0).data(CauseRole.SEVERITY) == Sign.INFO
    assert rows.index(6, 0).data(CauseRole.COUNT) == 2

    page.checking.select(0, wrong)
    told = page.errors.explanation.toPlainText()
    assert "Følger heraf" in told
    assert "gateway-children-report-1" in told
    assert "… og 3 til" in told
    assert page.text.view.marked is None
    page.checking.select(0, nearest)
    told = page.errors.explanation.toPlainText()
    assert "klgateway-children-exam-result" in told
    assert "Bundle.entry[5].resource.subject" in told
    page.checking.select(0, own[1])
    assert "ikke en del af dommen" in page.errors.explanation.toPlainText()
    assert page.text.view.marked == 3
    assert page.errors.list.currentIndex().parent() == rows.index(6, 0)
    page.checking.select(0, remark)
    assert "ikke afviser" in page.errors.explanation.toPlainText()

    model = page.reports.model
    assert [model.index(row, 0).data(Role.SEVERITY) for row in range(3)] == [Sign.REJECTED, Sign.INFO, Sign.CHECK]
    assert "1 iagttagelse" in model.index(1, 0).data(Role.SECOND_LINE)
    assert "2 bemærkninger" in model.index(2, 0).data(Role.SECOND_LINE)
    page.reports.filter.choose(Standing.REMARKS)
    assert model.rowCount() == 2
    page.checking.select(1)
    assert "Vælg en fejl" in page.errors.explanation.toPlainText()
    wait(page, qtbot)
    page.window().choose_look(Look.DARK)  # type: ignore[attr-defined]
    page.window().choose_look(Look.LIGHT)  # type: ignore[attr-defined]


def test_a_fault_that_stops_the_check_is_told(page: CheckPage, qtbot: QtBot, reports: Path) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    page.checking._fail(page.checking._run or object(), Fault("check-process-ended"))  # type: ignore[arg-type]
    assert window.message.isVisible()


def test_nothing_to_check(
    page: CheckPage, qtbot: QtBot, reports: Path, invented: Callable[[Sequence[CheckedReport]], None]
) -> None:
    invented([])
    check_and_wait(page, qtbot, reports)
    assert page.head.verdict.text.text() == "Der er ingen rapporter at kontrollere."
    invented([CheckedReport("x", Verdict(), FileFault("file-empty", file="x"))])
    check_and_wait(page, qtbot, reports)
    assert page.head.verdict.text.text() == "Kunne ikke kontrolleres: 1."


def many(folder: Path, count: int) -> Path:
    """A file with so many reports, every tenth of them rejected."""
    good, bad = json.dumps(sample("maternity")), json.dumps(broken_type(sample("maternity")))
    path = folder / "many.ndjson"
    path.write_text("\n".join(bad if at % 10 == 0 else good for at in range(count)), encoding="utf-8")
    return path


def test_reports_stream_in_and_a_cancel_keeps_what_is_done(
    page: CheckPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = use_case.check

    def endless(paths: Sequence[Path], package: Path | None, jobs: int | None, progress: Progress, stop: Cancellation):  # type: ignore[no-untyped-def]
        yield from real(paths, package, 1, progress, stop)
        while True:
            stop.check()
            sleep(0.005)

    monkeypatch.setattr(use_case, "check", endless)
    at_first: list[str] = []
    page.checking.began.connect(lambda: at_first.append(page.errors.explanation.toPlainText()))
    page.check([many(tmp_path, 40)])
    assert "Fejlene kommer" in at_first[0]
    page.reports.filter.choose(Standing.REJECTED)
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
    assert page.reports.model.rowCount() == page.checking.counts[Standing.REJECTED] == 4


def test_a_cause_that_is_chosen_takes_the_reports_that_come(page: CheckPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.check([many(tmp_path, 600)])
    qtbot.waitUntil(lambda: bool(page.checking.causes.rejecting), timeout=20_000)
    choice = page.reports.cause
    choice.fill()
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    wait(page, qtbot)
    assert page.reports.model.rowCount() == 60


def test_a_new_check_puts_the_old_out_of_date(page: CheckPage, qtbot: QtBot, reports: Path, tmp_path: Path) -> None:
    path = many(tmp_path, 300)
    page.check([path])
    page.check([reports])
    wait(page, qtbot)
    assert len(page.checking.reports) == 6
    page.check([path])
    page.checking.session.jobs.cancel("check")
    wait(page, qtbot)
    assert page.checking.is_cancelled


def test_files_of_the_same_name_keep_their_own_texts(page: CheckPage, qtbot: QtBot, tmp_path: Path) -> None:
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


def test_a_file_that_is_gone_in_the_meantime(checked: CheckPage, qtbot: QtBot, reports: Path) -> None:
    (reports / "c-valid.json").unlink()
    pick(checked, qtbot, "c-valid.json")
    assert checked.text.stack.currentWidget() is checked.text.none
    assert "c-valid.json" in checked.text.none.text.text()
    pick(checked, qtbot, "b-two.json")
    assert checked.text.stack.currentWidget() is not checked.text.none


def test_cpr_numbers_are_covered_until_they_are_asked_for(checked: CheckPage, qtbot: QtBot) -> None:
    pick(checked, qtbot, "c-valid.json")
    view = checked.text.view
    assert "0505209996" not in view.toPlainText()
    assert "••••••-9996" in view.toPlainText()
    checked.checking.session.unmask(True)
    assert "0505209996" in view.toPlainText()
    assert "dækket" not in checked.text.note.text()
    checked.checking.session.unmask(False)
    assert "0505209996" not in view.toPlainText()


def test_a_long_report_is_shown_in_parts(checked: CheckPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown_text, "MOST_LINES", 20)
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


def test_everything_is_told_in_english(checked: CheckPage, qtbot: QtBot) -> None:
    window = checked.window()
    assert isinstance(window, MainWindow)
    window.choose_language(Language.ENGLISH)
    assert checked.head.verdict.text.text() == "3 of 6 reports would be rejected. Could not be checked: 1."
    assert checked.reports.filter[Standing.REJECTED].text().startswith("Rejected")
    assert str(checked.reports.model.index(0, 0).data(Role.SECOND_LINE)).startswith("Would be rejected")
    assert "What to do" in checked.errors.explanation.toPlainText()
    pick(checked, qtbot, "f-empty.json")
    assert "Not checked" in checked.errors.explanation.toPlainText()
    window.choose_language(Language.DANISH)
    assert "Ikke kontrolleret" in checked.errors.explanation.toPlainText()


def test_every_control_has_a_name(checked: CheckPage) -> None:
    for widget in checked.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.objectName().startswith("qt_"):
            assert widget.objectName(), widget
            assert widget.accessibleName(), widget.objectName()


def test_files_are_dropped_or_chosen(
    page: CheckPage, qtbot: QtBot, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(reports / "a-type.json")), QUrl("https://eksempel.dk")])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDropEvent(QPointF(5, 5), copy, data, left, none, QEvent.Type.DragEnter)
    page.dragEnterEvent(enter)  # type: ignore[arg-type]
    assert enter.isAccepted()
    words = QMimeData()
    words.setText("x")
    other = QDropEvent(QPointF(5, 5), copy, words, left, none, QEvent.Type.DragEnter)
    other.ignore()
    page.dragEnterEvent(other)  # type: ignore[arg-type]
    assert not other.isAccepted()
    page.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
    wait(page, qtbot)
    assert names(page) == ["a-type.json"]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(reports / "b-two.json")], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(reports))
    page.choose_files.click()
    wait(page, qtbot)
    assert names(page) == ["b-two.json"]
    page.head.folder.click()
    wait(page, qtbot)
    assert len(names(page)) == 6
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    page.head.files.click()
    page.choose_folder.click()
    wait(page, qtbot)
    assert len(names(page)) == 6


def test_an_official_package_is_chosen(
    checked: CheckPage, qtbot: QtBot, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = shared / "fhir-packages" / "kl.dk.fhir.children-2.0.1.tgz"
    head = checked.head
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(package), ""))
    head.choose_package_.trigger()
    wait(checked, qtbot)
    assert checked.checking.version == "2.0.1"
    assert "2.0.1" in head.standard.text()
    assert "2.0.1" in head.verdict.more.text()
    assert head.official.isChecked()
    assert len(names(checked)) == 6
    head.shipped.trigger()
    wait(checked, qtbot)
    assert checked.checking.version == "2.1.0"
    assert head.shipped.isChecked()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    head.choose_package_.trigger()
    assert checked.checking.package is None
    head.standard.click()
    assert head.menu.isVisible()
    head.menu.close()


def test_a_package_that_can_not_be_used_is_told_and_given_up(
    page: CheckPage, qtbot: QtBot, reports: Path, tmp_path: Path
) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    package = tmp_path / "package.tgz"
    with tarfile.open(package, "w:gz"):
        pass
    for paths in ([], [reports]):
        if paths:
            check_and_wait(page, qtbot, *paths)
        window.message.clear()
        page.checking.use_standard(package)
        qtbot.waitUntil(window.message.isVisible, timeout=20_000)
        wait(page, qtbot)
        assert page.checking.package is None
        assert page.checking.version == "2.1.0"
        page.checking.use_standard(None)
    assert len(names(page)) == 6


def test_a_narrow_window_folds_the_text_away(checked: CheckPage, qtbot: QtBot) -> None:
    checked.window().resize(NARROW - 60, 700)
    qtbot.waitUntil(lambda: not checked.text.isVisible())
    assert checked.errors.isVisible()
    checked.window().resize(NARROW + 100, 700)
    qtbot.waitUntil(checked.text.isVisible)


def test_the_page_is_drawn_in_both_looks(checked: CheckPage, qtbot: QtBot) -> None:
    window = checked.window()
    assert isinstance(window, MainWindow)
    pictures = []
    for look in (Look.LIGHT, Look.DARK):
        window.choose_look(look)
        checked.reports.list.setFocus()
        checked.errors.list.setFocus()
        pictures.append(checked.grab().toImage())
    assert pictures[0].pixelColor(5, 5) != pictures[1].pixelColor(5, 5)
    checked.text.view.verticalScrollBar().setValue(20)
    checked.grab()
    assert checked.text.view.sizeHint().isValid()
    window.choose_look(Look.LIGHT)
