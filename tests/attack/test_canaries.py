"""A name, a remark, CPR numbers and the keys made of them stay where they are read: no command gives them away.

What is delivered holds the CPR number, since that is what is delivered, and a corrected copy holds all that the file
held: these are what the user asks for by name. Nothing else does: no answer, no receipt, no setting, no file that is
temporary, no dump of memory.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from ldbu_desktop.bundles.receipt_file import RECEIPT
from ldbu_desktop.casefile.beginning import salt_of
from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.casefile.key import CaseKey
from tests.attack.canaries import files_in, found_in
from tests.attack.commands import Given, calls, untried
from tests.attack.hostile_files import CPR, FREE_TEXT, NAME, canary_csv, canary_report, steering_form, steering_map
from tests.profiles import each, landing
from tests.unit.casefile.some_journal import PASSPHRASE, journal

ROOT = Path(__file__).resolve().parents[2]
TRAPS = """
import os, sys
def trap(event, given):
    is_between_processes = bool(given) and getattr(given[0], "family", None) == 1
    if event.startswith("socket.") and event != "socket.__new__" and not is_between_processes:
        print("NETWORK", event, given, file=sys.__stderr__); os._exit(99)
    if event in ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "os.putenv"):
        said = repr((given, dict(os.environ))).encode()
        if any(word in said for word in WORDS):
            print("ARGUMENT", event, given, file=sys.__stderr__); os._exit(98)
sys.addaudithook(trap)
"""
"""Traps for whoever reaches for the network, or tells another process of a person where all can see it."""
GUARDED = """
import json, traceback
folder, told = sys.argv[1:]
from ldbu_desktop.__main__ import command_line
import ldbu_desktop.cli.program
for number, call in enumerate(json.loads(told)):
    sys.stdout.flush()
    if not (process := os.fork()):
        for descriptor, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(f"{folder}/{number}.{name}", os.O_WRONLY | os.O_CREAT, 0o600), descriptor)
        at, line = os.pipe()
        os.write(line, b"en adgangskode fra ingen steder 7\\n" * 2)
        os.close(line)
        os.dup2(at, 0)
        sys.argv = ["ldbu", *call]
        sys.exit(command_line(call))
    print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
"""
"""Every call in a process of its own, which comes out of one that has imported the program: in the order of a list."""
BYTECODE = "PYTHONPYCACHEPREFIX"
"""Where the program's bytecode lies: it is nothing of the user's, and compiling it takes longer than most calls."""
DELIVERED = ("export", "correct")
"""Commands whose files are what the user asked to be written of people: only their receipt and what they say counts."""


def trapping(*words: str) -> str:
    """The traps, which also know these words."""
    return f"WORDS = {[word.encode() for word in words]!r}\n{TRAPS}"


class Machine:
    """Folders of a user's own, for settings, caches and what is temporary."""

    def __init__(self, folder: Path) -> None:
        self.home, self.temporary, self.work = folder / "home", folder / "tmp", folder / "work"
        self.said = folder / "said"
        for one in (self.home, self.temporary, self.work, self.said):
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

    def run(self, calls: Sequence[list[str]]) -> list[bytes]:
        """Run calls to their ends, where there is no network; what each said."""
        command = [*without_network(), sys.executable, "-c", trapping(NAME, FREE_TEXT, CPR) + GUARDED]
        done = subprocess.run(
            [*command, str(self.said), json.dumps(calls)],
            cwd=self.work, env=self.environment, capture_output=True, check=True, umask=0,
        )  # fmt: skip
        codes = [*map(int, done.stdout.split())]
        told = [
            b"".join((self.said / f"{at}.{name}").read_bytes() for name in ("out", "err")) for at in range(len(calls))
        ]
        for call, code, one in zip(calls, codes, told, strict=True):
            assert code in (0, 1, 2), (call, code, one)
            assert b"Traceback" not in one, (call, one)
        return told

    def left(self) -> list[Path]:
        """Every file in the folders of this user, and whatever the system dumps of a process that dies."""
        dumps = [one for one in (*self.work.glob("core*"), *ROOT.glob("core*")) if one.is_file()]
        return [*files_in(self.home, self.temporary), *dumps]


@cache
def without_network() -> tuple[str, ...]:
    """What begins a program that has no network, where this user may do that."""
    command = ("unshare", "--map-root-user", "--net")
    if shutil.which(command[0]) is None:
        return ()
    return () if subprocess.run([*command, "true"], capture_output=True, check=False).returncode else command


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine where nothing was done yet."""
    return Machine(tmp_path)


def given(folder: Path) -> Given:
    """Files with canaries in them, and what else the commands take."""
    case = folder / "sag.ldbu"
    CaseFile.create(case, PASSPHRASE, journal(2)).close()
    return Given(
        canary_csv(folder / "eksport.csv"),
        canary_report(folder / "rapport.json"),
        steering_form(folder / "skema.yaml"),
        steering_map(folder / "kort.ldbumap"),
        case,
        folder,
    )


def test_every_command_and_all_that_it_takes_is_tried(tmp_path: Path) -> None:
    assert not untried(calls(given(tmp_path)))


@landing("a window and a case file are searched in every run, and each form of an answer by tests of its own")
@pytest.mark.no_cover
@pytest.mark.skipif(os.name != "posix", reason="its calls come out of one process")
def test_no_command_gives_a_canary_away(machine: Machine) -> None:
    files = given(machine.work)
    tried_with = calls(files)
    before = set(files_in(machine.work))
    tried = [call for some_calls in each([*tried_with.values()], 8) for call in each(some_calls, 2)]
    for call, told in zip(tried, machine.run(tried), strict=True):
        assert not found_in(told), call
    delivered = {call[call.index("--to") + 1] for call in tried if call[0] in DELIVERED and "--to" in call}
    for path in set(files_in(machine.work)) - before:
        if path.name == RECEIPT or not any(path.is_relative_to(one) for one in delivered):
            assert not found_in(path.read_bytes()), path
        assert not found_in(str(path).encode()), path
        assert path.stat().st_mode & 0o77 == 0, "for its owner alone, whatever the system gives"
    for path in machine.left():
        assert not found_in(path.read_bytes() + str(path).encode()), path


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
    command = [*without_network(), sys.executable, "-c", trapping(NAME, CPR) + WINDOW, str(table), FREE_TEXT, end]
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
