"""The window goes first and the process that loads and checks gives way to it, as the system itself tells."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from ldbu_desktop.aside.precedence import give_way, go_first, go_next

TELLS = """
import os, sys
from ldbu_desktop.aside.precedence import give_way
before = os.nice(0)
give_way()
child = [sys.executable, "-c", "import os; print(os.nice(0))"]
print(before, os.nice(0), os.sched_getscheduler(0) if hasattr(os, "SCHED_BATCH") else -1, flush=True)
import subprocess
subprocess.run(child, check=True)
"""

GOES = """
import os, subprocess, sys, threading
from ldbu_desktop.aside import precedence
getattr(precedence, sys.argv[1])()
told = [os.getpriority(os.PRIO_PROCESS, 0)]
thread = threading.Thread(target=lambda: told.append(os.getpriority(os.PRIO_PROCESS, 0)))
thread.start(); thread.join()
print(*told, flush=True)
subprocess.run([sys.executable, "-c", "import os; print(os.nice(0))"], check=True)
"""


def niceness_told(*command: str) -> list[int]:
    return list(map(int, subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()))


def may_go_first() -> bool:
    tries = [sys.executable, "-c", "import os; os.nice(-1)"]
    return subprocess.run(tries, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only there a thread has a niceness of its own")
@pytest.mark.parametrize(("step", "niceness"), [("go_first", -10), ("go_next", -5)])
def test_a_thread_steps_forward_where_it_may_and_what_it_begins_does_not(step: str, niceness: int) -> None:
    own = os.getpriority(os.PRIO_PROCESS, 0)
    steps = own == 0 and may_go_first()
    assert niceness_told(sys.executable, "-c", GOES, step) == [niceness if steps else own, own, own]


@pytest.mark.skipif(sys.platform != "linux", reason="only there a thread has a niceness of its own")
def test_a_program_that_was_told_to_step_back_does_not_go_first() -> None:
    stepped_back = niceness_told("nice", "-n", "7", sys.executable, "-c", GOES, "go_first")
    assert stepped_back == [min(os.getpriority(os.PRIO_PROCESS, 0) + 7, 19)] * 3


@pytest.mark.skipif(sys.platform != "linux", reason="only there a thread has a niceness of its own")
@pytest.mark.parametrize(("go", "niceness"), [(go_first, -10), (go_next, -5)])
@pytest.mark.parametrize("may", [True, False])
def test_a_thread_that_may_not_step_forward_goes_on_as_it_is(
    go: Callable[[], None], niceness: int, may: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def step(_kind: int, _thread: int, to: int) -> None:
        if not may:
            raise PermissionError
        asked.append(to)

    monkeypatch.setattr(os, "getpriority", lambda *_: 0)
    monkeypatch.setattr(os, "setpriority", step)
    monkeypatch.setattr(os, "sched_setscheduler", lambda _thread, policy, _param: asked.append(policy))
    go()
    assert asked == ([niceness, os.SCHED_OTHER | os.SCHED_RESET_ON_FORK] if may else [])


def test_elsewhere_no_thread_steps_forward(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(os, "setpriority", lambda *_: pytest.fail("it was asked for"), raising=False)
    go_first()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX tells it by its niceness")
def test_the_process_and_those_that_it_begins_step_back() -> None:
    before, own, policy, inherited = niceness_told(sys.executable, "-c", TELLS)
    assert own == min(before + 5, 19)
    assert inherited == own
    if sys.platform == "linux":
        assert policy == os.SCHED_BATCH


@pytest.mark.skipif(sys.platform != "linux", reason="there is no such turn elsewhere")
@pytest.mark.parametrize("may", [True, False])
def test_where_a_process_may_not_it_goes_on_as_it_is(may: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def nice(by: int) -> None:
        if not may:
            raise PermissionError
        asked.append(by)

    monkeypatch.setattr(os, "nice", nice)
    monkeypatch.setattr(os, "sched_setscheduler", lambda _process, policy, _param: asked.append(policy))
    give_way()
    assert asked == ([5, os.SCHED_BATCH] if may else [])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows is told otherwise")
def test_where_there_is_no_such_turn_it_steps_back_only(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(os, "nice", asked.append)
    give_way()
    assert asked == [5]
