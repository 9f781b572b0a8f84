"""Since when there is a code, and which version its rule is of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ldbu_desktop.faults import CatalogueFault
from ldbu_desktop.findings.catalogue import finding_types
from ldbu_desktop.findings.code_versions import NEXT, code_versions, read_code_versions
from ldbu_desktop.findings.model import RuleSource
from ldbu_desktop.standard.catalogue import shipped_standard


def test_released_versions_name_only_codes_that_there_are() -> None:
    for version, codes in code_versions().since.items():
        assert codes <= finding_types().keys(), version


def test_a_code_that_no_release_has_is_of_the_next() -> None:
    assert code_versions().since_when("date-unreadable") == "0.1.0"
    assert code_versions().since_when("unheard") == NEXT


def test_every_source_but_common_sense_and_files_has_a_version() -> None:
    standard, versions = shipped_standard(), code_versions()
    for one in finding_types().values():
        has_none = one.source in (RuleSource.PLAUSIBILITY, RuleSource.FILE)
        assert (versions.source_version(one, standard) == "") == has_none, one.code
    note = finding_types()["history-moment-changed"]
    assert versions.source_version(note, standard) == "2024-06"
    assert versions.source_version(finding_types()["obs-1"], standard).endswith(f"#{standard.header.version}")


@pytest.mark.parametrize(
    "told",
    [
        "{",
        json.dumps({"since": {}, "sources": {}, "more": 1}),
        json.dumps({"since": {}, "sources": {"unheard": "1"}}),
        json.dumps({"since": {"1": ["a"], "2": ["a", "b"]}, "sources": {}}),
    ],
)
def test_a_file_that_is_not_as_described_is_refused(told: str, tmp_path: Path) -> None:
    path = tmp_path / "versions.json"
    path.write_text(told, encoding="utf-8")
    with pytest.raises(CatalogueFault) as fault:
        read_code_versions(path)
    assert fault.value.key == "catalogue-unreadable"
