"""The case that is filled in the form: beside the session, what is filled and where it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from ldbu_desktop.ui.session import Session


class Case(QObject):
    """Knows whether what is open is filled in the form, rather than read from an export."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.is_filled = False

    def leave(self) -> None:
        """Fill nothing any more."""
        self.is_filled = False
