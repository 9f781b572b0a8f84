"""Exports and reports that are read become case files, are mended there, and are delivered as if read anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.bundles.delivery import ExportOptions
from ldbu_desktop.casefile import key
from ldbu_desktop.casefile.encoding import encoded
from ldbu_desktop.editing.values import edited
from ldbu_desktop.faults import CallFault
from ldbu_desktop.findings.examples import shipped_examples
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import Language
from ldbu_desktop.rendering.faults import fault_text
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.casefile import (
    ENDING,
    SHORTEST_PASSPHRASE,
    CaseFile,
    forgotten,
    journal_of,
    place_for_keys,
)
from ldbu_desktop.use_cases.export import export
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.validate import validate

STANDARD = shipped_standard()
TODAY = shipped_examples().today
NOW = datetime(2026, 1, 2, tzinfo=UTC)
SAMPLES = resource("samples")
PASSPHRASE = "tre små kopper"  # noqa: S105


@pytest.fixture(scope="module", autouse=True)
def quick_keys() -> Iterator[None]:
    """Keys that are made in no time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(key, "ROUNDS", 100)
        yield


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
    export(validate(journal, STANDARD, TODAY), STANDARD, folder, ExportOptions(), NOW)
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


@pytest.mark.parametrize(
    "name", ["familie.xlsx", "familie-bred.csv", "familie-med-fejl.xlsx", "rapporter", "alle-fejl"]
)
def test_what_was_read_is_the_same_from_a_case_file(name: str, tmp_path: Path) -> None:
    read = load([SAMPLES / name], STANDARD)
    again = through_a_case(read, tmp_path)
    assert again == read
    assert encoded(again) == encoded(read)
    assert list(validate(again, STANDARD, TODAY).all) == list(validate(read, STANDARD, TODAY).all)
    assert delivered(again, tmp_path / "again") == delivered(read, tmp_path / "read")


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


def test_the_answer_to_a_forgotten_passphrase_hides_numbers() -> None:
    fault = forgotten(Path("/hos/050520-9996.ldbu"))
    assert isinstance(fault, CallFault)
    for language in Language:
        assert fault_text(fault, language).startswith("••••••-9996.ldbu")


def test_a_passphrase_of_the_shortest_length_will_do(tmp_path: Path) -> None:
    CaseFile.create(tmp_path / f"sag{ENDING}", "x" * SHORTEST_PASSPHRASE).close()
    with pytest.raises(CallFault):
        CaseFile.create(tmp_path / f"sag{ENDING}", "x" * (SHORTEST_PASSPHRASE - 1))


def test_it_is_told_whether_there_is_a_place_for_keys() -> None:
    assert isinstance(place_for_keys(), str)
