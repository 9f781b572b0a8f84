"""A case that is kept nowhere, with a family and a visit at two months."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ldbu_desktop.editing.answers import Place
from ldbu_desktop.ui.form.page import FormPage
from ldbu_desktop.ui.main_window import MainWindow
from tests.ui.form.hand import (
    PASSPHRASE,
    child_of,
    cpr_of_age,
    family_of,
    filling_of,
    name_people,
    settled,
    waiting,
)


@pytest.fixture
def trial(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window with a trial that has a family."""
    window.session.case.try_out()
    qtbot.waitUntil(lambda: window.session.findings is not None, timeout=20_000)
    settled(qtbot, window)
    window.pages.go("children")
    filling = filling_of(window)
    filling.begin_family()
    settled(qtbot, window)
    name_people(window, cpr_of_age(60))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def page(trial: MainWindow, qtbot: QtBot) -> FormPage:
    """The form of a visit at two months."""
    filling = filling_of(trial)
    filling.begin_visit("2-months", child_of(trial))
    qtbot.waitUntil(lambda: filling.currentWidget() is filling.form_page and filling.form_page.field is not None)
    settled(qtbot, trial)
    trial.session.case.answer(filling.form_page.form.order[0].at.place, "HH")
    return filling.form_page


@pytest.fixture
def case_path(tmp_path: Path) -> Path:
    """Where a case file is to be."""
    return tmp_path / "sag.ldbu"


@pytest.fixture
def case(window: MainWindow, qtbot: QtBot, case_path: Path) -> Place:
    """A case file with a visit that has a weight; the place of the weight."""
    session = window.session
    session.case.create(case_path, PASSPHRASE)
    waiting(window, qtbot)
    window.pages.go("children")
    filling = filling_of(window)
    filling.begin_family()
    name_people(window, "0101265996")
    family, child = family_of(window), child_of(window)
    filling.begin_visit("infant-preventive", child)
    settled(qtbot, window)
    visit = session.selection.visit
    session.case.answer(Place(family, visit, "", "visit.class"), "HH")
    place = Place(family, visit, child, "weight")
    session.case.answer(place, "5250")
    session.case.settle()
    return place
