"""What a page of the window is: what it is given, and what it is asked when the window closes."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ldbu_desktop.conformance.model import CheckedReport
    from ldbu_desktop.findings.model import Finding
    from ldbu_desktop.journal.where import Where
    from ldbu_desktop.ui.retranslation import Retranslation
    from ldbu_desktop.ui.session import Session
    from ldbu_desktop.ui.settings import Settings


class PageContext(NamedTuple):
    """What a page is built with: what is open, what is remembered, texts, actions by id, and how files are opened.

    ``show`` goes to a place of the journal on its page, with the keyboard in its value, and to a finding there.
    ``check`` checks finished reports, ``show_receipt`` shows the receipt of a folder.
    """

    session: Session
    settings: Settings
    live: Retranslation
    actions: Mapping[str, QAction]
    open: Callable[[Sequence[Path]], None]
    show: Callable[[Where, Finding | None], None]
    check: Callable[[Sequence[Path]], None]
    show_receipt: Callable[[Path], None]


class Undoable(Protocol):
    """What was done on a page and can be undone there."""

    @property
    def can_undo(self) -> bool: ...
    @property
    def can_redo(self) -> bool: ...
    def undo(self) -> None: ...
    def redo(self) -> None: ...


class SavesFindings(NamedTuple):
    """What was found on a page by itself, so that it can be saved: the reports, what they were checked with, and from
    which paths; not ``is_complete``: there may be more."""

    reports: Sequence[CheckedReport]
    checked_with: str
    paths: Sequence[Path]
    is_complete: bool


class Exercise(NamedTuple):
    """What is worked on at a page in place of what is open: its session, the page that shows it, and what it is called.

    Nothing of it is kept, delivered, or remembered among what was opened.
    """

    session: Session
    page: Page
    title: Callable[[], str]


NARROW = 1100
"""Below this width of the window only one of the panes at the sides of a page is shown."""
TREE, INSPECTOR = "tree", "inspector"
"""The panes at the sides of a page: what we have at the left, what it means at the right."""


class Page(QWidget):
    """A place of the window. ``sides`` are its panes that can be folded away: ``TREE``, ``INSPECTOR``, or none; those
    of them that are ``shown_afar`` are for a room too.

    ``takes_files`` is what becomes of files that are dropped while the page is shown; None has them opened.
    ``undoable`` is what undo is about while the page is shown; None is the journal, which most pages show.
    ``undoable_changed`` tells that there is more or less of it, ``found_changed`` that something is found here, or
    nothing any more. ``exercise`` is what is worked on here in place of what is open, and ``exercise_changed`` tells
    that it is another.
    """

    undoable_changed = Signal()
    found_changed = Signal()
    exercise_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.sides: dict[str, QWidget] = {}
        self.takes_files: Callable[[Sequence[Path]], None] | None = None
        self.undoable: Undoable | None = None
        self.exercise: Exercise | None = None
        self.shown_afar: frozenset[str] = frozenset()
        self._unwanted: set[str] = set()
        self._unwanted_near: frozenset[str] = frozenset()
        self._is_afar = False

    @property
    def found(self) -> SavesFindings | None:
        """What was found here; None where it is the journal's findings that are meant."""
        return None

    def has_pane(self, pane: str) -> bool:
        """Whether one of the panes at the sides is to be seen: it is wanted, and there is room."""
        return pane in self.sides and not self.sides[pane].isHidden()

    def show_pane(self, pane: str, wanted: bool) -> None:
        """Show or hide one of the panes at the sides, as the user asks."""
        (self._unwanted.discard if wanted else self._unwanted.add)(pane)
        self.fold()

    def show_pane_near(self, pane: str, wanted: bool) -> None:
        """Show or hide a pane for what is worked on now; while a room looks on, not before the page is near again."""
        if not self._is_afar:
            self.show_pane(pane, wanted)
            return
        self._unwanted_near = self._unwanted_near - {pane} if wanted else self._unwanted_near | {pane}

    def fold(self) -> None:
        """Show the panes that are wanted."""
        for pane, part in self.sides.items():
            part.setVisible(pane not in self._unwanted)

    def show_afar(self, is_afar: bool) -> None:
        """Show the page to a room: what it works on, without the panes at its sides; or as before.

        What the user folds away or asks for while the room looks on is so for the room only.
        """
        if is_afar and not self._is_afar:
            self._unwanted_near = frozenset(self._unwanted)
            self._unwanted = set(self.sides) - self.shown_afar
            self.fold()
        elif self._is_afar and not is_afar:
            self._unwanted = set(self._unwanted_near)
            self.fold()
        self._is_afar = is_afar

    def get_ahead(self) -> Iterator[object]:
        """Slices that make ready what is not seen when the page is gone to, but soon may be."""
        return iter(())

    def arrive(self) -> None:
        """The user goes to the page."""

    def settle(self) -> None:
        """Take what is being typed."""

    def keep(self) -> None:
        """Remember how the page is, for the next time."""

    def unsaved(self) -> str:
        """What is lost where the window is closed, in words; nothing where all is kept."""
        return ""

    def show_unsaved(self) -> None:
        """Show what would be lost, to have it saved."""


class FoldingPage(Page):
    """A page with panes at both sides: in a narrow window the one that was asked for last is shown."""

    def __init__(self) -> None:
        super().__init__()
        self._favoured = self._favoured_near = INSPECTOR
        self._is_narrow = False

    def can_have(self, pane: str) -> bool:
        """Whether a pane belongs to what is shown now."""
        return pane in self.sides

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold a pane away where there is too little room, and show it again where there is enough."""
        super().resizeEvent(event)
        is_narrow = self.window().width() < NARROW
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self.fold()

    def show_pane(self, pane: str, wanted: bool) -> None:
        """Show or hide one of the panes at the sides, as the user asks."""
        self._favoured = pane if wanted else next(one for one in self.sides if one != pane)
        super().show_pane(pane, wanted)

    def show_afar(self, is_afar: bool) -> None:
        """Show the page to a room, or as before: with the pane that was asked for last then."""
        if is_afar and not self._is_afar:
            self._favoured_near = self._favoured
        elif self._is_afar and not is_afar:
            self._favoured = self._favoured_near
        super().show_afar(is_afar)

    def fold(self) -> None:
        """Show the panes that are wanted and for which there is room."""
        wanted = {pane for pane in self.sides if pane not in self._unwanted and self.can_have(pane)}
        if self._is_narrow and len(wanted) > 1:
            wanted = {self._favoured}
        for pane, part in self.sides.items():
            part.setVisible(pane in wanted)


class KeyedPage(Page):
    """A page with keys of its own, which it takes before they become the window's."""

    @abstractmethod
    def doer(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key does here; None for one that is not the page's."""

    def event(self, event: QEvent) -> bool:
        """Take the page's own keys."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and self.doer(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key of the page's own asks for."""
        if (doer := self.doer(event)) is not None:
            doer()
        else:
            super().keyPressEvent(event)
