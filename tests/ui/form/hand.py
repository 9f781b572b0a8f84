"""What a test does with the keyboard, and waits for."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.bundles.model import ExportOptions, Receipt
from ldbu_desktop.journal.where import Where
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.delivery.delivery_jobs import deliver
from ldbu_desktop.ui.form.filling import Filling
from ldbu_desktop.ui.form.form_field import FormField
from ldbu_desktop.ui.form.page import FormPage
from ldbu_desktop.ui.form.score_line import ScoreLine
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pages import CHILDREN
from ldbu_desktop.ui.session import Session

PASSPHRASE = "fire ord er nok her"  # noqa: S105
NONE = Qt.KeyboardModifier.NoModifier


def settled(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until nothing is under way, nor about to be."""

    def is_still() -> bool:
        waiting = any(timer.isActive() and timer.isSingleShot() for timer in window.findChildren(QTimer))
        return not waiting and not window.jobs.is_busy()

    qtbot.waitUntil(is_still, timeout=20_000)
    QApplication.processEvents()


def waiting(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until a case is filled and checked, and its form has taken the place of what was shown before."""
    session, page = window.session, window.pages.page(CHILDREN)
    assert isinstance(page, ChildrenPage)
    qtbot.waitUntil(lambda: session.is_filled and session.findings is not None, timeout=20_000)
    qtbot.waitUntil(lambda: page.middle.currentWidget() is page.filling, timeout=20_000)
    settled(qtbot, window)


def delivered(window: MainWindow, qtbot: QtBot, folder: Path, *, only_new: bool = False) -> int:
    """Deliver to a folder; how many visits went out."""
    done: list[Receipt] = []
    deliver(window.session, folder, ExportOptions(), done.append, only_new=only_new)
    qtbot.waitUntil(lambda: bool(done), timeout=20_000)
    settled(qtbot, window)
    return done[0].sent


def keyboard() -> QWidget:
    """What the system would give a key to: an open list before the field that it belongs to."""
    target = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert target is not None
    return target


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """Press a key, wherever the keyboard is."""
    QTest.keyClick(keyboard(), key, modifier)


def typed(text: str) -> None:
    """Type a text, wherever the keyboard is."""
    for letter in text:
        QTest.keyClicks(keyboard(), letter)


def focused() -> str:
    """The name of what has the keyboard."""
    widget = QApplication.focusWidget()
    return widget.objectName() if widget is not None else ""


def cpr_of_age(days: int) -> str:
    """The CPR number of somebody who is so many days old today."""
    return f"{date.today() - timedelta(days=days):%d%m%y}5996"


def field_named(page: FormPage, name: str) -> FormField:
    """A field that is shown, by its name."""
    return next(field for field in page.form.order if field.at.name == name)


def children_of(window: MainWindow) -> ChildrenPage:
    """The page of the children and their visits."""
    page = window.pages.page("children")
    assert isinstance(page, ChildrenPage)
    return page


def filling_of(window: MainWindow) -> Filling:
    """The middle of the window while a case is filled."""
    return children_of(window).filling


def session_of(page: FormPage) -> Session:
    """What is open in the window that a form is in."""
    window = page.window()
    assert isinstance(window, MainWindow)
    return window.session


def score_line(page: FormPage, name: str) -> ScoreLine | None:
    """The line of a questionnaire's sum, where it is shown."""
    return page.findChild(ScoreLine, name)


def family_of(window: MainWindow) -> str:
    """The key of the first family."""
    return window.session.journal.families[0].key


def child_of(window: MainWindow) -> str:
    """The key of the first family's child."""
    return next(one.key for one in window.session.journal.families[0].citizens if one.is_child)


def name_people(window: MainWindow, child_cpr: str) -> None:
    """Give the first family's child and parents their CPR numbers and municipality."""
    family = window.session.journal.families[0]
    for citizen in family.citizens:
        cpr = child_cpr if citizen.is_child else "2911829996"
        window.session.edit(Where(family.key, "", citizen.key, "citizen.cpr"), cpr)
        window.session.edit(Where(family.key, "", citizen.key, "citizen.organisation"), "451000016003")
