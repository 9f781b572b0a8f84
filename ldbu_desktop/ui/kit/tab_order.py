"""Which control Tab goes to after which: Qt goes through parts in the order in which they got their place."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtWidgets import QWidget


def tab_through(*controls: QWidget) -> None:
    """Have Tab go from each control to the next; what follows them all stays behind the last."""
    for control, following in pairwise(controls):
        QWidget.setTabOrder(control, following)
