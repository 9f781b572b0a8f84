"""The start page: doors to the work, what was opened last, and a sample. It opens nothing itself: it asks for it by the
window's actions. It must not know what a file holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ldbu_desktop.ui.page import PageContext

if TYPE_CHECKING:
    from ldbu_desktop.ui.pace import Slices
    from ldbu_desktop.ui.start.page import StartPage


def build(context: PageContext) -> Slices[StartPage]:
    """The page that the window begins with, in one slice: it is all that is built before the window is painted."""
    from ldbu_desktop.ui.start.page import StartPage

    yield
    return StartPage(context)
