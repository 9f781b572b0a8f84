"""Holds what full coverage by branch was reached: `python packaging/coverage_floor.py` after the tests.

Every file of the program is covered whole, but for those that packaging/not_fully_covered.txt names. The list gets
shorter, never longer: a file that has left it stays out of it.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from coverage import Coverage

HERE = Path(__file__).resolve().parent
LIST = HERE / "not_fully_covered.txt"
WINDOW = "ldbu_desktop/ui/"
BY_CHANCE = {True: 25, False: 10}
"""So many lines of the window's other files together, and of the core's, may depend on what the machine is doing."""


def lacking(report: Path) -> dict[str, list[int]]:
    """The lines that no test ran, or that were left in one way only, by file; of a report of ``coverage json``."""
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    return {
        Path(name).as_posix(): sorted({*found["missing_lines"], *(abs(line) for line, _ in found["missing_branches"])})
        for name, found in files.items()
    }


def main() -> int:
    """0 where all holds; 1 with the files and lines that fell behind."""
    report = HERE.parent / "build" / "coverage.json"
    report.parent.mkdir(exist_ok=True)
    measured = Coverage()
    measured.load()
    measured.json_report(outfile=str(report))
    lines = lacking(report)
    excused = {line for line in LIST.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")}
    behind = {name: missing for name, missing in lines.items() if missing and name not in excused}
    told = [f"{name}: not covered: {missing}" for name, missing in behind.items()]
    told += [f"{name}: is on the list, but is not there" for name in sorted(excused - lines.keys())]
    sys.stdout.write("".join(f"{each}\n" for each in told))
    whole = sum(not missing for missing in lines.values())
    sys.stdout.write(f"{whole} of {len(lines)} files are covered whole\n")
    by_chance = Counter[bool]()
    for name, missing in behind.items():
        by_chance[name.startswith(WINDOW)] += len(missing)
    is_behind = any(by_chance[is_window] > most for is_window, most in BY_CHANCE.items())
    return 1 if is_behind or excused - lines.keys() else 0


if __name__ == "__main__":
    sys.exit(main())
