"""``ldbu burden`` as its users run it."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import openpyxl
import pytest

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.burden.model import Band
from ldbu_desktop.burden.variants import variant, without_field
from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.forms.loader import shipped_form_of
from ldbu_desktop.forms.writing import form_text
from ldbu_desktop.language import Language, choose
from ldbu_desktop.rendering.burden_text import band_words, number
from ldbu_desktop.standard.catalogue import shipped_standard

SAMPLE = resource("samples", "familie-med-fejl.xlsx")


@pytest.fixture
def less(tmp_path: Path) -> Path:
    """A variant as a file."""
    path = tmp_path / "less.yaml"
    title = Text(da="Uden søvn", en="Without sleep")
    path.write_text(
        form_text(
            variant(without_field(shipped_form_of("2-months", shipped_standard()), "sleep"), "less", title),
            shipped_standard(),
        ),
        encoding="utf-8",
    )
    return path


def test_one_form_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["burden", "2-months", "--format", "json", "--parents", "2"]) == Exit.CLEAN
    told = json.loads(capsys.readouterr().out)
    assert {"form", "seconds", "parts", "year", "not_counted"} <= set(told)
    assert (told["form"], told["parents"]) == ("2-months", 2)
    assert set(told["seconds"]) == {"low", "typical", "high"}
    assert {"variable", "kind", "need", "seconds"} <= set(told["parts"][0])
    assert {"hours", "dkk"} <= set(told["year"])


def test_several_forms_are_a_list_and_are_held_against_the_first(
    less: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["burden", "2-months", str(less), "--format", "json"]) == Exit.CLEAN
    first, second = json.loads(capsys.readouterr().out)
    assert second["lost"] == ["sleep"]
    assert second["seconds"]["typical"] < first["seconds"]["typical"]


def test_assumptions_change_the_figures(capsys: pytest.CaptureFixture[str]) -> None:
    hours = []
    for words in ([], ["--assume", "births=1174"]):
        assert run(["burden", "2-months", "--format", "json", *words]) == Exit.CLEAN
        hours.append(json.loads(capsys.readouterr().out)["year"]["hours"]["typical"])
    assert hours[1] / hours[0] == pytest.approx(1057 / 528)


@pytest.mark.parametrize("language", ["da", "en"])
def test_people_are_told_the_same(language: str, less: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["burden", str(less), "2-months", "epds", "--assume", "sum_by_hand=1", "--language", language]
    assert run(words) == Exit.CLEAN
    told = capsys.readouterr().out
    assert "gateway-children-report-sleep" in told
    assert "2-months" in told
    assert told.count("\n") > 40


def test_accuracy_is_told_with_what_was_never_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["burden", "epds"]) == Exit.CLEAN
    assert "ingen rigtig persons tid er målt" in capsys.readouterr().out


def test_what_was_set_can_be_seen(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["burden", "--assumptions", "--assume", "births=600", "--format", "json"]) == Exit.CLEAN
    documents = {each["id"]: each for each in json.loads(capsys.readouterr().out)}
    assert documents["births"]["value"] == 600
    assert all(each["source"] and each["date"] for each in documents.values())
    assert run(["burden", "--assumptions", "--assume", "births=600"]) == Exit.CLEAN
    told = capsys.readouterr().out
    assert "*births" in told
    assert "ikke sat" in told
    assert run(["burden", "--assumptions", "--assume", "keyboard=1"]) == Exit.CLEAN
    assert "ja" in capsys.readouterr().out.split("*keyboard")[1].splitlines()[0]


def test_an_export_s_registration(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["burden", "--data", str(SAMPLE), "--format", "json"]) == Exit.CLEAN
    told = json.loads(capsys.readouterr().out)
    assert told["all"]["visits"] == 11
    assert sum(group["filled"] for group in told["groups"]) == told["all"]["filled"]
    assert run(["burden", "--data", str(SAMPLE)]) == Exit.CLEAN
    shown = capsys.readouterr().out
    assert "0505209996" not in shown
    assert "11 kontakter" in shown


def test_a_workbook_goes_to_a_file_or_into_a_pipe(
    less: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "a.xlsx"
    assert run(["burden", "2-months", str(less), "--format", "xlsx", "--to", str(path)]) == Exit.CLEAN
    assert str(path).encode() in capfdbinary.readouterr().out
    assert len(openpyxl.load_workbook(path).sheetnames) == 5
    assert run(["burden", "2-months", "--format", "xlsx"]) == Exit.CLEAN
    assert len(openpyxl.load_workbook(io.BytesIO(capfdbinary.readouterr().out)).sheetnames) == 5


def test_a_workbook_goes_to_no_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert run(["burden", "2-months", "--format", "xlsx"]) == Exit.FAULT
    assert "--to" in capsys.readouterr().err


def test_text_goes_to_a_file_too(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    assert run(["burden", "maternity", "--format", "json", "--to", str(path)]) == Exit.CLEAN
    assert json.loads(path.read_text(encoding="utf-8"))["form"] == "maternity"


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["2-monts"],
        ["2-months", "--assume", "births=0"],
        ["2-months", "--assume", "births"],
        ["2-months", "--parents", "ti"],
        ["2-months", "--parents", "10"],
        ["2-months", "--assumptions"],
        ["--assumptions", "--format", "xlsx"],
        ["2-months", "--to", "/nowhere/at/all.txt"],
    ],
)
def test_faulty_calls(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["burden", *words]) == Exit.FAULT
    told = capsys.readouterr()
    assert told.out == ""
    assert "Traceback" not in told.err


def test_numbers_are_written_as_the_language_does() -> None:
    assert (number(-1234.56, 1), number(1234567), band_words(Band(1, 1, 1))) == ("−1.234,6", "1.234.567", "1")
    choose(Language.ENGLISH)
    assert (number(-1234.56, 1), band_words(Band(1000, 2000, 3000))) == ("−1,234.6", "2,000 (1,000–3,000)")
