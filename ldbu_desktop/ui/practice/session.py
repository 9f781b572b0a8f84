"""What is worked on in an exercise: a session like that of what is open, which can be locked."""

from __future__ import annotations

from ldbu_desktop.editing.change import Change
from ldbu_desktop.editing.operations import Operation
from ldbu_desktop.ui.session import Session
from ldbu_desktop.workspace.mending_preview import MendingPreview


class PracticeSession(Session):
    """While it ``is_locked`` nothing is changed but by :meth:`step`. It keeps nothing: there is no folder for it."""

    is_locked = False

    def do(self, operation: Operation) -> Change | None:
        """Do something, unless it is locked."""
        return None if self.is_locked else super().do(operation)

    def take(self, seen: MendingPreview) -> bool:
        """Do a mending as it was seen; while it is locked, nothing more comes of it."""
        return self.is_locked or super().take(seen)

    @property
    def can_undo(self) -> bool:
        """Whether something was done that can be undone."""
        return not self.is_locked and super().can_undo

    @property
    def can_redo(self) -> bool:
        """Whether something was undone that can be done again."""
        return not self.is_locked and super().can_redo

    def undo(self) -> None:
        """Go back one step, unless it is locked."""
        if not self.is_locked:
            super().undo()

    def redo(self) -> None:
        """Take again the step that was undone last, unless it is locked."""
        if not self.is_locked:
            super().redo()

    def step(self, by: int) -> None:
        """Show one answer more (``by`` 1) or one less (-1), also while it is locked."""
        (super().redo if by > 0 else super().undo)()
