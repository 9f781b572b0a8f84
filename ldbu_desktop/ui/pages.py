"""The places of the window as data: the rail shows those that exist, in this order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ldbu_desktop.language import tr

if TYPE_CHECKING:
    from ldbu_desktop.ui.live import Live
    from ldbu_desktop.ui.session import Session
    from ldbu_desktop.ui.settings import Settings


@dataclass(frozen=True, slots=True)
class PageData:
    """A place: its action goes there, and ``make`` builds it when it is first gone to."""

    id: str
    text: Callable[[], str]
    icon: str
    action: str
    make: Callable[[Session, Settings, Live], QWidget]


def _start(session: Session, settings: Settings, live: Live) -> QWidget:
    from ldbu_desktop.ui.start.page import StartPage

    return StartPage(settings, live)


def _children(session: Session, settings: Settings, live: Live) -> QWidget:
    from ldbu_desktop.ui.children.page import ChildrenPage

    return ChildrenPage(session, settings, live)


def _delivery(session: Session, settings: Settings, live: Live) -> QWidget:
    from ldbu_desktop.ui.delivery.page import DeliveryPage

    return DeliveryPage(session, live)


START, CHILDREN, DELIVERY = "start", "children", "deliver"

PAGES = (
    PageData(START, lambda: tr("Start"), "home", "page-start", _start),
    PageData(CHILDREN, lambda: tr("Børn"), "children", "page-children", _children),
    PageData(DELIVERY, lambda: tr("Aflevér"), "deliver", "page-deliver", _delivery),
)
