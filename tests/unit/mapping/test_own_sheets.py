"""Sheets that the program writes itself are known by name and headers, and nobody else's are."""

from __future__ import annotations

import pytest

from ldbu_desktop.language import Language, choose
from ldbu_desktop.mapping.own_sheets import is_own_sheet
from ldbu_desktop.rendering.corrections import corrections_table
from ldbu_desktop.sources.tables import Table
from ldbu_desktop.standard.catalogue import shipped_standard


def table(sheet: str, *rows: list[str]) -> Table:
    return Table("a.xlsx", sheet, iter([*enumerate(rows, 1)]))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("number", ["", " 2"])
def test_the_journal_of_changes_is_ours_in_both_languages(language: Language, number: str) -> None:
    choose(language)
    written = corrections_table((), shipped_standard())
    assert is_own_sheet(table(f"{written.title}{number}", list(written.headings), ["a.csv", "a!B2"]))


def test_a_sheet_that_is_only_called_so_is_read_from_its_first_row() -> None:
    others = table("Rettelser", ["Barnets CPR", "Vægt"], ["0505209996", "4200"])
    assert not is_own_sheet(others)
    assert [cells for _, cells in others.rows] == [["Barnets CPR", "Vægt"], ["0505209996", "4200"]]
    assert not is_own_sheet(table("Rettelser"))
    assert is_own_sheet(table("Vejledning", ["x"]))
    assert not is_own_sheet(table("Besøg", ["Fil", "Sted"]))
