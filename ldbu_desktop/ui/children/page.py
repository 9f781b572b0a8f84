"""The page of children and visits: tree, middle and inspector beside each other, each of which can be folded away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ldbu_desktop.editing.change import Change
from ldbu_desktop.language import tr
from ldbu_desktop.ui.children.overview import Overview
from ldbu_desktop.ui.children.tree_pane import TreePane
from ldbu_desktop.ui.children.visit_page import VisitPage
from ldbu_desktop.ui.inspector.inspector import Inspector
from ldbu_desktop.ui.kit.stack import Stack
from ldbu_desktop.ui.kit.tab_order import first_in, tab_on
from ldbu_desktop.ui.kit.widgets import Divided, column, keep_pane
from ldbu_desktop.ui.pace import Slicer, Slices, after_paint, import_form, import_growth, next_frame, next_turn, polish
from ldbu_desktop.ui.page import INSPECTOR, TREE, FoldingPage, PageContext

if TYPE_CHECKING:
    from ldbu_desktop.ui.children.growth_page import GrowthPage
    from ldbu_desktop.ui.form.filling import Filling

_SIZES = [270, 650, 324]


class ChildrenPage(FoldingPage):
    """The one way of working: what we have at the left, what we work on in the middle, what it means at the right."""

    def __init__(self, context: PageContext, parts: tuple[TreePane, Overview, VisitPage, Inspector]) -> None:
        super().__init__()
        session, settings, live = context.session, context.settings, context.live
        self._session = session
        self._settings = settings
        self._live = live
        self._filling: Filling | None = None
        self._growth: GrowthPage | None = None
        self._growing: Slices[None] | None = None
        self._building_growth = Slicer(self._growth_slices(), self, "buildingGrowth", is_awaited=True)
        self._building_growth.done.connect(self._turn_to_growth)
        live.name(self, lambda: tr("Børn og kontakter"))
        self.tree_pane, self.overview, self.visit_page, self.inspector = parts
        self.middle = Stack()
        self.middle.setObjectName("middle")
        self.sides = {TREE: self.tree_pane, INSPECTOR: self.inspector}
        self._shown = ("", "", False)
        for button, action in (
            (self.visit_page.previous, "previous-visit"),
            (self.visit_page.next, "next-visit"),
            (self.inspector.previous, "previous-finding"),
            (self.inspector.next, "next-finding"),
            (self.inspector.mend, "mend"),
            (self.inspector.mend_all, "mend-all"),
            (self.inspector.accept, "accept"),
        ):
            button.clicked.connect(context.actions[action].trigger)

    def lay_out(self) -> Iterator[None]:
        """Put the panes in their places and show what is open, in slices: a million rows may be."""
        panes = self.tree_pane, self.middle, self.inspector
        for part, least in zip(panes, (56, 80, 70), strict=True):
            keep_pane(part, self._live, least)
        self.splitter = Divided("panes")
        column(self).addWidget(self.splitter)
        yield
        yield from self.splitter.take(panes, _SIZES, (0, 1, 0))
        for name, splitter in (("panes", self.splitter), ("inspector", self.inspector.splitter)):
            if (state := self._settings.state(name)) is not None:
                splitter.restoreState(state)
        yield
        for part in (self.overview, self.visit_page):
            self.middle.addWidget(part)
            yield
        tab_on(self.middle, self.inspector)
        self._session.selected.connect(self._follow)
        self._session.opened.connect(self._start_over_soon)
        self._session.changed.connect(self._regroup)
        self.tree_pane.model.refill()
        yield
        self._start_over()

    @property
    def filling(self) -> Filling:
        """What is in the middle while a case is filled; built when it is first needed."""
        if self._filling is None:
            from ldbu_desktop.ui.form.filling import Filling

            self._filling = Filling(self._session, self._live, self.inspector.standing)
            self.middle.addWidget(self._filling)
            self._filling.form_page.following = lambda: first_in(self.inspector)
            self._filling.new_visit.left.connect(self._start_over)
            self._filling.form_page.form.laid_out.connect(self._order_tab_soon)
        return self._filling

    def choose_visit(self) -> None:
        """Ask in the middle which visit is begun, whatever was there."""
        self.middle.setCurrentWidget(self.filling)
        self.filling.choose_visit()

    def _order_tab_soon(self) -> None:
        """Have Tab come to what was found after all fields: those that were made just now are last of all."""
        after_paint(self, lambda: tab_on(self.filling, self.inspector))

    @property
    def growth(self) -> GrowthPage | None:
        """The growth of the selected child; None until it was built."""
        return self._growth

    def get_ahead(self) -> Iterator[object]:
        """Slices until the first chart and the first form are there at once when they are asked for."""
        yield from self._growth_slices()
        yield from import_form()

    def _growth_slices(self) -> Slices[None]:
        """Slices that build the growth of the selected child, and go on where others of them were left."""
        if self._growing is None:
            self._growing = self._build_growth()
        yield from self._growing

    def _build_growth(self) -> Slices[None]:
        yield from import_growth()
        from ldbu_desktop.ui.children.growth_page import GrowthPage

        growth = GrowthPage(self._session, self._live)
        yield
        self.middle.addWidget(growth)
        yield
        yield from growth.lay_out()
        yield from polish(growth)
        growth.left.connect(self._start_over)
        self._growth = growth

    def show_growth(self) -> None:
        """Show the child's growth in the middle, or the visit again."""
        if self._growth is None:
            self._building_growth.start()
        elif self.middle.currentWidget() is self._growth:
            self._start_over()
        else:
            self._turn_to_growth()

    def _turn_to_growth(self) -> None:
        if self._growth is not None and self._session.selection.family:
            self.middle.setCurrentWidget(self._growth)
            self._growth.show_selected()

    def take_keyboard(self) -> None:
        """Give the value that is looked at the keyboard; what stands in no field is read in the list of findings."""
        session = self._session
        if session.selection.visit:
            if not session.is_in_form:
                self.visit_page.values.setFocus(Qt.FocusReason.ShortcutFocusReason)
            elif (focus := QApplication.focusWidget()) is None or not self.filling.isAncestorOf(focus):
                self.filling.keyboard.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        finding = session.finding if session.is_filled else None
        if finding is None or not self.filling.family_page.go_to_finding(finding):
            self.inspector.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def settle(self) -> None:
        """Take what is being typed into the form, or into the values of a visit."""
        if self._session.is_in_form:
            self.filling.settle()
        else:
            self.visit_page.values.settle()

    def keep(self) -> None:
        """Remember how wide the panes are."""
        if not self._is_narrow:
            self._settings.keep_state("panes", self.splitter.saveState())
            self._settings.keep_state("inspector", self.inspector.splitter.saveState())

    def step_pane(self, by: int) -> None:
        """Give the next pane (``by`` 1) or the one before (-1) the keyboard: tree, middle, findings, explanation.

        Where none is seen, as behind the result of an exercise, the keyboard stays where it is.
        """
        middle: QWidget = self.visit_page.values if self._session.selection.visit else self.overview.table
        if self._session.is_in_form:
            middle = self.filling.keyboard
        panes = [self.tree_pane.tree, middle, self.inspector.list, self.inspector.reading]
        shown = [pane for pane in panes if pane.isVisible()]
        now = next((at for at, pane in enumerate(shown) if pane.hasFocus()), -by)
        if shown:
            shown[(now + by) % len(shown)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _start_over_soon(self) -> None:
        """Show the other file pane by pane, each in a turn of its own, so that together they do not halt the window."""
        self.overview.model.clear()
        self.visit_page.values.values.clear()
        # In between the window goes to this page, and draws it.
        next_frame(self, lambda: next_frame(self, lambda: next_frame(self, self._fill_tree)))

    def _fill_tree(self) -> None:
        self.tree_pane.model.refill()
        next_frame(self, self._start_over)

    def _regroup(self, change: Change) -> None:
        if change.is_regrouped:
            self.tree_pane.model.refill()
            self.tree_pane.tree.expandToDepth(0)
        if self._shown[2] is not self._session.is_in_form:
            next_turn(self, self._follow_type)  # when what was typed is taken

    def _follow_type(self) -> None:
        """The type of the visit became known, and there is a form for it, or the other way round."""
        focus = QApplication.focusWidget()
        had_keyboard = focus is not None and self.middle.isAncestorOf(focus)
        self._follow()
        if had_keyboard:
            self.take_keyboard()

    def _start_over(self) -> None:
        self._shown = ("?", "?", False)
        self._follow()

    def _follow(self) -> None:
        now, is_in_form = self._session.selection, self._session.is_in_form
        if (now.family, now.visit, is_in_form) == self._shown:
            return
        self._shown = (now.family, now.visit, is_in_form)
        if is_in_form:
            self.middle.setCurrentWidget(self.filling)
            self.filling.show_selected()
        elif now.visit:
            self.middle.setCurrentWidget(self.visit_page)
            self.visit_page.show_selected()
        else:
            self.middle.setCurrentWidget(self.overview)
            self.overview.show_selected()
