"""The words of a questionnaire show only after the user has said that they hold the rights."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.ui.form.instrument_head import InstrumentHead
from ldbu_desktop.ui.form.page import FormPage
from ldbu_desktop.ui.main_window import MainWindow
from tests.ui.form.hand import settled
from tests.ui.hand import pressed_when_asked
from tests.unit.use_cases.test_wording import package, questionnaire

WORDS = "Et spørgsmål, som vi selv har fundet på"


@pytest.mark.parametrize(("button", "shown"), [("rightsYes", WORDS), ("rightsNo", "")])
def test_the_words_show_after_a_yes(
    trial: MainWindow,
    page: FormPage,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    button: str,
    shown: str,
) -> None:
    url = shipped_standard().questionnaire["epds"].url
    path = package(tmp_path / "own.tgz", questionnaire(url, [{"linkId": "1humor", "text": WORDS}]))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    with pressed_when_asked(button):
        trial.actions_["wording"].trigger()
    settled(qtbot, trial)
    head = next(one for one in page.form.order if isinstance(one.input, InstrumentHead))
    head.input.open(True)
    settled(qtbot, trial)
    item = next(one for one in page.form.order if one.at.field.link_id == "1humor")
    assert item.row.toolTip() == shown
    assert (item.row.hint == WORDS) is bool(shown)


def test_no_package_no_question(trial: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    trial.actions_["wording"].trigger()
    assert trial.session.forms.wording == {}
