"""Every model keeps Qt's rules before and after each kind of change, and shows what the core says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ldbu_desktop.findings.model import Severity
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import Language
from ldbu_desktop.ui.children import tree_model, values_model
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.children.tree_model import Shown
from ldbu_desktop.ui.delivery.left_out_model import LeftOutModel
from ldbu_desktop.ui.finder import FoundModel
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.session import Session


def texts(model: QAbstractItemModel, parent: QModelIndex | None = None) -> list[str]:
    """The first column of the rows below ``parent``."""
    within = parent or QModelIndex()
    return [str(model.index(row, 0, within).data()) for row in range(model.rowCount(within))]


def value_index(page: ChildrenPage, label: str) -> QModelIndex:
    """The cell of the value that is called ``label``."""
    model = page.visit_page.values.values
    row = next(row for row in range(model.rowCount()) if model.index(row, 0).data() == label)
    return model.cell(row, values_model.VALUE)


def test_the_tree_through_all_changes(opened: MainWindow, page: ChildrenPage, qtmodeltester: ModelTester) -> None:
    session, model = opened.session, page.tree_pane.model
    qtmodeltester.check(model)
    assert texts(model) == ["Alle børn og kontakter", "Barn B1", "Barn B2"]
    family = model.index(1, 0)
    assert texts(model, family) == ["Barselsbesøg", "Almindelig forebyggende småbørnskontakt"]
    assert family.data(tree_model.Role.SEVERITY) == Severity.REJECTED
    assert model.index(0, 0, family).data(tree_model.Role.COUNT) >= 1
    assert "••••••-9996" in family.data(tree_model.Role.SECOND_LINE)

    model.filter(Shown.REJECTED, "")
    assert model.visit_keys() == ["K1"]
    model.filter(Shown.CLEAR, "")
    assert model.visit_keys() == ["K2", "K3"]
    model.filter(Shown.ALL, "skole")
    assert model.visit_keys() == ["K3"]
    model.filter(Shown.ALL, "0505209996")
    assert model.visit_keys() == ["K1", "K2"]
    model.filter(Shown.ALL, "nobody")
    assert texts(model) == ["Alle børn og kontakter"]
    assert not model.index_of(Where("B1", "K1")).isValid()
    model.filter(Shown.ALL, "")

    session.unmask(True)
    assert "050520-9996" in model.index(1, 0).data(tree_model.Role.SECOND_LINE)
    session.close()
    assert model.rowCount() == 0


def test_the_tree_and_the_selection_name_each_other(session: Session, page: ChildrenPage) -> None:
    model = page.tree_pane.model
    for row in range(model.rowCount()):
        parent = model.index(row, 0)
        for index in (parent, *(model.index(at, 0, parent) for at in range(model.rowCount(parent)))):
            assert model.index_of(model.where_at(index)) == index


def test_the_values_through_all_changes(opened: MainWindow, page: ChildrenPage, qtmodeltester: ModelTester) -> None:
    session, model = opened.session, page.visit_page.values.values
    session.select(Where(visit="K1"))
    qtmodeltester.check(model)
    told = texts(model)
    assert told[0] == "Kontakten"
    assert {"Målinger", "Observationer", "Borgere"} <= set(told)
    weight = value_index(page, "Vægt")
    assert weight.data() == "tre kilo"
    assert weight.data(values_model.Role.FINDINGS)
    assert model.cell(weight.row(), values_model.SOURCE).data() == "tre kilo g"
    assert model.cell(weight.row(), values_model.SOURCE).data(values_model.Role.PLACE) == "observationer!D2"

    assert model.setData(weight, "3350")
    assert weight.data() == "3350"
    assert not weight.data(values_model.Role.FINDINGS)
    assert session.work.edit_count == 1
    assert not model.setData(weight, "3350")
    assert session.work.edit_count == 1
    session.undo()
    assert weight.data() == "tre kilo"
    session.redo()
    assert weight.data() == "3350"
    opened.commands.choose_language(Language.ENGLISH)
    assert model.index(0, 0).data() == "The visit"
    session.select(Where())
    model.refill()
    assert model.rowCount() == 0


def test_a_cpr_number_is_mended_only_while_it_is_shown(session: Session, page: ChildrenPage) -> None:
    session.select(Where(visit="K1"))
    model = page.visit_page.values.values
    rows = [row for row in range(model.rowCount()) if str(model.index(row, 0).data()).startswith("CPR")]
    index = model.cell(rows[0], values_model.VALUE)
    assert index.data() == "••••••-9996"
    assert "0505" not in str(index.data(Qt.ItemDataRole.ToolTipRole))
    assert not index.flags() & Qt.ItemFlag.ItemIsEditable
    session.unmask(True)
    assert index.data() == "050520-9996"
    assert index.flags() & Qt.ItemFlag.ItemIsEditable


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
    alignment = Qt.AlignmentFlag(model.index(1, weight).data(Qt.ItemDataRole.TextAlignmentRole))
    assert alignment & Qt.AlignmentFlag.AlignRight
    assert model.where_at(model.index(1, weight)).variable == "weight"
    assert model.where_at(model.index(1, 0)) == Where(visit="K2")
    session.select(Where("B2"))
    assert model.rowCount() == 1
    session.close()
    assert model.rowCount() == 0


def test_the_causes_of_what_is_selected(session: Session, page: ChildrenPage, qtmodeltester: ModelTester) -> None:
    model = page.inspector.causes
    qtmodeltester.check(model)
    total = sum(len(cause.findings) for cause in model.causes)
    assert session.findings is not None
    assert total == session.findings.count
    session.select(Where(visit="K2"))
    assert all(one.location.visit == "K2" for cause in model.causes for one in cause.findings)
    page.inspector.scope.choose("whole")
    assert sum(len(cause.findings) for cause in model.causes) == total
    for cause in model.causes:
        for finding in cause.findings:
            assert model.finding_at(model.index_of(finding)) == finding


@pytest.mark.parametrize("send_anyway", [False, True])
def test_what_is_left_out(session: Session, qtmodeltester: ModelTester, send_anyway: bool) -> None:
    model = LeftOutModel(session)
    model.refill(send_anyway=send_anyway)
    qtmodeltester.check(model)
    assert model.rowCount() == 1
    assert "Barselsbesøg" in model.index(0, 0).data()
    assert model.index(0, 1).data() == "Barn B1"
    assert model.index(0, 2).data()
    where, finding = model.where_at(model.index(0, 0))
    assert where.visit == "K1"
    assert finding is not None
    model.retell()


def test_what_the_finder_finds(opened: MainWindow, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model = FoundModel(opened.session, opened.actions_)
    model.look_for("")
    qtmodeltester.check(model)
    everything = texts(model)
    assert "Taster" in everything
    assert "Fortryd rettelse" not in everything
    model.look_for("barsel b1")
    assert len(texts(model)) == 1
    model.found[0].do()
    assert opened.session.selection.visit == "K1"
    model.look_for("0505159995")
    assert [one.text for one in model.found if "0505159995" in one.text] == []
    assert model.rowCount() == 1
