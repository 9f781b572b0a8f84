"""Files written without anybody in them: nothing of anybody is left anywhere, and the same is found as before."""

from __future__ import annotations

import json
import random
import sys
import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.bundles.parcels import Staging, staging
from ldbu_desktop.casefile.secret_file import kept_secret
from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.faults import CallFault, FileFault, OutputFault
from ldbu_desktop.journal.identity import birth_date
from ldbu_desktop.pseudonyms.model import Choices, Pseudonymised
from ldbu_desktop.use_cases.pseudonymise import pseudonymise
from ldbu_desktop.use_cases.standards import shipped_standard
from tests.profiles import LONG, landing

STANDARD = shipped_standard()
SECRET = b"k" * 32
TODAY = date(2026, 11, 28)
SAMPLES = resource("samples")


def told_of(path: Path, into: Path, **options: Any) -> Pseudonymised:
    """What is told of one file or folder."""
    return pseudonymise([path], into, STANDARD, SECRET, TODAY, **options)


def everything_in(folder: Path) -> Iterator[bytes]:
    """The names of the files of a folder and all that is in them, in archives too."""
    for path in folder.rglob("*"):
        yield path.name.encode()
        if path.is_file():
            yield path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    for part in archive.infolist():
                        yield part.filename.encode() + part.comment + part.extra
                        yield archive.read(part)


def left(folder: Path, canaries: list[str]) -> list[str]:
    """The canaries of which anything is left."""
    data = b"\n".join(everything_in(folder)).lower()
    return [
        one for one in canaries
        if any(one.lower().encode(codec) in data for codec in ("utf-8", "utf-16-le", "cp1252"))
    ]  # fmt: skip


# --- canaries everywhere


class Canaries:
    """Texts, numbers and keys that are nowhere else."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311
        self.all: list[str] = []

    def text(self) -> str:
        """A name or a free text."""
        self.all.append(f"Kanarie{self.dice.getrandbits(40):010x}")
        return self.all[-1]

    def words(self) -> str:
        """A sentence with a name in it."""
        return f"Mor hedder {self.text()} og bor på vejen"

    def cpr(self, *, hyphen: bool = False) -> str:
        """Somebody's number."""
        serial = f"{self.dice.choice((4, 5))}{self.dice.randrange(1000):03}"
        day = f"{self.dice.randrange(1, 29):02}{self.dice.randrange(1, 13):02}{self.dice.randrange(15, 26):02}"
        self.all += [f"{day}{serial}", f"{day}-{serial}", f"{day}{serial}".lstrip("0")]
        return f"{day}-{serial}" if hyphen else f"{day}{serial}"


