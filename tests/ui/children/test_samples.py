"""The shipped samples in the window: each finding is told at its place, and every row says something."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import Language
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.children.values_model import SOURCE, VALUE, Role
from ldbu_desktop.ui.file_commands import sample_path
from ldbu_desktop.ui.main_window import MainWindow
from tests.profiles import each

SAMPLES = resource("samples")


def opened(window: MainWindow, qtbot: QtBot, *paths: Path) -> ChildrenPage:
    """The page of children with a sample open."""
    with qtbot.waitSignal(window.session.judged, timeout=30_000):
        window.open(list(paths))
    qtbot.waitUntil(lambda: not window.jobs.is_busy(), timeout=20_000)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.pages.page("children"))
    page = window.pages.page("children")
    assert isinstance(page, ChildrenPage)
    return page


def test_every_finding_of_a_visit_is_told_at_a_row(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot, sample_path())
    session, model = window.session, page.visit_page.values.values
    assert session.findings is not None
    told = [finding for finding in session.findings.all if finding.location.visit]
    assert told
    for finding in told:
        session.select_finding(finding)
        row = model.row_of(finding)
        assert row is not None, finding.code
        assert finding in model.cell(row, VALUE).data(Role.FINDINGS)
        assert page.visit_page.values.currentIndex().row() == row
        assert finding.code in page.inspector.explanation.toPlainText()
        assert page.inspector.causes.index_of(finding).isValid()


def test_what_is_missing_is_shown_and_can_be_typed_in(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot, sample_path())
    session, model = window.session, page.visit_page.values.values
    assert session.findings is not None
    missing = next(finding for finding in session.findings.all if finding.code.startswith("mandatory-missing"))
    session.select_finding(missing)
    row = model.row_of(missing)
    assert row is not None
    index = model.cell(row, VALUE)
    assert index.data(Role.ROW).is_missing
    assert index.flags() & Qt.ItemFlag.ItemIsEditable
    assert model.setData(index, "Ukendt")
    assert missing not in session.work.findings_at()


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    "sample", each(sorted(path.name for path in SAMPLES.iterdir() if path.suffix in (".xlsx", ".csv")), 2)
)
def test_every_row_says_something_and_shows_no_cpr(
    window: MainWindow, qtbot: QtBot, sample: str, language: Language
) -> None:
    page = opened(window, qtbot, SAMPLES / sample)
    window.commands.choose_language(language)
    session, model = window.session, page.visit_page.values.values
    cprs = [
        entry
        for family in session.journal.families
        for citizen in family.citizens
        if len(entry := citizen.cpr.value or "") == 10
    ]
    assert cprs
    for key in page.tree_pane.model.visit_keys():
        session.select(Where(visit=key))
        assert model.rowCount()
        for row in range(model.rowCount()):
            cells = [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
            assert cells[0]
            spoken = str(model.cell(row, VALUE).data(Qt.ItemDataRole.AccessibleTextRole) or "")
            for text in (*cells, spoken):
                assert not any(cpr in text or f"{cpr[:6]}-{cpr[6:]}" in text for cpr in cprs)


def test_delivery_reports_open_in_the_same_way(window: MainWindow, qtbot: QtBot) -> None:
    reports = sorted((SAMPLES / "rapporter").glob("*.json"))
    assert reports
    page = opened(window, qtbot, *reports)
    session = window.session
    assert session.work.visit_count == len(reports)
    assert page.tree_pane.model.rowCount() > 1
    session.select(Where(visit=page.tree_pane.model.visit_keys()[0]))
    places = {
        page.visit_page.values.values.cell(row, SOURCE).data(Role.PLACE)
        for row in range(page.visit_page.values.values.rowCount())
    }
    assert any(place and "linje" in place for place in places)


def test_what_many_reports_say_is_counted_and_stands_in_full(window: MainWindow, qtbot: QtBot) -> None:
    """Their names would leave no room for what they hold, and their moments are longer than the column is wide."""
    window.resize(1280, 720)
    page = opened(window, qtbot, SAMPLES / "rapporter")
    assert page.overview.about.text() == "11 filer · 2 familier · 11 kontakter"
    window.session.select(Where(visit=window.session.journal.families[0].visits[0].key))
    view = page.visit_page.values
    sources = {view.values.cell(row, SOURCE).data(): row for row in range(view.values.rowCount())}
    heights = {said: view.visualRect(view.values.cell(row, SOURCE)).height() for said, row in sources.items() if said}
    moment = next(said for said in heights if said.startswith("2020-") and "T" in said)
    assert heights[moment] > heights["finished"]
