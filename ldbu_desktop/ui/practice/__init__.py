"""The page of exercises: a case is chosen, shown, completed, done alone, or its faults are found; a room's results are
added up, and cases are written. What is worked on is a session of the page's own, shown by the page of children and
visits as real work is. Nothing of it is kept, delivered or opened again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ldbu_desktop.ui.page import PageContext

if TYPE_CHECKING:
    from ldbu_desktop.ui.pace import Slices
    from ldbu_desktop.ui.practice.page import PracticePage


def build(context: PageContext) -> Slices[PracticePage]:
    """The page, after its imports."""
    from ldbu_desktop.ui.practice.page import PracticePage

    yield
    return PracticePage(context)
