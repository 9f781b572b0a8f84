"""What the command line shows on a terminal, and how a call from outside comes to it."""

from __future__ import annotations

import io
import runpy
import sys
import threading
from pathlib import Path

import pytest

from ldbu_desktop import __main__
from ldbu_desktop.cli import console
from ldbu_desktop.cli.console import progress_bar
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.rendering.terminal import guarded
from ldbu_desktop.work import Step, no_progress


class Terminal(io.StringIO):
    """A text that a terminal would show."""

    def isatty(self) -> bool:
        return True


def test_a_bar_tells_how_far_the_work_is_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(console, "DRAW_EVERY", 0)
    threads = threading.active_count()
    with progress_bar("Læser kontakter") as progress:
        progress(Step(3, 7, "visit"))
        assert threading.active_count() == threads, "no work could be shared out beside it"
    assert "Læser kontakter" in sys.stderr.getvalue()  # type: ignore[attr-defined]
    assert "3/7" in sys.stderr.getvalue()  # type: ignore[attr-defined]


def test_no_bar_goes_into_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with progress_bar("Læser") as progress:
        assert progress is no_progress
    assert sys.stderr.getvalue() == ""  # type: ignore[attr-defined]


def test_the_package_runs_as_a_program(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delitem(sys.modules, "ldbu_desktop.__main__", raising=False)
    monkeypatch.setattr(sys, "argv", ["ldbu", "explain", "no-such-code"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("ldbu_desktop", run_name="__main__")
    assert ended.value.code == 2
    assert "no-such-code" in capsys.readouterr().err


class _Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("name", ["stdout", "stderr"])
def test_on_windows_what_goes_into_a_file_is_the_same_as_elsewhere(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Windows' own code page has no tick, and its own ends of lines."""
    written = io.BytesIO()
    with io.TextIOWrapper(written, encoding="cp1252", newline="\r\n", write_through=True) as stream:
        monkeypatch.setattr(sys, name, stream)
        with guarded():
            getattr(sys, name).write("✔ æ\n")
        assert written.getvalue() == "✔ æ\n".encode()


def test_a_terminal_keeps_its_own_encoding_and_takes_any_text(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    with _Terminal(written, encoding="cp1252", newline="\r\n", write_through=True) as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        with guarded():
            sys.stdout.write("✔ æ\n")
        assert written.getvalue() == b"\\u2714 \xe6\r\n"


@pytest.mark.parametrize("arguments", [["--version"], ["explain", "value-missing"], ["validate"]])
def test_the_program_of_the_window_has_no_streams_on_windows_and_answers_all_the_same(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(sys, "argv", ["ldbu-desktop.exe", *arguments])
    assert __main__.main() == (Exit.FAULT if arguments == ["validate"] else Exit.CLEAN)


def test_on_windows_a_program_is_called_in_any_case(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "LDBU.EXE"), "no-such-command"])
    assert __main__.main() == Exit.FAULT
