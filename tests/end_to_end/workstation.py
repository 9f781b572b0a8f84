"""A user at a machine of their own: a screen, a keyboard and a mouse, a screen reader, and the program as it ships.

The program runs in a process of its own on a virtual screen. Keys and mouse come from ``xdotool``, what is shown is
read through AT-SPI, and nothing is known of the program but what a user sees and the files it writes. Nobody sleeps and
hopes: whatever is done, the next thing seen is waited for.

``LDBU_PROGRAM`` names a frozen program to try instead of this checkout's; ``packaging/test.sh`` brings what this needs.
``LDBU_PICTURES`` names a folder for the pictures that stories take, ``LDBU_LOOK`` the colours (``light``, ``dark``),
``LDBU_SCREEN`` the size of the screen and ``QT_SCALE_FACTOR`` how much larger all is drawn on it:
``packaging/screenshots.py`` asks so.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, TypeVar

import pytest

T = TypeVar("T")
ENTER = "⏎"
PATIENCE = 90
"""How many seconds something is waited for: many times what it takes, as others may use the machine."""
SYSTEM_PYTHON = "/usr/bin/python3"
READER = Path(__file__).with_name("screen_reader.py")
SCREEN, HAND, LAYOUT, BUS = (shutil.which(one) or "" for one in ("Xvfb", "xdotool", "setxkbmap", "dbus-run-session"))
_ANSWER = "\x1e"
_PICTURE = """
import sys, time
from PySide6.QtGui import QGuiApplication

application = QGuiApplication([])
shown, now = None, application.primaryScreen().grabWindow(0).toImage()
while now != shown:
    time.sleep(0.2)  # a text cursor rests for longer
    shown, now = now, application.primaryScreen().grabWindow(0).toImage()
sys.exit(None if now.save(sys.argv[1]) else "no picture")
"""
"""Saves what a screen shows, as soon as it rests: run in a process of its own, which has that screen."""
TYPELIB = "import gi; gi.require_version('Atspi', '2.0')"


def can_be_used() -> bool:
    """Whether this system has a screen, a keyboard and a screen reader to offer."""
    if not all((SCREEN, HAND, LAYOUT, BUS)) or not Path(SYSTEM_PYTHON).exists():
        return False
    return subprocess.run([SYSTEM_PYTHON, "-c", TYPELIB], capture_output=True, check=False).returncode == 0


@dataclass(frozen=True, slots=True)
class Part:
    """Something that a user sees: what it is, what it is called, and what stands in it."""

    level: int
    role: str
    name: str
    description: str
    text: str
    states: tuple[str, ...]

    def has(self, state: str) -> bool:
        """Whether it is in a state: focused, checked, enabled, selected …"""
        return state in self.states

    @property
    def said(self) -> str:
        """All that is said of it."""
        return "\n".join(filter(None, (self.name, self.description, self.text)))


@dataclass(frozen=True, slots=True)
class Seen:
    """What is to be seen at one moment."""

    parts: tuple[Part, ...]

    def all(self, role: str = "", name: str = "") -> tuple[Part, ...]:
        """Every part of a role whose name has ``name`` in it."""
        return tuple(one for one in self.parts if (not role or one.role == role) and name in one.name)

    def part(self, role: str, name: str = "") -> Part | None:
        """The part of that role and name, or else the first whose name has it."""
        found = self.all(role, name)
        return next((one for one in found if one.name == name), found[0] if found else None)

    @property
    def focus(self) -> Part | None:
        """Where the keyboard is. A table's current cell says so too while the keyboard is elsewhere."""
        found = [one for one in self.parts if one.has("focused")]
        return next((one for one in reversed(found) if one.role != "table cell"), found[-1] if found else None)

    def says(self, words: str) -> bool:
        """Whether something that is to be seen says these words."""
        return any(words in one.said for one in self.parts)

    def __str__(self) -> str:
        told = (one for one in self.parts if one.said or one.has("focusable"))
        return "\n".join(
            f"{'  ' * one.level}{one.role} {one.name!r} {one.description[:60]!r} {one.text[:60]!r} {one.states}"
            for one in told
        )


