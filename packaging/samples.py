"""Writes the samples in ``resources/samples`` anew: a family over a child's first year, and a school child.

Our own story, with the test persons of the standard's guide. The bundles are what the program itself exports from it.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import faulty_samples
import history_samples
from sample_workbooks import Tables, write_long

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.bundles.model import ExportOptions
from ldbu_desktop.bundles.receipt import RECEIPT
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.export import export
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.workspace.deliveries import Deliveries

SOR = "451000016003"
SCHOOL = "280001"

CITIZENS = [
    # borger_id, cpr, rolle, barn, sor, aktiv
    ("barn-1", "050520-9996", "barn", "", SOR, "ja"),
    ("mor-1", "291182-9996", "forælder", "barn-1", SOR, "ja"),
    ("far-1", "150282-9995", "forælder", "barn-1", SOR, "ja"),
    ("skolebarn-1", "050515-9995", "barn", "", SOR, "ja"),
]

PARENTS = ("mor-1", "far-1")

VISITS = [
    # kontakt_id, borger_id, kontakttype, kontaktform, start, minutter, skole, udløst_af
    ("K01", "mor-1", "Graviditetsbesøg", "Hjemmebesøg", datetime(2020, 3, 12, 9), 75, "", ""),
    ("K02", "barn-1", "Barselsbesøg", "Hjemmebesøg", datetime(2020, 5, 8, 10, 30), 75, "", ""),
    ("K03", "barn-1", "Etableringsbesøg", "Hjemmebesøg", datetime(2020, 5, 14, 9), 90, "", ""),
    (
        "K04",
        "barn-1",
        "Behovskontakt med småbørnssundhedsplejen",
        "Hjemmebesøg",
        datetime(2020, 5, 20, 13),
        45,
        "",
        "I01",
    ),
    ("K05", "barn-1", "Andet besøg inden første måned", "Hjemmebesøg", datetime(2020, 5, 28, 9), 60, "", ""),
    (
        "K06",
        "barn-1",
        "Besøg hos det ca. 2 måneder gamle barn",
        "Hjemmebesøg",
        datetime(2020, 7, 7, 12, 45),
        75,
        "",
        "",
    ),
    (
        "K07",
        "barn-1",
        "Almindelig forebyggende småbørnskontakt",
        "Telefonisk",
        datetime(2020, 8, 18, 8, 30),
        20,
        "",
        "",
    ),
    ("K08", "barn-1", "Besøg hos det 4-6 måneder gamle barn", "Hjemmebesøg", datetime(2020, 10, 6, 10), 70, "", ""),
    ("K09", "barn-1", "Besøg hos det 8-11 måneder gamle barn", "Hjemmebesøg", datetime(2021, 2, 9, 13), 75, "", ""),
    ("S01", "skolebarn-1", "Indskolingsundersøgelse", "Ambulant", datetime(2021, 10, 4, 9), 40, SCHOOL, ""),
    (
        "S02",
        "skolebarn-1",
        "Undersøgelse i mellemtrin, med måling",
        "Ambulant",
        datetime(2025, 9, 16, 11),
        20,
        SCHOOL,
        "",
    ),
]

MEASUREMENTS = (("Vægt", "g"), ("Længde/højde", "cm"), ("Hovedomfang", "cm"))

MEASURED = {
    "K02": (3350, None, None),
    "K03": (3480, 52.5, 35.2),
    "K05": (3990, 54, 36.4),
    "K06": (5250, 57.5, 38.3),
    "K08": (6980, 64.5, 41.6),
    "K09": (8620, 72, 44.5),
    "S01": (21400, 118.5, None),
    "S02": (33800, 141, None),
}

RECORDED = [
    # kontakt_id, borger_id (tom: kontaktens borger), variabel, værdi, årsag til at værdien mangler
    ("K01", "mor-1", "Forælders psykiske tilstand", "Forventelig psykisk reaktion", ""),
    ("K01", "mor-1", "Netværk", "Godt netværk", ""),
    ("K01", "mor-1", "Forælders sårbarhed", "Ingen sårbarhed", ""),
    ("K01", "far-1", "Forælders psykiske tilstand", "Forventelig psykisk reaktion", ""),
    ("K02", "", "Forældre-barn-relation", "Velfungerende forældre-barn-relation", ""),
    ("K02", "", "Ernæring", "Ammes primært", ""),
    ("K03", "mor-1", "Netværk", "Godt netværk", ""),
    ("K03", "mor-1", "Forælders sårbarhed", "Ingen sårbarhed", ""),
    ("K03", "far-1", "Forælders sårbarhed", "", "asked-declined"),
    ("K03", "", "Forældre-barn-relation", "Velfungerende forældre-barn-relation", ""),
    ("K03", "", "Passiv rygning", "Ikke udsat for tobaksrøg", ""),
    ("K03", "", "Ernæring", "Ammes primært", ""),
    ("K05", "", "Forældre-barn-relation", "Velfungerende forældre-barn-relation", ""),
    ("K05", "", "Ernæring", "Fuldamning, inklusiv modermælk på flaske", ""),
    ("K05", "", "Kommunikation", "Kommunikerer alderssvarende", ""),
    ("K06", "mor-1", "Forælders psykiske tilstand", "Let psykisk reaktion", ""),
    ("K06", "far-1", "Forælders psykiske tilstand", "Forventelig psykisk reaktion", ""),
    ("K06", "", "Social kontakt", "Alderssvarende social kontakt", ""),
    ("K06", "", "Forældre-barn-relation", "Velfungerende forældre-barn-relation", ""),
    ("K06", "", "Ernæring", "Ammes som supplement til anden kost", ""),
    ("K06", "", "Kommunikation", "Kommunikerer alderssvarende", ""),
    ("K06", "", "Søvn", "Søvn med normale variationer", ""),
    ("K06", "", "Motorik", "Få tegn på udfordret motorik", ""),
    ("K08", "", "Social kontakt", "Alderssvarende social kontakt", ""),
    ("K08", "", "Forældre-barn-relation", "Velfungerende forældre-barn-relation", ""),
    ("K08", "", "Ernæring", "Modermælkserstatning og/eller overgangskost", ""),
    ("K08", "", "Kommunikation", "", "not-performed"),
    ("K08", "", "Søvn", "Let forstyrret søvn", ""),
    ("K08", "", "Motorik", "Alderssvarende motorik", ""),
    ("K09", "", "Social kontakt", "Alderssvarende social kontakt", ""),
    ("K09", "", "Forældre-barn-relation", "Velfungerende forældre-barn-relation", ""),
    ("K09", "", "Ernæring", "Udelukkende familiens mad", ""),
    ("K09", "", "Kommunikation", "Kommunikerer alderssvarende", ""),
    ("K09", "", "Søvn", "Søvn med normale variationer", ""),
    ("K09", "", "Motorik", "Alderssvarende motorik", ""),
    ("S01", "", "Social kontakt", "Alderssvarende social kontakt", ""),
    ("S01", "", "Kost", "Almindeligt kostindtag", ""),
    ("S01", "", "Kommunikation", "Kommunikerer alderssvarende", ""),
    ("S01", "", "Søvn", "Søvn med normale variationer", ""),
    ("S01", "", "Motorik", "Alderssvarende motorik", ""),
    ("S01", "", "Fysisk aktivitet", "Fysisk aktiv", ""),
    ("S01", "", "Hørelse", "Normal hørelse", ""),
    ("S01", "", "Syn", "Potentielt problem med syn", ""),
]

FEEDING_PERIODS = [
    # kontakt_id, ernæring, fra, til
    ("K06", "Ammes primært", date(2020, 5, 5), date(2020, 5, 24)),
    ("K06", "Fuldamning, inklusiv modermælk på flaske", date(2020, 5, 25), date(2020, 6, 28)),
]

EXAM_RESULTS = [("K06", "Afvigende øjenkontakt")]

INTERVENTIONS = [
    # indsats_id, kontakt_id, borger_id, indsats, årsager, start, slut
    ("I01", "K04", "barn-1", "Ammeindsats", "Udfordring med amning", date(2020, 5, 20), date(2020, 7, 7)),
]

EPDS_QUESTIONS = tuple(
    item.link_id for item in shipped_standard().questionnaire["epds"].items if item.link_id != "score"
)

EPDS = {"mor-1": (1, 0, 1, 1, 1, 2, 1, 0, 0, 0), "far-1": (0, 0, 1, 1, 0, 1, 0, 0, 0, 0)}
"""Points for the ten questions, at the 2-months visit."""


SLIPS = [
    # ark, nøgle, hvad, kolonne, sådan blev det skrevet
    ("Observationer", "K06", "Vægt", "værdi", "52500"),
    ("Observationer", "K06", "Søvn", "værdi", "Søvn med normale variatione"),
    ("Observationer", "K08", "Længde/højde", "værdi", "56,5"),
    ("Observationer", "K03", "Hovedomfang", "værdi", ""),
    ("Observationer", "K03", "Hovedomfang", "årsag", "not-performed"),
    ("Observationer", "K09", "Motorik", "værdi", ""),
    ("Observationer", "K09", "Motorik", "årsag", ""),
    ("Kontakter", "K07", "Telefonisk", "start", "31-02-2020 08:30"),
    ("Spørgeskemaer", "EPDS-mor-1", "score", "svar", "9"),
]
"""The slips of the sample with faults."""


def _row(headers: str, values: Sequence[object]) -> dict[str, str]:
    """One row of a table as text, by header; a moment as it is written in Denmark."""
    return dict(zip(headers.split(), map(_text, values), strict=True))


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%d-%m-%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def long_tables() -> Tables:
    """The story in the long shape: the rows of each sheet, by header."""
    measured = [
        (visit, "", name, value, unit, "", "", "")
        for visit, values in MEASURED.items()
        for (name, unit), value in zip(MEASUREMENTS, values, strict=True)
        if value is not None
    ]
    judged = [(visit, who, name, value, "", reason, "", "") for visit, who, name, value, reason in RECORDED]
    fed = [(visit, "", "Ernæring", value, "", "", start, end) for visit, value, start, end in FEEDING_PERIODS]
    answers = [
        (f"EPDS-{who}", "K06", who, "EPDS", question, points, "Borger")
        for who, all_points in EPDS.items()
        for question, points in zip((*EPDS_QUESTIONS, "score"), (*all_points, sum(all_points)), strict=True)
    ]
    visits = [(*row[:5], row[4] + timedelta(minutes=row[5]), *row[6:]) for row in VISITS]
    rows: dict[str, tuple[str, Sequence[Sequence[object]]]] = {
        "Borgere": ("borger_id cpr rolle barn sor aktiv", CITIZENS),
        "Kontakter": ("kontakt_id borger_id kontakttype kontaktform start slut skole udløst_af", visits),
        "Observationer": ("kontakt_id borger_id variabel værdi enhed årsag start slut", [*measured, *judged, *fed]),
        "Fund": ("kontakt_id fund", EXAM_RESULTS),
        "Indsatser": ("indsats_id kontakt_id borger_id indsats årsager start slut", INTERVENTIONS),
        "Spørgeskemaer": ("besvarelse_id kontakt_id borger_id spørgeskema spørgsmål svar kilde", answers),
    }
    return {sheet: [_row(headers, values) for values in table] for sheet, (headers, table) in rows.items()}


def wide_rows() -> list[dict[str, str]]:
    """The story in the wide shape, by header: one row a visit, without feeding periods and the intervention."""
    cprs = {key: cpr for key, cpr, *_ in CITIZENS}
    rows = []
    for visit, citizen, kind, form, start, minutes, school, _based_on in VISITS:
        people = {} if citizen in PARENTS else {citizen: ""}
        if citizen != "skolebarn-1":
            people |= {parent: f"Forælder {number} " for number, parent in enumerate(PARENTS, start=1)}
        row = {"kontakt_id": visit, "sor": SOR, "kontakttype": kind, "kontaktform": form, "skole": school}
        row |= {"start": _text(start), "slut": _text(start + timedelta(minutes=minutes))}
        row |= {("barn_cpr" if not prefix else f"{prefix}CPR"): cprs[key] for key, prefix in people.items()}
        for (name, unit), value in zip(MEASUREMENTS, MEASURED.get(visit, ()), strict=False):
            if value is not None:
                row |= {name: _text(value), f"{name} enhed": unit}
        for at, who, name, value, reason in RECORDED:
            if at == visit:
                prefix = people[who or citizen]
                row[f"{prefix}{name}"] = value
                row[f"{prefix}{name} årsag"] = reason
        row["Fund"] = ";".join(value for at, value in EXAM_RESULTS if at == visit)
        rows.append(row)
    return rows


def write_wide(path: Path, rows: list[dict[str, str]]) -> None:
    """Write ``rows`` as text with the columns that are used."""
    headers = list(dict.fromkeys(header for row in rows for header, value in row.items() if value))
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, headers, delimiter=";", extrasaction="ignore", restval="")
        writer.writeheader()
        writer.writerows(rows)


def with_slips(tables: Tables) -> Tables:
    """The story as a busy week leaves it: a handful of ordinary slips, and most visits still right."""
    for sheet, key, name, column, value in SLIPS:
        rows = [row for row in tables[sheet] if key in row.values() and name in row.values()]
        rows[0][column] = value
    tables["Observationer"] = [
        row for row in tables["Observationer"] if (row["kontakt_id"], row["variabel"]) != ("K09", "Social kontakt")
    ]
    return tables


def write_reports(export_file: Path, folder: Path) -> None:
    """The delivery reports of an export, as the program writes them, without the receipt."""
    standard = shipped_standard()
    findings = validate(load([export_file], standard), standard, date(2025, 12, 1))
    shutil.rmtree(folder, ignore_errors=True)
    export(Deliveries(findings, standard), folder, ExportOptions(), datetime(2025, 12, 1, 23, 15, tzinfo=UTC))
    (folder / RECEIPT).unlink()


def main() -> None:
    """Write all samples anew."""
    folder = resource("samples")
    write_long(folder / "familie.xlsx", long_tables())
    write_wide(folder / "familie-bred.csv", wide_rows())
    write_long(folder / "familie-med-fejl.xlsx", with_slips(long_tables()))
    write_reports(folder / "familie.xlsx", folder / "rapporter")
    faulty_samples.write_all(folder, long_tables())
    history_samples.main()


if __name__ == "__main__":
    main()
