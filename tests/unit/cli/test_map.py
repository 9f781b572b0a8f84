"""``ldbu map`` as its users run it: what a foreign export is taken for, and what waits for a yes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.language import Language, choose

CHILDREN = ("0505209996", "1203194071", "2410185562")
FOREIGN = "Barnets CPR;Besøgsdato;Vægt (g);Initialer\n" + "\n".join(
    f"{cpr};{day};{grams};abc"
    for cpr, day, grams in zip(CHILDREN, ("05-07-2020", "12-05-2019", "24-12-2018"), (5100, 5300, 5000), strict=True)
)


def answer(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict[str, Any]]:
    """The exit code and the JSON."""
    status = run(["map", *map(str, words), "--format", "json"])
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return status, told


@pytest.mark.parametrize("name", ["familie.xlsx", "familie-bred.csv"])
def test_a_template_is_known(capsys: pytest.CaptureFixture[str], name: str) -> None:
    status, told = answer(capsys, resource("samples", name))
    assert status == Exit.CLEAN
    assert {column["state"] for column in told["columns"]} == {"known"}
    assert {table["shape"] for table in told["tables"]} == {"wide" if "bred" in name else "long"}
    assert {value["state"] for value in told["values"]} == {"known"}


def test_a_foreign_export_is_told_by_column(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "udtraek.csv"
    path.write_text(FOREIGN, encoding="utf-8")
    status, told = answer(capsys, path)
    assert status == Exit.REJECTED
    (table,) = told["tables"]
    assert (table["file"], table["sheet"], table["header_rows"], table["rows"], table["shape"], table["key"]) == (
        "udtraek.csv", "udtraek", [1, 1], 3, "visit", ["A", "B"],
    )  # fmt: skip
    names = ("column", "state", "variable", "part", "unit")
    columns = [tuple(each[name] for name in names) for each in told["columns"]]
    assert columns == [
        ("A", "sure", "citizen.cpr", "cpr", None),
        ("B", "sure", "visit.start", "start", None),
        ("C", "sure", "weight", "value", "g"),
        ("D", "unmapped", None, None, None),
    ]


@pytest.mark.parametrize("language", Language)
def test_people_are_told_what_waits_and_no_person(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, language: Language
) -> None:
    path = tmp_path / "udtraek.csv"
    path.write_text(FOREIGN.replace("Vægt (g)", "Amning"), encoding="utf-8")
    assert run(["map", str(path), "--language", language]) == Exit.REJECTED
    told = capsys.readouterr().out
    assert all(cpr not in told for cpr in CHILDREN)
    assert "  ? C   Amning → " in told
    assert "  ○ D   Initialer" in told
    choose(Language.DANISH)


def test_what_holds_no_table_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "brev.txt"
    path.write_text("Kære alle\n", encoding="utf-8")
    assert run(["map", str(path)]) == Exit.FAULT
    assert run(["map", str(tmp_path / "ingen.xlsx")]) == Exit.FAULT


def test_the_order_of_dates_is_answered_by_the_call_and_kept_in_the_map(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path, kept = tmp_path / "us.csv", tmp_path / "us.ldbumap"
    rows = ("0505209996;05/20/2020;4250", "0505209996;07/08/2020;5300", "0505209996;07/09/2020;5350")
    path.write_text("\n".join(("CPR;Besøgsdato;Vægt (g)", *rows)), encoding="utf-8")
    status, told = answer(capsys, path, "--approve", "all", "--by", "SPL")
    assert status == Exit.REJECTED
    assert [column["state"] for column in told["columns"]] == ["known", "proposed", "known"]
    said = ("--dates", "Besøgsdato=mm-dd-yyyy", "--approve", "all", "--by", "SPL", "--save", kept)
    status, told = answer(capsys, path, *said)
    assert status == Exit.CLEAN
    assert told["columns"][1]["order"] == "mm-dd-yyyy"
    assert answer(capsys, path, "--map", kept)[0] == Exit.CLEAN
    for wrong in ("Besøgsdato", "Besøgsdato=dd", "=dd-mm-yyyy", "Nope=dd-mm-yyyy"):
        assert run(["map", str(path), "--dates", wrong, "--by", "SPL"]) == Exit.FAULT


def test_a_report_needs_no_map(capsys: pytest.CaptureFixture[str]) -> None:
    report = sorted(resource("samples", "rapporter").glob("*.json"))[0]
    assert run(["map", str(report)]) == Exit.FAULT
    assert "ldbu check" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["udtraek.csv", "vigtig.docx"])
def test_a_map_replaces_no_file_that_is_none(capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str) -> None:
    path, other = tmp_path / "udtraek.csv", tmp_path / name
    other.write_text("vigtigt", encoding="utf-8")
    path.write_text(FOREIGN, encoding="utf-8")
    before = other.read_bytes()
    assert run(["map", str(path), "--by", "SPL", "--save", str(other)]) == Exit.FAULT
    assert other.read_bytes() == before
    assert name in capsys.readouterr().err


def test_a_map_of_another_ending_is_saved_over(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path, made = tmp_path / "udtraek.csv", tmp_path / "kort.yaml"
    path.write_text(FOREIGN, encoding="utf-8")
    for by in ("SPL", "LEDER"):
        run(["map", str(path), "--approve", "all", "--by", by, "--save", str(made)])
    assert "by: LEDER" in made.read_text(encoding="utf-8")
