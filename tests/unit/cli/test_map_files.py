"""Maps as a vendor's tester uses them: saved, edited by hand, checked, compared, and read by."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.cli.program import Exit, run

CHILDREN = ("0505209996", "1203194071", "2410185562")
TYPES = ("11", "12", "11")
HEADERS = "Barnets CPR;Besøgsdato;Besøgstype;Vægt (g);Initialer"


def export(path: Path, types: tuple[str, ...] = TYPES, headers: str = HEADERS) -> Path:
    """An export whose visit types are local numbers that only somebody there knows."""
    days, weights = ("05-07-2020", "12-05-2019", "24-12-2018"), (5100, 5300, 5000)
    rows = [";".join(map(str, row)) + ";abc" for row in zip(CHILDREN, days, types, weights, strict=True)]
    path.write_text("\n".join([headers, *rows]) + "\n", encoding="utf-8")
    return path


def ldbu(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    """The exit code and what was printed; no CPR number is."""
    code = run([*map(str, words)])
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    assert not any(cpr in told.out + told.err for cpr in CHILDREN)
    return code, told.out + told.err


def saved(capsys: pytest.CaptureFixture[str], tmp_path: Path, *words: object) -> Path:
    path = tmp_path / "novax.ldbumap"
    ldbu(capsys, "map", export(tmp_path / "a.csv"), "--save", path, "--by", "SPL", "--system", "NOVAX", *words)
    return path


def by_hand(path: Path) -> None:
    """A tester says what the program could not know."""
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if "value: '11'" in line:
            line = "    - {value: '11', state: approved, code: 51f30d1c-d60e-4e3e-ac22-ec9712ea962d}"
        if "value: '12'" in line:
            line = "    - {value: '12', state: left-out}"
        lines.append(line.replace("state: proposed", "state: approved").replace("state: unmapped", "state: left-out"))
    path.write_text("\n".join(lines), encoding="utf-8")


def test_a_saved_map_is_edited_by_hand_and_read_by(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = saved(capsys, tmp_path, "--set", "visit.class=HH", "--set", "citizen.organisation=451000016003")
    code, _ = ldbu(capsys, "validate", tmp_path / "a.csv", "--map", path)
    assert code == Exit.REJECTED
    by_hand(path)
    assert ldbu(capsys, "map", "check", path, tmp_path / "a.csv")[0] == Exit.CLEAN
    code, told = ldbu(capsys, "map", tmp_path / "a.csv", "--map", path, "--format", "json")
    assert code == Exit.CLEAN
    assert {column["state"] for column in json.loads(told)["columns"]} == {"known", "left-out"}
    code, told = ldbu(capsys, "validate", tmp_path / "a.csv", "--map", path, "--format", "json")
    codes = {each["code"] for each in json.loads(told)["findings"]}
    assert "file-map-used" in codes
    assert not codes & {"file-column-waits", "file-value-waits", "file-column-unmapped", "visit-class-missing"}


def test_what_waits_makes_the_answer_1_and_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, told = ldbu(capsys, "validate", export(tmp_path / "a.csv"), "--format", "json")
    assert code == Exit.REJECTED
    asked = [each["message"] for each in json.loads(told)["findings"] if each["code"].startswith("file-column")]
    assert any("Initialer" in message for message in asked)
    findings = json.loads(told)["findings"]
    missing = [each["follows"] for each in findings if each["code"] == "visit-type-missing"]
    assert missing == [{"code": "file-column-waits", "cell": "C1"}] * 3


def test_all_is_approved_and_remembered(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, no_maps_of_the_user: Path
) -> None:
    words = ("--approve", "all", "--approve-all-sure", "--leave-out", "unmapped", "--remember", "--by", "SPL")
    code, _ = ldbu(capsys, "map", export(tmp_path / "a.csv"), *words, "--system", "NOVAX", "--release", "2025-11")
    assert code == Exit.CLEAN
    assert len([*no_maps_of_the_user.iterdir()]) == 1
    assert ldbu(capsys, "map", export(tmp_path / "b.csv"))[0] == Exit.CLEAN
    told = ldbu(capsys, "validate", tmp_path / "b.csv")[1]
    assert "NOVAX 2025-11" in told.splitlines()[-2]


def test_a_column_is_approved_or_left_out_by_name_or_letters(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = export(tmp_path / "a.csv")
    words = ("--approve", "besøgstype", "--leave-out", "E", "--by", "SPL", "--format", "json")
    told = json.loads(ldbu(capsys, "map", path, *words)[1])
    states = {column["column"]: column["state"] for column in told["columns"]}
    assert states["E"] == "left-out"


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (("--approve", "Z"), "Z"),
        (("--set", "visit.class"), "visit.class"),
    ],
)
def test_a_call_that_names_nothing_is_a_fault(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: tuple[str, ...], key: str
) -> None:
    code, told = ldbu(capsys, "map", export(tmp_path / "a.csv"), *words, "--by", "SPL")
    assert (code, key in told) == (Exit.FAULT, True)


@pytest.mark.parametrize("words", [("--approve", "all"), ("--save", "m.ldbumap"), ("--remember",)])
def test_somebody_has_to_say_who_decides(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: tuple[str, ...]
) -> None:
    assert ldbu(capsys, "map", export(tmp_path / "a.csv"), *words)[0] == Exit.FAULT


def test_a_map_of_another_kind_of_file_is_a_fault(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = saved(capsys, tmp_path)
    other = export(tmp_path / "b.csv", headers="a;b;c;d;e")
    assert ldbu(capsys, "validate", other, "--map", path)[0] == Exit.FAULT
    assert ldbu(capsys, "map", "check", path, other)[0] == Exit.FAULT


def test_our_own_template_needs_no_map_and_takes_one(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = saved(capsys, tmp_path)
    assert ldbu(capsys, "validate", resource("samples", "familie.xlsx"), "--map", path)[0] == Exit.CLEAN


OURS = "Barn CPR;Start;Kontakttype;Kontaktform"


def test_words_of_ours_make_no_table_ours(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """An export of another system that has all that ours can't do without is read as it is shown and approved."""
    path, made = tmp_path / "a.csv", tmp_path / "a.ldbumap"
    headers = f"{OURS};SOR;Vægt (g);Længde (cm);Amn.;Behandler"
    row = (
        "0505209996;05-07-2020 10:00;Besøg hos det ca. 2 måneder gamle barn;Hjemmebesøg;451000016003;5100;57,5;MME;abc"
    )
    path.write_text(f"{headers}\n{row}\n", encoding="utf-8")
    assert json.loads(ldbu(capsys, "map", path, "--format", "json")[1])["tables"][0]["shape"] == "visit"
    ldbu(capsys, "map", path, "--approve", "all", "--leave-out", "unmapped", "--save", made, "--by", "SPL")
    for more in ((), ("--map", made)):
        found = json.loads(ldbu(capsys, "validate", path, *more, "--format", "json")[1])["findings"]
        assert not {"file-header-unknown", "code-unknown"} & {each["code"] for each in found}


