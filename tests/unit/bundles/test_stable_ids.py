"""The same record has the same id in every delivery, whatever else the export holds and however it is delivered."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.bundles.identity import Identities, name_id
from ldbu_desktop.bundles.model import ExportOptions
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.journal.readings import citizen_key
from ldbu_desktop.mapping.exports import ExportReader
from ldbu_desktop.mapping.layout import long_sheets
from ldbu_desktop.mapping.tables_out import long_rows
from ldbu_desktop.mapping.wide_out import wide_table
from ldbu_desktop.sources.tables import Table
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.export import export
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.workspace.deliveries import Deliveries
from tests.oracle.synthetic import synthetic_journal

STANDARD = shipped_standard()
Told = dict[str, set[str]]


def delivered(journal: Journal, folder: Path, day: int, **options: object) -> Told:
    """The ids of a delivery on a day of January, by resource type."""
    now = datetime(2026, 1, day, tzinfo=UTC)
    export(Deliveries(validate(journal, STANDARD, date(2026, 1, day)), STANDARD), folder, ExportOptions(**options), now)  # type: ignore[arg-type]
    told: Told = {}
    for path in folder.iterdir():
        if path.suffix == ".json" and not path.name.startswith("kvittering"):
            bundle = json.loads(path.read_bytes())
            for entry in bundle["entry"]:
                told.setdefault(entry["resource"]["resourceType"], set()).add(entry["resource"]["id"])
    return told


def again(journal: Journal, shape: str, *, backwards: bool) -> Journal:
    """The journal as another export of it is read: the records have no ids of their own, the rows another order."""
    if shape == "wide":
        wide = wide_table(journal, STANDARD)
        sheets = {"Kontakter bred": (wide.header, wide.rows)}
    else:
        rows_of = long_rows(journal, STANDARD)
        sheets = {
            sheet.name: ([column.header for column in sheet.columns], rows_of[sheet.name]) for sheet in long_sheets()
        }
    numbered = {}
    for name, (header, rows) in sheets.items():
        at = [place for place, text in enumerate(header) if text in ("observation_id", "fund_id")]
        bare = [["" if place in at else cell for place, cell in enumerate(row)] for row in rows]
        if backwards:
            bare.reverse()
        numbered[name] = list(enumerate([header, *bare], start=1))

    def opened() -> AbstractContextManager[list[Table]]:
        file = f"backwards-{backwards}.xlsx"
        return nullcontext([Table(file, name, iter(rows)) for name, rows in numbered.items()])

    read = ExportReader(STANDARD).read(opened)
    assert read is not None
    return read


@pytest.mark.parametrize("shape", ["long", "wide"])
def test_another_delivery_of_the_same_journal_has_the_same_ids(shape: str, tmp_path: Path) -> None:
    journal = synthetic_journal(STANDARD, 14)
    first = delivered(again(journal, shape, backwards=False), tmp_path / "a", 1)
    later = delivered(again(journal, shape, backwards=True), tmp_path / "b", 2, layout="compact")
    assert {"Patient", "RelatedPerson", "Encounter", "Observation"} <= first.keys()
    assert first == later


def test_the_layout_of_a_delivery_is_no_part_of_an_id(tmp_path: Path) -> None:
    journal = synthetic_journal(STANDARD, 14)
    by_visit = delivered(journal, tmp_path / "a", 1)
    by_child = delivered(journal, tmp_path / "b", 2, report="child")
    assert by_visit == by_child


@given(st.uuids(), st.text(st.characters(exclude_categories=["Cs"])))
def test_an_id_of_a_name_is_a_uuid_of_version_5(space: UUID, name: str) -> None:
    assert name_id(space.bytes, name) == str(uuid5(space, name))


def test_an_id_is_the_same_on_every_machine_and_whoever_has_it_can_try_all_numbers() -> None:
    def made(cpr: str) -> str:
        return Identities(STANDARD, "journal", "").made("Patient", citizen_key(cpr) or "")

    told = "443baf44-f7fa-53b9-93a8-7c937cc15d29"
    assert made("050520-9996") == told
    assert [one for one in (f"050520{number:04}" for number in range(9900, 10000)) if made(one) == told] == [
        "0505209996"
    ]
