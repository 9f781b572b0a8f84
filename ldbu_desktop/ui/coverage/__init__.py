"""The page of coverage: what of the standard the open journal, an export or reports exercise, area by area and variable
by visit type, and one key to the smallest case for what is not. Counting is a use case's; the page judges nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ldbu_desktop.ui.page import PageContext

if TYPE_CHECKING:
    from ldbu_desktop.ui.coverage.page import CoveragePage
    from ldbu_desktop.ui.pace import Slices


def build(context: PageContext) -> Slices[CoveragePage]:
    """The page, part by part."""
    from ldbu_desktop.ui.coverage.page import CoveragePage

    yield
    page = CoveragePage(context)
    yield page
    yield from page.lay_out()
    return page