def workbook(path: Path, canaries: Canaries) -> None:
    """A workbook with canaries in every place that can hold a text."""
    dice, book = canaries.dice, Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = canaries.text()[:30] if dice.random() < 0.5 else "Kontakter"
    if dice.random() < 0.5:
        sheet.append([canaries.words()])
    headers = ["kontakt_id", "barn_cpr", "sor", "kontakttype", "kontaktform", "start", "Vægt", "Vægt enhed", "Søvn"]
    headers += ["Forælder 1 CPR", "Forælder 1 id", "Bemærkning", canaries.text(), "Navn"]
    sheet.append(headers)
    top = sheet.max_row
    for _ in range(dice.randrange(1, 6)):
        child = canaries.cpr(hyphen=dice.random() < 0.3)
        sheet.append([
            canaries.text(), int(child) if child.isdigit() and dice.random() < 0.3 else child, "451000016003",
            "Besøg hos det ca. 2 måneder gamle barn" if dice.random() < 0.8 else canaries.words(), "Hjemmebesøg",
            dice.choice([date(2020, 7, 7), "07-07-2020", "31-02-2020", canaries.text()]),
            dice.choice([5250, "5,25", canaries.text(), canaries.cpr()]), dice.choice(["g", "kg", canaries.text()]),
            dice.choice(["Alderssvarende søvn", canaries.text(), ""]), canaries.cpr(), canaries.text(),
            canaries.words(), canaries.text(), canaries.text(),
        ])  # fmt: skip
    sheet.append([canaries.words(), None, canaries.cpr()])
    cell = sheet.cell(top, 1)
    cell.comment = Comment(canaries.words(), canaries.text())
    sheet.cell(top + 1, 2).hyperlink = f"https://{canaries.text()}.dk/"
    sheet.oddHeader.center.text = canaries.text()
    checked = DataValidation("list", formula1=f'"{canaries.text()},{canaries.text()}"')
    checked.prompt, checked.promptTitle = canaries.words(), canaries.text()[:30]
    sheet.add_data_validation(checked)
    checked.add("B2")
    sheet.cell(top + 2, 30).value = f'="{canaries.text()}"'
    hidden = book.create_sheet(canaries.text()[:30])
    hidden.append([canaries.words(), canaries.cpr()])
    hidden.sheet_state = "hidden"
    other = book.create_sheet("Noter")
    other.append([canaries.words()])
    properties = book.properties
    properties.creator, properties.title, properties.keywords = canaries.text(), canaries.text(), canaries.text()
    properties.description, properties.lastModifiedBy = canaries.words(), canaries.text()
    book.custom_doc_props.append(StringProperty(name=canaries.text(), value=canaries.words()))
    name = canaries.text()
    book.defined_names[name] = DefinedName(name, attr_text=f'"{canaries.text()}"')
    book.save(path)


def report(canaries: Canaries) -> dict[str, Any]:
    """A report with a canary in some of its texts, and in elements that it should not have."""
    dice = canaries.dice
    path = dice.choice(sorted((SAMPLES / "rapporter").glob("*.json")))
    told: dict[str, Any] = json.loads(path.read_bytes())
    ids = {one["resource"]["id"]: canaries.text() for one in told["entry"]}

    def spoilt(value: Any) -> Any:
        if isinstance(value, dict):
            made = {name: spoilt(part) for name, part in value.items()}
            if dice.random() < 0.1:
                made[dice.choice(["name", "note", "text", "comment", canaries.text()])] = dice.choice(
                    [canaries.text(), {"text": canaries.words(), "div": canaries.text()}, [{"family": canaries.text()}]]
                )
            return made
        if isinstance(value, list):
            return [spoilt(part) for part in value]
        if isinstance(value, str):
            for own, other in ids.items():
                value = value.replace(own, other)
            return dice.choice([canaries.text(), canaries.words(), canaries.cpr()]) if dice.random() < 0.03 else value
        return value

    made: dict[str, Any] = spoilt(told)
    made["resourceType"] = "Bundle"
    for one in made.get("entry", []) if isinstance(made.get("entry"), list) else []:
        of_patient = one.get("resource", {}) if isinstance(one, dict) else {}
        if isinstance(of_patient, dict) and of_patient.get("resourceType") == "Patient":
            of_patient["identifier"] = [{"system": "urn:oid:1.2.208.176.1.2", "value": canaries.cpr()}]
    return made


@pytest.mark.parametrize("seed", range(300 if LONG else 3))
def test_nothing_of_a_workbook_or_text_is_left(seed: int, tmp_path: Path) -> None:
    canaries = Canaries(seed)
    folder = tmp_path / "ind"
    folder.mkdir()
    workbook(folder / f"{canaries.text()}.xlsx", canaries)
    rows = [["kontakt_id", "barn_cpr", "kontakttype", "start", "Vægt", "Note"]]
    rows += [[canaries.text(), canaries.cpr(), canaries.text(), "07-07-2020", "5250", canaries.words()]]
    (folder / f"{canaries.text()}.csv").write_text("\n".join(map(";".join, rows)), "cp1252")
    told_of(folder, tmp_path / "ud")
    assert left(tmp_path / "ud", canaries.all) == []


