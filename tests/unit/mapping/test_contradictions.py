"""One key, two people or two visits: both places are kept, nothing is chosen, and nothing of it is delivered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from ldbu_desktop.findings.text import rendered
from ldbu_desktop.journal.model import Citizen, Entry, Journal
from ldbu_desktop.language import Language
from ldbu_desktop.mapping.merging import merged
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.validate import validate

if TYPE_CHECKING:
    from conftest import Exported

STANDARD = shipped_standard()
TODAY = date(2026, 11, 28)
WIDE = "barn_id|kontakt_id|barn_cpr|sor|kontakttype|kontaktform|start"
NEED = "Behovskontakt med småbørnssundhedsplejen|Hjemmebesøg"
HERE, THERE = f"451000016003|{NEED}", f"461000016007|{NEED}"
CITIZENS = "borger_id|cpr|rolle|barn|sor"


def told(journal: Journal) -> list[tuple[str, str, str, str]]:
    """Code, place, what stands there, and where it says otherwise."""
    findings = validate(journal, STANDARD, TODAY)
    return [
        (one.code, one.place, finding.found, str(finding.facts["other_place"][Language.DANISH]))
        for code in ("key-contradicted", "visit-key-contradicted")
        for finding in findings.by_code.get(code, ())
        for one in (rendered(finding, Language.DANISH, STANDARD),)
    ]


def ready(journal: Journal) -> tuple[str, ...]:
    return validate(journal, STANDARD, TODAY).ready_visits


SHEETS: dict[str, tuple[str, list[tuple[str, str, str, str]], tuple[str, ...]]] = {
    "two CPR numbers": (
        f"B1|K1|050520-9996|{HERE}|08-05-2020 10:00\nB1|K2|120319-4996|{HERE}|20-05-2020 10:00",
        [("key-contradicted", "f!C3", "120319-••••", "f!C2")],
        (),
    ),
    "two CPR numbers of which one can't be read": (
        f"B1|K1|050520-9996|{HERE}|08-05-2020 10:00\nB1|K2|0505209|{HERE}|20-05-2020 10:00",
        [("key-contradicted", "f!C3", "050-••••", "f!C2")],
        (),
    ),
    "one CPR number in two ways": (
        f"B1|K1|050520-9996|{HERE}|08-05-2020 10:00\nB1|K2|0505209996|{HERE}|20-05-2020 10:00",
        [],
        ("K1", "K2"),
    ),
    "two municipalities": (
        f"B1|K1|050520-9996|{HERE}|08-05-2020 10:00\nB1|K2|050520-9996|{THERE}|20-05-2020 10:00",
        [("key-contradicted", "f!D3", "461000016007", "f!D2")],
        (),
    ),
    "two municipalities of one CPR number": (
        f"|K1|050520-9996|{HERE}|08-05-2020 10:00\n|K2|050520-9996|{THERE}|20-05-2020 10:00",
        [("key-contradicted", "f!D3", "461000016007", "f!D2")],
        (),
    ),
    "the same contradiction in many rows": (
        f"B1|K1|050520-9996|{HERE}|08-05-2020 10:00\nB1|K2|120319-4996|{HERE}|20-05-2020 10:00\n"
        f"B1|K3|120319-4996|{HERE}|21-05-2020 10:00",
        [("key-contradicted", "f!C3", "120319-••••", "f!C2")],
        (),
    ),
    "what the first row left open": (
        f"B1|K1|||{NEED}|08-05-2020 10:00\nB1|K2|050520-9996|{HERE}|20-05-2020 10:00",
        [],
        ("K1", "K2"),
    ),
    "other children are no matter": (
        f"B1|K1|050520-9996|{HERE}|08-05-2020 10:00\nB1|K2|120319-4996|{HERE}|20-05-2020 10:00\n"
        f"B2|K3|050515-9995|{HERE}|20-05-2015 10:00",
        [("key-contradicted", "f!C3", "120319-••••", "f!C2")],
        ("K3",),
    ),
    "one visit key, two days": (
        f"B1|K1|050520-9996|{HERE}|08-05-2020 10:00\nB1|K1|050520-9996|{HERE}|20-05-2020 10:00\n"
        f"B1|K2|050520-9996|{HERE}|21-05-2020 10:00",
        [
            ("visit-key-contradicted", "f!G2", "08-05-2020 10:00", "f!G3"),
            ("visit-key-contradicted", "f!G3", "20-05-2020 10:00", "f!G2"),
        ],
        ("K2",),
    ),
    "one visit key, two children": (
        f"B1|K1|050520-9996|{HERE}|08-05-2020 10:00\nB2|K1|050515-9995|{HERE}|08-05-2020 10:00",
        [
            ("visit-key-contradicted", "f!A2", "B1", "f!A3"),
            ("visit-key-contradicted", "f!A3", "B2", "f!A2"),
        ],
        (),
    ),
}


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet(exported: Exported, name: str) -> None:
    rows, expected, visits = SHEETS[name]
    journal = exported.wide(f"{WIDE}\n{rows}")
    assert sorted(told(journal)) == sorted(expected)
    assert ready(journal) == visits


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        ("B1|050520-9996|barn||1\nB1|050515-9995|barn||", [("Borgere!B3", "Borgere!B2")]),
        ("B1|050520-9996|barn||1\nB1||||2", [("Borgere!E3", "Borgere!E2")]),
        ("B1|050520-9996|barn||1\nB1||barn||", []),
        ("B1|050520-9996|barn||1\nF1||mor|B1|\nB1||mor|B2|", [("Borgere, række 4", "Borgere, række 2")]),
        ("F1||mor|B1|1\nF1||mor|B2|1", []),
    ],
)
def test_a_citizen_who_stands_twice_is_one_or_contradicts(
    exported: Exported, rows: str, places: list[tuple[str, str]]
) -> None:
    journal = exported.family(Borgere=f"{CITIZENS}\n{rows}")
    assert [(place, other) for _, place, _, other in told(journal)] == places
    keys = [citizen.key for family in journal.families for citizen in family.citizens]
    assert len(keys) == len(set(keys))


def test_sheets_of_one_export_contradict(exported: Exported) -> None:
    journal = exported.tables(
        exported.table("Borgere", exported.rows(f"{CITIZENS}\nB1|050520-9996|barn||451000016003")),
        exported.table("Bred", exported.rows(f"{WIDE}\nB1|K1|120319-4996|{HERE}|08-05-2020 10:00")),
    )
    assert [(place, other) for _, place, _, other in told(journal)] == [("Bred!C2", "Borgere!B2")]


def test_files_contradict_and_both_people_are_kept(exported: Exported) -> None:
    rows = f"{WIDE}\nB1|K{{0}}|{{1}}|{HERE}|08-05-2020 10:00"
    one = exported.wide(rows.format(1, "050520-9996"), "a.csv")
    other = exported.wide(rows.format(2, "120319-4996"), "b.csv")
    third = exported.wide(rows.format(3, "050515-9995"), "c.csv")
    journal = merged([one, other, third], ())
    assert [family.key for family in journal.families] == ["B1", "B1 (2)", "B1 (3)"]
    assert ready(journal) == ()
    assert [(place, found, other) for _, place, found, other in told(merged([one, other], ()))] == [
        ("f!C2", "120319-••••", "a.csv: f!C2"),
        ("f!C2", "050520-••••", "b.csv: f!C2"),
    ]


def test_files_complete_each_other(exported: Exported) -> None:
    rows = f"{WIDE}\nB1|K{{0}}|{{1}}|{{2}}|{NEED}|08-05-2020 10:00"
    one = exported.wide(rows.format(1, "", "451000016003"), "a.csv")
    other = exported.wide(rows.format(2, "050520-9996", ""), "b.csv")
    (family,) = merged([one, other], ()).families
    (child,) = family.citizens
    assert (child.cpr.value, child.organisation.value, child.contradictions) == ("0505209996", "451000016003", ())


def test_what_was_mended_is_told_no_more(exported: Exported) -> None:
    journal = exported.wide(f"{WIDE}\n{SHEETS['two CPR numbers'][0]}")
    (family,) = journal.families
    (child,) = family.citizens
    mended: Citizen = replace(child, cpr=Entry("1203194996", "120319-4996"))
    families = (replace(family, citizens=(mended,)),)
    assert told(replace(journal, families=families)) == []


def test_a_mended_visit_is_told_no_more(exported: Exported) -> None:
    journal = exported.wide(f"{WIDE}\n{SHEETS['one visit key, two days'][0]}")
    (family,) = journal.families
    first, *others = family.visits
    mended = replace(first, start=Entry(date(2020, 5, 20), "20-05-2020"))
    families = (replace(family, visits=(mended, *others)),)
    assert [place for _, place, _, _ in told(replace(journal, families=families))] == ["f!G3"]
