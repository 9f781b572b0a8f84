"""What went out and was wrong, mended by keyboard in a real window: what the next delivery says about it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.ui.form.question import QuestionBar
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.use_cases.engines import engine_for
from tests.end_to_end.test_filling import (
    CONTROL,
    Hand,
    cpr_of_age,
    fill,
    named,
    new_case,
    new_family,
    new_visit,
    settled,
)

VISIT_TYPE = next(one for one in shipped_standard().visit_types if one.id == "2-months")


@pytest.fixture
def hand(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """A hand on the keyboard; a visit is filled and delivered to the folder ``first``."""
    new_case(window, qtbot, tmp_path / "sag.ldbu")
    new_family(window, qtbot, VISIT_TYPE)
    fill(window, new_visit(window, qtbot, VISIT_TYPE), with_epds=False)
    settled(qtbot, window)
    hand = Hand()
    deliver(window, qtbot, hand, tmp_path / "first")
    yield hand
    window.session.close()


def deliver(window: MainWindow, qtbot: QtBot, hand: Hand, folder: Path) -> list[dict[str, Any]]:
    """Deliver by keyboard what is new; the reports that were written, each valid by our own engine."""
    hand.press(Qt.Key.Key_E, CONTROL)
    settled(qtbot, window)
    named(window, QWidget, "deliveryFolder").setFocus()
    hand.press(Qt.Key.Key_A, CONTROL)
    hand.type(str(folder))
    named(window, QPushButton, "deliveryStart").setFocus()
    hand.press(Qt.Key.Key_Space)
    qtbot.waitUntil((folder / "kvittering.json").is_file, timeout=30_000)
    settled(qtbot, window)
    texts = [path.read_bytes() for path in folder.glob("*.json") if path.name != "kvittering.json"]
    assert all(not engine_for(shipped_standard()).check(text).errors for text in texts)
    return [json.loads(text) for text in texts]


def to_family(window: MainWindow, qtbot: QtBot) -> None:
    """Go to the family's record."""
    window.pages.go("children")
    window.session.select(Where(window.session.journal.families[0].key))
    settled(qtbot, window)


def told(reports: list[dict[str, Any]]) -> set[tuple[str, str]]:
    """What each report says of its visit: its status, and the child's CPR number."""
    found = set()
    for report in reports:
        resources = [entry["resource"] for entry in report["entry"]]
        visit = next(one for one in resources if one["resourceType"] == "Encounter")
        child = visit["subject"]["reference"].rpartition("/")[2]
        citizen = next(one for one in resources if one["resourceType"] == "Patient" and one["id"] == child)
        found.add((visit["status"], citizen["identifier"][0]["value"]))
    return found


def test_a_wrong_number_is_withdrawn_and_delivered_anew(
    window: MainWindow, qtbot: QtBot, hand: Hand, tmp_path: Path
) -> None:
    old = window.session.journal.families[0].citizens[0].cpr.value
    right = cpr_of_age(50)
    assert old not in (None, right)
    to_family(window, qtbot)
    named(window, QWidget, "citizen.cpr-1").setFocus()
    hand.press(Qt.Key.Key_A, CONTROL)
    hand.type(right)
    hand.press(Qt.Key.Key_Return)
    question = named(window, QuestionBar, "familyQuestion")
    qtbot.waitUntil(question.isVisible)
    named(window, QPushButton, "familyQuestionYes").setFocus()
    hand.press(Qt.Key.Key_Return)
    settled(qtbot, window)
    reports = deliver(window, qtbot, hand, tmp_path / "second")
    assert told(reports) == {("entered-in-error", old), ("finished", right)}
    assert deliver(window, qtbot, hand, tmp_path / "third") == []


def test_a_family_entered_by_mistake_is_withdrawn_and_then_gone(
    window: MainWindow, qtbot: QtBot, hand: Hand, tmp_path: Path
) -> None:
    old = window.session.journal.families[0].citizens[0].cpr.value
    for folder in ("second", "third"):
        to_family(window, qtbot)
        named(window, QPushButton, "familyRemove").setFocus()
        hand.press(Qt.Key.Key_Space)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        qtbot.keyClick(menu, Qt.Key.Key_Up)
        qtbot.keyClick(menu, Qt.Key.Key_Return)
        qtbot.waitUntil(named(window, QuestionBar, "familyQuestion").isVisible)
        named(window, QPushButton, "familyQuestionYes").setFocus()
        hand.press(Qt.Key.Key_Return)
        settled(qtbot, window)
        if folder == "second":
            assert told(deliver(window, qtbot, hand, tmp_path / folder)) == {("entered-in-error", old)}
    assert window.session.journal.families == ()
