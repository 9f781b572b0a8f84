"""Files that nobody knows, in a window: asked about before they are read, laid out otherwise, read by the answers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ldbu_desktop.cli.program import run
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.mapping.links import ColumnLink, Layout, Link, Part, Place, State, Subject, TableShape, Target
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.mapping.desk import MappingDesk
from ldbu_desktop.ui.mapping.page import MappingPage
from ldbu_desktop.ui.mapping.save_dialog import SaveDialog
from ldbu_desktop.ui.pages import CHILDREN, MAPPING
from tests.ui.mapping.foreign_export import COLUMNS, KNOWN, knows, write_export
from tests.ui.mapping.practised_user import Answer, PractisedUser

STANDARD = shipped_standard()
SLOW = 30_000


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """An export of thirty columns, in a folder of its own."""
    (tmp_path / "fra").mkdir()
    return write_export(tmp_path / "fra" / "udtraek.csv", STANDARD)


@pytest.fixture
def asked(window: MainWindow, qtbot: QtBot, export: Path) -> MappingPage:
    """The page that the export opens."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    with qtbot.waitSignal(window.session.mapping_asked, timeout=SLOW):
        window.open([export])
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.pages.page(MAPPING))
    page = cast(MappingPage, window.pages.page(MAPPING))
    qtbot.waitUntil(page.links.list.hasFocus)
    settle(page, qtbot)
    return page


def settle(page: MappingPage, qtbot: QtBot) -> None:
    """Wait until it is known what comes of the answers."""
    qtbot.waitUntil(lambda: page.desk.effect is not None and not page.desk.session.jobs.is_busy(), timeout=SLOW)


def column(desk: MappingDesk, header: str) -> Place:
    """The place of a column by its header."""
    return next(one.place for one in desk.proposal.columns if one.header == header)


def test_a_file_in_which_something_waits_is_asked_about_and_not_read(asked: MappingPage, window: MainWindow) -> None:
    assert not window.session.is_open
    assert len(asked.desk.proposal.columns) == len(COLUMNS)
    assert asked.desk.waits(cast(Place, asked.desk.place))
    assert "udtraek.csv" in asked.head.files.text()


