"""Case files that do not fit: each fault names the file and the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.training.loader import CASE_BYTES, case_in, cases_of_folder, read_case

STANDARD = shipped_standard()
TEXT = resource("training", "02-barselsbesoeg.yaml").read_text(encoding="utf-8")


def keys(text: str) -> list[str]:
    """The faults of a case file, each with a line."""
    case, faults = case_in(text.encode(), "a.yaml", STANDARD)
    assert (case is None) == bool(faults)
    assert all(fault.facts["file"] == "a.yaml" for fault in faults)
    return [fault.key for fault in faults]


def test_a_case_that_fits() -> None:
    assert keys(TEXT) == []


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("level: easy", "level: nem", "form-not-a-word"),
        ("level: easy", "level: easy\nscore: 1", "form-key-unknown"),
        ("type: maternity", "type: barsel", "case-visit-type-unknown"),
        ("about: emma", "about: ida", "case-person-unknown"),
        ("answer: Hjemmebesøg", "about: ida\n        answer: Hjemmebesøg", "case-person-unknown"),
        ("start: 2020-05-08 10:30", "start: i går", "case-time-unclear"),
        ("asked: weight", "asked: vægten", "case-asked-unknown"),
        ("asked: weight", "asked: weight\n        questionnaire: epds", "case-answer-about"),
        ("answer: 3420 g", "answer: meget", "case-answer-unread"),
        ("answer: 3420 g", "answer: 3420 g\n        omitted: true", "case-omitted-answer"),
        ("- asked: weight\n        answer: 3420 g", "- asked: vægten\n        omitted: true", "case-asked-unknown"),
        ("answer: 3420 g", "answer: 3420 g\n        accepted: [tung]", "case-answer-unread"),
        ("- id: barsel", "- id: emma", "case-id-twice"),
        ("id: barselsbesoeg", "id: [", "form-yaml-open"),
    ],
)
def test_what_does_not_fit(old: str, new: str, key: str) -> None:
    assert old in TEXT
    assert key in keys(TEXT.replace(old, new, 1))


def test_a_file_that_is_too_large() -> None:
    assert keys("#" * (CASE_BYTES + 1)) == ["case-too-large"]


def test_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "c.yaml").write_text("id: x", encoding="utf-8")
    read = cases_of_folder(tmp_path, STANDARD)
    assert [case.id for case in read.cases] == ["barselsbesoeg"]
    assert {fault.key for fault in read.faults} == {"case-twice", "form-key-missing"}
    gone = read_case(tmp_path / "gone.yaml", STANDARD)
    assert gone[0] is None
    assert gone[1][0].key == "file-not-readable"
