from __future__ import annotations

import gc
import hashlib
import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from ldbu_desktop.faults import Cancelled, FileFault
from ldbu_desktop.language import Language
from ldbu_desktop.rendering.faults import fault_text
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.work import Cancellation, Step

STANDARD = shipped_standard()
CITIZENS = "borger_id;cpr;rolle;barn;sor\nB1;0505209996;barn;;451000016003\n"
VISITS = "kontakt_id;borger_id;kontakttype;kontaktform;start\nK1;B1;2-months;HH;20-05-2020\n"
FINDINGS = "kontakt_id;fund\nK1;x\n"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A folder with one export as text files, and a file that is none of it."""
    for name, text in (("borgere.csv", CITIZENS), ("kontakter.csv", VISITS), ("fund.csv", FINDINGS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "LÆS MIG.md").write_text("# Udtræk", encoding="utf-8")
    (tmp_path / ".skjult.csv").write_text("x", encoding="utf-8")
    return tmp_path


def fault_of(*paths: Path) -> FileFault:
    with pytest.raises(FileFault) as caught:
        load(paths, STANDARD)
    for language in Language:
        assert fault_text(caught.value, language)
    return caught.value


def test_text_files_of_a_folder_are_one_export(export: Path) -> None:
    journal = load([export], STANDARD)
    (family,) = journal.families
    assert (family.key, len(family.visits[0].observations)) == ("B1", 1)
    assert [(note.code, note.origin.file, note.facts["fault"]) for note in journal.notes] == [
        ("file-passed-over", ".skjult.csv", "file-is-aside"),
        ("file-passed-over", "LÆS MIG.md", "file-is-text"),
    ]
    assert [source.name for source in journal.sources] == ["borgere.csv", "fund.csv", "kontakter.csv"]
    content = (export / "borgere.csv").read_bytes()
    source = journal.sources[0]
    assert (source.size, source.sha256, source.kind) == (len(content), hashlib.sha256(content).hexdigest(), "csv")


def test_text_files_that_are_named_together_are_one_export_too(export: Path) -> None:
    journal = load([export / name for name in ("fund.csv", "kontakter.csv", "borgere.csv")], STANDARD)
    assert journal.visit_count == 1
    assert journal.families[0].unplaced == ()


def test_a_workbook_and_text_files_become_one_journal(export: Path) -> None:
    workbook = Workbook()
    workbook.active.title = "Kontakter"
    workbook.active.append(["kontakt_id", "borger_id", "kontakttype", "kontaktform", "start"])
    workbook.active.append(["K2", "B2", "2-months", "HH", "1-1-2020"])
    workbook.save(export / "renamed.csv")
    journal = load([export], STANDARD)
    assert sorted(family.key for family in journal.families) == ["B1", "B2"]


def test_progress_is_told_and_cancelling_stops(export: Path) -> None:
    steps: list[Step] = []
    load([export], STANDARD, steps.append)
    assert {step.unit for step in steps} == {"row"}
    assert steps[-1].done == 6
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(Cancelled):
        load([export], STANDARD, cancellation=cancellation)
    assert gc.isenabled()


@pytest.mark.parametrize("was_enabled", [True, False])
def test_the_collector_is_left_as_it_was(export: Path, was_enabled: bool) -> None:
    try:
        if not was_enabled:
            gc.disable()
        load([export], STANDARD)
        assert gc.isenabled() is was_enabled
    finally:
        gc.enable()


def test_a_bundle_is_read_into_a_journal_too(tmp_path: Path) -> None:
    pytest.importorskip("ldbu_desktop.bundles.read")
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": []}), encoding="utf-8")
    journal = load([path], STANDARD)
    assert (journal.families, [source.kind for source in journal.sources]) == ((), ["json"])


def test_a_file_without_a_table_that_we_know_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("navn;farve\nx;y\n", encoding="utf-8")
    assert fault_of(path).key == "file-no-known-table"


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert fault_of(tmp_path).key == "file-folder-empty"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    fault = fault_of(tmp_path / "none.xlsx")
    assert (fault.key, fault.facts) == ("file-not-found", {"file": "none.xlsx"})


def test_the_file_is_never_written_to(export: Path) -> None:
    before = {path.name: path.read_bytes() for path in export.iterdir()}
    load([export], STANDARD)
    assert {path.name: path.read_bytes() for path in export.iterdir()} == before