def test_a_file_in_which_all_is_known_opens_without_a_question(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    known = write_export(tmp_path / "kendt.csv", STANDARD, KNOWN)
    with qtbot.waitSignal(window.session.judged, timeout=SLOW):
        window.open([known])
    qtbot.waitUntil(lambda: not window.jobs.is_busy())
    assert window.session.work.visit_count == 36
    assert window.session.asked is None


def test_each_answer_shows_what_comes_of_it(asked: MappingPage, qtbot: QtBot) -> None:
    before = asked.desk.effect
    assert before is not None
    assert before.findings.journal.visit_count == 36
    assert before.rejected == 36  # what kind of visit they are waits for a yes
    user(asked, qtbot).answer_all()
    settle(asked, qtbot)
    after = asked.desk.effect
    assert after is not None
    assert after.rejected < before.rejected
    assert str(after.rejected) in asked.head.verdict.text.text()
    assert asked.head.verdict.severity is None


def test_where_all_is_answered_and_visits_would_be_rejected_not_all_is_well(asked: MappingPage, qtbot: QtBot) -> None:
    known = knows(STANDARD)

    def is_known(link: Link) -> Answer:
        return known(link) if isinstance(link, ColumnLink) else None

    PractisedUser(asked, qtbot, is_known, {}).answer_all()
    settle(asked, qtbot)
    assert not list(asked.desk.links.waiting())
    assert asked.desk.effect is not None
    assert asked.desk.effect.rejected
    assert asked.head.verdict.severity is Severity.REJECTED


def user(page: MappingPage, qtbot: QtBot) -> PractisedUser:
    """Somebody who knows the export."""
    return PractisedUser(page, qtbot, knows(STANDARD), {})


def test_what_a_chosen_column_holds_is_looked_for(asked: MappingPage, qtbot: QtBot) -> None:
    desk = asked.desk
    place = column(desk, "Mor psyk.")
    desk.reject([desk.links.by_place[place]])
    link = desk.links.by_place[place]
    assert isinstance(link, ColumnLink)
    assert not desk.links.values_of(link)
    desk.choose_target(link, Target("parent-mental-status", Part.VALUE, Subject.PARENT_1))
    settle(asked, qtbot)
    chosen = desk.links.by_place[place]
    assert isinstance(chosen, ColumnLink)
    assert chosen.state is State.KNOWN
    assert {value.state for value in desk.links.values_of(chosen)} == {State.SURE}
    desk.undo()
    again = desk.links.by_place[place]
    assert isinstance(again, ColumnLink)
    assert again.target is None


def test_thirty_columns_are_answered_within_two_minutes(
    asked: MappingPage, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    practised = user(asked, qtbot)
    practised.answer_all()
    assert not list(asked.desk.links.waiting())
    for link in asked.desk.links.links():
        if link.state is not State.LEFT_OUT:
            assert practised.is_right(link), link
    with capsys.disabled():
        sys.stdout.write(practised.told())
    assert practised.seconds.typical <= 120


def test_a_table_can_be_laid_out_otherwise(asked: MappingPage, qtbot: QtBot) -> None:
    desk, rows = asked.desk, asked.rows
    qtbot.keyClick(asked.links.list, Qt.Key.Key_F4)
    assert rows.isVisible()
    assert rows.list.hasFocus()
    qtbot.waitUntil(lambda: rows.model.rowCount() > 0, timeout=SLOW)
    assert rows.model.rowCount() == 21
    before = desk.proposal
    rows.first.setValue(2)
    rows.last.setValue(2)
    qtbot.waitUntil(lambda: desk.proposal is not before, timeout=SLOW)
    settle(asked, qtbot)
    assert desk.proposal.tables[0].header_rows == (2, 2)
    assert desk.proposal.tables[0].rows == 35
    rows.first.setValue(1)
    rows.last.setValue(1)
    settle(asked, qtbot)
    qtbot.waitUntil(lambda: desk.proposal.tables[0].header_rows == (1, 1), timeout=SLOW)
    rows.shape.setCurrentIndex(rows.shape.findData(TableShape.VARIABLE))
    rows.shape.activated.emit(rows.shape.currentIndex())
    qtbot.waitUntil(lambda: desk.proposal.tables[0].shape is TableShape.VARIABLE, timeout=SLOW)
    settle(asked, qtbot)
    while desk.can_undo:
        desk.undo()
    assert desk.proposal == before


def test_what_was_decided_stays_where_the_headers_are_the_same(asked: MappingPage, qtbot: QtBot) -> None:
    desk = asked.desk
    waiting = desk.links.by_place[column(desk, "Besøgstype")]
    assert desk.approve([waiting])
    table = desk.proposal.tables[0]
    desk.lay_out(table, Layout(table.header_rows, TableShape.OBSERVATION), table.keys)
    qtbot.waitUntil(lambda: desk.proposal.tables[0].shape is TableShape.OBSERVATION, timeout=SLOW)
    assert desk.links.by_place[waiting.place].approval is not None
    settle(asked, qtbot)


def test_rows_are_joined_by_other_columns(asked: MappingPage, qtbot: QtBot) -> None:
    desk, rows = asked.desk, asked.rows
    asked.turn_view()
    assert rows.keys.count() > 1
    rows.keys.setCurrentIndex(rows.keys.findData(()))
    rows.keys.activated.emit(rows.keys.currentIndex())
    assert desk.proposal.tables[0].keys == ()
    assert desk.can_undo
    settle(asked, qtbot)


def test_the_first_rows_are_shown_as_they_stand_and_as_they_read(
    asked: MappingPage, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    desk, model = asked.desk, asked.rows.model
    user(asked, qtbot).answer_all()
    settle(asked, qtbot)
    asked.turn_view()
    qtbot.waitUntil(lambda: model.rowCount() > 0, timeout=SLOW)
    qtmodeltester.check(model)
    at = {header: str(place.column) for header in COLUMNS if (place := column(desk, header))}
    assert model.cell(0, at["Vægt (g)"]).data() == "Vægt (g)"
    raw = model.cell(1, at["Besøgstype"]).data()
    assert raw == "Etableringsbesøg"
    assert model.cell(2, at["Besøgstype"]).data() == "2 mdr"
    assert "••" in model.cell(1, at["Barnets CPR"]).data()
    assert model.cell(1, at["Notat"]).data() == "••••"  # free text may name somebody
    asked.rows.view.choose("read")
    qtmodeltester.check(model)
    assert model.cell(2, at["Besøgstype"]).data() == "Besøg hos det ca. 2 måneder gamle barn"
    assert model.cell(1, at["Vægt (g)"]).data().isdigit()
    assert model.cell(1, at["Notat"]).data() == ""
    assert "•" in model.cell(2, at["Barnets CPR"]).data()
    asked.window().session.unmask(True)  # type: ignore[attr-defined]
    asked.rows.view.choose("file")
    assert model.cell(1, at["Notat"]).data().startswith("ringer igen")
    asked.rows.list.setCurrentIndex(model.cell(3, at["Lgd."]))
    assert desk.place == column(desk, "Lgd.")
    desk.select(column(desk, "Søvn"))
    assert model.columns[asked.rows.list.currentIndex().column()].id == at["Søvn"]


def test_what_was_answered_is_read_and_the_rest_is_told(asked: MappingPage, window: MainWindow, qtbot: QtBot) -> None:
    practised = user(asked, qtbot)
    practised.answer_all()
    with qtbot.waitSignal(window.session.judged, timeout=SLOW):
        qtbot.keyClick(asked.links.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.pages.page(CHILDREN), timeout=SLOW)
    qtbot.waitUntil(lambda: not window.jobs.is_busy(), timeout=SLOW)
    assert window.session.work.visit_count == 36
    visit = window.session.journal.families[0].visits[0]
    assert "weight" in {observation.variable.value for observation in visit.observations}
    assert window.session.findings is not None
    assert "file-column-waits" not in window.session.findings.by_code


def test_the_answers_hold_for_the_file_and_its_copy_when_they_are_opened_again(
    asked: MappingPage, window: MainWindow, qtbot: QtBot, export: Path
) -> None:
    user(asked, qtbot).answer_all()
    with qtbot.waitSignal(window.session.judged, timeout=SLOW):
        asked.load()
    copy, other = export.with_name("udtraek-rettet.csv"), export.with_name("en anden.csv")
    copy.write_text(export.read_text(encoding="utf-8").replace("Nord", "Vest", 1), encoding="utf-8")
    other.write_text(export.read_text(encoding="utf-8").replace("Amning", "Kost", 1), encoding="utf-8")
    for path, is_answered in ((copy, True), (export, True), (other, False)):
        with qtbot.waitSignal(window.session.mapping_asked, timeout=SLOW):
            window.open([path])
        qtbot.waitUntil(lambda: window.pages.currentWidget() is asked, timeout=SLOW)
        settle(asked, qtbot)
        assert asked.desk.proposal.tables[0].file == path.name
        assert bool(list(asked.desk.links.waiting())) is not is_answered
    assert "Svarene er dem" in window.message.text.text()
    with qtbot.waitSignal(window.session.judged, timeout=SLOW):
        asked.load()


def test_a_file_that_is_gone_meanwhile_is_told(asked: MappingPage, qtbot: QtBot, export: Path) -> None:
    export.unlink()
    session = asked.desk.session
    with qtbot.waitSignal(session.failed, timeout=SLOW):
        asked.leave_out()
    qtbot.waitUntil(lambda: not session.jobs.is_busy(), timeout=SLOW)
    assert asked.desk.effect is None


def saving(page: MappingPage) -> SaveDialog:
    """The dialog that asks what the answers are kept under."""
    page.save()
    [dialog] = [one for one in page.findChildren(SaveDialog) if one.isVisible()]
    dialog.approver.setText("SPL")
    return dialog


def test_the_answers_can_be_kept_in_a_file_too(
    asked: MappingPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = [("", ""), (str(tmp_path / "novax.ldbumap"), "")]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen.pop(0))
    dialog = saving(asked)
    dialog.to_file.click()
    assert dialog.isVisible()  # no file was chosen
    dialog.to_file.click()
    qtbot.waitUntil(lambda: asked.desk.is_saved, timeout=SLOW)
    written = (tmp_path / "novax.ldbumap").read_text(encoding="utf-8")
    assert "Barnets CPR" in written
    assert "husket" in asked.head.verdict.more.text()
    asked.leave_out()
    assert not asked.desk.is_saved
    settle(asked, qtbot)


def test_answers_that_can_not_be_kept_are_told(
    asked: MappingPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "such" / "a.ldbumap"), ""))
    dialog = saving(asked)
    with qtbot.waitSignal(asked.desk.session.failed, timeout=SLOW):
        dialog.to_file.click()
    assert not asked.desk.is_saved
    settle(asked, qtbot)


def test_a_map_that_is_opened_is_applied_to_the_file_that_is_asked_about(
    asked: MappingPage, window: MainWindow, qtbot: QtBot, export: Path, tmp_path: Path
) -> None:
    saved = tmp_path / "novax.ldbumap"
    run(["map", str(export), "--approve", "all", "--by", "SPL", "--save", str(saved)])
    waiting = len(asked.desk.proposal.waiting())
    with qtbot.waitSignal(window.session.mapping_asked, timeout=SLOW):
        window.open([saved])
    settle(asked, qtbot)
    assert asked.desk.paths == (export,)
    assert len(asked.desk.proposal.waiting()) < waiting
    assert {link.state for link in asked.desk.proposal.columns} & {State.KNOWN}


def test_a_map_without_a_file_is_explained(window: MainWindow, tmp_path: Path) -> None:
    (saved := tmp_path / "novax.ldbumap").write_text("", encoding="utf-8")
    window.open([saved])
    assert window.message.isVisibleTo(window)
    assert window.session.asked is None
