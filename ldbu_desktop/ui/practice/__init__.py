"""The page of exercises: a case is chosen, shown, completed, done alone, or its faults are found; a room's results are
added up, and cases are written. What is worked on is a session of the page's own, shown by the page of children and
visits as real work is. Nothing of it is kept, delivered or opened again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ldbu_desktop.ui.page import PageContext

if TYPE_CHECKING:
    from ldbu_desktop.ui.children.page import ChildrenPage
    from ldbu_desktop.ui.pace import Slices
    from ldbu_desktop.ui.practice.page import PracticePage


def build(context: PageContext) -> Slices[PracticePage]:
    """The page, pane by pane."""
    from ldbu_desktop.ui.practice.choice import ChoicePane
    from ldbu_desktop.ui.practice.practice import Practice

    session, settings, live = context.session, context.settings, context.live
    yield
    practice = Practice(session, session)
    choice = ChoicePane(settings, live, lambda: session.standard)
    yield
    from ldbu_desktop.ui.practice.author import AuthorPane
    from ldbu_desktop.ui.practice.work import WorkPane

    yield
    author = AuthorPane(practice, live)
    yield
    work = WorkPane(practice, live, author, lambda: _form(context._replace(session=practice.session)))
    yield
    from ldbu_desktop.ui.practice.faults import FaultsPane
    from ldbu_desktop.ui.practice.room import RoomPane

    yield
    room = RoomPane(session, live, lambda: choice.cases.rows)
    yield
    faults = FaultsPane(settings, live)
    yield
    from ldbu_desktop.ui.practice.family import FamilyPane

    family = FamilyPane(session, live)
    yield
    from ldbu_desktop.ui.practice.page import PracticePage

    yield
    page = PracticePage(context, practice, (choice, work, room, faults, family))
    yield page
    yield from page.lay_out()
    return page


def _form(context: PageContext) -> ChildrenPage:
    """The page of children and visits, on the session of an exercise."""
    from ldbu_desktop.ui import children
    from ldbu_desktop.ui.pace import at_once

    return at_once(children.build(context))