@pytest.mark.parametrize("seed", range(300 if LONG else 3))
def test_nothing_of_reports_is_left(seed: int, tmp_path: Path) -> None:
    canaries = Canaries(seed)
    folder = tmp_path / "ind"
    folder.mkdir()
    (folder / f"{canaries.text()}.json").write_text(json.dumps(report(canaries)))
    lines = [json.dumps(report(canaries)) for _ in range(2)]
    (folder / "linjer.ndjson").write_text("\n".join(lines))
    with zipfile.ZipFile(folder / "pakket.zip", "w") as archive:
        archive.writestr(f"{canaries.text()}.json", json.dumps(report(canaries)))
    told_of(folder, tmp_path / "ud")
    assert len(list((tmp_path / "ud").iterdir())) >= 3
    assert left(tmp_path / "ud", canaries.all) == []


# --- what stays


@pytest.mark.parametrize("sample", ["familie.xlsx", "familie-med-fejl.xlsx", "familie-bred.csv", "rapporter"])
def test_the_same_is_found_before_and_after(sample: str, tmp_path: Path) -> None:
    told = told_of(SAMPLES / sample, tmp_path / "ud")
    assert (told.came, told.went, told.not_read) == ({}, {}, [])
    assert told.findings == {"familie-med-fejl.xlsx": 8}.get(sample, 0)


