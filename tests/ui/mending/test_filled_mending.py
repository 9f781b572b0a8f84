"""Mending what was filled in: there is no file, so that places and values are told in words, and numbers covered."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ldbu_desktop.editing.operations import AnswerField, EditValue
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.journal.fields import CITIZEN_CPR, INTERVENTION_CODE, INTERVENTION_REASONS
from ldbu_desktop.journal.mendings import Mending
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import chosen
from ldbu_desktop.ui.form.page import FormPage
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.mending.dialog import MendingDialog
from tests.ui.form.conftest import page, trial
from tests.ui.form.hand import child_of, focused, settled, typed

__all__ = ("page", "trial")
EXAM_RESULT = "exam-result"


def ask(qtbot: QtBot, window: MainWindow, code: str) -> tuple[Finding, MendingDialog]:
    """The dialog for a finding of a code, when it has looked what its first answer does."""
    assert window.session.findings is not None
    found = next(one for one in window.session.findings.all if one.code == code)
    window.session.select_finding(found)
    settled(qtbot, window)
    window.actions_["mend-all"].trigger()
    settled(qtbot, window)
    return found, next(one for one in window.findChildren(MendingDialog) if one.isVisible())


def test_what_was_filled_is_told_in_words(page: FormPage, trial: MainWindow, qtbot: QtBot) -> None:
    session = trial.session
    at, concepts = session.selection, session.standard.concepts(session.standard.variable[EXAM_RESULT])
    place = Where(at.family, at.visit, variable=EXAM_RESULT, subject=child_of(trial))
    for _ in range(2):
        session.do(AnswerField(place, next(iter(concepts))))
    settled(qtbot, trial)
    _, dialog = ask(qtbot, trial, "duplicate-observation")
    told = [dialog.model.index(0, at).data() for at in range(3)]
    assert told[0].startswith("Besøg hos det ca. 2 måneder gamle barn")
    assert told[2] == next(iter(concepts.values())).label[chosen()]


def test_a_number_typed_into_the_dialog_is_covered_when_it_is_left(
    page: FormPage, trial: MainWindow, qtbot: QtBot
) -> None:
    family = trial.session.journal.families[0]
    child = next(one for one in family.citizens if one.is_child)
    trial.session.do(EditValue(Where(family.key, record=child.key, field=CITIZEN_CPR), "0102"))
    settled(qtbot, trial)
    assert trial.session.findings is not None
    found = next(one for one in trial.session.findings.all if one.location.record == child.key)
    _, dialog = ask(qtbot, trial, found.code)
    dialog.by.setCurrentIndex(dialog.by.findData(Mending.VALUE))
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.text.setFocus()
    typed("2911829995")
    settled(qtbot, trial)
    assert dialog.model.index(0, 0).data() == "Barn 1"
    QTest.keyClick(dialog.text, Qt.Key.Key_Tab)
    assert dialog.text.text() == "291182-••••"
    dialog.go.click()
    now = next(one for one in trial.session.journal.families[0].citizens if one.key == child.key)
    assert now.cpr.value == "2911829995"


def test_a_finding_of_a_list_is_looked_at_where_it_stands(page: FormPage, trial: MainWindow, qtbot: QtBot) -> None:
    """Of several findings in one field, and of several reasons, the keyboard comes to what is looked at."""
    session = trial.session
    at, child = session.selection, child_of(trial)
    for raw in ("qqq", "zzzz"):
        session.do(AnswerField(Where(at.family, at.visit, variable=EXAM_RESULT, subject=child), raw))
    code = next(iter(session.standard.concepts(session.standard.variable[INTERVENTION_CODE])))
    session.do(AnswerField(Where(at.family, at.visit, field=INTERVENTION_CODE, subject=child), code))
    visit = session.visit(at.visit)
    assert visit is not None
    (begun,) = visit.interventions
    session.do(EditValue(Where(at.family, at.visit, begun.key, INTERVENTION_REASONS, number=0), "xxx"))
    settled(qtbot, trial)
    assert session.findings is not None
    told = [one for one in session.findings.all if one.code == "code-unknown"]
    for finding, name in zip(
        told, (f"{INTERVENTION_REASONS}-{begun.key}", "exam-result-chosen-1", "exam-result-chosen-2"), strict=True
    ):
        session.select_finding(finding)
        settled(qtbot, trial)
        assert (session.finding, focused()) == (finding, name)
