"""The page of delivery: it writes what is ready, and tells what is left out and what goes wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ldbu_desktop.bundles.model import ExportOptions
from ldbu_desktop.language import Language
from ldbu_desktop.ui.delivery.delivery_jobs import deliver
from ldbu_desktop.ui.delivery.left_out_model import LeftOutModel
from ldbu_desktop.ui.delivery.page import DeliveryPage
from ldbu_desktop.ui.kit.widgets import UprightScroll
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pages import CHILDREN, DELIVERY
from ldbu_desktop.ui.session import Session
from tests.ui.hand import announcements


def test_delivery_writes_what_is_ready_and_tells_the_rest(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    opened.actions_["deliver"].trigger()
    page = opened.pages.page(DELIVERY)
    assert isinstance(page, DeliveryPage)
    assert page.model.rowCount() == 1
    page.deliver.click()
    assert "mappe" in page.sent.text.text()
    folder = tmp_path / "out"
    page.options.folder_line.setText(str(folder))
    page.deliver.click()
    qtbot.waitUntil(page.open_folder.isVisible, timeout=20_000)
    assert len(list(folder.glob("*.json"))) == 3
    assert (folder / "kvittering.json").is_file()
    assert "2 kontakter" in page.sent.text.text()
    written = {path.name: path.read_bytes() for path in folder.glob("*.json")}
    page.deliver.click()
    qtbot.waitUntil(lambda: len(list(folder.glob("*-1/*.json"))) == 3, timeout=20_000)
    qtbot.waitUntil(lambda: not opened.jobs.is_busy())
    assert {path.name: path.read_bytes() for path in folder.glob("*.json")} == written
    assert "-1" in page.sent.text.text()
    page.left.activated.emit(page.model.index(0, 0))
    assert opened.pages.currentWidget() is opened.pages.page(CHILDREN)
    assert opened.session.selection.visit == "K1"
    qtbot.waitUntil(lambda: not opened.jobs.is_busy())


def test_what_came_of_a_delivery_is_said_to_a_screen_reader(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = announcements(monkeypatch)
    opened.actions_["deliver"].trigger()
    page = opened.pages.page(DELIVERY)
    assert isinstance(page, DeliveryPage)
    page.deliver.click()
    assert [page.sent.text.text()] == said
    page.options.folder_line.setText(str(tmp_path / "out"))
    page.deliver.click()
    qtbot.waitUntil(page.open_folder.isVisible, timeout=20_000)
    qtbot.waitUntil(lambda: not opened.jobs.is_busy())
    assert said[-1].startswith("2 kontakter er skrevet")


def test_delivery_to_where_nothing_can_be_written_is_told(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    taken = tmp_path / "a file"
    taken.write_text("x", encoding="utf-8")
    opened.pages.go(DELIVERY)
    page = opened.pages.page(DELIVERY)
    assert isinstance(page, DeliveryPage)
    page.options.folder_line.setText(str(taken))
    with qtbot.waitSignal(opened.session.failed, timeout=10_000) as failed:
        page.start()
    assert failed.args[0].key.startswith("output-")
    assert opened.message.isVisible()


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


def test_nothing_is_delivered_before_something_is_checked(window: MainWindow, tmp_path: Path) -> None:
    deliver(window.session, tmp_path / "out", ExportOptions(), lambda _receipt: None)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("language", list(Language))
def test_no_choice_is_scrolled_to_sideways(opened: MainWindow, qtbot: QtBot, language: Language) -> None:
    opened.resize(1000, 560)
    opened.commands.choose_language(language)
    opened.pages.go(DELIVERY)
    page = opened.pages.page(DELIVERY)
    assert isinstance(page, DeliveryPage)
    page.options.show_anyway(True)
    scroll = page.findChild(UprightScroll, "deliveryScroll")
    qtbot.waitUntil(lambda: scroll.horizontalScrollBar().maximum() == 0)
    browse = page.options.browse
    right = browse.mapTo(scroll.viewport(), browse.rect().topRight()).x()
    qtbot.waitUntil(lambda: right < scroll.viewport().width())
