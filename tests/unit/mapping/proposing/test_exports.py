"""Exports that differ as real systems do, and variants of them: proposed right at first sight, none applied wrong."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from ldbu_desktop.mapping.links import Proposal
from ldbu_desktop.use_cases.map import propose
from ldbu_desktop.use_cases.standards import shipped_standard
from tests.data.exports.perturbing import exchange, variant
from tests.data.exports.scoring import Score, scored
from tests.data.exports.sheets import Export
from tests.data.exports.systems import SYSTEMS
from tests.profiles import number as how_many
from tests.profiles import some

TODAY = date(2026, 11, 28)
RIGHT_COLUMNS, RIGHT_VALUES = 0.95, 0.90
VARIANTS = how_many(32)
"""In the quick profile each export twice, each time otherwise."""


@cache
def systems() -> tuple[Export, ...]:
    """Every export, made once."""
    return tuple(make() for make in SYSTEMS)


@cache
def proposals() -> dict[int, Proposal]:
    """What each export is taken for, as far as it was asked."""
    return {}


def proposed(number: int, folder: Path) -> Proposal:
    """What an export is taken for, proposed once."""
    if number not in proposals():
        proposals()[number] = propose(systems()[number].write(folder), shipped_standard(), TODAY)
    return proposals()[number]


@pytest.mark.parametrize("number", range(len(SYSTEMS)))
def test_an_export_is_proposed_right(number: int, tmp_path: Path) -> None:
    score = scored(systems()[number], proposed(number, tmp_path))
    assert score.wrongly_applied == []
    assert score.right_columns >= score.columns * RIGHT_COLUMNS, score.missed
    assert score.right_values >= score.values * RIGHT_VALUES, score.missed


@pytest.mark.parametrize("number", range(len(SYSTEMS)))
def test_tables_and_their_shapes_are_found(number: int, tmp_path: Path) -> None:
    export = systems()[number]
    proposal = proposed(number, tmp_path)
    found = [(table.sheet, table.header_rows, table.rows, table.shape.value) for table in proposal.tables]
    rows = {sheet.name: max(len(column.cells) for column in sheet.columns) for sheet in export.sheets}
    assert found == [(sheet.name, sheet.header_rows, rows[sheet.name], sheet.shape) for sheet in export.sheets]


def test_nothing_of_any_variant_is_applied_wrong(tmp_path: Path) -> None:
    total = Score()
    for number in range(VARIANTS):
        changed = variant(systems()[number % len(SYSTEMS)], f"variant {number}")
        (folder := tmp_path / str(number)).mkdir()
        total.add(scored(changed, propose(changed.write(folder), shipped_standard(), TODAY)))
    assert total.wrongly_applied == []
    assert total.right_columns >= total.columns * RIGHT_COLUMNS, total.missed
    assert total.right_values >= total.values * RIGHT_VALUES, total.missed


@pytest.mark.parametrize("number", range(len(SYSTEMS)))
def test_the_files_that_lie_here_are_what_is_made(number: int, tmp_path: Path) -> None:
    export = systems()[number]
    folder = Path(__file__).parents[3] / "data" / "exports" / "files"
    assert (folder / f"{export.name}.key.json").read_text(encoding="utf-8") == export.key_text()
    for path in export.write(tmp_path):
        assert (folder / path.name).is_file()
        if path.suffix != ".xlsx":
            assert (folder / path.name).read_bytes() == path.read_bytes()


def test_columns_that_have_changed_places_are_never_applied(tmp_path: Path) -> None:
    pairs = [
        (number, of_sheet, one, other)
        for number, export in enumerate(systems())
        for of_sheet, sheet in enumerate(export.sheets)
        if sheet.shape != "codes"
        for one, other in combinations(range(len(sheet.columns)), 2)
    ]
    applied = []
    for at, (number, of_sheet, one, other) in enumerate(some(pairs, 5)):
        changed = deepcopy(systems()[number])
        if exchange(changed.sheets[of_sheet], one, other):
            (folder := tmp_path / str(at)).mkdir()
            applied += scored(changed, propose(changed.write(folder), shipped_standard(), TODAY)).wrongly_applied
    assert applied == []