def test_what_is_nearly_ours_is_read_by_the_map_that_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path, made = tmp_path / "a.csv", tmp_path / "a.ldbumap"
    row = "0505209996;05-07-2020 10:00;Besøg hos det ca. 2 måneder gamle barn;Hjemmebesøg"
    path.write_text(f"{OURS}\n{row}\n", encoding="utf-8")
    told = ldbu(capsys, "validate", path, "--format", "json")[1]
    assert "file-header-missing" in {each["code"] for each in json.loads(told)["findings"]}
    sor = ("--set", "citizen.organisation=451000016003")
    ldbu(capsys, "map", path, "--approve", "all", *sor, "--save", made, "--by", "SPL")
    told = ldbu(capsys, "validate", path, "--map", made, "--format", "json")[1]
    codes = {each["code"] for each in json.loads(told)["findings"]}
    assert not {"file-header-missing", "organisation-missing"} & codes


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_corrected_copy_is_read_by_the_map_of_its_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, ending: str
) -> None:
    """Weights that may only be told in grams are among the kilograms, and the changes in a sheet of ours."""
    path, copy, made = tmp_path / f"a.{ending}", tmp_path / f"rettet.{ending}", tmp_path / "a.ldbumap"
    days = [f"{7 + day:02}-07-2020" for day in range(12)]
    rows = [[CHILDREN[0], day, "Hjemmebesøg", f"5,{21 + at}"] for at, day in enumerate(days)]
    table = [["Barnets CPR", "Besøgsdato", "Kontaktform", "Vægt (kg)"], *rows]
    if ending == "csv":
        path.write_text("".join(";".join(row) + "\n" for row in table), encoding="utf-8")
    else:
        book = Workbook()
        for row in table:
            book.active.append(row)
        book.save(path)
    ldbu(capsys, "map", path, "--approve", "all", "--save", made, "--by", "SPL")
    before = json.loads(ldbu(capsys, "validate", path, "--map", made, "--format", "json")[1])["findings"]
    assert ldbu(capsys, "correct", path, "--map", made, "--mend", "--to", copy)[0] == Exit.REJECTED
    after = json.loads(ldbu(capsys, "validate", copy, "--map", made, "--format", "json")[1])["findings"]
    codes = Counter(each["code"] for each in before)
    assert codes["too-many-decimals"] == 12
    del codes["too-many-decimals"]
    assert Counter(each["code"] for each in after) == codes


