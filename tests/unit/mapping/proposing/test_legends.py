"""Codes that a header explains."""

from __future__ import annotations

import pytest

from ldbu_desktop.mapping.proposing.legends import legend_of


@pytest.mark.parametrize(
    ("header", "plain", "codes"),
    [
        ("Søvn (1=normal, 2=let, 9=uoplyst)", "Søvn", {"1": "normal", "2": "let", "9": "uoplyst"}),
        ("Røg: J=ja; N=nej", "Røg", {"J": "ja", "N": "nej"}),
        ("Motorik 0=u.a. 1=få tegn 2=udfordret", "Motorik", {"0": "u.a.", "1": "få tegn", "2": "udfordret"}),
        ("Syn [1 = normalt / 2 = nedsat]", "Syn", {"1": "normalt", "2": "nedsat"}),
        ("Vægt (g)", "Vægt (g)", {}),
        ("Vægt (1=gram)", "Vægt (1=gram)", {}),
        ("", "", {}),
    ],
)
def test_a_legend_is_parted_from_its_header(header: str, plain: str, codes: dict[str, str]) -> None:
    assert legend_of(header) == (plain, codes)
