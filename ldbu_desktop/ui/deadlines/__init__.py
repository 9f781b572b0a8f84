"""The page of deadlines: which held visits lack something mandatory, and until when it is waited for. Deadlines come
out of the findings' room; what is told here, a reason, goes through the session like any other answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ldbu_desktop.ui.page import PageContext

if TYPE_CHECKING:
    from ldbu_desktop.ui.deadlines.page import DeadlinesPage
    from ldbu_desktop.ui.pace import Slices


def build(context: PageContext) -> Slices[DeadlinesPage]:
    """The page, after its imports."""
    from ldbu_desktop.ui.deadlines.page import DeadlinesPage

    yield
    return DeadlinesPage(context)
