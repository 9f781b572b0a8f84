"""Measures reading alone: 10^6 rows of text against the bare csv reader, and 10 000 visits against the workbook's.

Runs alternate and the best of each counts, since the machine may be busy. Prints ratios and memory; fails on nothing.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from journal_workbook import write_journal
from python_calamine import CalamineWorkbook

from ldbu_desktop.sources.delimited import read_delimited
from ldbu_desktop.sources.workbook import open_workbook

ROUNDS = 3
ROWS = 1_000_000


def write_text(path: Path) -> None:
    """An export of observations as text."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write("kontakt_id;borger_id;variabel;værdi;enhed;årsag;start;slut\r\n")
        for row in range(ROWS):
            stream.write(f"K{row // 8};B{row // 40};Vægt;{3000 + row % 900};g;;20-05-2020 10:30;\r\n")


def bare_csv(path: Path) -> Iterable[object]:
    """The rows that the standard library reads."""
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.reader(stream, delimiter=";")


def bare_workbook(path: Path) -> Iterable[object]:
    """The rows that the reader of workbooks reads."""
    workbook = CalamineWorkbook.from_path(path)
    for position in range(len(workbook.sheet_names)):
        yield from workbook.get_sheet_by_index(position).iter_rows()


def our_csv(path: Path) -> Iterable[object]:
    """The rows that we hand on."""
    yield from read_delimited(path, path.name).rows


def our_workbook(path: Path) -> Iterable[object]:
    """The rows that we hand on."""
    with open_workbook(path, path.name) as tables:
        for table in tables:
            yield from table.rows


def best(read: Callable[[Path], Iterable[object]], path: Path) -> float:
    """The least of the processor's time that reading all rows takes."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for _row in read(path):
            pass
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        text, workbook = Path(folder, "a.csv"), Path(folder, "b.xlsx")
        write_text(text)
        write_journal(workbook, 10_000)
        for name, bare, ours, path in (
            (f"{ROWS} rows of text", bare_csv, our_csv, text),
            ("10000 visits in a workbook", bare_workbook, our_workbook, workbook),
        ):
            alone, whole = best(bare, path), best(ours, path)
            print(f"{name}: {alone:.2f} s bare, {whole:.2f} s ours, {whole / alone:.1f} times")
    if sys.platform != "win32":
        import resource

        print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
