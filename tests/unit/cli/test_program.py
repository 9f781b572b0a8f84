"""The command line as a whole: which face is picked, what a wrong call says, which exit code it ends with."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from ldbu_desktop import __main__, __version__
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.cli import program
from ldbu_desktop.cli.names import COMMANDS
from ldbu_desktop.cli.program import Exit, Terminated, run, stoppable
from ldbu_desktop.faults import Cancelled
from ldbu_desktop.language import Language, choose


@pytest.fixture(autouse=True)
def danish_again() -> Iterator[None]:
    """The language is one for the process: leave it as it was."""
    yield
    choose(Language.DANISH)


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == Exit.CLEAN
    told = capsys.readouterr().out
    assert all(f"    {name}" in told for name in COMMANDS)


def test_the_version_is_told_without_reading_the_program() -> None:
    heavy = ("ldbu_desktop.cli.program", "ldbu_desktop.journal", "msgspec", "argparse", "rich", "PySide6")
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; sys.argv = ['ldbu', '--version']; from ldbu_desktop.__main__ import main; code = main(); "
            "print(*sys.modules); sys.exit(code)",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert told[0] == f"LDBU Desktop {__version__}"
    assert not set(heavy) & set(told[1].split())


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("language", Language)
def test_help_of_each_command_has_its_example(
    command: str, language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command, "--help", "--language", language]) == Exit.CLEAN
    assert f"\n  ldbu {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--language", "en", "explain", "value-missing"], "Example"),
        (["--language=en", "explain", "value-missing"], "Example"),
        (["explain", "value-missing", "--language", "en"], "Example"),
        (["--language", "da", "explain", "value-missing"], "Eksempel"),
        (["--language", "en", "explain", "--language", "da", "value-missing"], "Eksempel"),
        (["explain", "value-missing"], "Eksempel"),
    ],
)
def test_the_language_is_told_before_the_command_or_after_it(
    arguments: list[str], word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == Exit.CLEAN
    assert word in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == Exit.CLEAN
    assert capsys.readouterr().out == f"LDBU Desktop {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "KOMMANDO"),
        (["validate"], "FIL"),
        (["--language"], "--language"),
        (["--language", "xx", "validate", "a.xlsx"], "xx"),
        (["--language", "en"], "COMMAND"),
        (["validate", "a.xlsx", "--wrong"], "--wrong"),
        (["validate", "a.xlsx", "--format", "wrong"], "'wrong'"),
        (["validate", "a.xlsx", "--format"], "--format"),
        (["check", "a.json", "--jobs", "0"], "--jobs"),
    ],
)
def test_wrong_call_says_what_is_wrong(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == Exit.FAULT
    written = capsys.readouterr()
    assert told in written.err
    assert "Traceback" not in written.err
    assert written.out == ""


def test_missing_file_is_a_fault_without_its_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "nowhere/missing.xlsx"]) == Exit.FAULT
    assert "missing.xlsx" in capsys.readouterr().err


def test_cancelled_work_is_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_arguments: object) -> int:
        raise Cancelled

    monkeypatch.setattr("ldbu_desktop.cli.explain.run", stopped)
    assert run(["explain"]) == Exit.REJECTED
    assert capsys.readouterr().err != ""


def test_reader_that_went_away_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    class Error:
        is_closed = False

        def close(self) -> None:
            self.is_closed = True

    def closed(_arguments: object) -> int:
        raise BrokenPipeError

    stream = Error()
    monkeypatch.setattr("ldbu_desktop.cli.explain.run", closed)
    monkeypatch.setattr(program.sys, "stderr", stream)
    assert run(["explain"]) == Exit.FAULT
    assert stream.is_closed


@pytest.mark.parametrize("arguments", [["explain"], ["--version"], ["validate", "--help"]])
def test_commands_and_options_go_to_the_command_line(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["ldbu_desktop", *arguments])
    assert __main__.main() == Exit.CLEAN
    assert capsys.readouterr().out


def test_called_as_the_command_line_it_opens_no_window(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["/usr/bin/ldbu", "export.xlsx"])
    assert __main__.main() == Exit.FAULT
    assert "export.xlsx" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["export.xlsx", "more.csv"]])
def test_files_go_to_the_window(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def run_window(paths: list[object]) -> int:
        opened.extend(map(str, paths))
        return 0

    monkeypatch.setattr("ldbu_desktop.ui.application.run", run_window)
    monkeypatch.setattr("sys.argv", ["ldbu_desktop", *arguments])
    assert __main__.main() == 0
    assert opened == arguments


@pytest.mark.parametrize("words", [["--multiprocessing-fork", "tracker_fd=5"], ["-B", "-c", "from multiprocessing..."]])
def test_a_program_in_one_piece_serves_its_own_processes_first(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    served: list[bool] = []

    def serve() -> None:
        served.append("pyi_rth_multiprocessing" in sys.modules)
        raise SystemExit(0)

    # What PyInstaller has for it stands in the program alone: it makes ``freeze_support`` know how it is called.
    monkeypatch.setitem(sys.modules, "pyi_rth_multiprocessing", SimpleNamespace())
    monkeypatch.setattr("multiprocessing.freeze_support", serve)
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("sys.argv", ["ldbu-desktop", *words])
    with pytest.raises(SystemExit):
        __main__.main()
    assert served == [True]
    monkeypatch.setenv("QT_PLUGIN_PATH", "/usr/lib/qt6/plugins")
    monkeypatch.setattr("sys.argv", ["ldbu-desktop", "--version"])
    assert __main__.main() == Exit.CLEAN
    assert capsys.readouterr().out
    assert served == [True]
    assert "QT_PLUGIN_PATH" not in os.environ


def test_a_pdf_is_painted_by_the_window_s_library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    painted: list[tuple[str, str]] = []

    def document_pdf(title: str, html: str) -> bytes:
        painted.append((title, html))
        return b"%PDF"

    library = SimpleNamespace(document_pdf=document_pdf)
    monkeypatch.setitem(sys.modules, "ldbu_desktop.ui.printing.document_pdf", library)
    to, sample = tmp_path / "answer.pdf", resource("samples", "familie.xlsx")
    assert __main__.command_line(["validate", str(sample), "--format", "pdf", "--to", str(to)]) == Exit.CLEAN
    assert to.read_bytes() == b"%PDF"
    [(title, html)] = painted
    assert title in html


@pytest.mark.parametrize(("stop", "number"), [(KeyboardInterrupt, signal.SIGINT), (Terminated, signal.SIGTERM)])
def test_a_window_that_is_stopped_ends_as_a_shell_knows_it(
    stop: type[KeyboardInterrupt],
    number: signal.Signals,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def stopped(_paths: list[object]) -> int:
        raise stop

    monkeypatch.setattr("ldbu_desktop.ui.application.run", stopped)
    monkeypatch.setattr("sys.argv", ["ldbu_desktop"])
    assert __main__.main() == 128 + number
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(("stop", "number"), [(KeyboardInterrupt, signal.SIGINT), (Terminated, signal.SIGTERM)])
def test_a_command_that_is_stopped_before_it_works_ends_as_a_shell_knows_it(
    stop: type[KeyboardInterrupt],
    number: signal.Signals,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def stopped() -> None:
        raise stop

    monkeypatch.setattr("ldbu_desktop.sandbox.confinement.no_core_dumps", stopped)
    assert __main__.command_line(["codes"]) == 128 + number
    told = capsys.readouterr()
    assert (told.out, len(told.err.splitlines())) == ("", 1)


def test_a_key_that_comes_while_a_class_is_made_is_told_in_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped() -> None:
        raise RuntimeError("Error calling __set_name__") from KeyboardInterrupt()

    monkeypatch.setattr("ldbu_desktop.sandbox.confinement.no_core_dumps", stopped)
    assert __main__.command_line(["codes"]) == 128 + signal.SIGINT
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_another_error_is_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("broken") from ValueError()

    monkeypatch.setattr("ldbu_desktop.sandbox.confinement.no_core_dumps", broken)
    with pytest.raises(RuntimeError, match="broken"):
        __main__.command_line(["codes"])


def test_a_program_in_one_piece_reads_for_another_where_it_is_called_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ldbu_desktop.sandbox.process.main", lambda: 7)
    monkeypatch.setattr("sys.argv", ["ldbu_desktop", __main__.SANDBOX])
    assert __main__.main() == 7


@pytest.mark.parametrize(("number", "stop"), [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, Terminated)])
def test_a_signal_stops_the_work_once_and_afterwards_as_before(
    number: signal.Signals, stop: type[KeyboardInterrupt]
) -> None:
    before = [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)]
    with stoppable(), pytest.raises(KeyboardInterrupt) as told:
        os.kill(os.getpid(), number)
    assert type(told.value) is stop
    assert [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)] == before
