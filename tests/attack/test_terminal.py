"""Nothing from a file, its name or a call reaches the terminal so that it steers it: in every command and format."""

from __future__ import annotations

import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.cli.names import COMMANDS
from ldbu_desktop.cli.program import run
from ldbu_desktop.rendering.terminal import Guarded
from tests.attack.commands import Given, calls
from tests.attack.hostile_files import (
    SEEN_IN_XML,
    steering_csv,
    steering_form,
    steering_map,
    steering_report,
    steering_workbook,
)
from tests.profiles import each, examples, landing

STEERS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def told_by(call: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """All that a call says on the terminal."""
    run(call, lambda title, html: f"{title}\n{html}".encode())
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return out + err


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[str]]]:
    """Calls of every command, with hostile files whose names are hostile as well."""
    folder = tmp_path_factory.mktemp(f"mappe{SEEN_IN_XML}")
    name = f"fil\x1b[31m{SEEN_IN_XML}"
    return calls(
        Given(
            steering_csv(folder / f"{name}.csv"),
            steering_report(folder / f"{name}.json"),
            steering_form(folder / f"{name}.yaml"),
            steering_map(folder / f"{name}.ldbumap"),
            folder / f"{name}.ldbu",
            folder,
        )
    )


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "command",
    [
        *sorted(COMMANDS.keys() - {"self-test"}),
        pytest.param("self-test", marks=landing("it is told nothing of any file, as the other commands are")),
    ],
)
def test_no_command_gives_the_terminal_what_steers_it(
    command: str,
    hostile: dict[str, list[list[str]]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO("en adgangskode\n"))
    # What tries the program itself takes long, needs a process of its own, and is told nothing: once is enough.
    for call in each(hostile[command], 2 if command != "self-test" else 1):
        told = told_by(call, capsys) if command != "self-test" else told_apart(call)
        assert not (found := STEERS.findall(told)), (call, found, told)


def told_apart(call: list[str]) -> str:
    """What a call in a process of its own writes, where a terminal would show it."""
    return subprocess.run(
        [sys.executable, "-m", "ldbu_desktop", *call],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, encoding="utf-8",
    ).stdout  # fmt: skip


@landing("the other answers are read for it in every run")
@pytest.mark.no_cover
def test_nor_does_a_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = steering_workbook(tmp_path / "bog.xlsx")
    for form in ("text", "json", "junit", "html"):
        told = told_by(["validate", str(book), "--all", "--format", form], capsys)
        assert not STEERS.findall(told)
    assert not STEERS.findall(told_by(["map", str(book)], capsys))


def test_json_says_by_escapes_what_was_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = steering_report(tmp_path / "rapport.json")
    told = told_by(["check", str(report), "--format", "json", "--all"], capsys)
    assert "\\u202e" in told or "U+202E" in told


@given(st.text(st.characters(codec=None), max_size=30))
@examples(60)
def test_any_text_goes_through_one_door(text: str) -> None:
    beneath = StringIO()
    Guarded(beneath).write(text)
    assert not STEERS.findall(beneath.getvalue())


def test_the_door_lets_through_what_is_the_program_s_own() -> None:
    beneath = StringIO()
    door = Guarded(beneath)
    door.writelines(["\x1b[1mfed\x1b[0m", "\n", "\x1b[2K\x1b[1A\r"])
    door.flush()
    assert beneath.getvalue() == "⟨ESC⟩[1mfed⟨ESC⟩[0m\n⟨ESC⟩[2K⟨ESC⟩[1A⟨CR⟩"
    assert not door.isatty()
    assert door.encoding == beneath.encoding


def test_on_a_terminal_colours_and_bars_stay_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    beneath = StringIO()
    monkeypatch.setattr(beneath, "isatty", lambda: True)
    Guarded(beneath).write("\x1b[1mfed\x1b[0m \x1b]0;titel\x07 \x1b[2K\r\u202e\n")
    assert beneath.getvalue() == "\x1b[1mfed\x1b[0m ⟨ESC⟩]0;titel⟨U+0007⟩ \x1b[2K\r⟨U+202E⟩\n"
