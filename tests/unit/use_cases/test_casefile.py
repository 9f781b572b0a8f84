"""Exports and reports that are read become case files, are mended there, and are delivered as if read anew."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.bundles.model import ExportOptions
from ldbu_desktop.casefile import ENDING
from ldbu_desktop.casefile.case_file import CaseFile, journal_of
from ldbu_desktop.casefile.encoding import encoded
from ldbu_desktop.casefile.passphrase import SHORTEST
from ldbu_desktop.editing.values import edited
from ldbu_desktop.faults import CallFault
from ldbu_desktop.findings.examples import shipped_examples
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.cases import (
    copy_of_case,
    create_case,
    open_case,
    open_remembered,
    place_for_keys,
    try_out,
)
from ldbu_desktop.use_cases.export import export
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.opening import nothing, open_files
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.workspace.deliveries import Deliveries
from tests.profiles import each, landing

STANDARD = shipped_standard()
TODAY = shipped_examples().today
NOW = datetime(2026, 1, 2, tzinfo=UTC)
SAMPLES = resource("samples")
PASSPHRASE = "tre små kopper"  # noqa: S105


def through_a_case(journal: Journal, folder: Path) -> Journal:
    """``journal`` as it is once it was saved as a case file and opened again."""
    path = folder / f"sag{ENDING}"
    CaseFile.create(path, PASSPHRASE, journal).close()
    case = CaseFile.open(path, PASSPHRASE)
    case.close()
    return case.journal


def delivered(journal: Journal, folder: Path) -> dict[str, bytes]:
    """The files that are delivered of a journal, by name."""
    folder.mkdir()
    export(Deliveries(validate(journal, STANDARD, TODAY), STANDARD), folder, ExportOptions(), NOW)
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


@pytest.mark.parametrize(
    "name", each(["familie.xlsx", "familie-bred.csv", "familie-med-fejl.xlsx", "rapporter", "alle-fejl"], 3)
)
def test_what_was_read_is_the_same_from_a_case_file(name: str, tmp_path: Path) -> None:
    read = load([SAMPLES / name], STANDARD)
    again = through_a_case(read, tmp_path)
    assert again == read
    assert encoded(again) == encoded(read)
    assert list(validate(again, STANDARD, TODAY).all) == list(validate(read, STANDARD, TODAY).all)
    assert delivered(again, tmp_path / "again") == delivered(read, tmp_path / "read")


@landing("what is read of other files is the same in every run")
def test_official_reports_are_the_same_from_a_case_file(official_examples: Path, tmp_path: Path) -> None:
    read = load([official_examples], STANDARD)
    again = through_a_case(read, tmp_path)
    assert again == read
    assert encoded(again) == encoded(read)
    assert delivered(again, tmp_path / "again") == delivered(read, tmp_path / "read")


def test_an_export_is_mended_in_a_case_file(tmp_path: Path) -> None:
    read = load([SAMPLES / "familie-med-fejl.xlsx"], STANDARD)
    finding = next(found for found in validate(read, STANDARD, TODAY).all if found.code == "date-unreadable")
    at = finding.location
    mended = edited(read, Where(at.family, at.visit, at.record, at.field, at.variable), "01-06-2021", STANDARD)
    case = CaseFile.create(tmp_path / f"sag{ENDING}", PASSPHRASE, read)
    assert case.save(mended, "date")
    case.close()
    case = CaseFile.open(case.path, PASSPHRASE)
    assert case.journal == mended
    assert "date-unreadable" not in {found.code for found in validate(case.journal, STANDARD, TODAY).all}
    assert case.undo() == read
    assert journal_of(case.path, PASSPHRASE) == read
    case.close()


def test_a_passphrase_of_the_shortest_length_will_do(tmp_path: Path) -> None:
    CaseFile.create(tmp_path / f"sag{ENDING}", "kXq9#vPz2!wm"[:SHORTEST]).close()
    with pytest.raises(CallFault):
        CaseFile.create(tmp_path / f"sag{ENDING}", "kXq9#vPz2!wm"[: SHORTEST - 1])


def test_it_is_told_whether_there_is_a_place_for_keys() -> None:
    assert isinstance(place_for_keys(), str)


def test_a_case_file_is_opened_to_be_filled_with_what_was_delivered_of_it(tmp_path: Path) -> None:
    path = tmp_path / f"sag{ENDING}"
    made = create_case(path, PASSPHRASE, STANDARD, load([SAMPLES / "familie.xlsx"], STANDARD))
    assert (made.is_filled, made.visit_count, made.file is not None) == (True, 11, True)
    assert made.file is not None
    made.judge(validate(made.journal, STANDARD, TODAY))
    first = export(made.deliveries, tmp_path / "a", ExportOptions(), NOW)
    assert first.sent == 11
    made.file.close()
    again = open_case(path, PASSPHRASE, STANDARD)
    again.judge(validate(again.journal, STANDARD, TODAY))
    assert again.has_delivered
    assert export(again.deliveries, tmp_path / "b", ExportOptions(), NOW, only_new=True).sent == 0
    assert export(again.deliveries, tmp_path / "c", ExportOptions(), NOW).sent == 11
    assert again.file is not None
    again.file.close()


def test_work_that_is_kept_nowhere_remembers_no_delivery(tmp_path: Path) -> None:
    path = tmp_path / f"sag{ENDING}"
    CaseFile.create(path, PASSPHRASE, load([SAMPLES / "familie.xlsx"], STANDARD)).close()
    copied = copy_of_case(path, PASSPHRASE, STANDARD)
    copied.judge(validate(copied.journal, STANDARD, TODAY))
    assert (copied.is_filled, copied.file) == (True, None)
    assert export(copied.deliveries, tmp_path / "a", ExportOptions(), NOW).sent == 11
    assert export(copied.deliveries, tmp_path / "b", ExportOptions(), NOW, only_new=True).sent == 11
    assert not copied.has_delivered


def test_there_is_work_without_a_file_and_without_anything(tmp_path: Path) -> None:
    trial = try_out(STANDARD)
    assert (trial.is_open, trial.is_filled, trial.visit_count) == (True, True, 0)
    empty = nothing(lambda: STANDARD)
    assert (empty.is_open, empty.standard) == (False, STANDARD)
    assert create_case(tmp_path / f"sag{ENDING}", PASSPHRASE, STANDARD).visit_count == 0


def test_files_are_opened_to_be_looked_at() -> None:
    read = open_files([SAMPLES / "familie.xlsx"], STANDARD)
    assert (read.is_filled, read.file, read.visit_count) == (False, None, 11)


def test_a_key_that_is_remembered_opens_the_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / f"sag{ENDING}"
    CaseFile.create(path, PASSPHRASE, Journal()).close()
    monkeypatch.setattr(CaseFile, "open_remembered", lambda _path: None)
    assert open_remembered(path, STANDARD) is None
    monkeypatch.setattr(CaseFile, "open_remembered", lambda path: CaseFile.open(path, PASSPHRASE))
    found = open_remembered(path, STANDARD)
    assert found is not None
    assert found.file is not None
    found.file.close()
