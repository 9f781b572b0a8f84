"""Measures the start: ``--version``, ``validate`` of the sample, and the window until it answers.

Each is held against a bare Python. ``bench_start.py PROGRAM`` measures a frozen program as well: its ``ldbu``, which
is to take 150 and 350 ms. Prints the processor's time and the clock's of the best of several runs, since the machine
may be busy, and what importing takes by package, as ``-X importtime`` tells it. Fails on nothing: what may not be
imported is held by ``tests/unit/test_start.py``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROUNDS = 7
SAMPLE = str(Path(__file__).parents[2] / "resources" / "samples" / "familie-med-fejl.xlsx")
CALLS = {"--version": ["--version"], "validate": ["validate", SAMPLE]}
BARE = [sys.executable, "-c", "pass"]
OURS = [sys.executable, "-m", "ldbu_desktop"]
WINDOW = [
    sys.executable,
    "-c",
    "from PySide6.QtCore import QTimer; from ldbu_desktop.ui.theme import styled_application\n"
    "application = styled_application('ldbu-desktop')\n"
    "from ldbu_desktop.ui.application import run\n"
    "QTimer.singleShot(0, application.quit); run([])",
]
_IMPORT = re.compile(r"^import time:\s*(\d+) \|\s*\d+ \|\s*(\S+)$", re.MULTILINE)


def environment() -> dict[str, str]:
    """What is compiled once is kept, as where the program is installed."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def best(call: list[str]) -> tuple[float, float]:
    """Milliseconds of the processor, and by the clock, of the best of several runs; the first does not count."""
    taken = []
    for _ in range(ROUNDS + 1):
        before, began = os.times(), time.perf_counter()
        subprocess.run(call, stdout=subprocess.DEVNULL, check=False, env=environment())
        after, ended = os.times(), time.perf_counter()
        used = after.children_user + after.children_system - before.children_user - before.children_system
        taken.append((used * 1000, (ended - began) * 1000))
    return min(used for used, _ in taken[1:]), min(clock for _, clock in taken[1:])


def imports(call: list[str]) -> Counter[str]:
    """Microseconds that the modules of each package take to import, without those that they import."""
    told = subprocess.run(
        [call[0], "-X", "importtime", *call[1:]], capture_output=True, text=True, check=False, env=environment()
    ).stderr
    taken: Counter[str] = Counter()
    for micros, module in _IMPORT.findall(told):
        parts = module.split(".")
        taken[".".join(parts[:2]) if parts[0] == "ldbu_desktop" else parts[0]] += int(micros)
    return taken


def main() -> None:
    """Measure and print."""
    calls = {name: [*OURS, *words] for name, words in CALLS.items()}
    frozen = {f"frozen {name}": [program, *words] for program in sys.argv[1:] for name, words in CALLS.items()}
    bare = best(BARE)
    print(f"{'bare Python':20} processor {bare[0]:6.0f} ms, clock {bare[1]:6.0f} ms")
    for name, call in {**calls, "window": WINDOW, **frozen}.items():
        used, clock = best(call)
        ratios = f"{used / bare[0]:5.1f}, {clock / bare[1]:5.1f} of bare"
        print(f"{name:20} processor {used:6.0f} ms, clock {clock:6.0f} ms; {ratios}")
    for name, call in {**calls, "window": WINDOW}.items():
        taken = imports(call)
        first = ", ".join(f"{package} {micros / 1000:.0f}" for package, micros in taken.most_common(12))
        print(f"{name}: {taken.total() / 1000:.0f} ms of imports: {first}")


if __name__ == "__main__":
    main()
