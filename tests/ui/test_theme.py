"""Colours keep their contrast; icons are there; type has three sizes on a grid."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.ui import theme
from ldbu_desktop.ui.icons import icon, pixmap

LOOKS = {"light": theme.LIGHT, "dark": theme.DARK}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("ink", "ground"), theme.READ_PAIRS)
def test_text_is_read_on_its_ground(look: str, ink: str, ground: str) -> None:
    used = LOOKS[look]
    assert theme.contrast(getattr(used, ink), getattr(used, ground)) >= 4.5


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("edge", "ground"), theme.SEEN_PAIRS)
def test_controls_are_seen_on_their_ground(look: str, edge: str, ground: str) -> None:
    used = LOOKS[look]
    assert theme.contrast(getattr(used, edge), getattr(used, ground)) >= 3


def test_contrast_is_that_of_wcag() -> None:
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert theme.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert theme.contrast("#123456", "#123456") == 1


def test_the_style_sheet_has_no_colour_of_its_own() -> None:
    told = resource("styles", "window.qss").read_text(encoding="utf-8")
    assert not re.findall(r"#[0-9A-Fa-f]{6}\b|rgb", told)
    for look, used in LOOKS.items():
        assert used.on_accent in resource("styles", f"tick-{look}.svg").read_text(encoding="utf-8")
        assert "$" not in theme.style_sheet(used)


@pytest.mark.parametrize("look", [theme.ColourScheme.LIGHT, theme.ColourScheme.DARK])
def test_a_look_dresses_the_application(qapp: QApplication, look: theme.ColourScheme) -> None:
    theme.dress(qapp, look)
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == theme.wanted(look).window
    assert theme.is_dark() is (look is theme.ColourScheme.DARK)
    theme.dress(qapp, theme.ColourScheme.LIGHT)


def test_there_are_three_sizes_of_type(qapp: QApplication) -> None:
    theme.dress(qapp, theme.ColourScheme.LIGHT)
    told = theme.style_sheet(theme.LIGHT)
    assert set(re.findall(r"font-size: ([\d.]+)pt", told)) <= {
        str(size) for size in (theme.SMALL, theme.BODY, theme.TITLE)
    }
    assert 10 <= theme.BODY <= 11
    assert theme.font().pointSizeF() == theme.BODY


def test_every_icon_is_drawn_in_the_colour_that_is_asked_for(qapp: QApplication) -> None:
    theme.dress(qapp, theme.ColourScheme.LIGHT)
    for path in sorted(resource("icons").glob("*.svg")):
        told = path.read_text(encoding="utf-8")
        assert 'viewBox="0 0 24 24"' in told
        assert "currentColor" in told
        picture = pixmap(path.stem, "accent", 24).toImage()
        drawn = [picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())]
        inked = [colour for colour in drawn if colour.alpha() == 255]
        assert inked, path.stem
        assert {colour.name().upper() for colour in inked} == {theme.LIGHT.accent}, path.stem
        assert not icon(path.stem).isNull()
