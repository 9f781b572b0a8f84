"""The page that checks delivery reports: reports at the left, their JSON in the middle, what is wrong at the right.
Files go in and verdicts come out, through ``checking``; it knows nothing of the journal that may be open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ldbu_desktop.ui.page import PageContext

if TYPE_CHECKING:
    from ldbu_desktop.ui.pace import Slices
    from ldbu_desktop.ui.reports.page import ReportsPage


def build(context: PageContext) -> Slices[ReportsPage]:
    """The page, pane by pane."""
    from ldbu_desktop.ui.reports.checking import Checking
    from ldbu_desktop.ui.reports.head import ReportsHead

    session, live = context.session, context.live
    yield
    checking = Checking(session, session)
    head = ReportsHead(checking, live)
    head.save.clicked.connect(context.actions["save-findings"].trigger)
    yield
    from ldbu_desktop.ui.reports.reports_pane import ReportsPane
    from ldbu_desktop.ui.reports.text_pane import TextPane

    yield
    reports = ReportsPane(checking, live)
    yield
    text = TextPane(checking, live)
    yield
    from ldbu_desktop.ui.reports.findings_pane import FindingsPane

    yield
    errors = FindingsPane(checking, live)
    yield
    from ldbu_desktop.ui.reports.page import ReportsPage

    page = ReportsPage(checking, live, (head, reports, text, errors))
    yield page
    yield from page.lay_out()
    return page
