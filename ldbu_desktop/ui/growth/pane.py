"""The pane of growth: what to show, the chart or the table, the point that is looked at, and what to look into."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QWidget

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.growth.model import Growth, Series, gestation_of
from ldbu_desktop.growth.series import charted
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.growth_words import (
    doubt_words,
    left_out_words,
    point_words,
    size_words,
    source_words,
    summary_words,
)
from ldbu_desktop.rendering.words import moment_words
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.ui.growth.ages import SPANS, Span, fitting
from ldbu_desktop.ui.growth.chart import GrowthChart
from ldbu_desktop.ui.growth.series_table import COLUMNS, SeriesPoint, measured
from ldbu_desktop.ui.kit.stack import Stack
from ldbu_desktop.ui.kit.table import TableView
from ldbu_desktop.ui.kit.table_model import TableModel
from ldbu_desktop.ui.kit.text_line import TextLine
from ldbu_desktop.ui.kit.widgets import EmptyState, Pane, Segments, column, keep_line, label, row
from ldbu_desktop.ui.pace import Slices
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID, colours, scaled

_CHART, _TABLE = "chart", "table"
_SHOWN_HINTS = 4
_LEAST = 55 * GRID
"""How high a chart and its table are at the least."""


class GrowthPane(Pane):
    """Shows a :class:`Growth` value; whoever has the journal makes it anew when something changed.

    ``visit_wanted`` asks for a visit by its key. ``gestation_given`` tells what was typed as the gestation at birth:
    a ``Gestation``, or None for none; the answer is another Growth.
    """

    visit_wanted = Signal(str)
    gestation_given = Signal(object)

    def __init__(self, live: Retranslation, standard: Standard) -> None:
        super().__init__()
        self.growth: Growth | None = None
        self._is_coming = False
        live.name(self, lambda: tr("Vækst"))
        kinds = charted(standard)
        self.measure = Segments(
            "growthMeasure", live, lambda: tr("Mål"), [(each.id, _in_language(each.short)) for each in kinds]
        )
        for each in kinds:
            live.name(self.measure.button(each.id), _in_language(each.label), tip=True)
        self.view = Segments(
            "growthView", live, lambda: tr("Visning"), ((_CHART, lambda: tr("Kurve")), (_TABLE, lambda: tr("Tabel")))
        )
        self.span = Segments(
            "growthSpan", live, lambda: tr("Alder"), [(str(span.years), _span_words(span)) for span in SPANS]
        )
        for span in SPANS:
            live.name(self.span.button(str(span.years)), _span_name(span), tip=True)
        self.chart = GrowthChart()
        live.name(self.chart, lambda: tr("Vækstkurve"))
        self.none = EmptyState("growthNone", live, "children", self._what_is_there, self._why_nothing)
        self.table = self._table(live)
        live.also(self._heighten)
        self.stack = Stack()
        self.stack.setObjectName("growthStack")
        self.reading = label("growthReading")
        self.doubt = label("growthDoubt", tone="check")
        self.hints = self._hints()
        self.gestation = self._gestation(live)
        self.gestation_fault = label("growthGestationFault", live, _gestation_fault, "check")
        self.source = label("growthSource", tone="small")
        self._live = live
        self.measure.chosen.connect(self._show_measure)
        self.view.chosen.connect(lambda _: self._show_part())
        self.chart.pointed.connect(self._tell)
        self.chart.opened.connect(self._want)
        self.span.chosen.connect(lambda _: self._draw())

    def _heighten(self) -> None:
        for part in (self.chart, self.table):
            part.setMinimumHeight(scaled(_LEAST))

    def _table(self, live: Retranslation) -> TableView[SeriesPoint]:
        self.model = TableModel[SeriesPoint](COLUMNS, self)
        made = TableView("growthTable", live, lambda: tr("Målinger efter alder"), self.model, sorts=True)
        made.activated.connect(lambda index: self._want(index.row()))
        made.selectionModel().currentRowChanged.connect(self._follow_table)
        return made

    def _hints(self) -> QLabel:
        made = label("growthHints")
        made.setTextFormat(Qt.TextFormat.RichText)
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        made.linkActivated.connect(self.visit_wanted)
        return made

    def _gestation(self, live: Retranslation) -> QLineEdit:
        made = TextLine()
        made.setObjectName("growthGestation")
        live.also(lambda: made.setMaximumWidth(scaled(24 * GRID)))
        live.say(made.setPlaceholderText, lambda: tr("fx 34+2"))
        live.name(made, lambda: tr("Født i uge, hvis født for tidligt: uger og dage, fx 34+2"), tip=True)
        made.editingFinished.connect(self._take_gestation)
        return made

    def lay_out(self) -> Slices[None]:
        """Put the parts in their places and say what they say, in slices: the style looks at all that is in one."""
        live, lines = self._live, column(self, 4, 2)
        self._lines = lines
        lines.addWidget(label("growthHeading", live, lambda: tr("Vækst"), "heading"))
        lines.addWidget(self.measure)
        self.span.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        choices = row(self.view, self.span)
        self.choices = QWidget()
        self.choices.setObjectName("growthChoices")
        self.choices.setLayout(choices)
        lines.addWidget(self.choices)
        lines.addWidget(self.stack, 1)
        yield
        for shown in (self.none, self.table, self.chart):
            self.stack.addWidget(shown)
            yield
        for part in (self.reading, self.doubt, self.hints, self.source, self.gestation_fault):
            part.setWordWrap(True)
            keep_line(part, live)
        early = label("growthGestationLabel", live, lambda: tr("Født for tidligt, i uge"), "muted")
        early.setBuddy(self.gestation)
        self.early = QWidget()
        self.early.setObjectName("growthEarly")
        self.early.setLayout(row(early, self.gestation, 1))
        below: tuple[QWidget, ...] = (
            self.reading, self.doubt, self.hints, self.early, self.gestation_fault, self.source,
        )  # fmt: skip
        for widget in below:
            lines.addWidget(widget)
        self.gestation_fault.hide()
        yield
        live.also(self._retell)

    @property
    def series(self) -> Series | None:
        """The series that is shown."""
        if self.growth is None:
            return None
        return self.growth.by_id.get(self.measure.choice)

    def wait(self, *, is_coming: bool) -> None:
        """Show no child's growth; ``is_coming`` where another's is being made."""
        self.show_growth(None)
        self._is_coming = is_coming
        self._retell()

    def show_growth(self, growth: Growth | None) -> None:
        """Show a child's growth; the same child keeps what is chosen, another begins with what there is most of."""
        before, self.growth = self.growth, growth
        self._is_coming = False
        is_other = growth is not None and (before is None or before.child != growth.child)
        had_gestation = before is not None and before.gestation is not None
        if growth is not None and (is_other or had_gestation or growth.gestation is not None):
            self.gestation.setText(str(growth.gestation or ""))
            self.gestation_fault.hide()
        if growth is not None and is_other:
            fullest = max(growth.series, key=lambda series: len(series.points), default=None)
            if fullest is not None:
                self.measure.mark(fullest.charted.id)
            self._fit()
        self._retell()

    def _fit(self) -> None:
        """Choose the span that holds the points."""
        if (series := self.series) is not None:
            self.span.mark(str(fitting(series.points).years))

    def _show_measure(self, _: str) -> None:
        self._fit()
        self._retell()

    def _retell(self) -> None:
        """Say and draw everything anew."""
        growth, series = self.growth, self.series
        self.none.heading.setText(self._what_is_there())
        self.none.text.setText(self._why_nothing())
        self._lines.setEnabled(False)  # else all is laid out once for each part that comes
        if growth is not None:
            self.source.setText(source_words(growth, series))
            self.hints.setText(self._hint_lines(growth))
        self.hints.setVisible(bool(growth is not None and self.hints.text()))
        for part in (self.source, self.measure, self.choices, self.early):
            part.setVisible(growth is not None and not growth.is_empty)
        self._draw()
        self._show_part()
        self._lines.setEnabled(True)
        self._lines.activate()

    def _draw(self) -> None:
        series = self.series
        if series is not None:
            self.chart.show_series(series, next(span for span in SPANS if str(span.years) == self.span.choice))
            self.chart.setAccessibleDescription(summary_words(series))
        self._tell(len(series.points) - 1 if series else -1)

    def _show_part(self) -> None:
        """The chart or the table; what is in their place while there is neither."""
        is_chart = self.view.choice == _CHART
        if self.growth is None or self.growth.is_empty:
            shown: QWidget = self.none
        elif not is_chart:
            shown = self.table
            self.model.show(measured(self.series))
            self.table.resizeRowsToContents()
        else:
            shown = self.chart
        self.stack.setCurrentWidget(shown)
        self.span.setVisible(is_chart)

    def _tell(self, place: int) -> None:
        """Say what the point that is looked at is, and what to look into."""
        series = self.series
        has_point = series is not None and 0 <= place < len(series.points)
        told = doubt = ""
        if series is not None and has_point:
            told, doubt = point_words(series, place), doubt_words(series, series.points[place])
        elif series is not None and self.growth is not None and not self.growth.is_empty:
            told = tr("{measure} er ikke målt endnu.", measure=series.charted.label[chosen()])
        self.reading.setText(told)
        self.doubt.setText(doubt)
        self.reading.setVisible(bool(told))
        self.doubt.setVisible(bool(doubt))
        if series is not None and has_point:
            self.chart.setAccessibleDescription(" ".join(filter(None, (told + ".", doubt, summary_words(series)))))

    def _follow_table(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self._tell(now.row())

    def _want(self, place: int) -> None:
        if self.series is not None:
            self.visit_wanted.emit(self.series.points[place].visit)

    def _take_gestation(self) -> None:
        text = self.gestation.text().strip()
        gestation = gestation_of(text)
        self.gestation_fault.setVisible(bool(text) and gestation is None)
        if gestation is not None or not text:
            given = self.growth.gestation if self.growth else None
            if gestation != given:
                self.gestation_given.emit(gestation)

    def _what_is_there(self) -> str:
        return tr("Et øjeblik") if self._is_coming else tr("Ingen vækst at vise")

    def _why_nothing(self) -> str:
        growth = self.growth
        if growth is None:
            return tr("Kurven regnes ud …") if self._is_coming else tr("Vælg et barn for at se dets vækst.")
        if not growth.series:
            return tr("Alder og køn læses af barnets CPR-nummer, og det mangler eller kan ikke læses.")
        return tr("Barnet er ikke målt endnu. Vægt, længde og hovedomfang vises her, når de er skrevet ind.")

    def _hint_lines(self, growth: Growth) -> str:
        """What looks like entry errors, each leading to its visit, and what could not be shown."""
        lines = [
            f"<a href='{escape(point.visit, quote=True)}' style='color: {colours().accent}'>{escape(words)}</a>"
            for series, point in growth.doubtful
            for words in [f"{series.charted.label[chosen()]} {size_words(point)}, {moment_words(point.moment)}"]
        ]
        told = [tr("Ligner tastefejl:")] * bool(lines) + lines[:_SHOWN_HINTS]
        if len(lines) > _SHOWN_HINTS:
            told.append(tr("… og {count} til", count=len(lines) - _SHOWN_HINTS))
        told += [escape(left_out_words(one)) for one in growth.left_out[:_SHOWN_HINTS]]
        return "<br>".join(told)


def _in_language(text: Text) -> Callable[[], str]:
    return lambda: text[chosen()]


def _span_words(span: Span) -> Callable[[], str]:
    return lambda: tr("{years, plural, one {# år} other {# år}}", years=span.years)


def _span_name(span: Span) -> Callable[[], str]:
    return lambda: tr("Fra fødslen til {years, plural, one {# år} other {# år}}", years=span.years)


def _gestation_fault() -> str:
    return tr("Skriv hele uger og dage, fx 34+2.")
