"""Export: what is right goes out, what is not stays with its reasons, and nothing is ever half written."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from ldbu_desktop.bundles.model import ExportOptions
from ldbu_desktop.bundles.receipt import NOT_CONFORMANT, NOT_REACHED, RECEIPT
from ldbu_desktop.conformance.engine import Engine
from ldbu_desktop.faults import OutputFault
from ldbu_desktop.findings.checks.reports import REJECTED
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.model import EMPTY, Entry, Journal, SourceFile, Visit
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases import check as check_module
from ldbu_desktop.use_cases.export import delivery_folder, export
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.preview import preview
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.work import Cancellation, Step
from ldbu_desktop.workspace.deliveries import Deliveries, Written
from tests.oracle.synthetic import synthetic_journal

STANDARD = shipped_standard()
TODAY = date(2026, 1, 1)
NOW = datetime(2026, 1, 1, 2, 30, tzinfo=UTC)
JOURNAL = synthetic_journal(STANDARD, 14)
VISITS = [visit for family in JOURNAL.families for visit in family.visits]


def judged(source: Journal = JOURNAL) -> Findings:
    """The findings of a journal."""
    return validate(source, STANDARD, TODAY)


def checked(source: Journal = JOURNAL) -> Deliveries:
    """How a journal stands before a delivery."""
    return Deliveries(judged(source), STANDARD)


def changed(changed_visit: str, /, **changes: Any) -> Journal:
    """The journal with one visit changed."""

    def visits(of: tuple[Visit, ...]) -> tuple[Visit, ...]:
        return tuple(replace(visit, **changes) if visit.key == changed_visit else visit for visit in of)

    families = tuple(replace(family, visits=visits(family.visits)) for family in JOURNAL.families)
    return replace(JOURNAL, families=families)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, also what is hidden."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def reports(folder: Path) -> dict[str, bytes]:
    """The files of a folder that are not receipts."""
    return {name: data for name, data in contents(folder).items() if not name.startswith("kvittering")}


def receipt_in(folder: Path) -> dict[str, Any]:
    """The receipt of a folder."""
    found: dict[str, Any] = json.loads((folder / RECEIPT).read_bytes())
    return found


def a_visit_with_a_missing_measurement() -> Journal:
    """A visit where the weight was not obtained, and says why: the contradiction of the standard."""
    for visit in VISITS:
        for place, one in enumerate(visit.observations):
            if one.variable.value == "weight" and one.status.value != "entered-in-error":
                weight = replace(one, value=EMPTY, unit=EMPTY, missing_reason=replace_entry("unknown"))
                observations = (*visit.observations[:place], weight, *visit.observations[place + 1 :])
                return changed(visit.key, observations=observations)
    raise AssertionError


def replace_entry(value: str) -> Any:
    """A value that is written in a file."""
    return Entry(value, value)


def test_every_visit_that_is_right_goes_to_a_file_of_its_own(tmp_path: Path) -> None:
    receipt = export(checked(), tmp_path / "new" / "folder", ExportOptions(), NOW)
    folder = tmp_path / "new" / "folder"
    assert receipt.sent == receipt.files == len(reports(folder)) == len(VISITS)
    kinds = {visit_type.id for visit_type in STANDARD.visit_types}
    assert {name.rpartition("-")[0].rpartition("-")[0] for name in reports(folder)} <= kinds
    assert all(json.loads(data)["resourceType"] == "Bundle" for data in reports(folder).values())
    assert {path.name for path in folder.iterdir()} == {*reports(folder), RECEIPT}


def test_no_name_and_no_receipt_holds_a_number_of_a_person(tmp_path: Path) -> None:
    keys = replace(
        changed(VISITS[0].key, key="0505209996"),
        sources=(SourceFile("0505209996 eksport.xlsx", 5, "0" * 64, "xlsx"),),
    )
    export(checked(keys), tmp_path, ExportOptions(), NOW)
    cprs = {one.cpr.value or "" for family in JOURNAL.families for one in family.citizens} | {"0505209996"}
    text = (tmp_path / RECEIPT).read_text(encoding="utf-8") + " ".join(path.name for path in tmp_path.iterdir())
    assert not [cpr for cpr in cprs if cpr in text]
    assert receipt_in(tmp_path)["inputs"][0]["name"] == "••••••-•••• eksport.xlsx"


def test_the_receipt_tells_what_was_sent(tmp_path: Path) -> None:
    source = replace(JOURNAL, sources=(SourceFile("a.xlsx", 5, "ab" * 32, "xlsx"),))
    export(checked(source), tmp_path, ExportOptions(), NOW)
    told = receipt_in(tmp_path)
    assert told["standard"] == {"package": STANDARD.header.package, "version": STANDARD.header.version}
    assert told["program"]["version"]
    assert (told["time"], told["state"]) == ("2026-01-01T02:30:00+00:00", "complete")
    assert told["counts"] == {
        "visits": 14, "sent": 14, "left_out": 0, "files": 14,
        "records_without_visit": 0, "reports_without_visit": 0,
    }  # fmt: skip
    assert told["inputs"] == [{"name": "a.xlsx", "kind": "xlsx", "size": 5, "sha256": "ab" * 32}]
    assert {one["name"]: one["sha256"] for one in told["files"]} == {
        name: hashlib.sha256(data).hexdigest() for name, data in reports(tmp_path).items()
    }
    assert sorted(key for one in told["files"] for key in one["visits"]) == sorted(visit.key for visit in VISITS)


def test_what_is_rejected_is_left_out_with_its_reasons_and_the_rest_is_sent(tmp_path: Path) -> None:
    bad = VISITS[4].key
    findings = judged(changed(bad, type=EMPTY, subject=EMPTY))
    receipt = export(Deliveries(findings, STANDARD), tmp_path, ExportOptions(), NOW)
    assert receipt.sent == len(VISITS) - 1
    (left_out,) = receipt.left_out
    assert left_out.visit == bad
    assert {reason.code for reason in left_out.reasons} == {one.code for one in findings.obstacles(bad)}
    assert receipt_in(tmp_path)["left_out"][0]["visit"] == bad
    assert receipt_in(tmp_path)["counts"]["left_out"] == 1


def test_a_child_with_a_rejected_visit_loses_only_that(tmp_path: Path) -> None:
    bad = VISITS[0].key
    receipt = export(checked(changed(bad, type=EMPTY)), tmp_path, ExportOptions(report="child"), NOW)
    assert receipt.sent == len(VISITS) - 1
    assert receipt.files == len(JOURNAL.families)
    assert [one.visit for one in receipt.left_out] == [bad]
    assert all(name.startswith("child-") for name in reports(tmp_path))


def test_the_standards_contradiction_is_sent_only_knowingly(tmp_path: Path) -> None:
    findings = judged(a_visit_with_a_missing_measurement())
    refused = export(Deliveries(findings, STANDARD), tmp_path / "a", ExportOptions(), NOW)
    assert refused.sent == len(VISITS) - 1
    sent = export(Deliveries(findings, STANDARD), tmp_path / "b", ExportOptions(send_anyway=True), NOW)
    assert sent.sent == len(VISITS)
    (told,) = receipt_in(tmp_path / "b")["sent_knowingly"]
    assert told["visit"] == refused.left_out[0].visit
    assert [reason["rule"] for reason in told["reasons"]] == ["obs-1"]
    assert receipt_in(tmp_path / "a")["sent_knowingly"] == []
    assert receipt_in(tmp_path / "b")["options"]["send_anyway"] is True


def test_the_same_export_twice_gives_the_same_files_beside_each_other(tmp_path: Path) -> None:
    first = export(checked(), tmp_path, ExportOptions(), NOW)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    second = export(checked(), tmp_path, ExportOptions(), NOW)
    assert (first.folder, second.folder) == (tmp_path, tmp_path / "2026-01-01-1")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before
    assert {path.name: path.read_bytes() for path in second.folder.iterdir()} == before
    assert export(checked(), tmp_path, ExportOptions(), NOW).folder == tmp_path / "2026-01-01-2"


def test_a_correction_leaves_what_a_receipt_vouches_for(tmp_path: Path) -> None:
    export(checked(), tmp_path, ExportOptions(), NOW)
    before = reports(tmp_path)
    corrected = changed(VISITS[3].key, status=replace_entry("entered-in-error"))
    after = reports(export(checked(corrected), tmp_path, ExportOptions(), NOW).folder)
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.json") if path.name != RECEIPT} == before
    assert set(after) == set(before)
    assert sum(before[name] != after[name] for name in before) == 1


def test_a_file_of_somebody_else_is_never_replaced(tmp_path: Path) -> None:
    export(checked(), tmp_path, ExportOptions(), NOW)
    first, second, *_ = sorted(reports(tmp_path))
    (tmp_path / first).write_bytes(b"my notes")
    (tmp_path / second).write_bytes(b'{"resourceType": "Bundle", "id": "another"}')
    (tmp_path / RECEIPT).unlink()
    assert export(checked(), tmp_path, ExportOptions(), NOW).folder == tmp_path
    assert (tmp_path / first).read_bytes() == b"my notes"
    assert b"another" in (tmp_path / second).read_bytes()
    assert {first.replace(".json", "-2.json"), second.replace(".json", "-2.json")} <= set(reports(tmp_path))


@pytest.mark.parametrize("layout", ["pretty", "compact", "ndjson"])
def test_an_incremental_delivery_wraps_all_reports(tmp_path: Path, layout: str) -> None:
    receipt = export(checked(), tmp_path, ExportOptions(incremental=True, layout=layout), NOW)
    ((name, data),) = reports(tmp_path).items()
    assert name.startswith("delivery-")
    delivery = json.loads(data)
    assert delivery["meta"]["profile"] == [STANDARD.header.profiles["incremental-delivery"]]
    assert len(delivery["entry"]) == receipt.sent == len(VISITS)
    if layout == "pretty":
        assert data.decode() == json.dumps(delivery, indent=2, ensure_ascii=False) + "\n"
    else:
        assert data.count(b"\n") == 1


def test_lines_hold_a_report_each(tmp_path: Path) -> None:
    export(checked(), tmp_path, ExportOptions(layout="ndjson"), NOW)
    ((name, data),) = reports(tmp_path).items()
    assert name.endswith(".ndjson")
    assert [json.loads(line)["resourceType"] for line in data.splitlines()] == ["Bundle"] * len(VISITS)


def test_compact_files_have_a_line(tmp_path: Path) -> None:
    export(checked(), tmp_path, ExportOptions(layout="compact"), NOW)
    assert all(data.count(b"\n") == 1 for data in reports(tmp_path).values())


@pytest.mark.parametrize("options", [ExportOptions(), ExportOptions(incremental=True), ExportOptions(layout="ndjson")])
def test_nothing_to_send_is_told(tmp_path: Path, options: ExportOptions) -> None:
    receipt = export(checked(Journal()), tmp_path, options, NOW)
    assert (receipt.sent, receipt.files) == (0, 0)
    assert set(contents(tmp_path)) == {RECEIPT}


class _StopAfter(Cancellation):
    """Asks to stop when so many reports were written."""

    def __init__(self, reports: int) -> None:
        super().__init__()
        self._left = reports

    @property
    def is_asked(self) -> bool:
        """Whether it is time."""
        self._left -= 1
        return self._left < 0


@pytest.mark.parametrize(
    ("options", "kept"),
    [(ExportOptions(), 5), (ExportOptions(incremental=True), 0), (ExportOptions(layout="ndjson"), 0)],
)
def test_stopped_it_keeps_what_is_whole_and_says_so(tmp_path: Path, options: ExportOptions, kept: int) -> None:
    receipt = export(checked(), tmp_path, options, NOW, cancellation=_StopAfter(5))
    assert receipt.is_cancelled
    assert receipt.sent == kept
    assert len(reports(tmp_path)) == kept
    told = receipt_in(tmp_path)
    assert told["state"] == "cancelled"
    assert {reason["code"] for one in told["left_out"] for reason in one["reasons"]} == {NOT_REACHED}
    assert told["counts"]["left_out"] + kept == len(VISITS)


def test_progress_counts_reports(tmp_path: Path) -> None:
    steps: list[Step] = []
    export(checked(), tmp_path, ExportOptions(), NOW, steps.append)
    assert steps == [Step(done, 14, "report") for done in range(1, 15)]


# Places that can't be written to


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    with pytest.raises(OutputFault) as caught:
        export(checked(), tmp_path / "file", ExportOptions(), NOW)
    assert caught.value.key == "output-not-writable"
    assert contents(tmp_path) == {"file": b"mine"}


@pytest.mark.parametrize(("number", "key"), [(errno.ENOSPC, "output-disk-full"), (errno.EACCES, "output-not-writable")])
@pytest.mark.parametrize("options", [ExportOptions(), ExportOptions(incremental=True)])
def test_a_disk_that_fails_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, key: str, options: ExportOptions
) -> None:
    export(checked(), tmp_path, options, NOW)
    (tmp_path / RECEIPT).unlink()
    before = contents(tmp_path)
    synced = os.fsync
    left = [3 if not options.incremental else 0]

    def failing(descriptor: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(number, os.strerror(number))
        synced(descriptor)

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(OutputFault) as caught:
        export(checked(changed(VISITS[0].key, type=EMPTY)), tmp_path, options, NOW)
    assert caught.value.key == key
    assert caught.value.facts["file"] == tmp_path.name
    assert contents(tmp_path) == before


# The last check of what would leave the house


def test_a_report_that_would_be_rejected_for_what_the_journal_does_not_know_is_left_out(tmp_path: Path) -> None:
    export(checked(), tmp_path / "a", ExportOptions(), NOW)
    good, bad, *_ = sorted(reports(tmp_path / "a"))
    for name in reports(tmp_path / "a"):
        if name not in (good, bad):
            (tmp_path / "a" / name).unlink()
    bundle = json.loads((tmp_path / "a" / bad).read_bytes())
    patient = next(one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == "Patient")
    patient["name"] = [{"family": "Test"}]
    (tmp_path / "a" / bad).write_text(json.dumps(bundle), encoding="utf-8")
    (tmp_path / "a" / RECEIPT).unlink()
    findings = judged(load([tmp_path / "a"], STANDARD))
    receipt = export(Deliveries(findings, STANDARD), tmp_path / "b", ExportOptions(), NOW)
    assert receipt.sent == 1
    assert [one.reasons[0].code for one in receipt.left_out] == [REJECTED]
    assert list(reports(tmp_path / "b").values()) == [(tmp_path / "a" / good).read_bytes()]


def test_what_could_not_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "0505209996.json").write_bytes(b'{"resourceType": "Bundle"')
    export(checked(load([tmp_path], STANDARD)), tmp_path / "out", ExportOptions(), NOW)
    assert receipt_in(tmp_path / "out")["not_read"] == [
        {"code": "file-json-unreadable", "file": "••••••-••••.json", "line": 1}
    ]


def test_a_report_without_visit_is_counted(tmp_path: Path) -> None:
    export(checked(), tmp_path / "a", ExportOptions(), NOW)
    for path in (tmp_path / "a").iterdir():
        path.write_bytes(path.read_bytes().replace(b'"Encounter"', b'"Appointment"'))
    (tmp_path / "a" / RECEIPT).unlink()
    receipt = export(checked(load([tmp_path / "a"], STANDARD)), tmp_path / "b", ExportOptions(), NOW)
    assert receipt.files == 0
    assert receipt_in(tmp_path / "b")["counts"]["reports_without_visit"] == len(VISITS)
    assert receipt_in(tmp_path / "b")["counts"]["records_without_visit"] > len(VISITS)


def test_official_examples_that_are_valid_go_out_as_they_came_in(official_examples: Path, tmp_path: Path) -> None:
    source = load([official_examples], STANDARD)
    export(checked(source), tmp_path, ExportOptions(layout="compact"), NOW)
    came = {path.read_bytes().strip() for path in (official_examples).iterdir()}
    sent = {json.dumps(json.loads(data)) for data in reports(tmp_path).values()}
    assert len(sent) == 12
    assert sent <= {json.dumps(json.loads(data)) for data in came}


def test_the_preview_is_what_is_sent(tmp_path: Path) -> None:
    findings = judged()
    export(Deliveries(findings, STANDARD), tmp_path, ExportOptions(), NOW)
    sent = {_without_time(data.decode()) for data in reports(tmp_path).values()}
    seen = {preview(findings.journal, STANDARD, visit.key, NOW).text + "\n" for visit in VISITS}
    assert set(map(_without_time, seen)) == sent


def _without_time(report: str) -> str:
    """A report without its time stamp: each of a delivery has its own, and a preview is one by itself."""
    return re.sub(r'"timestamp": "[^"]*"', "", report)


# Many reports


def test_a_report_that_turns_out_wrong_when_it_is_built_is_left_out(tmp_path: Path) -> None:
    receipt = export(checked(), tmp_path, ExportOptions(base_url="no address"), NOW)
    assert receipt.sent == 0
    assert {reason.code for one in receipt.left_out for reason in one.reasons} == {NOT_CONFORMANT}


def test_a_report_that_can_not_be_judged_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object, **__: object) -> Any:
        raise ValueError

    monkeypatch.setattr(Engine, "check", failing)
    receipt = export(checked(), tmp_path, ExportOptions(), NOW)
    assert receipt.sent == 0
    assert {(one.code, one.rule) for left_out in receipt.left_out for one in left_out.reasons} == {
        (NOT_CONFORMANT, "check-failed")
    }


def test_many_are_judged_by_several_processes_and_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export(checked(), tmp_path / "a", ExportOptions(), NOW)
    monkeypatch.setattr(check_module, "FEW", 3)
    export(checked(), tmp_path / "b", ExportOptions(), NOW)
    assert reports(tmp_path / "a") == reports(tmp_path / "b")
    stopped = export(checked(), tmp_path / "c", ExportOptions(), NOW, cancellation=_StopAfter(9))
    assert (stopped.sent, stopped.is_cancelled) == (9, True)
    asked = Cancellation()
    receipt = export(checked(), tmp_path / "d", ExportOptions(), NOW, lambda _: asked.cancel(), asked)
    assert (receipt.sent, receipt.is_cancelled) == (1, True)


@pytest.mark.parametrize("name", [RECEIPT, "kvittering-20260101T023000.json"])
def test_another_delivery_has_a_folder_of_its_own(tmp_path: Path, name: str) -> None:
    assert delivery_folder(tmp_path / "new", TODAY) == tmp_path / "new"
    assert delivery_folder(tmp_path, TODAY) == tmp_path
    (tmp_path / name).write_text("[]")
    first = delivery_folder(tmp_path, TODAY)
    assert first == tmp_path / "2026-01-01-1"
    first.mkdir()
    assert delivery_folder(tmp_path, TODAY) == tmp_path / "2026-01-01-2"


def test_what_is_left_of_a_journal_after_it_was_written() -> None:
    keys = frozenset(visit.key for visit in VISITS)
    assert Written(NOW, JOURNAL, keys).left_of(JOURNAL) == (0, frozenset())
    assert Written(NOW, JOURNAL, keys - {VISITS[0].key}).left_of(JOURNAL) == (1, frozenset())
    mended = changed(VISITS[0].key, status=replace_entry("cancelled"))
    assert Written(NOW, JOURNAL, keys).left_of(mended) == (1, {VISITS[0].key})
    family = JOURNAL.families[0]
    moved = replace(family, citizens=tuple(replace(one, organisation=EMPTY) for one in family.citizens))
    other = replace(JOURNAL, families=(moved, *JOURNAL.families[1:]))
    assert Written(NOW, JOURNAL, keys).left_of(other).corrected == {visit.key for visit in family.visits}
    again = replace(moved, citizens=family.citizens)
    assert Written(NOW, JOURNAL, keys).left_of(replace(JOURNAL, families=(again, *JOURNAL.families[1:]))).left == 0
    assert Written(NOW, Journal(), frozenset()).left_of(JOURNAL) == (len(VISITS), frozenset())
