"""Acceptances in a file: written by the window, read by the command line, strict, and holding for what is found."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.casefile import key
from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.fault_texts import fault_words
from ldbu_desktop.faults import CallFault, FileFault
from ldbu_desktop.findings.acceptance import value_of
from ldbu_desktop.language import Language
from ldbu_desktop.use_cases.acceptances import AcceptedEntry, accept, accepting_all, read_accepted, write_accepted
from ldbu_desktop.workspace.kept_corrections import entry_of, kept_of
from tests.unit.findings.test_acceptance import AT
from tests.unit.workspace.some_import import example, found

SAMPLE = resource("samples", "familie-med-fejl.xlsx")
SHRUNK = {"code": "size-shrinks", "visit": "K08", "variable": "height", "found": "56,5", "reason": "Målt to gange",
          "by": "sundhedsplejerske"}  # fmt: skip


def accepted_file(folder: Path, *entries: dict[str, Any], version: int = 1) -> Path:
    """A file with these entries."""
    path = folder / "accepteret.json"
    path.write_text(json.dumps({"ldbu_accepted": version, "accepted": entries}), encoding="utf-8")
    return path


def told(path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, Any]:
    """What is told as JSON of the sample with what is accepted."""
    assert run(["validate", str(SAMPLE), "--format", "json", "--accepted", str(path), *more]) == Exit.REJECTED
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_what_is_accepted_is_told_apart_with_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = told(accepted_file(tmp_path, SHRUNK), capsys)
    assert "size-shrinks" not in [one["code"] for one in answer["findings"]]
    assert answer["counts"]["check"] == 2
    (held,) = answer["accepted"]
    assert (held["code"], held["visit"], held["reason"], held["by"]) == (
        "size-shrinks", "K08", "Målt to gange", "sundhedsplejerske",
    )  # fmt: skip
    assert answer["accepted_expired"] == []


@pytest.mark.parametrize(
    "other", [{"found": "56,4"}, {"visit": "K07"}, {"variable": "weight"}, {"basis": "0123456789ab"}, {"record": "O1"}]
)
def test_for_another_value_or_place_it_does_not_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], other: dict[str, str]
) -> None:
    answer = told(accepted_file(tmp_path, SHRUNK | other), capsys)
    assert answer["counts"]["check"] == 3
    assert answer["accepted"] == []
    assert [one["code"] for one in answer["accepted_expired"]] == ["size-shrinks"]


@pytest.mark.parametrize("form", ["text", "html", "xlsx"])
def test_every_form_tells_it(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"svar.{form}"
    given = accepted_file(tmp_path, SHRUNK, SHRUNK | {"code": "factor-slip"})
    run(["validate", str(SAMPLE), "--format", form, "--to", str(path), "--accepted", str(given)])
    if form == "xlsx":
        from python_calamine import CalamineWorkbook

        book = CalamineWorkbook.from_path(path)
        rows = repr([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    else:
        rows = path.read_text(encoding="utf-8")
    assert "Målt to gange" in rows
    assert "sundhedsplejerske" in rows
    assert form == "xlsx" or "gælder ikke mere" in rows


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"code": "mandatory-missing-gateway"}, "accepted-rejects"),
        ({"code": "nothing-like-it"}, "accepted-unknown-code"),
        ({"reason": " "}, "accepted-without-reason"),
        ({"by": ""}, "accepted-without-reason"),
        ({"why": "x"}, "accepted-unreadable"),
    ],
)
def test_what_does_not_fit_is_a_fault(tmp_path: Path, change: dict[str, str], key: str) -> None:
    path = accepted_file(tmp_path, SHRUNK | change)
    with pytest.raises(FileFault) as raised:
        read_accepted(path)
    assert raised.value.key == key
    assert run(["validate", str(SAMPLE), "--accepted", str(path)]) == Exit.FAULT


def test_what_is_no_such_file_is_a_fault(tmp_path: Path) -> None:
    broken, large = tmp_path / "x.json", tmp_path / "stor.json"
    broken.write_bytes(b"\xff")
    large.write_bytes(b" " * (8 * 1024 * 1024 + 1))
    for path, fault in (
        (tmp_path / "ingen.json", "file-not-found"),
        (tmp_path, "file-not-readable"),
        (broken, "accepted-not-json"),
        (large, "accepted-too-large"),
        (accepted_file(tmp_path, version=2), "accepted-unreadable"),
    ):
        with pytest.raises(FileFault) as raised:
            read_accepted(path)
        assert raised.value.key == fault


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[1]", "$"),
        ('{"ldbu_accepted": 1, "andet": 2}', "$.andet"),
        ('{"ldbu_accepted": 2}', "$.ldbu_accepted"),
        ('{"ldbu_accepted": 1, "accepted": [{"code": 1}]}', "$.accepted[0].code"),
        ('{"ldbu_accepted": 1, "accepted": [{"code": "size-shrinks"}]}', "$.accepted[0].found"),
    ],
)
def test_the_place_that_is_wrong_is_told_in_both_languages(tmp_path: Path, text: str, place: str) -> None:
    path = tmp_path / "accepteret.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileFault) as raised:
        read_accepted(path)
    told = fault_words(raised.value.key, raised.value.facts)
    assert f": {place} er ikke, som det skal være." in told[Language.DANISH]
    assert f": {place} is not as it should be." in told[Language.ENGLISH]


@pytest.mark.parametrize("code", ["cpr-date-impossible", "size-shrinks", "file-cell-unused"])
def test_what_is_written_is_accepted_again_and_names_nobody(tmp_path: Path, code: str) -> None:
    work, path = example(code), tmp_path / "accepteret.json"
    work.do(accepting_all(work, found(work, code), "et testperson", "tester", AT))
    assert work.findings is not None
    count = len(work.findings.accepted)
    assert write_accepted(work.findings, path) == count >= 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text(encoding="utf-8")
    numbers = [one.cpr.raw for family in work.journal.families for one in family.citizens if one.cpr.raw]
    assert not [one for one in numbers if one in text or one[-4:] in text]
    again = example(code)
    accept(again, read_accepted(path))
    assert again.findings is not None
    assert len(again.findings.accepted) == count
    assert found(again, code) == []
    accept(again, ())
    assert len(again.findings.accepted) == count


def test_what_fits_several_holds_for_none() -> None:
    work = example("cpr-shared")
    shared = found(work, "cpr-shared")
    assert len(shared) > 1
    accept(work, [AcceptedEntry("cpr-shared", value_of(shared[0], work.families(shared[0].location.family)), "x", "y")])
    assert found(work, "cpr-shared") == shared


def test_to_accept_nothing_is_a_fault() -> None:
    work = example("size-shrinks")
    with pytest.raises(CallFault):
        accepting_all(work, [], "reason", "tester", AT)


def test_case_and_work_files_keep_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key, "ROUNDS", 100)
    for code in ("size-shrinks", "file-cell-unused"):
        work = example(code)
        work.do(accepting_all(work, found(work, code), "reason", "tester", AT))
        assert kept_of(entry_of(work.steps.done[-1])).operation == work.steps.done[-1].operation
        path = tmp_path / f"{code}.ldbu"
        case = CaseFile.create(path, "fire ord er nok", work.journal)
        case.close()
        case = CaseFile.open(path, "fire ord er nok")
        assert case.journal == work.journal
        work.undo()
        case.save(work.journal, "back")
        assert case.undo() != work.journal
        case.close()


def test_a_copy_has_no_comment_on_what_is_accepted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    accepted = accepted_file(tmp_path, SHRUNK)
    texts = []
    for name, more in (("med.xlsx", []), ("uden.xlsx", ["--accepted", str(accepted)])):
        copy = tmp_path / name
        assert run(["correct", str(SAMPLE), "--to", str(copy), *more]) == Exit.REJECTED
        with ZipFile(copy) as parts:
            texts.append(b"".join(parts.read(part) for part in parts.namelist() if "comments" in part))
    whole, without = (text.count(b"<comment ") for text in texts)
    assert whole == without + 1


def test_an_export_reads_what_is_accepted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    accepted = accepted_file(tmp_path, SHRUNK)
    assert run(["export", str(SAMPLE), "--to", str(tmp_path / "ud"), "--accepted", str(accepted)]) == Exit.REJECTED
    assert run(["export", str(SAMPLE), "--to", str(tmp_path / "to"), "--accepted", str(tmp_path)]) == Exit.FAULT


def test_what_a_report_is_rejected_for_can_not_be_accepted(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["check", str(tmp_path), "--accepted", "a.json"]) == Exit.FAULT
    assert "validate, export" in capsys.readouterr().err
