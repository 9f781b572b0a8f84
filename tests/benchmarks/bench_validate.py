"""Measures ``ldbu validate`` on 10 000 visits: against the workbook reader alone, its memory, and ten times the rows.

Runs alternate and the best of each counts, since the machine may be busy. Prints ratios; fails on nothing.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from journal_workbook import write_journal

ROUNDS = 5
RATIOS = (
    ("load alone", "reader alone", ""),
    ("validate", "reader alone", "(at most 4)"),
    ("validate", "validate a tenth", "(at most 11)"),
)
READER_ALONE = """
import sys
from python_calamine import CalamineWorkbook
workbook = CalamineWorkbook.from_path(sys.argv[1])
for position in range(len(workbook.sheet_names)):
    for row in workbook.get_sheet_by_index(position).iter_rows():
        pass
"""
LOAD_ALONE = """
import sys
from pathlib import Path
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.load import load
load([Path(sys.argv[1])], shipped_standard())
"""
MEMORY_OF = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=False)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def adopt_orphans() -> None:
    """Have the processes that a call leaves behind, as its readers, be this one's children: else nobody counts them.

    Only Linux can; elsewhere the processor's time is that of the call alone.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_BE_SUBREAPER, 1, 0, 0, 0)


_BE_SUBREAPER = 36


def _wait_for_orphans() -> None:
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return


def seconds(call: list[str]) -> tuple[float, float]:
    """How long a process takes, from start to end and of the processor's time, those that it started among them."""
    # Elsewhere what was compiled once is kept: it would be measured each time where nothing may be written.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, start = _processor_time(), time.perf_counter()
    done = subprocess.run(call, stdout=subprocess.DEVNULL, check=False, env=environment)
    if done.returncode not in (0, 1):
        raise SystemExit(f"it failed: {' '.join(call)}")
    taken = time.perf_counter() - start
    _wait_for_orphans()
    return taken, _processor_time() - before


def _processor_time() -> float:
    """The processor's time of all processes that were started and have ended."""
    used = os.times()
    return used.children_user + used.children_system


def megabytes(call: list[str]) -> float:
    """The most memory that a process held."""
    told = subprocess.run([sys.executable, "-c", MEMORY_OF, *call], capture_output=True, check=True)
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return int(told.stdout) / unit


def validation(path: Path) -> list[str]:
    """The call that is measured."""
    return [sys.executable, "-m", "ldbu_desktop", "validate", str(path), "--format", "json"]


def main() -> None:
    """Measure and print."""
    adopt_orphans()
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "small.xlsx"), Path(folder, "large.xlsx")
        rows = {path: write_journal(path, visits) for path, visits in ((small, 1_000), (large, 10_000))}
        calls = {
            "reader alone": [sys.executable, "-c", READER_ALONE, str(large)],
            "load alone": [sys.executable, "-c", LOAD_ALONE, str(large)],
            "validate": validation(large),
            "validate a tenth": validation(small),
        }
        best = {name: (float("inf"), float("inf")) for name in calls}
        for _ in range(ROUNDS):
            for name, call in calls.items():
                best[name] = min(best[name], seconds(call))
        print(f"10 000 visits, {rows[large]} rows; a tenth: {rows[small]} rows")
        for name, (taken, processor) in best.items():
            print(f"{name:18} {taken:6.2f} s, processor {processor:6.2f} s")
        for name, other, limit in RATIOS:
            elapsed, processor = (mine / its for mine, its in zip(best[name], best[other], strict=True))
            told = f"{name} / {other}"
            print(f"{told:32} {elapsed:6.2f}, processor {processor:6.2f}   {limit}")
        print(f"peak memory        {megabytes(calls['validate']):6.0f} MB (at most 400)")


if __name__ == "__main__":
    main()
