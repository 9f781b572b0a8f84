"""Which control Tab goes to after which: Qt goes through parts in the order in which they got their place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_through(*parts: QWidget) -> None:
    """Have Tab go through all that is in ``parts``, one after the other, and through each as it did."""
    controls = [control for part in parts for control in _controls(part)]
    for control, following in pairwise(controls):
        QWidget.setTabOrder(control, following)


def _controls(part: QWidget) -> Iterator[QWidget]:
    """What takes the keyboard in a part, in its order."""
    at = part
    while True:
        if at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.focusProxy() is None:
            yield at
        at = at.nextInFocusChain() or part
        while at is not part and not part.isAncestorOf(at):
            at = at.nextInFocusChain() or part
        if at is part:
            return
