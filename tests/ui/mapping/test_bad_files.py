"""Foreign files in which something is wrong, in a window: asked about without a map, read and told of with one."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from ldbu_desktop.cli.program import run
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.mapping.page import MappingPage
from ldbu_desktop.ui.pages import MAPPING
from tests.data.exports.bad_files import CASES, FILES, ROWS, written
from tests.profiles import each, some

SLOW = 60_000


def codes(window: MainWindow, qtbot: QtBot, *paths: Path) -> set[str]:
    """What is found in files: read at once where all is known or sure, else after the page was asked to read them."""
    window.open(list(paths))
    session = window.session
    qtbot.waitUntil(lambda: session.asked is not None or session.findings is not None, timeout=SLOW)
    qtbot.waitUntil(lambda: not window.jobs.is_busy(), timeout=SLOW)
    if session.asked is not None:
        page = cast(MappingPage, window.pages.page(MAPPING))
        assert page.links.model.rows
        with qtbot.waitSignal(session.judged, timeout=SLOW):
            page.load()
        qtbot.waitUntil(lambda: not window.jobs.is_busy(), timeout=SLOW)
    assert session.findings is not None
    return set(session.findings.by_code)


def approved(folder: Path) -> Path:
    """A map in which everything that is proposed for the good file was approved."""
    saved = folder / "godkendt.ldbumap"
    run(["map", str(written(folder, ROWS, name="god.xlsx")), "--approve", "all", "--by", "SPL", "--save", str(saved)])
    return saved


@pytest.mark.parametrize("name", some(list(FILES), 3))
def test_what_is_wrong_is_told_without_a_map(window: MainWindow, qtbot: QtBot, tmp_path: Path, name: str) -> None:
    found = codes(window, qtbot, FILES[name](tmp_path))
    assert "mandatory-missing-gateway" in found
    assert name not in CASES or found & {CASES[name][2], "file-column-waits", "file-value-waits"}


@pytest.mark.parametrize("name", some(list(FILES), 3))
def test_what_is_wrong_is_told_with_a_map(window: MainWindow, qtbot: QtBot, tmp_path: Path, name: str) -> None:
    found = codes(window, qtbot, FILES[name](tmp_path), approved(tmp_path))
    assert "mandatory-missing-gateway" in found
    assert name not in CASES or CASES[name][2] in found


def test_a_file_of_something_else_is_refused_with_a_map_too(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(window.session.failed, timeout=SLOW):
        window.open([written(tmp_path, [["skrue", 3]] * 4, ["Varenavn", "Pris"]), approved(tmp_path)])
    qtbot.waitUntil(lambda: not window.jobs.is_busy(), timeout=SLOW)
    assert not window.session.is_open


@pytest.mark.parametrize("text", each(["", "[[[\n- 3: {", "\x00\x01", "columns: 7"], 2))
def test_a_map_that_is_no_map_is_told(window: MainWindow, qtbot: QtBot, tmp_path: Path, text: str) -> None:
    (spoilt := tmp_path / "spoilt.ldbumap").write_text(text, encoding="utf-8")
    with qtbot.waitSignal(window.session.failed, timeout=SLOW):
        window.open([written(tmp_path, ROWS), spoilt])
    qtbot.waitUntil(lambda: not window.jobs.is_busy(), timeout=SLOW)
    assert not window.session.is_open
    assert window.session.asked is None
