"""What the command line shows on a terminal, and how a call from outside comes to it."""

from __future__ import annotations

import io
import runpy
import sys

import pytest

from ldbu_desktop.cli.console import progress_bar
from ldbu_desktop.work import Step, no_progress


class Terminal(io.StringIO):
    """A text that a terminal would show."""

    def isatty(self) -> bool:
        return True


def test_a_bar_tells_how_far_the_work_is_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    with progress_bar("Læser kontakter") as progress:
        progress(Step(3, 7, "visit"))
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
