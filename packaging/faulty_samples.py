"""Writes ``resources/samples/alle-fejl`` anew: every finding code at least once, each at a child named after it.

The exports come from the examples that explain the codes; faults that no workbook can hold are made in text files and
in delivery reports. Each child has CPR numbers of its own that belong to nobody.
"""

from __future__ import annotations

import itertools
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
from foreign_sample import write_foreign_export
from sample_workbooks import Tables, forget_time, write_long, write_open_document

from ldbu_desktop.findings.examples import Example, example_sheets, shipped_examples
from ldbu_desktop.journal.identity import check_digit_fits
from ldbu_desktop.standard.catalogue import shipped_standard
from tests.other_workbooks import places, xls_bytes

KEY_COLUMNS = frozenset(
    ("borger_id", "barn", "kontakt_id", "observation_id", "fund_id", "indsats_id", "besvarelse_id", "udløst_af")
)

Row = dict[str, str]
Report = dict[str, Any]


def _test_numbers(cpr: str) -> Iterator[str]:
    """CPR numbers of the same year and sex that belong to nobody: test numbers, on other days of the year."""
    for month, day, last in itertools.product(range(1, 13), range(1, 29), range(int(cpr[-1]) % 2, 10, 2)):
        yield f"{day:02}{month:02}{cpr[4:6]}-999{last}"


def _spare_numbers(cpr: str) -> Iterator[str]:
    """CPR numbers of the same day and sex that belong to nobody, since they fail the check digit."""
    for serial in range(9000 + int(cpr[-1]) % 2, 9990, 2):
        if not check_digit_fits(f"{cpr[:6]}{serial}"):
            yield f"{cpr[:6]}-{serial}"


def _tables(example: Example, cprs: dict[str, str]) -> Iterator[tuple[str, Row]]:
    """The rows of an example, with keys and CPR numbers that no other example has."""
    for sheet, (headers, *rows) in example_sheets(example).items():
        for row in rows:
            values = dict(zip(headers, row, strict=True))
            for column in KEY_COLUMNS & values.keys():
                values[column] = ";".join(f"{example.code}-{key}" for key in values[column].split(";") if key)
            if "cpr" in values:
                values["cpr"] = cprs.get(values["cpr"], values["cpr"])
            yield sheet, values


def all_tables() -> Tables:
    """The examples that an export in the long shape can hold, together."""
    sheets = example_sheets()
    spare = {
        cpr: (_spare_numbers if role == "barn" else _test_numbers)(cpr) for _, cpr, role, *_ in sheets["Borgere"][1:]
    }
    tables: Tables = {sheet: [] for sheet in sheets}
    for example in shipped_examples().examples:
        if example.is_tabular:
            cprs = {cpr: next(numbers) for cpr, numbers in spare.items()}
            for sheet, row in _tables(example, cprs):
                tables[sheet].append(row)
    return tables


def write_untidy_workbook(path: Path, tables: Tables) -> None:
    """A workbook with the faults that only a workbook can have."""
    write_long(path, tables)
    workbook = openpyxl.load_workbook(path)
    visits, observations = workbook["Kontakter"], workbook["Observationer"]
    workbook["Fund"].sheet_state = "hidden"
    workbook.create_sheet("Noter").append(["Husk at ringe"])
    width = observations.max_column
    observations.row_dimensions[5].hidden = True
    observations.cell(1, width + 1, "Bemærkning")
    observations.cell(1, width + 2, "Værdi")
    observations.cell(1, 1100, "Langt ude")
    observations.cell(3, 10, "=A1&B1")
    observations.cell(4, 10, "#REF!").data_type = "e"
    last = observations.max_row
    observations.cell(last + 3, 2, "K09")
    observations.cell(last + 3, 4, "Vægt")
    observations.cell(last + 4, 4, "Vægt")
    observations.merge_cells(start_row=last + 5, end_row=last + 6, start_column=2, end_column=2)
    visits.append([cell.value for cell in visits[8]])
    workbook.save(path)
    forget_time(path)


def write_untidy_text(path: Path) -> None:
    """A text file with two encodings, a row that is too wide and a quotation mark that is not closed."""
    rows = [
        "kontakt_id;barn_cpr;sor;kontakttype;kontaktform;start;Søvn",
        "K1;050520-9996;451000016003;Behovskontakt med småbørnssundhedsplejen;Hjemmebesøg;20-05-2020;",
        "K2;050520-9996;451000016003;Behovskontakt med småbørnssundhedsplejen;Hjemmebesøg;21-05-2020;;;x",
        'K3;050520-9996;451000016003;"Behovskontakt med småbørnssundhedsplejen;Hjemmebesøg;22-05-2020;',
    ]
    path.write_bytes(b"\r\n".join(row.encode("cp1252" if row[0:2] == "K2" else "utf-8") for row in rows))


