"""The program as a screen reader hears it: every page is gone to, every control has a name, tables are read by rows.

``LDBU_PROGRAM`` names a frozen program to listen to instead of this checkout's. ``packaging/test.sh`` brings what this
needs.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ldbu_desktop.rendering.deadlines import lacking_words
from ldbu_desktop.use_cases.deadlines import deadlines_in
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.standards import shipped_standard

PEOPLE, VISITS = 40, 2
LISTENER = Path(__file__).with_name("screen_reader.py")
SYSTEM_PYTHON = "/usr/bin/python3"
BUS, SCREEN = (shutil.which(name) or "" for name in ("dbus-run-session", "xvfb-run"))
TYPELIB = "import gi; gi.require_version('Atspi', '2.0')"


def can_listen() -> bool:
    """Whether the system has what a screen reader needs."""
    if not (BUS and SCREEN and Path(SYSTEM_PYTHON).exists()):
        return False
    return subprocess.run([SYSTEM_PYTHON, "-c", TYPELIB], capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export with many visits at which nothing was observed."""
    folder = tmp_path_factory.mktemp("mangler")
    citizens = ["borger_id;cpr;rolle;barn;sor;aktiv"]
    visits = ["kontakt_id;borger_id;kontakttype;kontaktform;start;slut"]
    for person in range(PEOPLE):
        citizens.append(f"B{person};{1 + person % 28:02}0520-9{person:03};barn;;451000016003;ja")
        for visit in range(VISITS):
            day = f"{1 + visit:02}-08-2020"
            what = "Besøg hos det ca. 2 måneder gamle barn;Hjemmebesøg"
            visits.append(f"K{person}-{visit};B{person};{what};{day} 08:30;{day} 09:00")
    (folder / "borgere.csv").write_text("\n".join(citizens), encoding="utf-8")
    (folder / "kontakter.csv").write_text("\n".join(visits), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def heard(export: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What is heard of a window with the export open."""
    if not can_listen():
        pytest.skip("no AT-SPI here: packaging/test.sh brings it")
    frozen = os.environ.get("LDBU_PROGRAM")
    program = [frozen] if frozen else [sys.executable, "-m", "ldbu_desktop"]
    home = tmp_path_factory.mktemp("home")
    listening = [SYSTEM_PYTHON, str(LISTENER), *program, str(export)]
    told = subprocess.run(
        [BUS, "--", SCREEN, "-a", "-s", "-screen 0 1280x720x24", *listening],
        capture_output=True,
        check=False,
        text=True,
        timeout=300,
        env={**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home)},
    )
    assert told.returncode == 0, told.stderr[-2000:]
    found: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return found


@pytest.mark.screen_reader
def test_every_page_is_gone_to_and_every_control_has_a_name(heard: dict[str, Any]) -> None:
    assert len(heard["pages"]) == 7
    assert heard["nameless"] == []


@pytest.mark.screen_reader
def test_a_long_table_is_read_row_by_row(heard: dict[str, Any], export: Path) -> None:
    standard = shipped_standard()
    found = deadlines_in(load([export], standard), standard, datetime.now(UTC))
    assert len(found) >= PEOPLE * VISITS
    missing = heard["headings"].index("Mangler")
    assert [row[missing] for row in heard["rows"]] == [lacking_words(one, standard) for one in found]
    assert all(all(cells) for cells in heard["rows"])
