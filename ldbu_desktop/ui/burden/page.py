"""The Time page: forms at the left, what they cost in the middle, what that rests on at the right."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from ldbu_desktop.language import chosen, tr
from ldbu_desktop.ui.burden.assumptions_pane import AssumptionsPane
from ldbu_desktop.ui.burden.comparison_view import ComparisonView
from ldbu_desktop.ui.burden.data_view import DataView
from ldbu_desktop.ui.burden.desk import BurdenDesk
from ldbu_desktop.ui.burden.editor_view import EditorView
from ldbu_desktop.ui.burden.forms_pane import FormsPane
from ldbu_desktop.ui.burden.measurements_view import MeasurementsView
from ldbu_desktop.ui.kit.stack import Stack
from ldbu_desktop.ui.kit.widgets import Divided, Pane, Segments, column, keep_pane, row
from ldbu_desktop.ui.page import INSPECTOR, TREE, FoldingPage
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.saving import FileKind, ask_where
from ldbu_desktop.ui.theme import GRID

_COMPARE, _EDIT, _DATA, _MEASURED = "compare", "edit", "data", "measured"


class BurdenPage(FoldingPage):
    """What it costs to document, for those who decide what is asked."""

    def __init__(
        self,
        desk: BurdenDesk,
        live: Retranslation,
        forms: FormsPane,
        comparison: ComparisonView,
        editor: EditorView,
        assumptions: AssumptionsPane,
        data: DataView,
        measured: MeasurementsView,
    ) -> None:
        super().__init__()
        self._live = live
        live.name(self, lambda: tr("Tid"))
        self.desk = self.undoable = desk
        self.forms, self.comparison, self.editor, self.assumptions = forms, comparison, editor, assumptions
        self._unwanted = {INSPECTOR}
        self.data, self.measured = data, measured
        self._views = {
            _COMPARE: self.comparison,
            _EDIT: self.editor,
            _DATA: self.data,
            _MEASURED: self.measured,
        }
        self.view = Segments(
            "burdenView",
            live,
            lambda: tr("Visning"),
            (
                (_COMPARE, lambda: tr("Sammenlign")),
                (_EDIT, lambda: tr("Redigér variant")),
                (_DATA, lambda: tr("Fra eksporten")),
                (_MEASURED, lambda: tr("Målt")),
            ),
        )
        self.stack = Stack()
        self.stack.setObjectName("burdenViews")

    def lay_out(self) -> Iterator[None]:
        """Put the parts together, in slices: each time a part gets a place all that is in it is styled anew."""
        parts = self.forms, self._middle(), self.assumptions
        self.sides = {TREE: self.forms, INSPECTOR: self.assumptions}
        for part, least in zip(parts, (62, 100, 72), strict=True):
            keep_pane(part, self._live, least)
        self.splitter = Divided("burdenPanes")
        column(self).addWidget(self.splitter)
        yield
        yield from self.splitter.take(parts, (260, 660, 320), (0, 1, 0))
        self.fold()
        for view in self._views.values():
            self.stack.addWidget(view)
            yield
        self.comparison.assumptions.clicked.connect(lambda: self.show_pane(INSPECTOR, not self.has_pane(INSPECTOR)))
        self.view.chosen.connect(self._turn)
        self.comparison.wanted.connect(self._write)
        self.desk.edited.connect(self.undoable_changed)
        self.forms.new.clicked.connect(lambda: self.view.choose(_EDIT))

    def _middle(self) -> QWidget:
        pane = Pane()
        tabs = row(self.view, 1, spacing=0)
        tabs.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 2 * GRID)
        lines = column(pane)
        lines.addLayout(tabs)
        lines.addWidget(self.stack, 1)
        return pane

    def _turn(self, key: str) -> None:
        """Turn to a view."""
        self.stack.setCurrentWidget(self._views[key])
        self.fold()

    def can_have(self, pane: str) -> bool:
        """The assumptions fold away beside the views that they do not change."""
        return pane == TREE or self.view.choice in (_COMPARE, _DATA)

    def fold(self) -> None:
        """Show the panes that are wanted, and say whether the assumptions are."""
        super().fold()
        self.comparison.tell_assumptions(shown=self.has_pane(INSPECTOR))

    def showEvent(self, event: QShowEvent) -> None:
        """Read the forms and what was measured when they are first looked at, and again where they may be others."""
        super().showEvent(event)
        self.desk.read_forms()
        self.desk.read_measured()

    def unsaved(self) -> str:
        """The variants that are not saved."""
        names = [form.title[chosen()] for form in self.desk.unsaved]
        if not names:
            return ""
        told = tr("{count, plural, one {# variant er} other {# varianter er}} ikke gemt", count=len(names))
        return f"{told}: {', '.join(names)}."

    def show_unsaved(self) -> None:
        """Show the first of them."""
        self.desk.select(self.desk.unsaved[0].id)
        self.view.choose(_EDIT)

    def _write(self, kind: str) -> None:
        chosen = FileKind(lambda: tr("Regneark") if kind == "xlsx" else tr("PDF"), f".{kind}")
        asked = ask_where(self, tr("Gem sammenligningen"), f"{tr('tid-pr-kontakt')}.{kind}", (chosen,))
        if asked is None:
            return
        if kind == "xlsx":
            self.desk.write_workbook(asked[0])
            return
        from ldbu_desktop.ui.burden.paper import write_paper

        self.desk.write(asked[0], lambda path, found: write_paper(path, found, self.desk.standard))
