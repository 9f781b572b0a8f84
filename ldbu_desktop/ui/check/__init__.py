"""The page that checks delivery reports: reports at the left, their JSON in the middle, what is wrong at the right.
Files go in and verdicts come out, through ``checking``; it knows nothing of the journal that may be open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ldbu_desktop.ui.page import PageContext

if TYPE_CHECKING:
    from ldbu_desktop.ui.check.page import CheckPage
    from ldbu_desktop.ui.pace import Slices


def build(context: PageContext) -> Slices[CheckPage]:
    """The page, pane by pane."""
    from ldbu_desktop.ui.check.checking import Checking
    from ldbu_desktop.ui.check.head import CheckHeader

    session, live = context.session, context.live
    yield
    checking = Checking(session, session)
    head = CheckHeader(checking, live)
    yield
    from ldbu_desktop.ui.check.reports_pane import ReportsPane
    from ldbu_desktop.ui.check.text_pane import TextPane

    yield
    reports, text = ReportsPane(checking, live), TextPane(checking, live)
    yield
    from ldbu_desktop.ui.check.findings_pane import FindingsPane

    yield
    errors = FindingsPane(checking, live)
    yield
    from ldbu_desktop.ui.check.page import CheckPage

    return CheckPage(checking, live, (head, reports, text, errors))
