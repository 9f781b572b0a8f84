"""Colours keep their contrast; icons are there; type has three sizes on a grid."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QIcon, QImage, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QMenu,
    QMessageBox,
    QStyle,
    QStyleOptionViewItem,
    QTableWidget,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.ui import theme
from ldbu_desktop.ui.icons import icon, pixmap
from ldbu_desktop.ui.kit.choices_popup import ChoicesPopup
from ldbu_desktop.ui.kit.rows import draw_ground
from ldbu_desktop.ui.theme import ColourScheme

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


def test_a_window_dresses_what_belongs_to_it(qapp: QApplication, qtbot: QtBot) -> None:
    theme.dress(qapp, theme.ColourScheme.LIGHT)
    window, alone = QWidget(), QLineEdit()
    qtbot.addWidget(window)
    qtbot.addWidget(alone)
    theme.dress_window(window)
    part = QLineEdit(window)
    for line in (part, alone):
        line.ensurePolished()
    assert part.sizeHint().height() > alone.sizeHint().height()  # the style sheet's padding


def colour_counts(picture: QImage) -> Counter[str]:
    """How many points of a picture have each colour."""
    return Counter(picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height()))


def commonest(part: QWidget) -> str:
    """The colour that most of a part has: its ground."""
    return colour_counts(part.grab().toImage()).most_common(1)[0][0]


def inks(picture: QImage) -> set[str]:
    """The colours of a picture that are more than a smoothed edge: what at least one in two hundred points has."""
    return {ink for ink, count in colour_counts(picture).items() if count * 200 >= picture.width() * picture.height()}


def test_what_stands_above_a_window_is_dressed_as_it_is(qapp: QApplication, qtbot: QtBot) -> None:
    theme.dress(qapp, ColourScheme.DARK)
    window = QMainWindow()
    qtbot.addWidget(window)
    line, combo, menu, choices = QLineEdit("a", window), QComboBox(window), QMenu(window), ChoicesPopup(str)
    qtbot.addWidget(choices)
    theme.dress_window(window)
    combo.addItems(["a"] * 5)
    menu.addAction("a")
    choices.setModel(combo.model())
    asked = QMessageBox(QMessageBox.Icon.NoIcon, "", "a", QMessageBox.StandardButton.Ok, window)
    of_line = line.createStandardContextMenu()
    qtbot.addWidget(of_line)
    with qtbot.waitExposed(window):
        window.show()
    QToolTip.showText(QPoint(50, 50), "a", line)
    tip = next(one for one in qapp.topLevelWidgets() if one.objectName() == "qtooltip_label")
    assert commonest(tip) == theme.colour("raised").name()
    tip.hide()
    combo.showPopup()
    for above, ground in (
        (combo.view(), "surface"),
        (menu, "surface"),
        (of_line, "surface"),
        (choices, "surface"),
        (asked, "window"),
    ):
        with qtbot.waitExposed(above):
            above.show()
        assert commonest(above) == theme.colour(ground).name(), above
        above.hide()
    combo.hidePopup()
    theme.dress(qapp, ColourScheme.LIGHT)


@pytest.mark.parametrize("look", [ColourScheme.LIGHT, ColourScheme.DARK])
def test_what_an_empty_field_says_can_be_read(qapp: QApplication, qtbot: QtBot, look: ColourScheme) -> None:
    theme.dress(qapp, look)
    line = QLineEdit()
    qtbot.addWidget(line)
    theme.dress_window(line)
    line.setPlaceholderText("█" * 20)
    line.resize(200, 32)
    drawn = line.grab(QRect(12, 10, 100, 12)).toImage()
    ground = theme.colour("surface").name()
    assert max(theme.contrast(ink, ground) for ink in inks(drawn)) >= 4.5


@pytest.mark.parametrize("look", [ColourScheme.LIGHT, ColourScheme.DARK])
def test_what_is_selected_is_told_by_more_than_a_tint(qapp: QApplication, qtbot: QtBot, look: ColourScheme) -> None:
    theme.dress(qapp, look)
    window, drawn = QWidget(), QImage(100, 30, QImage.Format.Format_RGB32)
    qtbot.addWidget(window)
    listed, table = QListWidget(window), QTableWidget(2, 2, window)
    theme.dress_window(window)
    listed.addItems(["", ""])
    option = QStyleOptionViewItem()
    option.state = QStyle.StateFlag.State_Selected
    painter = QPainter(drawn)
    draw_ground(painter, option, QRect(0, 0, 100, 30))
    painter.end()
    pictures = [drawn]
    for view in (listed, table):
        view.resize(300, 200)
        view.setCurrentIndex(view.model().index(0, 0))
        view.selectAll()
        pictures.append(view.viewport().grab(view.visualRect(view.model().index(0, 0))).toImage())
    tint = theme.colour("accent_tint").name()
    for picture in pictures:
        assert max(theme.contrast(ink, tint) for ink in inks(picture)) >= 3


def test_every_icon_has_one_colour_since_it_is_drawn_once_for_all() -> None:
    painted = re.compile(r"(?:fill|stroke|color|stop-color)\s*[=:]\s*[\"']?([^\"';\s>]+)")
    for path in sorted(resource("icons").glob("*.svg")):
        assert set(painted.findall(path.read_text(encoding="utf-8"))) <= {"none", "currentColor"}, path.name


def test_an_icon_has_its_own_colour_in_a_row_that_is_selected() -> None:
    """Qt mixes it with the ground of the row otherwise, which takes half of its contrast."""
    made, size = icon("rejected", "rejected", 16), QSize(16, 16)
    normal, selected, disabled = (made.pixmap(size, mode).toImage() for mode in _MODES)
    assert selected == normal
    assert disabled != normal


_MODES = (QIcon.Mode.Normal, QIcon.Mode.Selected, QIcon.Mode.Disabled)
