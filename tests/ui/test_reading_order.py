"""A screen reader goes through the parts of every page in the order in which they are seen, whenever they were made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QPlainTextEdit, QSplitterHandle, QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.ui.kit.roles import tell_roles
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pages import PAGES
from tests.profiles import IS_QUICK
from tests.ui.hand import activate
from tests.ui.test_every_button import dialogs
from tests.ui.test_every_page_afar import columns_and_reports, exercises, filled_case, filled_pages, settle

NO_ROLES = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.LayeredPane)
"""What tells a screen reader nothing of what can be done with something."""

IN_COLUMNS = ("keySheet",)
"""What is read column by column."""


def heard(whole: QWidget) -> list[tuple[str, QRect]]:
    """The parts of something that are to be seen, by name and place, in the order in which they are told of."""
    told = QAccessible.queryAccessibleInterface(whole)
    parts = [child for at in range(told.childCount()) if (child := told.child(at)) is not None]
    shown = [part for part in parts if isinstance(part.object(), QWidget) and part.object().isVisible()]
    return [
        (part.object().objectName(), part.rect())
        for part in shown
        if not part.rect().isEmpty() and not isinstance(part.object(), QSplitterHandle)
    ]


def is_seen_before(one: QRect, other: QRect) -> bool:
    """Whether one part stands above another, or in the same line to the left of it."""
    shared = min(one.bottom(), other.bottom()) - max(one.top(), other.top())
    is_beside = 2 * shared > min(one.height(), other.height())
    return one.bottom() <= other.top() or (is_beside and one.right() <= other.left())


def out_of_order(whole: QWidget) -> Iterator[str]:
    """Each two parts within ``whole`` that are told of the wrong way round."""
    for part in [whole, *whole.findChildren(QWidget)]:
        if part.isVisible() and not isinstance(part, QAbstractItemView | QPlainTextEdit):
            for (first, place), (second, following) in pairwise(heard(part)):
                if is_seen_before(following, place):
                    yield f"{first} before {second} in {part.objectName()}"


@pytest.fixture
def page_states(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> Iterator[str]:
    """Each page, empty and filled."""

    def states() -> Iterator[str]:
        activate(opened, qtbot)
        for page in PAGES:
            opened.pages.go(page.id)
            yield page.id
        (tmp_path / "ud").mkdir()
        yield from filled_pages(opened, qtbot, tmp_path / "ud")
        if not IS_QUICK:
            yield from exercises(opened, qtbot, tmp_path)
            (tmp_path / "rapporter").mkdir()
            yield from columns_and_reports(opened, qtbot, tmp_path / "rapporter")
            yield from filled_case(opened, qtbot)

    return states()


def unclear(whole: QWidget) -> Iterator[str]:
    """Each control within ``whole`` of which a screen reader can't say what it is, what it is called, or what for."""
    for part in whole.findChildren(QWidget):
        if not part.isVisible() or part.focusPolicy() is Qt.FocusPolicy.NoFocus or part.focusProxy() is not None:
            continue
        told = QAccessible.queryAccessibleInterface(part)
        if told.role() in NO_ROLES or not told.text(QAccessible.Text.Name):
            yield part.objectName()
        if isinstance(part, QComboBox) and part.accessibleName() != told.text(QAccessible.Text.Description):
            yield f"{part.objectName()}: what for"  # Qt calls it by what is chosen in it, on Linux
        if isinstance(part, QComboBox) and (line := part.lineEdit()) and line.accessibleName() != part.accessibleName():
            yield f"{part.objectName()}: what is typed"
        is_one_of_several = isinstance(part, QAbstractButton) and part.autoExclusive()
        if is_one_of_several and not _is_named_group(told.parent()):
            yield f"{part.objectName()}: one of what"


def _is_named_group(told: QAccessibleInterface) -> bool:
    return told.role() is QAccessible.Role.Grouping and bool(told.text(QAccessible.Text.Name))


def test_what_is_heard_is_in_the_order_in_which_it_is_seen_and_says_what_it_is(
    opened: MainWindow, qtbot: QtBot, page_states: Iterator[str]
) -> None:
    tell_roles()
    found: dict[str, list[str]] = {}
    for state in page_states:
        settle(opened, qtbot)
        page = opened.pages.currentWidget()
        if wrong := [*out_of_order(page), *unclear(page)]:
            found[state] = wrong
    assert found == {}


def test_dialogs_are_heard_as_pages_are(opened: MainWindow, qtbot: QtBot) -> None:
    activate(opened, qtbot)
    found: dict[str, list[str]] = {}
    for dialog in dialogs(opened):
        settle(opened, qtbot)
        order = () if dialog.objectName() in IN_COLUMNS else out_of_order(dialog)
        if wrong := [*order, *unclear(dialog)]:
            found[dialog.objectName()] = wrong
        dialog.close()
    assert found == {}


def test_the_menus_are_heard_before_the_page_below_them(opened: MainWindow, qtbot: QtBot) -> None:
    activate(opened, qtbot)
    assert [name for name, _ in heard(opened)] == ["menuBar", "windowView"]
