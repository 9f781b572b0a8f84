"""The chart of the self-test."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage

from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.ui.growth import chart, trial


@pytest.mark.usefixtures("qapp")
def test_it_is_drawn_and_an_empty_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert trial.drawn(shipped_standard()) > 2
    monkeypatch.setattr(chart.GrowthChart, "show_series", lambda *_: None)
    monkeypatch.setattr(chart.GrowthChart, "grab", lambda _: Blank())
    with pytest.raises(ValueError, match="nothing drawn"):
        trial.drawn(shipped_standard())


class Blank:
    """A picture of nothing."""

    def toImage(self) -> QImage:
        """One colour all over."""
        image = QImage(4, 4, QImage.Format.Format_RGB32)
        image.fill(0)
        return image
