"""Exports that were written after the program knew the first ones: proposed right, none applied wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ldbu_desktop.use_cases.map import propose
from ldbu_desktop.use_cases.standards import shipped_standard
from tests.data.exports import later_systems
from tests.data.exports.latest_systems import LATEST, merged_groups
from tests.data.exports.perturbing import variant
from tests.data.exports.scoring import Score, scored
from tests.data.exports.sheets import Export
from tests.data.exports.stranger_systems import STRANGER
from tests.profiles import number as how_many
from tests.profiles import some

TODAY = date(2026, 11, 28)
LATER = (*later_systems.LATER, *LATEST, *STRANGER)
FILES = Path(__file__).parents[3] / "data" / "exports" / "files"


@pytest.mark.parametrize("make", some(LATER, 3))
def test_a_later_export_is_proposed_right(make: Callable[[], Export], tmp_path: Path) -> None:
    export = make()
    score = scored(export, propose(export.write(tmp_path), shipped_standard(), TODAY))
    assert score.wrongly_applied == []
    assert score.right_columns >= score.columns * 0.95 - 1, score.missed
    assert score.right_values >= score.values * 0.9 - 1, score.missed


def test_all_of_them_together_are_proposed_right(tmp_path: Path) -> None:
    total = Score()
    for make in some(LATER, 4):
        export = make()
        total.add(scored(export, propose(export.write(tmp_path), shipped_standard(), TODAY)))
    assert total.right_columns >= total.columns * 0.95, total.missed
    assert total.right_values >= total.values * 0.9, total.missed


def test_groups_that_only_merged_cells_tell_are_headers(tmp_path: Path) -> None:
    export = merged_groups()
    (table,) = propose(export.write(tmp_path), shipped_standard(), TODAY).tables
    assert table.header_rows == export.sheets[0].header_rows == (3, 4)


def test_nothing_of_their_variants_is_applied_wrong(tmp_path: Path) -> None:
    wrong = []
    for number in range(how_many(4)):
        changed = variant(LATER[number % len(LATER)](), f"later {number}")
        (folder := tmp_path / str(number)).mkdir()
        wrong += scored(changed, propose(changed.write(folder), shipped_standard(), TODAY)).wrongly_applied
    assert wrong == []


@pytest.mark.parametrize("make", LATER)
def test_the_files_that_lie_here_are_what_is_made(make: Callable[[], Export], tmp_path: Path) -> None:
    export = make()
    assert (FILES / f"{export.name}.key.json").read_text(encoding="utf-8") == export.key_text()
    for path in export.write(tmp_path):
        assert (FILES / path.name).is_file()
        if path.suffix != ".xlsx":
            assert (FILES / path.name).read_bytes() == path.read_bytes()
