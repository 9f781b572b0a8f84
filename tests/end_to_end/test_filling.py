"""Visits filled by keyboard alone in a real window: what is saved, what is exported, and how many keys it takes."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.journal.model import Journal, Visit
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.model import VisitType
from ldbu_desktop.ui.form.answer_line import AnswerLine
from ldbu_desktop.ui.form.choice_bar import ChoiceBar
from ldbu_desktop.ui.form.instrument_head import InstrumentHead
from ldbu_desktop.ui.form.page import FormPage
from ldbu_desktop.ui.form.pick_line import PickLine
from ldbu_desktop.ui.main_window import MainWindow
from tests.profiles import each

PASSPHRASE = "fire ord er nok her"  # noqa: S105
NUMBERS = {"weight": "5250", "height": "57,5", "head-circumference": "39,5"}
NONE = Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@dataclass
class Hand:
    """One hand on the keyboard: it counts the keys, and the least that the answers needed."""

    pressed: int = 0
    needed: int = 0
    filled: list[str] = field(default_factory=list)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """Press a key, wherever the keyboard is."""
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, modifier)
        self.pressed += 1

    def type(self, text: str) -> None:
        """Type a text, letter by letter."""
        for letter in text:
            target = QApplication.focusWidget()
            assert target is not None
            QTest.keyClicks(target, letter)
            self.pressed += 1

    def answer(self, text: str, *, leaves: bool) -> None:
        """Type an answer, with Enter where it does not leave the field by itself."""
        self.type(text)
        self.needed += len(text)
        if leaves:
            self.press(Qt.Key.Key_Return)
            self.needed += 1


def settled(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until nothing is under way."""
    qtbot.waitUntil(lambda: not window.jobs.is_busy(), timeout=20_000)
    QApplication.processEvents()


def named(window: MainWindow, kind: type[QWidget], name: str) -> QWidget:
    """A part of the window by its name."""
    found = window.findChild(kind, name)
    assert found is not None, name
    return found


def new_case(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    """Make a case file, from the door on the start page."""
    hand = Hand()
    named(window, QPushButton, "doorFill").setFocus()
    hand.press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: _focus() == "casePath")
    for text in (str(path), PASSPHRASE, PASSPHRASE):
        hand.type(text)
        hand.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.is_filled and window.session.findings is not None, timeout=20_000)
    settled(qtbot, window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)


def cpr_of_age(days: int) -> str:
    """The CPR number of somebody who is so many days old today."""
    from datetime import date, timedelta

    born = date.today() - timedelta(days=days)
    seventh = "5" if born.year >= 2000 else "1"
    return f"{born:%d%m%y}{seventh}996"


