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

    page = ChildrenPage(session, settings, live, (tree_pane, overview, visit_page, inspector))
    yield None
    from ldbu_desktop.ui.form import visit_form  # noqa: F401  (read ahead: the first form is there sooner)

    yield page


def _check(session: Session, settings: Settings, live: Live) -> Steps:
    from ldbu_desktop.ui.check.checking import Checking
    from ldbu_desktop.ui.check.head import Head

    yield None
    checking = Checking(session, session)
    head = Head(checking, live)
    yield None
    from ldbu_desktop.ui.check.reports_pane import ReportsPane
    from ldbu_desktop.ui.check.text_pane import TextPane

    yield None
    reports, text = ReportsPane(checking, live), TextPane(checking, live)
    yield None
    from ldbu_desktop.ui.check.errors_pane import ErrorsPane

    yield None
    errors = ErrorsPane(checking, live)
    yield None
    from ldbu_desktop.ui.check.page import CheckPage

    yield CheckPage(checking, live, (head, reports, text, errors))


def _delivery(session: Session, settings: Settings, live: Live) -> Steps:
    from ldbu_desktop.ui.delivery.page import DeliveryPage

    yield None
    yield DeliveryPage(session, live)


def _burden(session: Session, settings: Settings, live: Live) -> Steps:
    from ldbu_desktop.ui.burden.desk import BurdenDesk

    yield None
    desk = BurdenDesk(session, settings, session)
    from ldbu_desktop.ui.burden.comparison_view import ComparisonView
    from ldbu_desktop.ui.burden.forms_pane import FormsPane

    yield None
    forms, comparison = FormsPane(desk, live), ComparisonView(desk, live)
    yield None
    from ldbu_desktop.ui.burden.assumptions_pane import AssumptionsPane
    from ldbu_desktop.ui.burden.editor_view import EditorView

    yield None
    editor, assumptions = EditorView(desk, live), AssumptionsPane(desk, live)
    yield None
    from ldbu_desktop.ui.burden.page import BurdenPage

    yield BurdenPage(desk, live, forms, comparison, editor, assumptions)


START, CHILDREN, CHECK, BURDEN, DELIVERY = "start", "children", "check", "burden", "deliver"

PAGES = (
    PageData(START, lambda: tr("Start"), "home", "page-start", _start),
    PageData(CHILDREN, lambda: tr("Børn"), "children", "page-children", _children),
    PageData(CHECK, lambda: tr("Filtjek"), "file-check", "page-check", _check),
    PageData(BURDEN, lambda: tr("Tid"), "time", "page-burden", _burden),
    PageData(DELIVERY, lambda: tr("Aflevér"), "deliver", "page-deliver", _delivery),
)
