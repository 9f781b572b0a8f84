"""The command line: reads the call, picks the language, runs one command and turns faults into plain words."""

from __future__ import annotations

import argparse
import gc
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

from ldbu_desktop import __version__
from ldbu_desktop.cli.names import COMMANDS
from ldbu_desktop.cli.parser_texts import speak
from ldbu_desktop.cli.targets import check_target
from ldbu_desktop.faults import CallFault, Cancelled, Fault
from ldbu_desktop.language import Language, choose, tr
from ldbu_desktop.policy import policy

if TYPE_CHECKING:
    from ldbu_desktop.rendering.formats import Painter


_NEW_OBJECTS = 100_000
"""After how many more objects than before Python looks for garbage; its own 700 are 4 % of the sample's validation."""


class Exit(IntEnum):
    """What is answered to the shell.

    ``CLEAN``: all was read, and nothing would be rejected. ``REJECTED``: something would be, or was not read, checked
    or written. ``FAULT``: the call is wrong, or nothing could be read.
    """

    CLEAN = 0
    REJECTED = 1
    FAULT = 2


class _Parser(argparse.ArgumentParser):
    """A parser that raises instead of ending the process, and keeps the lines of its epilog as they are."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=argparse.RawDescriptionHelpFormatter, **options)

    def error(self, message: str) -> NoReturn:
        raise CallFault("call-unclear", why=message, help=f"{self.prog} --help")


def _language(arguments: Sequence[str]) -> Language:
    """The language that is asked for, else the machine's: needed before the help is written."""
    before = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    before.add_argument("--language", nargs="?")
    asked = before.parse_known_args(list(arguments))[0].language
    return Language.ENGLISH if (asked or policy().language) == Language.ENGLISH else Language.DANISH


def _exit_codes() -> str:
    """What is answered to the shell, in words."""
    return tr(
        "Slutkoder:\n"
        "  0  alt er læst, og intet ville blive afvist\n"
        "  1  noget ville blive afvist, eller noget er ikke læst, kontrolleret eller skrevet\n"
        "  2  kaldet er forkert, eller intet kunne læses"
    )


def _parser(arguments: Sequence[str]) -> _Parser:
    """The parser with the command that is named, since importing the others takes time; with all where none is."""
    named = [name for name in COMMANDS if name == _command(arguments)] or list(COMMANDS)
    about = tr("Forkontrol og aflevering af sundhedsplejens data til LDBU.")
    parser = _Parser(prog="ldbu", description=about, epilog=_exit_codes())
    parser.add_argument("--version", action="version", version=f"LDBU Desktop {__version__}", help=tr("vis udgaven"))
    _add_language(parser, Language.DANISH)
    commands = parser.add_subparsers(dest="command", required=True, metavar=tr("KOMMANDO"), title=tr("Kommandoer"))
    for name in named:
        module = import_module(COMMANDS[name])
        command = commands.add_parser(
            name,
            help=module.summary(),
            description=module.summary(),
            epilog="\n\n".join(
                (tr("Eksempel:\n  {example}", example=module.EXAMPLE), getattr(module, "exit_codes", _exit_codes)())
            ),
        )
        _add_language(command, argparse.SUPPRESS)
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return parser


def _add_language(parser: argparse.ArgumentParser, default: str) -> None:
    """Declare the language: before the command and after it, where nothing is taken for what was said before it."""
    parser.add_argument(
        "--language", choices=list(Language), default=default, help=tr("sproget: da (forvalgt) eller en")
    )


def _command(arguments: Sequence[str]) -> str:
    """The first word, which names the command: a language may be told before it."""
    words = iter(arguments)
    for word in words:
        if word == "--language":
            next(words, "")
        elif not word.startswith("--language="):
            return word
    return ""


def _no_pdf(title: str, html: str) -> bytes:
    """Where nothing paints."""
    raise CallFault("format-without-window", form="pdf")


class Terminated(KeyboardInterrupt):
    """The system asks the program to end, as a person does with Ctrl-C."""


def stopped(stop: KeyboardInterrupt) -> int:
    """Say in a line that the work was stopped; what a shell knows such an end by."""
    from ldbu_desktop.cli.console import tell_fault

    tell_fault(Cancelled())
    return 128 + (signal.SIGTERM if isinstance(stop, Terminated) else signal.SIGINT)


@contextmanager
def stoppable() -> Iterator[None]:
    """Let Ctrl-C and the system's wish to end stop the work, so that it is cleaned up after; again ends it at once."""

    def stop(number: int, _: object) -> NoReturn:
        for one in handled:
            signal.signal(one, signal.SIG_DFL)
        raise Terminated if number == signal.SIGTERM else KeyboardInterrupt

    handled = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(one, stop) for one in handled]
    try:
        yield
    finally:
        for one, was in zip(handled, before, strict=True):
            signal.signal(one, was)


def run(arguments: Sequence[str], paint: Painter = _no_pdf) -> int:
    """Run one call and return its exit code, one of :class:`Exit`; ``paint`` makes a PDF where one is asked for."""
    from ldbu_desktop.rendering.terminal import guarded

    choose(_language(arguments))
    speak()
    with guarded(), _keeping():
        return _answered(arguments, paint)


@contextmanager
def _keeping() -> Iterator[None]:
    """Have Python look for garbage rarely: what a command imports and reads is needed until it ends."""
    before = gc.get_threshold()
    gc.set_threshold(_NEW_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _answered(arguments: Sequence[str], paint: Painter) -> int:
    try:
        called = _parser(arguments).parse_args(list(arguments))
        called.paint = paint
        check_target(called)
        if hasattr(called, "files"):
            from ldbu_desktop.sandbox.sandbox import make_ready  # begun before all that is read beside it

            make_ready()
        return int(called.run(called))
    except Fault as fault:
        from ldbu_desktop.cli.console import tell_fault

        tell_fault(fault)
        return Exit.REJECTED if isinstance(fault, Cancelled) else Exit.FAULT
    except KeyboardInterrupt as stop:
        return stopped(stop)
    except SystemExit as ended:
        return int(ended.code or 0)
    except BrokenPipeError:
        sys.stderr.close()
        return Exit.FAULT
