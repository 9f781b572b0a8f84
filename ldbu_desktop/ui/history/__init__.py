"""The page of deliveries over time: reports in, what is wrong with them together, and the timeline of a citizen with
the JSON of each instance beside it. What is found comes out of a use case; the page judges nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ldbu_desktop.ui.page import PageContext

if TYPE_CHECKING:
    from ldbu_desktop.ui.history.page import HistoryPage
    from ldbu_desktop.ui.pace import Slices


def build(context: PageContext) -> Slices[HistoryPage]:
    """The page, part by part."""
    from ldbu_desktop.ui.history.page import HistoryPage

    yield
    page = HistoryPage(context)
    yield page
    yield from page.lay_out()
    return page
