"""Mending what several filters have narrowed a foreign export to: what is counted is what is mended and undone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from ldbu_desktop.journal.mendings import Mending
from ldbu_desktop.ui.children.facets_model import COUNT
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.mending.dialog import MendingDialog
from ldbu_desktop.ui.pages import CHILDREN
from ldbu_desktop.workspace.facets import Facet
from tests.ui.conftest import open_and_wait, settle_facets

HEADER = "Barnets CPR;Besøgsdato;Besøgstype;Kontaktform;Vægt (g);SOR"
FAMILIES = 80
CODE = "factor-slip"


def written(path: Path) -> Path:
    """Weights ten times too high: of three children at home and of one in a clinic."""
    lines = [HEADER]
    for number in range(FAMILIES):
        born = date(2023, 3, 1) + timedelta(days=number)
        for days, kind in ((60, "2 måneders besøg"), (150, "4-6 måneders besøg")):
            weight = 5200 + number % 7 * 10 + (days - 60) * 20
            is_wrong = days == 60 and number < 4
            day = date.fromordinal(born.toordinal() + days)
            form = "Klinik" if number == 3 else "Hjemmebesøg"
            shown = weight * 10 if is_wrong else weight
            lines.append(
                f"{born:%d%m%y}-5{number % 10}{number // 10}6;{day:%d-%m-%Y};{kind};{form};{shown};451000016003"
            )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def foreign(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> MainWindow:
    open_and_wait(qtbot, window, written(tmp_path / "fremmed.csv"))
    return window


def page_of(window: MainWindow) -> ChildrenPage:
    return cast(ChildrenPage, window.pages.page(CHILDREN))


def value(window: MainWindow, facet: Facet, name: str) -> QModelIndex:
    pane = page_of(window).tree_pane.facets
    assert pane is not None
    row = next(at for at, one in enumerate(pane.model.rows) if one.facet is facet)
    below = next(at for at, one in enumerate(pane.model.rows[row].values) if one.value == name)
    return pane.model.index(below, 0, pane.model.index(row, 0))


def tick(qtbot: QtBot, window: MainWindow, facet: Facet, name: str) -> None:
    index = value(window, facet, name)
    pane = page_of(window).tree_pane.facets
    assert pane is not None
    assert pane.model.setData(index, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    settle_facets(qtbot, window)


def slips(window: MainWindow) -> list[str]:
    assert window.session.findings is not None
    return sorted(one.location.visit for one in window.session.findings.all if one.code == CODE)


def ask(qtbot: QtBot, window: MainWindow) -> MendingDialog:
    window.actions_["mend-all"].trigger()
    settle_facets(qtbot, window)
    dialog = next(one for one in window.findChildren(MendingDialog) if one.isVisible())
    dialog.by.setCurrentIndex(dialog.by.findData(Mending.FACTOR))
    settle_facets(qtbot, window)
    return dialog


@pytest.mark.parametrize("selects", [False, True])
def test_what_filters_leave_is_mended_counted_and_undone(qtbot: QtBot, foreign: MainWindow, selects: bool) -> None:
    page = page_of(foreign)
    page.tree_pane.filters.click()
    settle_facets(qtbot, foreign)
    before = slips(foreign)
    assert len(before) == 4
    page.inspector.scope.choose("whole")
    tick(qtbot, foreign, Facet.CAUSE, CODE)
    tick(qtbot, foreign, Facet.MONTH, "2023-05")
    left = page.tree_pane.model.visit_keys()
    assert value(foreign, Facet.CAUSE, CODE).data(COUNT) == str(len(left))
    assert len(left) == 3
    found = foreign.session.findings
    assert found is not None
    first = next(one for one in found.all if one.code == CODE and one.location.visit == left[0])
    foreign.session.select_finding(first)
    settle_facets(qtbot, foreign)
    if selects:
        page.inspector.list.expandAll()
        page.inspector.list.selectAll()
    mended = [one for one in page.inspector.to_mend() if one.code == CODE]
    assert sorted(one.location.visit for one in mended) == sorted(left)
    dialog = ask(qtbot, foreign)
    assert len([line for line in dialog.model.rows if line.after.raw]) == 3
    dialog.go.click()
    settle_facets(qtbot, foreign)
    assert slips(foreign) == sorted(set(before) - set(left))
    assert value(foreign, Facet.CAUSE, CODE).data(COUNT) == "0"
    foreign.session.undo()
    settle_facets(qtbot, foreign)
    assert slips(foreign) == before
    assert value(foreign, Facet.CAUSE, CODE).data(COUNT) == "3"
    assert not foreign.session.work.steps.done
