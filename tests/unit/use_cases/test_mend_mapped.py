"""What is mended of an export of others stands in the cell that it was read from, however the file is laid out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from ldbu_desktop.editing.mending import Mend
from ldbu_desktop.journal.mendings import Mending
from ldbu_desktop.mapping.links import Approval
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.map import propose
from ldbu_desktop.use_cases.map_decide import Answers, decided
from ldbu_desktop.use_cases.map_save import load_map, made_map, save_map, with_maps
from ldbu_desktop.use_cases.opening import open_mapped_files
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.workspace.corrected_cells import Cell, corrected_cells
from ldbu_desktop.workspace.mending import preview
from tests.data.exports.population import Population

STANDARD = shipped_standard()
TODAY = date(2026, 11, 28)
POPULATION = Population("mended", children=8)
VISITS = POPULATION.visits
ELSEWHERE = POPULATION.random.sample(VISITS, len(VISITS))
"""The same visits, as another table has them: in other rows."""
SLIPPED = VISITS[4]
ROW = ELSEWHERE.index(SLIPPED) + 2
SEEN: list[list[object]] = [
    ["Kontakt-ID", "Barnets CPR", "Besøgsdato", "Besøgstype"],
    *([seen.number, seen.child.cpr, f"{seen.start:%d-%m-%Y %H:%M}", seen.kind.label.da] for seen in VISITS),
]
SIZES: list[list[object]] = [
    ["Kontakt-ID", "Vægt (g)"],
    *([seen.number, seen.weight * (10 if seen is SLIPPED else 1)] for seen in ELSEWHERE),
]
LAYOUTS = {
    "beside": {"Ark1": [[*seen, None, *size] for seen, size in zip(SEEN, SIZES, strict=True)]},
    "below": {"Ark1": [*SEEN, [], *SIZES]},
    "sheets": {"Ark1": SEEN, "Mål": SIZES},
}
PLACES = {"beside": ("Ark1", ROW, 6), "below": ("Ark1", len(SEEN) + 1 + ROW, 1), "sheets": ("Mål", ROW, 1)}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_factor_is_mended_in_the_cell_that_slipped(tmp_path: Path, layout: str) -> None:
    book = Workbook()
    book.remove(book.active)
    for name, rows in LAYOUTS[layout].items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path := tmp_path / "eksport.xlsx")
    proposal = decided(propose([path], STANDARD, TODAY), Answers("SPL", approve=("all",)), STANDARD)
    save_map(tmp_path / "kort.ldbumap", made_map(proposal, "Ark", "1", Approval("SPL", TODAY), STANDARD))
    by_map = with_maps(propose([path], STANDARD, TODAY), (load_map(tmp_path / "kort.ldbumap"),))
    work = open_mapped_files([path], STANDARD, by_map)
    assert work.judge(validate(work.journal, STANDARD, TODAY))
    assert work.findings is not None
    slips = [finding for finding in work.findings.all if finding.code == "factor-slip"]
    work.do(preview(work, slips, Mend(Mending.FACTOR, "0.1")).operation)
    corrections = tuple(work.steps.corrections)
    (cell,) = corrected_cells(work.journal, corrections).cells
    assert cell.cell == Cell("eksport.xlsx", *PLACES[layout])
    assert (cell.before, cell.after) == (str(SLIPPED.weight * 10), str(SLIPPED.weight))
    assert not [finding for finding in work.findings.all if finding.code == "factor-slip"]
