"""The corrected copy of a workbook that would take all memory there is."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from ldbu_desktop.faults import FileFault
from ldbu_desktop.rendering import corrected_workbook as module
from ldbu_desktop.rendering.corrected_workbook import Copied, corrected_workbook, told
from ldbu_desktop.rendering.tables import DataTable
from ldbu_desktop.sandbox import confinement
from tests.attack.sandbox_here import SandboxHere

JOURNAL = DataTable("Rettelser", ("Felt",), ())
EVERYWHERE = "ZA1:XFD1048576"


def _workbook(path: Path, *, merged: str = "", dimension: str = "A1:B2") -> Path:
    """A small workbook whose sheet says that a range of it is merged, and how far it goes."""
    book = Workbook()
    assert book.active is not None
    book.active.append(["a", "b"])
    book.active.append([1, "=A2+1"])
    book.save(path)
    book.close()
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b'ref="A1:B2"', b'ref="%s"' % dimension.encode())
    if merged:
        told = b'</sheetData><mergeCells count="1"><mergeCell ref="%s"/></mergeCells>' % merged.encode()
        sheet = sheet.replace(b"</sheetData>", told)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in (parts | {"xl/worksheets/sheet1.xml": sheet}).items():
            archive.writestr(name, data)
    return path


def test_what_is_too_much_at_once_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confinement, "FEWEST_SECONDS", 0.3)
    source = _workbook(tmp_path / "alt.xlsx", merged=EVERYWHERE)
    with pytest.raises(FileFault) as told:
        corrected_workbook(source, tmp_path / "kopi.xlsx", {}, {}, JOURNAL, has_macros=False)
    assert told.value.facts["file"] == "alt.xlsx"
    assert not (tmp_path / "kopi.xlsx").exists()


@pytest.mark.parametrize("is_here", [True, False])
def test_a_sheet_that_says_it_goes_on_for_ever_is_copied(
    is_here: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if is_here:
        monkeypatch.setattr(module, "Sandbox", SandboxHere)
    source = _workbook(tmp_path / "uge.xlsx", dimension="A1:XFD1048576")
    assert (
        corrected_workbook(source, tmp_path / "kopi.xlsx", {("Sheet", 1, 0): "ny"}, {}, JOURNAL, has_macros=False)
        == Copied()
    )


def test_a_workbook_that_the_library_does_not_know_is_told(tmp_path: Path) -> None:
    source = tmp_path / "fremmed.xlsx"
    styles = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fills><fill/></fills></styleSheet>'
    with zipfile.ZipFile(_workbook(tmp_path / "uge.xlsx")) as archive, zipfile.ZipFile(source, "w") as changed:
        for name in archive.namelist():
            changed.writestr(name, styles if name == "xl/styles.xml" else archive.read(name))
    with pytest.raises(FileFault) as told:
        corrected_workbook(source, tmp_path / "kopi.xlsx", {}, {}, JOURNAL, has_macros=False)
    assert (told.value.key, told.value.facts["file"]) == ("copy-kind-unknown", "fremmed.xlsx")


def test_what_the_library_does_not_know_is_that_files_fault(tmp_path: Path) -> None:
    path = tmp_path / "bog.xlsx"
    path.write_bytes(b"no workbook")
    with pytest.raises(FileFault, match="copy-kind-unknown"):
        next(told(os.fsencode(path)))
    with pytest.raises(FileNotFoundError):
        next(told(os.fsencode(tmp_path / "borte.xlsx")))
