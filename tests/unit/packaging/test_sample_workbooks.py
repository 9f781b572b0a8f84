"""The samples' workbooks: made again, they are the same."""

from __future__ import annotations

import importlib.util
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

from openpyxl import load_workbook

PACKAGING = Path(__file__).parents[3] / "packaging"


def test_the_same_rows_are_the_same_bytes_whenever_they_are_written(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("sample_workbooks", PACKAGING / "sample_workbooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    path = tmp_path / "a.xlsx"
    module.write_long(path, {"Borgere": [{"borger_id": "B1", "cpr": "0505209996"}]})
    book = load_workbook(path)
    assert (book.properties.created, book.properties.modified) == (datetime(2025, 12, 1), datetime(2025, 12, 1))
    assert book["Borgere"]["A2"].value == "B1"
    first = path.read_bytes()
    with ZipFile(path) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
    module.write_long(path, {"Borgere": [{"borger_id": "B1", "cpr": "0505209996"}]})
    assert path.read_bytes() == first
