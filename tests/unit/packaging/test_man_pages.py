"""Man pages: both programs in both languages, every command with what its help says."""

from __future__ import annotations

import gzip
import importlib.util
from pathlib import Path

import pytest

from ldbu_desktop.cli.names import COMMANDS

PACKAGING = Path(__file__).parents[3] / "packaging"


def test_man_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1577836800")
    monkeypatch.setenv("COLUMNS", "78")
    spec = importlib.util.spec_from_file_location("man_pages", PACKAGING / "man_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main(tmp_path)
    pages = {
        path.relative_to(tmp_path).as_posix(): gzip.decompress(path.read_bytes()) for path in tmp_path.rglob("*.gz")
    }
    assert set(pages) == {f"{place}/{name}.1.gz" for place in ("man1", "da/man1") for name in ("ldbu", "ldbu-desktop")}
    for page in pages.values():
        text = page.decode()
        assert text.startswith(".TH LDBU")
        assert '"2020-01-01"' in text
    for place, title in (("man1", "NAME"), ("da/man1", "NAVN")):
        text = pages[f"{place}/ldbu.1.gz"].decode()
        assert f".SH {title}" in text
        assert all(f".SH ldbu {name.replace('-', chr(92) + '-')}" in text for name in COMMANDS)
