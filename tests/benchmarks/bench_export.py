"""Measures ``ldbu export`` of 10 000 visits against ``ldbu validate``, and its reports as a journal against ``check``.

Prints each run as it ends, and ratios, of seconds and of the processor's time; fails on nothing. A round takes some
minutes: where more are asked for they alternate and the best of each counts. How many visits and rounds may be given:
``bench_export.py 2000 3``.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from shutil import rmtree

from bench_validate import seconds, validation
from journal_workbook import write_journal

VISITS, ROUNDS = 10_000, 1
RATIOS = (
    ("export", "validate", "(at most 5)"),
    ("export in one file", "validate", "(at most 5)"),
    ("validate reports", "check in one process", "(at most 3)"),
)


def main(visits: int = VISITS, rounds: int = ROUNDS) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        path, out, lines = (Path(folder, name) for name in ("export.xlsx", "reports", "lines"))
        write_journal(path, visits)
        program = [sys.executable, "-m", "ldbu_desktop"]
        calls = {
            "validate": validation(path),
            "export": [*program, "export", str(path), "--to", str(out)],
            "export in one file": [*program, "export", str(path), "--to", str(lines), "--layout", "ndjson"],
            "check in one process": [*program, "check", str(out), "--jobs", "1"],
            "validate reports": validation(out),
        }
        best: dict[str, tuple[float, float]] = {}
        for _ in range(rounds):
            for made in (out, lines):
                rmtree(made, ignore_errors=True)
            for name, call in calls.items():
                took = seconds(call)
                best[name] = (min(took[0], best.get(name, took)[0]), min(took[1], best.get(name, took)[1]))
                told = f"{took[0]:.2f} s, processor {took[1]:.2f} s ({1000 * took[1] / visits:.2f} ms a visit)"
                print(f"{name}: {told}", flush=True)
        print(f"{visits} visits, {rounds} rounds")
        for one, other, limit in RATIOS:
            whole, processor = (mine / theirs for mine, theirs in zip(best[one], best[other], strict=True))
            print(f"{one} / {other}: {whole:.1f}, processor {processor:.1f} {limit}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
