"""Reading ahead: a file is opened in its own process while the program imports what its rows are read by."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ldbu_desktop.sources import reader


def read_ahead(paths: Sequence[Path]) -> None:
    """Have the first of ``paths`` be opened, for who loads them next. Raises nothing: its faults are told there."""
    reader.read_ahead(paths[0])
