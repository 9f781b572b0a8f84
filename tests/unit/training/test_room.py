"""What a room hands over: what is no result, or one of another case, is told and the rest is added up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.faults import FileFault
from ldbu_desktop.rendering.training import left_out_lines
from ldbu_desktop.training.results import VERSION, Result, result_text, with_new_id
from ldbu_desktop.use_cases.room_results import room

DAMAGED = {
    "half.ldbusvar": (b'{"ldbusvar": 1, "case": "mel', "result-not-a-result"),
    "empty.ldbusvar": (b"", "result-not-a-result"),
    "binary.ldbusvar": (b"\x00\xff\x00", "result-not-a-result"),
    "list.ldbusvar": (b"[1, 2]", "result-not-a-result"),
    "deep.ldbusvar": (b"[" * 100_000, "result-not-a-result"),
    "later.ldbusvar": (b'{"ldbusvar": 3, "case": "mellemtrin", "names": ["x"]}', "result-version-unknown"),
    "more.ldbusvar": (b'{"ldbusvar": 1, "case": "mellemtrin", "answers": {}, "name": "x"}', "result-not-a-result"),
    "things.ldbusvar": (b'{"ldbusvar": 1, "case": "mellemtrin", "answers": {"weight": ["1"]}}', "result-not-a-result"),
    "other.ldbusvar": (result_text(Result(VERSION, "indskoling", {"a|b|sleep": ("1",)})), "result-other-case"),
}


def handed(folder: Path, case: str = "mellemtrin", count: int = 11) -> None:
    """So many results of a case."""
    for number in range(count):
        text = result_text(Result(VERSION, case, {"a|b|sleep": ("1" if number else "2",)}))
        (folder / f"{case}-{number}.ldbusvar").write_bytes(text)


def test_the_rest_is_added_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    handed(tmp_path)
    for name, (text, _) in DAMAGED.items():
        (tmp_path / name).write_bytes(text)
    (tmp_path / "gone.ldbusvar").symlink_to(tmp_path / "nowhere")
    found, faults = room([tmp_path])
    assert (found.case, found.results) == ("mellemtrin", 11)
    assert {fault.facts["file"]: fault.key for fault in faults} == {
        **{name: key for name, (_, key) in DAMAGED.items()},
        "gone.ldbusvar": "file-not-readable",
    }
    told = list(left_out_lines(faults))
    assert len(told) == 7
    assert "10" in told[0]
    assert "5" in told[-1]
    assert run(["cases", "room", str(tmp_path), "--format", "json"]) == Exit.REJECTED
    document = json.loads(capsys.readouterr().out)
    assert (document["results"], len(document["faults"])) == (11, 10)
    assert run(["cases", "room", str(tmp_path)]) == Exit.REJECTED
    assert told[0] in capsys.readouterr().out


def test_as_many_of_two_cases_are_of_neither(tmp_path: Path) -> None:
    handed(tmp_path, count=2)
    handed(tmp_path, "indskoling", count=2)
    with pytest.raises(FileFault) as raised:
        room([tmp_path])
    assert raised.value.key == "result-cases-differ"


def test_where_nothing_is_whole_the_first_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.ldbusvar").write_bytes(b"{")
    with pytest.raises(FileFault) as raised:
        room([tmp_path])
    assert raised.value.key == "result-not-a-result"
    assert list(left_out_lines(())) == []


def test_a_copy_counts_once_and_two_who_answered_alike_count_twice(tmp_path: Path) -> None:
    answers = {"a|b|sleep": ("1",)}
    for name in ("one", "two"):
        (tmp_path / f"{name}.ldbusvar").write_bytes(result_text(with_new_id(Result(VERSION, "mellemtrin", answers))))
    (tmp_path / "one (1).ldbusvar").write_bytes((tmp_path / "one.ldbusvar").read_bytes())
    found, faults = room([tmp_path])
    assert found.results == 2
    assert [(fault.key, fault.facts["other"]) for fault in faults] == [("result-twice", "one (1).ldbusvar")]


@pytest.mark.parametrize(
    "answers",
    [
        {f"a|b|{number}": ("1",) for number in range(501)},
        {"a|b|sleep": ("x" * 4000,)},
        {f"a|b|{'x' * 4000}": ("1",)},
        {"a|b|sleep": ("1",) * 5000},
    ],
)
def test_what_says_more_than_any_learner_is_no_result(answers: dict[str, tuple[str, ...]], tmp_path: Path) -> None:
    (tmp_path / "a.ldbusvar").write_bytes(result_text(Result(VERSION, "mellemtrin", answers)))
    with pytest.raises(FileFault) as raised:
        room([tmp_path])
    assert raised.value.key == "result-not-a-result"


def test_the_first_version_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.ldbusvar").write_bytes(b'{"ldbusvar": 1, "case": "mellemtrin", "answers": {"a|b|sleep": ["1"]}}')
    assert room([tmp_path]).room.results == 1
