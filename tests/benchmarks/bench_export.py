"""Measures ``ldbu export`` of 10 000 visits against ``ldbu validate``, and its reports as a journal against ``check``.

Runs alternate and the best of each counts, since the machine may be busy. Prints ratios, of seconds and of the
processor's time; fails on nothing. A number of visits may be given.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from shutil import rmtree

from bench_validate import seconds, validation
from journal_workbook import write_journal

ROUNDS = 3
VISITS = 10_000
RATIOS = (
    ("export", "validate", "(at most 5)"),
    ("export in one file", "validate", "(at most 5)"),
    ("validate reports", "check in one process", "(at most 3)"),
)


def main() -> None:
    """Measure and print."""
    visits = int(sys.argv[1]) if len(sys.argv) > 1 else VISITS
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
        for _ in range(ROUNDS):
            for made in (out, lines):
                rmtree(made, ignore_errors=True)
            for name, call in calls.items():
                took = seconds(call)
                best[name] = (min(took[0], best.get(name, took)[0]), min(took[1], best.get(name, took)[1]))
        for name, (whole, processor) in best.items():
            print(f"{name}: {whole:.2f} s, processor {processor:.2f} s ({1000 * processor / visits:.2f} ms a visit)")
        for one, other, limit in RATIOS:
            whole, processor = (mine / theirs for mine, theirs in zip(best[one], best[other], strict=True))
            print(f"{one} / {other}: {whole:.1f}, processor {processor:.1f} {limit}")


if __name__ == "__main__":
    main()
