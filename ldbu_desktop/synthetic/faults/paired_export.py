"""An export with faults, each in a family of its own, and the same families without them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ldbu_desktop.findings.examples import Sheets
from ldbu_desktop.synthetic.cpr_numbers import CprNumbers
from ldbu_desktop.synthetic.dice import Dice
from ldbu_desktop.synthetic.faults.table_cases import case_pair


class PairedExport(NamedTuple):
    """The sheets with the faults and without, and the code that is planted in a case, by the keys of its people.

    A case has two families, of which one has the fault. Their keys are numbers in no order, which tell nothing.
    """

    faulty: Sheets
    clean: Sheets
    code_of: Mapping[str, str]


def paired_export(codes: Sequence[str], seed: int, on: date) -> PairedExport:
    """An export with a case of each code up to the day ``on``; a code may come several times."""
    code_of = dict[str, str]()
    export, numbers = PairedExport({}, {}, code_of), CprNumbers()
    drawn = sorted(range(1, 2 * len(codes) + 1), key=lambda number: Dice(seed, "family", number).share())
    for at, code in enumerate(codes):
        pair = case_pair(code, str(at), seed, on, numbers)
        names = _people(str(at), *drawn[2 * at : 2 * at + 2])
        code_of |= dict.fromkeys(names.values(), code)
        _add(export.faulty, pair.faulty, names)
        _add(export.clean, pair.clean, names)
    return export


def _people(case: str, number: int, other: int) -> dict[str, str]:
    """What the people of a case are called in place of their keys: as those of a family that somebody filled."""
    return {
        f"{case}-barn-1": f"{number}-famil-b",
        f"{case}-mor-1": f"{number}-famil-m",
        f"{case}-skolebarn-1": f"{other}-famil-b",
    }


def _add(sheets: Sheets, more: Sheets, names: Mapping[str, str]) -> None:
    for name, (headings, *rows) in more.items():
        sheets.setdefault(name, [headings]).extend([names.get(cell, cell) for cell in row] for row in rows)
