"""A chart drawn without a screen: whether the libraries that draw are all there. Only the self-test asks for it."""

from __future__ import annotations

import os

from PySide6.QtWidgets import QApplication

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.growth.series import growth_of
from ldbu_desktop.standard.model import Standard


def drawn(standard: Standard) -> int:
    """How many colours there are in a chart of the sample's growth. Raises :class:`ValueError` where it stays empty."""
    from ldbu_desktop.ui.growth.ages import fitting
    from ldbu_desktop.ui.growth.chart import GrowthChart
    from ldbu_desktop.use_cases.load import load

    running = QApplication.instance()
    if running is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"  # a command has no window, and may have no screen
        running = QApplication(["ldbu"])
    journal = load([resource("samples", "familie.xlsx")], standard)
    series = [
        each
        for family in journal.families
        for citizen in family.citizens
        for each in growth_of(family, citizen.key, standard).series
        if each.points
    ]
    chart = GrowthChart()
    chart.resize(400, 300)
    chart.show_series(series[0], fitting(series[0].points))
    picture = chart.grab().toImage()
    colours = {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}
    if len(colours) < 2:
        raise ValueError("nothing drawn")
    return len(colours)
