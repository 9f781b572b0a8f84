"""The text of a report that was checked, read again: out of every kind of file, and faults told."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ldbu_desktop.faults import FileFault
from ldbu_desktop.sources import archive_part
from ldbu_desktop.sources.archive_part import ReportText
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.check import check
from ldbu_desktop.use_cases.report_text import report_text
from tests.attack.sandbox_here import SandboxHere

LINES = '{"n": 1}\n\n{"n": 2}\r\n{"n": "é"}'


@pytest.fixture(autouse=True, params=["in a sandbox", "here"])
def _where_archives_are_read(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the program does, and in this process as well, where it is seen what was run."""
    if request.param == "here":
        monkeypatch.setattr(archive_part, "Sandbox", SandboxHere)


def key(given: Path, name: str) -> str:
    """The key of the fault that reading gives."""
    with pytest.raises(FileFault) as told:
        report_text(given, name)
    return told.value.key


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file of each kind, and an archive with the same."""
    made = tmp_path / "folder"
    (made / "inner").mkdir(parents=True)
    (made / "inner" / "one.json").write_bytes(b'\xef\xbb\xbf{"one": true}')
    (made / "lines.ndjson").write_text(LINES, encoding="utf-8", newline="")
    with zipfile.ZipFile(made / "packed.zip", "w") as archive:
        archive.writestr("inner/one.json", '{"packed": true}')
        archive.writestr("lines.ndjson", LINES)
        archive.writestr("../out.json", '{"out": true}')
        archive.writestr("a#2.json", '{"numbered": true}')
    return made


def test_every_name_of_a_check_finds_its_text(folder: Path) -> None:
    names = [checked.file for checked in check([folder], shipped_standard(), jobs=1)]
    told = {name: report_text(folder, name) for name in names}
    assert told == {
        "lines.ndjson": ReportText('{"n": 1}', 1),
        "lines.ndjson#2": ReportText('{"n": 2}', 3),
        "lines.ndjson#3": ReportText('{"n": "é"}', 4),
        "packed.zip/../out.json": ReportText('{"out": true}'),
        "packed.zip/a#2.json": ReportText('{"numbered": true}'),
        "packed.zip/inner/one.json": ReportText('{"packed": true}'),
        "packed.zip/lines.ndjson": ReportText('{"n": 1}', 1),
        "packed.zip/lines.ndjson#2": ReportText('{"n": 2}', 3),
        "packed.zip/lines.ndjson#3": ReportText('{"n": "é"}', 4),
        "inner/one.json": ReportText('{"one": true}'),
    }


def test_a_file_or_an_archive_that_is_given_itself(folder: Path) -> None:
    for path in (folder / "lines.ndjson", folder / "packed.zip", folder / "inner" / "one.json"):
        for checked in check([path], shipped_standard(), jobs=1):
            assert report_text(path, checked.file).text.startswith("{")


def test_what_is_gone_or_damaged_is_told(folder: Path) -> None:
    packed = folder / "packed.zip"
    assert key(folder, "none.json") == "file-not-found"
    assert key(folder, "lines.ndjson#9") == "file-not-found"
    assert key(packed, "none.json") == "file-not-found"
    assert key(packed, "lines.ndjson#9") == "file-not-found"
    (folder / "inner" / "one.json").write_bytes(b"")
    assert key(folder, "inner/one.json") == "file-empty"
    data = packed.read_bytes()
    packed.write_bytes(data.replace(b'{"packed": true}', b'{"pocked": true}'))
    assert key(packed, "inner/one.json") == "file-damaged"
    packed.write_bytes(b"no archive any more")
    assert key(folder, "packed.zip/inner/one.json") == "file-damaged"


def test_a_text_that_is_too_long_to_be_looked_at(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_part, "LONGEST", 9)
    assert key(folder / "inner" / "one.json", "one.json") == "file-too-large"
    assert key(folder, "packed.zip/inner/one.json") == "file-too-large"
    assert key(folder, "packed.zip/lines.ndjson#3") == "file-too-large"
    assert report_text(folder, "packed.zip/lines.ndjson#2").line == 3
    with zipfile.ZipFile(folder / "long.zip", "w") as archive:
        archive.writestr("lines.ndjson", f'{{"n": "{"x" * 40}"}}\n{{"n": 2}}\n')
    assert report_text(folder, "long.zip/lines.ndjson#2") == ReportText('{"n": 2}', 2)
