"""A visit that was delivered carries a mark and the day, in the tree, in search and at the head of its form."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ldbu_desktop.editing.operations import AddCitizen, AnswerField
from ldbu_desktop.journal.where import Where
from ldbu_desktop.rendering.words import day_words, delivered_words, near_day_words, near_delivered_words
from ldbu_desktop.ui.children.tree_model import Role
from ldbu_desktop.ui.delivery.page import DeliveryPage
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.workspace.facets import Facet, VisitState
from tests.ui.form.hand import children_of, delivered, filling_of, settled

WHOLE = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)


def test_a_delivered_visit_says_so(case: Where, window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    session, tree = window.session, children_of(window).tree_pane
    at = tree.model.index_of(Where(case.family, case.visit))
    assert at.data(Role.DELIVERED) == ""
    assert session.work.delivered_on(case.visit) is None
    assert delivered(window, qtbot, tmp_path / "ud") == 1
    when = session.work.delivered_on(case.visit)
    assert when is not None
    at = tree.model.index_of(Where(case.family, case.visit))
    assert at.data(Role.DELIVERED) == near_day_words(when, when)
    for role in WHOLE:
        assert day_words(when) in at.data(role)
    assert tree.grab().width()
    session.select(Where(case.family, case.visit))
    session.do(AnswerField(case, "5300"))
    settled(qtbot, window)
    assert day_words(when) in filling_of(window).form_page.about.text()
    tree.search.setText(f"afleveret {day_words(when)}")
    qtbot.waitUntil(lambda: tree.model.visit_keys() == [case.visit])
    tree.search.setText("afleveret 1. jan. 1999")
    qtbot.waitUntil(lambda: tree.model.visit_keys() == [])


def told_of(window: MainWindow, where: Where) -> tuple[str, str, str, str]:
    """What the tree says of a visit: beside its mark, to who hears it and where the mouse rests; and its head."""
    at = children_of(window).tree_pane.model.index_of(where)
    mark, heard, resting = (at.data(one) for one in (Role.DELIVERED, *WHOLE))
    return mark, heard, resting, filling_of(window).form_page.about.text()


def states(window: MainWindow) -> dict[str, int]:
    """How many visits there are of each state."""
    facets = window.session.work.facets()
    assert facets is not None
    return {one.value: one.visits for one in facets.counts({})[Facet.STATE]}


def test_a_visit_that_was_corrected_since_says_so_until_that_is_delivered(
    case: Where, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    session, tree, visit = window.session, children_of(window).tree_pane, Where(case.family, case.visit)
    session.select(visit)
    assert delivered(window, qtbot, tmp_path / "ud") == 1
    as_delivered = told_of(window, visit)
    assert states(window) == {VisitState.DELIVERED: 1}

    session.do(AnswerField(case, "5300"))
    settled(qtbot, window)
    when = session.work.delivered_on(case.visit)
    assert when is not None
    mark, *told = told_of(window, visit)
    assert mark == near_delivered_words(when, when, is_corrected=True)
    assert all(delivered_words(when, is_corrected=True) in one for one in told)
    assert states(window) == {VisitState.CORRECTED: 1, VisitState.READY: 1}
    assert tree.grab().width()
    tree.search.setText("rettelsen er ikke afleveret")
    qtbot.waitUntil(lambda: tree.model.visit_keys() == [case.visit])
    tree.search.clear()

    session.undo()
    settled(qtbot, window)
    assert told_of(window, visit) == as_delivered
    session.redo()
    settled(qtbot, window)
    assert told_of(window, visit)[0] == mark
    assert delivered(window, qtbot, tmp_path / "igen", only_new=True) == 1
    assert told_of(window, visit) == as_delivered
    assert states(window) == {VisitState.DELIVERED: 1}


def test_an_import_that_was_corrected_since_says_so(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    session = opened.session
    assert delivered(opened, qtbot, tmp_path / "ud") > 0
    family = session.journal.families[0]
    visit = next(one for one in family.visits if session.work.delivered_on(one.key))
    session.select(Where(family.key, visit.key))
    when = session.work.delivered_on(visit.key)
    assert when is not None
    about = children_of(opened).visit_page.about
    assert about.text().endswith(delivered_words(when, is_corrected=False))
    session.edit(Where(family.key, visit.key, field="visit.status"), "cancelled")
    settled(qtbot, opened)
    assert about.text().endswith(delivered_words(when, is_corrected=True))
    assert states(opened)[VisitState.CORRECTED] == 1


def test_what_was_delivered_is_kept_back_by_nothing_that_came_later(
    case: Where, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    session = window.session
    assert delivered(window, qtbot, tmp_path / "ud") == 1
    session.do(AddCitizen(Where(case.family), is_child=True))  # without a number: of it nothing can be delivered
    window.pages.go("delivery")
    page = window.pages.page("delivery")
    assert isinstance(page, DeliveryPage)
    settled(qtbot, window)
    assert "0 klar, 0 ikke klar endnu, 1 afleveret" in window.status.state.text()
    assert "alt er afleveret" in window.status.edits.text()
    assert page.sent.text.text() == "Intet nyt venter på aflevering."
    assert "1 kontakt er afleveret, som den er. Det skrives ikke igen." in page.sent.more.text()
    assert page.none.text.text() == "Der er intet nyt at skrive."

    page.options.only_new.setChecked(False)
    settled(qtbot, window)
    assert page.model.rowCount() == 1
    assert "1 kontakt er afleveret, som den er. Det skrives igen." in page.sent.more.text()


def test_what_was_delivered_is_not_written_once_more_by_pressing_again(
    window: MainWindow, case: Where, tmp_path: Path, qtbot: QtBot
) -> None:
    window.pages.go("delivery")
    page = window.pages.page("delivery")
    assert isinstance(page, DeliveryPage)
    settled(qtbot, window)
    page.options.folder_line.setText(str(tmp_path / "ud"))
    settled(qtbot, window)
    assert not page.options.only_new.isVisible()
    page.deliver.click()
    qtbot.waitUntil(page.read_receipt.isVisible, timeout=20_000)
    settled(qtbot, window)
    assert page.read_receipt.isVisible()  # what was written is told all the same
    assert page.options.only_new.isVisible()
    assert page.options.only_new.isChecked()
    page.deliver.click()
    settled(qtbot, window)
    assert page.sent.text.text() == "Intet nyt venter på aflevering."
    assert len([*(tmp_path / "ud").rglob("*.json")]) == 2  # the report and its receipt
