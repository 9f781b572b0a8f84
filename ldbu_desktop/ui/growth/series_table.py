"""A series as a table: the chart for those who do not see it, or would rather read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon

from ldbu_desktop.growth.model import Point, Series
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.growth_words import age_words, doubt_words, score_words, size_words
from ldbu_desktop.ui.icons import icon
from ldbu_desktop.ui.kit.table_model import Column, Width

SeriesPoint = tuple[Series, Point]
"""A row: a measurement, in the series that it is doubted against."""


def measured(series: Series | None) -> list[SeriesPoint]:
    """The rows of a series, by age."""
    return [(series, point) for point in series.points] if series else []


def _doubt(row: SeriesPoint) -> str | None:
    return doubt_words(*row) or None


def _doubt_icon(row: SeriesPoint) -> QIcon | None:
    return icon("check", "check", 16) if row[1].is_doubtful else None


COLUMNS: tuple[Column[SeriesPoint], ...] = (
    Column("age", lambda: tr("Alder"), lambda row: age_words(row[1])),
    Column("size", lambda: tr("Måling"), lambda row: size_words(row[1]), is_number=True),
    Column("score", lambda: tr("z"), lambda row: score_words(row[1].z), is_number=True),
    Column(
        "doubt",
        lambda: tr("Se efter"),
        _doubt,
        width=Width.REST,
        roles={Qt.ItemDataRole.DecorationRole: _doubt_icon},
    ),
)
"""Age, size, score, and what is doubtful: its words are the tool tip too, as they are long."""
