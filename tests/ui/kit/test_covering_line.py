"""A line that covers a CPR number: readable while the keyboard is in it, and the same to the program all the time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.journal.mask import without_cpr
from ldbu_desktop.ui.kit.covering_line import CoveringLine

CPR, COVERED = "2911829996", "291182-••••"


@pytest.fixture
def line(qtbot: QtBot) -> Iterator[CoveringLine]:
    """A line beside another, in a window that has the keyboard."""
    window = QWidget()
    made = CoveringLine(without_cpr)
    lines = QVBoxLayout(window)
    for part in (made, QLineEdit()):
        lines.addWidget(part)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.setFocus()
    yield made
    window.close()


def leave(line: CoveringLine) -> None:
    other = line.parentWidget().findChildren(QLineEdit)[-1]
    other.setFocus()


def test_a_number_is_covered_when_the_keyboard_leaves(line: CoveringLine, qtbot: QtBot) -> None:
    qtbot.keyClicks(line, f"barn {CPR}")
    assert line.text() == line.typed == f"barn {CPR}"
    heard: list[str] = []
    line.textChanged.connect(heard.append)
    leave(line)
    assert (line.text(), line.typed) == (f"barn {COVERED}", f"barn {CPR}")
    line.setFocus()
    assert line.text() == line.typed == f"barn {CPR}"
    assert heard == []


def test_other_text_stays_as_it_is(line: CoveringLine, qtbot: QtBot) -> None:
    qtbot.keyClicks(line, "vægt 5250")
    leave(line)
    assert line.text() == line.typed == "vægt 5250"


def test_what_the_program_writes_takes_the_place_of_what_was_covered(line: CoveringLine, qtbot: QtBot) -> None:
    qtbot.keyClicks(line, CPR)
    leave(line)
    line.clear()
    assert line.typed == ""
    line.setFocus()
    assert line.text() == ""
