"""The page of the file check, empty, and with a folder of known faults checked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ldbu_desktop.conformance.model import CheckedReport
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pages import REPORTS
from ldbu_desktop.ui.reports.page import ReportsPage
from ldbu_desktop.use_cases import check as use_case
from tests.ui.reports.checked_reports import (
    broken_type,
    check_and_wait,
    sample,
)


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
def page(window: MainWindow, qtbot: QtBot) -> ReportsPage:
    """The page, gone to, with nothing on it yet."""
    window.resize(1300, 800)
    window.pages.go(REPORTS)
    made = window.pages.page(REPORTS)
    assert isinstance(made, ReportsPage)
    qtbot.waitUntil(lambda: bool(made.checking.version) and not made.checking.is_running, timeout=20_000)
    return made


@pytest.fixture
def checked(page: ReportsPage, qtbot: QtBot, reports: Path) -> ReportsPage:
    """The page with the folder checked."""
    check_and_wait(page, qtbot, reports)
    return page


@pytest.fixture
def invented(monkeypatch: pytest.MonkeyPatch) -> Callable[[Sequence[CheckedReport]], None]:
    """Lets a check give verdicts that are rare in real reports."""

    def give(verdicts: Sequence[CheckedReport]) -> None:
        def stand_in(*_: object, **_named: object) -> Iterator[CheckedReport]:
            yield from verdicts

        monkeypatch.setattr(use_case, "check", stand_in)

    return give