def cells_of(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    """The values of a sheet."""
    return list(load_workbook(path)[sheet].iter_rows(values_only=True))


X_ECPR, D_ECPR = "urn:oid:1.2.208.176.1.6.1.1", "urn:oid:1.2.208.176.1.6.1.3.177"


@pytest.mark.parametrize(
    ("system", "number"),
    [
        (None, "1804241AB2"),
        (X_ECPR, "1804247AB2"),
        (D_ECPR, "1804240AB2"),
        (D_ECPR, "1804241234"),
        ("urn:dk:journal", "A 17"),
    ],
)
@pytest.mark.parametrize("guide", ["http://fhir.kl.dk/children", "http://fhir.kl.dk/rehab"])
def test_in_reports_of_other_guides_and_other_numbers_the_same_is_found(
    guide: str, system: str | None, number: str, tmp_path: Path
) -> None:
    report = json.loads(min((SAMPLES / "rapporter").glob("*.json")).read_text(encoding="utf-8"))
    citizens = [one["resource"] for one in report["entry"] if one["resource"]["resourceType"] == "Patient"]
    citizens[0]["identifier"][0].update({"system": system, "use": "temp"} if system else {}, value=number)
    citizens[1]["identifier"][0]["value"] = "05051599"
    text = json.dumps(report).replace("http://fhir.kl.dk/children/StructureDefinition", f"{guide}/StructureDefinition")
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    told = told_of(tmp_path / "a.json", tmp_path / "ud")
    assert told.findings > 0
    assert (told.came, told.went) == ({}, {})
    assert left(tmp_path / "ud", [number]) == []


def test_an_address_in_a_place_may_be_another_one(tmp_path: Path) -> None:
    report = json.loads(min((SAMPLES / "rapporter").glob("*.json")).read_text(encoding="utf-8"))
    url = "http://hl7.org/fhir/5.0/StructureDefinition/extension-Patient.anna"
    report["entry"][0]["resource"]["extension"] = [{"url": url}]
    (tmp_path / "a.json").write_text(json.dumps(report), encoding="utf-8")
    told = told_of(tmp_path / "a.json", tmp_path / "ud")
    assert told.findings > 0
    assert (told.came, told.went) == ({}, {})
    assert left(tmp_path / "ud", ["anna"]) == []


def test_forms_ages_and_sex_stay(tmp_path: Path) -> None:
    told_of(SAMPLES / "familie.xlsx", tmp_path / "ud")
    before = cells_of(SAMPLES / "familie.xlsx", "Borgere")
    after = cells_of(tmp_path / "ud" / "eksport-1.xlsx", "Borgere")
    assert after[0] == before[0]
    for was, now in zip(before[1:], after[1:], strict=True):
        assert [isinstance(cell, str) for cell in was] == [isinstance(cell, str) for cell in now]
        assert (was[1] != now[1], len(was[1]), was[1].index("-")) == (True, len(now[1]), now[1].index("-"))
        assert int(was[1][-1]) % 2 == int(now[1][-1]) % 2
    born = [birth_date(rows[1][1].replace("-", "")) for rows in (before, after)]
    starts = [cells_of(path, "Kontakter")[1][5] for path in (SAMPLES / "familie.xlsx", tmp_path / "ud/eksport-1.xlsx")]
    assert starts[1] != starts[0]
    days = [(_day(start) - birth).days for start, birth in zip(starts, born, strict=True) if birth is not None]
    assert days[0] == days[1]


def _day(cell: Any) -> date:
    if isinstance(cell, str):
        day, month, year = cell[:10].split("-")
        return date(int(year), int(month), int(day))
    found: date = cell.date()
    return found


def test_one_person_is_one_everywhere_and_another_with_another_secret(tmp_path: Path) -> None:
    def number(into: str, secret: bytes, *paths: Path) -> list[str]:
        pseudonymise(paths, tmp_path / into, STANDARD, secret, TODAY)
        found = []
        for path in sorted((tmp_path / into).glob("rapport-*.json")):
            for one in json.loads(path.read_bytes())["entry"]:
                if one["resource"]["resourceType"] == "Patient":
                    found.append(one["resource"]["identifier"][0]["value"])
        return found

    both = number("a", SECRET, SAMPLES / "familie.xlsx", SAMPLES / "rapporter")
    of_sheet = {row[1].replace("-", "") for row in cells_of(tmp_path / "a" / "eksport-1.xlsx", "Borgere")[1:]}
    assert set(both) <= of_sheet
    assert number("b", SECRET, SAMPLES / "rapporter") == number("c", SECRET, SAMPLES / "rapporter")
    assert not set(number("d", b"x" * 32, SAMPLES / "rapporter")) & set(both)


def test_the_month_of_birth_stays_by_choice(tmp_path: Path) -> None:
    told_of(SAMPLES / "familie.xlsx", tmp_path / "ud", choices=Choices(birth_month=True))
    before = cells_of(SAMPLES / "familie.xlsx", "Borgere")[1]
    after = cells_of(tmp_path / "ud" / "eksport-1.xlsx", "Borgere")[1]
    assert after[1][2:6] == before[1][2:6]
    assert after[1] != before[1]


@pytest.mark.parametrize("raw", ["505209996", "310220-9996", "0505209A96", "999", "290221-4996", "650520-9996", "x"])
def test_a_faulty_number_stays_as_faulty(raw: str, tmp_path: Path) -> None:
    text = f"kontakt_id;barn_cpr;sor;kontakttype;kontaktform;start;Vægt;Vægt enhed\nK1;{raw};451000016003;"
    path = tmp_path / "ind.csv"
    path.write_text(text + "Behovskontakt med småbørnssundhedsplejen;Hjemmebesøg;07-07-2020;5250;g\n")
    told = told_of(path, tmp_path / "ud")
    assert (told.came, told.went) == ({}, {})
    assert raw == "x" or raw not in next((tmp_path / "ud").glob("*.csv")).read_text()


def test_free_text_is_kept_by_a_decision_without_numbers(tmp_path: Path) -> None:
    path = tmp_path / "ind.csv"
    head = "kontakt_id;barn_cpr;sor;kontakttype;kontaktform;start;Note\nK1;0505209996;451000016003;"
    need = "Behovskontakt med småbørnssundhedsplejen;Hjemmebesøg;07-07-2020;"
    path.write_text(f"{head}{need}set 050520-9996 hjemme\n")
    told = told_of(path, tmp_path / "ud")
    assert told.emptied == {("eksport-1.csv", "", 6): 1}
    assert "hjemme" not in next((tmp_path / "ud").iterdir()).read_text()
    told_of(path, tmp_path / "ud2", keep=("Note",))
    (kept,) = (tmp_path / "ud2").iterdir()
    assert "hjemme" in kept.read_text()
    assert "050520" not in kept.read_text()


def test_a_foreign_export_is_read_by_its_map(tmp_path: Path) -> None:
    folder = SAMPLES / "alle-fejl"
    told = told_of(folder / "fremmed.xlsx", tmp_path / "ud", maps=[folder / "fremmed.ldbumap"])
    assert told.written != []
    assert told.emptied != {}


EXPORTS = Path(__file__).parents[2] / "data" / "exports" / "files"


@pytest.mark.parametrize("name", sorted(EXPORTS.glob("*.[xct][lsx][stv]*")) if LONG else ["english_vendor.csv"])
def test_in_an_export_of_others_the_same_is_found(name: str, tmp_path: Path) -> None:
    told = told_of(EXPORTS / name, tmp_path / "ud")
    names_are_cut = EXPORTS / name == EXPORTS / "cut_names.txt"
    assert (not told.came and not told.went) or names_are_cut
    assert told.findings > 0


FOREIGN = (
    "CPR;Besøgsdato;Vægt (g);Søvn;Liv Nielsen;Fornavn\n"
    "0505209996;07-07-2020;5250;Alderssvarende søvn;hos naboen;Kanarie\n"
    "0505209996;09-09-2020;6250;kanarieagtig søvn;hos naboen;Kanarie\n"
    "0505209996;10-10-2020;7250;kanarieagtig søvn;;Kanarie\n"
)


def test_the_map_goes_along_without_what_it_leaves_out(tmp_path: Path) -> None:
    path, own = written(tmp_path, FOREIGN), tmp_path / "a.ldbumap"
    said = ["map", str(path), "--approve", "all", "--leave-out", "unmapped", "--save", str(own), "--by", "SPL"]
    run([*said, "--system", "Journal"])
    assert "kanarieagtig" in own.read_text()
    told = told_of(path, tmp_path / "ud", maps=[own])
    assert [one.name for one in told.maps] == ["kort-1.ldbumap"]
    assert (told.came, told.went) == ({}, {})
    assert left(tmp_path / "ud", ["kanarie", "naboen", "nielsen"]) == []
    assert "Fornavn" in told.written[0].read_text()


def test_a_remark_that_is_read_as_no_value_goes_along_without_its_words(tmp_path: Path) -> None:
    path, own = written(tmp_path, FOREIGN.replace("hos naboen", "x")), tmp_path / "a.ldbumap"
    run(["map", str(path), "--approve", "all", "--leave-out", "unmapped", "--save", str(own), "--by", "SPL"])
    said = own.read_text()
    own.write_text(said.replace("{value: kanarieagtig søvn, state: left-out}",
                                "{value: kanarieagtig søvn, state: approved, missing: unknown}"))  # fmt: skip
    assert own.read_text() != said
    told = told_of(path, tmp_path / "ud", maps=[own])
    assert (told.came, told.went) == ({}, {})
    assert left(tmp_path / "ud", ["kanarie", "nielsen"]) == []
    assert "missing: unknown" in told.maps[0].read_text()


def test_a_map_says_of_nobody_that_they_decided_and_of_no_unit_that_it_was_theirs(tmp_path: Path) -> None:
    path, own = written(tmp_path, FOREIGN), tmp_path / "a.ldbumap"
    said = ["map", str(path), "--approve", "all", "--leave-out", "unmapped", "--save", str(own), "--by", "Kanarie A"]
    for_all = ["--set", "citizen.organisation=451000016003", "--set", "visit.status=Afsluttet"]
    run([*said, "--system", "Kanariesystem", "--release", "Kanarie 2", *for_all])
    assert own.read_text().casefold().count("kanarie") > 3
    told = told_of(path, tmp_path / "ud", maps=[own])
    assert (dict(told.came), dict(told.went)) == ({}, {})
    assert left(tmp_path / "ud", ["kanarie", "451000016003"]) == []
    assert "citizen.organisation" in told.maps[0].read_text()
    assert "value: Afsluttet" in told.maps[0].read_text()


def test_a_map_of_a_list_of_codes_says_what_the_list_says_now(tmp_path: Path) -> None:
    data = "Barnets CPR;Besøgsdato;Besøgstype;Kontaktform\n" + "".join(
        f"{at}01204{at}7;{at}-03-2020 10:00;{20 + at % 2};H\n" for at in range(10, 30)
    )
    codes = "Kode;Betydning\n20;2 måneder gammelt hos Kanarie\n21;Etableringsbesøg\n"
    folder = tmp_path / "ind"
    folder.mkdir()
    (folder / "besøg.csv").write_text(data, encoding="utf-8")
    (folder / "koder.csv").write_text(codes, encoding="utf-8")
    own = tmp_path / "a.ldbumap"
    run(["map", str(folder), "--approve", "all", "--leave-out", "unmapped", "--save", str(own), "--by", "SPL"])
    told = told_of(folder, tmp_path / "ud", maps=[own])
    assert (dict(told.came), dict(told.went)) == ({}, {})
    assert left(tmp_path / "ud", ["kanarie"]) == []


def test_the_form_of_a_workbook_stays_as_far_as_it_is_found(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    headers = ["kontakt_id", "barn_cpr", "sor", "kontakttype", "kontaktform", "start", "slut", "Note"]
    need = "Behovskontakt med småbørnssundhedsplejen"
    sheet.append(headers)
    sheet.append(["K1", "0505209996", "451000016003", need, "Hjemmebesøg", "07-07-2020", "#REF!", "Kanarie"])
    sheet.append(headers)
    sheet.append(["K2", "0505209996", "451000016003", need, "Hjemmebesøg", "08-07-2020", None, "Kanarie"])
    sheet["G2"].data_type = "e"
    sheet.merge_cells("G4:H4")
    sheet.merge_cells("H2:I2")
    book.save(tmp_path / "a.xlsx")
    told = told_of(tmp_path / "a.xlsx", tmp_path / "ud")
    assert (told.came, told.went) == ({}, {})
    assert told.findings > 3
    assert left(tmp_path / "ud", ["kanarie"]) == []


def test_where_characters_were_lost_is_found_afterwards_too(tmp_path: Path) -> None:
    told = told_of(written(tmp_path, TABLE.replace("start", "start;S\ufffdrens;Note").replace("20\n", "20;x;\ufffd\n")),
                   tmp_path / "ud")  # fmt: skip
    assert (told.came, told.went) == ({}, {})


def test_what_can_not_be_understood_is_not_written(tmp_path: Path) -> None:
    folder = tmp_path / "ind"
    folder.mkdir()
    (folder / "a.json").write_text('{"navn": "Anna"}')
    (folder / "b.json").write_text('{"resourceType": "Bundle", "id": ')
    (folder / "c.docx").write_bytes(b"PK\x03\x04 Anna")
    (folder / "d.json").write_bytes(next((SAMPLES / "rapporter").glob("*.json")).read_bytes())
    told = told_of(folder, tmp_path / "ud")
    assert [path.name for path in told.written] == ["rapport-3.json"]
    assert len(told.not_read) >= 2
    assert left(tmp_path / "ud", ["anna"]) == []


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "her.txt").touch()
    with pytest.raises(CallFault):
        told_of(SAMPLES / "familie.xlsx", tmp_path)


TABLE = "kontakt_id;barn_cpr;sor;kontakttype;kontaktform;start\nK1;0505209996;451000016003;;Hjemmebesøg;07-07-2020\n"


def written(folder: Path, text: str, name: str = "ind.csv") -> Path:
    """A file with a text."""
    path = folder / name
    path.write_text(text)
    return path


def test_where_no_folder_can_be_made_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "fil").touch()
    with pytest.raises(OutputFault):
        told_of(written(tmp_path, TABLE), tmp_path / "fil" / "ud")


