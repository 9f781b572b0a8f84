"""How much was read and how much was not, in a line and in numbers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ldbu_desktop.account import Account, Amount, NotRead
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.bundles.receipt_file import is_receipt
from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.rendering.account import account_document, account_words

CELLS = Account(Amount(files=1, rows=97, cells=1207), (NotRead("file-cell", Amount(cells=3), "a.csv", "a", 4, 2),))


@pytest.mark.parametrize(
    ("account", "numbers"),
    [
        (Account(), ""),
        (CELLS, "1 204 97 3"),
        (Account(Amount(files=1, rows=1, cells=1)), "1 1 0"),
        (Account(Amount(files=1, rows=1, cells=1), is_whole=False), "1 1"),
        (Account(Amount(reports=3, files=2), (NotRead("x", Amount(reports=1), "b"),)), "2 1"),
        (
            Account(Amount(rows=2, cells=2, reports=1), (NotRead("x", Amount(rows=1, cells=1, files=1), "b"),)),
            "1 1 1 1 1 1",
        ),
    ],
)
def test_a_line_has_the_numbers(account: Account, numbers: str) -> None:
    told = account_words(account).replace("\N{NO-BREAK SPACE}", " ")
    assert "".join(mark if mark.isdigit() else " " for mark in told).split() == numbers.split()


def test_machines_get_every_place() -> None:
    told = account_document(CELLS)
    assert told["found"]["cells"] == told["read"]["cells"] + told["not_read"][0]["cells"] == 1207
    assert {name: told["not_read"][0][name] for name in ("code", "file", "sheet", "row", "column")} == {
        "code": "file-cell",
        "file": "a.csv",
        "sheet": "a",
        "row": 4,
        "column": 2,
    }


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "html", "junit"])
def test_every_form_tells_it(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", str(resource("samples", "familie.xlsx")), "--format", form]) == Exit.CLEAN
    told = capsys.readouterr().out
    assert "531" in told
    assert "110" in told


class TestReceipts:
    def test_what_an_export_wrote_passes_as_it_lies(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        folder = tmp_path / "aflevering"
        assert run(["export", str(resource("samples", "familie.xlsx")), "--to", str(folder)]) == Exit.CLEAN
        capsys.readouterr()
        assert run(["check", str(folder)]) == Exit.CLEAN
        assert capsys.readouterr().out.count("kvittering.json") == 1
        assert run(["validate", str(folder), "--format", "json"]) == Exit.CLEAN
        told = json.loads(capsys.readouterr().out)
        assert [found["code"] for found in told["findings"]] == ["file-passed-over"]
        assert told["account"]["read"]["reports"] == 11

    def test_a_receipt_alone_is_nothing_to_check(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        run(["export", str(resource("samples", "familie.xlsx")), "--to", str(tmp_path)])
        assert run(["check", str(tmp_path / "kvittering.json")]) == Exit.FAULT
        capsys.readouterr()

    @pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"[" * 100_000, b'{"resourceType": "Bundle"}', b"\xff"])
    def test_what_is_only_called_so_is_none(self, data: bytes) -> None:
        assert not is_receipt("kvittering.json", data)
        assert not is_receipt("a.json", data)


class TestExport:
    def test_what_was_not_read_is_told_and_changes_the_answer(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        whole = sorted(resource("samples", "rapporter").glob("*.json"))[0].read_bytes()
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "a.json").write_bytes(whole)
        (tmp_path / "in" / "b.json").write_bytes(whole[:4000])
        assert run(["export", str(tmp_path / "in"), "--to", str(tmp_path / "out")]) == Exit.REJECTED
        assert "b.json" in capsys.readouterr().out

    def test_keys_are_masked_on_the_screen(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = tmp_path / "a.csv"
        header = "kontakt_id;barn_cpr;sor;kontakttype;kontaktform;start;Vægt;Vægt enhed\n"
        visit = "Behovskontakt med småbørnssundhedsplejen;Hjemmebesøg;20-05-2020"
        row = f"0505209996-K1;050520-9996;451000016003;{visit};x;g\n"
        path.write_text(header + row, encoding="utf-8")
        assert run(["export", str(path), "--to", str(tmp_path / "out")]) == Exit.REJECTED
        told = capsys.readouterr().out
        assert "9996" not in told
        assert "050520-••••-K1" in told