def write_text_in_pages(path: Path) -> None:
    """A text file with a title, its headings on every page, a total, and weights with a thousands mark."""
    headings = "kontakt_id;barn_cpr;sor;kontakttype;kontaktform;start;Vægt;Vægt enhed"
    need = "Behovskontakt med småbørnssundhedsplejen"
    row = f"K{{number}};050520-9996;451000016003;{need};Hjemmebesøg;{{day}}-05-2020;{{weight}};g"
    pages = ((1, 20, "3.350"), (2, 21, "3.380")), ((3, 22, "3.410"), (4, 25, "3.520"))
    lines = ["Udtræk fra journalen"]
    for page in pages:
        lines.append(headings)
        lines += [row.format(number=number, day=day, weight=weight) for number, day, weight in page]
    path.write_text("\r\n".join((*lines, "I alt;4")), encoding="utf-8")


def write_text_with_two_signs(path: Path) -> None:
    """A text file of weights with two decimal signs, and a date with its month first."""
    need = "Behovskontakt med småbørnssundhedsplejen"
    row = "K{};050520-9996;451000016003;" + need + ";Hjemmebesøg;{};{};kg"
    visits = (("20-05-2020", "4,2"), ("21-05-2020", "4,3"), ("5/22/2020", "4.4"))
    lines = ["kontakt_id;barn_cpr;sor;kontakttype;kontaktform;start;Vægt;Vægt enhed"]
    lines += [row.format(number, day, weight) for number, (day, weight) in enumerate(visits, 1)]
    path.write_text("".join(f"{line}\r\n" for line in lines), encoding="utf-8", newline="")


def write_two_texts_in_one(path: Path) -> None:
    """A text file at whose end another export was put, with another delimiter."""
    need = "Behovskontakt med småbørnssundhedsplejen"
    row = "K{};050520-9996;451000016003;" + need + ";Hjemmebesøg;{}-05-2020;3.{}50;g"
    lines = ["kontakt_id;barn_cpr;sor;kontakttype;kontaktform;start;Vægt;Vægt enhed"]
    lines += [row.format(number, 20 + number, number) for number in range(1, 5)]
    lines += [row.format(number, 20 + number, number).replace(";", ",") for number in range(5, 7)]
    path.write_text("".join(f"{line}\r\n" for line in lines), encoding="utf-8", newline="")


def write_text_without_visits(path: Path) -> None:
    """A text file of citizens, and none of their visits; one has a role that is not known, one a child too many."""
    rows = (
        "borger_id;cpr;rolle;barn;sor",
        "B1;050520-9996;barn;B2;451000016003",
        "F1;150282-9995;plejefamilie;B1;451000016003",
    )
    path.write_text("\r\n".join(rows), encoding="utf-8")


def write_foreign_texts(folder: Path) -> None:
    """Texts that people do not expect: an old encoding, one encoded twice, one that can't be told, zeros within."""
    rows = (
        "kontakt_id;barn_cpr;sor;kontakttype;kontaktform;start;Søvn",
        "K1;050520-9996;451000016003;Behovskontakt med småbørnssundhedsplejen;Hjemmebesøg;20-05-2020;",
    )
    text = "\r\n".join(rows)
    (folder / "dos.csv").write_bytes(text.encode("cp850"))
    lost = text.replace("ø", "\N{REPLACEMENT CHARACTER}", 1)
    (folder / "omsat.csv").write_bytes(lost.encode().decode("latin-1").encode().replace("ï¿½".encode(), "�".encode()))
    (folder / "ukendt.csv").write_bytes(
        b"kontakt_id;barn_cpr;sor;kontakttype;kontaktform;start\r\nK1\xa4;050520-9996;;;;"
    )
    (folder / "nuller.csv").write_bytes(text.replace("K1", "K\0001").encode())


def write_archive(path: Path, reports: Path) -> None:
    """A zip file with a report and its copy, one as XML, and what a Mac lays beside them."""
    report = min(reports.glob("*.json"))
    parts = {
        report.name: report.read_bytes(),
        f"kopi-{report.name}": report.read_bytes(),
        "rapport.xml": b'<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir"></Bundle>',
        f"__MACOSX/._{report.name}": b"\0\x05\x16\x07",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)


def write_headless_text(path: Path) -> None:
    """A text file of observations that lacks a header it needs, and has empty rows."""
    rows = ("kontakt_id;borger_id;værdi", "K1;barn-1;3900", "", "", "K1;barn-1;3950")
    path.write_text("\r\n".join(rows), encoding="utf-8")


def _resource(report: Report, kind: str, number: int = 0) -> Report:
    found = [entry["resource"] for entry in report["entry"] if entry["resource"]["resourceType"] == kind]
    resource: Report = found[number]
    return resource


def _without(kind: str, *path: str) -> Callable[[Report], None]:
    """Take an element away from the first resource of a kind."""

    def change(report: Report) -> None:
        place = _resource(report, kind)
        for name in path[:-1]:
            place = place[name]
        del place[path[-1]]

    return change


def _without_entries(kind: str) -> Callable[[Report], None]:
    def change(report: Report) -> None:
        report["entry"] = [entry for entry in report["entry"] if entry["resource"]["resourceType"] != kind]

    return change