def receipt(folder: Path) -> Path:
    """The receipt of an export."""
    parts = ("program", "standard", "counts", "files", "left_out")
    return written(folder, json.dumps(dict.fromkeys(parts, 1)), "kvittering.json")


def damaged(folder: Path) -> Path:
    """A workbook of which a sheet breaks off."""
    path = folder / "brudt.xlsx"
    with zipfile.ZipFile(SAMPLES / "familie.xlsx") as whole, zipfile.ZipFile(path, "w") as broken:
        for name in whole.namelist():
            data = whole.read(name)
            broken.writestr(name, data[: len(data) // 2] if name.endswith("sheet2.xml") else data)
    return path


def test_where_nothing_can_be_read_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(FileFault) as told:
        told_of(receipt(tmp_path), tmp_path / "ud")
    assert told.value.key == "file-no-known-table"
    with pytest.raises(FileFault) as told:
        told_of(damaged(tmp_path), tmp_path / "ud")
    assert told.value.key == "file-damaged"
    assert not (tmp_path / "ud").exists()


def test_a_damaged_file_is_told_once_and_the_others_are_written(tmp_path: Path) -> None:
    folder = tmp_path / "ind"
    folder.mkdir()
    damaged(folder)
    receipt(folder)
    written(folder, TABLE)
    told = told_of(folder, tmp_path / "ud")
    assert [fault.key for fault in told.not_read] == ["file-damaged"]
    assert len(told.written) == 1


def test_a_report_over_several_lines_among_others_is_told(tmp_path: Path) -> None:
    report_read = json.loads(next((SAMPLES / "rapporter").glob("*.json")).read_bytes())
    line, over_lines = json.dumps(report_read), json.dumps(report_read, indent=1)
    told = told_of(written(tmp_path, f"{line}\n{line}\n{over_lines}\n", "a.ndjson"), tmp_path / "ud")
    assert [path.name for path in told.written] == ["rapport-1.ndjson"]
    assert len(told.not_read) == 1


def test_an_export_that_nobody_knows_is_written_and_found_as_unknown(tmp_path: Path) -> None:
    told = told_of(written(tmp_path, "a;b\n1;2\n"), tmp_path / "ud")
    assert (len(told.written), told.findings) == (1, 1)
    assert told.is_whole


def test_a_file_that_is_gone_when_it_is_to_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, TABLE)

    def meanwhile(folder: Path) -> AbstractContextManager[Staging]:
        path.unlink()
        return staging(folder)

    monkeypatch.setattr("ldbu_desktop.use_cases.pseudonymise.staging", meanwhile)
    told = told_of(path, tmp_path / "ud")
    assert (told.written, len(told.not_read)) == ([], 1)
    assert not told.is_whole


def test_all_files_are_there_or_none_and_what_was_killed_is_no_hindrance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, into = written(tmp_path, TABLE), tmp_path / "ud"

    def killed(staged: Staging) -> None:
        (left,) = into.glob(".ldbu-*/*")
        seen.append(left)
        raise KeyboardInterrupt

    seen: list[Path] = []
    with monkeypatch.context() as patch:
        patch.setattr(Staging, "put", killed)
        with pytest.raises(KeyboardInterrupt):
            told_of(path, into)
    assert seen[0].suffix == ".csv"
    assert not list(into.iterdir())
    aside = into / ".ldbu-abcdefgh"
    aside.mkdir()
    (aside / "eksport-1.csv").write_bytes(b"half")
    (into / ".ldbu.lock").write_bytes(b"")
    told = told_of(path, into)
    assert [*into.iterdir()] == list(told.written)
    with pytest.raises(CallFault):
        told_of(path, into)


def test_a_workbook_of_guidance_alone_in_an_archive_is_an_empty_one(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Vejledning"
    sheet.append(["Anna"])
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(tmp_path / "a.xlsx", "a.xlsx")
        archive.write(SAMPLES / "familie.xlsx", "b.xlsx")
    told = told_of(tmp_path / "a.zip", tmp_path / "ud")
    assert told.dropped >= 1
    assert cells_of(tmp_path / "ud" / "eksport-1.xlsx", "Ark 1") == []
    assert len(cells_of(tmp_path / "ud" / "eksport-2.xlsx", "Borgere")) > 1


# --- the command


def test_a_passphrase_is_typed_unseen_on_a_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda prompt: "fire ord er nok")
    key = tmp_path / "key.ldbukey"
    path = written(tmp_path, TABLE)
    assert run(["pseudonymise", str(path), "--key", str(key), "--to", str(tmp_path / "ud")]) == Exit.CLEAN
    assert len(kept_secret(key, "fire ord er nok")) == len(SECRET)
    assert "fire ord" not in capsys.readouterr().out


def test_the_command_keeps_its_key_encrypted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from ldbu_desktop.casefile import key

    monkeypatch.setattr(key, "ROUNDS", 100)
    monkeypatch.setattr(sys, "stdin", StringIO("fire ord er nok\n" * 2))
    call = ["pseudonymise", str(SAMPLES / "familie.xlsx"), "--key", str(tmp_path / "key.ldbukey"), "--to"]
    assert run([*call, str(tmp_path / "a")]) == Exit.CLEAN
    assert run([*call, str(tmp_path / "b")]) == Exit.CLEAN
    one, other = (cells_of(tmp_path / name / "eksport-1.xlsx", "Borgere") for name in "ab")
    assert one == other
    monkeypatch.setattr(sys, "stdin", StringIO("en anden adgangskode\n"))
    assert run([*call, str(tmp_path / "c")]) == Exit.FAULT
    capsys.readouterr()


@landing("how it keeps its key is tried in every run")
def test_the_command_throws_its_key_away(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["pseudonymise", str(SAMPLES / "alle-fejl" / "rodet.xlsx"), "--to"]
    assert run([*call, str(tmp_path / "a")]) == Exit.REJECTED
    assert "file-sheet-hidden" in capsys.readouterr().out
    assert run([*call, str(tmp_path / "a")]) == Exit.FAULT
    assert run([*call, str(tmp_path / "b"), "--hide-sex", "--language", "en"]) == Exit.REJECTED
    one, other = (left(tmp_path / name, ["050520-9996", "291182-9996"]) for name in "ab")
    assert one == other == []


def test_a_map_finds_its_keys_and_its_numbers_of_registers_again(tmp_path: Path) -> None:
    head = "Journal-ID;Barnets CPR;Besøgsdato;Besøgstype;Kontaktform;Vægt (g);SOR\n"
    visit = "Besøg hos det ca. 2 måneder gamle barn;Hjemmebesøg"
    rows = [f"{at};{at}01204{at}7;{at}-03-2020 10:00;{visit};52{at}0;451000016003\n" for at in range(10, 19)]
    path = written(tmp_path, head + "".join(rows))
    by = tmp_path / "kort.ldbumap"
    run(["map", str(path), "--approve", "all", "--leave-out", "unmapped", "--by", "SPL", "--save", str(by)])
    told = told_of(path, tmp_path / "ud", maps=[by])
    assert (dict(told.came), dict(told.went)) == ({}, {})
    (made,) = told.written
    assert made.read_text().startswith("Journal-ID;")
    assert "451000016003" not in made.read_text()
