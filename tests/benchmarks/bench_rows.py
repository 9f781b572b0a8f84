"""Measures 10^6 rows of text in our long shape, loaded and judged, against the bare csv reader; and their memory.

A folder has a file of people, one of visits and one of observations, as an export has. Runs alternate and the best of
each counts, since the machine may be busy. Prints ratios, of seconds and of the processor's time; fails on nothing. How
many rows and rounds may be given: ``bench_rows.py 100000 5``.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from pathlib import Path

from bench_validate import adopt_orphans, megabytes, seconds, validation
from journal_workbook import journal_rows

from ldbu_desktop.mapping.layout import long_sheets
from ldbu_desktop.sources.tables import cell_text

ROWS, ROUNDS = 1_000_000, 3
ROWS_A_VISIT = 9
READER_ALONE = """
import csv, sys
from pathlib import Path
for path in Path(sys.argv[1]).iterdir():
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.reader(stream, delimiter=";"):
            pass
"""
LOAD_ALONE = """
import sys
from pathlib import Path
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.load import load
load([Path(sys.argv[1])], shipped_standard())
"""
FINDINGS = f"""{LOAD_ALONE.replace("load([", "journal = load([")}
from datetime import date
from ldbu_desktop.use_cases.validate import validate
assert validate(journal, shipped_standard(), date.today(), alone=False).counts
"""
RATIOS = (("load", ""), ("load and findings", "(at most 10)"), ("ldbu validate", "(at most 10)"))


def write_folder(folder: Path, rows: int) -> int:
    """Write an export of about so many rows as text files; returns how many rows they have, headers left out."""
    written = journal_rows(rows // ROWS_A_VISIT)
    for sheet in long_sheets():
        if of_sheet := written.get(sheet.id):
            with Path(folder, f"{sheet.name}.csv").open("w", encoding="utf-8", newline="") as stream:
                writer = csv.writer(stream, delimiter=";")
                writer.writerow(column.header for column in sheet.columns)
                for row in of_sheet:
                    writer.writerow(cell_text(row.get(column.field)) for column in sheet.columns)
    return sum(map(len, written.values()))


def main(count: int = ROWS, rounds: int = ROUNDS) -> None:
    """Measure and print."""
    adopt_orphans()
    with tempfile.TemporaryDirectory() as place:
        rows = write_folder(Path(place), count)
        calls = {
            "reader alone": [sys.executable, "-c", READER_ALONE, place],
            "load": [sys.executable, "-c", LOAD_ALONE, place],
            "load and findings": [sys.executable, "-c", FINDINGS, place],
            "ldbu validate": validation(Path(place)),
        }
        best: dict[str, tuple[float, float]] = {}
        for _ in range(rounds):
            for name, call in calls.items():
                took = seconds(call)
                best[name] = (min(took[0], best.get(name, took)[0]), min(took[1], best.get(name, took)[1]))
        print(f"{rows} rows of text in a folder")
        for name, (taken, processor) in best.items():
            print(f"{name:18} {taken:6.2f} s, processor {processor:6.2f} s")
        for name, limit in RATIOS:
            elapsed, processor = (mine / its for mine, its in zip(best[name], best["reader alone"], strict=True))
            print(f"{name:18} / reader alone {elapsed:6.1f}, processor {processor:6.1f}   {limit}")
        print(f"peak memory {megabytes(calls['load and findings']):6.0f} MB (at most 600)")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