@dataclass
class Workstation:
    """Screen, bus and home of one user. ``start`` starts the program, ``kill`` ends it as a crash would."""

    home: Path
    environment: dict[str, str]
    reader: subprocess.Popen[str]
    program: subprocess.Popen[bytes] | None = field(default=None)

    # the program

    def start(self, *files: Path) -> None:
        """Start the program with these files, and wait for its window."""
        frozen = os.environ.get("LDBU_PROGRAM")
        call = [frozen] if frozen else [sys.executable, "-m", "ldbu_desktop"]
        with (self.home / "said").open("ab") as said:
            self.program = subprocess.Popen([*call, *map(str, files)], env=self.environment, stderr=said, stdout=said)
        self.wait("the window", lambda seen: seen.part("frame") and self._windows())
        self._take_keyboard()

    def kill(self) -> None:
        """End the program as a crash would."""
        assert self.program is not None
        self.program.send_signal(signal.SIGKILL)
        self.program.wait(30)
        self.wait("the window to be gone", lambda seen: not seen.parts)
        # The bus may ask after one that was killed for longer than anybody waits: what is started next has its own.
        _end(self.reader, self.reader.stdin, self.reader.stdout)
        self.reader = _listen(self.environment)

    def ends(self) -> int:
        """Wait until the program has ended by itself; its exit code."""
        assert self.program is not None
        return self.program.wait(PATIENCE)

    @property
    def said(self) -> str:
        """What the program said in the terminal; what Qt says of the bus is no word of its own."""
        lines = (self.home / "said").read_text(encoding="utf-8").splitlines()
        return "\n".join(line for line in lines if not line.startswith("qt.accessibility.atspi"))

    # what is seen

    def see(self) -> Seen:
        """What is to be seen now."""
        found = self._ask("windows")
        return Seen(tuple(_part(one) for one in found or ()))

    def wait(self, what: str, find: Callable[[Seen], T | None]) -> T:
        """What ``find`` finds in what is seen, as soon as it does."""
        until, pause = time.monotonic() + PATIENCE, 0.05
        while True:
            seen = self.see()
            if found := find(seen):
                return found
            if time.monotonic() > until:
                raise AssertionError(f"waited in vain for {what}; what is seen:\n{seen}\n{self._what_it_does()}")
            time.sleep(pause)
            pause = min(2 * pause, 0.5)

    def part(self, role: str, name: str = "") -> Part:
        """A part, as soon as it is there."""
        return self.wait(f"{role} {name!r}", lambda seen: seen.part(role, name))

    def hears(self, *words: str) -> None:
        """Wait until all these words are to be seen somewhere."""
        self.wait(f"{words}", lambda seen: all(map(seen.says, words)))

    def table(self, name: str) -> dict[str, list[Any]]:
        """Headings and rows of a table."""
        found: dict[str, list[Any]] | None = self._ask(f"table {name}")
        assert found is not None, name
        return found

    def listen(self) -> None:
        """Hear from now on what the program has said by itself."""
        assert self._ask("listen")

    def follow(self) -> None:
        """Hear from now on what the keyboard comes to."""
        assert self._ask("follow")

    def comes_to(self, role: str, name: str) -> tuple[Part, Part]:
        """Wait until the keyboard has come to a part, also of what pops up; what that is in, and the part."""
        heard: list[Part] = []

        def found(_seen: Seen) -> tuple[Part, Part] | None:
            heard.extend(_part(one) for one in self._ask("come"))
            pairs = zip(heard[::2], heard[1::2], strict=True)
            return next((pair for pair in pairs if (pair[1].role, pair[1].name) == (role, name)), None)

        return self.wait(f"the keyboard to come to {role} {name!r}", found)

    def is_told(self, words: str) -> None:
        """Wait until the program has these words said, wherever the keyboard is."""
        self.wait(f"{words} to be said", lambda _seen: any(words in told for told in self._ask("announced")))

    def picture(self, name: str) -> None:
        """Save what the screen shows, where a folder for pictures is asked for. Fails where it can't be saved."""
        if folder := os.environ.get("LDBU_PICTURES"):
            plain = {name: value for name, value in self.environment.items() if not name.startswith("QT_")}
            call = [sys.executable, "-c", _PICTURE, str(Path(folder, f"{name}.png"))]
            subprocess.run(call, env=plain, check=True, capture_output=True)

    # what is done

    def press(self, *keys: str) -> None:
        """Press keys, each with what is held down: ``ctrl+e``, ``F7``, ``Return``."""
        self._take_keyboard()
        self._do("key", "--clearmodifiers", "--delay", "20", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._take_keyboard()
        self._do("type", "--clearmodifiers", "--delay", "15", "--", text)

    def click(self, role: str, name: str) -> None:
        """Click in the middle of a part, as soon as it is there."""
        asked = f"place {json.dumps([role, self.part(role, name).name])}"
        left, top, wide, high = self.wait(f"where {name} is", lambda _seen: self._ask(asked))
        self._do("mousemove", str(left + wide // 2), str(top + high // 2), "click", "1")

    # how it is done

    def go_to(self, role: str, name: str) -> None:
        """Have the keyboard in a part, wherever it is in the window, as a screen reader takes one there."""
        self._ask(f"focus {json.dumps([role, self.part(role, name).name])}")
        self.is_in(name)

    def is_in(self, name: str) -> Part:
        """Wait until the keyboard is in the part of that name."""
        return self.wait(f"the keyboard to be in {name}", lambda seen: _in(seen, name))

    def answer(self, *answers: str) -> None:
        """Type answers, each with what leaves its field where it does not by itself: ``5,25 kg⏎``."""
        for text in answers:
            self.type(text.removesuffix(ENTER))
            if text.endswith(ENTER):
                self.press("Return")

    def _take_keyboard(self) -> None:
        """Give the topmost window the keyboard where none has it, as a window manager does when another is closed.

        A window that is about to go, or has only come, takes none: it is asked again until one has.
        """
        until = time.monotonic() + PATIENCE
        while (ours := self._windows()) and self._do("getwindowfocus").strip() not in ours:
            assert time.monotonic() < until, f"no window takes the keyboard\n{self._what_it_does()}"
            self._do("windowfocus", ours[-1])
            time.sleep(0.05)

    def _windows(self) -> list[str]:
        assert self.program is not None
        return self._do("search", "--onlyvisible", "--pid", str(self.program.pid), "--name", ".").split()

    def _what_it_does(self) -> str:
        """Ends a program that keeps one waiting; the windows that it had, what it said, and what its threads did."""
        assert self.program is not None
        windows = self._windows()
        ended = self.program.poll()
        if ended is None:
            self.program.send_signal(signal.SIGABRT)  # which Python's fault handler answers
            self.program.wait(30)
        return f"windows {windows}, ended {ended}\n{(self.home / 'said').read_text(encoding='utf-8')}"

    def _do(self, *what: str) -> str:
        call = [HAND, *what]
        return subprocess.run(
            call, env=self.environment, capture_output=True, text=True, check=False, timeout=PATIENCE
        ).stdout

    def _ask(self, question: str) -> Any:
        assert self.reader.stdin is not None
        self.reader.stdin.write(f"{question}\n")
        self.reader.stdin.flush()
        return _answer(self.reader)


@contextmanager
def workstation(home: Path) -> Iterator[Workstation]:
    """A workstation whose user's files lie below ``home``, until it is left."""
    if not can_be_used():
        pytest.skip("no AT-SPI or no xdotool here: packaging/test.sh brings them")
    told, telling = os.pipe()
    screen = subprocess.Popen(
        [SCREEN, "-displayfd", str(telling), "-screen", "0", f"{_size()}x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[telling],
        stderr=subprocess.DEVNULL,
    )
    os.close(telling)
    with os.fdopen(told) as number:
        display = f":{number.readline().strip()}"
    environment = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
    environment |= {
        "DISPLAY": display,
        "HOME": str(home),
        **{f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "CACHE", "STATE")},
        "LC_ALL": "C.UTF-8",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "PYTHONFAULTHANDLER": "1",  # so that one that halts can be asked where
    }
    if look := os.environ.get("LDBU_LOOK"):
        settings = home / "config" / "LDBU Desktop" / "LDBU Desktop.conf"
        settings.parent.mkdir(parents=True)
        settings.write_text(f"[General]\nlook={look}\n", encoding="utf-8")
    subprocess.run([LAYOUT, "dk"], env=environment, check=True, capture_output=True)
    made = Workstation(home, environment, _listen(environment))
    try:
        yield made
    finally:
        if made.program is not None and made.program.poll() is None:
            made.program.kill()
            made.program.wait(30)
        _end(made.reader, made.reader.stdin, made.reader.stdout)
        screen.terminate()
        screen.wait(30)


def _listen(environment: dict[str, str]) -> subprocess.Popen[str]:
    """Start a screen reader on a bus of its own, which is named in the environment from then on."""
    reader = subprocess.Popen(
        [BUS, "--", SYSTEM_PYTHON, str(READER)],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        start_new_session=True,
    )  # fmt: skip
    environment["DBUS_SESSION_BUS_ADDRESS"] = _answer(reader)
    return reader


def _part(told: dict[str, Any]) -> Part:
    return Part(**{**told, "states": tuple(told["states"])})


def _size() -> str:
    return os.environ.get("LDBU_SCREEN") or "1280x720"


def _in(seen: Seen, name: str) -> Part | None:
    return seen.focus if seen.focus is not None and seen.focus.name.startswith(name) else None


_NOT_OURS = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS")
"""What would take the program to another screen than its own."""


def _answer(reader: subprocess.Popen[str]) -> Any:
    """The next answer of the screen reader; what its bus says in between is passed over.

    One that says nothing for as long as anything is waited for is ended with its bus.
    """
    assert reader.stdout is not None
    overdue = threading.Timer(PATIENCE, os.killpg, (reader.pid, signal.SIGKILL))
    overdue.start()
    try:
        for line in reader.stdout:
            if line.startswith(_ANSWER):
                return json.loads(line[1:])
    finally:
        overdue.cancel()
    raise AssertionError("the screen reader has ended, or said nothing for too long")


def _end(process: subprocess.Popen[str], *pipes: IO[str] | None) -> None:
    for pipe in pipes:
        if pipe is not None:
            pipe.close()
    process.wait(30)
