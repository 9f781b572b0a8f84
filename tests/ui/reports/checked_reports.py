"""Real reports with known faults, and the moves of somebody who checks them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.conformance.model import ConformanceFinding
from ldbu_desktop.conformance.verdict.verdict import conformance_finding
from ldbu_desktop.ui.reports.page import ReportsPage

SAMPLES = sorted(resource("samples", "rapporter").iterdir())


def sample(kind: str) -> dict[str, Any]:
    """A valid report of a kind of visit."""
    path = next(path for path in SAMPLES if path.name.startswith(kind))
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return report


def broken_type(report: dict[str, Any]) -> dict[str, Any]:
    """The report with a type that it may not have."""
    return report | {"type": "transaction"}


def check_and_wait(page: ReportsPage, qtbot: QtBot, *paths: Path) -> None:
    """Check paths and wait until all is checked and shown."""
    page.check(paths)
    wait(page, qtbot)


def wait(page: ReportsPage, qtbot: QtBot) -> None:
    """Wait until nothing runs any more."""
    jobs = page.checking.session.jobs
    qtbot.waitUntil(lambda: not page.checking.is_running and not jobs.is_busy(), timeout=60_000)


def names(page: ReportsPage) -> list[str]:
    """The reports that are shown."""
    model = page.reports.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def pick(page: ReportsPage, qtbot: QtBot, name: str) -> None:
    """Select a report by clicking it."""
    page.reports.list.setCurrentIndex(page.reports.model.index(names(page).index(name), 0))
    wait(page, qtbot)


def marked_line(page: ReportsPage) -> str:
    """What stands on the line that is marked."""
    assert page.text.view.marked is not None
    return page.text.view.document().findBlockByNumber(page.text.view.marked.start).text()


def press(page: ReportsPage, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> bool:
    """Press a key as the window would see it: first as what may become a shortcut. True if the page took it."""
    ask = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifier)
    ask.ignore()
    page.event(ask)
    if ask.isAccepted():
        page.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, modifier))
    return ask.isAccepted()


def finding(at: str, line: int | None, code: str = "invariant", **more: Any) -> ConformanceFinding:
    """A finding."""
    found = conformance_finding("url#obs-6", at, (), code, **more)
    return found if line is None else found.moved(line, 2)


def many(folder: Path, count: int) -> Path:
    """A file with so many reports, every tenth of them rejected."""
    good, bad = json.dumps(sample("maternity")), json.dumps(broken_type(sample("maternity")))
    path = folder / "many.ndjson"
    path.write_text("\n".join(bad if at % 10 == 0 else good for at in range(count)), encoding="utf-8")
    return path
