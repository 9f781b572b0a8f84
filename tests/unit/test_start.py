"""What a start imports: nothing heavy before it is needed. How long it takes, ``bench_start`` measures."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from ldbu_desktop.bundled_files import resource

HEAVY = {
    *("PySide6", "shiboken6", "openpyxl", "python_calamine", "sqlcipher3", "cryptography", "keyring", "yaml"),
    *("fhirpathpy", "antlr4", "dateutil", "pygments", "rich", "zxcvbn", "markdown_it"),
    *("multiprocessing", "asyncio", "email", "http", "ssl", "sqlite3", "logging", "zipfile", "xml"),
}
"""What takes long to import; a start needs none of it, but for what is said at the tests."""
MADE_SLOWLY = {"dataclasses", "inspect"}
"""A class of ``dataclasses`` takes a millisecond to make; reading a journal had sixty of them."""
ROOMS_LATER = {
    *("ui", "casefile", "conformance", "deliveries", "burden", "training", "synthetic", "pseudonyms", "bundles.write"),
    *("mapping.proposing", "mapping.maps", "editing.operations", "use_cases.acceptances", "use_cases.baseline"),
}
"""Rooms of the program that reading a journal of one's own does not enter."""
WINDOW = """
from PySide6.QtCore import QSettings
from PySide6 import QtWidgets
from ldbu_desktop.ui.theme import styled_application
application = styled_application("x")
from ldbu_desktop.ui.application import start
from ldbu_desktop.ui.settings import Settings
window = start(application, Settings(QSettings({settings!r}, QSettings.Format.IniFormat)))
"""


def imported(code: str, *, bare: bool = False) -> set[str]:
    """The modules that a process of its own has, after ``code``, beyond those of a Python that does nothing.

    What a library imports where it happens to be there, as in a developer's environment, is not what the program needs.
    """
    told = f"import sys\nbefore = set(sys.modules)\nsys.modules['typing_extensions'] = None\n{code}\n"
    told += "print(*set(sys.modules) - before, file=sys.stderr)"
    ended = subprocess.run(
        [sys.executable, "-c", told],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert ended.returncode == 0, ended.stderr
    return set(ended.stderr.split())


def entered(modules: set[str], names: set[str]) -> set[str]:
    """Those of ``names`` that are imported, or anything within them."""
    return {name for name in names if any(each == name or each.startswith(f"{name}.") for each in modules)}


def ours(rooms: set[str]) -> set[str]:
    """The names of the program's own rooms and modules."""
    return {f"ldbu_desktop.{room}" for room in rooms}


def command(*words: str) -> set[str]:
    """The modules that a call of the command line imports."""
    return imported(f"from ldbu_desktop.__main__ import command_line\ncommand_line({list(words)!r})")


def test_the_version_is_told_without_the_program() -> None:
    assert command("--version") - {"typing_extensions"} == {"__future__", "ldbu_desktop", "ldbu_desktop.__main__"}


def test_a_journal_of_ones_own_is_validated_with_what_it_needs_alone() -> None:
    modules = command("validate", str(resource("samples", "familie-med-fejl.xlsx")))
    assert "ldbu_desktop.findings.run" in modules
    assert not entered(modules, HEAVY | MADE_SLOWLY | ours(ROOMS_LATER))


def test_a_sandbox_waits_with_what_a_file_is_read_by_alone() -> None:
    modules = imported("import ldbu_desktop.sandbox.process, ldbu_desktop.sources.served")
    assert "ldbu_desktop.sources.workbook" in modules
    assert not entered(modules, MADE_SLOWLY | {"PySide6", "openpyxl", "hashlib", "random", "statistics"})


def test_the_first_window_reads_no_standard_and_no_file(tmp_path: Path) -> None:
    kept = tmp_path / "work" / "rettelser.ldbu-work"  # of another day
    kept.parent.mkdir()
    kept.touch()
    modules = imported(WINDOW.format(settings=str(tmp_path / "settings.ini")))
    assert not entered(modules, {"msgspec", "json", "decimal", "tomllib", "hashlib", "platformdirs", "dataclasses"})
    # Qt is what a window is made of, and imports some of the rest itself.
    assert not entered(modules, HEAVY - {"PySide6", "shiboken6", "logging", "zipfile"})
    needed = {"ui", "casefile"}  # the names of what it opens
    rooms = {"findings", "mapping", "bundles", "sources", "standard", "growth", "forms", "rendering", "editing"}
    assert not entered(modules, ours((ROOMS_LATER - needed) | rooms))
    assert not entered(modules, {"zoneinfo", *ours({"journal.model", "journal.dates"})})
    assert not entered(modules, {f"PySide6.Qt{name}" for name in ("PrintSupport", "Network", "Qml", "DBus")})


def test_the_first_window_makes_no_types_of_qt_that_nobody_sees_yet(tmp_path: Path) -> None:
    unseen = ("QStyle", "QAbstractItemView", "QMessageBox", "QFileDialog", "QAccessibleWidget")
    shown = f"{WINDOW.format(settings=str(tmp_path / 'settings.ini'))}window.show()\napplication.processEvents()\n"
    imported(f"{shown}assert not set(vars(QtWidgets)).intersection({unseen!r})")
