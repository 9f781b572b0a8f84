"""Measures what a row of a foreign export costs beside a row of our own long shape, from the file to all findings.

The same journal is written in our shape and in two foreign ones, each with an approved map: a row an observation, and a
row a visit, which has as much in it as nine of ours. Runs alternate and the best of each counts, since the machine may
be busy. Prints what a row costs as a ratio to ours, of seconds and of the processor's time, and a cell and the whole
journal; fails on nothing. How many rows and rounds may be given: ``bench_foreign.py 100000 3``.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from bench_rows import ROWS_A_VISIT, write_folder
from bench_validate import adopt_orphans, seconds
from journal_workbook import journal_rows

from ldbu_desktop.mapping.links import Approval
from ldbu_desktop.sources.tables import cell_text
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.map import propose
from ldbu_desktop.use_cases.map_decide import Answers, decided
from ldbu_desktop.use_cases.map_save import made_map, save_map

ROWS, ROUNDS, SAMPLE = 1_000_000, 3, 400
FINDINGS = """
import sys
from datetime import date
from pathlib import Path
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.opening import open_files
from ldbu_desktop.use_cases.validate import validate
standard = shipped_standard()
path, *maps = map(Path, sys.argv[1:])
journal = open_files([path], standard, maps=maps).journal
assert journal.visit_count and validate(journal, standard, date.today(), alone=False).counts
"""
BY_VISIT = ("Barnets CPR", "Forælders CPR", "SOR", "Besøgsdato", "Besøgstype", "Kontaktform")
BY_OBSERVATION = (*BY_VISIT, "Måling", "Resultat", "Enhed")


class Written(NamedTuple):
    """A file or folder, its map where it needs one, and how many rows and cells it has."""

    path: str
    maps: tuple[str, ...]
    rows: int
    cells: int


def by_observation(visits: int) -> Iterator[tuple[str, ...]]:
    """A foreign export with a row an observation."""
    yield BY_OBSERVATION
    for of_visit, observations in _visits(visits):
        for one in observations:
            told = (one["variable"], one.get("value"), one.get("unit"))
            yield (*of_visit, *map(cell_text, told))


def by_visit(visits: int) -> Iterator[tuple[str, ...]]:
    """A foreign export with a row a visit and a column a variable."""
    rows = list(_visits(visits))
    names = {str(one["variable"]): str(one.get("unit", "")) for _, of_it in rows for one in of_it}
    yield (*BY_VISIT, *(f"{name} ({unit})" if unit else name for name, unit in names.items()))
    for of_visit, observations in rows:
        values = {one["variable"]: one.get("value") for one in observations}
        yield (*of_visit, *(cell_text(values.get(name)) for name in names))


def _visits(visits: int) -> Iterator[tuple[tuple[str, ...], list[dict[str, object]]]]:
    rows = journal_rows(visits)
    parents = {row["child"]: row["cpr"] for row in rows["citizens"] if "child" in row}
    numbers = {row["key"]: (row["cpr"], parents.get(row["key"]), row["organisation"]) for row in rows["citizens"]}
    observed: dict[object, list[dict[str, object]]] = {}
    for row in rows["observations"]:
        observed.setdefault(row["visit"], []).append(row)
    for visit in rows["visits"]:
        told = (*numbers[visit["subject"]], visit["start"], visit["type"], visit["visit_class"])
        yield tuple(map(cell_text, told)), observed[visit["key"]]


def written(path: Path, rows: Iterator[tuple[str, ...]]) -> tuple[int, int]:
    """Write rows below their headers; returns how many rows and filled cells there are."""
    count = cells = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(next(rows))
        for row in rows:
            writer.writerow(row)
            count += 1
            cells += sum(map(bool, row))
    return count, cells


def foreign(folder: Path, name: str, visits: int) -> Written:
    """A foreign export with the map that a user would have approved for a small one of the kind."""
    shape = {"observation": by_observation, "visit": by_visit}[name]
    standard, sample, of_map = shipped_standard(), folder / f"{name}-sample.csv", folder / f"{name}.ldbumap"
    written(sample, shape(SAMPLE))
    proposal = decided(propose([sample], standard, date.today()), Answers("SPL", approve=("all",)), standard)
    save_map(of_map, made_map(proposal, name, "1", Approval("SPL", date.today()), standard))
    sample.unlink()
    path = folder / f"{name}.csv"
    return Written(str(path), (str(of_map),), *written(path, shape(visits)))


def own(folder: Path, rows: int) -> Written:
    """The journal in our own long shape."""
    path = folder / "own"
    path.mkdir()
    count = write_folder(path, rows)
    cells = sum(bool(cell) for file in path.iterdir() for cell in file.read_text("utf-8").replace("\n", ";").split(";"))
    return Written(str(path), (), count, cells)


def write_all(folder: Path, count: int) -> dict[str, Written]:
    """The same journal in our shape and in the foreign ones."""
    made = {name: foreign(folder, name, count // ROWS_A_VISIT) for name in ("observation", "visit")}
    return {"own": own(folder, count), **made}


def main(count: int = ROWS, rounds: int = ROUNDS) -> None:
    """Measure and print."""
    adopt_orphans()
    with tempfile.TemporaryDirectory() as place:
        # The readers that a map is made with stay as long as the process that asked for them.
        told = subprocess.run([sys.executable, __file__, place, str(count)], capture_output=True, check=True, text=True)
        files = {name: Written(*file) for name, file in json.loads(told.stdout).items()}
        best: dict[str, tuple[float, float]] = {}
        for _ in range(rounds):
            for name, file in files.items():
                took = seconds([sys.executable, "-c", FINDINGS, file.path, *file.maps])
                best[name] = (min(took[0], best.get(name, took)[0]), min(took[1], best.get(name, took)[1]))
        for name, file in files.items():
            taken, processor = best[name]
            print(f"{name:12} {file.rows:8} rows, {file.cells:8} cells, {taken:6.2f} s, processor {processor:6.2f} s")
        ours = files["own"]
        for name in ("observation", "visit"):
            file = files[name]
            elapsed, processor = (mine / its for mine, its in zip(best[name], best["own"], strict=True))
            print(
                f"a row by {name}, of ours    {elapsed * ours.rows / file.rows:5.2f}, "
                f"processor {processor * ours.rows / file.rows:5.2f}   (at most 2)"
            )
            print(
                f"  a cell {processor * ours.cells / file.cells:5.2f}, the same journal {processor:5.2f}, by processor"
            )


if __name__ == "__main__":
    if sys.argv[1:] and not sys.argv[1].isdigit():
        print(json.dumps(write_all(Path(sys.argv[1]), int(sys.argv[2]))))
    else:
        main(*map(int, sys.argv[1:3]))
