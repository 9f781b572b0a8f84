"""The places of the window as data: the rail shows those that exist, in this order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from ldbu_desktop.language import tr

if TYPE_CHECKING:
    from ldbu_desktop.ui.live import Live
    from ldbu_desktop.ui.session import Session
    from ldbu_desktop.ui.settings import Settings


Steps = Iterator[QWidget | None]
"""A page being built: each step is short, and the last gives the page."""


class PageData(NamedTuple):
    """A place: its action goes there, and ``make`` builds it in steps between which the window answers."""

    id: str
    text: Callable[[], str]
    icon: str
    action: str
    make: Callable[[Session, Settings, Live], Steps]


def _start(session: Session, settings: Settings, live: Live) -> Steps:
    from ldbu_desktop.ui.start.page import StartPage

    yield StartPage(settings, live)


def _children(session: Session, settings: Settings, live: Live) -> Steps:
    from ldbu_desktop.ui.children.overview import Overview
    from ldbu_desktop.ui.children.tree_pane import TreePane

    yield None
    tree_pane = TreePane(session, live)
    yield None
    overview = Overview(session, live)
    yield None
    from ldbu_desktop.ui.children.visit_page import VisitPage

    yield None
    visit_page = VisitPage(session, live)
    yield None
    from ldbu_desktop.ui.inspector.inspector import Inspector

    yield None
    inspector = Inspector(session, live)
    yield None
    from ldbu_desktop.ui.children.page import ChildrenPage

    yield ChildrenPage(session, settings, live, (tree_pane, overview, visit_page, inspector))


def _delivery(session: Session, settings: Settings, live: Live) -> Steps:
    from ldbu_desktop.ui.delivery.page import DeliveryPage

    yield None
    yield DeliveryPage(session, live)


START, CHILDREN, DELIVERY = "start", "children", "deliver"

PAGES = (
    PageData(START, lambda: tr("Start"), "home", "page-start", _start),
    PageData(CHILDREN, lambda: tr("Børn"), "children", "page-children", _children),
    PageData(DELIVERY, lambda: tr("Aflevér"), "deliver", "page-deliver", _delivery),
)
