"""Choices beside each other: where there is no room for all of them on a line, they go on below, and none is cut."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.ui.kit.widgets import Segments
from ldbu_desktop.ui.retranslation import Retranslation

WORDS = ("Sammenlign", "Redigér variant", "Fra eksporten", "Målt")


def test_no_choice_is_cut_where_there_is_little_room(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    made = Segments(
        "views", Retranslation(), lambda: "Visning", [(words, lambda words=words: words) for words in WORDS]
    )
    lines = QVBoxLayout(around)
    lines.addWidget(made)
    lines.addStretch(1)
    around.show()
    for width in (700, 240):
        around.resize(width, 300)
        qtbot.waitUntil(lambda width=width: around.width() == width)
        qtbot.waitUntil(lambda: all(_is_whole(made, words) for words in WORDS))
    assert len({made.button(words).y() for words in WORDS}) > 1


def _is_whole(made: Segments, words: str) -> bool:
    part = made.button(words)
    return part.width() >= part.sizeHint().width() and made.rect().contains(part.geometry())
