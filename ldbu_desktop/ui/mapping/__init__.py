"""The page where the columns of a file are matched with what the standard asks for: columns at the left, what they are
read as at the right, how certain that is between them. A proposal comes in, decisions come out; nothing is read by what
was not known, sure or approved, and the page decides nothing by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ldbu_desktop.ui.page import PageContext

if TYPE_CHECKING:
    from ldbu_desktop.ui.mapping.page import MappingPage
    from ldbu_desktop.ui.pace import Slices


def build(context: PageContext) -> Slices[MappingPage]:
    """The page, part by part."""
    from ldbu_desktop.ui.mapping.desk import MappingDesk

    yield
    session, live = context.session, context.live
    desk = MappingDesk(session, context.settings, session)
    from ldbu_desktop.ui.mapping.head import Head
    from ldbu_desktop.ui.mapping.links_pane import LinksPane

    yield
    head = Head(desk, live)
    yield
    links = LinksPane(desk, live)
    yield
    from ldbu_desktop.ui.mapping.reading_pane import ReadingPane
    from ldbu_desktop.ui.mapping.rows_pane import RowsPane

    yield
    reading = ReadingPane(desk, live)
    yield
    rows = RowsPane(desk, live)
    yield
    from ldbu_desktop.ui.mapping.page import MappingPage

    page = MappingPage(context, desk, (head, links, reading, rows))
    yield page
    yield from page.lay_out()
    return page
