"""A case that is kept nowhere, with a family and a visit at two months."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ldbu_desktop.editing.operations import AnswerField
from ldbu_desktop.journal.where import Where
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
    window.commands.files.opening.trial()
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
    trial.session.do(AnswerField(filling.form_page.form.order[0].at.where, "HH"))
    return filling.form_page


@pytest.fixture
def case_path(tmp_path: Path) -> Path:
    """Where a case file is to be."""
    return tmp_path / "sag.ldbu"


@pytest.fixture
def case(window: MainWindow, qtbot: QtBot, case_path: Path) -> Where:
    """A case file with a visit that has a weight; the place of the weight."""
    session = window.session
    window.commands.files.opening.new_case(case_path, PASSPHRASE)
    waiting(window, qtbot)
    window.pages.go("children")
    filling = filling_of(window)
    filling.begin_family()
    name_people(window, "0101265996")
    family, child = family_of(window), child_of(window)
    filling.begin_visit("infant-preventive", child)
    settled(qtbot, window)
    visit = session.selection.visit
    session.do(AnswerField(Where(family, visit, field="visit.class"), "HH"))
    place = Where(family, visit, variable="weight", subject=child)
    session.do(AnswerField(place, "5250"))
    session.autosave.settle()
    return place
