"""Measures rows that all belong to one child: visits, twins, feeding periods that overlap, and rows told again.

Prints the processor's time from file to findings for a number of rows, and for two and four times as many; where it
grows faster than the rows do, the ratio is beyond 2. How many rows to begin with may be given, and how often they are
doubled: ``bench_one_child.py 25000 2`` ends at 100 000. Fails on nothing.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from ldbu_desktop.mapping.layout import long_sheets
from ldbu_desktop.sources.tables import cell_text
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.validate import validate

ROWS, DOUBLINGS = 1000, 2
SOR = "451000016003"
BORN = datetime(2023, 1, 1, 10)
Row = dict[str, object]
Sheets = dict[str, Iterable[Row]]


def child(key: str, serial: int = 0) -> Row:
    return {"key": key, "cpr": f"0101235{serial:03}", "role": "barn", "organisation": SOR}


def visit(number: int, subject: str, start: datetime) -> Row:
    return {
        "key": f"K{number}", "subject": subject, "type": "Behovsbesøg", "visit_class": "HH", "status": "finished",
        "start": start, "end": start + timedelta(minutes=30),
    }  # fmt: skip


def weight(number: int, at: int, size: int) -> Row:
    return {"key": f"O{number}", "visit": f"K{at}", "variable": "Vægt", "value": size, "unit": "g"}


def visits(rows: int) -> Sheets:
    """A visit and a weight each day, over and over."""
    starts = [BORN + timedelta(days=number % 700, minutes=number // 700) for number in range(rows // 2)]
    return {
        "citizens": [child("B")],
        "visits": [visit(number, "B", start) for number, start in enumerate(starts)],
        "observations": [weight(number, number, 3500 + number % 9000) for number in range(rows // 2)],
    }


def twins(rows: int) -> Sheets:
    """Many children of one parent, each with a visit."""
    people: list[Row] = [{"key": "F", "cpr": "0101850000", "role": "forælder", "child": "", "organisation": SOR}]
    keys = [f"B{number}" for number in range(rows // 2)]
    people[0]["child"] = ";".join(keys)
    people += [child(key, number % 1000) for number, key in enumerate(keys)]
    return {"citizens": people, "visits": [visit(number, key, BORN) for number, key in enumerate(keys)]}


def feeding(rows: int) -> Sheets:
    """Feeding periods of one child that all overlap."""
    starts = [BORN + timedelta(minutes=number) for number in range(rows)]
    return {
        "citizens": [child("B")],
        "visits": [visit(0, "B", BORN + timedelta(days=200))],
        "observations": [
            {
                "key": f"O{number}", "visit": "K0", "variable": "Ernæring", "value": "Fuld amning", "start": start,
                "end": start + timedelta(days=100),
            }
            for number, start in enumerate(starts)
        ],
    }  # fmt: skip


def duplicates(rows: int) -> Sheets:
    """One observation of one visit, again and again under the same key."""
    row = weight(0, 0, 4000)
    return {"citizens": [child("B")], "visits": [visit(0, "B", BORN)], "observations": [row] * rows}


def duplicate_visits(rows: int) -> Sheets:
    """One visit, again and again under the same key."""
    return {"citizens": [child("B")], "visits": [visit(0, "B", BORN)] * rows}


def same_number(rows: int) -> Sheets:
    """Many children with one CPR number."""
    return {"citizens": [child(f"B{number}") for number in range(rows)], "visits": [visit(0, "B0", BORN)]}


def contradictions(rows: int) -> Sheets:
    """One key under which many people and many visits stand."""
    return {
        "citizens": [child("B", number % 1000) for number in range(rows // 2)],
        "visits": [{**visit(number, "B", BORN + timedelta(hours=number)), "key": "K0"} for number in range(rows // 2)],
    }


KINDS: tuple[Callable[[int], Sheets], ...] = (
    visits, twins, feeding, duplicates, duplicate_visits, same_number, contradictions,
)  # fmt: skip


def seconds(sheets: Sheets) -> float:
    """The processor's time from files to all findings, and what follows from them."""
    with tempfile.TemporaryDirectory() as folder:
        for sheet in long_sheets():
            if sheet.id in sheets:
                with Path(folder, f"{sheet.name}.csv").open("w", encoding="utf-8", newline="") as stream:
                    writer = csv.writer(stream, delimiter=";")
                    writer.writerow(column.header for column in sheet.columns)
                    for row in sheets[sheet.id]:
                        writer.writerow(cell_text(row.get(column.field)) for column in sheet.columns)
        begun = time.process_time()
        findings = validate(load([Path(folder)], shipped_standard()), shipped_standard(), date(2026, 1, 1))
        _ = findings.counts, findings.causes, findings.rejected_visits
        return time.process_time() - begun


def main(rows: int = ROWS, doublings: int = DOUBLINGS) -> None:
    """Measure and print."""
    seconds(visits(100))
    for kind in KINDS:
        taken = [seconds(kind(rows << doubling)) for doubling in range(doublings + 1)]
        growth = max(later / earlier for earlier, later in pairwise(taken))
        told = ", ".join(f"{rows << at}: {one:.2f} s" for at, one in enumerate(taken))
        print(f"{kind.__name__:17} {told}; twice the rows take at most {growth:.1f} times as long")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
