"""The overview of a file's visits, and of a family's."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ldbu_desktop.findings.model import Severity
from ldbu_desktop.journal.model import Observation, Visit
from ldbu_desktop.journal.where import WHOLE_JOURNAL, Where
from ldbu_desktop.language import Language, choose
from ldbu_desktop.rendering.words import severity_word
from ldbu_desktop.ui.children import overview_model
from ldbu_desktop.ui.children.overview_model import Places
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.kit import table_model
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pages import CHILDREN
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.theme import GRID, colour
from ldbu_desktop.workspace.index import variables_of
from tests.ui.conftest import open_and_wait


def test_the_overview_of_file_and_family(session: Session, page: ChildrenPage, qtmodeltester: ModelTester) -> None:
    model = page.overview.model
    qtmodeltester.check(model)
    assert model.rowCount() == 3
    assert model.cell(0, "status").data() == "Afvises"
    assert model.cell(1, "status").data() == "Klar"
    header = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    weight = header.index("Vægt")
    assert model.index(1, weight).data() == "5250 g"
    assert model.index(0, weight).data(Qt.ItemDataRole.ForegroundRole) is not None
    assert model.index(1, weight).data(Qt.ItemDataRole.ForegroundRole) is None
    assert model.index(0, weight).data(Qt.ItemDataRole.AccessibleTextRole).endswith(", Afvises")
    assert model.index(1, weight).data(Qt.ItemDataRole.AccessibleTextRole) == "5250 g"
    alignment = Qt.AlignmentFlag(model.index(1, weight).data(Qt.ItemDataRole.TextAlignmentRole))
    assert alignment & Qt.AlignmentFlag.AlignRight
    assert model.where_at(model.index(1, weight)).variable == "weight"
    assert model.where_at(model.index(1, 0)) == Where(visit="K2")
    session.select(Where("B2"))
    assert model.rowCount() == 1
    session.close()
    assert model.rowCount() == 0


def test_what_tells_a_visit_has_room_in_a_small_window(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    opened.resize(1280, 720)
    qtbot.waitUntil(lambda: opened.width() == 1280)
    QApplication.processEvents()
    table, model = page.overview.table, page.overview.model
    header = table.horizontalHeader()

    def lines(column: str, words: str) -> int:
        room = QRect(0, 0, header.sectionSize(model.place_of(column)) - 6 * GRID, 1000)
        return table.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, words).height()

    for column in ("status", "citizen", "type", "day"):
        at = model.place_of(column)
        assert header.sectionViewportPosition(at) + header.sectionSize(at) <= table.viewport().width()
    for type_ in opened.session.standard.visit_type_by_code.values():
        assert lines("type", type_.label[Language.DANISH]) <= table.rowHeight(0)
    beside = 11 * GRID  # the icon and the padding
    for language in Language:
        choose(language)
        for word in " ".join(map(severity_word, (None, Severity.REJECTED, Severity.LOOK_AT))).split():
            room = header.sectionSize(model.place_of("status")) - beside
            assert table.fontMetrics().horizontalAdvance(word) <= room
    choose(Language.DANISH)
    assert lines("day", "30. mar. 2020") < 2 * table.fontMetrics().lineSpacing()


def test_the_rows_of_a_file_are_its_visits_in_their_order(opened: MainWindow) -> None:
    one = opened.session.journal.families[0]
    families = [replace(one, visits=one.visits[:1] * count) for count in (0, 2, 0, 0, 1, 3, 0)]
    listed = [(at, of) for at, family in enumerate(families) for of in range(len(family.visits))]
    rows = Places(families)
    assert len(rows) == len(listed) == 6
    assert [*rows] == listed
    assert [rows[at] for at in range(-6, 6)] == listed * 2
    assert rows[1:-1:2] == listed[1:-1:2]
    for beyond in (6, -7):
        with pytest.raises(IndexError):
            _ = rows[beyond]
    assert not Places([])
    assert not [*Places(families[:1])]


def test_visits_stand_in_the_order_of_a_heading(
    session: Session, page: ChildrenPage, qtmodeltester: ModelTester
) -> None:
    """By what values are, and not by how they are told; what is opened and mended is what stands there."""
    table, model = page.overview.table, page.overview.model
    qtmodeltester.check(model)

    def by(column: str) -> list[str]:
        assert table.headings is not None
        table.headings.turn(model.place_of(column))
        return [model.where_at(model.index(row, 0)).visit for row in range(model.rowCount())]

    assert by("status") == ["K1", "K3", "K2"]
    assert by("day") == sorted(("K1", "K2", "K3"), key=lambda key: str(visit(session, key).start.value))
    first = by("day")
    assert first == sorted(("K1", "K2", "K3"), key=lambda key: str(visit(session, key).start.value), reverse=True)
    assert by("findings")[0] == "K1"
    by_weight = by("weight")
    session.edit(Where("B1", "K2", weight(session, "K2").key, "weight", "weight"), "1")
    row = by_weight.index("K2")
    assert model.cell(row, "weight").data().startswith("1 ")
    table.activated.emit(model.index(row, 0))
    assert session.selection.visit == "K2"


def visit(session: Session, key: str) -> Visit:
    found = session.visit(key)
    assert found is not None
    return found


def weight(session: Session, key: str) -> Observation:
    return next(one for one in visit(session, key).observations if one.variable.value == "weight")


def test_very_many_visits_are_sorted_in_the_background(
    opened: MainWindow, page: ChildrenPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_model, "SOON", 0)
    model = page.overview.model
    model.sort(model.place_of("day"), Qt.SortOrder.DescendingOrder)
    before = [at[1] for at in model.rows]
    qtbot.waitUntil(lambda: [at[1] for at in model.rows] != before or not opened.jobs.is_busy(), timeout=10_000)
    qtbot.waitUntil(lambda: not opened.jobs.is_busy(), timeout=10_000)
    days = [str(opened.session.journal.families[at[0]].visits[at[1]].start.value) for at in model.rows]
    assert days == sorted(days, reverse=True)


def headings(page: ChildrenPage) -> list[str]:
    model = page.overview.model
    return [str(model.headerData(at, Qt.Orientation.Horizontal)) for at in range(model.columnCount())]


def test_a_variable_that_no_visit_has_takes_no_column_until_one_has_it(session: Session, page: ChildrenPage) -> None:
    model = page.overview.model
    there = {
        one.variable.value for family in session.journal.families for of in family.visits for one in of.observations
    }
    fixed = ["status", "citizen", "type", "day", "findings"]
    shown = [column.id for column in model.columns]
    assert shown[:5] == fixed
    assert set(shown[5:]) == there
    for selected in (WHOLE_JOURNAL, Where("B1")):
        session.select(selected)
        assert "Hørelse" not in headings(page)
        session.answer(Where("B1", "K2", variable="hearing"), "1")
        assert "Hørelse" in headings(page)
        session.undo()
        session.select(Where("B2"))


def test_an_edit_looks_through_no_more_than_the_visits_of_a_family(
    opened: MainWindow, page: ChildrenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Visit] = []

    def counted(visits: Iterable[Visit]) -> frozenset[str]:
        there = list(visits)
        looked.extend(there)
        return variables_of(there)

    monkeypatch.setattr(overview_model, "variables_of", counted)
    session = opened.session
    family = session.journal.families[0]
    visit = family.visits[0]
    session.select(Where(visit=visit.key))
    session.edit(Where(family.key, visit.key, field="visit.start"), "02-05-2020 10:00")
    assert len(looked) <= len(family.visits) < session.work.visit_count


def test_no_two_columns_have_the_same_heading(session: Session, page: ChildrenPage) -> None:
    for language in Language:
        choose(language)
        every = [column.title() for column in page.overview.model.columns[:5]]
        every += [variable.label[language] for variable in session.standard.observed]
        assert len(set(every)) == len(every)
    choose(Language.DANISH)


def test_all_findings_of_a_visit_stand_in_its_row(window: MainWindow, export: Path, qtbot: QtBot) -> None:
    """And the heaviest of what is found of any of them colours it."""
    rows = ("Fysiske behov opfyldes ikke", "Følelsesmæssige behov opfyldes ikke", "Noget andet")
    with (export / "observationer.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"K2;;Fund;{told};\n" for told in rows)
    open_and_wait(qtbot, window, export)
    page = window.pages.page(CHILDREN)
    assert isinstance(page, ChildrenPage)
    cell = page.overview.model.cell(1, "exam-result")
    assert cell.data() == "; ".join(rows)
    assert cell.data(Qt.ItemDataRole.ForegroundRole) == colour("rejected")
