"""Deliveries that wrap reports, and files that hold something else."""

from __future__ import annotations

from typing import Any

import pytest

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.read import read_journal
from ldbu_desktop.bundles.write import ReportWriter
from ldbu_desktop.faults import Cancelled, FileFault
from ldbu_desktop.sources.found import BundleText
from ldbu_desktop.work import Cancellation, Step
from tests.unit.bundles.read_and_written import read, small
from tests.unit.bundles.small_family import (
    NOW,
    STANDARD,
    journal,
)

NO_REPORT = "file-not-delivery-report"


def delivery(*reports: Any) -> dict[str, Any]:
    """An incremental delivery as another system might write it."""
    writer = ReportWriter(journal(), STANDARD, NOW)
    bundle = writer.delivery("d") | {"language": "da"}
    bundle["entry"] = [{"resource": one, "fullUrl": f"urn:uuid:{number}"} for number, one in enumerate(reports)]
    return bundle


def test_a_delivery_is_its_reports_and_says_the_same() -> None:
    bundle = delivery(small(), {"resourceType": "Basic"}, small())
    bundle["entry"].append(5)
    text = json_text(bundle, is_pretty=True)
    source = read(text)
    assert len(source.reports) == 2
    assert len({one.delivery for one in source.reports}) == 1
    assert source.reports[1].origin.path == "Bundle.entry[2].resource"
    assert text.decode().split("\n")[source.reports[1].origin.line - 1].strip() == '"resource": {'
    assert [note.code for note in source.notes] == ["file-not-delivery-report"] * 2
    writer = ReportWriter(source, STANDARD, NOW)
    assert json_text(writer.delivery_as_read(source.reports), is_pretty=True) == text


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (b"", ["file-json-unreadable"]),
        (b'{"resourceType": "Bundle"', ["file-json-unreadable"]),
        (b"{}", ["file-not-fhir"]),
        (b"null", ["file-not-fhir"]),
        (b'{"resourceType": 5}', ["file-not-fhir"]),
        (b'{"resourceType": "Patient"}', ["file-not-delivery-report"]),
        (b'{"resourceType": "Bundle", "type": "searchset"}', ["file-not-delivery-report"]),
        (b'{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Basic"}}]}', [NO_REPORT]),
        (b'{"resourceType": "Bundle", "resourceType": "Bundle"}', ["file-json-duplicate-key"]),
        (b'{"resourceType": "Bundle", "type": "a\\u0009b\tc"}', ["file-not-delivery-report"]),
        (b'{"resourceType": "Bundle",\n\n"a": [1,],}', ["file-json-unreadable", "file-json-unreadable"]),
    ],
)  # fmt: skip
def test_what_is_no_report_is_told(text: bytes, codes: list[str]) -> None:
    source = read(text)
    assert [note.code for note in source.notes][: len(codes)] == codes
    assert source.reports == ()
    assert source.account.found.reports == source.account.left_out.reports == 1


def test_where_a_text_is_broken_is_told() -> None:
    (note,) = read(b'{"resourceType": "Bundle",\n\n "type": }').notes
    assert (note.origin.file, note.origin.line, note.facts["fault"]) == ("0.json", 3, "not-json")


def test_a_text_that_could_not_be_had_is_told_and_the_others_are_read() -> None:
    locked = BundleText("a.json", fault=FileFault("file-protected", file="a.json"))
    source = read_journal([locked, BundleText("b.json", json_text(small()))], STANDARD)
    assert [(note.origin.file, note.facts["fault"]) for note in source.notes] == [("a.json", "file-protected")]
    assert source.visit_count == 1


def test_progress_is_told_and_the_work_can_be_stopped() -> None:
    steps: list[Step] = []
    texts = [BundleText("a.json", json_text(small()))] * 21
    read_journal(texts, STANDARD, steps.append)
    assert steps == [Step(20, None, "report"), Step(21, 21, "report")]
    cancellation = Cancellation()
    read_journal(texts, STANDARD, cancellation=cancellation)
    cancellation.cancel()
    with pytest.raises(Cancelled):
        read_journal(texts, STANDARD, cancellation=cancellation)


def test_a_report_that_is_there_twice_counts_once_and_is_told() -> None:
    one, other = (json_text(made) for made in (small(), small() | {"id": "other"}))
    said_otherwise = one.replace(b'"collection"', b' "collection"')
    texts = (one, other, one, one.strip(), said_otherwise)
    again = [BundleText(f"{name}.json", data) for name, data in zip("abcde", texts, strict=True)]
    journal = read_journal(again, STANDARD)
    assert [report.origin.file for report in journal.reports] == ["a.json", "b.json", "e.json"]
    assert [(note.code, note.origin.file, note.facts) for note in journal.notes] == [
        ("file-report-twice", "c.json", {"first": "a.json"}),
        ("file-report-twice", "d.json", {"first": "a.json"}),
    ]
    assert journal.account.not_read == ()
    assert journal.account.read.reports == 5