def _reason_at_a_finding(report: Report) -> None:
    finding = next(
        entry["resource"]
        for entry in report["entry"]
        if any(profile.endswith("-exam-result") for profile in entry["resource"]["meta"]["profile"])
    )
    del finding["valueCodeableConcept"]
    reason = shipped_standard().value_set["data-absent-reason"].by_code["not-performed"]
    finding["dataAbsentReason"] = {"coding": [{"system": reason.system, "code": reason.code}]}


def _long_answer(report: Report) -> None:
    questionnaire = shipped_standard().questionnaire["topi"]
    response = _resource(report, "QuestionnaireResponse")
    response["questionnaire"] = questionnaire.url
    response["subject"] = dict(_resource(report, "Encounter")["subject"])
    (item,) = questionnaire.items
    answer = {"valueString": "Gul, fordi der er flere forhold at tale om"}
    response["item"] = [{"linkId": item.link_id, "answer": [answer]}]


def _same_id_twice(report: Report) -> None:
    first, second = _resource(report, "Observation"), _resource(report, "Observation", 1)
    second["id"] = first["id"]


def _unlinked_parent(report: Report) -> None:
    _resource(report, "RelatedPerson")
    for entry in report["entry"]:
        entry["resource"].pop("link", None)


REPORT_FAULTS: dict[str, Callable[[Report], None]] = {
    "status-missing": _without("Encounter", "status"),
    "observation-time-missing": _without("Observation", "effectiveDateTime"),
    "subject-missing": _without("Observation", "subject"),
    "visit-subject-missing": _without("Encounter", "subject"),
    "intervention-start-missing": _without("CarePlan", "period", "start"),
    "response-time-missing": _without("QuestionnaireResponse", "authored"),
    "report-time-missing": lambda report: report.pop("timestamp"),
    "report-time-unreadable": lambda report: report.update(timestamp="i går"),
    "report-without-visit": _without_entries("Encounter"),
    "school-unknown": _without_entries("Location"),
    "school-number-missing": _without("Location", "identifier"),
    "missing-reason-refused": _reason_at_a_finding,
    "answer-too-long": _long_answer,
    "file-id-duplicate": _same_id_twice,
    "parent-unknown": _unlinked_parent,
}


def write_reports(folder: Path, reports: Path) -> None:
    """Delivery reports with one fault each, from the clean ones in ``reports``."""
    folder.mkdir(exist_ok=True)
    clean = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(reports.glob("*.json"))]
    for code, change in REPORT_FAULTS.items():
        for report in map(json.loads, map(json.dumps, clean)):
            try:
                change(report)
            except (KeyError, IndexError, StopIteration):
                continue
            if report in clean:
                continue
            (folder / f"{code}.json").write_text(
                json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
            )
            break
    first, second = itertools.islice(clean, 1, 3)
    both = {**first, "entry": [*first["entry"], *(entry for entry in second["entry"] if entry not in first["entry"])]}
    _write_report(folder / "two-visits-in-one-report.json", both)
    _write_report(folder / "file-not-fhir.json", {"hilsen": "hej"})
    _write_report(folder / "file-not-delivery-report.json", clean[0]["entry"][0]["resource"])
    text = json.dumps(clean[0], ensure_ascii=False)
    (folder / "file-json-unreadable.json").write_text(text[: len(text) // 2], encoding="utf-8")
    (folder / "file-json-duplicate-key.json").write_text(
        text.replace("{", '{"type": "collection", ', 1), encoding="utf-8"
    )


def _write_report(path: Path, report: Report) -> None:
    path.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def write_all(samples: Path, clean: Tables) -> None:
    """Write the samples with faults below ``samples``, where the clean ones already are."""
    folder = samples / "alle-fejl"
    folder.mkdir(exist_ok=True)
    write_long(folder / "alle-fejl.xlsx", all_tables())
    write_untidy_workbook(folder / "rodet.xlsx", clean)
    write_untidy_text(folder / "rodet.csv")
    write_headless_text(folder / "observationer.csv")
    write_text_in_pages(folder / "sider.csv")
    write_text_with_two_signs(folder / "tegn.csv")
    write_two_texts_in_one(folder / "to-udtraek.csv")
    write_text_without_visits(folder / "borgere.csv")
    write_foreign_texts(folder)
    write_archive(folder / "aflevering.zip", samples / "rapporter")
    rows = (
        "kontakt_id;barn_cpr;sor;kontakttype;kontaktform;start",
        "K1;050520-9996;451000016003;2-months;HH;07-07-2020",
    )
    cells = [row.split(";") for row in rows]
    write_open_document(folder / "libreoffice.ods", "Ark1", cells)
    (folder / "gammel.xls").write_bytes(xls_bytes({"Ark1": places(cells)}))
    write_foreign_export(folder, "fremmed", organisation=cells[1][2])
    write_reports(folder / "rapporter", samples / "rapporter")
