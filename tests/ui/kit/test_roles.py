"""What is drawn has a role to a screen reader, and loses nothing else by it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.ui.delivery.options import OneOption
from ldbu_desktop.ui.form.choice_bar import ChoiceBar
from ldbu_desktop.ui.form.instrument_head import InstrumentHead
from ldbu_desktop.ui.form.list_field import ListField
from ldbu_desktop.ui.form.pick_line import Option
from ldbu_desktop.ui.form.score_line import ScoreLine
from ldbu_desktop.ui.growth.chart import GrowthChart
from ldbu_desktop.ui.kept_line import KeptLine
from ldbu_desktop.ui.kit.bars import BarChart
from ldbu_desktop.ui.kit.roles import ROLES, announce, tell_roles
from ldbu_desktop.ui.kit.widgets import Pane, Segments
from ldbu_desktop.ui.message import Message
from ldbu_desktop.ui.page import Page
from ldbu_desktop.ui.rail import Rail
from tests.ui.hand import announcements

OURS = (
    ChoiceBar,
    InstrumentHead,
    ScoreLine,
    GrowthChart,
    BarChart,
    Message,
    KeptLine,
    Segments,
    OneOption,
    ListField,
    Rail,
    Pane,
    Page,
    QScrollArea,
)


def test_every_class_that_has_a_role_is_there() -> None:
    assert {ours.__name__ for ours in OURS} == set(ROLES)


def test_a_field_with_answers_tells_what_it_is_and_what_was_chosen(qtbot: QtBot) -> None:
    tell_roles()
    bar = ChoiceBar("kin")
    qtbot.addWidget(bar)
    bar.setAccessibleName("Mor eller far")
    bar.show_options((Option("1", "Mor"), Option("2", "Far")))
    bar.show_answer("2")
    bar.show()
    heard = QAccessible.queryAccessibleInterface(bar)
    assert heard.role() is QAccessible.Role.ComboBox
    assert heard.text(QAccessible.Text.Name) == "Mor eller far"
    assert heard.text(QAccessible.Text.Description).startswith("Far")
    assert heard.state().focusable


@pytest.mark.parametrize("times", [1, 2])
def test_what_has_a_role_of_its_own_keeps_it(qtbot: QtBot, times: int) -> None:
    for _ in range(times):
        tell_roles()
    widget = QWidget()
    qtbot.addWidget(widget)
    assert QAccessible.queryAccessibleInterface(widget).role() is QAccessible.Role.Client


def test_what_has_no_keyboard_is_said_where_it_is_news(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    qtbot.addWidget(part := QWidget())
    part.show()
    said = announcements(monkeypatch)
    for words in ("Gemt", "Gemt", "", "Afleveret"):
        announce(part, words)
    assert said == ["Gemt", "Afleveret"]
    assert part.accessibleName() == "Afleveret"
