"""What is typed in haste, as somebody at the window meets it: kept as it was typed, told at once, and in no way."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ldbu_desktop.editing.operations import AnswerField
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import chosen
from ldbu_desktop.rendering.people import citizen_name
from ldbu_desktop.rendering.visit_summary import visit_summary
from ldbu_desktop.ui.form.page import FormPage
from ldbu_desktop.ui.main_window import MainWindow
from tests.profiles import each
from tests.ui.form.hand import (
    child_of,
    cpr_of_age,
    field_named,
    filling_of,
    press,
    score_line,
    settled,
    typed,
)

CONTROL = Qt.KeyboardModifier.ControlModifier


def told_at(page: FormPage, name: str, text: str) -> tuple[set[str], str]:
    """Paste a text over what stands in a field, and leave it: the codes of what is told there, and what stands."""
    field = field_named(page, name)
    page.go_to(field)
    press(Qt.Key.Key_A, CONTROL)
    QApplication.clipboard().setText(text)
    press(Qt.Key.Key_V, CONTROL)
    press(Qt.Key.Key_Return)
    assert isinstance(field.input, QLineEdit)
    return {told.finding.code for told in field.row.told}, field.input.text()


@pytest.mark.parametrize(
    ("name", "text", "code", "stands"),
    each(
        [
            ("weight", "52\n50", "number-unreadable", "52\n50"),
            ("weight", "5.250", "", "5250"),
            ("height", "5.250", "number-ambiguous", "5.250"),
            ("weight", "5 kg 2", "number-ambiguous", "5 kg 2"),
            ("weight", "300 kg", "value-implausible", "300000"),
            ("weight", "tre kilo", "", "3000"),
            ("weight", "omkring tre kilo", "number-unreadable", "omkring tre kilo"),
            ("height", "57,5", "", "57,5"),
            ("height", "57.5", "", "57,5"),
            ("visit.start", "31-02-2026 10:00", "date-unreadable", "31-02-2026 10:00"),
            ("visit.start", "07-07-2126 12:45", "visit-in-future", "07-07-2126 12:45"),
        ],
        4,
    ),
)
def test_what_is_pasted_is_kept_and_told(page: FormPage, name: str, text: str, code: str, stands: str) -> None:
    codes, found = told_at(page, name, text)
    assert codes == ({code} if code else set())
    assert found == stands


def test_a_clock_that_was_set_back_is_told_and_loses_nothing(
    trial: MainWindow, page: FormPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A visit that begins before the child was born, since the computer's clock says so."""
    back = datetime.now().astimezone() - timedelta(days=400)

    monkeypatch.setattr("ldbu_desktop.clock.now", back.astimezone)
    before = trial.session.journal.families[0].visits
    filling_of(trial).begin_visit("2-months", child_of(trial))
    settled(qtbot, trial)
    now = trial.session.visit(trial.session.selection.visit)
    assert now is not None
    assert now.start.value == back.replace(second=0, microsecond=0)
    assert set(before) <= set(trial.session.journal.families[0].visits)
    assert "visit-before-birth" in {one.code for one in trial.session.work.findings_at(Where(visit=now.key))}
    trial.session.do(AnswerField(field_named(page, "weight").at.where, "5250"))
    trial.actions_["undo"].trigger()
    trial.actions_["undo"].trigger()
    assert trial.session.journal.families[0].visits == before


def test_twins_with_the_same_birth_date_are_kept_apart(trial: MainWindow, page: FormPage, qtbot: QtBot) -> None:
    session, filling = trial.session, filling_of(trial)
    filling.add_citizen(is_child=True)
    settled(qtbot, trial)
    family = session.journal.families[0]
    first, second = (one for one in family.citizens if one.is_child)
    number = cpr_of_age(60)
    session.edit(Where(family.key, "", second.key, "citizen.cpr"), f"{number[:6]}5988")
    session.edit(Where(family.key, "", second.key, "citizen.organisation"), "451000016003")
    filling.begin_visit("2-months", second.key)
    settled(qtbot, trial)
    page.go_to(field_named(page, "weight"))
    typed("4900")
    press(Qt.Key.Key_Return)
    visits = session.journal.families[0].visits
    assert [one.subject.value for one in visits] == [first.key, second.key]
    assert [len(one.observations) for one in visits] == [0, 1]
    assert session.findings is not None
    assert not [one for one in session.findings.all if "cpr" in one.code]
    known = session.journal.families[0]
    heads = [citizen_name(one, known, shown=False) for one in known.citizens if one.is_child]
    assert len(set(heads)) == 2


def test_the_last_question_of_epds_is_raised_wherever_the_visit_is_seen(
    trial: MainWindow, page: FormPage, qtbot: QtBot
) -> None:
    """In the form at the question and below the sum, in the list of findings, and in the printed summary."""
    session = trial.session
    page.go_to(field_named(page, "epds-1"))
    press(Qt.Key.Key_Space)
    typed("0000000001")
    settled(qtbot, trial)
    (told,) = field_named(page, "epds.10harm-1").row.told
    assert (told.finding.code, told.severity) == ("answer-needs-attention", Severity.INFO)
    line = score_line(page, "epds-1-score")
    assert line is not None
    (mark,) = session.standard.questionnaire["epds"].marks[1:]
    assert [text for text, _source in line.marks] == [mark.text[chosen()]]
    visit, family = session.visit(session.selection.visit), session.family_of(session.selection.visit)
    assert visit is not None
    assert family is not None
    assert "answer-needs-attention" in {cause.code for cause in session.work.causes(Where(visit=visit.key))}
    summary = visit_summary(
        family, visit, session.standard, session.work.findings_at(Where(visit=visit.key)), date.today()
    )
    lines = [line.value for part in summary.parts for line in part.lines]
    assert any(mark.text[chosen()] in line for line in lines)
