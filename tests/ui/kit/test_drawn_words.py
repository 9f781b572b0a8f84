"""Words that are shaped once look as Qt draws them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication

from ldbu_desktop.ui.kit.drawn_words import draw_line, draw_wrapped, width_of
from ldbu_desktop.ui.kit.wrapped import WRAPPED
from ldbu_desktop.ui.theme import BODY, SMALL, font

WORDS = "Gråd og søvn: g kræves"
LONG = "Hovedomfanget er mindre, end det plejer at være ved den alder"
FACES = {"body": (BODY, False), "small": (SMALL, False), "heading": (BODY, True)}


def drawn(draw: Callable[[QPainter], object]) -> QImage:
    """What is drawn, on white."""
    image = QImage(320, 120, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    draw(painter)
    painter.end()
    return image


def drawn_by_qt(place: QRect, words: str, face: QFont, flags: int) -> QImage:
    """As a style sheet's label would have it."""

    def draw(painter: QPainter) -> None:
        painter.setFont(face)
        painter.drawText(place, flags, words)

    return drawn(draw)


@pytest.mark.parametrize("height", [23, 24, 25, 40])
@pytest.mark.parametrize("face", FACES)
def test_a_line_stands_in_the_middle(qapp: QApplication, face: str, height: int) -> None:
    used, place = font(FACES[face][0], bold=FACES[face][1]), QRect(10, 3, 300, height)
    told: list[int] = []
    image = drawn(lambda painter: told.append(draw_line(painter, place, WORDS, used)))
    assert image == drawn_by_qt(place, WORDS, used, Qt.AlignmentFlag.AlignVCenter)
    assert told[0] - width_of(WORDS, used) in (0, 1)


def test_a_line_stands_at_the_end_where_it_is_to(qapp: QApplication) -> None:
    place = QRect(10, 3, 300, 24)
    image = drawn(lambda painter: draw_line(painter, place, WORDS, font(), at_end=True))
    left = place.right() + 1 - width_of(WORDS, font())
    moved = QRect(left, 3, 300, 24)
    assert image in [
        drawn_by_qt(moved.translated(by, 0), WORDS, font(), Qt.AlignmentFlag.AlignVCenter) for by in (0, -1)
    ]


def test_a_line_without_room_is_shortened(qapp: QApplication) -> None:
    place = QRect(10, 3, 60, 24)
    told: list[int] = []
    image = drawn(lambda painter: told.append(draw_line(painter, place, WORDS, font())))
    assert 0 < told[0] <= 60 < width_of(WORDS, font())
    beside = image.copy(QRect(71, 0, 200, 120))
    blank = drawn(lambda _painter: None)
    assert beside == blank.copy(QRect(71, 0, 200, 120))
    assert image != blank


@pytest.mark.parametrize("width", [120, 200])
@pytest.mark.parametrize("face", ["body", "small"])
def test_words_on_several_lines_are_broken_where_qt_breaks_them(qapp: QApplication, face: str, width: int) -> None:
    used, place = font(FACES[face][0]), QRect(10, 3, width, 81)
    assert drawn(lambda painter: draw_wrapped(painter, place, LONG, used)) == drawn_by_qt(place, LONG, used, WRAPPED)


def test_another_size_of_text_is_shaped_anew(qapp: QApplication) -> None:
    place = QRect(10, 3, 300, 40)
    small, large = (drawn(partial(draw_line, place=place, words=WORDS, face=font(size))) for size in (9, 14))
    assert small != large
    assert large == drawn_by_qt(place, WORDS, font(14), Qt.AlignmentFlag.AlignVCenter)


def test_lines_of_a_text_stay_apart_or_are_one(qapp: QApplication) -> None:
    place = QRect(10, 3, 200, 61)
    assert drawn(lambda painter: draw_wrapped(painter, place, "Vægt\ng", font())) == drawn_by_qt(
        place, "Vægt\ng", font(), WRAPPED
    )
    assert drawn(lambda painter: draw_line(painter, place, "Vægt\ng", font())) == drawn_by_qt(
        place, "Vægt g", font(), Qt.AlignmentFlag.AlignVCenter
    )


def test_a_name_of_a_file_keeps_its_end(qapp: QApplication) -> None:
    place, name, middle = QRect(10, 3, 90, 24), "eksport fra journalen.xlsx", Qt.TextElideMode.ElideMiddle
    shortened = QFontMetrics(font()).elidedText(name, middle, 90)
    image = drawn(lambda painter: draw_line(painter, place, name, font(), elided=middle))
    assert image == drawn_by_qt(place, shortened, font(), Qt.AlignmentFlag.AlignVCenter)


def test_a_word_that_is_wider_than_its_place_is_not_drawn_beside_it(qapp: QApplication) -> None:
    place, words = QRect(10, 3, 60, 61), "etlangtordsomaldrigtagerslut og mere"
    image = drawn(lambda painter: draw_wrapped(painter, place, words, font()))
    assert image == drawn_by_qt(place, words, font(), WRAPPED)
    assert image.copy(QRect(70, 0, 250, 120)) == drawn(lambda _painter: None).copy(QRect(70, 0, 250, 120))
