"""Words on as many lines as they need."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ldbu_desktop.ui.kit.wrapped import wrapped_lines
from ldbu_desktop.ui.theme import BODY, font


def test_a_title_takes_the_lines_that_it_needs(qapp: QApplication) -> None:
    text = "Søvn: Svaret findes ikke, men ligner et andet"
    assert wrapped_lines(text, font(BODY), 4000, 4) == [text]
    lines = wrapped_lines(text, font(BODY), 150, 4)
    assert len(lines) > 1
    assert " ".join(lines) == text
    assert wrapped_lines(text, font(BODY), 150, 2)[1].endswith("andet")
    assert wrapped_lines("", font(BODY), 0, 4) == [""]


def test_signs_that_qt_counts_twice_break_no_word(qapp: QApplication) -> None:
    text = "Årsager »💥💥💥«: Svaret er ikke blandt standardens svar"
    for most in (2, 9):
        assert " ".join(wrapped_lines(text, font(BODY), 150, most)) == text
    assert "standardens" in wrapped_lines(text, font(BODY), 90, 9)
