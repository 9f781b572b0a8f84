"""What the window writes when it is asked to, and that it says where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.bundles.model import ExportOptions
from ldbu_desktop.journal.where import Where
from ldbu_desktop.rendering.formats import FORMATS
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.delivery.delivery_jobs import deliver
from ldbu_desktop.ui.delivery.page import DeliveryPage
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pages import CHILDREN, DELIVERY, REPORTS
from ldbu_desktop.ui.receipt import ReceiptDialog
from ldbu_desktop.ui.reports.page import ReportsPage
from ldbu_desktop.ui.saving import FileKind, ask_where
from tests.profiles import each

Choose = Callable[..., None]


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Choose:
    """Answers the next dialog that asks where to save: with a path, and the place of a filter."""

    def answer(path: Path | str, filter_: int = 0) -> None:
        def asked(*given: object) -> tuple[str, str]:
            return str(path), str(given[3]).split(";;")[filter_]

        monkeypatch.setattr(QFileDialog, "getSaveFileName", asked)

    return answer


def settled(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.jobs.is_busy(), timeout=20_000)


KINDS = (FileKind(lambda: "Side", ".html", "a"), FileKind(lambda: "Regneark", ".xlsx", "b"))


@pytest.mark.parametrize(
    ("typed", "filter_", "name", "key"),
    each(
        [
            ("a.html", 0, "a.html", "a"),
            ("a", 1, "a.xlsx", "b"),
            ("a.xlsx", 0, "a.xlsx", "b"),
            ("a.12", 0, "a.12.html", "a"),
            ("A.HTML", 1, "A.HTML", "a"),
        ],
        3,
    ),
)
def test_the_ending_is_always_there(
    window: MainWindow, choose: Choose, tmp_path: Path, typed: str, filter_: int, name: str, key: str
) -> None:
    choose(tmp_path / typed, filter_)
    asked = ask_where(window, "Gem", "a.html", KINDS)
    assert asked is not None
    assert (asked[0].name, asked[1].key) == (name, key)
    choose("")
    assert ask_where(window, "Gem", "a.html", KINDS) is None


@pytest.mark.parametrize(
    ("filter_", "ending"),
    each([*enumerate((".html", ".xlsx", ".pdf", ".txt", ".json", ".jsonl", ".xml", ".sarif"))], 3),
)
def test_findings_are_saved_in_every_form_and_the_folder_can_be_opened(
    opened: MainWindow,
    qtbot: QtBot,
    choose: Choose,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    filter_: int,
    ending: str,
) -> None:
    choose(tmp_path / "fund", filter_)
    opened.actions_["save-findings"].trigger()
    settled(opened, qtbot)
    assert (tmp_path / f"fund{ending}").stat().st_size
    assert str(tmp_path / f"fund{ending}") in opened.message.text.text()
    seen: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: seen.append(url.toLocalFile()))
    opened.message.open_folder.click()
    assert [Path(one) for one in seen] == [tmp_path]
    opened.message.clear()
    choose("")
    opened.actions_["save-findings"].trigger()
    assert not opened.message.isVisible()


def test_verdicts_are_saved_from_the_page_of_reports(
    window: MainWindow, qtbot: QtBot, choose: Choose, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.pages.go(REPORTS)
    assert not window.actions_["save-findings"].isEnabled()
    window.check([resource("samples", "rapporter")])
    page = cast(ReportsPage, window.pages.page(REPORTS))
    qtbot.waitUntil(lambda: not page.checking.is_running and bool(page.checking.reports), timeout=30_000)
    offered: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (offered.append(str(given[3])), ("", ""))[1])
    page.head.save.click()
    assert len(offered[0].split(";;")) == len(FORMATS)  # those of the command line
    choose(tmp_path / "fund.json", 8)
    page.head.save.click()
    settled(window, qtbot)
    assert '"OperationOutcome"' in (tmp_path / "fund.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("filter_", "ending", "count"), each([(0, ".xlsx", 1), (1, ".xlsx", 1), (2, ".csv", 6), (3, ".csv", 1)], 2)
)
def test_a_template_is_saved(
    window: MainWindow, qtbot: QtBot, choose: Choose, tmp_path: Path, filter_: int, ending: str, count: int
) -> None:
    choose(tmp_path / f"skabelon{ending}", filter_)
    window.actions_["template"].trigger()
    settled(window, qtbot)
    assert len(list(tmp_path.glob(f"skabelon*{ending}"))) == count
    assert "skabelon" in window.message.text.text()
    choose("")
    window.actions_["template"].trigger()


def test_a_visit_is_saved_as_a_pdf_and_printed_at_once(
    opened: MainWindow, choose: Choose, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.session.select(Where(visit="K2"))
    choose(tmp_path / "kontakt.pdf")
    opened.actions_["print-pdf"].trigger()
    assert (tmp_path / "kontakt.pdf").read_bytes().startswith(b"%PDF")
    assert str(tmp_path / "kontakt.pdf") in opened.message.text.text()
    choose(tmp_path / "no" / "such" / "kontakt.pdf")
    opened.actions_["print-pdf"].trigger()
    assert not opened.message.open_folder.isVisible()
    answer(monkeypatch, tmp_path / "paper.pdf")
    opened.actions_["print"].trigger()
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")
    answer(monkeypatch, None)
    opened.actions_["print"].trigger()


@pytest.mark.parametrize("action", ["print", "print-pdf", "save-findings", "save-as", "write-copy"])
def test_what_is_being_typed_is_taken_first(
    opened: MainWindow, qtbot: QtBot, choose: Choose, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    page = cast(ChildrenPage, opened.pages.page(CHILDREN))
    session, values = opened.session, page.visit_page.values
    weight = next(one for one in session.work.findings_at(Where(visit="K1")) if one.location.variable == "weight")
    opened.pages.go(CHILDREN)
    session.select_finding(weight)
    values.edit(values.currentIndex())
    editor = values.findChild(QLineEdit, "valueEditor")
    assert editor is not None
    editor.setText("3350")
    assert len(session.work.steps.done) == 0
    choose(tmp_path / "skrevet")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    answer(monkeypatch, None)
    opened.actions_[action].trigger()
    assert len(session.work.steps.done) == 1
    assert weight not in session.work.findings_at(Where(visit="K1"))
    settled(opened, qtbot)


def answer(monkeypatch: pytest.MonkeyPatch, paper: Path | None) -> None:
    """Answer the system's dialog of printers: with paper that is a file, or by leaving it."""

    def asked(dialog: QPrintDialog) -> QDialog.DialogCode:
        if paper is None:
            return QDialog.DialogCode.Rejected
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(paper))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", asked)


