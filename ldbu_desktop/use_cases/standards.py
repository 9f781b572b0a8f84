"""The standards that are worked by: the one that ships where nobody names another, or one of a folder."""

from __future__ import annotations

from pathlib import Path

from ldbu_desktop.standard.catalogue import read_standard
from ldbu_desktop.standard.catalogue import shipped_standard as _shipped
from ldbu_desktop.standard.model import Standard


def shipped_standard() -> Standard:
    """What ships with the program, read once."""
    return _shipped()


def standard_at(folder: Path) -> Standard:
    """The standard of a folder laid out as the one that ships, ``profiles/kl-children.json`` with it.

    Raises :class:`~ldbu_desktop.faults.CatalogueFault` that names the file, and the line, of what is wrong in it.
    """
    return read_standard(folder)
