"""Deadlines of what is filled in the form: one key goes to the very field."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ldbu_desktop import clock
from ldbu_desktop.editing.operations import EditValue
from ldbu_desktop.journal.fields import VISIT_START
from ldbu_desktop.journal.where import Where
from ldbu_desktop.ui.deadlines.page import DeadlinesPage
from ldbu_desktop.ui.form.page import FormPage
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pages import DEADLINES
from tests.ui.form.conftest import page, trial
from tests.ui.form.hand import focused, press, settled

__all__ = ("page", "trial")


def test_one_key_goes_to_the_field_that_is_missing(page: FormPage, trial: MainWindow, qtbot: QtBot) -> None:
    session = trial.session
    at = session.selection
    yesterday = clock.now() - timedelta(days=1)
    session.do(EditValue(Where(at.family, at.visit, field=VISIT_START), f"{yesterday:%d-%m-%Y %H:%M}"))
    trial.pages.go(DEADLINES)
    deadlines = trial.pages.page(DEADLINES)
    assert isinstance(deadlines, DeadlinesPage)
    for variable in ("weight", "communication", "weight"):
        trial.pages.go(DEADLINES)
        qtbot.waitUntil(lambda: bool(deadlines.model.rows), timeout=20_000)
        settled(qtbot, trial)
        rows = [one.where.variable for one in deadlines.model.rows]
        deadlines.table.setFocus(Qt.FocusReason.OtherFocusReason)
        deadlines.table.selectRow(rows.index(variable))
        press(Qt.Key.Key_Return)
        settled(qtbot, trial)
        assert focused() == variable
        assert session.selection.variable == variable
