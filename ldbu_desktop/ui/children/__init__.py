"""Children and visits: the tree at the left, and the values of what is selected in the middle, beside the inspector.
All is a view of the session; what is mended goes through it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ldbu_desktop.ui.page import PageContext

if TYPE_CHECKING:
    from ldbu_desktop.ui.children.page import ChildrenPage
    from ldbu_desktop.ui.pace import Slices


def build(context: PageContext) -> Slices[ChildrenPage]:
    """The page, pane by pane."""
    from ldbu_desktop.ui.children.overview import Overview
    from ldbu_desktop.ui.children.tree_pane import TreePane

    session, live = context.session, context.live
    yield
    tree_pane = TreePane(session, live)
    yield
    overview = Overview(session, live)
    yield
    from ldbu_desktop.ui.children.visit_page import VisitPage

    yield
    visit_page = VisitPage(session, live)
    yield
    from ldbu_desktop.ui.inspector.inspector import Inspector
    from ldbu_desktop.ui.inspector.preview import PreviewPane

    yield
    preview = PreviewPane(session, live)
    yield
    inspector = Inspector(session, live, preview)
    yield
    inspector.begin(live)
    yield
    from ldbu_desktop.ui.children.page import ChildrenPage

    page = ChildrenPage(context, (tree_pane, overview, visit_page, inspector))
    yield page
    yield from page.lay_out()
    return page
