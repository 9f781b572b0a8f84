"""A name, a remark, CPR numbers and the keys made of them stay where they are read: no command gives them away.

What is delivered holds the CPR number, since that is what is delivered, and a corrected copy holds all that the file
held: these are what the user asks for by name. Nothing else does: no answer, no receipt, no setting, no file that is
temporary, no dump of memory.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from ldbu_desktop.casefile.beginning import salt_of
from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.casefile.key import CaseKey
from tests.attack.canaries import files_in, found_in
from tests.attack.commands import calls
from tests.attack.hostile_files import CPR, FREE_TEXT, canary_csv, canary_report, steering_form, steering_map
from tests.profiles import some
from tests.unit.casefile.some_journal import PASSPHRASE, journal

ROOT = Path(__file__).resolve().parents[2]
GUARDED = """
import os, resource, socket, sys
def no_network(*words, **named):
    print("NETWORK", words, file=sys.__stderr__); os._exit(99)
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = no_network
from ldbu_desktop.__main__ import command_line
raise SystemExit(command_line(sys.argv[1:]))
"""
"""The command line with a trap for whoever reaches for the network."""
BYTECODE = "PYTHONPYCACHEPREFIX"
"""Where the program's bytecode lies: it is nothing of the user's, and compiling it takes longer than most calls."""
DELIVERED = ("export", "correct")
"""Commands whose files are what the user asked to be written of people: only their receipt and what they say counts."""


class Machine:
    """Folders of a user's own, for settings, caches and what is temporary."""

    def __init__(self, folder: Path) -> None:
        self.home, self.temporary, self.work = folder / "home", folder / "tmp", folder / "work"
        for one in (self.home, self.temporary, self.work):
            one.mkdir()
        self.environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("XDG_", "PYTHON")) or name == BYTECODE
            },
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "PYTHONPATH": str(ROOT),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            "QT_QPA_PLATFORM": "offscreen",
        }

    def run(self, *words: str, said: str = "") -> subprocess.CompletedProcess[bytes]:
        """Run a call to its end, with a line on standard input."""
        command = [sys.executable, "-c", GUARDED, *words]
        done = subprocess.run(
            command, cwd=self.work, env=self.environment, input=said.encode(), capture_output=True, check=False
        )
        assert done.returncode in (0, 1, 2), done.stderr
        assert b"Traceback" not in done.stderr
        return done

    def left(self) -> list[Path]:
        """Every file in the folders of this user, and whatever the system dumps of a process that dies."""
        dumps = [one for one in (*self.work.glob("core*"), *ROOT.glob("core*")) if one.is_file()]
        return [*files_in(self.home, self.temporary), *dumps]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine where nothing was done yet."""
    return Machine(tmp_path)


def chosen(folder: Path, table: Path, report: Path) -> Sequence[tuple[str, list[str]]]:
    """Calls of the commands that read people: some, or all in the long profile."""
    made = calls(
        table, report, steering_form(folder / "skema.yaml"), steering_map(folder / "kort.ldbumap"), folder / "x", folder
    )
    read = [(name, call) for name in ("validate", "check", "map", "burden", "deadlines") for call in made[name]]
    written = [(name, call) for name in DELIVERED for call in made[name]]
    return [*some(read, 4), *written]


@pytest.mark.no_cover
def test_no_command_gives_a_canary_away(machine: Machine) -> None:
    table, report = canary_csv(machine.work / "eksport.csv"), canary_report(machine.work / "rapport.json")
    given = {table, report}
    for command, call in chosen(machine.work, table, report):
        before = set(files_in(machine.work))
        done = machine.run(*call)
        assert not found_in(done.stdout), call
        assert not found_in(done.stderr), call
        for path in set(files_in(machine.work)) - before - given:
            if command not in DELIVERED or path.name == "kvittering.json":
                assert not found_in(path.read_bytes()), (call, path.name)
            assert not found_in(str(path).encode()), path
        for path in machine.left():
            assert not found_in(path.read_bytes() + str(path).encode()), (call, path)


DYING = """
import os, sys
from pathlib import Path
import ldbu_desktop.casefile.case_file as case_file
case = case_file.CaseFile.open(Path(sys.argv[1]), sys.argv[2])
case.save(case.journal, "x")
case_file.read_copy(Path(sys.argv[1]), sys.argv[2])
os.abort()
"""


@pytest.mark.skipif(os.name != "posix", reason="memory is dumped by other rules there")
def test_a_case_file_leaves_neither_people_nor_keys_when_its_process_dies(machine: Machine) -> None:
    path = machine.work / "sag.ldbu"
    CaseFile.create(path, PASSPHRASE, journal(2)).close()
    command = [sys.executable, "-c", DYING, str(path), PASSPHRASE]
    done = subprocess.run(command, cwd=machine.work, env=machine.environment, capture_output=True, check=False)
    assert done.returncode < 0
    secret = CaseKey.of(PASSPHRASE, salt_of(path)).secret
    left = [*files_in(machine.work), *machine.left()]
    assert {one.name for one in left} >= {"sag.ldbu", "sag.ldbu-wal"}
    for one in left:
        assert not found_in(one.read_bytes(), PASSPHRASE.encode(), secret, secret.hex().encode()), one


WINDOW = """
import os, socket, sys
def no_network(*words, **named):
    print("NETWORK", words, file=sys.__stderr__); os._exit(99)
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = no_network
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ldbu_desktop.journal.where import Where
from ldbu_desktop.ui.application import start
from ldbu_desktop.ui.settings import Settings
application = QApplication(["ldbu-desktop"])
window = start(application, Settings())
window.show()
window.open([Path(sys.argv[1])])
session, steps = window.session, []

def corrected():
    visit = next(one for family in session.journal.families for one in family.visits if one.observations)
    family = session.family_of(visit.key)
    one = visit.observations[0]
    session.edit(Where(family.key, visit.key, one.key, "", one.variable.value or ""), sys.argv[2])

def look():
    if not steps and session.findings is not None and not window.jobs.is_busy():
        steps.append("corrected"); corrected()
    elif steps == ["corrected"] and session.keeping.kept is not None and session.keeping.kept.file.is_begun:
        if sys.argv[3] == "abort":
            os.abort()
        session.autosave.leave(); steps.append("left"); session.close(); application.exit(0)

timer = QTimer(interval=20); timer.timeout.connect(look); timer.start()
raise SystemExit(application.exec())
"""


@pytest.mark.no_cover
@pytest.mark.skipif(os.name != "posix", reason="memory is dumped by other rules there")
@pytest.mark.parametrize("end", ["close", "abort"])
def test_the_window_gives_no_canary_away(machine: Machine, end: str) -> None:
    table = canary_csv(machine.work / "eksport.csv")
    command = [sys.executable, "-c", WINDOW, str(table), FREE_TEXT, end]
    done = subprocess.run(
        command, cwd=machine.work, env=machine.environment, capture_output=True, check=False, timeout=120
    )
    assert done.returncode == (0 if end == "close" else -6), done.stderr
    assert not found_in(done.stdout + done.stderr)
    left = machine.left()
    assert [one for one in left if one.name.endswith(".ldbu-work")]
    for one in left:
        assert not found_in(one.read_bytes() + str(one).encode()), one


def test_the_canaries_would_be_found(tmp_path: Path) -> None:
    table = canary_csv(tmp_path / "x.csv")
    assert len(set(found_in(table.read_bytes()))) == 3
    assert found_in(CPR.encode())
    assert found_in(f"x{CPR[:2]}.{CPR[2:4]}.{CPR[4:]}".encode())
