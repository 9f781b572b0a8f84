"""Which delivered reports somebody wants to look at: asked for in one way by every page that takes them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from ldbu_desktop.language import tr
from ldbu_desktop.ui.file_filters import reports


def asked_folder(parent: QWidget) -> list[Path]:
    """The folder that is chosen; none where nothing is."""
    name = QFileDialog.getExistingDirectory(parent, tr("Vælg mappen med de afleverede rapporter"))
    return [Path(name)] if name else []


def asked_files(parent: QWidget) -> list[Path]:
    """The files that are chosen."""
    names, _ = QFileDialog.getOpenFileNames(parent, tr("Vælg de afleverede rapporter"), "", reports())
    return [Path(name) for name in names]
