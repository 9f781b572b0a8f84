"""Families as tables: in parts of a size, and as texts that are added to a file."""

from __future__ import annotations

from datetime import date

import pytest

from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.synthetic.childhood import shipped_childhood
from ldbu_desktop.synthetic.families import FamilyMaker
from ldbu_desktop.synthetic.tables import given_sheets, long_sheets, parts, texts, wide_sheets, workbook

STANDARD = shipped_standard()
FAMILIES = tuple(FamilyMaker(STANDARD, shipped_childhood(), 1, date(2025, 12, 1)).families(5))


@pytest.mark.parametrize(("many", "sizes"), [(0, []), (4, [2, 2]), (5, [2, 2, 1])])
def test_parts_hold_all_families_in_their_order(many: int, sizes: list[int]) -> None:
    found = list(parts(FAMILIES[:many], 2))
    assert [len(part) for part in found] == sizes
    assert [family for part in found for family in part] == list(FAMILIES[:many])


def test_what_is_added_to_a_text_has_no_headings() -> None:
    filled = long_sheets(FAMILIES[:1], STANDARD)
    for (name, whole), (same, added) in zip(texts(filled), texts(filled, with_headings=False), strict=True):
        assert name == same
        headings, _, rows = whole.decode("utf-8-sig").partition("\r\n")
        assert added.decode() == rows
        assert headings.split(";") == [
            column.header for sheet in filled.sheets if sheet.name == name for column in sheet.columns
        ]


def test_each_shape_is_a_workbook() -> None:
    wide = wide_sheets(FAMILIES[:2], STANDARD)
    assert [len(rows) for rows in wide.rows.values()] == [sum(len(family.visits) for family in FAMILIES[:2])]
    assert workbook(wide, STANDARD).startswith(b"PK")
    given = given_sheets({"Borgere": [{"cpr": "0505209996"}]}, STANDARD)
    (row,) = given.rows["Borgere"]
    assert [text for text in row if text] == ["0505209996"]
