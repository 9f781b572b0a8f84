"""The pages of the window as data, in their order, and the stack that shows them: a new page is one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QWidget

from ldbu_desktop.language import tr
from ldbu_desktop.ui import burden, children, coverage, deadlines, delivery, history, mapping, practice, reports, start
from ldbu_desktop.ui.jobs import Jobs
from ldbu_desktop.ui.kit.following_scroll import show_whole
from ldbu_desktop.ui.kit.stack import Stack
from ldbu_desktop.ui.pace import (
    WAITING,
    Slices,
    import_first_page,
    import_first_parts,
    import_pages,
    next_frame,
    polish,
    until_calm,
    warm_up,
)
from ldbu_desktop.ui.page import Page, PageContext
from ldbu_desktop.ui.session import OPEN
from ldbu_desktop.ui.theme import is_large

START, MAPPING, CHILDREN, DEADLINES = "start", "mapping", "children", "deadlines"
REPORTS, HISTORY, COVERAGE, BURDEN = "reports", "history", "coverage", "burden"
PRACTICE, DELIVERY = "practice", "delivery"


class PageData(NamedTuple):
    """A page: its name on the rail and in the menu, and ``build``, which its folder has and which runs in slices."""

    id: str
    text: Callable[[], str]
    menu_text: Callable[[], str]
    icon: str
    build: Callable[[PageContext], Slices[Page]]
    needs_journal: bool = False


PAGES = (
    PageData(START, lambda: tr("Start"), lambda: tr("&Start"), "home", start.build),
    PageData(MAPPING, lambda: tr("Kolonner"), lambda: tr("&Kolonner"), "table", mapping.build),
    PageData(CHILDREN, lambda: tr("Børn"), lambda: tr("&Børn og kontakter"), "children", children.build, True),
    PageData(DEADLINES, lambda: tr("Frister"), lambda: tr("F&rister"), "deadline", deadlines.build, True),
    PageData(REPORTS, lambda: tr("Rapporter"), lambda: tr("Rappor&ter"), "file-check", reports.build),
    PageData(HISTORY, lambda: tr("Over tid"), lambda: tr("O&ver tid"), "recent", history.build),
    PageData(COVERAGE, lambda: tr("Dækning"), lambda: tr("D&ækning"), "clear", coverage.build),
    PageData(BURDEN, lambda: tr("Tid"), lambda: tr("T&id"), "time", burden.build),
    PageData(PRACTICE, lambda: tr("Øvelser"), lambda: tr("&Øvelser"), "school", practice.build),
    PageData(DELIVERY, lambda: tr("Aflevér"), lambda: tr("&Aflevering"), "deliver", delivery.build, True),
)


class PagesView(QScrollArea):
    """Shows the pages, as large as there is room. Where text is large and a page has too little, it is scrolled."""

    def __init__(self, pages: QStackedWidget) -> None:
        super().__init__()
        self.setObjectName("pagesView")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(_Room(pages))


class _Room(QWidget):
    """The room that the pages have. It has no layout: that would ask how high pages would like to be."""

    def __init__(self, pages: QStackedWidget) -> None:
        super().__init__()
        self.setObjectName("scrolled")
        self._pages = pages
        pages.setParent(self)

    def minimumSizeHint(self) -> QSize:
        """At a desk a page is never scrolled as a whole."""
        return self._pages.minimumSizeHint() if is_large() else QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the pages all of it."""
        self._pages.setGeometry(self.rect())

    def event(self, event: QEvent) -> bool:
        """A page may need more room than before, or less."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)


class Pages(Stack):
    """Shows one page, built when it is first gone to, or before, while nobody waits. ``gone`` tells where to.

    ``can_changed`` tells that something else can be undone on a page, or saved; ``exercise_changed`` that another
    exercise is worked on there, or none.
    """

    gone = Signal(str)
    can_changed = Signal()
    exercise_changed = Signal()

    def __init__(self, context: PageContext, jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("pages")
        self._context = context
        self._jobs = jobs
        self._built: dict[str, Page] = {}
        self._building: dict[str, Slices[Page]] = {}
        self._made: dict[str, Page] = {}
        self._is_warming = False
        self._awaited = ""
        self._is_afar = self._is_over = False

    @property
    def built(self) -> tuple[Page, ...]:
        """The pages that are there."""
        return tuple(self._built.values())

    @property
    def shown(self) -> Page | None:
        """The page that is gone to; None before the first."""
        page = self.currentWidget()
        return page if isinstance(page, Page) else None

    @property
    def shown_id(self) -> str:
        """The id of the page that is gone to; empty before the first."""
        return next((name for name, page in self._built.items() if page is self.shown), "")

    def unsaved(self) -> dict[str, str]:
        """What is lost where the window is closed, in words, by the id of its page."""
        return {name: told for name, page in self._built.items() if (told := page.unsaved())}

    def is_built(self, page: str) -> bool:
        """Whether a page is there, by its id."""
        return page in self._built

    def page(self, page: str) -> Page:
        """A page by its id, built when it is first asked for."""
        while page not in self._built:
            self._build_slice(page)
        return self._built[page]

    def _build_slice(self, page: str) -> None:
        if page in self._made:
            made = self._built[page] = self._made.pop(page)
            if self._is_afar:
                made.show_afar(True)
            made.move(-made.width(), -made.height())  # Qt draws anew what a part would cover, shown or not
            self.addWidget(made)
            return
        if page not in self._building:
            self._building[page] = next(one for one in PAGES if one.id == page).build(self._context)
        try:
            begun: Page | None = next(self._building[page])
            if begun is not None:
                begun.setParent(self)
        except StopIteration as end:
            del self._building[page]
            made = self._made[page] = end.value
            made.undoable_changed.connect(self.can_changed)
            made.found_changed.connect(self.can_changed)
            made.exercise_changed.connect(self.exercise_changed)

    def show_afar(self, is_afar: bool) -> None:
        """Show all pages to a room, or as before; those too that are not there yet."""
        self._is_afar = is_afar
        for page in self.built:
            page.show_afar(is_afar)

    def show_focus(self) -> None:
        """Have what the keyboard is in within sight, after everything has got another size."""
        part = QApplication.focusWidget()
        if part is not None and self.isAncestorOf(part):
            show_whole(part)

    def go(self, page: str) -> None:
        """Go to a page."""
        self._awaited = ""
        made = self.page(page)
        made.arrive()
        self.setCurrentWidget(made)
        self.gone.emit(page)

    def come_to(self, page: str) -> None:
        """Go to a page, where the window is not there and stays."""
        if self.shown_id != page or self._awaited:
            self.go(page)

    def go_soon(self, page: str) -> None:
        """Go to a page, after what is left of building it; the window answers in between."""
        if self._is_over:
            return
        if page in self._built:
            self._go_and_draw(page)
            return
        self._awaited = page
        if not self._is_warming:  # else what is imported beside the window would halt it
            self._build_slice(page)
            next_frame(self, self._go_on)

    def _go_and_draw(self, page: str) -> None:
        """Go to a page; what is seen of it is drawn in a turn of its own."""
        if self.shown_id == page:
            self.go(page)
        else:
            self.setUpdatesEnabled(False)
            self.go(page)
            next_frame(self, lambda: self.setUpdatesEnabled(True))

    def stop(self) -> None:
        """Build no page any more that is waited for: it would begin work that nobody ends."""
        self._is_over = True

    def _go_on(self) -> None:
        if self._awaited:
            self.go_soon(self._awaited)

    @property
    def _is_opening(self) -> bool:
        """Whether something is read, shown for the first time, or checked."""
        session = self._context.session
        is_new = session.is_open and session.work.found is None
        return is_new or session.checking.is_busy or self._jobs.is_busy(OPEN)

    @property
    def _is_asked(self) -> bool:
        """Whether something is worked out that is looked at as soon as it is there."""
        return any(job.quiet for job in self._jobs.running)

    def _while_opening(self) -> Iterator[object]:
        """Slices that build nothing while a file is read but the page that will show it and what that has at hand, and
        nothing while it is checked or anything else is waited for: more would halt the window.

        Where it is built when the file is there, the window waits for both. What it will show soon comes next.
        """
        is_new, coming = False, self._coming()
        while self._is_opening or self._awaited or self._is_asked:
            is_new = is_new or self._is_opening
            is_read = self._jobs.is_busy(OPEN) and not self._awaited
            yield next(coming, WAITING) if is_read else WAITING
        if is_new:
            yield from until_calm()
            yield from self._while_opening()

    def _coming(self) -> Iterator[object]:
        """Slices until the page is there that will show a file, each part of it imported in one of its own."""
        yield from import_first_parts()
        yield from self._building_of(CHILDREN)

    def _between(self, slices: Iterator[object]) -> Iterator[object]:
        """Slices that are done while no file is opened."""
        yield from self._while_opening()
        for given in slices:
            yield given
            yield from self._while_opening()

    def _building_of(self, page: str) -> Iterator[object]:
        """Slices until a page is there, has what it will show soon, and is styled."""
        while page not in self._built:
            self._build_slice(page)
            yield None
        yield from self._built[page].get_ahead()
        yield from polish(self._built[page])

    def prepare(self) -> Iterator[object]:
        """Slices that build all pages, so that they are there when they are gone to."""
        self._is_warming = True
        yield from warm_up(self._jobs.beside)
        self._is_warming = False
        self._go_on()
        yield from self._between(import_first_page(self._jobs.beside))
        yield from self._between(self._building_of(CHILDREN))
        yield from self._between(import_pages())
        for page in PAGES:
            if page.id != CHILDREN:
                yield from self._between(self._building_of(page.id))
