"""What is said with ``--baseline``: that nothing is new, and never that what is known is in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.cli.program import Exit, run

SAMPLES = resource("samples")


def _said(file: Path, known: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> str:
    """What is said of a file, when what was found in another is known."""
    baseline = tmp_path / "known.json"
    run(["validate", str(known), "--format", "json", "--to", str(baseline)])
    capsys.readouterr()
    assert run(["validate", str(file), "--baseline", str(baseline)]) == Exit.CLEAN
    return capsys.readouterr().out


def test_what_is_known_is_still_rejected(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    faulty = SAMPLES / "familie-med-fejl.xlsx"
    told = _said(faulty, faulty, capsys, tmp_path)
    assert "▲ Ingen nye fund. 4 af 11 kontakter ville stadig blive afvist." in told
    assert "Klar: 7 · Ville blive afvist: 4" in told


def test_where_nothing_was_wrong_nothing_is(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    clean = SAMPLES / "familie.xlsx"
    assert "✔ Ingen nye fund.\n" in _said(clean, clean, capsys, tmp_path)


def test_what_is_new_and_not_rejected(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    export = tmp_path / "udtraek.csv"
    text = (SAMPLES / "familie-bred.csv").read_text(encoding="utf-8-sig")
    before = tmp_path / "foer.csv"
    before.write_text(text, encoding="utf-8")
    export.write_text(text.replace("57,5", "67,5"), encoding="utf-8")
    assert text != export.read_text(encoding="utf-8")
    assert "✔ Intet nyt ville blive afvist." in _said(export, before, capsys, tmp_path)
