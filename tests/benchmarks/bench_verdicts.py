"""Measures delivery reports opened as a journal, with what conformance says of them, against checking them alone.

``ldbu check`` runs in one process, since reading does. Runs alternate and the best of each counts, since the machine
may be busy. Prints ratios; fails on nothing. How many reports and rounds may be given: ``bench_verdicts.py 1000 1``.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench_check import check, seconds, tell
from delivery_reports import lines, valid_reports

MANY, ROUNDS = 10_000, 3
LOAD_ALONE = """
import sys
from pathlib import Path
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.load import load
load([Path(sys.argv[1])], shipped_standard())
"""
OPENED = f"""{LOAD_ALONE.replace("load([", "journal = load([")}
from datetime import date
from ldbu_desktop.use_cases.validate import validate
findings = validate(journal, shipped_standard(), date.today())
if len(findings.ready_visits) != journal.visit_count or not journal.visit_count:
    raise SystemExit("valid reports are not ready")
"""


def main(count: int = MANY, rounds: int = ROUNDS) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        reports = work / "reports.ndjson"
        with reports.open("wb") as stream:
            stream.writelines(lines(valid_reports(), count))
        calls = {
            "checked": check(reports, "--jobs", 1),
            "read": [sys.executable, "-c", LOAD_ALONE, str(reports)],
            "opened": [sys.executable, "-c", OPENED, str(reports)],
        }
        runs = [{name: seconds(call, work) for name, call in calls.items()} for _ in range(rounds)]
        best = {name: min(run[name] for run in runs) for name in calls}
        tell(f"{count} reports, checked alone     {best['checked']:6.1f} s")
        for name, words in (("read", "read with verdicts"), ("opened", "and with all findings")):
            tell(f"  {words:24} {best[name]:6.1f} s = {best[name] / best['checked']:.2f} x   (3 at most)")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