def test_a_map_is_checked_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = saved(capsys, tmp_path)
    assert ldbu(capsys, "map", "check", path)[0] == Exit.CLEAN
    text = path.read_text(encoding="utf-8").replace("variable: weight", "variable: tobacco")
    path.write_text(text.replace("by: SPL", "by: SPL\nsytem: x"), encoding="utf-8")
    code, told = ldbu(capsys, "map", "check", path, "--format", "json")
    facts: dict[str, Any] = json.loads(told)
    assert code == Exit.REJECTED
    assert [(fault["code"], fault["line"]) for fault in facts["faults"]] == [("form-key-unknown", 6)]
    path.write_text(text, encoding="utf-8")
    code, told = ldbu(capsys, "map", "check", path)
    assert (code, "tobacco" in told) == (Exit.REJECTED, True)


def test_what_a_map_does_not_know_of_files_is_listed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = saved(capsys, tmp_path)
    by_hand(path)
    text = path.read_text(encoding="utf-8")
    at = (
        text.index("  - {header: Initialer")
        if "  - {header: Initialer" in text
        else text.index("  - header: Initialer")
    )
    path.write_text(text[:at] + "  - {header: Skole, state: unmapped}\n" + text[at:], encoding="utf-8")
    changed = export(tmp_path / "b.csv", ("11", "12", "77"), HEADERS)
    code, told = ldbu(capsys, "map", "check", path, changed)
    assert (code, "77" in told, "Skole" in told) == (Exit.REJECTED, True, True)
    facts = json.loads(ldbu(capsys, "map", "check", path, changed, "--format", "json")[1])
    assert facts["not_in_files"] == ["Skole"]
    assert [each["value"] for each in facts["waiting"]] == ["77"]


def test_two_maps_are_compared(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = saved(capsys, tmp_path)
    other = tmp_path / "ny.ldbumap"
    other.write_bytes(path.read_bytes())
    assert ldbu(capsys, "map", "compare", path, other)[0] == Exit.CLEAN
    by_hand(other)
    code, told = ldbu(capsys, "map", "compare", path, other)
    assert (code, "Initialer" in told) == (Exit.REJECTED, True)
    facts = json.loads(ldbu(capsys, "map", "compare", path, other, "--format", "json")[1])
    assert {each["header"] for each in facts["differences"]} >= {"Initialer"}


@pytest.mark.parametrize("words", [("check",), ("compare", "a.ldbumap"), ("check", "findes-ikke.ldbumap")])
def test_a_call_without_its_maps_is_a_fault(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    assert ldbu(capsys, "map", *words)[0] == Exit.FAULT


def test_an_export_goes_out_by_a_map_and_the_receipt_says_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    phone = "visit.class=1b55a4b0-1156-4f58-b2df-b5c6014d9048"
    path = saved(capsys, tmp_path, "--set", phone, "--set", "citizen.organisation=451000016003")
    by_hand(path)
    ldbu(capsys, "export", tmp_path / "a.csv", "--map", path, "--to", tmp_path / "ud")
    receipt = json.loads((tmp_path / "ud" / "kvittering.json").read_text(encoding="utf-8"))
    assert receipt["counts"]["sent"] == 2
    assert [each["map"] for each in receipt["read_by"]] == ["NOVAX"]
    assert {each["variable"] for each in receipt["same_for_all"]} == {"visit.class", "citizen.organisation"}
    assert ldbu(capsys, "burden", "--data", tmp_path / "a.csv", "--map", path)[0] == Exit.CLEAN
