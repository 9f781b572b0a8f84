"""The types of finding are read strictly, and their texts are whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.faults import CatalogueFault
from ldbu_desktop.findings.catalogue import (
    FindingType,
    codes_where,
    finding_types,
    journal_types,
    read_types,
    types_by_level,
)
from ldbu_desktop.findings.model import Level, Severity
from ldbu_desktop.language import Language, placeholders

LONGEST_TITLE = 60
TYPE: dict[str, Any] = {
    "code": "a-code",
    "severity": "check",
    "source": "plausibility",
    "blocks": "nothing",
    **{name: {"da": "dansk", "en": "English"} for name in ("title", "message", "why", "remedy", "example")},
}


def written(folder: Path, *types: dict[str, Any]) -> Path:
    for level in Level:
        (folder / f"{level}.json").write_text(json.dumps(types if level is Level.CELL else []), encoding="utf-8")
    return folder


def test_a_type_is_read(tmp_path: Path) -> None:
    types = read_types(written(tmp_path, TYPE))
    assert [one.code for one in types[Level.CELL]] == ["a-code"]
    assert types[Level.FILE] == ()


@pytest.mark.parametrize(
    "faulty",
    [
        {"unknown": 1},
        {"severity": "dreadful"},
        {"severity": "rejected"},
        {"blocks": "visit"},
        {"may_be_sent_anyway": True},
        {"remedy": {"da": "dansk", "en": " "}},
        {"message": {"da": "{found}", "en": "nothing"}},
        {"expected": {"da": "5", "en": ""}},
        {"severity": "rejected", "blocks": "visit", "followed_by": {"here": ["no-such-code"]}},
        {"followed_by": {"here": ["a-code"]}},
    ],
)
def test_a_faulty_type_is_told_by_its_file(tmp_path: Path, faulty: dict[str, Any]) -> None:
    with pytest.raises(CatalogueFault) as fault:
        read_types(written(tmp_path, {**TYPE, **faulty}))
    assert fault.value.facts["file"] == "cell.json"


def test_no_code_stands_twice(tmp_path: Path) -> None:
    with pytest.raises(CatalogueFault):
        read_types(written(tmp_path, TYPE, TYPE))


def test_codes_are_kebab_case() -> None:
    assert all(code == code.lower() and code.replace("-", "").isalpha() for code in journal_types())


def test_titles_are_short() -> None:
    titles = [one.title[language] for one in journal_types().values() for language in Language]
    assert max(map(len, titles)) <= LONGEST_TITLE


def test_one_type_may_be_sent_anyway() -> None:
    assert [code for code, one in finding_types().items() if one.may_be_sent_anyway] == ["missing-reason-contradicted"]


def test_what_rejects_blocks_and_nothing_else_does() -> None:
    def blocks(one: FindingType) -> bool:
        return one.blocks != "nothing"

    assert all(blocks(one) == (one.severity is Severity.REJECTED) for one in finding_types().values())


def test_what_ships_is_whole() -> None:
    assert read_types(resource("messages", "findings")) == types_by_level()


def test_every_level_has_types() -> None:
    assert all(types_by_level()[level] for level in Level)


def test_placeholders_are_named() -> None:
    assert placeholders("{found} i {place}") == {"found", "place"}


def test_what_is_found_in_fhir_needs_no_title(tmp_path: Path) -> None:
    bare = {name: value for name, value in TYPE.items() if name not in ("title", "example")}
    written(tmp_path)
    (tmp_path / f"{Level.CONFORMANCE}.json").write_text(json.dumps([bare]), encoding="utf-8")
    assert [one.code for one in read_types(tmp_path)[Level.CONFORMANCE]] == ["a-code"]
    with pytest.raises(CatalogueFault):
        read_types(written(tmp_path, bare))


def test_codes_are_found_by_what_holds_of_them() -> None:
    assert "cpr-missing" in codes_where(lambda one: one.tells == "absence")
    assert codes_where(lambda one: one.is_fatal) <= codes_where(lambda one: one.rejects)
    assert not codes_where(lambda one: one.is_ours) & codes_where(lambda one: one.rejects)


@pytest.mark.parametrize(
    ("code", "weight"),
    [("not-json", "fatal"), ("missing", "error"), ("duplicate-visit", "warning"), ("several-visits", "information")],
)
def test_each_type_has_a_severity_for_fhir(code: str, weight: str) -> None:
    assert finding_types()[code].issue_severity == weight
