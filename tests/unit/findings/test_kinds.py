"""The kinds of finding are read strictly, and their texts are whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ldbu_desktop.faults import CatalogueFault
from ldbu_desktop.findings.kinds import Kind, placeholders, read_kinds, shipped_kinds, shipped_levels
from ldbu_desktop.findings.model import Level, Severity
from ldbu_desktop.language import Language

LONGEST_TITLE = 60
KIND: dict[str, Any] = {
    "code": "a-code",
    "severity": "check",
    "source": "plausibility",
    "blocks": "nothing",
    **{name: {"da": "dansk", "en": "English"} for name in ("title", "message", "why", "remedy", "example")},
}


def written(folder: Path, *kinds: dict[str, Any]) -> Path:
    for level in Level:
        (folder / f"{level}.json").write_text(json.dumps(kinds if level is Level.CELL else []), encoding="utf-8")
    return folder


def test_a_kind_is_read(tmp_path: Path) -> None:
    kinds = read_kinds(written(tmp_path, KIND))
    assert [kind.code for kind in kinds[Level.CELL]] == ["a-code"]
    assert kinds[Level.FILE] == ()


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
    ],
)
def test_a_faulty_kind_is_told_by_its_file(tmp_path: Path, faulty: dict[str, Any]) -> None:
    with pytest.raises(CatalogueFault) as fault:
        read_kinds(written(tmp_path, {**KIND, **faulty}))
    assert fault.value.facts["file"] == "cell.json"


def test_no_code_stands_twice(tmp_path: Path) -> None:
    with pytest.raises(CatalogueFault):
        read_kinds(written(tmp_path, KIND, KIND))


def test_codes_are_kebab_case() -> None:
    assert all(code == code.lower() and code.replace("-", "").isalpha() for code in shipped_kinds())


def test_titles_are_short() -> None:
    titles = [kind.title[language] for kind in shipped_kinds().values() for language in Language]
    assert max(map(len, titles)) <= LONGEST_TITLE


def test_one_kind_may_be_sent_anyway() -> None:
    assert [code for code, kind in shipped_kinds().items() if kind.may_be_sent_anyway] == [
        "missing-reason-contradicted"
    ]


def test_what_rejects_blocks_and_nothing_else_does() -> None:
    def blocks(kind: Kind) -> bool:
        return kind.blocks != "nothing"

    assert all(blocks(kind) == (kind.severity is Severity.REJECTED) for kind in shipped_kinds().values())


def test_every_level_has_kinds() -> None:
    assert all(shipped_levels()[level] for level in Level)


def test_placeholders_are_named() -> None:
    assert placeholders("{found} i {place}") == {"found", "place"}