def new_family(window: MainWindow, qtbot: QtBot, visit_type: VisitType) -> None:
    """Type a family whose child has the age for a visit."""
    hand = Hand()
    hand.press(Qt.Key.Key_N, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: _focus() == "citizen.cpr-1")
    first, end = visit_type.from_days, visit_type.to_days
    days = 20 if first is None or end is None else first + min(10, (end - first) // 2)
    for text in (cpr_of_age(days), "451000016003", "2911829996", "451000016003"):
        if _focus().startswith("citizen.organisation-2"):
            hand.press(Qt.Key.Key_A, CONTROL)
        hand.type(text)
        hand.press(Qt.Key.Key_Return)
    settled(qtbot, window)


def new_visit(window: MainWindow, qtbot: QtBot, visit_type: VisitType) -> FormPage:
    """Begin a visit by its digit, or by the arrows where it has none."""
    hand = Hand()
    hand.press(Qt.Key.Key_N, CONTROL)
    qtbot.waitUntil(lambda: _focus() == "visit.type")
    bar = QApplication.focusWidget()
    assert isinstance(bar, ChoiceBar)
    place = [option.code for option in bar.options].index(visit_type.id)
    if place < 9:
        hand.type(str(place + 1))
    else:
        for _ in range(place + 1):
            hand.press(Qt.Key.Key_Right)
        hand.press(Qt.Key.Key_Space)
        hand.press(Qt.Key.Key_Return)
    if _focus() == "visit.subject":
        hand.type("1")
    page = named(window, QWidget, "formScroll").parentWidget()
    assert isinstance(page, FormPage)
    qtbot.waitUntil(lambda: window.session.selection.visit != "" and page.field is not None)
    settled(qtbot, window)
    return page


def _focus() -> str:
    widget = QApplication.focusWidget()
    return widget.objectName() if widget is not None else ""


def fill(window: MainWindow, page: FormPage, *, with_epds: bool) -> Hand:
    """Fill the form from where the keyboard is to its end, as a health visitor does who answers everything."""
    hand = Hand()
    seen: set[str] = set()
    while (name := _focus()) not in seen and name not in ("formNext", "formMissing"):
        seen.add(name)
        widget = QApplication.focusWidget()
        hand.filled.append(name)
        _fill_one(hand, name, widget)
        if with_epds and name == "parent-mental-status-1":
            while _focus() != "epds-1":  # what unfolds the optional fields is between
                hand.press(Qt.Key.Key_Backtab, SHIFT)
            hand.press(Qt.Key.Key_Space)
    return hand


def _fill_one(hand: Hand, name: str, widget: QWidget | None) -> None:
    if name in NUMBERS:
        hand.answer(NUMBERS[name], leaves=True)
    elif isinstance(widget, ChoiceBar):
        hand.answer(widget.options[0].key or "1", leaves=False)
    elif isinstance(widget, PickLine) and not widget.proposal and name == "visit.class":
        hand.answer("4", leaves=False)
    elif name == "visit.school":
        hand.answer("280001", leaves=True)
    elif isinstance(widget, AnswerLine | InstrumentHead):
        hand.answer("", leaves=True)
    else:
        raise AssertionError(name)


def visit_in(journal: Journal) -> Visit:
    """The only visit of a journal."""
    (visit,) = (visit for family in journal.families for visit in family.visits)
    return visit


@pytest.fixture
def filling(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> Iterator[Path]:
    """The path of a case file that is filled."""
    path = tmp_path / "sag.ldbu"
    new_case(window, qtbot, path)
    yield path
    window.session.close()


def test_a_two_months_visit_by_keyboard_alone(window: MainWindow, qtbot: QtBot, filling: Path, tmp_path: Path) -> None:
    from ldbu_desktop.casefile.case_file import CaseFile

    visit_type = next(one for one in shipped_standard().visit_types if one.id == "2-months")
    new_family(window, qtbot, visit_type)
    page = new_visit(window, qtbot, visit_type)
    hand = fill(window, page, with_epds=True)
    settled(qtbot, window)
    session = window.session
    key = session.selection.visit
    assert page.form.missing() == ([], [])
    assert session.work.is_ready(key)
    assert sum(name.startswith("epds.") for name in hand.filled) == 10
    assert hand.pressed <= 1.2 * hand.needed, (hand.pressed, hand.needed)

    out = tmp_path / "ud"
    _deliver(window, qtbot, out)
    session.close()
    file = CaseFile.open(filling, PASSPHRASE)
    visit = visit_in(file.journal)
    file.close()
    told = {one.variable.value: one.value.value for one in visit.observations}
    assert str(told["weight"]) == "5250"
    assert str(told["height"]) == "57.5"
    (response,) = visit.responses
    answers = {one.link_id.value: one.value.value for one in response.answers}
    assert answers["score"] == 0
    assert len(answers) == 11
    (report,) = (path for path in out.iterdir() if path.name != "kvittering.json")
    bundle = json.loads(report.read_text(encoding="utf-8"))
    kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
    assert kinds.count("Observation") == len(visit.observations)
    assert kinds.count("QuestionnaireResponse") == 1


def _deliver(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    hand = Hand()
    hand.press(Qt.Key.Key_E, CONTROL)
    named(window, QWidget, "deliveryFolder").setFocus()
    hand.type(str(folder))
    named(window, QPushButton, "deliveryStart").setFocus()
    hand.press(Qt.Key.Key_Space)
    qtbot.waitUntil((folder / "kvittering.json").is_file, timeout=30_000)
    settled(qtbot, window)


@pytest.mark.parametrize(
    "visit_type",
    each(shipped_standard().visit_types, 2, lambda one: (one.subject, one.is_at_school)),
    ids=lambda one: one.id,
)
def test_every_visit_type_by_keyboard_alone(
    window: MainWindow, qtbot: QtBot, filling: Path, visit_type: VisitType
) -> None:
    new_family(window, qtbot, visit_type)
    page = new_visit(window, qtbot, visit_type)
    hand = fill(window, page, with_epds=False)
    settled(qtbot, window)
    assert page.form.missing() == ([], []), hand.filled
    assert window.session.work.is_ready(window.session.selection.visit)
    assert hand.pressed <= 1.2 * hand.needed, hand.filled


@pytest.mark.oracle
def test_what_is_filled_is_valid_by_the_official_validator(
    window: MainWindow, qtbot: QtBot, filling: Path, tmp_path: Path, official_validator: Path
) -> None:
    for visit_type in shipped_standard().visit_types:
        new_family(window, qtbot, visit_type)
        fill(window, new_visit(window, qtbot, visit_type), with_epds=visit_type.id == "2-months")
        settled(qtbot, window)
    out, verdicts = tmp_path / "ud", tmp_path / "verdicts.jsonl"
    _deliver(window, qtbot, out)
    reports = sorted(path for path in out.iterdir() if path.name != "kvittering.json")
    assert len(reports) == len(shipped_standard().visit_types)
    subprocess.run([str(official_validator), str(verdicts), *map(str, reports)], check=True, capture_output=True)
    told = [json.loads(line) for line in verdicts.read_text(encoding="utf-8").splitlines()]
    assert [one for one in told if not one["valid"]] == []
