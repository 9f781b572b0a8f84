"""Where an answer is written: whole or not at all."""

from __future__ import annotations

import argparse
from contextlib import suppress
from pathlib import Path

import pytest

from ldbu_desktop.cli.output import sheet
from ldbu_desktop.faults import Cancelled


def to_file(path: Path) -> argparse.Namespace:
    """A call that asks for its answer as a text in a file."""
    return argparse.Namespace(to=path, format="text", paint=None)


def test_work_that_is_stopped_before_it_told_anything_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    before, none = tmp_path / "before.txt", tmp_path / "none.txt"
    before.write_text("of before", encoding="utf-8")
    for path in (before, none):
        with pytest.raises(Cancelled), sheet(to_file(path)):
            raise Cancelled
    assert before.read_text(encoding="utf-8") == "of before"
    assert not none.exists()


def test_what_was_told_before_work_is_stopped_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    with suppress(Cancelled), sheet(to_file(path)) as made:
        made.text.write("æ\n")
        raise Cancelled
    assert path.read_bytes() == "æ\n".encode()


def test_an_answer_that_says_nothing_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "answer.jsonl"
    path.write_text("of before", encoding="utf-8")
    with sheet(to_file(path)):
        pass
    assert path.read_bytes() == b""
