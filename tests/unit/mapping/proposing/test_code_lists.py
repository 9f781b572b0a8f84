"""Lists of codes that are called by nothing known are seen by what stands in them."""

from __future__ import annotations

import pytest

from ldbu_desktop.mapping.proposing.code_lists import list_of_fields
from ldbu_desktop.mapping.proposing.found_tables import FoundTable
from ldbu_desktop.mapping.proposing.profiles import TableProfile
from ldbu_desktop.sources.tables import Table


def profile_of(rows: list[list[str]]) -> TableProfile:
    """What stands in the columns of a table."""
    made, width = TableProfile(len(rows[0])), len(rows[0])
    names, numbered = [f"k{at}" for at in range(width)], iter([*enumerate(rows, start=2)])
    made.read(FoundTable(Table("f", "a", iter(())), (1, 1), names, names, tuple(range(width)), numbered))
    return made


CODES, TEXTS = ["1", "2", "3"], ["Ammes primært", "Får erstatning", "Spiser selv"]


@pytest.mark.parametrize(("codes", "texts", "is_list"), [(CODES, TEXTS, True), (CODES, ["4", "5", "6"], False)])
def test_a_list_says_in_words_what_codes_mean(codes: list[str], texts: list[str], is_list: bool) -> None:
    rows = [[field, *pair] for field in ("Ernæring", "Søvn") for pair in zip(codes, texts, strict=True)]
    found = list_of_fields(profile_of(rows), {"ernaering", "ernæring", "soevn", "søvn"})
    assert (found is not None) is is_list
