"""Ctrl-C at any moment is answered in one line, never a traceback, and leaves nothing half behind."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ldbu_desktop.bundled_files import resource
from tests.profiles import number

ROOT = Path(__file__).resolve().parents[2]
TABLE, REPORTS = str(resource("samples", "familie.xlsx")), str(resource("samples", "rapporter"))
CALLS = (
    ("export", TABLE, "--to"),
    ("pseudonymise", TABLE, REPORTS, "--to"),
    ("synth", "--families", "40", "--on", "2025-12-01", "--as", "fhir", "--to"),
    ("correct", TABLE, "--mend", "--to"),
    ("validate", str(resource("samples", "alle-fejl")), "--format", "json"),
    ("check", REPORTS),
    ("history", REPORTS),
    ("coverage", REPORTS, "--format", "html", "--to"),
    ("compare", REPORTS, TABLE),
    ("map", TABLE, "--format", "json"),
    ("burden", "--data", TABLE, "--format", "json", "--to"),
    ("deadlines", TABLE),
)
SUFFIX = {"correct": ".xlsx", "coverage": ".html", "burden": ".json"}
BEGUN = "import sys; from ldbu_desktop.__main__ import command_line; print('begun', flush=True); "
"""Before the first line of ours has run, the interpreter answers."""
STOPPED = (128 + signal.SIGINT, -signal.SIGINT)


@pytest.mark.no_cover
@pytest.mark.skipif(os.name != "posix", reason="keys stop programs by other means")
@pytest.mark.parametrize("at", range(number(len(CALLS))))
def test_ctrl_c_gives_one_line(at: int, tmp_path: Path) -> None:
    chance = random.Random(at)  # noqa: S311
    words = [*CALLS[at % len(CALLS)]]
    if words[-1] == "--to":
        words.append(str(tmp_path / f"out{SUFFIX.get(words[0], '')}"))
    command = [sys.executable, "-c", f"{BEGUN}sys.exit(command_line({words!r}))"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        time.sleep(chance.random() * 1.5)  # any moment is right
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert b"Traceback" not in told
    assert b"KeyboardInterrupt" not in told
    if process.returncode in STOPPED:
        before = told.decode().splitlines()[:-1]  # nothing, or what was whole before: a key that comes at the very end
        assert before in ([], [f"Skrevet i {words[-1]}"]), told
    left = [one.name for one in tmp_path.rglob("*") if one.is_file()]
    assert not [name for name in left if name.startswith(".")], left
