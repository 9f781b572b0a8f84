"""Picks a face: the command line where a command is named, else the window."""

from __future__ import annotations

import os
import sys

_OF_PROCESSES = frozenset({"-c", "--multiprocessing-fork"})
"""Words that ``multiprocessing`` calls a program in one piece with: what tracks, what starts others, what works."""

SANDBOX = "--sandbox"
"""What a program in one piece is called with when it is to read files for another: see ``sandbox.sandbox``."""


def command_line(arguments: list[str] | None = None) -> int:
    """Run the command line; returns its exit code."""
    called = sys.argv[1:] if arguments is None else arguments
    if called == ["--version"]:  # asked by programs, often: nothing that would know the commands is imported for it
        from ldbu_desktop import __version__

        sys.stdout.write(f"LDBU Desktop {__version__}\n")
        return 0
    try:
        from ldbu_desktop.cli.program import run, stoppable
        from ldbu_desktop.sandbox.confinement import no_core_dumps

        no_core_dumps()
        with stoppable():
            return run(called, _pdf)
    except (KeyboardInterrupt, RuntimeError) as stop:  # before or after what can be stopped: one line, always
        from ldbu_desktop.cli.program import stopped

        # What comes while a class is made, Python 3.11 tells as the cause of an error of its own.
        return stopped(_key_behind(stop))


def _key_behind(error: BaseException) -> KeyboardInterrupt:
    """The key that stopped the work; raises ``error`` where it was none."""
    for one in (error, error.__cause__):
        if isinstance(one, KeyboardInterrupt):
            return one
    raise error


def _pdf(title: str, html: str) -> bytes:
    """A PDF, painted by the window's library: only asked for by a command that writes one.

    Raises :class:`~ldbu_desktop.faults.CallFault` where the library can't be loaded, as on a bare server.
    """
    from ldbu_desktop.faults import CallFault

    try:
        from ldbu_desktop.ui.printing.document_pdf import document_pdf
    except ImportError as error:
        raise CallFault("format-without-window", form="pdf") from error
    return document_pdf(title, html)


def window(arguments: list[str] | None = None) -> int:
    """Open the window with the files that are named; returns its exit code."""
    from pathlib import Path

    from ldbu_desktop.sandbox.confinement import no_core_dumps

    no_core_dumps()
    from ldbu_desktop.ui.application import run

    return run([Path(name) for name in (sys.argv[1:] if arguments is None else arguments)])


def _in_one_piece(arguments: list[str]) -> None:
    """What a program in one piece does first: it is also what its own further processes begin with.

    Those of ``multiprocessing`` are known by what they are called with, and end here.
    """
    os.environ.pop("QT_PLUGIN_PATH", None)  # plugins of the desktop's own Qt
    if _OF_PROCESSES.intersection(arguments):
        from importlib import import_module

        import_module("pyi_rth_multiprocessing")
        import_module("multiprocessing").freeze_support()


def main() -> int:
    """Decide by the name it is called by, then by the first word: commands and options are for the command line.

    Files alone are for the window; called as ``ldbu`` it is the command line whatever follows.
    """
    try:
        arguments = sys.argv[1:]
        if sys.stdout is None or sys.stderr is None:  # the window's program on Windows, where nobody reads them
            from io import StringIO

            sys.stdout = sys.stderr = StringIO()
        if hasattr(sys, "frozen"):
            _in_one_piece(arguments)
        if arguments == ["--version"]:
            return command_line(arguments)
        from pathlib import Path

        from ldbu_desktop.cli.names import COMMANDS
        from ldbu_desktop.sandbox.confinement import no_core_dumps

        no_core_dumps()
        if arguments == [SANDBOX]:
            from ldbu_desktop.sandbox.process import main as serve

            return serve()
        named = [
            Path(sys.argv[0]).stem.lower() == "ldbu",
            *(word in COMMANDS or word.startswith("-") for word in arguments[:1]),
        ]
        if any(named):
            return command_line(arguments)
        return window(arguments)
    except KeyboardInterrupt as stop:
        from ldbu_desktop.cli.program import stopped

        return stopped(stop)


if __name__ == "__main__":
    raise SystemExit(main())
