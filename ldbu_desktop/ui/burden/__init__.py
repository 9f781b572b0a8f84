"""The Time page: what forms cost to fill, side by side, and what that rests on. Forms and assumptions go in,
estimates come out of the core; nothing here says anything about a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ldbu_desktop.ui.page import PageContext

if TYPE_CHECKING:
    from ldbu_desktop.ui.burden.page import BurdenPage
    from ldbu_desktop.ui.pace import Slices


def build(context: PageContext) -> Slices[BurdenPage]:
    """The page, view by view."""
    from ldbu_desktop.ui.burden.desk import BurdenDesk

    session, live = context.session, context.live
    yield
    desk = BurdenDesk(session, context.settings, session)
    from ldbu_desktop.ui.burden.comparison_view import ComparisonView
    from ldbu_desktop.ui.burden.forms_pane import FormsPane

    yield
    forms = FormsPane(desk, live)
    yield
    comparison = ComparisonView(desk, live)
    yield
    from ldbu_desktop.ui.burden.assumptions_pane import AssumptionsPane
    from ldbu_desktop.ui.burden.editor_view import EditorView

    yield
    editor = EditorView(desk, live)
    yield
    assumptions = AssumptionsPane(desk, live)
    yield
    from ldbu_desktop.ui.burden.data_view import DataView
    from ldbu_desktop.ui.burden.measurements_view import MeasurementsView

    yield
    data = DataView(desk, live)
    yield
    measured = MeasurementsView(desk, live)
    yield
    from ldbu_desktop.ui.burden.page import BurdenPage

    page = BurdenPage(desk, live, forms, comparison, editor, assumptions, data, measured)
    yield page
    yield from page.lay_out()
    return page
