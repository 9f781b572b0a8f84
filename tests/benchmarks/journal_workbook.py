"""A large journal export of the long shape for measuring: made-up families, the same for the same number of visits."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from openpyxl import Workbook

from ldbu_desktop.mapping.layout import long_sheets
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.model import Standard, Variable, VisitType

VISITS_A_CHILD = 4
VISIT_TYPES = ("establishment", "2-months", "4-6-months", "8-11-months")
SOR = "451000016003"
WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
MEASURED = {"weight": (3500, 600, "g"), "height": (52, 5, "cm"), "head-circumference": (36, 2, "cm")}

Rows = dict[str, list[dict[str, object]]]


def write_journal(path: Path, visits: int) -> int:
    """Write an export of so many visits; returns how many rows its sheets have together, headers left out."""
    rows = journal_rows(visits)
    workbook = Workbook(write_only=True)
    for sheet in long_sheets():
        worksheet = workbook.create_sheet(sheet.name)
        worksheet.append([column.header for column in sheet.columns])
        for row in rows.get(sheet.id, []):
            worksheet.append([row.get(column.field) for column in sheet.columns])
    workbook.save(path)
    return sum(map(len, rows.values()))


def journal_rows(visits: int) -> Rows:
    standard = shipped_standard()
    vocabulary = Vocabulary(standard)
    chance = random.Random(visits)  # noqa: S311
    taken: set[str] = set()
    types = {visit_type.id: visit_type for visit_type in standard.visit_types}
    rows: Rows = {"citizens": [], "visits": [], "observations": []}
    for child in range(-(-visits // VISITS_A_CHILD)):
        born = datetime(2023, 1, 1) + timedelta(days=chance.randrange(500))
        rows["citizens"] += _people(child, born, taken)
        for number, name in enumerate(VISIT_TYPES):
            if child * VISITS_A_CHILD + number < visits:
                visit = f"K{child}-{number}"
                start = born + timedelta(days=(20, 60, 150, 280)[number], minutes=chance.randrange(480, 960, 5))
                rows["visits"].append(_visit(visit, child, types[name], start))
                rows["observations"] += _observations(visit, standard, vocabulary, types[name], number, chance)
    return rows


def _people(child: int, born: datetime, taken: set[str]) -> Iterator[dict[str, object]]:
    cpr = _cpr(f"{born:%d%m%y}", 5, taken)
    yield {"key": f"B{child}", "cpr": cpr, "role": "barn", "organisation": SOR, "active": "ja"}
    cpr = _cpr(f"{1 + child % 28:02}{1 + child % 12:02}85", 0, taken)
    yield {"key": f"F{child}", "cpr": cpr, "role": "forælder", "child": f"B{child}", "organisation": SOR}


def _cpr(day: str, century: int, taken: set[str]) -> str:
    """A number that fails the check digits, so that it is hardly anybody's, and that nobody else has."""
    serial = 0
    while True:
        cpr = f"{day}{century}{serial:03}"
        if cpr not in taken and sum(int(digit) * weight for digit, weight in zip(cpr, WEIGHTS, strict=True)) % 11:
            taken.add(cpr)
            return cpr
        serial += 1


def _visit(key: str, child: int, visit_type: VisitType, start: datetime) -> dict[str, object]:
    return {
        "key": key, "subject": f"B{child}", "type": visit_type.label.da, "visit_class": "HH",
        "start": start, "end": start + timedelta(minutes=55),
    }  # fmt: skip


def _observations(
    visit: str, standard: Standard, vocabulary: Vocabulary, visit_type: VisitType, number: int, chance: random.Random
) -> Iterator[dict[str, object]]:
    for name in standard.guide_variables[visit_type.id]:
        variable = standard.variable[name]
        row: dict[str, object] = {"key": f"{visit}-{name}", "visit": visit, "variable": vocabulary.names(variable)[0]}
        yield row | _value(variable, standard, number, chance)


def _value(variable: Variable, standard: Standard, number: int, chance: random.Random) -> dict[str, object]:
    if variable.id in MEASURED:
        first, more, unit = MEASURED[variable.id]
        return {"value": first + number * more + chance.randrange(more), "unit": unit}
    return {"value": chance.choice(list(standard.concepts(variable).values())).term}
