"""However much there is of one child, twice as many rows take twice the work to read: steps are counted."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from ldbu_desktop.journal.model import Journal
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.load import load

FEW, MANY = 150, 300
MOST = 2.3
"""What twice as much may cost; a step for each pair would make it four times."""

PEOPLE = ["borger_id;cpr;rolle;barn;sor;aktiv", "B1;0505209996;barn;;451000016003;ja"]
VISITS = [
    "kontakt_id;borger_id;kontakttype;kontaktform;status;start;slut",
    "K1;B1;Etableringsbesøg;HH;;20-05-2020 10:30;",
]
OBSERVED = ["observation_id;kontakt_id;borger_id;variabel;værdi;enhed;årsag;start;slut;status"]

Rows = tuple[list[str], list[str], list[str]]


def observed_by_one_key(count: int) -> Rows:
    return PEOPLE, VISITS, OBSERVED + ["O1;K1;;Vægt;5250;g;;;;"] * count


def observed_without_key(count: int) -> Rows:
    return PEOPLE, VISITS, [*OBSERVED, *(f";K1;;Vægt;{3000 + number};g;;;;" for number in range(count))]


def visits_by_one_key(count: int) -> Rows:
    return PEOPLE, VISITS + VISITS[1:] * count, OBSERVED


def people_by_one_key(count: int) -> Rows:
    return [*PEOPLE, *(f"B1;{number:010};barn;;451000016003;ja" for number in range(count))], VISITS, OBSERVED


def parents_of_one_child(count: int) -> Rows:
    return [*PEOPLE, *(f"F{number};;forælder;B1;451000016003;ja" for number in range(count))], VISITS, OBSERVED


def generations(count: int) -> Rows:
    return [*PEOPLE, *(f"F{n};;forælder;F{n + 1};451000016003;ja" for n in range(count))], VISITS, OBSERVED


def without_a_visit(count: int) -> Rows:
    return PEOPLE, VISITS, OBSERVED + [";X1;;Vægt;5250;g;;;;"] * count


def steps_to_load(folder: Path) -> tuple[int, Journal]:
    """How many lines of Python loading takes."""
    count, before = 0, sys.gettrace()

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    sys.settrace(trace)
    try:
        journal = load([folder], shipped_standard())
    finally:
        sys.settrace(before)
    return count, journal


@pytest.mark.parametrize(
    "make",
    [
        observed_by_one_key, observed_without_key, visits_by_one_key, people_by_one_key, parents_of_one_child,
        generations, without_a_visit,
    ],
    ids=lambda make: str(make.__name__),
)  # fmt: skip
def test_twice_as_many_rows_take_twice_the_work(make: Callable[[int], Rows], tmp_path: Path) -> None:
    taken = {}
    # The first time reads what is read once.
    for count in (1, 2, FEW, MANY):
        folder = tmp_path / str(count)
        folder.mkdir()
        for name, rows in zip(("Borgere", "Kontakter", "Observationer"), make(count), strict=True):
            (folder / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        steps, journal = steps_to_load(folder)
        assert journal.visit_count >= 1
        taken[count] = steps
    assert taken[MANY] - taken[2] < MOST * (taken[FEW] - taken[2])
