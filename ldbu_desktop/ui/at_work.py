"""What the user works on: what is open, or the exercise at the page that is shown, and where it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication

from ldbu_desktop.ui.page import Exercise
from ldbu_desktop.ui.pages import CHILDREN, Pages

if TYPE_CHECKING:
    from ldbu_desktop.ui.children.page import ChildrenPage
    from ldbu_desktop.ui.session import Session


class AtWork:
    """Looked up each time: another page may have another exercise."""

    def __init__(self, opened: Session, pages: Pages) -> None:
        self.opened = opened
        self._pages = pages

    @property
    def exercise(self) -> Exercise | None:
        """What is worked on at the page that is shown, in place of what is open."""
        page = self._pages.shown
        return page.exercise if page is not None else None

    @property
    def session(self) -> Session:
        """What is worked on at the page that is shown: what is open, or an exercise."""
        return self.opened if self.exercise is None else self.exercise.session

    @property
    def is_real(self) -> bool:
        """Whether something is open and worked on: an exercise is never kept or delivered."""
        return self.exercise is None and self.opened.is_open

    @property
    def children_page(self) -> ChildrenPage:
        """The page of children and visits, wherever the window is: that of the exercise that is worked on."""
        exercise = self.exercise
        return cast("ChildrenPage", self._pages.page(CHILDREN) if exercise is None else exercise.page)

    @property
    def children(self) -> ChildrenPage:
        """The page of children and visits, after going to it."""
        if self.exercise is None:
            self._pages.come_to(CHILDREN)
        return self.children_page

    def leave_field(self) -> None:
        """Take what is being typed, on any page."""
        if (editor := QApplication.focusWidget()) is not None and editor.objectName() == "valueEditor":
            editor.clearFocus()
        for page in self._pages.built:
            page.settle()
