"""Which control Tab goes to after which: Qt goes through parts in the order in which they got their place."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_through(*controls: QWidget) -> None:
    """Have Tab go from each control to the next; what follows them all stays behind the last."""
    for control, following in pairwise(controls):
        QWidget.setTabOrder(control, following)


def tab_on(whole: QWidget, following: QWidget) -> None:
    """Have Tab go from the last control of ``whole`` into ``following``, whichever of them got its place first."""
    first, then = _controls(whole), _controls(following)
    if first:
        tab_through(first[-1], *then)


def first_in(whole: QWidget) -> QWidget | None:
    """What Tab comes to first within a part, as it is now; None where there is nothing."""
    return next((one for one in _controls(whole) if one.isVisible() and one.isEnabled()), None)


def _controls(whole: QWidget) -> list[QWidget]:
    """What Tab comes to within a part, in its order."""
    found, at = [], whole.nextInFocusChain()
    while at is not None and at is not whole:
        if whole.isAncestorOf(at) and at.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(at)
        at = at.nextInFocusChain()
    return found
