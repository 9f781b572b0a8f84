"""``ldbu cases``: what is printed, written and answered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.rendering.training import asked_words, compared_lines
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.training.comparison import compared
from ldbu_desktop.training.journals import Part, journal_of
from ldbu_desktop.training.results import result_of, result_text
from ldbu_desktop.use_cases.exercises import case_called

STANDARD = shipped_standard()


def out(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = Exit.CLEAN) -> str:
    """What a call prints."""
    assert run(["cases", *arguments]) == code
    return capsys.readouterr().out


def test_list(capsys: pytest.CaptureFixture[str]) -> None:
    lines = out(capsys, "list").splitlines()
    told = json.loads(out(capsys, "list", "--format", "json"))
    assert len(lines) == len(told["cases"]) >= 12
    assert told["faults"] == []
    assert [line.split()[0] for line in lines] == [case["id"] for case in told["cases"]]


def test_own_cases_stand_beside_ours_and_in_for_them(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = resource("training", "13-mellemtrin.yaml").read_text(encoding="utf-8")
    (tmp_path / "egen.yaml").write_text(text.replace("minutes: 4", "minutes: 44"), encoding="utf-8")
    (tmp_path / "anden.yaml").write_text(text.replace("id: mellemtrin", "id: anden"), encoding="utf-8")
    told = json.loads(out(capsys, "list", "--cases", str(tmp_path), "--format", "json"))["cases"]
    minutes = {case["id"]: case["minutes"] for case in told}
    assert (minutes["mellemtrin"], minutes["anden"]) == (44, 4)


def test_check(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    good = resource("training", "13-mellemtrin.yaml")
    assert "mellemtrin" in out(capsys, "check", str(good))
    (tmp_path / "a.yaml").write_text("id: x", encoding="utf-8")
    told = json.loads(out(capsys, "check", str(good), str(tmp_path), "--format", "json", code=Exit.REJECTED))
    assert len(told["cases"]) == 1
    assert {fault["code"] for fault in told["faults"]} == {"form-key-missing"}
    assert "a.yaml" in out(capsys, "check", str(tmp_path / "a.yaml"), code=Exit.REJECTED)


@pytest.mark.parametrize("action", ["print", "card"])
def test_handouts(capsys: pytest.CaptureFixture[str], tmp_path: Path, action: str) -> None:
    name = {"print": "to-maaneder-epds", "card": "2-months"}[action]
    page = tmp_path / "ud.html"
    assert out(capsys, action, name, "--to", str(page)) == ""
    text = page.read_text(encoding="utf-8")
    assert "Forælders psykiske tilstand" in text
    assert "Let psykisk reaktion" in text
    painted: list[str] = []

    def paint(title: str, html: str) -> bytes:
        painted.append(title)
        return b"%PDF"

    paper = tmp_path / "ud.pdf"
    assert run(["cases", action, name, "--to", str(paper)], paint) == Exit.CLEAN
    assert painted
    assert paper.read_bytes() == b"%PDF"


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["print", "mellemtrin"],
        ["print", "mellemtrin", "andet", "--to", "a.pdf"],
        ["card", "2-months", "--to", "a.txt"],
        ["card", "intet", "--to", "a.html"],
        ["print", "intet", "--to", "a.html"],
        ["room", "er-ikke-her.ldbusvar"],
        ["faults", "unit-slip"],
        ["faults", "intet", "--to", "a.html"],
        ["faults", "--number", "0", "--to", "a.html"],
        ["faults", "--to", "a.txt"],
    ],
)
def test_calls_that_make_no_sense(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert out(capsys, *arguments, code=Exit.FAULT) == ""


def test_faults_of_chosen_kinds(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    kinds = json.loads(out(capsys, "faults", "--format", "json"))["kinds"]
    assert [line.split()[0] for line in out(capsys, "faults").splitlines()] == [kind["code"] for kind in kinds]
    pages = [tmp_path / f"{at}.html" for at in range(3)]
    for page, number in zip(pages, ("7", "7", "8"), strict=True):
        words = ("unit-slip", "weight-drop", "--count", "3", "--number", number, "--to", str(page))
        assert out(capsys, "faults", *words) == ""
    one, same, other = (page.read_text(encoding="utf-8") for page in pages)
    assert one == same != other
    assert "nummer 7" in one
    assert out(capsys, "faults", "--to", str(pages[0])) == ""
    assert pages[0].read_text(encoding="utf-8") != one


def test_a_room(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    case = case_called("indskoling", STANDARD)
    for number in range(20):
        part = Part.ALL if number % 4 else Part.HALF
        result = result_of(case, compared(case, journal_of(case, STANDARD, part), STANDARD))
        (tmp_path / f"{number}.ldbusvar").write_bytes(result_text(result))
    told = json.loads(out(capsys, "room", str(tmp_path), "--format", "json"))
    assert told["results"] == 20
    assert sum(count for _, count in told["spreads"][0]["answers"]) == 20
    lines = out(capsys, "room", str(tmp_path))
    assert "20 besvarelser" in lines
    assert "intet svar" in lines
    other = case_called("mellemtrin", STANDARD)
    alone = tmp_path / "alene" / "en.ldbusvar"
    alone.parent.mkdir()
    text = result_text(result_of(other, compared(other, Journal(), STANDARD))).replace(b'"mellemtrin"', b'"ukendt"')
    alone.write_bytes(text)
    assert "ukendt" in out(capsys, "room", str(alone))


def test_a_room_of_one_mind(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    case = case_called("mellemtrin", STANDARD)
    text = result_text(result_of(case, compared(case, Journal(), STANDARD)))
    for name in "ab":
        (tmp_path / f"{name}.ldbusvar").write_bytes(text)
    assert "kappa: –" in out(capsys, "room", str(tmp_path))


def test_answers_beside_the_key_in_words() -> None:
    case = case_called("to-maaneder-epds", STANDARD)
    lines = list(compared_lines(compared(case, journal_of(case, STANDARD, Part.HALF), STANDARD), case, STANDARD))
    assert "rigtigt: Forældre-barn-relation (Emma): Let påvirket forældre-barn-relation" in lines
    at = lines.index("mangler: Vægt (Emma): ")
    assert lines[at + 1].strip().startswith("5\N{NO-BREAK SPACE}250\N{NO-BREAK SPACE}g. ")
    begun = case_called("opfoelgning-telefon", STANDARD)
    (line, *_) = compared_lines(compared(begun, journal_of(begun, STANDARD, Part.ALL), STANDARD), begun, STANDARD)
    assert "Almindelig forebyggende" in line
    assert asked_words("egen", STANDARD) == "egen"
    assert asked_words("epds/egen", STANDARD).endswith("egen")
