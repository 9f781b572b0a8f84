"""The command line: reads the call, picks the language, runs one command and turns faults into plain words."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from enum import IntEnum
from importlib import import_module
from typing import NoReturn

from ldbu_desktop import __version__
from ldbu_desktop.cli.names import COMMANDS
from ldbu_desktop.faults import CallFault, Cancelled, Fault
from ldbu_desktop.language import Language, choose, tr


class Exit(IntEnum):
    """What is answered to the shell: nothing rejected, rejecting findings, or the call or a file is at fault."""

    CLEAN = 0
    REJECTED = 1
    FAULT = 2


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help with its first word in the language in use."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, f"{tr('Kald')}: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """A parser that raises instead of ending the process, and has its headings in the language in use."""

    def __init__(self, **options: object) -> None:
        super().__init__(formatter_class=_Help, add_help=False, **options)  # type: ignore[arg-type]
        self._positionals.title = tr("Angives")
        self._optionals.title = tr("Valg")
        self.add_argument("-h", "--help", action="help", help=tr("vis denne hjælp"))

    def error(self, message: str) -> NoReturn:
        raise CallFault("call-unclear", why=_in_words(message), help=f"{self.prog} --help")


def _in_words(message: str) -> str:
    """What the parser says is wrong, in the language in use; as it says it where it says something rare."""
    told = {
        r"the following arguments are required: (.*)": tr("der mangler {0}"),
        r"unrecognized arguments: (.*)": tr("{0} kendes ikke"),
        r"argument ([^:]*): invalid choice: ('.*') \(choose from (.*)\)": tr("{0} kan ikke være {1}; vælg mellem {2}"),
        r"argument ([^:]*): expected (?:one|at least one) argument": tr("{0} skal have en værdi"),
    }
    for pattern, words in told.items():
        if found := re.fullmatch(pattern, message):
            return words.format(*found.groups())
    return message


def _language(arguments: Sequence[str]) -> Language:
    """The language that is asked for, needed before the help is written."""
    before = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    before.add_argument("--language")
    asked = before.parse_known_args(list(arguments))[0].language
    return Language.ENGLISH if asked == Language.ENGLISH else Language.DANISH


def _parser(arguments: Sequence[str]) -> _Parser:
    """The parser with the command that is named, since importing the others takes time; with all where none is."""
    named = [name for name in COMMANDS if name in arguments[:1]] or list(COMMANDS)
    parser = _Parser(prog="ldbu", description=tr("Forkontrol og aflevering af sundhedsplejens data til LDBU."))
    parser.add_argument("--version", action="version", version=f"LDBU Desktop {__version__}", help=tr("vis udgaven"))
    commands = parser.add_subparsers(dest="command", required=True, metavar=tr("KOMMANDO"), title=tr("Kommandoer"))
    for name in named:
        module = import_module(COMMANDS[name])
        command = commands.add_parser(
            name,
            help=module.summary(),
            description=module.summary(),
            epilog=tr("Eksempel:\n  {example}", example=module.EXAMPLE),
        )
        command.add_argument(
            "--language", choices=list(Language), default=Language.DANISH, help=tr("sproget: da (forvalgt) eller en")
        )
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return parser


def run(arguments: Sequence[str]) -> int:
    """Run one call and return its exit code, one of :class:`Exit`."""
    choose(_language(arguments))
    try:
        called = _parser(arguments).parse_args(list(arguments))
        return int(called.run(called))
    except Fault as fault:
        from ldbu_desktop.cli.console import tell_fault

        tell_fault(fault)
        return Exit.REJECTED if isinstance(fault, Cancelled) else Exit.FAULT
    except SystemExit as ended:
        return int(ended.code or 0)
    except BrokenPipeError:
        sys.stderr.close()
        return Exit.FAULT