def test_after_a_delivery_it_is_read_and_checked(
    opened: MainWindow, qtbot: QtBot, choose: Choose, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = cast(DeliveryPage, opened.pages.page(DELIVERY))
    opened.pages.go(DELIVERY)
    page.options.folder_line.setText(str(tmp_path / "ud"))
    page.deliver.click()
    qtbot.waitUntil(page.read_receipt.isVisible, timeout=20_000)
    settled(opened, qtbot)
    page.read_receipt.click()
    settled(opened, qtbot)
    dialog = opened.findChild(ReceiptDialog)
    assert dialog is not None
    assert "K1" in dialog.text.toPlainText()
    choose(tmp_path / "kvittering.pdf")
    dialog.save.click()
    assert (tmp_path / "kvittering.pdf").read_bytes().startswith(b"%PDF")
    choose(tmp_path / "no" / "such" / "kvittering.pdf")
    dialog.save.click()
    choose("")
    dialog.save.click()
    answer(monkeypatch, tmp_path / "paper.pdf")
    dialog.print_.click()
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")
    seen: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: seen.append(url.toLocalFile()))
    dialog.folder.click()
    page.open_folder.click()
    assert [Path(one) for one in seen] == [tmp_path / "ud"] * 2
    dialog.accept()
    page.check.click()
    reports = cast(ReportsPage, opened.pages.page(REPORTS))
    assert opened.pages.currentWidget() is reports
    qtbot.waitUntil(lambda: not reports.checking.is_running and bool(reports.checking.reports), timeout=30_000)
    assert reports.checking.paths == (tmp_path / "ud",)


def test_any_receipt_is_read(opened: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver(opened.session, tmp_path / "ud", ExportOptions(), lambda _: None)
    settled(opened, qtbot)
    names = [str(tmp_path / "ud" / "kvittering.json"), ""]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (names.pop(0), ""))
    opened.actions_["receipt"].trigger()
    settled(opened, qtbot)
    dialog = opened.findChild(ReceiptDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.accept()
    opened.actions_["receipt"].trigger()
    assert not opened.jobs.is_busy("receipt")
