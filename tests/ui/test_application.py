"""The window is there before what it does is read: nothing but what the first screen needs is imported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
application = QApplication([])
from ldbu_desktop.ui.application import start
from ldbu_desktop.ui.settings import Settings
window = start(application, Settings(QSettings(sys.argv[1], QSettings.Format.IniFormat)))
print(*sorted(name for name in sys.modules if name.startswith("ldbu_desktop.")), sep="\\n")
"""
LATER = (
    "bundles", "burden.", "casefile.", "conformance", "findings", "forms", "growth", "mapping", "rendering", "sources",
    "standard", "use_cases", "ui.children.page", "ui.reports.page", "ui.burden.page", "ui.form.page", "ui.inspector.",
)  # fmt: skip
"""Rooms that are read when something is opened, or in the background."""
AT_ONCE = {"ldbu_desktop.use_cases", "ldbu_desktop.use_cases.opening"}
"""What makes the open work that holds nothing yet; all that it opens with is imported when it opens something."""


def test_the_first_screen_needs_little(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "settings.ini")],
        capture_output=True,
        check=True,
        text=True,
        env=environment,
    )
    imported = told.stdout.split()
    assert "ldbu_desktop.ui.start.page" in imported
    later = [name for name in imported if name.removeprefix("ldbu_desktop.").startswith(LATER)]
    assert set(later) <= AT_ONCE
