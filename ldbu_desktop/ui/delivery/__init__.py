"""The page where delivery reports are written: what is sent, what is left out and why, and the receipt. It chooses how;
the session writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ldbu_desktop.ui.page import PageContext

if TYPE_CHECKING:
    from ldbu_desktop.ui.delivery.page import DeliveryPage
    from ldbu_desktop.ui.pace import Slices


def build(context: PageContext) -> Slices[DeliveryPage]:
    """The page, part by part."""
    from ldbu_desktop.ui.delivery.page import DeliveryPage

    yield
    page = DeliveryPage(context)
    yield page
    yield from page.lay_out()
    return page
