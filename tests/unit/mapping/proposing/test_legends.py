"""Codes that a header explains."""

from __future__ import annotations

import pytest

from ldbu_desktop.mapping.proposing.legends import legend_of, legends_in


@pytest.mark.parametrize(
    ("header", "plain", "codes"),
    [
        ("Søvn (1=normal, 2=let, 9=uoplyst)", "Søvn", {"1": "normal", "2": "let", "9": "uoplyst"}),
        ("Røg: J=ja; N=nej", "Røg", {"J": "ja", "N": "nej"}),
        ("Motorik 0=u.a. 1=få tegn 2=udfordret", "Motorik", {"0": "u.a.", "1": "få tegn", "2": "udfordret"}),
        ("Syn [1 = normalt / 2 = nedsat]", "Syn", {"1": "normalt", "2": "nedsat"}),
        ("Søvn (1: normal, 2: let, 3: svær)", "Søvn", {"1": "normal", "2": "let", "3": "svær"}),
        ("Motorik 1 - normal, 2 - få tegn", "Motorik", {"1": "normal", "2": "få tegn"}),
        ("Besøg 2 - 4 mdr", "Besøg 2 - 4 mdr", {}),
        ("Kl 10:15 - 11:30", "Kl 10:15 - 11:30", {}),
        ("Vægt (g)", "Vægt (g)", {}),
        ("Vægt (1=gram)", "Vægt (1=gram)", {}),
        ("", "", {}),
    ],
)
def test_a_legend_is_parted_from_its_header(header: str, plain: str, codes: dict[str, str]) -> None:
    assert legend_of(header) == (plain, codes)


@pytest.mark.parametrize(
    ("notes", "found"),
    [
        (["Forklaring:", "Søvn: N = normal, L = let forstyrret"], {"Søvn": {"N": "normal", "L": "let forstyrret"}}),
        (["Søvn", "N = normal", "L = let"], {"Søvn": {"N": "normal", "L": "let"}}),
        (["Amn.: FULD = fuld amning; PRIM = primær"], {"Amn.": {"FULD": "fuld amning", "PRIM": "primær"}}),
        (["1: normal, 2: let"], {"": {"1": "normal", "2": "let"}}),
        (["x" * 80, "J = ja", "N = nej"], {"": {"J": "ja", "N": "nej"}}),
        (["Antal rækker = 12"], {}),
        (["Udtræk 1.1.2020 - 2.2.2020", "Side 1"], {}),
        ([], {}),
    ],
)
def test_notes_explain_codes_by_the_name_before_them(notes: list[str], found: dict[str, dict[str, str]]) -> None:
    assert legends_in([(note,) for note in notes]) == found


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (
            [("Søvn",), ("1", "Normal"), ("2", "Let, af og til"), ("Syn",), ("1", "Normalt"), ("9", "Ikke vurderet")],
            {"Søvn": {"1": "Normal", "2": "Let, af og til"}, "Syn": {"1": "Normalt", "9": "Ikke vurderet"}},
        ),
        (
            [("Røg", "J", "Ja"), ("N", "Nej"), ("Syn", "+", "Normalt"), ("-", "Problem")],
            {"Røg": {"J": "Ja", "N": "Nej"}, "Syn": {"+": "Normalt", "-": "Problem"}},
        ),
        ([("I alt", "12"), ("Udskrevet af", "KLM")], {}),
        ([("1", "2"), ("3", "4")], {}),
        ([("a", "b", "c", "Dag"), ("d", "e", "f", "Nat")], {}),
        ([("Søvn", "1 = normal"), ("", "2 = let")], {"Søvn": {"1": "normal", "2": "let"}}),
    ],
)
def test_cells_beside_each_other_explain_codes(rows: list[tuple[str, ...]], found: dict[str, dict[str, str]]) -> None:
    assert legends_in(rows) == found
