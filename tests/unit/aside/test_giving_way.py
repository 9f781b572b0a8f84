"""The process that loads and checks gives way to the window, as the system itself tells."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from ldbu_desktop.aside.giving_way import give_way

TELLS = """
import os, sys
from ldbu_desktop.aside.giving_way import give_way
before = os.nice(0)
give_way()
child = [sys.executable, "-c", "import os; print(os.nice(0))"]
print(before, os.nice(0), os.sched_getscheduler(0) if hasattr(os, "SCHED_BATCH") else -1, flush=True)
import subprocess
subprocess.run(child, check=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX tells it by its niceness")
def test_the_process_and_those_that_it_begins_step_back() -> None:
    told = subprocess.run([sys.executable, "-c", TELLS], capture_output=True, text=True, check=True).stdout.split()
    before, own, policy, inherited = map(int, told)
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
