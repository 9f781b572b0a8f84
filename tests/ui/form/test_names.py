"""People that can be recognised: names are covered as CPR numbers are, and what is known of one is proposed for all."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ldbu_desktop.journal.model import Citizen
from ldbu_desktop.ui.form.answer_line import AnswerLine
from ldbu_desktop.ui.form.choice_bar import ChoiceBar
from ldbu_desktop.ui.form.family_page import FamilyPage
from ldbu_desktop.ui.main_window import MainWindow
from tests.ui.form.hand import children_of, family_of, filling_of, focused, press, settled, typed

SOR = "451000016003"


def begun(window: MainWindow, qtbot: QtBot) -> FamilyPage:
    """A second family, whose first CPR number has the keyboard."""
    filling_of(window).begin_family()
    settled(qtbot, window)
    return filling_of(window).family_page


def people(window: MainWindow) -> tuple[Citizen, ...]:
    """Who is in the second family."""
    return window.session.journal.families[1].citizens


def line(page: FamilyPage, name: str) -> AnswerLine:
    """A field that is typed in."""
    found = page.findChild(AnswerLine, name)
    assert isinstance(found, AnswerLine)
    return found


def test_enter_goes_from_what_is_to_be_filled_to_the_next(trial: MainWindow, qtbot: QtBot) -> None:
    begun(trial, qtbot)
    assert focused() == "citizen.cpr-1"
    for text, following in (
        ("0505209996", "citizen.organisation-1"),
        ("", "citizen.cpr-2"),
        ("2911829996", "citizen.organisation-2"),
        ("", "citizen.kin-2"),
        ("", "familyNewVisit"),
    ):
        typed(text)
        press(Qt.Key.Key_Return)
        assert focused() == following
    child, parent = people(trial)
    assert (child.organisation.value, parent.organisation.value) == (SOR, SOR)
    assert parent.kin.value == "mother"
    assert child.sibling.is_empty


def test_what_one_is_of_a_municipality_is_proposed_for_the_other(window: MainWindow, qtbot: QtBot) -> None:
    window.commands.files.opening.trial()
    qtbot.waitUntil(lambda: window.session.findings is not None, timeout=20_000)
    settled(qtbot, window)
    window.pages.go("children")
    filling_of(window).begin_family()
    settled(qtbot, window)
    page = filling_of(window).family_page
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert line(page, "citizen.organisation-2").proposal == ""
    line(page, "citizen.organisation-1").setFocus()
    typed(SOR)
    press(Qt.Key.Key_Return)
    assert line(page, "citizen.organisation-2").proposal == SOR
    assert window.session.journal.families[0].citizens[1].organisation.is_empty
    line(page, "citizen.organisation-2").setFocus()
    press(Qt.Key.Key_Return)
    assert window.session.journal.families[0].citizens[1].organisation.value == SOR


def test_a_name_is_covered_once_its_field_is_left(trial: MainWindow, qtbot: QtBot) -> None:
    page = begun(trial, qtbot)
    press(Qt.Key.Key_Backtab)
    assert focused() == "citizen.name-1"
    typed("Emma Holm")
    press(Qt.Key.Key_Return)
    assert focused() == "citizen.cpr-1"
    name = line(page, "citizen.name-1")
    assert people(trial)[0].name.value == "Emma Holm"
    assert name.text() == page.heading.text() == "E••• H•••"
    name.setFocus()
    assert name.text() == "Emma Holm"
    line(page, "citizen.cpr-1").setFocus()
    assert name.text() == "E••• H•••"
    trial.actions_["unmask"].trigger()
    assert name.text() == page.heading.text() == "Emma Holm"
    trial.session.undo()
    assert people(trial)[0].name.is_empty


def test_a_digit_says_what_a_parent_is_and_which_sibling_a_child(trial: MainWindow, qtbot: QtBot) -> None:
    page = begun(trial, qtbot)
    for name, digit in (("citizen.kin-2", "2"), ("citizen.sibling-1", "3")):
        bar = page.findChild(ChoiceBar, name)
        assert isinstance(bar, ChoiceBar)
        bar.setFocus()
        typed(digit)
    child, parent = people(trial)
    assert parent.kin.value == "father"
    assert child.sibling.value == 3


def test_half_siblings_have_a_mother_in_common_and_each_a_father(trial: MainWindow, qtbot: QtBot) -> None:
    page = begun(trial, qtbot)
    filling = filling_of(trial)
    assert page.findChild(ChoiceBar, "citizen.parents-1") is None
    filling.add_citizen(is_child=True)
    filling.add_citizen(is_child=False)
    filling.add_citizen(is_child=False)
    for name, digit in (("citizen.kin-2", "1"), ("citizen.kin-4", "2"), ("citizen.kin-5", "2")):
        bar = page.findChild(ChoiceBar, name)
        assert isinstance(bar, ChoiceBar)
        bar.setFocus()
        typed(digit)
    for name, digit, words in (("citizen.parents-1", "2", "Mor og far 1"), ("citizen.parents-3", "3", "Mor og far 2")):
        bar = page.findChild(ChoiceBar, name)
        assert isinstance(bar, ChoiceBar)
        assert bar.accessibleDescription().startswith("Alle")
        bar.setFocus()
        typed(digit)
        assert bar.accessibleDescription().startswith(words)
    family = trial.session.journal.families[1]
    one, mother, other, *fathers = (citizen.key for citizen in family.citizens)
    assert {(tie.child.value, tie.parent.value) for tie in family.parenthoods} == {
        (one, mother),
        (one, fathers[0]),
        (other, mother),
        (other, fathers[1]),
    }


def test_who_knows_a_name_finds_it_covered_or_not(trial: MainWindow, qtbot: QtBot) -> None:
    begun(trial, qtbot)
    press(Qt.Key.Key_Backtab)
    typed("Emma")
    press(Qt.Key.Key_Return)
    settled(qtbot, trial)
    tree = children_of(trial).tree_pane
    tree.search.setText("emma")
    qtbot.waitUntil(lambda: tree.model.rowCount() == 2)
    named = tree.model.family_at(tree.model.index(1, 0))
    assert named is not None
    assert named.key != family_of(trial)


def test_a_room_sees_no_number_while_the_keyboard_is_at_it(trial: MainWindow, qtbot: QtBot) -> None:
    page, window = filling_of(trial).family_page, trial
    number = line(page, "citizen.cpr-1")
    raw = window.session.journal.families[0].citizens[0].cpr.raw
    number.setFocus(Qt.FocusReason.TabFocusReason)
    assert number.text() == raw
    window.actions_["projector"].trigger()
    settled(qtbot, window)
    number.setFocus(Qt.FocusReason.TabFocusReason)
    assert number.hasFocus()
    covered = number.text()
    assert covered[:6] == raw[:6]
    assert raw[-4:] not in covered
    number.setText(f"{covered}1")
    number.tell()
    assert number.text() == covered
    assert window.session.journal.families[0].citizens[0].cpr.raw == raw
    number.selectAll()
    typed("0505209996")
    press(Qt.Key.Key_Escape)
    assert number.text() == covered
    number.selectAll()
    typed("0505209996")
    press(Qt.Key.Key_Return)
    assert window.session.journal.families[0].citizens[0].cpr.raw == "0505209996"
    assert "9996" not in number.text()
    number.setFocus(Qt.FocusReason.TabFocusReason)
    window.actions_["projector"].trigger()
    settled(qtbot, window)
    assert number.text() == "0505209996"
