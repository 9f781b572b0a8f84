"""What of a window can't be read: words that are cut, and parts that lie over others or out of sight."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QSplitterHandle,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from ldbu_desktop.ui.kit.elided_label import ElidedLabel

_PADDING = 16
_SLACK = 1
"""Pixels that a size may be less than asked for: sizes are rounded."""


def illegible(whole: QWidget, *over: QWidget) -> list[str]:
    """What can't be read in ``whole``, each with the name of the part; ``over`` lies over it on purpose."""
    return list(dict.fromkeys(_parts(whole, frozenset(over))))


def _parts(whole: QWidget, over: frozenset[QWidget]) -> Iterator[str]:
    for part in whole.findChildren(QWidget):
        if not part.isVisible() or part in over or part.window() is not whole.window():
            continue
        name = f"{part.parent().objectName()}/{part.objectName() or type(part).__name__}"
        for wrong in (*_cut(part), *_hidden(part, over)):
            yield f"{name}: {wrong}"


def _cut(part: QWidget) -> Iterator[str]:
    """Words that have too little room in a part."""
    match part:
        case ElidedLabel():
            return
        case QLabel() if part.text() and part.pixmap().isNull():
            asked = part.heightForWidth(part.width()) if part.wordWrap() else part.sizeHint().height()
            if part.height() + _SLACK < asked:
                yield f"{part.height()} of {asked} high: {part.text()[:40]!r}"
            if not part.wordWrap() and part.width() + _SLACK < part.sizeHint().width():
                yield f"{part.width()} of {part.sizeHint().width()} wide: {part.text()[:40]!r}"
            if part.wordWrap() and part.width() + _SLACK < _longest_word(part):
                yield f"{part.width()} of {_longest_word(part)} wide: {part.text()[:40]!r}"
        case QAbstractButton() if not isinstance(part.parent(), QLineEdit) and (
            part.text() or not part.icon().isNull()
        ):
            asked_for = part.minimumSizeHint().expandedTo(part.sizeHint())
            if part.width() + _SLACK < asked_for.width() or part.height() + _SLACK < asked_for.height():
                yield f"{part.size().toTuple()} of {asked_for.toTuple()}: {part.text()[:40]!r}"
        case QComboBox():
            option = QStyleOptionComboBox()
            part.initStyleOption(option)
            field = part.style().subControlRect(
                QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, part
            )
            words = part.fontMetrics().horizontalAdvance(part.currentText())
            if field.width() < words or field.height() + _SLACK < part.fontMetrics().height():
                yield f"{field.size().toTuple()} for {words}: {part.currentText()[:40]!r}"
        case QLineEdit():
            if part.contentsRect().height() + _SLACK < part.fontMetrics().height():
                yield f"{part.contentsRect().height()} of {part.fontMetrics().height()} high"
            if not part.text() and part.fontMetrics().horizontalAdvance(part.placeholderText()) > part.width():
                yield f"{part.width()} wide: {part.placeholderText()!r}"
        case QHeaderView() if part.orientation() is Qt.Orientation.Horizontal:
            yield from _cut_headings(part)


def _cut_headings(header: QHeaderView) -> Iterator[str]:
    for at in range(header.count()):
        title = str(header.model().headerData(at, Qt.Orientation.Horizontal) or "")
        room = QRect(0, 0, header.sectionSize(at) - _PADDING, 10_000)
        asked = header.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, title)
        if not header.isSectionHidden(at) and (asked.width() > room.width() or asked.height() > header.height()):
            yield f"{header.sectionSize(at)}x{header.height()} of {asked.size().toTuple()}: {title!r}"


def _longest_word(part: QLabel) -> int:
    metrics = part.fontMetrics()
    return max((metrics.horizontalAdvance(word) for word in re.split(r"[\s/\-]+", part.text())), default=0)


def _hidden(part: QWidget, over: frozenset[QWidget]) -> Iterator[str]:
    """A part that is not to be seen whole, nor by scrolling; or that lies over another."""
    parent = part.parentWidget()
    if parent is None or part.isWindow():
        return
    outside = not parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(part.geometry())
    if outside and not _is_scrolled(part) and not isinstance(part, QSplitterHandle):
        yield f"{part.geometry().getRect()} is out of {parent.size().toTuple()}"
    if parent.layout() is None:
        return
    for other in parent.children():
        if isinstance(other, QWidget) and other is not part and other.isVisible() and other not in over:
            shared = part.geometry().intersected(other.geometry())
            if _is_large(shared) and parent.layout().indexOf(other) >= 0 <= parent.layout().indexOf(part):
                yield f"lies over {other.objectName() or type(other).__name__}"


def _is_large(shared: QRect) -> bool:
    return shared.width() > _SLACK and shared.height() > _SLACK


def _is_scrolled(part: QWidget) -> bool:
    """Whether a part is in a view that has a bar to bring it into sight."""
    around = part.parentWidget()
    while around is not None:
        if isinstance(around, QAbstractScrollArea):
            return True
        around = around.parentWidget()
    return False
